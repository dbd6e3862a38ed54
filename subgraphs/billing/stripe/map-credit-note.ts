import type { CreditNoteFact, CreditNoteLine } from '#domain/billing.ts'
import { sum } from '#domain/money.ts'
import { currencyOf, minorUnits } from './amounts.ts'
import { dateIn } from './dates.ts'
import {
  child,
  integer,
  InvalidField,
  members,
  reference,
  requiredInteger,
  requiredText,
  text,
  type StripeObject,
} from './fields.ts'
import {
  identity,
  idOf,
  legalEntityId,
  type Mapping,
  REASON,
  report,
  requiredLink,
  stripeId,
  word,
} from './mapping.ts'
import { taxLinesOf } from './map-taxes.ts'
import { statedTaxes } from './taxes.ts'
import { CREDIT_NOTE_STATUSES } from './words.ts'

/**
 * A credit note. Stripe does not say whether it takes back undelivered service or lowers a price: it is mapped as
 * the latter. Refunds and customer balance that it leads to are documents of their own.
 */
export function mapCreditNote(mapping: Mapping): CreditNoteFact {
  const { object, account } = mapping
  const { timeZone } = account.legalEntity
  const currency = currencyOf(object)
  const status = word(CREDIT_NOTE_STATUSES, text(object, 'status'), 'status')
  const issuedOn = dateIn(object, 'effective_at', timeZone) ?? dateIn(object, 'created', timeZone)
  if (issuedOn === null) throw new InvalidField('created', object['created'])
  const taxes = statedTaxes(object, 'total_taxes', 'tax_amounts', currency)
  const net = minorUnits(requiredInteger(object, 'amount'), currency) - sum(taxes.map(({ amount }) => amount))
  return {
    ...identity(mapping, 'creditNote'),
    customerId: requiredLink(mapping, 'customer', 'customer', 'customer'),
    legalEntityId: legalEntityId(account),
    invoiceId: requiredLink(mapping, 'invoice', 'invoice', 'invoice'),
    number: requiredText(object, 'number'),
    status,
    currency,
    reason: text(child(object, 'metadata') ?? {}, REASON) ?? text(object, 'reason'),
    issuedOn,
    voidedOn: status === 'VOID' ? (dateIn(object, 'voided_at', timeZone) ?? issuedOn) : null,
    lines: linesOf(mapping, currency, net),
    taxLines: taxLinesOf(mapping, taxes, net),
  }
}

/** Its lines; one line of the whole where it has none, which is how an amount without detail is credited. */
function linesOf(mapping: Mapping, currency: string, net: bigint): readonly CreditNoteLine[] {
  const stripeLines = members(mapping.object, 'lines')
  if (stripeLines.length === 0) return [lineOfWhole(mapping, net)]
  const gross = stripeLines.map((line) => ({
    line: mapLine(mapping, line, currency),
    given: discountOf(line, currency),
  }))
  const reduced = gross.map(({ line, given }) => ({ ...line, amount: line.amount - given }))
  const readings = [reduced, gross.map(({ line }) => line)]
  const fitting = readings.find((lines) => sum(lines.map(({ amount }) => amount)) === net)
  if (fitting !== undefined) return fitting
  report(
    mapping,
    'INVALID',
    'lines',
    `lines do not sum to the net amount ${net}: one line of the whole replaces them`,
  )
  return [lineOfWhole(mapping, net)]
}

function mapLine(mapping: Mapping, line: StripeObject, currency: string): CreditNoteLine {
  const invoiceLine = reference(line, 'invoice_line_item')
  const inclusive = statedTaxes(line, 'taxes', 'tax_amounts', currency).filter((tax) => tax.inclusive)
  return {
    id: stripeId(mapping.account, 'creditNoteLine', 'credit_note_line_item', requiredText(line, 'id')),
    invoiceLineId: invoiceLine === null ? null : idOf(mapping, 'invoiceLine', 'line_item', invoiceLine),
    description: text(line, 'description') ?? 'Credit',
    amount:
      minorUnits(requiredInteger(line, 'amount'), currency) - sum(inclusive.map(({ amount }) => amount)),
    servicePeriod: null,
  }
}

const discountOf = (line: StripeObject, currency: string): bigint =>
  minorUnits(integer(line, 'discount_amount') ?? 0n, currency)

const lineOfWhole = (mapping: Mapping, amount: bigint): CreditNoteLine => ({
  id: stripeId(mapping.account, 'creditNoteLine', 'credit_note', mapping.externalId),
  invoiceLineId: null,
  description: text(mapping.object, 'memo') ?? 'Credit',
  amount,
  servicePeriod: null,
})
