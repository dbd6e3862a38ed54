/** Customers with invoices and payments, made by a rule by which they can be counted by hand. */
import type { InvoiceFact, PaymentFact } from '#domain/billing.ts'
import type { Facts } from '#domain/facts.ts'
import { day, invoiceFact, invoiceLine, paymentFact, taxLine } from '#test/domain/documents.ts'

/** Invoices of each customer. */
export const INVOICES_EACH = 4

/** Customers `customer-0` …, each with four invoices (paid, part paid, open, draft) and two payments. */
export function manyCustomers(count: number): Partial<Facts> {
  const customers = Array.from({ length: count }, (_, place) => `customer-${place}`)
  return {
    invoices: customers.flatMap((customerId, place) => invoicesOf(customerId, place)),
    payments: customers.flatMap(paymentsOf),
  }
}

function invoicesOf(customerId: string, place: number): InvoiceFact[] {
  return Array.from({ length: INVOICES_EACH }, (_, index) =>
    invoiceFact({
      id: `invoice-${place}-${index}`,
      customerId,
      contractId: `contract-${place}`,
      number: index === 3 ? null : `US-${String(place * INVOICES_EACH + index).padStart(6, '0')}`,
      lifecycle: index === 3 ? 'DRAFT' : 'ISSUED',
      currency: index === 2 ? 'EUR' : 'USD',
      issueDate: day('2026-03-01').add({ months: index }),
      lines: [invoiceLine(100n * BigInt(index + 1))],
      taxLines: [taxLine(10n)],
    }),
  )
}

function paymentsOf(customerId: string, place: number): PaymentFact[] {
  const pays = (index: number, amount: bigint, claimed: bigint): PaymentFact =>
    paymentFact({
      id: `payment-${place}-${index}`,
      customerId,
      amount,
      receivedOn: day('2026-04-10').add({ days: index }),
      receivedAt: Temporal.Instant.from('2026-04-10T09:00:00Z').add({ hours: 24 * index }),
      allocations: [
        { id: `allocation-${place}-${index}`, invoiceId: `invoice-${place}-${index}`, amount: claimed },
      ],
    })
  return [pays(0, 130n, 110n), pays(1, 50n, 50n)]
}
