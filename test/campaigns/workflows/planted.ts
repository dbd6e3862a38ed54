/** Planted bugs, each as it is often made; the campaign has to find every one of them. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database, Queryable, Statement } from '#platform/database.ts'
import { canonicalId } from '#platform/ids.ts'
import type { CrashPoint } from '#subgraphs/operations/workflows/carry-out.ts'
import type { PaymentFact } from '#domain/billing.ts'
import type { RecordFacts } from '#domain/facts.ts'
import { followDispute } from '#subgraphs/operations/flows/dispute-payment.ts'
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import type { WorkflowDesk } from '#subgraphs/operations/workflows/desk.ts'
import { keyOf, type Order, REQUESTED_BY } from './orders.ts'
import type { Repetitions } from './outside-billing.ts'
import type { Blow } from './part.ts'
import { storyOf } from './stories.ts'
import { type Shop, withSteps } from './troubles.ts'

/** How a node with a bug differs from the product. */
export interface Bug {
  readonly workshop?: (product: Shop) => Shop
  /** The id that is answered before anything is committed. */
  readonly answersBefore?: (order: Order) => string
  readonly keyFor?: (key: string) => string
  /** Makes the moment longer in which the bug does its harm. */
  readonly pause?: (point: CrashPoint) => Promise<void>
  /** Where webhooks are kept. */
  readonly inbound?: (db: Database) => Database
  /** Where the flows are asked for that follow from events. */
  readonly following?: (desk: WorkflowDesk<Systems>) => WorkflowDesk<Systems>
  /** How what they say is taken in. */
  readonly recordFacts?: (record: RecordFacts) => RecordFacts
}

/** A bug, and what it has to meet so that it does its harm. */
interface Planted extends Bug {
  /** Stories about one customer, in the order in which they are asked for. */
  readonly stories: readonly string[]
  /** Where the first of them meets what: a turn and its point, or a point of its acceptance. */
  readonly mine?: readonly [place: string, blow: Blow]
  /** What the outside billing is, and what nodes believe that it is; not there where there is none. */
  readonly outside?: readonly [is: Repetitions, believed: Repetitions]
  /** Whether it has a workflow begin again and again, so that it never ends. */
  readonly isEndless?: boolean
  /** Whether nodes follow events. */
  readonly isFollowing?: boolean
  /** Whether the node that is asked first is of the next release already. */
  readonly isRollout?: boolean
}

const HARM_MS = 400

/** Statements of the database of workflows go another way. */
function withStatements(
  shop: Shop,
  ask: <Row>(rows: Queryable['rows'], statement: Statement) => Promise<Row[]>,
): Shop {
  const { db } = shop
  const through =
    (rows: Queryable['rows']): Queryable['rows'] =>
    (statement) =>
      ask(rows, statement)
  const changed: Database = {
    ...db,
    rows: through(db.rows),
    change: through(db.change),
    transaction: (work) => db.transaction((unit) => work({ ...unit, rows: through(unit.rows) })),
  }
  return { ...shop, db: changed }
}

/** A statement says something else. */
const withText = (shop: Shop, name: string, right: string, wrong: string): Shop =>
  withStatements(shop, (rows, statement) => {
    if (statement.name !== name) return rows(statement)
    if (!statement.text.includes(right)) throw new Error(`${name} does not say "${right}"`)
    return rows({ ...statement, text: statement.text.replace(right, wrong) })
  })

/** Whoever took a workflow before stores its turns as well, on top of what came of it meanwhile. */
const withoutFence = (shop: Shop): Shop => {
  const TURN = 'operations turn of workflow'
  const unfenced = withText(shop, TURN, 'AND t.run = s.run AND t.version = s.version - 1', '')
  return withText(unfenced, TURN, 'version = s."version"', 'version = t.version + 1')
}

const newKeyAtEveryTry = (shop: Shop): Shop =>
  withSteps(shop, ({ run, ...step }) => ({
    ...step,
    run: (systems, story, effect) =>
      run(systems, story, { ...effect, effectKey: `${effect.effectKey}/${randomUUID()}` }),
  }))

/** A step as it is stored. */
interface KeptStep {
  readonly name: string
  readonly status: string
}

const CLAIMS: readonly unknown[] = ['operations claim workflows', 'operations claim interrupted workflows']

/** Who takes a workflow believes something else of its steps. */
const withClaimed = (shop: Shop, believe: (flow: string, step: KeptStep) => KeptStep): Shop =>
  withStatements(shop, async <Row>(rows: Queryable['rows'], statement: Statement) => {
    const found = await rows<Row & { flow: string; steps: readonly KeptStep[] }>(statement)
    if (!CLAIMS.includes(statement.name)) return found
    return found.map((row) => ({ ...row, steps: row.steps.map((step) => believe(row.flow, step)) }))
  })

/** What was begun counts as done when another node takes it. */
const skipBegun = (shop: Shop): Shop =>
  withClaimed(shop, (_, step) => (step.status === 'RUNNING' ? { ...step, status: 'DONE' } : step))

const allFirstInLine = (shop: Shop): Shop =>
  withStatements(shop, (rows, statement) =>
    statement.name === 'operations first in line' ? Promise.resolve([]) : rows(statement),
  )

/** Steps of which a node knows nothing count as done. */
const dropUnknown = (shop: Shop): Shop =>
  withClaimed(shop, (flow, step) =>
    shop.flows.get(flow)?.steps.some(({ name }) => name === step.name) === true
      ? step
      : { ...step, status: 'DONE' },
  )

/** Whatever comes is kept, also where it came before, and is about something of its own. */
const eachTellingIsAnother: Pick<Bug, 'inbound' | 'recordFacts'> = {
  inbound: (db) => ({
    ...db,
    rows: ({ values: [source, id, ...rest], ...statement }) =>
      db.rows({ ...statement, values: [source, `${String(id)} ${randomUUID()}`, ...rest] }),
  }),
  recordFacts:
    (record) =>
    ({ payments = [], ...facts }) =>
      record({ ...facts, payments: payments.map(asAnother) }),
}

function asAnother(payment: PaymentFact): PaymentFact {
  const id = `${payment.id}_${randomUUID()}`
  return { ...payment, id, allocations: payment.allocations.map((one) => ({ ...one, id: `${id}_all` })) }
}

/** What an event starts is committed before the event counts as followed, and knows nothing of the time before. */
const startsByItself = (desk: WorkflowDesk<Systems>): WorkflowDesk<Systems> => ({
  ...desk,
  startWithin: (unit, flow, input, asking) =>
    flow.name === followDispute.name
      ? desk.start(
          flow,
          { ...input, idempotencyKey: randomUUID() },
          { ...asking, correlationId: asking.requestedBy },
        )
      : desk.startWithin(unit, flow, input, asking),
})

const done = <Value>(value: Value) => Promise.resolve({ value })

const pauseAt =
  (...points: readonly CrashPoint[]) =>
  async (point: CrashPoint): Promise<void> => {
    if (points.includes(point)) await sleep(HARM_MS)
  }

/** Name → bug. */
export const PLANTED: Readonly<Record<string, Planted>> = {
  'lease ignored, with keys of each node’s own': {
    stories: ['recordPayment'],
    isEndless: true,
    workshop: (shop) =>
      newKeyAtEveryTry(
        withText(shop, 'operations claim workflows', 'AND leased_until < clock_timestamp()', ''),
      ),
    pause: pauseAt('BEGUN'),
  },
  'a new effect key at every try': {
    stories: ['recordPayment'],
    mine: ['recordPayment SENT', 'SIGKILL'],
    workshop: newKeyAtEveryTry,
  },
  'acknowledge before commit': {
    stories: ['issueCreditNote'],
    mine: ['ANSWERED', 'SIGKILL'],
    answersBefore: (order) =>
      canonicalId('workflow', 'revgraph', REQUESTED_BY, storyOf(order).flow.name, keyOf(order)),
  },
  'no fencing': {
    stories: ['refundPayment'],
    mine: ['refundPayment SENT', 'SIGSTOP'],
    workshop: withoutFence,
  },
  'a step skipped after takeover': {
    stories: ['writeOffInvoice'],
    mine: ['writeOffInvoice BEGUN', 'SIGKILL'],
    workshop: skipBegun,
  },
  'compensation swallowed': {
    stories: ['overpay'],
    workshop: (shop) =>
      withSteps(shop, (step) => (step.undo === undefined ? step : { ...step, undo: () => done(null) })),
  },
  'idempotency key ignored': {
    stories: ['recordPayment'],
    mine: ['ACCEPTED', 'SIGKILL'],
    keyFor: (key) => `${key} ${randomUUID()}`,
  },
  'order of a subject not kept': {
    stories: ['recordPayment', 'recordPayment', 'recordPayment'],
    workshop: allFirstInLine,
    pause: pauseAt('SENT'),
  },
  'result of a step lost': {
    stories: ['recordPayment'],
    workshop: (shop) =>
      withSteps(shop, ({ run, ...step }) => ({
        ...step,
        run: async (systems, story, effect) => {
          const { violations } = await run(systems, story, effect)
          return violations === undefined ? { value: {} } : { violations }
        },
      })),
  },
  'posting left out': {
    stories: ['issueCreditNote'],
    workshop: (shop) => ({
      ...shop,
      systems: { ...shop.systems, erp: { ...shop.systems.erp, book: () => done({ entryIds: [] }) } },
    }),
  },
  'steps of another release dropped': {
    stories: ['issueCreditNote'],
    isRollout: true,
    mine: ['lookAround BEGUN', 'SIGSTOP'],
    workshop: dropUnknown,
  },
  'sent again without looking for it': {
    stories: ['refundOutside'],
    mine: ['refundPayment OUTSIDE_ANSWERED', 'SIGKILL'],
    outside: ['BY_SEARCH', 'BY_KEY'],
  },
  'a webhook that comes twice is taken twice': {
    stories: ['paidOutside'],
    outside: ['BY_KEY', 'BY_KEY'],
    ...eachTellingIsAnother,
  },
  'a flow is started outside the transaction of its event': {
    stories: ['disputedOutside'],
    outside: ['BY_KEY', 'BY_KEY'],
    isFollowing: true,
    mine: ['disputes-are-followed APPLIED', 'SIGKILL'],
    following: startsByItself,
  },
}

/** The bug of a node; none where it is the product as it is. */
export function plantedIn(name: string | null): Bug {
  if (name === null) return {}
  const bug = PLANTED[name]
  if (bug === undefined) throw new Error(`there is no planted bug "${name}"`)
  return bug
}
