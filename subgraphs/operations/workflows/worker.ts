import { randomUUID } from 'node:crypto'
import type { Workflow } from '#domain/workflow.ts'
import type { Running } from '#platform/log/hold-office.ts'
import { createWake } from '#platform/log/wake.ts'
import { type Claimable, claimWorkflows, HOLD_MS, keepHold } from '../workflow-store.ts'
import { carryOut, takeUp, type Workshop } from './carry-out.ts'

/** Workflows of one node at the same time. */
const MAX_CARRIED = 32
/** How often a node looks for what became due elsewhere, and for what waited long enough. */
const POLL_MS = 250
/** What is held is kept several times before it would be lost. */
const KEEP_MS = HOLD_MS / 4

export interface WorkerOptions {
  readonly maxCarried?: number
  readonly pollMs?: number
}

/** A place with a worker that is kept for a workflow while that is accepted. */
interface Place {
  /** The node that has it then. */
  readonly node: string
  /** Has a workflow carried out that was accepted for the node, or gives the place up; the first call counts. */
  readonly fill: (workflow: Workflow | undefined) => void
}

export interface Worker extends Running {
  /** A place for one more workflow; undefined where the worker has its hands full, or stops. */
  readonly place: () => Place | undefined
  /** Has it look for what is due. */
  readonly ring: () => void
}

/**
 * Starts a node's worker: it carries out what is due until it is stopped, and then ends what is under way. `tell` is
 * called with the id of each workflow that it is done with for now.
 */
export function startWorker<Systems>(
  workshop: Workshop<Systems>,
  tell: (id: string) => void,
  { maxCarried = MAX_CARRIED, pollMs = POLL_MS }: WorkerOptions = {},
): Worker {
  const { db, log, context } = workshop
  const { clock } = context('worker')
  const node = randomUUID()
  const stopping = new AbortController()
  const wake = createWake(stopping.signal)
  const carried = new Set<Promise<void>>()
  const heldIds = new Set<string>()
  /** Places that are kept for what is just being claimed. */
  let claiming = 0
  /** Something due may have been left where it is for want of a place. */
  let isBehind = false
  /** When it was last looked for what another node left behind. */
  let lookedAt = -Infinity
  const free = (): number => maxCarried - carried.size - claiming

  const carry = async (workflow: Workflow, go: typeof carryOut<Systems>): Promise<void> => {
    heldIds.add(workflow.id)
    try {
      if (await go(workshop, workflow)) wake.ring()
    } catch (err) {
      // Its lease ends by itself, and it is taken up again where it was recorded last.
      log.error({ err, workflow: workflow.id }, 'a workflow was broken off')
    } finally {
      heldIds.delete(workflow.id)
      tell(workflow.id)
    }
  }
  const occupy = (work: Promise<void>): void => {
    const over = work.finally(() => {
      carried.delete(over)
      if (isBehind) wake.ring()
    })
    carried.add(over)
  }
  const claim = (limit: number, claimable: Claimable): Promise<Workflow[]> =>
    claimWorkflows(db, node, clock.now(), limit, claimable)
  /** Where more is due than there are places, what a lost node was at comes first: its lease was wait enough. */
  const claimUpTo = async (limit: number): Promise<Workflow[]> => {
    if (!isBehind || performance.now() - lookedAt < KEEP_MS) return claim(limit, 'DUE')
    lookedAt = performance.now()
    const interrupted = await claim(limit, 'INTERRUPTED')
    return [...interrupted, ...(await claim(limit - interrupted.length, 'DUE'))]
  }
  const claimDue = async (): Promise<void> => {
    // The other half is for what is accepted meanwhile.
    const limit = Math.ceil(free() / 2)
    claiming = limit
    try {
      const claimed = limit === 0 ? [] : await claimUpTo(limit)
      for (const workflow of claimed) occupy(carry(workflow, takeUp))
      isBehind = claimed.length === limit
    } finally {
      claiming = 0
    }
    if (isBehind && free() > 0) wake.ring()
  }
  const keeping = setInterval(() => {
    if (heldIds.size === 0) return
    keepHold(db, node, [...heldIds]).catch((err: unknown) =>
      log.warn({ err }, 'workflows cannot be kept for the moment'),
    )
  }, KEEP_MS)
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await claimDue()
      } catch (err) {
        log.warn({ err }, 'workflows cannot be taken for the moment')
      }
      await wake.sleep(pollMs)
    }
    await Promise.all(carried)
    clearInterval(keeping)
  }
  const ended = run()
  return {
    place: () => {
      if (stopping.signal.aborted || free() <= 0) return undefined
      const { promise, resolve: fill } = Promise.withResolvers<Workflow | undefined>()
      occupy(promise.then((workflow) => workflow && carry(workflow, carryOut)))
      return { node, fill }
    },
    ring: wake.ring,
    stop: async () => {
      stopping.abort()
      await ended
    },
  }
}
