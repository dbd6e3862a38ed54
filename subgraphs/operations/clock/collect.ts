import { collectInvoice } from '../flows/collect-invoice.ts'
import type { Systems } from '../flows/systems.ts'
import type { WorkflowDesk } from '../workflows/desk.ts'
import { type ReadDue, startDue } from './start-due.ts'

/** An invoice with which collection is to go on, and the day that it is where its legal entity is. */
interface DueCollection {
  readonly invoiceId: string
  readonly on: Temporal.PlainDate
}

/** Starts an attempt for each invoice of which one is due: one a day, whichever node looks and however often. */
export const collectDue = (desk: WorkflowDesk<Systems>, readDue: ReadDue<DueCollection>): Promise<number> =>
  startDue(
    readDue,
    ({ invoiceId }) => invoiceId,
    ({ invoiceId, on }) =>
      desk.start(collectInvoice, { invoiceId, on, idempotencyKey: `${invoiceId} ${on.toString()}` }, REQUEST),
  )

const REQUEST = { requestedBy: 'overdue-invoices-are-collected', correlationId: 'collection' }
