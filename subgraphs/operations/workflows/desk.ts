import type { Outcome } from '#domain/failure.ts'
import { hasEnded, type Workflow } from '#domain/workflow.ts'
import { runCommand, type UnitOfWork } from '#platform/command.ts'
import type { Queryable } from '#platform/database.ts'
import { publicError } from '#platform/errors.ts'
import type { Running } from '#platform/log/hold-office.ts'
import { claimForClient, type KeyedInput, recallMutation, refuseForeignKey } from '#platform/mutation.ts'
import { readRows } from '#platform/table.ts'
import { readLatest, workflows } from '../workflow-store.ts'
import { accept, type Accepted, type Asking, type Plan, type Taken } from './accept.ts'
import type { Workshop } from './carry-out.ts'
import type { AnyFlow, Flow, Preparation } from './flow.ts'
import { type Replan, replanBy } from './replan.ts'
import { startWorker, type Worker, type WorkerOptions } from './worker.ts'

/** Who asks for a workflow. */
interface Request {
  readonly requestedBy: string
  readonly correlationId: string
}

/** Where workflows are asked for, and where it is waited for what becomes of them. */
export interface WorkflowDesk<Systems> {
  /** Starts a workflow, at most once for its key. Refused input starts nothing, and its key stays free. */
  readonly start: <Input extends KeyedInput, Prepared>(
    flow: Flow<Systems, Input, Prepared>,
    input: Input,
    request: Request,
  ) => Promise<Outcome<Accepted>>
  /** The same for a client. Throws IDEMPOTENCY_KEY_REUSED where one used the key for another mutation. */
  readonly startForClient: WorkflowDesk<Systems>['start']
  /** The same in a transaction of operations that is open already: the workflow is due once that is committed. */
  readonly startWithin: <Input extends KeyedInput, Prepared>(
    unit: UnitOfWork,
    flow: Flow<Systems, Input, Prepared>,
    input: Input,
    asking: Omit<Asking, 'node'>,
  ) => Promise<Outcome<Accepted>>
  readonly replan: Replan
  /** The newest workflow of the same flow about the same thing; undefined for what is no customer's. */
  readonly latest: (id: string) => Promise<Workflow | undefined>
  /** A workflow once it has ended, waits for a person or for a system that is away, or as it is when time is over. */
  readonly settled: (id: string, withinMs: number) => Promise<Workflow>
  /** Has a workflow that just became due gone on with at once. */
  readonly ring: () => void
  /** Carries workflows out in this process until it is stopped. */
  readonly work: (options?: WorkerOptions) => Running
}

/** Which steps a workflow takes in which order, by what holds now, or held when it was accepted. */
export type Planner = <Systems>(
  flow: AnyFlow<Systems>,
  preparation: Omit<Preparation<unknown>, 'prepared'>,
  acceptedAt?: Temporal.Instant,
) => Promise<Outcome<Plan>>

/** How often it is looked whether a workflow has settled that another node carries out. */
const SETTLED_POLL_MS = 100

/** Opens the desk of a process. */
export function openWorkflowDesk<Systems>(
  workshop: Workshop<Systems>,
  planOf: Planner,
): WorkflowDesk<Systems> {
  const { db, systems } = workshop
  /** Who waits for news of workflows, by id. */
  const waiting = new Map<string, Set<() => void>>()
  const workers = new Set<Worker>()
  const ring = (): void => workers.forEach((worker) => worker.ring())
  const tell = (id: string): void => waiting.get(id)?.forEach((listener) => listener())
  const begin = async <Input extends KeyedInput, Prepared>(
    reading: Queryable,
    flow: Flow<Systems, Input, Prepared>,
    input: Input,
    take: (preparation: Preparation<Prepared>, plan: Plan) => Promise<Accepted>,
  ): Promise<Outcome<Accepted>> => {
    const before = (): Promise<Pick<Accepted, 'workflowId'> | undefined> =>
      recallMutation(reading, 'operations', { operation: flow.name, input })
    const known = await before()
    if (known !== undefined) return replayed(known)
    const { value: preparation, violations } = await flow.prepare(systems, input)
    if (violations !== undefined) {
      // The same request may have been carried out meanwhile, and be what forbids it now.
      const meanwhile = await before()
      return meanwhile === undefined ? { violations } : replayed(meanwhile)
    }
    const { value: plan, violations: unplanned } = await planOf(flow, preparation)
    return unplanned === undefined ? { value: await take(preparation, plan) } : { violations: unplanned }
  }

  /** Accepts a workflow for a worker here that has a place, which goes on with it at once. */
  const taken = async (take: (node: string | null) => Promise<Taken>): Promise<Accepted> => {
    const place = workers
      .values()
      .map((worker) => worker.place())
      .find((each) => each !== undefined)
    try {
      const { held, ...accepted } = await take(place?.node ?? null)
      place?.fill(held)
      if (held === undefined) ring()
      return accepted
    } finally {
      place?.fill(undefined)
    }
  }

  const start = <Input extends KeyedInput, Prepared>(
    flow: Flow<Systems, Input, Prepared>,
    input: Input,
    { requestedBy, correlationId }: Request,
    claim: (unit: UnitOfWork) => Promise<void> = () => Promise.resolve(),
  ): Promise<Outcome<Accepted>> => {
    const command = workshop.context(correlationId)
    return begin(db, flow, input, (preparation, plan) =>
      taken((node) => {
        const asking = { requestedBy, traceparent: command.traceparent ?? null, node }
        return runCommand(db, command, async (unit) => {
          await claim(unit)
          return accept(unit, flow, plan, input, preparation, asking)
        })
      }),
    )
  }

  return {
    ring,
    start: (flow, input, request) => start(flow, input, request),
    startForClient: async (flow, input, request) => {
      const mutation = { operation: flow.name, input }
      await refuseForeignKey(db, 'operations', mutation)
      return start(flow, input, request, (unit) => claimForClient(unit, mutation))
    },
    startWithin: (unit, flow, input, asking) =>
      begin(unit, flow, input, (preparation, plan) =>
        accept(unit, flow, plan, input, preparation, { ...asking, node: null }),
      ),
    replan: replanBy(workshop, planOf),
    latest: (id) => readLatest(db, id),
    settled: async (id, withinMs) => {
      const end = performance.now() + withinMs
      for (;;) {
        const { promise: news, resolve } = Promise.withResolvers<void>()
        const listeners = waiting.getOrInsertComputed(id, () => new Set())
        listeners.add(resolve)
        try {
          const [workflow] = await readRows(db, workflows, [id])
          if (workflow === undefined) throw publicError('NOT_FOUND', `There is no workflow ${id}.`)
          if (isSettled(workflow) || performance.now() >= end) return workflow
          const timer = setTimeout(resolve, SETTLED_POLL_MS)
          await news
          clearTimeout(timer)
        } finally {
          listeners.delete(resolve)
          if (listeners.size === 0) waiting.delete(id)
        }
      }
    },
    work: (options) => {
      const worker = startWorker(workshop, tell, options)
      workers.add(worker)
      return {
        stop: async () => {
          workers.delete(worker)
          await worker.stop()
        },
      }
    },
  }
}

const replayed = ({ workflowId }: Pick<Accepted, 'workflowId'>) => ({ value: { workflowId, replayed: true } })

const isSettled = (workflow: Workflow): boolean =>
  hasEnded(workflow) ||
  workflow.status === 'EXCEPTION' ||
  workflow.status === 'AWAITING_APPROVAL' ||
  isHeldUp(workflow)

/** A system that did not answer for so many attempts is away: nobody is kept waiting until it is back. */
const PATIENT_ATTEMPTS = 3

const isHeldUp = ({ status, steps }: Workflow): boolean =>
  status === 'RETRYING' &&
  steps.some(({ attempts, status: is }) => is !== 'DONE' && attempts >= PATIENT_ATTEMPTS)
