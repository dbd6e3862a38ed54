/** What becomes of money that is under way, contested, or paid out to us. */
import { closeDispute, openDispute } from '#subgraphs/operations/flows/dispute-payment.ts'
import { recordPayout } from '#subgraphs/operations/flows/record-payout.ts'
import { settlePayment } from '#subgraphs/operations/flows/settle-payment.ts'
import {
  amountOf,
  asMoney,
  disputeIdOf,
  disputeOf,
  INVOICED,
  invoiceIdOf,
  invoiceOf,
  LEGAL_ENTITY,
  paymentIdOf,
  wholePaymentOf,
} from './orders.ts'
import { type Story, starts } from './story.ts'

/** Name → story. */
export const MONEY_STORIES: Readonly<Record<string, Story>> = {
  settlePayment: {
    flow: settlePayment,
    ends: 'COMPLETED',
    facts: (order) => ({
      invoices: [invoiceOf(order)],
      payments: [{ ...wholePaymentOf(order), outcome: 'PENDING' }],
    }),
    start: starts(settlePayment, (order) => ({
      paymentId: paymentIdOf(order),
      outcome: 'SUCCEEDED' as const,
      settledAt: Temporal.Instant.from('2026-02-03T12:00:00Z'),
    })),
    effects: (order) => [`payment ${invoiceIdOf(order)} ${amountOf(order)}`],
    leaves: (order) => ({ receivables: INVOICED - amountOf(order), cash: amountOf(order) }),
  },
  recordPayout: {
    flow: recordPayout,
    ends: 'COMPLETED',
    facts: () => ({}),
    start: starts(recordPayout, (order) => ({
      legalEntityId: LEGAL_ENTITY,
      amount: asMoney(amountOf(order)),
      paidOn: Temporal.PlainDate.from('2026-03-02'),
      reference: `payout-${order.number}`,
    })),
    effects: () => [],
    leaves: (order) => ({ receivables: 0n, cash: -amountOf(order) }),
  },
  // The bank takes the money back for as long as it is contested.
  openDispute: {
    flow: openDispute,
    ends: 'COMPLETED',
    facts: (order) => ({ invoices: [invoiceOf(order)], payments: [wholePaymentOf(order)] }),
    start: starts(openDispute, (order) => ({
      paymentId: paymentIdOf(order),
      amount: asMoney(amountOf(order)),
      reason: 'fraudulent',
      openedOn: Temporal.PlainDate.from('2026-03-01'),
    })),
    effects: (order) => [`dispute NEEDS_RESPONSE ${paymentIdOf(order)} ${amountOf(order)}`],
    leaves: (order) => ({ receivables: INVOICED - amountOf(order), cash: 0n }),
  },
  closeDispute: {
    flow: closeDispute,
    ends: 'COMPLETED',
    facts: (order) => ({
      invoices: [invoiceOf(order)],
      payments: [wholePaymentOf(order)],
      disputes: [disputeOf(order)],
    }),
    start: starts(closeDispute, (order) => ({
      disputeId: disputeIdOf(order),
      outcome: 'WON' as const,
      closedOn: Temporal.PlainDate.from('2026-03-20'),
    })),
    effects: (order) => [`dispute WON ${paymentIdOf(order)} ${amountOf(order)}`],
    leaves: (order) => ({ receivables: INVOICED - amountOf(order), cash: amountOf(order) }),
    // That it was opened was told before.
    followed: (order) => [`dispute ${paymentIdOf(order)} COMPLETED`],
  },
}
