import { isBefore } from './calendar.ts'
import type { CreditNoteFact, InvoiceFact } from './billing.ts'
import type { Documents } from './settlement.ts'

/**
 * What of documents there was by the end of a day, by their own dates: those that came into being by then, without what
 * ended them later. Settled against each other they are what was owed on that day.
 */
export function documentsOn(day: Temporal.PlainDate, documents: Documents): Documents {
  const by = (date: Temporal.PlainDate): boolean => !isBefore(day, date)
  return {
    invoices: documents.invoices.filter(({ issueDate }) => by(issueDate)).map((it) => invoiceOn(day, it)),
    payments: documents.payments.filter(({ receivedOn }) => by(receivedOn)),
    creditNotes: documents.creditNotes
      .filter(({ issuedOn }) => by(issuedOn))
      .map((it) => creditNoteOn(day, it)),
    refunds: documents.refunds.filter(({ refundedOn }) => by(refundedOn)),
    disputes: documents.disputes.filter(({ openedOn }) => by(openedOn)),
  }
}

/** Before the day on which an invoice was cancelled or given up it was an issued one. */
function invoiceOn(day: Temporal.PlainDate, invoice: InvoiceFact): InvoiceFact {
  const { lifecycle, closedOn } = invoice
  const endsLater = closedOn !== null && isBefore(day, closedOn)
  return endsLater && lifecycle !== 'DRAFT' ? { ...invoice, lifecycle: 'ISSUED', closedOn: null } : invoice
}

function creditNoteOn(day: Temporal.PlainDate, creditNote: CreditNoteFact): CreditNoteFact {
  const { status, voidedOn } = creditNote
  const endsLater = status === 'VOID' && voidedOn !== null && isBefore(day, voidedOn)
  return endsLater ? { ...creditNote, status: 'ISSUED', voidedOn: null } : creditNote
}
