/** Workflows of a toy story over real PostgreSQL: two systems that count what they are made to do. */
import { type GateRule, type PlacedGate, plannedGate } from '#domain/approval.ts'
import { DEFAULT_EXCEPTION_RULES } from '#domain/exception.ts'
import { DEFAULT_RETRY, retryBy, type Workflow } from '#domain/workflow.ts'
import { type ManualClock, manualClock } from '#platform/clock.ts'
import type { Outcome } from '#domain/failure.ts'
import { readRows } from '#platform/table.ts'
import { askForApprovals } from '#subgraphs/operations/approvals/ask.ts'
import { attendExceptions } from '#subgraphs/operations/exceptions/attend.ts'
import { workflows } from '#subgraphs/operations/workflow-store.ts'
import { planOfStory } from '#subgraphs/operations/workflows/accept.ts'
import type { Workshop } from '#subgraphs/operations/workflows/carry-out.ts'
import { openWorkflowDesk, type WorkflowDesk } from '#subgraphs/operations/workflows/desk.ts'
import { allOf } from '#subgraphs/operations/workflows/save.ts'
import type { WorkerOptions } from '#subgraphs/operations/workflows/worker.ts'
import type { Flow, StepEffect } from '#subgraphs/operations/workflows/flow.ts'
import type { Running } from '#platform/log/hold-office.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { silentLog } from '#test/support/log.ts'

/** What is asked of the toy story. */
export interface Order {
  readonly what: string
  readonly idempotencyKey: string
}

/** Answers of the toy systems, by step; a step that is not named is done. */
type Answer = () => Outcome<unknown>

/** The toy systems: each effect key is noted whenever it is called for, and takes effect once. */
export interface ToySystems {
  readonly calls: string[]
  readonly effects: Map<string, number>
  readonly answers: Map<string, Answer>
  /** What a step waits for before it does anything. */
  readonly delays: Map<string, Promise<void>>
  readonly act: (effect: StepEffect) => Outcome<unknown>
}

function toySystems(): ToySystems {
  const systems: ToySystems = {
    calls: [],
    effects: new Map(),
    answers: new Map(),
    delays: new Map(),
    act: (effect) => {
      const name = nameOf(effect)
      systems.calls.push(name)
      const answer = systems.answers.get(name)?.() ?? { value: `${name} is done` }
      if (answer.violations === undefined) systems.effects.set(effect.effectKey, 1)
      return answer
    },
  }
  return systems
}

const act = async (systems: ToySystems, _: unknown, effect: StepEffect): Promise<Outcome<unknown>> => {
  await systems.delays.get(nameOf(effect))
  return systems.act(effect)
}

const nameOf = ({ effectKey }: StepEffect): string => effectKey.slice(effectKey.indexOf('/') + 1)

/** Reserve, charge, ship: what is charged is not taken back. */
export const sell: Flow<ToySystems, Order, { price: string }> = {
  name: 'sell',
  stakeOf: (_, { price }) => Promise.resolve({ minorUnits: BigInt(price) * 100n, currency: 'USD' }),
  prepare: (_, { what }) =>
    Promise.resolve(
      what === ''
        ? { violations: [{ code: 'REFERENCE_MISSING', field: 'what', message: 'Nothing is sold' }] }
        : {
            value: {
              prepared: { price: '10' },
              subject: `thing:${what}`,
              customerId: null,
              legalEntityId: null,
              moneyAtRisk: { minorUnits: 10_00n, currency: 'USD' },
            },
          },
    ),
  steps: [
    { name: 'look', system: 'CRM', kind: 'CHECK', needs: [], run: act },
    { name: 'reserve', system: 'CRM', kind: 'COMPENSATABLE', needs: [], run: act, undo: act },
    {
      name: 'pack',
      system: 'ERP',
      kind: 'COMPENSATABLE',
      needs: [],
      run: act,
      undo: act,
      parks: ['MAPPING_MISSING'],
    },
    { name: 'charge', system: 'BILLING', kind: 'PIVOT', needs: ['reserve'], run: act },
    { name: 'ship', system: 'ERP', kind: 'RETRIABLE', needs: ['charge'], run: act },
  ],
}

export interface Workbench {
  readonly database: TestDatabase
  readonly clock: ManualClock
  readonly systems: ToySystems
  readonly workshop: Workshop<ToySystems>
  readonly desk: WorkflowDesk<ToySystems>
  /** What the next orders have to pass; `reset` takes them away. */
  readonly gates: PlacedGate[]
  /** Gates that orders have to pass before they are packed, by what they are worth; `reset` takes them away. */
  readonly rules: GateRule[]
  /** Starts a node's worker, which `reset` stops; of a version of the program that tells the story in its way. */
  readonly work: (story?: typeof sell, options?: WorkerOptions) => Running
  readonly order: (what: string, key?: string, story?: typeof sell) => Promise<string>
  readonly read: (id: string) => Promise<Workflow>
  readonly reset: () => Promise<void>
  readonly close: () => Promise<void>
}

export async function openWorkbench(): Promise<Workbench> {
  const database = await openTestDatabase()
  const db = database.of('operations')
  const clock = manualClock('2026-06-15T12:00:00Z')
  const systems = toySystems()
  const workshop: Workshop<ToySystems> = {
    db,
    systems,
    flows: new Map([[sell.name, sell]]),
    context: (correlationId) => ({ subgraph: 'operations', clock, correlationId }),
    retryOf: () => Promise.resolve(retryBy({ ...DEFAULT_RETRY, attempts: 4 }, () => 0)),
    alongWith: allOf(
      attendExceptions(() => Promise.resolve(DEFAULT_EXCEPTION_RULES), clock),
      askForApprovals(clock),
    ),
    log: silentLog,
  }
  const gates: PlacedGate[] = []
  const rules: GateRule[] = []
  const deskOf = (story: typeof sell): WorkflowDesk<ToySystems> =>
    openWorkflowDesk(
      { ...workshop, flows: new Map([[story.name, story]]) },
      (flow, { moneyAtRisk = null }) => {
        const byAmount = rules.flatMap((rule) => {
          const gate = plannedGate(rule, { moneyAtRisk, isOnCreditHold: false })
          return gate === null ? [] : [{ gate, before: 'pack' }]
        })
        return Promise.resolve({ value: { ...planOfStory(flow), gates: [...gates, ...byAmount] } })
      },
    )
  const desk = deskOf(sell)
  const running = new Set<Running>()
  const stop = async (): Promise<void> => {
    await Promise.all([...running].map((each) => each.stop()))
    running.clear()
  }
  return {
    database,
    clock,
    systems,
    workshop,
    gates,
    rules,
    desk,
    work: (story = sell, options = {}) => {
      const worker = (story === sell ? desk : deskOf(story)).work({ pollMs: 10, ...options })
      running.add(worker)
      return worker
    },
    order: async (what, key = what, story = sell) => {
      const request = { requestedBy: 'anonymous', correlationId: 'req-1' }
      const { value, violations } = await desk.start(story, { what, idempotencyKey: key }, request)
      if (violations !== undefined) throw new Error(JSON.stringify(violations))
      return value.workflowId
    },
    read: async (id) => {
      const [workflow] = await readRows(db, workflows, [id])
      if (workflow === undefined) throw new Error(`there is no workflow ${id}`)
      return workflow
    },
    reset: async () => {
      await stop()
      await database.reset()
      gates.length = 0
      rules.length = 0
      systems.calls.length = 0
      systems.effects.clear()
      systems.answers.clear()
      systems.delays.clear()
    },
    close: async () => {
      await stop()
      await database.close()
    },
  }
}
