/** The taxes of invoices and credit notes: each jurisdiction's rate on the net amount, rounded once. */
import type { TaxLine } from '#domain/billing.ts'
import { taxOn } from '#domain/tax.ts'
import type { Place } from './places.ts'

/** The tax lines of a net amount in minor units; one with a zero amount where the customer owes the tax itself. */
export function taxLines({ taxes }: Place, taxable: bigint): TaxLine[] {
  return taxes.map(({ jurisdiction, rate }) => ({
    jurisdiction,
    rate,
    taxable,
    amount: taxOn(taxable, rate),
  }))
}

/**
 * The tax that goes back with `net` of an invoice of `invoiceNet` taxed by `lines`: all of it with the whole
 * invoice, and never more than was charged.
 */
export function creditedTaxLines(lines: readonly TaxLine[], net: bigint, invoiceNet: bigint): TaxLine[] {
  return lines.map((line) => {
    const share = net === invoiceNet ? line.amount : taxOn(net, line.rate)
    return { ...line, taxable: net, amount: share < line.amount ? share : line.amount }
  })
}
