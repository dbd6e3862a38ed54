/** What of the books is brought to outside ledgers. */
import type { JournalEntry } from '#domain/journal.ts'
import type { Queryable } from '#platform/database.ts'
import { journalEntries } from './store.ts'

/** A workflow, and documents that it made. */
interface Maker {
  /** Id of the workflow. */
  readonly correlationId: string
  readonly acceptedAt: Temporal.Instant
  readonly documentIds: readonly string[]
}

/**
 * What the books posted for a workflow, in the order of the journals: its own entries, and those of its documents that
 * somebody else posted since it was accepted. What is older was there before, and whoever made it has dealt with it.
 */
export async function readEntriesFor(
  db: Queryable,
  { correlationId, acceptedAt, documentIds }: Maker,
): Promise<JournalEntry[]> {
  const rows = await db.rows<Record<string, unknown>>({
    name: 'erp entries for a workflow',
    text: `SELECT ${journalEntries.select} FROM erp.journal_entry t WHERE t.id IN (
        SELECT e.aggregate_id FROM erp.event e WHERE e.correlation_id = $1 AND e.correlation_id LIKE 'wfl\\_%'
          AND e.aggregate = 'journal' AND e.version = 1
        UNION
        SELECT j.id FROM erp.journal_entry j JOIN erp.event e ON e.aggregate_id = j.id AND e.version = 1
        WHERE j.source_id = ANY($2) AND e.recorded_at >= $3
      ) ORDER BY t.legal_entity_id, t.sequence`,
    values: [correlationId, documentIds, acceptedAt.toString()],
  })
  return rows.map(journalEntries.read)
}

/** The effect key under which an entry goes to an outside ledger, from now on if it had none. */
export async function claimEntry(
  db: Queryable,
  system: string,
  entryId: string,
  effectKey: string,
): Promise<string> {
  const [claimed] = await db.rows<{ effectKey: string }>({
    name: 'erp claim outside entry',
    text: `INSERT INTO erp.outside_entry AS known (system, entry_id, effect_key) VALUES ($1, $2, $3)
      ON CONFLICT (system, entry_id) DO UPDATE SET effect_key = known.effect_key
      RETURNING effect_key AS "effectKey"`,
    values: [system, entryId, effectKey],
  })
  if (claimed === undefined) throw new Error(`${entryId} was not claimed for ${system}`)
  return claimed.effectKey
}
