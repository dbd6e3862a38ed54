/** The systems as flows see them: each command runs under its subgraph's own role, with an effect of its own. */
import { type Clock, today } from '#platform/clock.ts'
import type { SubgraphName } from '#platform/config.ts'
import type { Effect } from '#platform/effect.ts'
import { readRows } from '#platform/table.ts'
import { writeOffInvoice } from '#subgraphs/billing/commands/close-invoice.ts'
import { issueCreditNote } from '#subgraphs/billing/commands/issue-credit-note.ts'
import { recordPayment } from '#subgraphs/billing/commands/record-payment.ts'
import { refundPayment } from '#subgraphs/billing/commands/refund-payment.ts'
import { readConnected } from '#subgraphs/billing/documents.ts'
import { payments, readRowsBy, readTimeZones } from '#subgraphs/billing/store.ts'
import { creditNotes, invoices } from '#subgraphs/billing/tables.ts'
import { contracts } from '#subgraphs/crm/store.ts'
import { bookDocuments } from '#subgraphs/erp/commands/book.ts'
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import type { StepEffect } from '#subgraphs/operations/workflows/flow.ts'
import type { DatabaseOf } from './product.ts'

/** Connects flows to the systems. */
export function connectSystems(databaseOf: DatabaseOf, clock: Clock): Systems {
  const [crm, billing, erp] = [databaseOf('crm'), databaseOf('billing'), databaseOf('erp')]
  const effectIn = (
    subgraph: SubgraphName,
    { effectKey, correlationId, traceparent }: StepEffect,
  ): Effect => ({
    subgraph,
    clock,
    effectKey,
    correlationId,
    ...(traceparent !== null && { traceparent }),
  })
  const inBilling = (effect: StepEffect): Effect => effectIn('billing', effect)
  return {
    billing: {
      today: async (legalEntityId) => today(clock, (await readTimeZones(billing, [legalEntityId]))[0]),
      readInvoices: (ids) => readRows(billing, invoices, ids),
      readCreditNotes: (invoiceId) => readRowsBy(billing, creditNotes, 'invoiceId', [invoiceId]),
      readPayment: async (id) => (await readRows(billing, payments, [id]))[0],
      recordPayment: (effect, draft) => recordPayment(billing, inBilling(effect), draft),
      refundPayment: (effect, refund) => refundPayment(billing, inBilling(effect), refund),
      issueCreditNote: (effect, draft) => issueCreditNote(billing, inBilling(effect), draft),
      writeOffInvoice: (effect, closing) => writeOffInvoice(billing, inBilling(effect), closing),
    },
    erp: {
      book: async (effect, { contractIds, documentIds }) =>
        bookDocuments(erp, effectIn('erp', effect), {
          contracts: await readRows(crm, contracts, contractIds),
          documents: await readConnected(billing, documentIds),
        }),
    },
  }
}
