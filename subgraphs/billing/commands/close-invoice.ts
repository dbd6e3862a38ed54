import type { Invoice, InvoiceFact } from '#domain/billing.ts'
import { isBefore } from '#domain/calendar.ts'
import { type Outcome, type Violation, violationIf } from '#domain/failure.ts'
import { isOpen } from '#domain/invoice.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { restate } from '#platform/own-facts.ts'
import { invoice, recordDocuments } from '../settle.ts'
import { lockDocuments } from '../store.ts'
import { refused } from './refusals.ts'

/** An invoice to close, and the day from which on it is. */
interface Closing {
  readonly invoiceId: string
  readonly closedOn: Temporal.PlainDate
}

/** An invoice to give up. */
interface WritingOff extends Closing {
  /** The outside system that issued it has given it up, and may have told of it. */
  readonly isMade?: boolean
}

/** An invoice as a command left it. */
interface ClosedInvoice {
  readonly invoiceId: string
  readonly status: Invoice['status']
}

/**
 * Voids an invoice that went out with an error: it keeps its number, and the books mirror it on the day. Refused with
 * STATUS_FORBIDS once anything was paid or credited, or it is not open: then a credit note corrects it.
 */
export const voidInvoice = (db: Database, effect: Effect, input: Closing): Promise<Outcome<ClosedInvoice>> =>
  close(db, effect, { operation: 'voidInvoice', input }, 'VOID', ({ status, allocated, credited }) =>
    violationIf(
      status !== 'OPEN' || allocated + credited > 0n,
      'STATUS_FORBIDS',
      'invoiceId',
      'Only an invoice of which nothing is paid or credited is voided; a credit note corrects another one',
    ),
  )

/**
 * Gives up what is still owed of an invoice: it is uncollectible from a day on, and what is left is written off.
 * Refused with STATUS_FORBIDS where nothing is owed.
 */
export const writeOffInvoice = (
  db: Database,
  effect: Effect,
  input: WritingOff,
): Promise<Outcome<ClosedInvoice>> =>
  close(db, effect, { operation: 'writeOffInvoice', input }, 'UNCOLLECTIBLE', (before) =>
    input.isMade === true && before.status === 'UNCOLLECTIBLE' ? [] : checkOpen(before),
  )

/** What speaks against giving an invoice up on a day. */
export const checkWriteOff = (before: Invoice, { closedOn }: Closing): Violation[] => [
  ...checkOpen(before),
  ...checkDay(before, closedOn),
]

const checkOpen = (before: Invoice): Violation[] =>
  violationIf(!isOpen(before), 'STATUS_FORBIDS', 'invoiceId', `The invoice is ${before.status}`)

const checkDay = ({ issueDate }: Invoice, closedOn: Temporal.PlainDate): Violation[] =>
  violationIf(isBefore(closedOn, issueDate), 'DATE_ORDER', 'closedOn', 'Before the invoice was issued')

function close(
  db: Database,
  effect: Effect,
  { operation, input }: { readonly operation: string; readonly input: Closing },
  lifecycle: InvoiceFact['lifecycle'],
  check: (before: Invoice) => Violation[],
): Promise<Outcome<ClosedInvoice>> {
  const { invoiceId, closedOn } = input
  return applyOnce<ClosedInvoice>(db, effect, { operation, input }, async (unit) => {
    await lockDocuments(unit, [invoiceId])
    const before = (await unit.lock(invoice, [invoiceId])).get(invoiceId)
    if (before === undefined) return refused('REFERENCE_MISSING', 'invoiceId', 'There is no such invoice')
    const violations = [...check(before), ...checkDay(before, closedOn)]
    if (violations.length > 0) return { violations }
    await recordDocuments(unit, { invoices: [restate('invoice', before, { lifecycle, closedOn })] })
    return { value: { invoiceId, status: lifecycle === 'VOID' ? 'VOID' : 'UNCOLLECTIBLE' } }
  })
}
