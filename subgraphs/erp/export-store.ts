import type { LedgerAccount } from '#domain/erp.ts'
import type { Queryable } from '#platform/database.ts'
import { journalEntries } from './store.ts'
import { ledgerAccounts, legalEntities } from './tables.ts'
import type { JournalEntry } from '#domain/journal.ts'

/** An account as it stands in an exported journal. */
export interface ExportedAccount {
  readonly account: LedgerAccount
  readonly entityCode: string
}

/** What of the journal is exported. */
export interface ExportedPart {
  readonly legalEntityIds: readonly string[]
  /** Entries that are effective by the end of this day; null for all. */
  readonly through: Temporal.PlainDate | null
}

/** From here on every statement of the transaction sees the same books, whatever is posted meanwhile. */
export async function holdStill(transaction: Queryable): Promise<void> {
  await transaction.rows({ text: 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY', values: [] })
}

/** Legal entities by code: all, or the one of a code. */
export async function readExportedEntities(db: Queryable, code: string | null) {
  const rows = await db.rows<Record<string, unknown>>({
    text: `SELECT ${legalEntities.select} FROM erp.legal_entity t
      WHERE $1::text IS NULL OR t.code = $1 ORDER BY t.code COLLATE "C"`,
    values: [code],
  })
  return rows.map(legalEntities.read)
}

/** Accounts of legal entities that have lines or might, by their codes. */
export async function readExportedAccounts(
  db: Queryable,
  legalEntityIds: readonly string[],
): Promise<ExportedAccount[]> {
  const rows = await db.rows<Record<string, unknown>>({
    text: `SELECT ${ledgerAccounts.select}, owner.code AS "entityCode"
      FROM erp.ledger_account t JOIN erp.legal_entity owner ON owner.id = t.legal_entity_id
      WHERE t.legal_entity_id = ANY($1) ORDER BY owner.code COLLATE "C", t.code COLLATE "C"`,
    values: [legalEntityIds],
  })
  return rows.map(({ entityCode, ...row }) => ({
    account: ledgerAccounts.read(row),
    entityCode: entityCode as string,
  }))
}

/** Currencies of the documents and of the books, by code, and the day of the first entry; null where there is none. */
export async function readExtent(
  db: Queryable,
  { legalEntityIds, through }: ExportedPart,
): Promise<{ readonly currencies: readonly string[]; readonly firstDay: Temporal.PlainDate | null }> {
  const [row] = await db.rows<{ currencies: string[] | null; firstDay: Temporal.PlainDate | null }>({
    text: `WITH part AS (
        SELECT currency, functional_currency, date FROM erp.journal_entry
        WHERE legal_entity_id = ANY($1) AND ($2::date IS NULL OR date <= $2)
      )
      SELECT (SELECT array_agg(DISTINCT code) FROM part, unnest(ARRAY[currency, functional_currency]) AS code)
          AS currencies, (SELECT min(date) FROM part) AS "firstDay"`,
    values: [legalEntityIds, through?.toString() ?? null],
  })
  return { currencies: (row?.currencies ?? []).toSorted(), firstDay: row?.firstDay ?? null }
}

const ENTRIES_PER_FETCH = 500

/** Entries with their lines by date, legal entity and number, a bounded batch at a time: however many there are. */
export async function* readEntriesInOrder(
  transaction: Queryable,
  { legalEntityIds, through }: ExportedPart,
): AsyncGenerator<JournalEntry[]> {
  await transaction.rows({
    text: `DECLARE exported_entry NO SCROLL CURSOR FOR
      SELECT ${journalEntries.select} FROM erp.journal_entry t
      JOIN erp.legal_entity owner ON owner.id = t.legal_entity_id
      WHERE t.legal_entity_id = ANY($1) AND ($2::date IS NULL OR t.date <= $2)
      ORDER BY t.date, owner.code COLLATE "C", t.sequence`,
    values: [legalEntityIds, through?.toString() ?? null],
  })
  const fetch = { text: `FETCH ${ENTRIES_PER_FETCH} FROM exported_entry`, values: [] }
  // Ends: the cursor moves on with every batch, and gives an empty one after the last.
  for (;;) {
    const rows = await transaction.rows<Record<string, unknown>>(fetch)
    if (rows.length === 0) break
    yield rows.map(journalEntries.read)
  }
  await transaction.rows({ text: 'CLOSE exported_entry', values: [] })
}
