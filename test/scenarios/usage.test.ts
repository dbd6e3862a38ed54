/** A plan with metered use: billed in arrears above a commitment, corrected when records come late. */
import { expect, it } from 'vitest'
import { billingCycles } from '#domain/calendar.ts'
import { formatAmount, sum } from '#domain/money.ts'
import { usageLines } from '#domain/usage.ts'
import { balanceOf, movementsOf, postingsOf } from '#test/domain/books.ts'
import { day, invoiceFact, invoiceLine, range, store } from '#test/domain/documents.ts'
import { tellTheProduct } from './closing.ts'
import type { InvoiceFact } from '#domain/billing.ts'
import type { UsageLine, UsageRecord, UsageTerms } from '#domain/usage.ts'

/** The first thousand calls at 0.50, further ones at 0.40; 300.00 a month at least. */
const terms: UsageTerms = {
  price: {
    unitAmount: null,
    tiersMode: 'GRADUATED',
    tiers: [
      { upTo: '1000', unitAmount: '50', flatAmount: 0n },
      { upTo: null, unitAmount: '40', flatAmount: 0n },
    ],
  },
  aggregation: 'SUM',
  minimum: 300_00n,
  timeZone: 'America/New_York',
}
const months = billingCycles(range('2027-01-01', '2027-03-01'), { unit: 'MONTH', count: 1 })

it('is billed for what was used or committed, once', async () => {
  const records = [
    record('a', '900', '2027-01-10T12:00:00Z'),
    record('b', '400', '2027-01-25T12:00:00Z'),
    record('a', '900', '2027-01-10T12:00:00Z'),
  ]

  // 1 February: 1,300 calls in January. The record that came twice counts once.
  const january = usageLines(records, months.slice(0, 1), [], terms).value ?? []
  expect(january.map(text)).toEqual(['2027-01 USAGE 1300 620.00'])

  // 1 March: a record of January came late, another was corrected; February is below the commitment.
  const known = [
    ...records,
    record('c', '100', '2027-02-01T04:59:59Z'),
    record('b', '350', '2027-01-25T12:00:00Z', 2n),
    record('d', '500', '2027-02-12T12:00:00Z'),
  ]
  const march = usageLines(known, months, january, terms).value ?? []
  expect(march.map(text)).toEqual([
    '2027-01 USAGE 50 20.00',
    '2027-02 USAGE 500 250.00',
    '2027-02 SHORTFALL 0 50.00',
  ])

  // 1 April: nothing new, nothing to bill.
  expect(usageLines(known, months, [...january, ...march], terms).value).toEqual([])

  // Usage is earned as it is billed, and what was billed is what it costs all at once.
  const invoices = [
    invoiceOf('invoice-1', '2027-02-01', january),
    invoiceOf('invoice-2', '2027-03-01', march),
  ]
  const postings = postingsOf(store({ invoices }))
  expect(movementsOf(postings, 'REVENUE')).toEqual({ '2027-02': -620_00n, '2027-03': -320_00n })
  expect(balanceOf(postings, 'RECEIVABLES')).toBe(total(usageLines(known, months, [], terms).value ?? []))
  const told = await tellTheProduct(invoices.map((invoice) => ({ facts: { invoices: [invoice] } })))
  expect(told).toEqual({ RECEIVABLES: 940_00n, REVENUE: -940_00n })
})

function record(id: string, quantity: string, usedAt: string, sourceVersion = 1n): UsageRecord {
  return { id, quantity, usedAt: Temporal.Instant.from(usedAt), sourceVersion }
}

function invoiceOf(id: string, issueDate: string, usage: readonly UsageLine[]): InvoiceFact {
  const lines = usage.map(({ amount }, index) => invoiceLine(amount, { id: `${id}-${index}` }))
  return invoiceFact({ id, number: id, issueDate: day(issueDate), lines })
}

function text({ kind, period, quantity, amount }: UsageLine): string {
  return `${period.start.toPlainYearMonth().toString()} ${kind} ${quantity} ${formatAmount(amount, 'USD')}`
}

function total(lines: readonly UsageLine[]): bigint {
  return sum(lines.map(({ amount }) => amount))
}
