import { pause, resume } from '#domain/dunning.ts'
import { isOpen } from '#domain/invoice.ts'
import type { Outcome } from '#domain/failure.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { OWN_SYSTEM } from '#platform/own-facts.ts'
import { readCollectible, readCollection } from '../dunning-store.ts'
import { lockDocuments } from '../store.ts'
import { collectWithin, type CollectionRule } from './collect-invoice.ts'

interface Steering {
  readonly customerId: string
  /** The day on which it is done: what is overdue by then is concerned. */
  readonly on: Temporal.PlainDate
}

/** How what a customer owes is collected from now on. */
interface Steered {
  readonly isDisputed: boolean
  /** How many invoices were looked at. */
  readonly invoices: number
}

/** Most invoices of a customer at once, those that are longest due; no attempt is made at others of it meanwhile. */
const MAX_INVOICES = 100

/**
 * Has the collection of what a customer owes wait while one of its payments is contested at the bank, and go on once
 * none is: whoever fights over one bill is not reminded of another. What somebody else paused stays so.
 */
export function steerCollection(db: Database, effect: Effect, input: Steering): Promise<Outcome<Steered>> {
  const { customerId, on } = input
  return applyOnce<Steered>(db, effect, { operation: 'steerCollection', input }, async (unit) => {
    const { isDisputed } = await readCollection(unit, [customerId])
    const ids = await readCollectible(unit, customerId, on, MAX_INVOICES)
    await lockDocuments(unit, ids)
    const rule: CollectionRule = isDisputed ? pauseOpen : resumeOwn(on)
    for (const id of ids.toSorted()) {
      const { violations } = await collectWithin(unit, id, `${effect.effectKey}/${id}`, rule)
      if (violations !== undefined) return { violations }
    }
    return { value: { isDisputed, invoices: ids.length } }
  })
}

const pauseOpen: CollectionRule = (before, owed) => ({
  value: before === null && !isOpen(owed) ? null : pause(before),
})

/** What we paused: our word on it is the last. */
const resumeOwn =
  (on: Temporal.PlainDate): CollectionRule =>
  (before, owed) => ({
    value:
      before !== null && before.externalRefs[0]?.system === OWN_SYSTEM ? resume(before, owed, on) : before,
  })
