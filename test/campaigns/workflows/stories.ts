/** The flows of the campaign as rows of a table: what is there before, what is asked, and what must come of it. */
import type { Outcome } from '#domain/failure.ts'
import type { Facts } from '#domain/facts.ts'
import { amendContract } from '#subgraphs/operations/flows/amend-contract.ts'
import { previewOf } from '#subgraphs/operations/flows/amendment-preview.ts'
import { cancelContract } from '#subgraphs/operations/flows/change-contract.ts'
import { closeOpportunity } from '#subgraphs/operations/flows/close-opportunity.ts'
import { issueCreditNote } from '#subgraphs/operations/flows/issue-credit-note.ts'
import { recordPayment } from '#subgraphs/operations/flows/record-payment.ts'
import { refundPayment } from '#subgraphs/operations/flows/refund-payment.ts'
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import { writeOffInvoice } from '#subgraphs/operations/flows/write-off-invoice.ts'
import type { Accepted } from '#subgraphs/operations/workflows/accept.ts'
import type { WorkflowDesk } from '#subgraphs/operations/workflows/desk.ts'
import type { AnyFlow, Flow } from '#subgraphs/operations/workflows/flow.ts'
import { CHANGED_ON, contractIdOf, DAYS } from './contracts.ts'
import {
  amendedDailyOf,
  amendment,
  amountOf,
  billedContract,
  changed,
  charged,
  credit,
  dailyOf,
  INVOICED,
  invoiceIdOf,
  invoiceOf,
  nameOf,
  opportunityIdOf,
  opportunityOf,
  type Order,
  PAID,
  payment,
  paymentOf,
  priceOf,
  quoteOf,
  refund,
  REQUESTED_BY,
  takenIdOf,
  takenOutside,
  taxed,
} from './orders.ts'
import { overpay } from './overpay.ts'
import { type Release, releasedFlow } from './releases.ts'

/** What an order leaves in the books, in minor units, with what was there before. */
interface Left {
  readonly receivables: bigint
  readonly cash: bigint
}

/** What comes of an order, whoever begins it. */
export interface Tale {
  /** What is there before. */
  readonly facts: (order: Order) => Partial<Facts>
  /** What the outside billing does for it, each with its operation, what it is about, and its amount. */
  readonly outside?: (order: Order) => readonly string[]
  /** What the systems do for it, each with its kind, what it is about, and its amount in minor units. */
  readonly effects: (order: Order) => readonly string[]
  readonly leaves: (order: Order) => Left
}

/** An order that starts a flow. */
export interface Story extends Tale {
  readonly flow: AnyFlow<Systems>
  /** Turns beside its steps: what it takes back. */
  readonly undoes?: readonly string[]
  /** Steps that have their effect in the outside billing first. */
  readonly goesOutside?: readonly string[]
  readonly ends: 'COMPLETED' | 'COMPENSATED'
  /** What a client looks at first, whose hash it asks with. */
  readonly preview?: (systems: Systems, order: Order) => Promise<string>
  /** Has a node of a release accept it. */
  readonly start: (
    desk: WorkflowDesk<Systems>,
    order: Order,
    key: string,
    release: Release,
  ) => Promise<Outcome<Accepted>>
}

/** Starts a flow with what an order asks for. */
const starts =
  <Asked extends object, Prepared>(
    flow: Flow<Systems, Asked & { readonly idempotencyKey: string }, Prepared>,
    ask: (order: Order) => Asked,
  ): Story['start'] =>
  (desk, order, key, release) =>
    desk.start(
      releasedFlow(flow, release),
      { ...ask(order), idempotencyKey: key },
      { requestedBy: REQUESTED_BY, correlationId: key },
    )

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
  amendContract: {
    flow: amendContract,
    ends: 'COMPLETED',
    facts: billedContract,
    preview: async ({ preview }, order) => {
      const { value, violations } = await previewOf(preview, amendment(order), preview.today())
      if (value === undefined) throw new Error(JSON.stringify(violations))
      return value.previewHash
    },
    start: starts(amendContract, (order) => ({ ...amendment(order), previewHash: order.previewHash ?? '' })),
    effects: (order) => [
      ...changed(order, DAYS.before * dailyOf(order) + DAYS.after * amendedDailyOf(order)),
      `invoice ${contractIdOf(nameOf(order))} ${charged(order)}`,
    ],
    leaves: (order) => ({ receivables: DAYS.year * dailyOf(order) + charged(order), cash: 0n }),
  },
  cancelContract: {
    flow: cancelContract,
    ends: 'COMPLETED',
    facts: billedContract,
    start: starts(cancelContract, (order) => ({
      contractId: contractIdOf(nameOf(order)),
      effectiveDate: Temporal.PlainDate.from(CHANGED_ON),
      reason: 'Moves on',
    })),
    effects: (order) => [
      ...changed(order, DAYS.before * dailyOf(order)),
      `credit note inv_${nameOf(order)} ${DAYS.after * dailyOf(order)}`,
    ],
    leaves: (order) => ({ receivables: DAYS.before * dailyOf(order), cash: 0n }),
  },
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

/** The story of an order. */
export function storyOf({ story }: Pick<Order, 'story'>): Story {
  const known = STORIES[story]
  if (known === undefined) throw new RangeError(`there is no story ${story}`)
  return known
}
