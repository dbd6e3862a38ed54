/** What flows ask of the systems, and have them do. The composition root connects it to the subgraphs' commands. */
import type { Invoice } from '#domain/billing.ts'
import type { Outcome } from '#domain/failure.ts'
import type { PaymentDraft } from '#domain/payment-draft.ts'
import type { StepEffect } from '../workflows/flow.ts'

/** Does something to a system, once for the key of the effect. */
type Command<Input, Result> = (effect: StepEffect, input: Input) => Promise<Outcome<Result>>

interface Billing {
  /** Those that there are, in no order. */
  readonly readInvoices: (ids: readonly string[]) => Promise<readonly Invoice[]>
  readonly recordPayment: Command<PaymentDraft, { readonly paymentId: string }>
}

/** What the books have to meet. */
interface Bookable {
  readonly contractIds: readonly string[]
  readonly documentIds: readonly string[]
}

interface Erp {
  /** Brings the books to what contracts and documents say now: planned, posted and scheduled. */
  readonly book: Command<Bookable, { readonly entryIds: readonly string[] }>
}

/** The systems as flows see them. */
export interface Systems {
  readonly billing: Billing
  readonly erp: Erp
}
