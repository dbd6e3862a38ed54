import type { Dunning, DunningStatus, Invoice } from '#domain/billing.ts'
import { advance, type DunningState, pause, resume } from '#domain/dunning.ts'
import type { Outcome } from '#domain/failure.ts'
import { isOpen } from '#domain/invoice.ts'
import type { UnitOfWork } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { recordFacts } from '#platform/facts.ts'
import { ownFact, restate } from '#platform/own-facts.ts'
import { dunning } from '../record.ts'
import { invoice } from '../settle.ts'
import { lockDocuments, readRowsBy } from '../store.ts'
import { dunnings } from '../tables.ts'
import { refused } from './refusals.ts'

interface DunningCommand {
  readonly invoiceId: string
  /** The day on which it is done, in the time zone of the legal entity. */
  readonly on: Temporal.PlainDate
}

/** How far the collection of an invoice is; null where nothing was to collect. */
interface Collection {
  readonly dunningId: string | null
  readonly status: DunningStatus | null
  readonly attempts: number
}

/** Has collection of an invoice wait, also where it did not begin: as while its payment is disputed. */
export const pauseDunning = (
  db: Database,
  effect: Effect,
  input: DunningCommand,
): Promise<Outcome<Collection>> =>
  collect(db, effect, { operation: 'pauseDunning', input }, (before, owed) => ({
    value: before === null && !isOpen(owed) ? null : pause(before),
  }))

/** Has paused collection go on; it is recovered where nothing is owed any more. */
export const resumeDunning = (
  db: Database,
  effect: Effect,
  input: DunningCommand,
): Promise<Outcome<Collection>> =>
  collect(db, effect, { operation: 'resumeDunning', input }, (before, owed) => ({
    value: before && resume(before, owed, input.on),
  }))

/** Counts an attempt to collect an invoice. Refused as `advance` says. */
export const advanceDunning = (
  db: Database,
  effect: Effect,
  input: DunningCommand,
): Promise<Outcome<Collection>> =>
  collect(db, effect, { operation: 'advanceDunning', input }, (before, owed) =>
    advance(before, owed, input.on),
  )

/** What becomes of a collection, and of none; null where there is none to be. */
export type CollectionRule = (before: Dunning | null, owed: Invoice) => Outcome<DunningState | null>

/** Changes the collection of an invoice by a rule; REFERENCE_MISSING for an invoice that is not there. */
function collect(
  db: Database,
  effect: Effect,
  { operation, input }: { readonly operation: string; readonly input: DunningCommand },
  rule: CollectionRule,
): Promise<Outcome<Collection>> {
  return applyOnce<Collection>(db, effect, { operation, input }, async (unit) => {
    await lockDocuments(unit, [input.invoiceId])
    return collectWithin(unit, input.invoiceId, effect.effectKey, rule)
  })
}

/** The same within a transaction that holds the invoice. A collection that is begun is named after the key. */
export async function collectWithin(
  unit: UnitOfWork,
  invoiceId: string,
  key: string,
  rule: CollectionRule,
): Promise<Outcome<Collection>> {
  const owed = (await unit.lock(invoice, [invoiceId])).get(invoiceId)
  if (owed === undefined) return refused('REFERENCE_MISSING', 'invoiceId', 'There is no such invoice')
  const before = await newestOf(unit, invoiceId)
  const { value: after, violations } = rule(before, owed)
  if (violations !== undefined) return { violations }
  if (after === null) return { value: { dunningId: null, status: null, attempts: 0 } }
  const { status, attempts, nextAttemptOn } = after
  const state = { status, attempts, nextAttemptOn }
  const fact =
    before === null ? { ...ownFact('dunning', key), invoiceId, ...state } : restate('dunning', before, state)
  if (before === null || isOther(before, after)) await recordFacts(unit, dunning, [fact])
  return { value: { dunningId: fact.id, status, attempts } }
}

async function newestOf(unit: UnitOfWork, invoiceId: string): Promise<Dunning | null> {
  const known = await readRowsBy(unit, dunnings, 'invoiceId', [invoiceId])
  const locked = await unit.lock(
    dunning,
    known.map(({ id }) => id),
  )
  const inOrder = [...locked.values()].toSorted((a, b) =>
    Temporal.Instant.compare(a.recordedAt, b.recordedAt),
  )
  return inOrder.at(-1) ?? null
}

const isOther = (before: DunningState, after: DunningState): boolean =>
  before.status !== after.status ||
  before.attempts !== after.attempts ||
  before.nextAttemptOn?.toString() !== after.nextAttemptOn?.toString()
