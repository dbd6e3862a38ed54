import type { CreditNote, Dispute, Invoice, Payment, Refund } from '#domain/billing.ts'
import { type DocumentViolation, settle } from '#domain/settlement.ts'
import type { Queryable } from '#platform/database.ts'
import { readRows } from '#platform/table.ts'
import { payments, readNamedIds, readPaymentIds, readRowsBy } from './store.ts'
import { creditNotes, disputes, invoices, refunds } from './tables.ts'

/** Documents as they are stored. */
interface StoredDocuments {
  readonly invoices: readonly Invoice[]
  readonly payments: readonly Payment[]
  readonly creditNotes: readonly CreditNote[]
  readonly refunds: readonly Refund[]
  readonly disputes: readonly Dispute[]
}

/** Documents with all that their effect on the books depends on. */
export interface ConnectedDocuments extends StoredDocuments {
  /** Where one claims more than another can take: a credit note or refund that does takes no effect. */
  readonly violations: readonly DocumentViolation[]
}

/**
 * Documents with all whose state may follow from theirs, whether it changed or not: invoices that they name or named,
 * payments and credit notes of those, refunds and disputes of those payments. Whoever posts them all again heals what
 * a crash left undone. The number of statements depends on nothing.
 */
export async function readConnected(db: Queryable, ids: readonly string[]): Promise<ConnectedDocuments> {
  const named = [...new Set([...ids, ...(await readNamedIds(db, ids))])]
  const paymentIds = [...new Set([...named, ...(await readPaymentIds(db, named))])]
  const documents = {
    invoices: await readRows(db, invoices, named),
    payments: await readRows(db, payments, paymentIds),
    creditNotes: await readRowsBy(db, creditNotes, 'invoiceId', named),
    refunds: await readRowsBy(db, refunds, 'paymentId', paymentIds),
    disputes: await readRowsBy(db, disputes, 'paymentId', paymentIds),
  }
  return { ...documents, violations: settle(documents).violations }
}
