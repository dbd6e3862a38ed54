/** One customer's documents, told as short stories: what is owed, what is paid, what is left. */
import { describe, expect, it } from 'vitest'
import { settle } from '#domain/settlement.ts'
import {
  creditNoteFact,
  day,
  dispute,
  invoiceFact,
  invoiceLine,
  paymentFact,
  refundFact,
  store,
  taxLine,
} from './documents.ts'
import type { CreditNoteFact, InvoiceFact, PaymentFact } from '#domain/billing.ts'

const none = { invoices: [], payments: [], creditNotes: [], refunds: [], disputes: [] }

describe('an invoice of 119.00', () => {
  it('is open until something is paid', () => {
    expect(stored([billed()])).toMatchObject({
      status: 'OPEN',
      balance: 11_900n,
      allocated: 0n,
      paidOn: null,
    })
  })

  it('is partially paid by a part, and keeps the rest as its balance', () => {
    expect(stored([billed()], [paid(5000n)])).toMatchObject({
      status: 'PARTIALLY_PAID',
      balance: 6900n,
      paidOn: null,
    })
  })

  it('is paid on the day that brings it to zero', () => {
    const payments = [paid(5000n), paid(6900n, { id: 'payment-2', receivedOn: day('2026-03-04') })]
    expect(stored([billed()], payments)).toMatchObject({
      status: 'PAID',
      balance: 0n,
      paidOn: day('2026-03-04'),
    })
  })

  it('is paid on its issue date where the money came before', () => {
    const early = paid(11_900n, { receivedOn: day('2025-12-20') })
    expect(stored([billed()], [early])).toMatchObject({ status: 'PAID', paidOn: day('2026-01-01') })
  })

  it('stays open under a credit note that does not cover it', () => {
    expect(stored([billed()], [], [credited(1900n)])).toMatchObject({ status: 'OPEN', balance: 10_000n })
  })

  it('is settled by a payment and a credit note together', () => {
    const invoice = stored([billed()], [paid(10_000n)], [credited(1900n)])
    expect(invoice).toMatchObject({ status: 'PAID', balance: 0n, paidOn: day('2026-01-15') })
  })

  it('owes nothing when it is void, and takes nothing', () => {
    const lifecycle = 'VOID'
    const { invoices, payments } = store({ invoices: [billed({ lifecycle })], payments: [paid(11_900n)] })
    expect(invoices[0]).toMatchObject({ status: 'VOID', balance: 0n, allocated: 0n, paidOn: null })
    expect(payments[0]).toMatchObject({ unapplied: 11_900n })
  })

  it('writes off what is left when it is uncollectible', () => {
    const invoice = stored([billed({ lifecycle: 'UNCOLLECTIBLE' })], [paid(5000n)])
    expect(invoice).toMatchObject({ status: 'UNCOLLECTIBLE', writtenOff: 6900n, balance: 0n, paidOn: null })
  })

  it('was paid after all when nothing had to be written off', () => {
    const invoice = stored([billed({ lifecycle: 'UNCOLLECTIBLE' })], [paid(11_900n)])
    expect(invoice).toMatchObject({ status: 'PAID', writtenOff: 0n, paidOn: day('2026-01-10') })
  })

  it('of zero is paid when it is issued', () => {
    expect(stored([invoiceFact()])).toMatchObject({ status: 'PAID', balance: 0n, paidOn: day('2026-01-01') })
  })

  it('takes nothing while it is a draft', () => {
    const invoice = stored([billed({ lifecycle: 'DRAFT' })], [paid(5000n)])
    expect(invoice).toMatchObject({ status: 'DRAFT', allocated: 0n, balance: 11_900n })
  })
})

describe('a payment', () => {
  it('keeps what the invoice can not take as cash on account', () => {
    const { payments } = store({ invoices: [billed()], payments: [paid(15_000n)] })
    expect(payments[0]).toMatchObject({
      status: 'SUCCEEDED',
      unapplied: 3100n,
      allocations: [{ applied: 11_900n }],
    })
  })

  it('that came first is applied first, whatever its id', () => {
    const { payments } = store({
      invoices: [billed()],
      payments: [
        paid(10_000n, { id: 'payment-1', receivedOn: day('2026-02-02') }),
        paid(10_000n, { id: 'payment-2', receivedOn: day('2026-02-01') }),
      ],
    })
    expect(payments.map(({ unapplied }) => unapplied)).toEqual([8100n, 0n])
  })

  it('of which a credit note frees a part is refunded from that part', () => {
    const { payments, refunds } = store({
      invoices: [billed()],
      payments: [paid(11_900n)],
      creditNotes: [credited(3000n)],
      refunds: [refundFact({ amount: 4000n })],
    })
    expect(refunds[0]).toMatchObject({ fromUnapplied: 3000n })
    expect(payments[0]).toMatchObject({ status: 'PARTIALLY_REFUNDED', refunded: 4000n, unapplied: 0n })
  })

  it.each([
    ['NEEDS_RESPONSE', 'DISPUTED'],
    ['UNDER_REVIEW', 'DISPUTED'],
    ['LOST', 'DISPUTED'],
    ['WON', 'SUCCEEDED'],
  ] as const)('with a dispute that is %s is %s', (status, expected) => {
    const { payments } = store({ payments: [paid(100n)], disputes: [dispute({ status })] })
    expect(payments[0]?.status).toBe(expected)
  })

  it('with an inquiry, which may become a dispute, is not disputed', () => {
    const inquiry = dispute({ status: 'NEEDS_RESPONSE', fundsWithdrawn: false })
    const { payments } = store({ payments: [paid(100n)], disputes: [inquiry] })
    expect(payments[0]?.status).toBe('SUCCEEDED')
  })

  it.each(['FAILED', 'PENDING'] as const)('that is %s settles nothing', (outcome) => {
    const { invoices, payments } = store({ invoices: [billed()], payments: [paid(11_900n, { outcome })] })
    expect(payments[0]).toMatchObject({ status: outcome, unapplied: 0n, allocations: [{ applied: 0n }] })
    expect(invoices[0]).toMatchObject({ status: 'OPEN' })
  })

  it('is refunded when all of it went back, a pending refund included', () => {
    const { payments } = store({
      payments: [paid(100n)],
      refunds: [refundFact({ amount: 100n, status: 'PENDING' })],
    })
    expect(payments[0]).toMatchObject({ status: 'REFUNDED', refunded: 100n, unapplied: 0n })
  })

  it('is not touched by a refund that failed', () => {
    const { payments } = store({ payments: [paid(100n)], refunds: [refundFact({ status: 'FAILED' })] })
    expect(payments[0]).toMatchObject({ status: 'SUCCEEDED', refunded: 0n })
  })
})

describe('documents that do not fit together', () => {
  const euros = { currency: 'EUR' }

  it.each([
    ['CREDIT_EXCEEDS_INVOICE', { invoices: [billed()], creditNotes: [credited(12_000n)] }],
    ['INVOICE_NOT_ISSUED', { invoices: [billed({ lifecycle: 'VOID' })], creditNotes: [credited(1n)] }],
    ['REFERENCE_MISSING', { creditNotes: [credited(1n)] }],
    ['CURRENCY_MISMATCH', { invoices: [billed(euros)], creditNotes: [credited(1n)] }],
    ['CURRENCY_MISMATCH', { invoices: [billed(euros)], payments: [paid(1n)] }],
    ['CURRENCY_MISMATCH', { payments: [paid(100n, euros)], refunds: [refundFact()] }],
    ['REFUND_EXCEEDS_PAYMENT', { payments: [paid(100n)], refunds: [refundFact({ amount: 101n })] }],
    ['REFERENCE_MISSING', { refunds: [refundFact()] }],
  ])('say %s', (code, documents) => {
    expect(settle({ ...none, ...documents }).violations).toMatchObject([{ code }])
  })

  it('have no effect where they claim too much', () => {
    const { invoices } = settle({ ...none, invoices: [billed()], creditNotes: [credited(12_000n)] })
    expect(invoices.get('invoice-1')).toMatchObject({ credited: 0n, balance: 11_900n, status: 'OPEN' })
    const refund = refundFact({ amount: 101n })
    const { payments } = settle({ ...none, payments: [paid(100n)], refunds: [refund] })
    expect(payments.get('payment-1')).toMatchObject({ refunded: 0n, unapplied: 100n, status: 'SUCCEEDED' })
  })
})

function billed(fields: Partial<InvoiceFact> = {}): InvoiceFact {
  return invoiceFact({ lines: [invoiceLine(10_000n)], taxLines: [taxLine(1900n)], ...fields })
}

function paid(amount: bigint, fields: Partial<PaymentFact> = {}): PaymentFact {
  return paymentFact({
    amount,
    allocations: [{ id: 'allocation-1', invoiceId: 'invoice-1', amount }],
    ...fields,
  })
}

function credited(amount: bigint): CreditNoteFact {
  return creditNoteFact({
    lines: [{ id: 'cn-line-1', invoiceLineId: 'line-1', description: 'Less', amount, servicePeriod: null }],
  })
}

function stored(
  invoices: InvoiceFact[],
  payments: PaymentFact[] = [],
  creditNotes: CreditNoteFact[] = [],
): object | undefined {
  return store({ invoices, payments, creditNotes }).invoices[0]
}
