/** Published figures of journals and of revenue month by month, reproduced from documents to the books. */
import { describe, expect, it } from 'vitest'
import { scheduleFromInvoice } from '#domain/recognition.ts'
import { balanceOf, journal, movementsOf, postingsOf, recognitionsOf } from './books.ts'
import {
  creditNoteFact,
  day,
  invoiceFact,
  invoiceLine,
  paymentFact,
  range,
  refundFact,
  store,
  taxLine,
} from './documents.ts'
import type { DateRange } from '#domain/entity.ts'

describe('recognition', () => {
  it('V4: 365.00 a year from 1 Jan earns by days and defers the rest [Stripe Revenue Recognition]', () => {
    const { invoices } = store({ invoices: [prepaid(36_500n, range('2026-01-01', '2027-01-01'))] })
    const postings = [
      ...postingsOf(store({ invoices })),
      ...recognitionsOf(invoices.flatMap((invoice) => scheduleFromInvoice(invoice))),
    ]
    const quarter = postings.filter(({ date }) => date.month <= 3)
    expect(movementsOf(quarter, 'REVENUE')).toEqual({
      '2026-01': -3100n,
      '2026-02': -2800n,
      '2026-03': -3100n,
    })
    expect(movementsOf(quarter, 'DEFERRED_REVENUE')).toEqual({
      '2026-01': -33_400n,
      '2026-02': 2800n,
      '2026-03': 3100n,
    })
  })

  it('V5: 31.00 from 15 Jan, 11.00 by customer balance, 20.00 paid on 9 Feb [Stripe Revenue Recognition]', () => {
    const month = range('2026-01-15', '2026-02-15')
    const documents = store({
      invoices: [{ ...prepaid(3100n, month), issueDate: month.start }],
      payments: [
        paymentFact({
          id: 'balance',
          method: 'CUSTOMER_BALANCE',
          amount: 1100n,
          receivedOn: month.start,
          allocations: [{ id: 'allocation-1', invoiceId: 'invoice-1', amount: 1100n }],
        }),
        paymentFact({
          amount: 2000n,
          receivedOn: day('2026-02-09'),
          allocations: [{ id: 'allocation-2', invoiceId: 'invoice-1', amount: 2000n }],
        }),
      ],
    })
    const schedules = documents.invoices.flatMap((invoice) => scheduleFromInvoice(invoice))
    const postings = [...postingsOf(documents), ...recognitionsOf(schedules)]

    expect(movementsOf(postings, 'RECEIVABLES')).toEqual({ '2026-01': 2000n, '2026-02': -2000n })
    expect(movementsOf(postings, 'CASH_CLEARING')).toEqual({ '2026-02': 2000n })
    expect(movementsOf(postings, 'CUSTOMER_BALANCE')).toEqual({ '2026-01': 1100n })
    expect(movementsOf(postings, 'REVENUE')).toEqual({ '2026-01': -1700n, '2026-02': -1400n })
    expect(movementsOf(postings, 'DEFERRED_REVENUE')).toEqual({ '2026-01': -1400n, '2026-02': 1400n })
  })

  it('V6: 120.00 for three months, 30.00 credited, 90.00 paid in February [Stripe Revenue Recognition]', () => {
    const quarter = range('2026-01-01', '2026-04-01')
    const documents = store({
      invoices: [prepaid(12_000n, quarter)],
      creditNotes: [
        creditNoteFact({
          lines: [
            {
              id: 'cn-line-1',
              invoiceLineId: 'line-1',
              description: 'Less',
              amount: 3000n,
              servicePeriod: quarter,
            },
          ],
        }),
      ],
      payments: [
        paymentFact({
          amount: 9000n,
          receivedOn: day('2026-02-09'),
          allocations: [{ id: 'allocation-1', invoiceId: 'invoice-1', amount: 9000n }],
        }),
      ],
    })
    const schedules = documents.invoices.flatMap((invoice) =>
      scheduleFromInvoice(invoice, documents.creditNotes),
    )
    const postings = [...postingsOf(documents), ...recognitionsOf(schedules)]

    expect(movementsOf(postings, 'RECEIVABLES')).toEqual({ '2026-01': 9000n, '2026-02': -9000n })
    expect(movementsOf(postings, 'REVENUE')).toEqual({
      '2026-01': -3100n,
      '2026-02': -2800n,
      '2026-03': -3100n,
    })
    expect(movementsOf(postings, 'DEFERRED_REVENUE')).toEqual({
      '2026-01': -5900n,
      '2026-02': 2800n,
      '2026-03': 3100n,
    })
    expect(balanceOf(postings, 'DEFERRED_REVENUE')).toBe(0n)
  })

  it('V7: 90.00 at once in January, refunded in February [Stripe Revenue Recognition]', () => {
    const documents = store({
      invoices: [invoiceFact({ lines: [invoiceLine(9000n)] })],
      payments: [
        paymentFact({
          amount: 9000n,
          allocations: [{ id: 'allocation-1', invoiceId: 'invoice-1', amount: 9000n }],
        }),
      ],
      refunds: [refundFact({ amount: 9000n })],
    })
    const postings = postingsOf(documents)
    expect(movementsOf(postings, 'REVENUE')).toEqual({ '2026-01': -9000n })
    expect(movementsOf(postings, 'CREDITS_AND_REFUNDS')).toEqual({ '2026-02': 9000n })
  })
})

describe('journals', () => {
  const billed = { lines: [invoiceLine(50_000n)], taxLines: [taxLine(4000n)] }

  it('J2: 500.00 + 40.00 tax, paid in full with a fee of 16.00 [worked example, ledgerly]', () => {
    const paid = store({
      invoices: [invoiceFact(billed)],
      payments: [
        paymentFact({
          amount: 54_000n,
          fee: 1600n,
          allocations: [{ id: 'allocation-1', invoiceId: 'invoice-1', amount: 54_000n }],
        }),
      ],
    })
    expect(journal(postingsOf(paid))).toEqual([
      'Dr RECEIVABLES 54000',
      'Cr REVENUE 50000',
      'Cr TAX_PAYABLE 4000',
      'Dr CASH_CLEARING 52400',
      'Dr PROCESSOR_FEES 1600',
      'Cr RECEIVABLES 54000',
    ])
  })

  it('J3: the same invoice written off [worked example, ledgerly]', () => {
    const closedOn = day('2026-06-30')
    const given = store({ invoices: [invoiceFact({ ...billed, lifecycle: 'UNCOLLECTIBLE', closedOn })] })
    const writeOff = postingsOf(given).filter(({ purpose }) => purpose === 'INVOICE_WRITTEN_OFF')
    expect(journal(writeOff)).toEqual(['Dr BAD_DEBT 54000', 'Cr RECEIVABLES 54000'])
    expect(writeOff.map(({ date }) => date.toString())).toEqual(['2026-06-30'])
  })
})

function prepaid(amount: bigint, servicePeriod: DateRange): ReturnType<typeof invoiceFact> {
  return invoiceFact({ lines: [invoiceLine(amount, { servicePeriod })] })
}
