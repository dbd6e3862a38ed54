/** A quarter is billed and paid by card; its bank takes the money back in February, and keeps it in March. */
import { expect, it } from 'vitest'
import { scheduleFromInvoice } from '#domain/recognition.ts'
import { balanceOf, postingsOf, recognitionsOf } from '#test/domain/books.ts'
import { day, dispute, invoiceFact, invoiceLine, paymentFact, range, store } from '#test/domain/documents.ts'
import { tellTheProduct } from './closing.ts'
import type { AccountRole, Posting } from '#domain/erp.ts'

const quarter = range('2027-01-01', '2027-04-01')
const facts = {
  invoices: [
    invoiceFact({ issueDate: quarter.start, lines: [invoiceLine(120_00n, { servicePeriod: quarter })] }),
  ],
  payments: [
    paymentFact({
      amount: 120_00n,
      fee: 3_78n,
      receivedOn: day('2027-01-05'),
      allocations: [{ id: 'allocation-1', invoiceId: 'invoice-1', amount: 120_00n }],
    }),
  ],
  disputes: [
    dispute({ status: 'LOST', amount: 120_00n, openedOn: day('2027-02-20'), closedOn: day('2027-03-15') }),
  ],
}
const documents = store(facts)
const postings = [
  ...postingsOf(documents),
  ...recognitionsOf(documents.invoices.flatMap((invoice) => scheduleFromInvoice(invoice))),
]

it.each<[string, Partial<Record<AccountRole, bigint>>]>([
  ['2027-01-01', { RECEIVABLES: 120_00n, DEFERRED_REVENUE: -120_00n }],
  ['2027-01-05', { CASH_CLEARING: 116_22n, PROCESSOR_FEES: 3_78n, DEFERRED_REVENUE: -120_00n }],
  [
    '2027-01-31',
    { CASH_CLEARING: 116_22n, PROCESSOR_FEES: 3_78n, DEFERRED_REVENUE: -78_67n, REVENUE: -41_33n },
  ],
  [
    '2027-02-28',
    {
      CASH_CLEARING: -3_78n,
      DISPUTED_CASH: 120_00n,
      PROCESSOR_FEES: 3_78n,
      DEFERRED_REVENUE: -41_33n,
      REVENUE: -78_67n,
    },
  ],
  [
    '2027-03-31',
    { CASH_CLEARING: -3_78n, DISPUTE_LOSSES: 120_00n, PROCESSOR_FEES: 3_78n, REVENUE: -120_00n },
  ],
])('on %s the books hold what was paid, earned and lost by then', (date, expected) => {
  expect(balancesOn(day(date))).toEqual(expected)
})

it('ends the same when it is told to the product', async () => {
  expect(await tellTheProduct([{ facts, earnedThrough: '2027-03-31' }])).toEqual(
    balancesOn(day('2027-03-31')),
  )
})

/** Debits less credits of each account by the end of a day, those of zero left out. */
function balancesOn(date: Temporal.PlainDate): Partial<Record<AccountRole, bigint>> {
  const posted = postings.filter((posting: Posting) => Temporal.PlainDate.compare(posting.date, date) <= 0)
  const roles = new Set(posted.flatMap(({ lines }) => lines.map(({ role }) => role)))
  const balances = [...roles].map((role) => [role, balanceOf(posted, role)] as const)
  return Object.fromEntries(balances.filter(([, balance]) => balance !== 0n))
}
