/** The flows of the campaign as rows of a table: what is there before, what is asked, and what must come of it. */
import { closeOpportunity } from '#subgraphs/operations/flows/close-opportunity.ts'
import { issueCreditNote } from '#subgraphs/operations/flows/issue-credit-note.ts'
import { recordPayment } from '#subgraphs/operations/flows/record-payment.ts'
import { refundPayment } from '#subgraphs/operations/flows/refund-payment.ts'
import { writeOffInvoice } from '#subgraphs/operations/flows/write-off-invoice.ts'
import {
  amountOf,
  credit,
  INVOICED,
  invoiceIdOf,
  invoiceOf,
  opportunityIdOf,
  opportunityOf,
  type Order,
  PAID,
  payment,
  paymentOf,
  priceOf,
  quoteOf,
  refund,
  takenIdOf,
  takenOutside,
  taxed,
} from './orders.ts'
import { overpay } from './overpay.ts'
import { BILL_STORIES } from './bill-stories.ts'
import { CONTRACT_STORIES } from './contract-stories.ts'
import { CUSTOMER_STORIES } from './customer-stories.ts'
import { MONEY_STORIES } from './money-stories.ts'
import { type Story, starts } from './story.ts'

/** Name → flow: another one is another row. */
export const STORIES: Readonly<Record<string, Story>> = {
  recordPayment: {
    flow: recordPayment,
    ends: 'COMPLETED',
    facts: (order) => ({ invoices: [invoiceOf(order)] }),
    start: starts(recordPayment, payment),
    effects: (order) => [`payment ${invoiceIdOf(order)} ${amountOf(order)}`],
    leaves: (order) => ({ receivables: INVOICED - amountOf(order), cash: amountOf(order) }),
  },
  refundPayment: {
    flow: refundPayment,
    ends: 'COMPLETED',
    facts: (order) => ({ invoices: [invoiceOf(order)], payments: [paymentOf(order)] }),
    start: starts(refundPayment, refund),
    effects: (order) => [`refund ${invoiceIdOf(order)} ${amountOf(order)}`],
    leaves: (order) => ({ receivables: INVOICED - PAID, cash: PAID - amountOf(order) }),
  },
  refundOutside: {
    flow: refundPayment,
    goesOutside: ['refundPayment'],
    ends: 'COMPLETED',
    facts: (order) => ({ invoices: [invoiceOf(order)], payments: [takenOutside(order)] }),
    start: starts(refundPayment, refund),
    outside: (order) => [`refundPayment ${takenIdOf(order)} ${amountOf(order)}`],
    effects: (order) => [`refund ${invoiceIdOf(order)} ${amountOf(order)}`],
    leaves: (order) => ({ receivables: INVOICED - PAID, cash: PAID - amountOf(order) }),
  },
  issueCreditNote: {
    flow: issueCreditNote,
    ends: 'COMPLETED',
    facts: (order) => ({ invoices: [invoiceOf(order)] }),
    start: starts(issueCreditNote, (order) => credit(order, amountOf(order))),
    effects: (order) => [`credit note ${invoiceIdOf(order)} ${amountOf(order)}`],
    leaves: (order) => ({ receivables: INVOICED - amountOf(order), cash: 0n }),
  },
  writeOffInvoice: {
    flow: writeOffInvoice,
    ends: 'COMPLETED',
    facts: (order) => ({ invoices: [invoiceOf(order)] }),
    start: starts(writeOffInvoice, (order) => ({ invoiceId: invoiceIdOf(order), reason: 'Insolvent' })),
    effects: (order) => [`write-off ${invoiceIdOf(order)} ${INVOICED}`],
    leaves: () => ({ receivables: 0n, cash: 0n }),
  },
  closeOpportunity: {
    flow: closeOpportunity,
    goesOutside: ['issueInvoice'],
    ends: 'COMPLETED',
    facts: (order) => ({ opportunities: [opportunityOf(order)], quotes: [quoteOf(order)] }),
    start: starts(closeOpportunity, (order) => ({
      opportunityId: opportunityIdOf(order),
      closedOn: Temporal.PlainDate.from('2026-06-15'),
    })),
    effects: (order) => {
      const [deal, price] = [opportunityIdOf(order), priceOf(order)]
      return [
        `contract ${deal} ${price}`,
        `subscription ${deal}`,
        `invoice ${deal} ${taxed(price)}`,
        `schedule ${deal} ${price}`,
        `won ${deal} ${price}`,
      ]
    },
    leaves: (order) => ({ receivables: taxed(priceOf(order)), cash: 0n }),
  },
  ...CONTRACT_STORIES,
  ...MONEY_STORIES,
  ...BILL_STORIES,
  ...CUSTOMER_STORIES,
  // Its pivot is refused: what was done before is taken back.
  overpay: {
    flow: overpay,
    undoes: ['pay/undo'],
    ends: 'COMPENSATED',
    facts: (order) => ({ invoices: [invoiceOf(order)] }),
    start: starts(overpay, (order) => ({
      payment: payment(order),
      creditNote: credit(order, INVOICED + 1n),
    })),
    effects: (order) =>
      ['payment', 'refund'].map((kind) => `${kind} ${invoiceIdOf(order)} ${amountOf(order)}`),
    leaves: (order) => ({ receivables: INVOICED - amountOf(order), cash: 0n }),
  },
}

/** Whether a story is told under a workflow model. */
export const isToldUnder = (model: string, story: string): boolean =>
  storyOf({ story }).models?.includes(model) ?? true

/** The story of an order. */
export function storyOf({ story }: Pick<Order, 'story'>): Story {
  const known = STORIES[story]
  if (known === undefined) throw new RangeError(`there is no story ${story}`)
  return known
}
