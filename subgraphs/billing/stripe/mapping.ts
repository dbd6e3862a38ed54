import type { Fact } from '#domain/entity.ts'
import { canonicalId, type IdKind } from '#platform/ids.ts'
import { ownId } from '#platform/own-facts.ts'
import { InvalidField, isObject, reference, type StripeObject } from './fields.ts'
import { gapValue, type GapKind, type GapLog } from './gaps.ts'
import type { Links } from './links.ts'

/** System name of everything that this connector states. */
export const STRIPE = 'stripe'

/** Whose books one Stripe account fills. */
export interface StripeAccount {
  /** Account id (`acct_…`), or `default` where only one account is ever read. */
  readonly instance: string
  readonly legalEntity: {
    readonly code: string
    readonly name: string
    /** ISO 3166-1 alpha-2. */
    readonly country: string
    readonly functionalCurrency: string
    /** IANA name: times become dates in it. */
    readonly timeZone: string
  }
}

/** What every mapping needs beside the object itself. */
export interface MappingContext {
  readonly account: StripeAccount
  readonly links: Links
  readonly gaps: GapLog
}

/** The mapping of one object. */
export interface Mapping extends MappingContext {
  readonly object: StripeObject
  readonly objectType: string
  readonly externalId: string
  readonly sourceVersion: bigint
}

/** Pages of the dashboard, by type of object. */
const DASHBOARD_PAGES: Readonly<Record<string, string>> = {
  customer: 'customers',
  product: 'products',
  price: 'prices',
  subscription: 'subscriptions',
  invoice: 'invoices',
  credit_note: 'credit_notes',
  payment_intent: 'payments',
  charge: 'payments',
  dispute: 'disputes',
}

/** The canonical id of a Stripe object, known or not. */
export function stripeId(
  account: Pick<StripeAccount, 'instance'>,
  kind: IdKind,
  objectType: string,
  externalId: string,
): string {
  return canonicalId(kind, STRIPE, account.instance, objectType, externalId)
}

/** The canonical id of a Stripe object, seen from the mapping of another one: ours where we had it made. */
export function idOf(mapping: MappingContext, kind: IdKind, objectType: string, externalId: string): string {
  return (
    mapping.links.ourId(objectType, externalId) ?? stripeId(mapping.account, kind, objectType, externalId)
  )
}

/** Id of the legal entity that the account belongs to. */
export function legalEntityId(account: StripeAccount): string {
  return stripeId(account, 'legalEntity', 'account', account.instance)
}

/** Identity of the fact that the mapped object becomes. */
export function identity(mapping: Mapping, kind: IdKind): Fact {
  return identityAs(mapping, kind, mapping.objectType, mapping.externalId)
}

/** Key of the metadata that holds our reference to what we had Stripe make: the effect key. */
export const REFERENCE = 'revgraph_reference'

/** Key of the metadata that holds a reason as it was given: Stripe itself knows only some words. */
export const REASON = 'revgraph_reason'

/** Key of the metadata that holds our id of a customer that we had made. */
export const OUR_ID = 'revgraph_id'

/** Key of the metadata that holds what we know of an invoice or a line of ours, and Stripe does not: a JSON object. */
export const DETAILS = 'revgraph_details'

/** Key of the metadata that holds by which payment of ours an invoice was settled elsewhere, with the invoice's id. */
const PAYMENT = 'revgraph_payment'

/** Metadata of an invoice that a payment of ours settles; of none where it came to nothing. A copy names another. */
export const paidBy = (externalId: string, paymentId: string | null): Record<string, string> => ({
  [PAYMENT]: paymentId === null ? '' : `${externalId} ${paymentId}`,
})

/** Our id of the payment by which an invoice was settled elsewhere, as we had it noted there; null where we had not. */
export function ourPaymentOf(externalId: string, object: { readonly metadata?: unknown }): string | null {
  const { [PAYMENT]: noted } = metadataOf(object)
  if (typeof noted !== 'string') return null
  const [invoice, paymentId] = noted.split(' ')
  return invoice === externalId ? (paymentId ?? null) : null
}

/** What metadata keeps of the mapped object, or of a part of it, where we had it made; nothing of any other. */
export function knownOf(mapping: Mapping, part = mapping.object): StripeObject {
  const { externalId, links, objectType } = mapping
  return links.ourId(objectType, externalId) === null ? {} : detailsIn(part)
}

/** What metadata keeps of an object of ours; nothing of any other. */
export function detailsIn(object: { readonly metadata?: unknown }): StripeObject {
  const json = metadataOf(object)[DETAILS]
  if (typeof json !== 'string') return {}
  try {
    const details: unknown = JSON.parse(json)
    return isObject(details) ? details : {}
  } catch (error) {
    if (error instanceof SyntaxError) throw new InvalidField(`metadata.${DETAILS}`, json)
    throw error
  }
}

const MADE: Readonly<Record<string, IdKind | undefined>> = {
  invoice: 'invoice',
  credit_note: 'creditNote',
  refund: 'refund',
}

/**
 * Our id of an object that we had made; null for any other. Then it is what the step made, whichever of us tells of it
 * first, and nothing is there twice.
 */
export function ourIdOf(objectType: string, object: StripeObject): string | null {
  const { [OUR_ID]: ourId, [REFERENCE]: effectKey } = metadataOf(object)
  const kind = MADE[objectType]
  if (kind !== undefined) return typeof effectKey === 'string' ? ownId(kind, effectKey) : null
  return objectType === 'customer' && typeof ourId === 'string' ? ourId : null
}

const metadataOf = ({ metadata }: { readonly metadata?: unknown }): StripeObject =>
  isObject(metadata) ? metadata : {}

/** Identity of a fact that is told by the mapped object, but is another thing than it. */
export function identityAs(mapping: Mapping, kind: IdKind, objectType: string, externalId: string): Fact {
  const { account, object, sourceVersion } = mapping
  const url = dashboardUrl(objectType, externalId, object['livemode'] !== false)
  const ref = { system: STRIPE, instance: account.instance, objectType, externalId, url, sourceVersion }
  return { id: idOf(mapping, kind, objectType, externalId), externalRefs: [ref] }
}

/** The id of the object that a field refers to, reported where that is not there; null where it refers to none. */
export function linkIn(
  mapping: Mapping,
  kind: IdKind,
  objectType: string,
  object: StripeObject,
  field: string,
  path = field,
): string | null {
  const externalId = reference(object, field)
  return externalId === null ? null : link(mapping, kind, objectType, externalId, path)
}

/** The id of another object, reported where that object is not there. */
export function link(
  mapping: Mapping,
  kind: IdKind,
  objectType: string,
  externalId: string,
  path: string,
): string {
  if (!mapping.links.knows(objectType, externalId)) report(mapping, 'DANGLING_REFERENCE', path, externalId)
  return idOf(mapping, kind, objectType, externalId)
}

/** The id of an object that must be referred to. */
export function requiredLink(mapping: Mapping, kind: IdKind, objectType: string, field: string): string {
  const id = linkIn(mapping, kind, objectType, mapping.object, field)
  if (id === null) throw new InvalidField(field, mapping.object[field])
  return id
}

/** Notes what the facts of the mapped object do not say, or not exactly. */
export function report(mapping: Mapping, kind: GapKind, path: string, value: unknown): void {
  const { objectType, externalId } = mapping
  mapping.gaps.add({ kind, objectType, externalId, path, value: gapValue(value) })
}

/** A word that the mapping does not know, where nothing may be guessed. */
export class UnknownWord extends Error {
  readonly path: string
  readonly value: string

  constructor(path: string, value: string) {
    super(`${path} has the unknown value ${value}`)
    this.path = path
    this.value = value
  }
}

/** Our word for one of Stripe's; throws UnknownWord where there is none. */
export function word<Ours>(words: Readonly<Record<string, Ours>>, value: string | null, path: string): Ours {
  const ours = value !== null && Object.hasOwn(words, value) ? words[value] : undefined
  if (ours === undefined) throw new UnknownWord(path, value ?? 'absent')
  return ours
}

/** Our word for one of Stripe's; for what is no more than a detail, `fallback` and a report. */
export function wordOr<Ours>(
  mapping: Mapping,
  words: Readonly<Record<string, Ours>>,
  value: string | null,
  path: string,
  fallback: Ours,
): Ours {
  const ours = value !== null && Object.hasOwn(words, value) ? words[value] : undefined
  if (ours === undefined && value !== null) report(mapping, 'UNKNOWN_ENUM', path, value)
  return ours ?? fallback
}

function dashboardUrl(objectType: string, externalId: string, live: boolean): string | null {
  const page = DASHBOARD_PAGES[objectType]
  return page === undefined
    ? null
    : `https://dashboard.stripe.com/${live ? '' : 'test/'}${page}/${externalId}`
}
