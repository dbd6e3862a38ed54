import type { Customer, CustomerFact, CustomerStatus } from '#domain/crm.ts'
import { checkStatedCustomer, type StatedCustomer, withStatement } from '#domain/customer-identity.ts'
import type { Outcome } from '#domain/failure.ts'
import { type HeldWrite, keptOf } from '#domain/foreign-write.ts'
import { lockOne, saveOne } from '#platform/change.ts'
import type { UnitOfWork } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { decideFacts, type WriteGuard } from '#platform/facts.ts'
import { canonicalId } from '#platform/ids.ts'
import { contentHash } from '#platform/json.ts'
import { ownFact } from '#platform/own-facts.ts'
import { customer } from '../aggregates.ts'
import { findCustomers, holdIdentities } from '../customer-store.ts'

/** A customer as a command left it. */
export interface UpsertedCustomer {
  readonly customerId: string
  readonly version: number
  readonly isNew: boolean
  /** What it was before, for taking back that it became active; null for a new one. */
  readonly statusBefore: CustomerStatus | null
  /** Fields that stay as they are, since another system masters them; not given where all was taken. */
  readonly held?: readonly HeldWrite[]
}

/** What a system states of a customer, and what it is to us from now on. */
export interface CustomerUpsert {
  readonly stated: StatedCustomer
  /** Null leaves it as it is; a new customer is a prospect then. */
  readonly status: 'PROSPECT' | 'ACTIVE' | 'INACTIVE' | null
}

/**
 * Keeps what a system states of a customer. It is the customer which that system, or another one, calls so already,
 * otherwise the one with the same tax id, otherwise a new one: whichever system tells first, it is one. Of one that was
 * merged, the customer that carries on. DUPLICATE_ID where the references are of two customers: they are to be merged.
 * The system of the first reference is the one that speaks: fields that `guard` holds stay as they are, and the
 * references are kept whoever names them.
 */
export function upsertCustomer(
  db: Database,
  effect: Effect,
  upsert: CustomerUpsert,
  guard: WriteGuard = () => [],
): Promise<Outcome<UpsertedCustomer>> {
  const { stated } = upsert
  return applyOnce(db, effect, { operation: 'upsertCustomer', input: upsert }, async (unit) => {
    const violations = checkStatedCustomer(stated)
    if (violations.length > 0) return { violations }
    await holdIdentities(unit, stated)
    const { value: foundId, violations: several } = await findOne(unit, stated)
    if (several !== undefined) return { violations: several }
    const made = newCustomer(stated, effect)
    const id = foundId ?? made.id
    const { externalRefs } = stated
    // Whoever speaks is remembered as by an import, and before the customer is locked, as there: no deadlock.
    const spoken = externalRefs.length === 0 ? [] : [{ ...stated, id }]
    const { sourcesOf, remember } = await decideFacts(unit, { name: customer.name }, spoken)
    const known = (await unit.lock(customer, [id])).get(id)
    const fact = known === undefined ? made : withStatement(known, stated)
    const wanted = { ...fact, status: upsert.status ?? fact.status }
    const write = { object: customer.name, fact: { ...wanted, externalRefs }, sources: sourcesOf(id) }
    const held = known === undefined ? [] : guard({ ...write, before: known })
    await remember(() => held.length > 0)
    const kept = await keep(unit, known ?? null, { ...wanted, ...keptOf(held) })
    return kept.value === undefined || held.length === 0 ? kept : { value: { ...kept.value, held } }
  })
}

/** Makes a customer what it was, or is to be, to us. STATUS_FORBIDS for one that was merged into another. */
export function setCustomerStatus(
  db: Database,
  effect: Effect,
  input: { readonly customerId: string; readonly status: 'PROSPECT' | 'ACTIVE' | 'INACTIVE' },
): Promise<Outcome<UpsertedCustomer>> {
  return applyOnce(db, effect, { operation: 'setCustomerStatus', input }, async (unit) => {
    const known = await lockOne(unit, customer, input.customerId, 'customerId')
    if (known.value === undefined) return known
    if (known.value.status === 'MERGED') {
      const message = 'The customer was merged into another one'
      return { violations: [{ code: 'STATUS_FORBIDS', field: 'customerId', message }] }
    }
    return keep(unit, known.value, { ...known.value, status: input.status })
  })
}

/** What says the same as before is not kept again. */
async function keep(
  unit: UnitOfWork,
  before: Customer | null,
  fact: CustomerFact,
): Promise<Outcome<UpsertedCustomer>> {
  const isNews = before === null || contentHash(fact) !== contentHash(before)
  const saved = isNews ? await saveOne(unit, customer, before ?? undefined, fact) : { value: before }
  if (saved.value === undefined) return saved
  const { id: customerId, version } = saved.value
  return { value: { customerId, version, isNew: before === null, statusBefore: before?.status ?? null } }
}

async function findOne(unit: UnitOfWork, stated: StatedCustomer): Promise<Outcome<string | null>> {
  const found = await findCustomers(unit, stated)
  const ids = [...new Set(found.map(({ id, mergedIntoId }) => mergedIntoId ?? id))]
  if (ids.length > 1) {
    const message = `These are ${ids.join(' and ')}: merge them first`
    return { violations: [{ code: 'DUPLICATE_ID', field: 'externalRefs', message }] }
  }
  return { value: ids[0] ?? null }
}

/** Named after what the first system calls it, as facts of that system are: they will find it. */
function newCustomer(stated: StatedCustomer, { effectKey }: Effect): CustomerFact {
  const [first] = stated.externalRefs
  const ours = ownFact('customer', effectKey)
  return {
    ...stated,
    ...(first === undefined
      ? ours
      : { id: canonicalId('customer', first.system, first.instance, first.objectType, first.externalId) }),
    status: 'PROSPECT',
    parentId: null,
    mergedIntoId: null,
  }
}
