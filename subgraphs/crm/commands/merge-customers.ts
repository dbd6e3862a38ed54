import type { Customer } from '#domain/crm.ts'
import { checkMerge, type CustomerMerge, mergeIdentities, unmergeIdentities } from '#domain/customer-merge.ts'
import type { Recorded } from '#domain/entity.ts'
import type { Outcome, Violation } from '#domain/failure.ts'
import { lockOne } from '#platform/change.ts'
import type { Aggregate, UnitOfWork } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { readRows } from '#platform/table.ts'
import { contact, contract, customer, opportunity } from '../aggregates.ts'
import { customers } from '../store.ts'
import { keepMerge, lockOwned, MAX_MOVED, takeMerge } from '../merge-store.ts'

/** Two records of one customer. */
export interface Merging {
  /** The one that carries on. */
  readonly survivorId: string
  /** The one that was found to be it. */
  readonly mergedId: string
}

/** How much moved from one customer to the other. */
export interface MovedRecords extends Merging {
  readonly contacts: number
  readonly opportunities: number
  readonly contracts: number
  readonly subsidiaries: number
}

/**
 * Merges a customer into another: contacts, deals, contracts and subsidiaries go over, and what other systems call it.
 * Documents of billing and entries of the books stay as they were issued. It is undone by `unmergeCustomers`.
 * SAME_CUSTOMER, STATUS_FORBIDS for one that is merged already or a survivor below a subsidiary of the other, TOO_MANY.
 */
export function mergeCustomers(
  db: Database,
  effect: Effect,
  merging: Merging,
): Promise<Outcome<MovedRecords>> {
  return applyOnce<MovedRecords>(
    db,
    effect,
    { operation: 'mergeCustomers', input: merging },
    async (unit) => {
      const both = await lockBoth(unit, merging)
      if (both.value === undefined) return both
      const violations = [
        ...checkMerge(both.value.survivor, both.value.merged),
        ...(await checkPlace(unit, both.value.survivor, both.value.merged)),
      ]
      if (violations.length > 0) return { violations }
      const { survivor, merged, moved } = mergeIdentities(both.value.survivor, both.value.merged)
      await unit.save(customer, [
        { before: both.value.survivor, after: survivor },
        { before: both.value.merged, after: merged },
      ])
      const merge = { ...moved, ...(await moveAll(unit, merging.mergedId, merging.survivorId)) }
      const excess = checkMoved(merge)
      if (excess.length > 0) return { violations: excess }
      await keepMerge(unit, merge, both.value.merged.version + 1)
      return { value: counted(merge) }
    },
  )
}

/**
 * Undoes a merge: what moved and is still with the survivor goes back, and both are called what they were called. What
 * happened since stays with the survivor. STATUS_FORBIDS for a customer that is not merged by command, or whose
 * survivor was merged into another one since: that is undone first.
 */
export function unmergeCustomers(
  db: Database,
  effect: Effect,
  input: { readonly mergedId: string },
): Promise<Outcome<MovedRecords>> {
  return applyOnce<MovedRecords>(db, effect, { operation: 'unmergeCustomers', input }, async (unit) => {
    const merge = await takeMerge(unit, input.mergedId)
    if (merge === null) return NOT_MERGED
    const both = await lockBoth(unit, merge)
    if (both.value === undefined) return both
    const { survivor, merged } = both.value
    if (merged.mergedIntoId !== survivor.id) return NOT_MERGED
    const after = unmergeIdentities(survivor, merged, merge)
    await unit.save(customer, [
      { before: survivor, after: after.survivor },
      { before: merged, after: after.merged },
    ])
    return { value: counted({ ...merge, ...(await moveAll(unit, survivor.id, merged.id, merge)) }) }
  })
}

const NOT_MERGED: Outcome<never> = {
  violations: [
    {
      code: 'STATUS_FORBIDS',
      field: 'mergedId',
      message: 'It is not merged, or its survivor was merged since',
    },
  ],
}

async function lockBoth(
  unit: UnitOfWork,
  { survivorId, mergedId }: Merging,
): Promise<Outcome<{ readonly survivor: Customer; readonly merged: Customer }>> {
  // At once, in order of id: who merges them the other way round at the same moment waits.
  await unit.lock(customer, [survivorId, mergedId])
  const survivor = await lockOne(unit, customer, survivorId, 'survivorId')
  if (survivor.value === undefined) return survivor
  const merged = await lockOne(unit, customer, mergedId, 'mergedId')
  if (merged.value === undefined) return merged
  return { value: { survivor: survivor.value, merged: merged.value } }
}

/** A chain of parents is followed no further. */
const MAX_LEVELS = 100

/**
 * A survivor right below the other customer takes its place. One further below would come to be above its own parent:
 * whoever merges them says first where it belongs.
 */
async function checkPlace(unit: UnitOfWork, survivor: Customer, merged: Customer): Promise<Violation[]> {
  let parentId = survivor.parentId === merged.id ? null : survivor.parentId
  for (let level = 0; parentId !== null && level < MAX_LEVELS; level += 1) {
    if (parentId === merged.id) {
      const message =
        'It is below a subsidiary of the other: merge them the other way round, or move it first'
      return [{ code: 'STATUS_FORBIDS', field: 'survivorId', message }]
    }
    const [parent] = await readRows(unit, customers, [parentId])
    parentId = parent?.parentId ?? null
  }
  return []
}

type Moved = Pick<CustomerMerge, 'contacts' | 'opportunities' | 'contracts' | 'subsidiaries' | 'merged'>

/** Moves what belongs to one customer to another one; only what is named, where something is. */
async function moveAll(unit: UnitOfWork, from: string, to: string, only?: Moved): Promise<Moved> {
  return {
    contacts: await move(unit, contact, 'customerId', from, to, only?.contacts),
    opportunities: await move(unit, opportunity, 'customerId', from, to, only?.opportunities),
    contracts: await move(unit, contract, 'customerId', from, to, only?.contracts),
    subsidiaries: await move(unit, customer, 'parentId', from, to, only?.subsidiaries),
    merged: await move(unit, customer, 'mergedIntoId', from, to, only?.merged),
  }
}

async function move<State extends { readonly id: string } & Recorded>(
  unit: UnitOfWork,
  aggregate: Aggregate<State>,
  field: keyof State & string,
  from: string,
  to: string,
  only?: readonly string[],
): Promise<string[]> {
  const owned = await lockOwned(unit, aggregate.table, field, from, only)
  const others = owned.filter(({ id }) => id !== to)
  await unit.save(
    aggregate,
    others.map((before) => ({ before, after: { ...before, [field]: to } })),
  )
  return others.map(({ id }) => id)
}

function checkMoved(merge: CustomerMerge): Violation[] {
  const isTooMany = [merge.contacts, merge.opportunities, merge.contracts, merge.subsidiaries].some(
    ({ length }) => length > MAX_MOVED,
  )
  if (!isTooMany) return []
  return [
    { code: 'TOO_MANY', field: 'mergedId', message: `More than ${MAX_MOVED} records of a kind would move` },
  ]
}

function counted(merge: CustomerMerge): MovedRecords {
  const { survivorId, mergedId, contacts, opportunities, contracts, subsidiaries } = merge
  return {
    survivorId,
    mergedId,
    contacts: contacts.length,
    opportunities: opportunities.length,
    contracts: contracts.length,
    subsidiaries: subsidiaries.length,
  }
}
