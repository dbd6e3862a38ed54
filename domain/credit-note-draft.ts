import { isBefore } from './calendar.ts'
import { violationIf } from './failure.ts'
import { invoiceTotals, takesBack } from './invoice.ts'
import { moneyText, sum } from './money.ts'
import { maximum, minimum } from './order.ts'
import { multiply, parseDecimal, rational, round } from './rational.ts'
import { issuedCreditNotes } from './settlement.ts'
import type { CreditNoteFact, CreditNoteLine, InvoiceFact, TaxLine } from './billing.ts'
import type { DateRange } from './entity.ts'
import type { Outcome, Violation } from './failure.ts'

/** What is given back of one line of an invoice. */
export interface CreditedLine {
  readonly invoiceLineId: string
  /** Minor units before tax; negative for a price reduction that is taken back with service that was sold for less. */
  readonly amount: bigint
  /** The undelivered service that is given back; null for a price reduction. */
  readonly servicePeriod: DateRange | null
}

/** A credit note before it is issued: its tax follows from the invoice. */
export interface CreditNoteDraft {
  readonly invoiceId: string
  readonly issuedOn: Temporal.PlainDate
  readonly reason: string | null
  /** At least one. */
  readonly lines: readonly CreditedLine[]
}

/** What goes onto a credit note. */
export interface Credited {
  readonly lines: readonly Omit<CreditNoteLine, 'id'>[]
  readonly taxLines: readonly TaxLine[]
}

/** What of an invoice is not given back yet: minor units before tax, of each line and of all. */
interface Creditable {
  readonly lines: ReadonlyMap<string, bigint>
  readonly net: bigint
  /** What was given back as reductions of price, and not taken back since. */
  readonly reduced: bigint
  /** Of each line, what no credit note gave back as undelivered service. */
  readonly service: ReadonlyMap<string, bigint>
}

/** What credit notes leave of an invoice. */
export function creditableOf(invoice: InvoiceFact, earlier: readonly CreditNoteFact[]): Creditable {
  const given = earlier.filter(isIssued).flatMap(({ lines }) => lines)
  const service = given.filter(({ servicePeriod }) => servicePeriod !== null)
  const leftOf = (some: readonly CreditNoteLine[]): ReadonlyMap<string, bigint> =>
    new Map(
      invoice.lines.map(({ id, amount }) => [
        id,
        maximum(0n, amount - amountOf(some.filter(({ invoiceLineId }) => invoiceLineId === id))),
      ]),
    )
  return {
    lines: leftOf(given),
    net: amountOf(invoice.lines) - amountOf(given),
    reduced: amountOf(given) - amountOf(service),
    service: leftOf(service),
  }
}

/**
 * What a credit note gives back of an invoice: net as asked, and the tax that goes with it, exact and rounded once. Net
 * and tax of all credit notes are at most the invoice's: the one that takes the last of the net takes the last of the
 * tax, and so the rounding. [GROUND-TRUTH R1, R2]
 */
export function creditInvoice(
  invoice: InvoiceFact,
  earlier: readonly CreditNoteFact[],
  { issuedOn, lines }: Pick<CreditNoteDraft, 'issuedOn' | 'lines'>,
): Outcome<Credited> {
  const left = creditableOf(invoice, earlier)
  const net = sum(lines.map(({ amount }) => amount))
  const violations = [
    ...checkInvoiceTakes(invoice, issuedOn),
    ...violationIf(lines.length === 0, 'LINES_MISSING', 'lines', 'A credit note gives something back'),
    ...lines.flatMap((line, place) => checkLine(line, lines, `lines.${place}`, invoice)),
    ...checkAmounts(lines, left, invoice.currency),
  ]
  if (violations.length > 0) return { violations }
  const described = lines.map((line) => ({ ...line, description: descriptionOf(line, invoice) }))
  return { value: { lines: described, taxLines: creditedTax(invoice, earlier, net, net === left.net) } }
}

function checkInvoiceTakes({ lifecycle, issueDate }: InvoiceFact, issuedOn: Temporal.PlainDate): Violation[] {
  const isIssuedInvoice = lifecycle === 'ISSUED' || lifecycle === 'UNCOLLECTIBLE'
  return [
    ...violationIf(
      !isIssuedInvoice,
      'INVOICE_NOT_ISSUED',
      'invoiceId',
      'A draft or void invoice takes no credit',
    ),
    ...violationIf(isBefore(issuedOn, issueDate), 'DATE_ORDER', 'issuedOn', 'Before the invoice was issued'),
  ]
}

function checkLine(
  credited: CreditedLine,
  all: readonly CreditedLine[],
  field: string,
  invoice: InvoiceFact,
): Violation[] {
  const { invoiceLineId, amount, servicePeriod } = credited
  const line = invoice.lines.find(({ id }) => id === invoiceLineId)
  if (line === undefined)
    return violationIf(true, 'INVOICE_LINE_MISSING', `${field}.invoiceLineId`, 'The invoice has no such line')
  return [
    ...violationIf(
      amount <= 0n && !takesBack(credited, all),
      'AMOUNT_NOT_POSITIVE',
      `${field}.amount`,
      'Nothing is given back',
    ),
    ...violationIf(
      servicePeriod !== null && !isWithin(servicePeriod, line.servicePeriod),
      'DATE_OUTSIDE_LINE',
      `${field}.servicePeriod`,
      'The line did not bill that service',
    ),
  ]
}

/** Each line is at most what is left of its own, and all what is left of the invoice. What is taken back was given. */
function checkAmounts(lines: readonly CreditedLine[], left: Creditable, currency: string): Violation[] {
  const excess = sum(lines.map(({ amount }) => amount)) - left.net
  const ofLines = lines.flatMap(({ invoiceLineId }, place) => {
    const own = lines.slice(0, place + 1).filter((line) => line.invoiceLineId === invoiceLineId)
    const above = sum(own.map(({ amount }) => amount)) - (left.lines.get(invoiceLineId) ?? 0n)
    const isKnown = left.lines.has(invoiceLineId)
    return violationIf(
      isKnown && above > 0n,
      'CREDIT_EXCEEDS_INVOICE',
      `lines.${place}.amount`,
      `${moneyText(above, currency)} above what is left of the line`,
    )
  })
  if (ofLines.length > 0) return ofLines
  const above = -amountOf(lines.filter(({ amount }) => amount < 0n)) - left.reduced
  return [
    ...violationIf(
      excess > 0n,
      'CREDIT_EXCEEDS_INVOICE',
      'lines',
      `${moneyText(excess, currency)} above what is left of the invoice`,
    ),
    ...violationIf(
      above > 0n,
      'CREDIT_EXCEEDS_INVOICE',
      'lines',
      `${moneyText(above, currency)} above the price reductions that can be taken back`,
    ),
  ]
}

/** By jurisdiction and rate, as a credit note names the taxes of its invoice. */
function creditedTax(
  invoice: InvoiceFact,
  earlier: readonly CreditNoteFact[],
  net: bigint,
  isLast: boolean,
): TaxLine[] {
  const { subtotal } = invoiceTotals(invoice.lines, [])
  const given = Map.groupBy(
    earlier.filter(isIssued).flatMap(({ taxLines }) => taxLines),
    keyOf,
  )
  return [...Map.groupBy(invoice.taxLines, keyOf)].flatMap(([key, [first, ...others]]) => {
    if (first === undefined) return []
    const { jurisdiction, rate } = first
    const charged = totalOf([first, ...others])
    const before = totalOf(given.get(key) ?? [])
    const left = { taxable: charged.taxable - before.taxable, amount: charged.amount - before.amount }
    if (isLast) return [{ jurisdiction, rate, ...left }]
    const taxable = multiply(rational(charged.taxable), rational(net, subtotal))
    const amount = multiply(taxable, multiply(parseDecimal(rate), rational(1n, 100n)))
    return [
      {
        jurisdiction,
        rate,
        taxable: atMost(round(taxable), left.taxable),
        amount: atMost(round(amount), left.amount),
      },
    ]
  })
}

const amountOf = (lines: readonly { readonly amount: bigint }[]): bigint =>
  sum(lines.map(({ amount }) => amount))

const keyOf = ({ jurisdiction, rate }: TaxLine): string => `${jurisdiction} ${rate}`

const totalOf = (lines: readonly TaxLine[]): Pick<TaxLine, 'taxable' | 'amount'> => ({
  taxable: sum(lines.map(({ taxable }) => taxable)),
  amount: sum(lines.map(({ amount }) => amount)),
})

/** An amount, or what is left where that is nearer to zero. */
const atMost = (amount: bigint, left: bigint): bigint =>
  left < 0n ? minimum(0n, maximum(amount, left)) : maximum(0n, minimum(amount, left))

const isIssued = ({ status }: CreditNoteFact): boolean => issuedCreditNotes.has(status)

const descriptionOf = ({ invoiceLineId }: CreditedLine, { lines }: InvoiceFact): string =>
  lines.find(({ id }) => id === invoiceLineId)?.description ?? ''

const isWithin = (part: DateRange, whole: DateRange | null): boolean =>
  whole !== null && !isBefore(part.start, whole.start) && !isBefore(whole.end, part.end)
