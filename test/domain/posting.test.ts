import { describe, expect, it } from 'vitest'
import { CHART_OF_ACCOUNTS } from '#domain/chart.ts'
import { postingsOfDispute, postingsOfRefund, recognitionPosting } from '#domain/posting.ts'
import { POSTING_RULES } from '#domain/posting-rules.ts'
import { scheduleFromContract } from '#domain/contract-plan.ts'
import { scheduleFromInvoice } from '#domain/recognition.ts'
import { journal, originOf, postingsOf } from './books.ts'
import {
  contract,
  contractLine,
  creditNoteFact,
  day,
  dispute,
  invoiceFact,
  invoiceLine,
  paymentFact,
  range,
  refundFact,
  store,
  taxLine,
} from './documents.ts'
import type { InvoiceFact } from '#domain/billing.ts'

const quarter = range('2026-01-01', '2026-04-01')
const sold: Partial<InvoiceFact> = {
  lines: [
    invoiceLine(9000n, { id: 'service', servicePeriod: quarter }),
    invoiceLine(4000n, { id: 'contracted', contractLineId: 'contract-line-1' }),
    invoiceLine(500n, { id: 'delivered' }),
  ],
  taxLines: [taxLine(2565n)],
}
const issued = ['Dr RECEIVABLES 16065', 'Cr DEFERRED_REVENUE 13000', 'Cr REVENUE 500', 'Cr TAX_PAYABLE 2565']

describe('an invoice', () => {
  it('defers what is delivered over time or under a contract', () => {
    expect(journal(postingsOf(store({ invoices: [invoiceFact(sold)] })))).toEqual(issued)
  })

  it('posts nothing while it is a draft', () => {
    expect(postingsOf(store({ invoices: [invoiceFact({ ...sold, lifecycle: 'DRAFT' })] }))).toEqual([])
  })

  it('that is void is mirrored on the day of its voiding', () => {
    const closedOn = day('2026-02-03')
    const postings = postingsOf(store({ invoices: [invoiceFact({ ...sold, lifecycle: 'VOID', closedOn })] }))
    expect(postings.map(({ purpose, reverses, date }) => [purpose, reverses, date.toString()])).toEqual([
      ['INVOICE_ISSUED', null, '2026-01-01'],
      ['INVOICE_VOIDED', 'INVOICE_ISSUED', '2026-02-03'],
    ])
    expect(journal(postings)).toEqual([
      ...issued,
      'Dr DEFERRED_REVENUE 13000',
      'Dr REVENUE 500',
      'Dr TAX_PAYABLE 2565',
      'Cr RECEIVABLES 16065',
    ])
  })

  it('with a credit line takes it from revenue', () => {
    const lines = [invoiceLine(500n), invoiceLine(-700n, { id: 'line-2', servicePeriod: quarter })]
    const taxLines = [taxLine(200n)]
    expect(journal(postingsOf(store({ invoices: [invoiceFact({ lines, taxLines })] })))).toEqual([
      'Dr DEFERRED_REVENUE 700',
      'Cr REVENUE 500',
      'Cr TAX_PAYABLE 200',
    ])
  })
})

describe('a credit note', () => {
  const lines = [
    { id: 'a', invoiceLineId: 'service', description: 'Unused', amount: 3000n, servicePeriod: quarter },
    { id: 'b', invoiceLineId: 'delivered', description: 'Goodwill', amount: 100n, servicePeriod: null },
  ]
  const given = [
    'Dr DEFERRED_REVENUE 3000',
    'Dr CREDITS_AND_REFUNDS 100',
    'Dr TAX_PAYABLE 589',
    'Cr RECEIVABLES 3689',
  ]

  it('gives back undelivered service from what is deferred, and a price reduction from revenue', () => {
    const creditNotes = [creditNoteFact({ lines, taxLines: [taxLine(589n)] })]
    expect(journal(postingsOf(store({ creditNotes })))).toEqual(given)
  })

  it('that is void is mirrored', () => {
    const creditNotes = [
      creditNoteFact({ lines, taxLines: [taxLine(589n)], status: 'VOID', voidedOn: day('2026-02-01') }),
    ]
    expect(journal(postingsOf(store({ creditNotes })))).toEqual([
      ...given,
      'Dr RECEIVABLES 3689',
      'Cr DEFERRED_REVENUE 3000',
      'Cr CREDITS_AND_REFUNDS 100',
      'Cr TAX_PAYABLE 589',
    ])
  })
})

describe('a refund', () => {
  it('takes cash on account first and lowers revenue by the rest', () => {
    const documents = store({
      invoices: [invoiceFact({ lines: [invoiceLine(70n)] })],
      payments: [
        paymentFact({ amount: 100n, allocations: [{ id: 'a', invoiceId: 'invoice-1', amount: 70n }] }),
      ],
      refunds: [refundFact({ amount: 50n })],
    })
    const postings = documents.refunds.flatMap((refund) =>
      documents.payments.flatMap((payment) => postingsOfRefund(refund, originOf(payment))),
    )
    expect(journal(postings)).toEqual([
      'Dr RECEIVABLES 30',
      'Dr CREDITS_AND_REFUNDS 20',
      'Cr CASH_CLEARING 50',
    ])
  })

  it('that failed posts nothing', () => {
    expect(postingsOf(store({ refunds: [refundFact({ status: 'FAILED' })] }))).toEqual([])
  })
})

describe('a dispute', () => {
  const { payments } = store({ payments: [paymentFact()] })
  const opened = ['Dr DISPUTED_CASH 100', 'Cr CASH_CLEARING 100']

  it.each([
    ['UNDER_REVIEW', opened],
    ['WON', [...opened, 'Dr CASH_CLEARING 100', 'Cr DISPUTED_CASH 100']],
    ['LOST', [...opened, 'Dr DISPUTE_LOSSES 100', 'Cr DISPUTED_CASH 100']],
  ] as const)('that is %s', (status, lines) => {
    const contested = dispute({ status, closedOn: day('2026-03-01') })
    expect(journal(payments.flatMap((payment) => postingsOfDispute(contested, payment)))).toEqual(lines)
  })
})

it.each(['UNDER_REVIEW', 'WON'] as const)(
  'an inquiry, which withdraws nothing, posts nothing: %s',
  (status) => {
    const inquiry = dispute({ status, fundsWithdrawn: false, closedOn: day('2026-03-01') })
    const { payments } = store({ payments: [paymentFact()] })
    expect(payments.flatMap((payment) => postingsOfDispute(inquiry, payment))).toEqual([])
  },
)

describe('recognition', () => {
  const [schedule] = scheduleFromContract(contract({ lines: [contractLine()] }))
  if (schedule === undefined) throw new Error('the contract has no schedule')
  const february = Temporal.PlainYearMonth.from('2024-02')

  it('posts on the last day of its month, once a month', () => {
    expect(recognitionPosting(schedule, february, 100n)).toMatchObject([
      { discriminator: '2024-02', date: day('2024-02-29'), contractId: 'contract-1', sourceId: 'rs_line-1' },
    ])
  })

  it('of a negative amount takes revenue back', () => {
    const lines = journal(recognitionPosting(schedule, february, -100n))
    expect(lines).toEqual(['Cr DEFERRED_REVENUE 100', 'Dr REVENUE 100'])
  })

  it('of nothing posts nothing', () => {
    expect(recognitionPosting(schedule, february, 0n)).toEqual([])
  })

  it('is planned for the lines of an issued invoice that no contract plans', () => {
    expect(schedulesOf({})).toEqual(['rs_service 9000'])
    expect(schedulesOf({ lifecycle: 'UNCOLLECTIBLE' })).toEqual(['rs_service 9000'])
    expect(schedulesOf({ lifecycle: 'DRAFT' })).toEqual([])
    expect(schedulesOf({ lifecycle: 'VOID' })).toEqual([])
    expect(schedulesOf({ contractId: 'contract-1' })).toEqual([])
  })
})

describe('the chart of accounts', () => {
  it('has an account for every role that a rule names', () => {
    const named = Object.values(POSTING_RULES).flatMap(({ debit, credit }) => [...debit, ...credit])
    const charted = CHART_OF_ACCOUNTS.map(({ role }) => role)
    expect(charted.toSorted()).toEqual([...new Set(named)].toSorted())
  })
})

function schedulesOf(fields: Partial<InvoiceFact>): string[] {
  const { invoices } = store({ invoices: [invoiceFact({ ...sold, ...fields })] })
  return invoices
    .flatMap((invoice) => scheduleFromInvoice(invoice))
    .map(({ id, allocatedPrice }) => `${id} ${allocatedPrice}`)
}
