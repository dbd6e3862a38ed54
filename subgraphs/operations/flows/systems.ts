/** What flows ask of the systems, and have them do. The composition root connects it to the subgraphs' commands. */
import type { CreditNote, Invoice, Payment } from '#domain/billing.ts'
import type { CreditNoteDraft } from '#domain/credit-note-draft.ts'
import type { Outcome } from '#domain/failure.ts'
import type { PaymentDraft } from '#domain/payment-draft.ts'
import type { RefundTerms } from '#domain/refund-terms.ts'
import type { StepEffect } from '../workflows/flow.ts'

/** Does something to a system, once for the key of the effect. */
type Command<Input, Result> = (effect: StepEffect, input: Input) => Promise<Outcome<Result>>

/** A refund as billing makes it. */
export interface Refunding extends RefundTerms {
  readonly paymentId: string
  readonly reason: string | null
  readonly creditNoteId: string | null
}

/** An invoice that is given up, and from which day on. */
export interface WritingOff {
  readonly invoiceId: string
  readonly closedOn: Temporal.PlainDate
}

interface Billing {
  /** Today where a legal entity keeps its books. */
  readonly today: (legalEntityId: string) => Promise<Temporal.PlainDate>
  /** Those that there are, in no order. */
  readonly readInvoices: (ids: readonly string[]) => Promise<readonly Invoice[]>
  /** Of one invoice. */
  readonly readCreditNotes: (invoiceId: string) => Promise<readonly CreditNote[]>
  readonly readPayment: (id: string) => Promise<Payment | undefined>
  readonly recordPayment: Command<PaymentDraft, { readonly paymentId: string }>
  readonly refundPayment: Command<Refunding, { readonly refundId: string }>
  readonly issueCreditNote: Command<
    CreditNoteDraft,
    { readonly creditNoteId: string; readonly number: string }
  >
  readonly writeOffInvoice: Command<WritingOff, { readonly invoiceId: string }>
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
