import { violationIf } from './failure.ts'
import { isCurrency } from './money.ts'
import { checkLength } from './text.ts'
import type { CustomerFact, CustomerStatement } from './crm.ts'
import type { ExternalRef } from './entity.ts'
import type { Violation } from './failure.ts'

/** What one system states of a customer: what is null it does not know, and nothing of it is forgotten. */
export type StatedCustomer = Pick<
  CustomerFact,
  | 'externalRefs'
  | 'name'
  | 'legalName'
  | 'email'
  | 'domain'
  | 'taxIds'
  | 'address'
  | 'region'
  | 'segment'
  | 'owner'
  | 'currency'
>

/** What is wrong with a statement of a customer, by field; an empty list if it can be kept. */
export function checkStatedCustomer(stated: StatedCustomer): Violation[] {
  const { name, currency, externalRefs } = stated
  return [
    ...checkLength(stated, ''),
    ...violationIf(name.trim() === '', 'NAME_MISSING', 'name', 'A customer has a name'),
    ...violationIf(!isCurrency(currency), 'CURRENCY_UNKNOWN', 'currency', 'Not an ISO 4217 code'),
    ...violationIf(
      externalRefs.some(({ system, externalId }) => system === '' || externalId === ''),
      'REFERENCE_MISSING',
      'externalRefs',
      'A reference names the system and what that calls the customer',
    ),
  ]
}

/** A customer with what another system states of it: what is stated counts, what is not stays. */
export function withStatement(known: CustomerFact, stated: StatedCustomer): CustomerFact {
  const told = Object.entries(stated).filter(([, value]) => value !== null)
  return {
    ...known,
    ...(Object.fromEntries(told) as Partial<StatedCustomer>),
    externalRefs: joinedRefs(known.externalRefs, stated.externalRefs),
    taxIds: joinedBy(known.taxIds, stated.taxIds, ({ type, value }) => `${type} ${value}`),
  }
}

/** A customer of whom a source tells only what it can. */
const UNTOLD = { parentId: null, domain: null, region: null, segment: null, owner: null }

/**
 * A customer as a source states it, for the first time or anew: what the source cannot tell stays, and so does what
 * others call it. One that was merged stays merged, since sources go on telling of both.
 */
export function restated(known: CustomerFact | undefined, fact: CustomerStatement): CustomerFact {
  const { parentId, domain, region, segment, owner } = known ?? UNTOLD
  const { status, mergedIntoId } = known?.status === 'MERGED' && fact.status !== 'MERGED' ? known : fact
  const externalRefs = joinedRefs(known?.externalRefs ?? [], fact.externalRefs)
  return { parentId, domain, region, segment, owner, ...fact, status, mergedIntoId, externalRefs }
}

/** All references, one an object: of one that both name, the newer knowledge. */
export function joinedRefs(known: readonly ExternalRef[], others: readonly ExternalRef[]): ExternalRef[] {
  const isOlder = (ref: ExternalRef): boolean =>
    known.some((it) => objectOf(it) === objectOf(ref) && it.sourceVersion > ref.sourceVersion)
  return joinedBy(
    known,
    others.filter((ref) => !isOlder(ref)),
    objectOf,
  )
}

/** The object that a reference names, as text. */
export function objectOf({ system, instance, objectType, externalId }: ExternalRef): string {
  return [system, instance, objectType, externalId].join(' ')
}

/** The known ones in their order, as the others have them where both do, and the others after them. */
export function joinedBy<Item>(
  known: readonly Item[],
  others: readonly Item[],
  keyOf: (item: Item) => string,
): Item[] {
  return [...new Map([...known, ...others].map((item) => [keyOf(item), item])).values()]
}
