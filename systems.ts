/** The systems as flows see them: each command runs under its subgraph's own role, with an effect of its own. */
import type { Clock } from '#platform/clock.ts'
import type { SubgraphName } from '#platform/config.ts'
import type { Effect } from '#platform/effect.ts'
import { readRows } from '#platform/table.ts'
import { recordPayment } from '#subgraphs/billing/commands/record-payment.ts'
import { readConnected } from '#subgraphs/billing/documents.ts'
import { invoices } from '#subgraphs/billing/tables.ts'
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
  return {
    billing: {
      readInvoices: (ids) => readRows(billing, invoices, ids),
      recordPayment: (effect, draft) => recordPayment(billing, effectIn('billing', effect), draft),
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
