/** What all operations of Stripe's write side share. */
import type { Stripe } from 'stripe'
import { moneyText } from '#domain/money.ts'
import { currencyOf, minorUnits, stripeUnits } from './amounts.ts'
import { InvalidField, requiredText, type StripeObject, text } from './fields.ts'
import { REASON, REFERENCE } from './mapping.ts'
import { NotMade, SearchTooLong } from './write-errors.ts'

/** Key of the metadata that holds the idempotency key, which tells what was mended from what was refused. */
export const KEY = 'revgraph_key'

/** What Stripe made. */
export interface Made {
  readonly id: string
  readonly metadata?: Readonly<Record<string, string>> | null | undefined
  readonly status?: string | null
  /** Of an invoice or a credit note. */
  readonly number?: string | null
  readonly hosted_invoice_url?: string | null
}

/** One effect on its way. */
export interface Calls {
  readonly client: Stripe
  /** Which account it is. */
  readonly instance: string
  readonly timeZone: string
  readonly payload: StripeObject
  readonly metadata: Readonly<Record<string, string>>
  /** Of a call that changes something; of several, each names its part. */
  readonly options: (part?: string) => Stripe.RequestOptions
  /** Of a call that reads. */
  readonly reading: () => Stripe.RequestOptions
}

/** How Stripe is asked for one kind of effect. Each payload is described beside its operation. */
export interface Operation {
  readonly send: (calls: Calls) => Promise<Made>
  /** All that was made under our reference. */
  readonly find: (calls: Calls) => Promise<Made[]>
}

/** The most objects that one search looks at: a list cannot be filtered by metadata. */
const MAX_SEARCHED = 5_000
export const PAGE_SIZE = 100

/** What of a list has our reference; refuses a list that is too long to be looked through. */
export async function ours<Item extends Made>(
  metadata: Readonly<Record<string, string>>,
  list: Stripe.ApiListPromise<Item>,
): Promise<Item[]> {
  const found: Item[] = []
  let count = 0
  for await (const item of list) {
    count += 1
    if (count > MAX_SEARCHED) throw new SearchTooLong(`more than ${MAX_SEARCHED} objects to look through`)
    if (item.metadata?.[REFERENCE] === metadata[REFERENCE]) found.push(item)
  }
  return found
}

/** The amount of an object in Stripe's unit. */
export function amountOf(object: StripeObject, currency: string): number {
  const amount = requiredText(object, 'minorUnits')
  if (!/^\d+$/.test(amount)) throw new InvalidField('minorUnits', amount)
  return stripeUnits(BigInt(amount), currency)
}

/** Characters of a value of metadata. */
const MAX_METADATA = 500

/** Metadata that keeps a reason as it was given. */
export function withReason(
  metadata: Calls['metadata'],
  payload: StripeObject,
): Readonly<Record<string, string>> {
  const reason = text(payload, 'reason')
  return reason === null ? metadata : { ...metadata, [REASON]: reason.slice(0, MAX_METADATA) }
}

/** Texts of an object as metadata keeps them: in a short one. */
export const detailsOf = (object: StripeObject, names: readonly string[]): string =>
  JSON.stringify(Object.fromEntries(names.map((name) => [name, text(object, name)])))

/** A document as Stripe reckons it, before it is made. */
type Reckoned = Pick<Stripe.Invoice | Stripe.CreditNote, 'total' | 'total_taxes'>

/** Why a document is not to be made: its total or its tax is not ours. Both figures are named. */
export function mismatchOf(
  payload: StripeObject,
  { total, total_taxes: taxes }: Reckoned,
): NotMade | undefined {
  const currency = currencyOf(payload)
  const told = (amount: bigint): string => moneyText(amount, currency)
  const said = (amount: number): string => told(minorUnits(BigInt(amount), currency))
  const theirs = [said(total), said((taxes ?? []).reduce((all, { amount }) => all + amount, 0))]
  const asked = ['minorUnits', 'taxMinorUnits'].map((name) => told(BigInt(requiredText(payload, name))))
  if (theirs.join() === asked.join()) return undefined
  return new NotMade(
    'TAX_MISMATCH',
    `Stripe comes to ${theirs.join(' with tax of ')}, where ours is ${asked.join(' with tax of ')}`,
  )
}
