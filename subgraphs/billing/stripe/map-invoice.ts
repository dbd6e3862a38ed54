import type { InvoiceFact, InvoiceLifecycle, InvoiceLine } from '#domain/billing.ts'
import { sum } from '#domain/money.ts'
import { currencyOf, minorUnits } from './amounts.ts'
import { dateIn, rangeIn } from './dates.ts'
import {
  child,
  decimal,
  descendant,
  integer,
  InvalidField,
  members,
  plainDate,
  reference,
  requiredInteger,
  requiredText,
  text,
  type StripeObject,
  wholeText,
} from './fields.ts'
import {
  identity,
  idOf,
  knownOf,
  legalEntityId,
  linkIn,
  report,
  requiredLink,
  stripeId,
  word,
  wordOr,
  type Mapping,
} from './mapping.ts'
import { taxLinesOf } from './map-taxes.ts'
import { statedTaxes, type StatedTax } from './taxes.ts'
import { COLLECTION_METHODS, INVOICE_LIFECYCLES } from './words.ts'

/** An invoice. What has been paid of it is not said here: that follows from the payments. */
export function mapInvoice(mapping: Mapping): InvoiceFact {
  const { object, account } = mapping
  const currency = currencyOf(object)
  const lifecycle = word(INVOICE_LIFECYCLES, text(object, 'status'), 'status')
  // Which payments settled it is found for all invoices at once (`allocate.ts`); here, only that they are there.
  for (const type of ['payment_intent', 'charge']) linkIn(mapping, 'payment', type, object, type)
  const subscription = descendant(object, 'parent', 'subscription_details') ?? object
  const known = knownOf(mapping)
  return {
    ...identity(mapping, 'invoice'),
    customerId: text(known, 'customerId') ?? requiredLink(mapping, 'customer', 'customer', 'customer'),
    legalEntityId: legalEntityId(account),
    contractId:
      text(known, 'contractId') ?? mapping.links.contractOf(reference(subscription, 'subscription')),
    subscriptionId:
      text(known, 'subscriptionId') ??
      linkIn(mapping, 'subscription', 'subscription', subscription, 'subscription'),
    number: lifecycle === 'DRAFT' ? null : numberOf(mapping),
    lifecycle,
    currency,
    collectionMethod: wordOr(
      mapping,
      COLLECTION_METHODS,
      text(object, 'collection_method'),
      'collection_method',
      'CHARGE_AUTOMATICALLY',
    ),
    ...datesOf(mapping, lifecycle),
    ...(text(object, 'status') === 'deleted' ? { lines: [], taxLines: [] } : contentOf(mapping, currency)),
  }
}

function numberOf(mapping: Mapping): string {
  const number = text(mapping.object, 'number')
  if (number === null)
    report(mapping, 'INVALID', 'number', 'an issued invoice without a number: its id stands in')
  return number ?? mapping.externalId
}

type Dates = Pick<InvoiceFact, 'issueDate' | 'dueDate' | 'closedOn'>

/** Issued when it takes effect, due then unless it says otherwise. Stripe counts the days from when it made it. */
function datesOf(mapping: Mapping, lifecycle: InvoiceLifecycle): Dates {
  const { object, account } = mapping
  const { timeZone } = account.legalEntity
  const times = child(object, 'status_transitions') ?? {}
  const issueDate =
    dateIn(object, 'effective_at', timeZone) ??
    dateIn(times, 'finalized_at', timeZone) ??
    dateIn(object, 'created', timeZone)
  if (issueDate === null) throw new InvalidField('created', object['created'])
  const closedField = CLOSED_FIELDS[lifecycle]
  const closedOn = closedField === undefined ? null : (dateIn(times, closedField, timeZone) ?? issueDate)
  return { issueDate, dueDate: dueDateOf(mapping, issueDate), closedOn }
}

const CLOSED_FIELDS: Partial<Readonly<Record<InvoiceLifecycle, string>>> = {
  VOID: 'voided_at',
  UNCOLLECTIBLE: 'marked_uncollectible_at',
}

function dueDateOf(mapping: Mapping, issueDate: Temporal.PlainDate): Temporal.PlainDate {
  const stated =
    plainDate(knownOf(mapping), 'dueOn') ??
    dateIn(mapping.object, 'due_date', mapping.account.legalEntity.timeZone)
  if (stated === null || Temporal.PlainDate.compare(stated, issueDate) >= 0) return stated ?? issueDate
  report(
    mapping,
    'INVALID',
    'due_date',
    `${stated.toString()} is before the issue on ${issueDate.toString()}`,
  )
  return issueDate
}

type Content = Pick<InvoiceFact, 'lines' | 'taxLines'>

/** Lines and taxes such that subtotal + tax is the total that Stripe states. */
function contentOf(mapping: Mapping, currency: string): Content {
  const { object } = mapping
  const stripeLines = [...members(object, 'lines'), ...shippingLine(object)]
  const total = minorUnits(requiredInteger(object, 'total'), currency)
  const taxes = taxesOf(object, stripeLines, currency)
  const tax = sum(taxes.map(({ amount }) => amount))
  const lines = linesReading(mapping, stripeLines, currency, total - tax)
  const net = sum(lines.map(({ amount }) => amount))
  return { lines: balanced(mapping, lines, total - tax - net), taxLines: taxLinesOf(mapping, taxes, net) }
}

/**
 * Discounts are taken off the amounts of lines, unless those only add up to the total as they are: API versions
 * differ in whether a line's amount has them taken off.
 */
function linesReading(
  mapping: Mapping,
  stripeLines: readonly StripeObject[],
  currency: string,
  net: bigint,
): readonly InvoiceLine[] {
  const gross = stripeLines.map((line) => ({
    line: mapLine(mapping, line, currency),
    given: discountOf(line, currency),
  }))
  const asTheyAre = gross.map(({ line }) => line)
  const reduced = gross.map(({ line, given }) => ({ ...line, amount: line.amount - given }))
  return [reduced, asTheyAre].find((lines) => sum(lines.map(({ amount }) => amount)) === net) ?? reduced
}

/** A line without discount taken off; `given` is what its discounts come to, with their sign. */
function mapLine(mapping: Mapping, line: StripeObject, currency: string): InvoiceLine {
  const { account } = mapping
  const given = discountOf(line, currency)
  const itemDetails = descendant(line, 'parent', 'subscription_item_details') ?? line
  const item = reference(itemDetails, 'subscription_item')
  const inclusive = statedTaxes(line, 'taxes', 'tax_amounts', currency).filter((tax) => tax.inclusive)
  const known = knownOf(mapping, line)
  const subscribed = item === null ? null : idOf(mapping, 'subscriptionItem', 'subscription_item', item)
  return {
    id:
      text(known, 'invoiceLineId') ?? stripeId(account, 'invoiceLine', 'line_item', requiredText(line, 'id')),
    description: descriptionOf(mapping, line),
    productId: text(known, 'productId') ?? productOf(mapping, line),
    subscriptionItemId: text(known, 'subscriptionItemId') ?? subscribed,
    contractLineId: text(known, 'contractLineId'),
    quantity:
      text(known, 'quantity') ?? decimal(line, 'quantity_decimal') ?? decimal(line, 'quantity') ?? '1',
    amount:
      minorUnits(requiredInteger(line, 'amount'), currency) - sum(inclusive.map(({ amount }) => amount)),
    discount: wholeText(known, 'discountMinorUnits') ?? (given > 0n ? given : 0n),
    servicePeriod: rangeIn(child(line, 'period') ?? {}, 'start', 'end', account.legalEntity.timeZone),
  }
}

/** Discounts, and credits that count before tax; a discount is listed among those credits again. */
function discountOf(line: StripeObject, currency: string): bigint {
  const credits = members(line, 'pretax_credit_amounts').filter(
    (credit) => text(credit, 'type') !== 'discount',
  )
  const amounts = [...members(line, 'discount_amounts'), ...credits].map((part) =>
    requiredInteger(part, 'amount'),
  )
  return minorUnits(sum(amounts), currency)
}

/** What the line sold: `pricing` since 2025, `price` before, `plan` before 2020. */
const pricingOf = (line: StripeObject): StripeObject =>
  descendant(line, 'pricing', 'price_details') ?? child(line, 'price') ?? child(line, 'plan') ?? {}

const productOf = (mapping: Mapping, line: StripeObject): string | null =>
  linkIn(mapping, 'product', 'product', pricingOf(line), 'product', 'lines.product')

function descriptionOf(mapping: Mapping, line: StripeObject): string {
  const product = reference(pricingOf(line), 'product')
  return text(line, 'description') ?? (product === null ? null : mapping.links.productName(product)) ?? 'Item'
}

/** Shipping, which Stripe states beside the lines. */
function shippingLine(object: StripeObject): readonly StripeObject[] {
  const cost = child(object, 'shipping_cost')
  const amount =
    (cost === null ? null : integer(cost, 'amount_subtotal')) ?? integer(object, 'amount_shipping') ?? 0n
  if (amount === 0n) return []
  const taxes = cost === null ? {} : { taxes: cost['taxes'] }
  return [
    {
      id: `${requiredText(object, 'id')}:shipping`,
      description: 'Shipping',
      amount: Number(amount),
      ...taxes,
    },
  ]
}

/** The document's taxes as it states them, else as its lines do; API versions before 2019 stated one sum alone. */
function taxesOf(
  object: StripeObject,
  lines: readonly StripeObject[],
  currency: string,
): readonly StatedTax[] {
  const stated = statedTaxes(object, 'total_taxes', 'total_tax_amounts', currency)
  if (stated.length > 0) return stated
  const ofLines = lines.flatMap((line) => statedTaxes(line, 'taxes', 'tax_amounts', currency))
  if (ofLines.length > 0) return ofLines
  const sumOfTaxes = integer(object, 'tax') ?? 0n
  if (sumOfTaxes === 0n) return []
  return [{ rateId: null, inclusive: false, taxable: null, amount: minorUnits(sumOfTaxes, currency) }]
}

/** The lines with one more for what they lack to the stated total, never silently. */
function balanced(
  mapping: Mapping,
  lines: readonly InvoiceLine[],
  difference: bigint,
): readonly InvoiceLine[] {
  if (difference === 0n) return lines
  const { account, object, externalId } = mapping
  const stated = requiredInteger(object, 'total')
  report(
    mapping,
    'INVALID',
    'total',
    `lines and taxes differ from the total ${stated} by ${difference}: a line balances them`,
  )
  const id = stripeId(account, 'invoiceLine', 'line_item', `${externalId}:difference`)
  const description = 'Difference to the total that Stripe states'
  const nothing = { productId: null, subscriptionItemId: null, contractLineId: null, servicePeriod: null }
  return [...lines, { id, description, ...nothing, quantity: '1', amount: difference, discount: 0n }]
}
