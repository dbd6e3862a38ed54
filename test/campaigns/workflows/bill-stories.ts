/** What is billed and collected in its turn, and the books that are closed over it. */
import { billContract } from '#subgraphs/operations/flows/bill-contract.ts'
import { billUsage } from '#subgraphs/operations/flows/bill-usage.ts'
import { closePeriod } from '#subgraphs/operations/flows/close-period.ts'
import { collectInvoice } from '#subgraphs/operations/flows/collect-invoice.ts'
import { contractIdOf, DAYS } from './contracts.ts'
import { booksOf, earnedInvoiceOf, entityIdOf, periodIdOf } from './own-books.ts'
import {
  agreed,
  INVOICED,
  invoiceIdOf,
  invoiceOf,
  nameOf,
  type Order,
  otherCustomerIdOf,
  otherCustomerOf,
  roundDailyOf,
  taxed,
  unbilledContract,
} from './orders.ts'
import { type Story, starts } from './story.ts'
import { CALL_PRICE, callsOf, meteredFacts, subscriptionIdOf, USED_IN } from './usage.ts'

/** Name → story. */
export const BILL_STORIES: Readonly<Record<string, Story>> = {
  billContract: {
    flow: billContract,
    ends: 'COMPLETED',
    facts: unbilledContract,
    start: starts(billContract, (order) => ({ contractId: contractIdOf(nameOf(order)) })),
    effects: (order) => {
      const [id, worth] = [contractIdOf(nameOf(order)), DAYS.year * roundDailyOf(order)]
      return [...agreed(id, worth), `invoice ${id} ${taxed(worth)}`]
    },
    leaves: (order) => ({ receivables: taxed(DAYS.year * roundDailyOf(order)), cash: 0n }),
  },
  billUsage: {
    flow: billUsage,
    ends: 'COMPLETED',
    facts: meteredFacts,
    start: starts(billUsage, (order) => ({
      subscriptionId: subscriptionIdOf(order),
      month: Temporal.PlainYearMonth.from(USED_IN),
    })),
    effects: (order) => [
      `subscription ${subscriptionIdOf(order)}`,
      `invoice ${subscriptionIdOf(order)} ${usedBy(order)}`,
    ],
    leaves: (order) => ({ receivables: usedBy(order), cash: 0n }),
  },
  // Of a payer of its own: nobody is reminded who contests a payment.
  collectInvoice: {
    flow: collectInvoice,
    ends: 'COMPLETED',
    facts: (order) => ({
      customers: [otherCustomerOf(order)],
      invoices: [{ ...invoiceOf(order), customerId: otherCustomerIdOf(order) }],
    }),
    start: starts(collectInvoice, (order) => ({
      invoiceId: invoiceIdOf(order),
      on: Temporal.PlainDate.from('2026-02-03'),
    })),
    effects: (order) => [`attempt ${invoiceIdOf(order)} 1`],
    leaves: () => ({ receivables: 0n, cash: 0n, otherReceivables: INVOICED }),
  },
  // Of a company of its own, so that what others post does not keep it open: other models are not made for so many.
  closePeriod: {
    flow: closePeriod,
    models: ['erp-led', 'event-driven'],
    ends: 'COMPLETED',
    facts: (order) => ({ ...booksOf(order), invoices: [earnedInvoiceOf(order)] }),
    start: starts(closePeriod, (order) => ({
      legalEntityId: entityIdOf(order),
      period: Temporal.PlainYearMonth.from('2026-01'),
    })),
    effects: (order) => [`closed ${periodIdOf(order)} ${INVOICED}`],
    leaves: () => ({ receivables: INVOICED, cash: 0n }),
  },
}

/** What is billed for the use, with its tax. */
const usedBy = (order: Order): bigint => taxed(callsOf(order) * CALL_PRICE)
