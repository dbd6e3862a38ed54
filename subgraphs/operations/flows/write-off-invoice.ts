import { violationIf } from '#domain/failure.ts'
import { isOpen } from '#domain/invoice.ts'
import { checkReason } from '#domain/person.ts'
import { parseDate } from '#platform/dates.ts'
import type { KeyedInput } from '#platform/mutation.ts'
import type { Flow, Step } from '../workflows/flow.ts'
import { book } from './book.ts'
import { missing } from './refusals.ts'
import type { Systems, WritingOff } from './systems.ts'

/** An invoice of which nothing more is expected. */
export interface WriteOffInvoice extends KeyedInput {
  readonly invoiceId: string
  readonly reason: string
}

type WriteOffStep = Step<Systems, WriteOffInvoice, WritingOff>

const writeOff: WriteOffStep = {
  name: 'writeOffInvoice',
  system: 'BILLING',
  kind: 'PIVOT',
  needs: [],
  // What is there counts: a person has it tried again, or calls it off.
  parks: ['OUTSIDE_REFUSED'],
  run: ({ billing }, { prepared: { invoiceId, closedOn } }, effect) =>
    billing.writeOffInvoice(effect, { invoiceId, closedOn: parseDate(closedOn) }),
}

const post: WriteOffStep = {
  name: 'postWriteOff',
  system: 'ERP',
  kind: 'RETRIABLE',
  needs: ['writeOffInvoice'],
  uses: ['ACCOUNT'],
  run: book,
}

/** What is left of an invoice is given up: it is uncollectible, and the books take the loss. */
export const writeOffInvoice: Flow<Systems, WriteOffInvoice, WritingOff> = {
  name: 'writeOffInvoice',
  prepare: async ({ billing }, { invoiceId, reason }) => {
    const [invoice] = await billing.readInvoices([invoiceId])
    if (invoice === undefined) return missing('invoiceId', 'There is no such invoice')
    const violations = [
      ...violationIf(!isOpen(invoice), 'STATUS_FORBIDS', 'invoiceId', `The invoice is ${invoice.status}`),
      ...checkReason(reason),
    ]
    if (violations.length > 0) return { violations }
    const { customerId, legalEntityId, balance, currency } = invoice
    const prepared = { invoiceId, closedOn: await billing.today(legalEntityId) }
    const moneyAtRisk = { minorUnits: balance, currency }
    return {
      value: { prepared, subject: `invoice:${invoiceId}`, customerId, legalEntityId, moneyAtRisk },
    }
  },
  stakeOf: async ({ billing }, { invoiceId }) => {
    const [invoice] = await billing.readInvoices([invoiceId])
    return invoice ? { minorUnits: invoice.balance, currency: invoice.currency } : null
  },
  steps: [writeOff, post],
}
