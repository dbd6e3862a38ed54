import { currencyOf, minorUnits } from './amounts.ts'
import {
  child,
  flag,
  integer,
  members,
  reference,
  requiredInteger,
  requiredText,
  text,
  type StripeObject,
} from './fields.ts'
import { detailsIn, ourPaymentOf } from './mapping.ts'
import { noteInvoicePayment } from './notes-money.ts'
import type { Seen } from './seen.ts'
import { taxRateOf } from './taxes.ts'

/** Remembers a tax rate, by which taxes are named. */
export function noteTaxRate(seen: Seen, object: StripeObject, externalId: string): void {
  const rate = taxRateOf(object)
  if (rate !== null) seen.taxRates.set(externalId, rate)
}

/** Remembers a product's name, for invoice lines without words of their own. */
export function noteProduct(seen: Seen, object: StripeObject, externalId: string): void {
  seen.productNames.set(externalId, text(object, 'name') ?? externalId)
}

/** Remembers which contract a subscription bills: its invoices are of it as well. */
export function noteSubscription(seen: Seen, object: StripeObject, externalId: string): void {
  const contractId = text(detailsIn(object), 'contractId')
  if (contractId !== null) seen.contracts.set(externalId, contractId)
}

/** Statuses in which an invoice can have been settled, wholly or in part. */
const SETTLED_STATUSES = new Set(['open', 'paid', 'uncollectible'])

/** Remembers how far an invoice is settled, and by which payments. */
export function noteInvoice(seen: Seen, object: StripeObject, externalId: string): void {
  for (const rate of [object, ...members(object, 'lines')].flatMap(expandedTaxRates)) {
    noteTaxRate(seen, rate, requiredText(rate, 'id'))
  }
  const paymentId = ourPaymentOf(externalId, object)
  if (paymentId !== null) seen.ourPayments.set(externalId, paymentId)
  noteNamedPayment(seen, object, externalId)
  for (const payment of members(object, 'payments'))
    noteInvoicePayment(seen, { invoice: externalId, ...payment })
  if (!SETTLED_STATUSES.has(text(object, 'status') ?? '')) return
  const due = invoiceDue(object, externalId)
  if (due.settled > 0n) seen.dues.push(due)
}

const expandedTaxRates = (holder: StripeObject): readonly StripeObject[] => [
  ...members(holder, 'tax_rates'),
  ...members(holder, 'default_tax_rates'),
  ...[...members(holder, 'tax_amounts'), ...members(holder, 'total_tax_amounts')]
    .map((tax) => child(tax, 'tax_rate'))
    .filter((rate) => rate !== null),
]

/** The payment that an invoice of the older API names, which did not settle it if it was paid elsewhere in the end. */
function noteNamedPayment(seen: Seen, object: StripeObject, invoice: string): void {
  const intent = reference(object, 'payment_intent')
  const externalId = intent ?? reference(object, 'charge')
  if (externalId === null) return
  const objectType = intent === null ? 'charge' : 'payment_intent'
  seen.aims.push({
    ref: { objectType, externalId },
    invoice,
    part: null,
    settles: !flag(object, 'paid_out_of_band'),
  })
}

/** How far Stripe calls it settled: its total, less what credit notes took off before payment and what is left. */
function invoiceDue(object: StripeObject, externalId: string): Seen['dues'][number] {
  const currency = currencyOf(object)
  const amount = amountReader(object, currency)
  const left = amount('total') - amount('pre_payment_credit_notes_amount') - amount('amount_remaining')
  const settled = left > 0n ? left : 0n
  const balanceUsed = amount('ending_balance') - amount('starting_balance')
  const fromBalance = balanceUsed > settled ? settled : balanceUsed
  const times = child(object, 'status_transitions') ?? {}
  const at = integer(times, 'paid_at') ?? integer(times, 'finalized_at') ?? requiredInteger(object, 'created')
  const customer = reference(object, 'customer')
  return { externalId, customer, currency, settled, fromBalance: fromBalance > 0n ? fromBalance : 0n, at }
}

/** Remembers what a credit note gave back of a paid invoice, and where that went. */
export function noteCreditNote(seen: Seen, object: StripeObject, externalId: string): void {
  const refunds = refundsOf(object)
  for (const { id } of refunds) seen.creditNoteOfRefund.set(id, externalId)
  if (text(object, 'status') !== 'issued') return
  const currency = currencyOf(object)
  const amount = amountReader(object, currency)
  const outOfBand = amount('out_of_band_amount')
  const refunded = refunds.reduce((total, refund) => total + minorUnits(refund.amount ?? 0n, currency), 0n)
  const onBalance = reference(object, 'customer_balance_transaction') !== null
  seen.credits.push({
    externalId,
    invoice: reference(object, 'invoice') ?? '',
    customer: reference(object, 'customer'),
    currency,
    outOfBand,
    toBalance: onBalance ? creditedAfterPayment(object, amount) - outOfBand - refunded : 0n,
    at: requiredInteger(object, 'created'),
  })
}

/** API versions that do not state the amount credited after payment had notes that were wholly so, or not at all. */
function creditedAfterPayment(object: StripeObject, amount: (field: string) => bigint): bigint {
  if (integer(object, 'post_payment_amount') !== null) return amount('post_payment_amount')
  return text(object, 'type') === 'post_payment' ? amount('amount') : 0n
}

/** Refunds of a credit note: several, each with its part, since 2025; one before. */
function refundsOf(creditNote: StripeObject): readonly { id: string; amount: bigint | null }[] {
  const several = members(creditNote, 'refunds').flatMap((part) => {
    const id = reference(part, 'refund')
    return id === null ? [] : [{ id, amount: integer(part, 'amount_refunded') }]
  })
  const one = reference(creditNote, 'refund')
  return one === null ? several : [...several, { id: one, amount: null }]
}

const amountReader =
  (object: StripeObject, currency: string) =>
  (field: string): bigint =>
    minorUnits(integer(object, field) ?? 0n, currency)
