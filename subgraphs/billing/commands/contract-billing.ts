import type { BilledInvoice } from '#domain/adjustment-document.ts'
import type { LineNames } from '#domain/bill.ts'
import type { Subscription } from '#domain/billing.ts'
import type { Queryable } from '#platform/database.ts'
import { readRows } from '#platform/table.ts'
import { readRowsBy } from '../store.ts'
import { creditNotes, invoices, products, subscriptions } from '../tables.ts'

/** What billing did for a contract: what its next invoice or credit note follows from. */
interface ContractBilling {
  /** Null before it is opened, and for a contract without recurring lines. */
  readonly subscription: Subscription | null
  readonly invoices: readonly BilledInvoice[]
  readonly names: LineNames
}

/** Reads what billing did for a contract. `productIds` are those that its lines sell: their names go onto invoices. */
export async function readContractBilling(
  db: Queryable,
  contractId: string,
  productIds: readonly string[],
): Promise<ContractBilling> {
  const known = await readRowsBy(db, subscriptions, 'contractId', [contractId])
  const subscription =
    known.toSorted((a, b) => Temporal.PlainDate.compare(a.startDate, b.startDate)).at(-1) ?? null
  const billed = await readRowsBy(db, invoices, 'contractId', [contractId])
  const notes = await readRowsBy(
    db,
    creditNotes,
    'invoiceId',
    billed.map(({ id }) => id),
  )
  const named = await readRows(db, products, productIds)
  const items = known.flatMap((it) => it.items)
  return {
    subscription,
    invoices: billed
      .filter(({ lifecycle }) => lifecycle === 'ISSUED' || lifecycle === 'UNCOLLECTIBLE')
      .map((invoice) => ({
        invoice,
        creditNotes: notes.filter(({ invoiceId }) => invoiceId === invoice.id),
      })),
    names: {
      products: new Map(named.map(({ id, name }) => [id, name])),
      items: new Map(
        items.flatMap(({ id, contractLineId }) => (contractLineId === null ? [] : [[contractLineId, id]])),
      ),
    },
  }
}
