/** The three outside systems: what each can be asked for, and how it names what it makes. */

/** A kind of outside system. */
export type SimulatorKind = 'crm' | 'billing' | 'erp'

/** What makes one kind different from the others. */
export interface Variant {
  /** Operation → beginning of the ids of what it makes. */
  readonly operations: Readonly<Record<string, string>>
  /** Operations that make a document with a number. */
  readonly documents: readonly string[]
  /** Operation → types of the webhooks that tell of it, in their order; others tell nothing. */
  readonly tells: Readonly<Record<string, readonly string[] | undefined>>
}

/** The variants. */
export const variants: Readonly<Record<SimulatorKind, Variant>> = {
  crm: {
    operations: {
      upsertAccount: 'acc',
      signContract: 'con',
      amendContract: 'amd',
      updateOpportunity: 'opp',
      updateStanding: 'std',
    },
    documents: [],
    tells: { updateOpportunity: ['opportunity.updated'] },
  },
  billing: {
    operations: {
      createCustomer: 'cus',
      createSubscription: 'sub',
      changeSubscription: 'sch',
      cancelSubscription: 'can',
      issueInvoice: 'inv',
      issueCreditNote: 'cn',
      recordPayment: 'pay',
      payInvoice: 'ipay',
      refundPayment: 're',
      writeOffInvoice: 'wo',
      openDispute: 'dp',
    },
    documents: ['issueInvoice', 'issueCreditNote'],
    tells: {
      payInvoice: ['invoice.paid'],
      recordPayment: ['payment.created', 'payment.settled'],
      refundPayment: ['refund.settled'],
      openDispute: ['dispute.opened'],
    },
  },
  erp: {
    operations: {
      createAccount: 'gl',
      postDocument: 'je',
      reverseEntry: 'rev',
      buildSchedule: 'rs',
    },
    documents: [],
    tells: { postDocument: ['document.posted'] },
  },
}
