import { collectInvoice } from '../flows/collect-invoice.ts'
import { type DueDay, type ReadDue, startDue } from './start-due.ts'

/** An invoice with which collection is to go on, and the day that it is where its legal entity is. */
interface DueCollection {
  readonly invoiceId: string
  readonly on: Temporal.PlainDate
}

/** Starts an attempt for each invoice of which one is due: one a day, whichever node looks and however often. */
export const collectDue = (day: DueDay, readDue: ReadDue<DueCollection>): Promise<number> =>
  startDue(
    day,
    readDue,
    ({ invoiceId }) => invoiceId,
    ({ invoiceId, on }, again) => {
      const idempotencyKey = `${invoiceId} ${on.toString()}${again}`
      return day.desk.start(collectInvoice, { invoiceId, on, idempotencyKey }, REQUEST)
    },
  )

const REQUEST = { requestedBy: 'overdue-invoices-are-collected', correlationId: 'collection' }
