/** What the company of the first start must show on any day: every feature, often enough to be found. */
import { describe, expect, test } from 'vitest'
import { receivables } from '#domain/ageing.ts'
import type { Allocation, InvoiceFact, InvoiceStatus, PaymentStatus } from '#domain/billing.ts'
import { isBefore } from '#domain/calendar.ts'
import type { Facts } from '#domain/facts.ts'
import { invoiceTotals } from '#domain/invoice.ts'
import { sum } from '#domain/money.ts'
import { settle } from '#domain/settlement.ts'
import type { Settled } from '#domain/settlement.ts'
import { standing } from '#domain/standing.ts'
import { FIRST_START, companyOf } from './company.ts'

/** How many items have a value of a field. */
const count = <Item, Key extends keyof Item>(items: readonly Item[], key: Key, value: Item[Key]): number =>
  items.filter((item) => item[key] === value).length

/** A company with its documents settled, and the questions that the table of features asks. */
class CompanyView {
  readonly facts: Facts
  readonly settled: Settled
  readonly today: Temporal.PlainDate

  constructor(today: string) {
    this.facts = companyOf({ ...FIRST_START, today })
    this.settled = settle(this.facts)
    this.today = Temporal.PlainDate.from(today)
  }

  invoicesThatAre(status: InvoiceStatus): number {
    return [...this.settled.invoices.values()].filter((state) => state.status === status).length
  }

  paymentsThatAre(status: PaymentStatus): number {
    return [...this.settled.payments.values()].filter((state) => state.status === status).length
  }

  /** Contracts with a line that is charged so: `1 MONTH`, `once`. */
  linesOf(interval: string): number {
    return this.facts.contracts.filter(({ lines }) =>
      lines.some(
        (line) =>
          interval === (line.interval === null ? 'once' : `${line.interval.count} ${line.interval.unit}`),
      ),
    ).length
  }

  termOf(months: number): number {
    return this.facts.contracts.filter((it) => it.startDate.add({ months }).equals(it.endDate)).length
  }

  paidAfterDue(): number {
    const due = new Map(this.facts.invoices.map(({ id, dueDate }) => [id, dueDate]))
    return this.facts.payments.filter(
      ({ outcome, allocations, receivedOn }) =>
        outcome === 'SUCCEEDED' &&
        allocations.some(({ invoiceId }) => isBefore(due.get(invoiceId) ?? receivedOn, receivedOn)),
    ).length
  }

  paymentsPerInvoice(): ReadonlyMap<string, readonly Allocation[]> {
    const succeeded = this.facts.payments.filter(({ outcome }) => outcome === 'SUCCEEDED')
    return Map.groupBy(
      succeeded.flatMap(({ allocations }) => allocations),
      ({ invoiceId }) => invoiceId,
    )
  }

  overdue(): InvoiceFact[] {
    return this.facts.invoices.filter(
      ({ id, lifecycle, dueDate }) =>
        lifecycle === 'ISSUED' && this.balance(id) > 0n && isBefore(dueDate, this.today),
    )
  }

  balance(invoiceId: string): bigint {
    return this.settled.invoices.get(invoiceId)?.balance ?? 0n
  }

  /** Invoices with exactly these rates, joined by `+`. */
  taxedAt(rates: string): number {
    return this.facts.invoices.filter(({ taxLines }) => taxLines.map(({ rate }) => rate).join('+') === rates)
      .length
  }

  creditNotesFor(what: 'SERVICE' | 'PRICE'): number {
    return this.facts.creditNotes.filter(({ lines }) =>
      lines.every(({ servicePeriod }) => (servicePeriod === null) === (what === 'PRICE')),
    ).length
  }
}

const FEATURES: readonly (readonly [
  feature: string,
  count: (company: CompanyView) => number,
  atLeast: number,
])[] = [
  ['prospects', (company) => count(company.facts.customers, 'status', 'PROSPECT'), 15],
  ['active customers', (company) => count(company.facts.customers, 'status', 'ACTIVE'), 180],
  ['customers who left', (company) => count(company.facts.customers, 'status', 'INACTIVE'), 10],
  ['merged duplicates', (company) => count(company.facts.customers, 'status', 'MERGED'), 1],
  [
    'subsidiaries',
    (company) => company.facts.customers.filter(({ parentId }) => parentId !== null).length,
    10,
  ],
  ['enterprises', (company) => count(company.facts.customers, 'segment', 'ENTERPRISE'), 25],
  ['customers in Europe', (company) => count(company.facts.customers, 'currency', 'EUR'), 60],
  ['customers in Japan', (company) => count(company.facts.customers, 'currency', 'JPY'), 40],
  ['open opportunities', (company) => count(company.facts.opportunities, 'stage', 'OPEN'), 40],
  ['lost opportunities', (company) => count(company.facts.opportunities, 'stage', 'LOST'), 30],
  ['accepted quotes', (company) => count(company.facts.quotes, 'status', 'ACCEPTED'), 100],
  ['presented quotes', (company) => count(company.facts.quotes, 'status', 'PRESENTED'), 5],
  ['rejected quotes', (company) => count(company.facts.quotes, 'status', 'REJECTED'), 3],
  ['draft contracts', (company) => count(company.facts.contracts, 'status', 'DRAFT'), 1],
  ['signed contracts', (company) => count(company.facts.contracts, 'status', 'SIGNED'), 5],
  ['active contracts', (company) => count(company.facts.contracts, 'status', 'ACTIVE'), 180],
  ['suspended contracts', (company) => count(company.facts.contracts, 'status', 'SUSPENDED'), 3],
  ['terminated contracts', (company) => count(company.facts.contracts, 'status', 'TERMINATED'), 8],
  ['expired contracts', (company) => count(company.facts.contracts, 'status', 'EXPIRED'), 8],
  ['renewed contracts', (company) => count(company.facts.contracts, 'status', 'RENEWED'), 40],
  [
    'renewals',
    (company) => company.facts.contracts.filter(({ renewalOfId }) => renewalOfId !== null).length,
    40,
  ],
  ['terms of 12 months', (company) => company.termOf(12), 100],
  ['terms of 24 months', (company) => company.termOf(24), 40],
  ['terms of 36 months', (company) => company.termOf(36), 30],
  ['monthly billing', (company) => company.linesOf('1 MONTH'), 100],
  ['quarterly billing', (company) => company.linesOf('3 MONTH'), 15],
  ['annual billing', (company) => company.linesOf('1 YEAR'), 100],
  ['onboarding', (company) => company.linesOf('once'), 60],
  ['four lines', (company) => company.facts.contracts.filter(({ lines }) => lines.length >= 4).length, 20],
  ['lines added', (company) => count(company.facts.amendments, 'kind', 'ADD'), 5],
  ['lines removed', (company) => count(company.facts.amendments, 'kind', 'REMOVE'), 1],
  ['plans changed', (company) => count(company.facts.amendments, 'kind', 'CHANGE_PLAN'), 10],
  [
    'quantities raised',
    (company) =>
      company.facts.amendments.filter(
        ({ kind, contractValueDelta }) => kind === 'UPDATE' && contractValueDelta > 0n,
      ).length,
    30,
  ],
  [
    'quantities lowered',
    (company) =>
      company.facts.amendments.filter(
        ({ kind, contractValueDelta }) => kind === 'UPDATE' && contractValueDelta < 0n,
      ).length,
    3,
  ],
  ['suspensions', (company) => count(company.facts.amendments, 'kind', 'SUSPEND'), 5],
  ['resumptions', (company) => count(company.facts.amendments, 'kind', 'RESUME'), 2],
  ['cancellations', (company) => count(company.facts.amendments, 'kind', 'CANCEL'), 8],
  [
    'planned amendments',
    (company) =>
      company.facts.amendments.filter(({ status }) => ['DRAFT', 'PREVIEWED', 'APPROVED'].includes(status))
        .length,
    5,
  ],
  [
    'amendments undone',
    (company) =>
      company.facts.amendments.filter(({ status }) => ['COMPENSATED', 'FAILED'].includes(status)).length,
    2,
  ],
  ['active subscriptions', (company) => count(company.facts.subscriptions, 'status', 'ACTIVE'), 180],
  ['subscriptions on trial', (company) => count(company.facts.subscriptions, 'status', 'TRIALING'), 5],
  ['paused subscriptions', (company) => count(company.facts.subscriptions, 'status', 'PAUSED'), 3],
  ['subscriptions past due', (company) => count(company.facts.subscriptions, 'status', 'PAST_DUE'), 1],
  ['unpaid subscriptions', (company) => count(company.facts.subscriptions, 'status', 'UNPAID'), 1],
  ['canceled subscriptions', (company) => count(company.facts.subscriptions, 'status', 'CANCELED'), 60],
  ['usage records', (company) => company.facts.usage.length, 40],
  ['draft invoices', (company) => company.invoicesThatAre('DRAFT'), 3],
  ['open invoices', (company) => company.invoicesThatAre('OPEN'), 50],
  ['partially paid invoices', (company) => company.invoicesThatAre('PARTIALLY_PAID'), 1],
  ['paid invoices', (company) => company.invoicesThatAre('PAID'), 2_000],
  ['void invoices', (company) => company.invoicesThatAre('VOID'), 5],
  ['uncollectible invoices', (company) => company.invoicesThatAre('UNCOLLECTIBLE'), 5],
  ['overdue invoices', (company) => company.overdue().length, 30],
  [
    'adjustment invoices',
    (company) => company.facts.invoices.filter(({ lines }) => lines.some(({ amount }) => amount < 0n)).length,
    30,
  ],
  [
    'discounted lines',
    (company) =>
      company.facts.invoices.flatMap(({ lines }) => lines).filter(({ discount }) => discount > 0n).length,
    200,
  ],
  ['invoices without a contract', (company) => count(company.facts.invoices, 'contractId', null), 30],
  [
    'services over a period',
    (company) =>
      company.facts.invoices.filter(
        ({ contractId, lines }) => contractId === null && lines.some((it) => it.servicePeriod !== null),
      ).length,
    5,
  ],
  [
    'volume above the commitment',
    (company) =>
      company.facts.invoices.filter(
        ({ contractId, lines }) => contractId !== null && lines.every((it) => it.servicePeriod === null),
      ).length,
    3,
  ],
  ['three jurisdictions (New York)', (company) => company.taxedAt('4+4.5+0.375'), 50],
  ['California', (company) => company.taxedAt('7.25'), 50],
  ['Texas', (company) => company.taxedAt('6.25'), 50],
  ['Washington', (company) => company.taxedAt('6.5+3.6'), 50],
  ['Germany', (company) => company.taxedAt('19'), 200],
  ['Japan', (company) => company.taxedAt('10'), 200],
  ['reverse charge', (company) => company.taxedAt('0'), 30],
  ['untaxed', (company) => company.taxedAt(''), 30],
  ['card payments', (company) => count(company.facts.payments, 'method', 'CARD'), 300],
  ['bank transfers', (company) => count(company.facts.payments, 'method', 'BANK_TRANSFER'), 500],
  ['direct debits', (company) => count(company.facts.payments, 'method', 'DIRECT_DEBIT'), 100],
  ['failed payments', (company) => company.paymentsThatAre('FAILED'), 50],
  ['pending payments', (company) => company.paymentsThatAre('PENDING'), 1],
  ['disputed payments', (company) => company.paymentsThatAre('DISPUTED'), 5],
  ['refunded payments', (company) => company.paymentsThatAre('REFUNDED'), 3],
  ['partially refunded payments', (company) => company.paymentsThatAre('PARTIALLY_REFUNDED'), 10],
  ['late payments', (company) => company.paidAfterDue(), 200],
  [
    'invoices paid in parts',
    (company) => [...company.paymentsPerInvoice().values()].filter((parts) => parts.length > 1).length,
    20,
  ],
  [
    'payments of two invoices',
    (company) => company.facts.payments.filter(({ allocations }) => allocations.length === 2).length,
    20,
  ],
  [
    'over-payments',
    (company) =>
      company.facts.payments.filter(
        ({ amount, allocations }) =>
          allocations.length > 0 && sum(allocations.map((it) => it.amount)) < amount,
      ).length,
    10,
  ],
  [
    'cash on account',
    (company) => [...company.settled.payments.values()].filter(({ unapplied }) => unapplied > 0n).length,
    10,
  ],
  [
    'payments made twice',
    (company) => company.facts.payments.filter(({ allocations }) => allocations.length === 0).length,
    3,
  ],
  ['credits for undelivered service', (company) => company.creditNotesFor('SERVICE'), 5],
  ['price reductions', (company) => company.creditNotesFor('PRICE'), 30],
  ['credits before payment', (company) => count(company.facts.creditNotes, 'status', 'APPLIED'), 10],
  ['credits kept on account', (company) => count(company.facts.creditNotes, 'status', 'ISSUED'), 3],
  ['credits paid back', (company) => count(company.facts.creditNotes, 'status', 'REFUNDED'), 5],
  [
    'invoices credited in full',
    (company) =>
      [...company.settled.invoices.values()].filter(
        ({ total, credited: amount }) => total > 0n && amount === total,
      ).length,
    1,
  ],
  [
    'refunds for a credit note',
    (company) => company.facts.refunds.filter(({ creditNoteId }) => creditNoteId !== null).length,
    5,
  ],
  ['refunds without one', (company) => count(company.facts.refunds, 'creditNoteId', null), 10],
  ['failed refunds', (company) => count(company.facts.refunds, 'status', 'FAILED'), 1],
  ['disputes to answer', (company) => count(company.facts.disputes, 'status', 'NEEDS_RESPONSE'), 1],
  ['disputes under review', (company) => count(company.facts.disputes, 'status', 'UNDER_REVIEW'), 1],
  ['disputes won', (company) => count(company.facts.disputes, 'status', 'WON'), 3],
  ['disputes lost', (company) => count(company.facts.disputes, 'status', 'LOST'), 3],
  ['reminders at work', (company) => count(company.facts.dunning, 'status', 'ACTIVE'), 1],
  ['reminders paused', (company) => count(company.facts.dunning, 'status', 'PAUSED'), 1],
  ['reminders that worked', (company) => count(company.facts.dunning, 'status', 'RECOVERED'), 30],
  ['reminders given up', (company) => count(company.facts.dunning, 'status', 'EXHAUSTED'), 1],
  [
    'credit limits',
    (company) => company.facts.creditProfiles.filter(({ creditLimit }) => creditLimit !== null).length,
    25,
  ],
  ['credit holds', (company) => count(company.facts.creditProfiles, 'onHold', true), 1],
]

describe.each(['2026-07-15', '2026-11-30', '2028-02-29'])('on %s', (today) => {
  const company = new CompanyView(today)
  const { customers, invoices, creditNotes } = company.facts

  test('every feature is there', () => {
    const found = FEATURES.map(([feature, countIn, atLeast]) => ({
      feature,
      found: countIn(company),
      atLeast,
    }))
    expect(found.filter((it) => it.found < it.atLeast)).toEqual([])
  })

  test('all levels of standing arise, and the good one is the most frequent', () => {
    const levels = Map.groupBy(
      customers.map(({ id }) => standingOf(id, company)),
      (level) => level,
    )
    const byFrequency = [...levels].toSorted(([, a], [, b]) => b.length - a.length).map(([level]) => level)
    expect(new Set(byFrequency)).toEqual(new Set(['GOOD', 'WATCH', 'AT_RISK', 'HOLD']))
    expect(byFrequency[0]).toBe('GOOD')
  })

  test('most invoices are paid, and what is overdue or credited stays believable', () => {
    const billed = sum(invoices.map(({ lines, taxLines }) => invoiceTotals(lines, taxLines).total))
    const owed = sum(company.overdue().map(({ id }) => company.balance(id)))
    expect(company.invoicesThatAre('PAID')).toBeGreaterThan(invoices.length * 0.85)
    expect(owed * 100n).toBeLessThan(billed * 10n)
    expect(creditNotes.length).toBeLessThan(invoices.length * 0.06)
  })
})

/** The level of a customer by the domain's rules. */
function standingOf(customerId: string, { facts, settled, today }: CompanyView): string {
  const isOwn = (it: { readonly customerId: string | null }): boolean => it.customerId === customerId
  const contracts = facts.contracts.filter(isOwn)
  const running = contracts.filter(({ status }) => status === 'ACTIVE')
  const ends = running.filter(({ autoRenew }) => !autoRenew).map(({ endDate }) => endDate)
  const [credit = null] = facts.creditProfiles
    .filter(isOwn)
    .map(({ onHold, holdReason, creditLimit, currency }) => ({
      onHold,
      holdReason,
      limit: creditLimit === null ? null : { minorUnits: creditLimit, currency },
    }))
  return standing({
    today,
    customerStatus: facts.customers.find(({ id }) => id === customerId)?.status ?? 'PROSPECT',
    receivables: receivables(
      facts.invoices.filter(isOwn).flatMap((it) => {
        const state = settled.invoices.get(it.id)
        return state === undefined ? [] : [{ ...it, ...state }]
      }),
      facts.payments
        .filter(isOwn)
        .map(({ id, currency }) => ({ currency, unapplied: settled.payments.get(id)?.unapplied ?? 0n })),
      today,
    ),
    disputes: facts.disputes
      .filter(isOwn)
      .map(({ status, amount, currency }) => ({ status, amount: { minorUnits: amount, currency } })),
    credit,
    contracts: {
      active: running.length,
      suspended: contracts.filter(({ status }) => status === 'SUSPENDED').length,
      nextEndDate: ends.toSorted((a, b) => Temporal.PlainDate.compare(a, b))[0] ?? null,
    },
  }).level
}
