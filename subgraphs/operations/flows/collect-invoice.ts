import { isOpen } from '#domain/invoice.ts'
import { parseDate } from '#platform/dates.ts'
import type { KeyedInput } from '#platform/mutation.ts'
import type { Flow, Step } from '../workflows/flow.ts'
import { missing } from './refusals.ts'
import type { Systems } from './systems.ts'

/** An invoice that is overdue, on a day on which an attempt to collect it is due. */
export interface CollectInvoice extends KeyedInput {
  readonly invoiceId: string
  readonly on: Temporal.PlainDate
}

interface Prepared {
  readonly invoiceId: string
  readonly on: Temporal.PlainDate
}

type CollectStep = Step<Systems, CollectInvoice, Prepared>

/** The customer is told, which is not untold: whoever sends reminders hears of it by the event. */
const attempt: CollectStep = {
  name: 'attemptCollection',
  system: 'BILLING',
  kind: 'PIVOT',
  needs: [],
  run: ({ billing }, { prepared: { invoiceId, on } }, effect) =>
    billing.advanceDunning(effect, { invoiceId, on: parseDate(on) }),
}

/** After the last attempt a person decides. Asked again, it is done once nothing is owed: paid, credited, given up. */
const decide: CollectStep = {
  name: 'decideOnExhausted',
  system: 'OPERATIONS',
  kind: 'RETRIABLE',
  needs: ['attemptCollection'],
  parks: ['COLLECTION_EXHAUSTED'],
  run: async ({ billing }, { prepared: { invoiceId }, results }) => {
    const { status, attempts } = results['attemptCollection'] as { status: string; attempts: number }
    if (status !== 'EXHAUSTED') return { value: null }
    const [invoice] = await billing.readInvoices([invoiceId])
    if (invoice === undefined || !isOpen(invoice)) return { value: null }
    const message = `${attempts} attempts brought nothing: write it off, credit it or come to terms`
    return { violations: [{ code: 'COLLECTION_EXHAUSTED', field: 'invoiceId', message }] }
  },
}

/** One attempt to collect what is overdue; where it was the last one, a person decides what becomes of the invoice. */
export const collectInvoice: Flow<Systems, CollectInvoice, Prepared> = {
  name: 'collectInvoice',
  prepare: async ({ billing }, { invoiceId, on }) => {
    const [invoice] = await billing.readInvoices([invoiceId])
    if (invoice === undefined) return missing('invoiceId', 'There is no such invoice')
    const { customerId, legalEntityId, balance: minorUnits, currency } = invoice
    const about = { subject: `collection:${invoiceId}`, customerId, legalEntityId }
    return { value: { prepared: { invoiceId, on }, ...about, moneyAtRisk: { minorUnits, currency } } }
  },
  steps: [attempt, decide],
}
