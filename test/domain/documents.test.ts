/** What a document may say, and what the world sees of it. */
import { describe, expect, it } from 'vitest'
import { checkCreditNote, checkInvoice, checkPayment, checkRefund, daysPastDue } from '#domain/invoice.ts'
import { decideFact } from '#domain/fact.ts'
import {
  creditNoteFact,
  day,
  invoiceFact,
  invoiceLine,
  paymentFact,
  range,
  refundFact,
  taxLine,
} from './documents.ts'
import type { CreditNoteFact, CreditNoteLine, InvoiceFact, PaymentFact, RefundFact } from '#domain/billing.ts'

const reversed = range('2026-02-01', '2026-01-01')
const creditLine: CreditNoteLine = {
  id: 'cn-line-1',
  invoiceLineId: null,
  description: 'Less',
  amount: 100n,
  servicePeriod: null,
}

describe('an invoice', () => {
  it.each<[string, Partial<InvoiceFact>]>([
    ['with a line', { lines: [invoiceLine(1n)] }],
    ['of zero without lines', {}],
    ['without a number while it is a draft', { lifecycle: 'DRAFT', number: null }],
    [
      'with a credit line and its tax',
      { lines: [invoiceLine(9n), invoiceLine(-5n, { id: 'b' })], taxLines: [taxLine(-1n)] },
    ],
  ])('%s is accepted', (_, fields) => {
    expect(checkInvoice(invoiceFact(fields))).toEqual([])
  })

  it.each<[string, string, Partial<InvoiceFact>]>([
    ['CURRENCY_UNKNOWN', 'currency', { currency: 'XXX' }],
    ['NUMBER_MISSING', 'number', { number: null }],
    ['DATE_ORDER', 'dueDate', { dueDate: day('2025-12-31') }],
    ['DATE_MISSING', 'closedOn', { lifecycle: 'VOID' }],
    ['LINES_MISSING', 'lines', { taxLines: [taxLine(5n)] }],
    ['TOTAL_NEGATIVE', 'lines', { lines: [invoiceLine(-1n)] }],
    ['DUPLICATE_ID', 'lines', { lines: [invoiceLine(1n), invoiceLine(1n)] }],
    ['QUANTITY_INVALID', 'lines.0.quantity', { lines: [invoiceLine(1n, { quantity: '1e3' })] }],
    ['AMOUNT_NEGATIVE', 'lines.0.discount', { lines: [invoiceLine(1n, { discount: -1n })] }],
    ['DATE_ORDER', 'lines.0.servicePeriod', { lines: [invoiceLine(1n, { servicePeriod: reversed })] }],
    [
      'TAX_SIGN',
      'taxLines.0.amount',
      { lines: [invoiceLine(9n)], taxLines: [{ ...taxLine(1n), taxable: -9n }] },
    ],
    [
      'RATE_INVALID',
      'taxLines.0.rate',
      { lines: [invoiceLine(9n)], taxLines: [{ ...taxLine(1n), rate: '19%' }] },
    ],
  ])('is refused with %s at %s', (code, field, fields) => {
    expect(checkInvoice(invoiceFact(fields))).toMatchObject([{ code, field }])
  })

  it.each([
    ['OPEN', '2026-03-11', 10],
    ['PARTIALLY_PAID', '2026-03-02', 1],
    ['OPEN', '2026-03-01', 0],
    ['OPEN', '2026-02-01', 0],
    ['PAID', '2026-03-11', 0],
    ['DRAFT', '2026-03-11', 0],
  ] as const)('that is %s and due on 1 March is on %s late by %d days', (status, today, days) => {
    expect(daysPastDue({ status, dueDate: day('2026-03-01') }, day(today))).toBe(days)
  })
})

describe('a credit note', () => {
  it('is accepted with a price reduction', () => {
    expect(checkCreditNote(creditNoteFact({ lines: [creditLine] }))).toEqual([])
  })

  const service = {
    ...creditLine,
    id: 's',
    invoiceLineId: 'a',
    servicePeriod: range('2026-01-01', '2026-02-01'),
  }
  const takenBack = { ...creditLine, id: 't', invoiceLineId: 'a', amount: -service.amount }

  it('is accepted with a price reduction taken back for service that is given back, even all of it', () => {
    expect(checkCreditNote(creditNoteFact({ lines: [takenBack, service] }))).toEqual([])
  })

  it.each<[string, string, Partial<CreditNoteFact>]>([
    ['AMOUNT_NOT_POSITIVE', 'lines', { lines: [] }],
    [
      'AMOUNT_NEGATIVE',
      'lines.1.amount',
      { lines: [{ ...service, amount: 2n * service.amount, invoiceLineId: 'b' }, takenBack] },
    ],
    ['AMOUNT_NEGATIVE', 'lines.1.amount', { lines: [creditLine, { ...creditLine, id: 'b', amount: -1n }] }],
    ['INVOICE_LINE_MISSING', 'lines.0.invoiceLineId', withPeriod('2026-01-01', '2026-02-01')],
    ['DATE_MISSING', 'voidedOn', { status: 'VOID' }],
    ['NUMBER_MISSING', 'number', { number: '' }],
    ['REFERENCE_MISSING', 'invoiceId', { invoiceId: '' }],
    ['CURRENCY_UNKNOWN', 'currency', { currency: '' }],
  ])('is refused with %s at %s', (code, field, fields) => {
    expect(checkCreditNote(creditNoteFact({ lines: [creditLine], ...fields }))).toMatchObject([
      { code, field },
    ])
  })
})

describe('a payment', () => {
  const half = { id: 'a', invoiceId: 'invoice-1', amount: 50n }

  it('is accepted with allocations of all of it', () => {
    expect(checkPayment(paymentFact({ allocations: [half, { ...half, id: 'b' }] }))).toEqual([])
  })

  it.each<[string, string, Partial<PaymentFact>]>([
    ['AMOUNT_NOT_POSITIVE', 'amount', { amount: 0n }],
    ['ALLOCATION_EXCEEDS_PAYMENT', 'allocations', { allocations: [{ ...half, amount: 101n }] }],
    ['AMOUNT_NOT_POSITIVE', 'allocations.0.amount', { allocations: [{ ...half, amount: 0n }] }],
    ['DUPLICATE_ID', 'allocations', { allocations: [half, half] }],
    ['CURRENCY_UNKNOWN', 'currency', { currency: 'EURO' }],
  ])('is refused with %s at %s', (code, field, fields) => {
    expect(checkPayment(paymentFact(fields))).toMatchObject([{ code, field }])
  })
})

describe('a refund', () => {
  it('is accepted', () => {
    expect(checkRefund(refundFact())).toEqual([])
  })

  it.each<[string, string, Partial<RefundFact>]>([
    ['AMOUNT_NOT_POSITIVE', 'amount', { amount: -5n }],
    ['REFERENCE_MISSING', 'paymentId', { paymentId: '' }],
    ['CURRENCY_UNKNOWN', 'currency', { currency: 'BTC' }],
  ])('is refused with %s at %s', (code, field, fields) => {
    expect(checkRefund(refundFact(fields))).toMatchObject([{ code, field }])
  })
})

describe('a fact', () => {
  const known = { hash: 'a', sourceVersion: 5n }

  it.each([
    ['created', undefined, { hash: 'a', sourceVersion: 1n }],
    ['unchanged', known, { hash: 'a', sourceVersion: 9n }],
    ['unchanged', known, { hash: 'a', sourceVersion: 1n }],
    ['stale', known, { hash: 'b', sourceVersion: 4n }],
    ['changed', known, { hash: 'b', sourceVersion: 5n }],
    ['changed', known, { hash: 'b', sourceVersion: 6n }],
  ])('is %s', (decision, current, fact) => {
    expect(decideFact(current, fact)).toBe(decision)
  })
})

function withPeriod(start: string, end: string): Partial<CreditNoteFact> {
  return { lines: [{ ...creditLine, servicePeriod: range(start, end) }] }
}
