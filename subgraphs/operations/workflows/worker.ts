import { randomUUID } from 'node:crypto'
import type { Workflow } from '#domain/workflow.ts'
import type { Running } from '#platform/log/hold-office.ts'
import { createWake } from '#platform/log/wake.ts'
import { claimWorkflows, HOLD_MS, keepHold } from '../workflow-store.ts'
import { carryOut, type Workshop } from './carry-out.ts'

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

/** How a worker hears of what became due in its process, and tells what it is done with. */
interface Calls {
  readonly bells: Set<() => void>
  /** Called with the id of each workflow that it is done with for now. */
  readonly tell: (id: string) => void
}

/** Starts a node's worker: it carries out what is due until it is stopped, and then ends what is under way. */
export function startWorker<Systems>(
  workshop: Workshop<Systems>,
  { bells, tell, maxCarried = MAX_CARRIED, pollMs = POLL_MS }: WorkerOptions & Calls,
): Running {
  const { db, log, context } = workshop
  const { clock } = context('worker')
  const node = randomUUID()
  const stopping = new AbortController()
  const wake = createWake(stopping.signal)
  bells.add(wake.ring)
  const carried = new Set<Promise<void>>()

  const carry = (workflow: Workflow): void => {
    const ended = carryOut(workshop, workflow)
      // Its lease ends by itself, and it is taken up again where it was recorded last.
      .catch((err: unknown) => log.error({ err, workflow: workflow.id }, 'a workflow was broken off'))
      .finally(() => {
        carried.delete(ended)
        tell(workflow.id)
        wake.ring()
      })
    carried.add(ended)
  }
  const claimDue = async (): Promise<void> => {
    const limit = maxCarried - carried.size
    if (limit === 0) return
    for (const workflow of await claimWorkflows(db, node, clock.now(), limit)) carry(workflow)
  }
  const keeping = setInterval(() => {
    if (carried.size > 0)
      keepHold(db, node).catch((err: unknown) => log.warn({ err }, 'workflows cannot be kept for the moment'))
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
    stop: async () => {
      stopping.abort()
      bells.delete(wake.ring)
      await ended
    },
  }
}
