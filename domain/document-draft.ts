import type { InvoiceFact, InvoiceLine } from './billing.ts'

/** A line of an invoice before it is issued. Minor units, as on the invoice. */
export type LineDraft = Omit<InvoiceLine, 'id'>

/** An invoice before it is issued: complete, but for its number and the ids that it gets with it. */
export interface InvoiceDraft extends Pick<
  InvoiceFact,
  | 'customerId'
  | 'legalEntityId'
  | 'contractId'
  | 'subscriptionId'
  | 'currency'
  | 'collectionMethod'
  | 'issueDate'
  | 'dueDate'
  | 'taxLines'
> {
  /** At least one. */
  readonly lines: readonly LineDraft[]
}
