import type { Queryable } from '#platform/database.ts'

/** Documents of a legal entity that are dated before a day, after an id in order. */
interface DatedPage {
  readonly legalEntityId: string
  readonly before: Temporal.PlainDate
  readonly afterId: string
  readonly limit: number
}

/** A document in the version that it has now. */
interface DocumentVersion {
  readonly id: string
  readonly version: number
}

/** Kinds of documents, each with the day on which it concerns the books. Some belong to the entity of their payment. */
const KINDS = [
  { table: 'invoice', date: 'issue_date' },
  { table: 'payment', date: 'received_on' },
  { table: 'credit_note', date: 'issued_on' },
  { table: 'refund', date: 'refunded_on', isOfPayment: true },
  { table: 'dispute', date: 'opened_on', isOfPayment: true },
] as const

/** A page of the documents that the books of a legal entity must have taken by a day, in order of id. */
export function readDatedDocuments(
  db: Queryable,
  { legalEntityId, before, afterId, limit }: DatedPage,
): Promise<DocumentVersion[]> {
  return db.rows<DocumentVersion>({
    name: 'billing dated documents',
    text: `SELECT id, version FROM (${KINDS.map(pageOf).join(' UNION ALL ')}) AS document ORDER BY id LIMIT $4`,
    values: [legalEntityId, before.toString(), afterId, limit],
  })
}

function pageOf({ table, date, ...kind }: (typeof KINDS)[number]): string {
  const isOfPayment = 'isOfPayment' in kind
  return `(SELECT d.id, d.version FROM billing.${table} d
    ${isOfPayment ? 'JOIN billing.payment owner ON owner.id = d.payment_id' : ''}
    WHERE ${isOfPayment ? 'owner' : 'd'}.legal_entity_id = $1 AND d.${date} < $2 AND d.id > $3 ORDER BY d.id LIMIT $4)`
}
