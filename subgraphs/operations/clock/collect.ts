import { collectInvoice } from '../flows/collect-invoice.ts'
import type { Systems } from '../flows/systems.ts'
import type { WorkflowDesk } from '../workflows/desk.ts'

/** An invoice with which collection is to go on, and the day that it is where its legal entity is. */
interface DueCollection {
  readonly invoiceId: string
  readonly on: Temporal.PlainDate
}

/** At most so many, of invoices after an id in order. */
export type ReadDue = (afterId: string, limit: number) => Promise<readonly DueCollection[]>

const BATCH = 200

/**
 * Starts an attempt for each invoice of which one is due: one a day, whichever node looks and however often. Returns
 * how many it started.
 */
export async function collectDue(desk: WorkflowDesk<Systems>, readDue: ReadDue): Promise<number> {
  let started = 0
  let due = await readDue('', BATCH)
  // Ends: every batch begins after the last invoice of the one before.
  for (let last = due.at(-1); last !== undefined; last = due.at(-1)) {
    for (const { invoiceId, on } of due) {
      const input = { invoiceId, on, idempotencyKey: `${invoiceId} ${on.toString()}` }
      const { value } = await desk.start(collectInvoice, input, REQUEST)
      if (value?.replayed === false) started += 1
    }
    due = await readDue(last.invoiceId, BATCH)
  }
  return started
}

const REQUEST = { requestedBy: 'overdue-invoices-are-collected', correlationId: 'collection' }
