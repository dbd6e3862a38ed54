/** What is billed for contracts: every period in advance, what was billed too much given back. */
import { isBefore, later } from '#domain/calendar.ts'
import type {
  CreditNoteFact,
  CreditNoteLine,
  InvoiceFact,
  InvoiceLine,
  SubscriptionFact,
} from '#domain/billing.ts'
import type { DateRange } from '#domain/entity.ts'
import { invoiceTotals } from '#domain/invoice.ts'
import { OFFERINGS } from './catalogue.ts'
import type { World } from './company.ts'
import type { Profile } from './customers.ts'
import type { Deal } from './deal.ts'
import { Random } from './random.ts'
import type { References } from './references.ts'
import { chargesOf } from './sale.ts'
import type { SoldLine } from './sale.ts'
import { subscriptionOf } from './subscriptions.ts'
import { creditedTaxLines, taxLines } from './tax.ts'

/** A contract as the billing system runs it. */
export interface Billed {
  readonly subscription: SubscriptionFact
  /** In order of issue, without numbers. */
  readonly invoices: readonly InvoiceFact[]
  /** What the end of the contract gives back, without numbers. */
  readonly creditNotes: readonly CreditNoteFact[]
}

/** Something that goes on the invoice of a day. */
interface Charge {
  readonly date: Temporal.PlainDate
  readonly line: InvoiceLine
}

/** Service that was billed and will not be delivered. */
interface Unused {
  readonly invoiceLineId: string
  readonly soldLine: SoldLine
  readonly period: DateRange
  /** Minor units, positive. */
  readonly amount: bigint
}

const VOID_PERCENT = 0.8

/** Bills a signed contract up to today. */
export function billDeal(deal: Deal, world: World, references: References): Billed {
  const random = new Random(world.seed, 'billing', deal.number)
  const subscription = subscriptionOf(deal, world, references)
  const billed = deal.lines.map((line) => billLine(line, subscription, world, references))
  const charges = billed.flatMap((line) => line.charges)
  const unused = billed.flatMap((line) => line.unused)
  const credits =
    deal.terminatedOn === null ? unused.map((it) => creditCharge(it, subscription, references)) : []
  const invoices = byDay([...charges, ...credits]).flatMap(([date, lines]) =>
    withMistake(random, newInvoice(deal.profile, date, lines, subscription, references), world, references),
  )
  const creditNotes =
    deal.terminatedOn === null
      ? []
      : terminationCredits(deal, unused, deal.terminatedOn, invoices, references)
  return { subscription, invoices, creditNotes }
}

/** An invoice in its first state: issued, not numbered yet. */
export function newInvoice(
  profile: Profile,
  issueDate: Temporal.PlainDate,
  lines: readonly InvoiceLine[],
  subscription: SubscriptionFact | null,
  references: References,
): InvoiceFact {
  return {
    ...references.next('invoice'),
    customerId: profile.id,
    legalEntityId: profile.entity.id,
    contractId: subscription?.contractId ?? null,
    subscriptionId: subscription?.id ?? null,
    number: null,
    lifecycle: 'ISSUED',
    currency: profile.entity.currency,
    collectionMethod: profile.payer.collectionMethod,
    issueDate,
    dueDate: issueDate.add({ days: profile.payer.termsDays }),
    closedOn: null,
    lines,
    taxLines: taxLines(profile, invoiceTotals(lines, []).subtotal, issueDate),
  }
}

/** A credit note for lines of one invoice, with the tax that goes with them; not numbered yet. */
export function newCreditNote(
  invoice: InvoiceFact,
  issuedOn: Temporal.PlainDate,
  reason: string,
  lines: readonly CreditNoteLine[],
  references: References,
): CreditNoteFact {
  const { subtotal: invoiceNet } = invoiceTotals(invoice.lines, [])
  return {
    ...references.next('creditNote'),
    customerId: invoice.customerId,
    legalEntityId: invoice.legalEntityId,
    invoiceId: invoice.id,
    number: '',
    status: 'ISSUED',
    currency: invoice.currency,
    reason,
    issuedOn,
    voidedOn: null,
    lines,
    taxLines: creditedTaxLines(invoice.taxLines, invoiceTotals(lines, []).subtotal, invoiceNet),
  }
}

/**
 * The charges of a line that fell due by today, and what of the last one was given up when the line ended inside
 * its period: the difference between what was billed and what the shortened line is worth, so that both always
 * add up.
 */
function billLine(
  line: SoldLine,
  subscription: SubscriptionFact,
  { today }: World,
  references: References,
): { charges: Charge[]; unused: Unused[] } {
  const delivered = chargesOf(line)
  const agreed = line.end.equals(line.agreedEnd) ? delivered : chargesOf({ ...line, end: line.agreedEnd })
  const charges: Charge[] = []
  const unused: Unused[] = []
  for (const [index, { period, amount }] of delivered.entries()) {
    if (isBefore(today, period.start)) break
    const billed = agreed[index] ?? { period, amount }
    const invoiceLine = chargeLine(line, billed.period, billed.amount, subscription, references)
    charges.push({ date: period.start, line: invoiceLine })
    if (isBefore(period.end, billed.period.end)) {
      const rest = { start: period.end, end: billed.period.end }
      unused.push({
        invoiceLineId: invoiceLine.id,
        soldLine: line,
        period: rest,
        amount: billed.amount - amount,
      })
    }
  }
  return { charges, unused }
}

function chargeLine(
  line: SoldLine,
  period: DateRange,
  amount: bigint,
  subscription: SubscriptionFact,
  references: References,
): InvoiceLine {
  const fullPrice = line.unitPrice * BigInt(line.quantity)
  const discount = (line.listPrice - line.unitPrice) * BigInt(line.quantity)
  return {
    id: references.nextId('invoiceLine'),
    description: describe(line, period),
    productId: line.productId,
    subscriptionItemId: itemOf(line, subscription),
    contractLineId: line.id,
    quantity: String(line.quantity),
    amount,
    discount: amount === fullPrice ? discount : 0n,
    servicePeriod: period,
  }
}

/** The credit line on the invoice of the day on which the line's successor starts. */
function creditCharge(
  { soldLine, period, amount }: Unused,
  subscription: SubscriptionFact,
  references: References,
): Charge {
  return {
    date: period.start,
    line: {
      id: references.nextId('invoiceLine'),
      description: `Unused ${describe(soldLine, period)}`,
      productId: soldLine.productId,
      subscriptionItemId: itemOf(soldLine, subscription),
      contractLineId: soldLine.id,
      quantity: String(soldLine.quantity),
      amount: -amount,
      discount: 0n,
      servicePeriod: period,
    },
  }
}

/** With the last day of service, as people write it. */
function describe({ offering }: SoldLine, { start, end }: DateRange): string {
  return `${OFFERINGS[offering].name}, ${start.toString()} to ${end.subtract({ days: 1 }).toString()}`
}

function itemOf(line: SoldLine, { items }: SubscriptionFact): string | null {
  return items.find(({ contractLineId }) => contractLineId === line.id)?.id ?? null
}

/** Charges by their day, in order of time; those of a day in the order of the contract. */
function byDay(charges: readonly Charge[]): [Temporal.PlainDate, InvoiceLine[]][] {
  const days = new Map<string, [Temporal.PlainDate, InvoiceLine[]]>()
  for (const { date, line } of charges) {
    const key = date.toString()
    const day = days.get(key)
    if (day === undefined) days.set(key, [date, [line]])
    else day[1].push(line)
  }
  return [...days.values()].toSorted(([a], [b]) => Temporal.PlainDate.compare(a, b))
}

/** Now and then an invoice goes out with an error: it is voided, and issued again some days later. */
function withMistake(
  random: Random,
  invoice: InvoiceFact,
  { today }: World,
  references: References,
): InvoiceFact[] {
  if (!random.chance(VOID_PERCENT)) return [invoice]
  const noticedOn = invoice.issueDate.add({ days: random.between(1, 4) })
  if (isBefore(today, noticedOn)) return [invoice]
  const mistaken: InvoiceFact = {
    ...invoice,
    ...references.next('invoice'),
    lifecycle: 'VOID',
    closedOn: noticedOn,
    lines: invoice.lines.map((line) => ({ ...line, id: references.nextId('invoiceLine') })),
  }
  const termsDays = invoice.issueDate.until(invoice.dueDate, { largestUnit: 'day' })
  return [mistaken, { ...invoice, issueDate: noticedOn, dueDate: noticedOn.add(termsDays) }]
}

function terminationCredits(
  { amendments }: Deal,
  unused: readonly Unused[],
  date: Temporal.PlainDate,
  invoices: readonly InvoiceFact[],
  references: References,
): CreditNoteFact[] {
  const reason = amendments.at(-1)?.reason ?? 'Contract ended'
  return invoices.flatMap((invoice) => {
    const lines = unused
      .filter(({ invoiceLineId }) => invoice.lines.some(({ id }) => id === invoiceLineId))
      .map((it): CreditNoteLine => ({
        id: references.nextId('creditNoteLine'),
        invoiceLineId: it.invoiceLineId,
        description: `${OFFERINGS[it.soldLine.offering].name} not delivered`,
        amount: it.amount,
        servicePeriod: it.period,
      }))
    return lines.length === 0
      ? []
      : [
          newCreditNote(
            invoice,
            later(date, invoice.issueDate),
            `Contract ended: ${reason}`,
            lines,
            references,
          ),
        ]
  })
}
