/** The taxes of invoices and credit notes, by the same rules as those of a running company. */
import type { TaxLine } from '#domain/billing.ts'
import { taxOn } from '#domain/tax.ts'
import { quoteByRules } from '#domain/tax-rules.ts'
import { readTaxRules } from '../services/tax-file.ts'
import type { Profile } from './customers.ts'

const { rules } = readTaxRules()

/** The tax lines of a net amount in minor units; one with a zero amount where the customer owes the tax itself. */
export function taxLines(
  { place, entity }: Pick<Profile, 'place' | 'entity'>,
  taxable: bigint,
  date: Temporal.PlainDate,
): TaxLine[] {
  const lines = [{ taxCode: '', net: taxable }]
  const quote = quoteByRules(rules, { ...place, seller: entity.code, date, lines })
  if (quote.violations) throw new Error(quote.violations.map(({ message }) => message).join('; '))
  return quote.value.taxes.map(({ jurisdiction, rate, taxable: net, amount }) => ({
    jurisdiction,
    rate,
    taxable: net,
    amount,
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
