/** Planted bugs, each as it is often made; the campaign has to find every one of them. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database, Queryable, Statement } from '#platform/database.ts'
import { canonicalId } from '#platform/ids.ts'
import type { CrashPoint } from '#subgraphs/operations/workflows/carry-out.ts'
import type { Blow } from './part.ts'
import { keyOf, type Order, REQUESTED_BY, storyOf } from './stories.ts'
import { type Shop, withSteps } from './troubles.ts'

/** How a node with a bug differs from the product. */
interface Bug {
  readonly workshop?: (product: Shop) => Shop
  /** The id that is answered before anything is committed. */
  readonly answersBefore?: (order: Order) => string
  readonly keyFor?: (key: string) => string
  /** Makes the moment longer in which the bug does its harm. */
  readonly pause?: (point: CrashPoint) => Promise<void>
}

/** A bug, and what it has to meet so that it does its harm. */
interface Planted extends Bug {
  /** Stories about one customer, in the order in which they are asked for. */
  readonly stories: readonly string[]
  /** Where the first of them meets what: a turn and its point, or a point of its acceptance. */
  readonly mine?: readonly [place: string, blow: Blow]
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
    transaction: (work) => db.transaction((unit) => work({ ...unit, rows: through(unit.rows) })),
  }
  return { ...shop, db: changed }
}

/** The statement by which work is taken says something else. */
const withClaim = (shop: Shop, right: string, wrong: string): Shop =>
  withStatements(shop, (rows, statement) => {
    if (statement.name !== 'operations claim workflows') return rows(statement)
    if (!statement.text.includes(right)) throw new Error(`work is not taken by "${right}"`)
    return rows({ ...statement, text: statement.text.replace(right, wrong) })
  })

const newKeyAtEveryTry = (shop: Shop): Shop =>
  withSteps(shop, ({ run, ...step }) => ({
    ...step,
    run: (systems, story, effect) =>
      run(systems, story, { ...effect, effectKey: `${effect.effectKey}/${randomUUID()}` }),
  }))

/** What was begun counts as done when another node takes it. */
const skipBegun = (shop: Shop): Shop =>
  withStatements(shop, async <Row>(rows: Queryable['rows'], statement: Statement) => {
    const found = await rows<Row & { steps?: readonly { status: string }[] }>(statement)
    if (statement.name !== 'operations claim workflows') return found
    return found.map((row) => ({
      ...row,
      steps: row.steps?.map((step) => (step.status === 'RUNNING' ? { ...step, status: 'DONE' } : step)),
    }))
  })

const allFirstInLine = (shop: Shop): Shop =>
  withStatements(shop, (rows, statement) =>
    statement.name === 'operations first in line' ? Promise.resolve([]) : rows(statement),
  )

const done = <Value>(value: Value) => Promise.resolve({ value })

const pauseAt =
  (...points: readonly CrashPoint[]) =>
  async (point: CrashPoint): Promise<void> => {
    if (points.includes(point)) await sleep(HARM_MS)
  }

/** Name → bug. */
export const PLANTED: Readonly<Record<string, Planted>> = {
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
    workshop: (shop) => withClaim(shop, 'run = run + 1', 'run = run'),
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
  'lease ignored, with keys of each node’s own': {
    stories: ['recordPayment'],
    workshop: (shop) => newKeyAtEveryTry(withClaim(shop, 'AND leased_until < clock_timestamp()', '')),
    pause: pauseAt('BEGUN'),
  },
}

/** The bug of a node; none where it is the product as it is. */
export function plantedIn(name: string | null): Bug {
  if (name === null) return {}
  const bug = PLANTED[name]
  if (bug === undefined) throw new Error(`there is no planted bug "${name}"`)
  return bug
}
