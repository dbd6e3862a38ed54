import type { AccountingPeriodFact } from '#domain/erp.ts'
import type { Queryable } from '#platform/database.ts'
import { auditPath, hashesIn } from '#platform/merkle.ts'

/** Which period is sealed. */
type NamedPeriod = Pick<AccountingPeriodFact, 'id' | 'legalEntityId' | 'period'>

/** A seal as it is published; hashes are hexadecimal. */
export interface PeriodSeal {
  readonly periodId: string
  /** 1 for the first close of the period, one more for each that followed. */
  readonly version: number
  readonly entryCount: bigint
  /** Root of the Merkle tree over the entries. */
  readonly root: string
  /** The seal of the legal entity before it; null for its first. */
  readonly previousHash: string | null
  readonly hash: string
  readonly sealedAt: Temporal.Instant
  /** The text of which `hash` is the SHA-256. */
  readonly statement: string
}

/** What proves that an entry is under the newest seal of its period. */
export interface SealProof {
  readonly periodId: string
  /** The text whose hash is the leaf. */
  readonly content: string
  /** Place among the entries of the period, from 0. */
  readonly place: number
  /** Hashes beside the way from the leaf to the root, from the bottom; hexadecimal. */
  readonly path: readonly string[]
}

/** How many entries one tile has the hashes of: 8 levels of the tree, as `erp.seal_tile` has it. */
const TILE_ENTRIES = 256
/** Entries that one statement hashes: 64 tiles, under a second. */
const BATCH_ENTRIES = 64 * TILE_ENTRIES

/**
 * Seals what is in a period now: hashes its entries, adds the seal to those of the legal entity, and returns its hash.
 * The caller holds the lock of the legal entity.
 */
export async function sealEntries(
  db: Queryable,
  period: NamedPeriod,
  sealedAt: Temporal.Instant,
): Promise<string> {
  const entries = await hashEntries(db, period)
  const [seal] = await db.rows<{ hash: string }>({
    name: 'erp seal period',
    text: `WITH next AS (
        SELECT
          (SELECT coalesce(max(version), 0) + 1 FROM erp.period_seal WHERE period_id = $1) AS version,
          (SELECT coalesce(max(number), 0) + 1 FROM erp.period_seal WHERE legal_entity_id = $2) AS number,
          (SELECT hash FROM erp.period_seal WHERE legal_entity_id = $2 ORDER BY number DESC LIMIT 1) AS previous,
          (SELECT erp.merkle_root(array_agg(root ORDER BY number)) FROM erp.seal_tile WHERE period_id = $1) AS root
      )
      INSERT INTO erp.period_seal (period_id, legal_entity_id, period, entry_count, sealed_at, version, number,
        previous_hash, root, hash)
      SELECT $1, $2, $3, $4, $5, version, number, previous, root, sha256(convert_to(
        erp.seal_statement($2, $3, version, $4, root, previous, $5), 'UTF8'))
      FROM next RETURNING encode(hash, 'hex') AS hash`,
    values: [period.id, period.legalEntityId, period.period.toString(), entries, sealedAt.toString()],
  })
  if (seal === undefined) throw new Error(`${period.id} was not sealed`)
  return seal.hash
}

/**
 * Takes the hashes of the entries of a period, from the first tile on that is not full yet; returns how many entries
 * there are. The database keeps the hashes alone, so that a million entries take no more memory than a few.
 */
async function hashEntries(db: Queryable, { id, legalEntityId, period }: NamedPeriod): Promise<bigint> {
  const [begun] = await db.rows<{ tile: number; after: bigint }>({
    name: 'erp tile to go on with',
    text: `SELECT coalesce(max(number), 0) AS tile, coalesce(max(first_sequence), 1) - 1 AS after
      FROM erp.seal_tile WHERE period_id = $1`,
    values: [id],
  })
  let [tile, after] = [begun?.tile ?? 0, begun?.after ?? 0n]
  // Ends: every batch begins after the last entry of the one before.
  for (;;) {
    const batch = await hashBatch(db, [id, legalEntityId, period.toString(), after, tile])
    if (batch.entries < BATCH_ENTRIES) return BigInt(tile * TILE_ENTRIES + batch.entries)
    tile += BATCH_ENTRIES / TILE_ENTRIES
    after = batch.last
  }
}

/** Period, legal entity, month, the sequence after which to go on, and the number of the tile that begins there. */
type BatchStart = readonly [string, string, string, bigint, number]

async function hashBatch(db: Queryable, start: BatchStart): Promise<{ entries: number; last: bigint }> {
  const [batch] = await db.rows<{ entries: number; last: bigint }>({
    name: 'erp hash entries',
    text: `WITH leaf AS (
        SELECT sequence, row_number() OVER (ORDER BY sequence) - 1 AS place, erp.leaf_hash(content) AS hash
        FROM (
          SELECT sequence, content FROM erp.sealed_content
          WHERE legal_entity_id = $2 AND period = $3 AND sequence > $4 ORDER BY sequence LIMIT ${BATCH_ENTRIES}
        ) AS batch
      ), tile AS (
        INSERT INTO erp.seal_tile (period_id, number, first_sequence, hashes, root)
        SELECT $1, ($5 + place / ${TILE_ENTRIES})::int, min(sequence), string_agg(hash, '' ORDER BY place),
          erp.merkle_root(array_agg(hash ORDER BY place))
        FROM leaf GROUP BY place / ${TILE_ENTRIES}
        ON CONFLICT (period_id, number) DO UPDATE SET hashes = excluded.hashes, root = excluded.root
      )
      SELECT count(*)::int AS entries, coalesce(max(sequence), $4) AS last FROM leaf`,
    values: start,
  })
  return batch ?? { entries: 0, last: 0n }
}

/** Seals of each period, newest first; in the order of the ids. */
export async function readSeals(
  db: Queryable,
  periodIds: readonly string[],
): Promise<(readonly PeriodSeal[])[]> {
  const rows = await db.rows<PeriodSeal>({
    name: 'erp seals of periods',
    text: `SELECT period_id AS "periodId", version, entry_count AS "entryCount", encode(root, 'hex') AS root,
        encode(previous_hash, 'hex') AS "previousHash", encode(hash, 'hex') AS hash, sealed_at AS "sealedAt",
        erp.seal_statement(legal_entity_id, period, version, entry_count, root, previous_hash, sealed_at)
          AS statement
      FROM erp.period_seal WHERE period_id = ANY($1) ORDER BY version DESC`,
    values: [periodIds],
  })
  const byPeriod = Map.groupBy(rows, ({ periodId }) => periodId)
  return periodIds.map((id) => byPeriod.get(id) ?? [])
}

/** An entry of a sealed period, with the hashes of its tile and the roots of all tiles. */
interface SealedEntry {
  readonly id: string
  readonly periodId: string
  readonly content: string
  readonly tile: number
  readonly placeInTile: number
  readonly hashes: Buffer
  readonly roots: Buffer
}

/** What proves that each entry is under the newest seal of its period, or null; in the order of the ids. */
export async function readSealProofs(
  db: Queryable,
  entryIds: readonly string[],
): Promise<(SealProof | null)[]> {
  const rows = await db.rows<SealedEntry>({
    name: 'erp seal proofs',
    text: `SELECT e.id, p.id AS "periodId", c.content, t.number AS tile, t.hashes, (
          SELECT count(*)::int FROM erp.journal_entry b
          WHERE b.legal_entity_id = e.legal_entity_id AND b.period = e.period
            AND b.sequence >= t.first_sequence AND b.sequence < e.sequence
        ) AS "placeInTile",
        (SELECT string_agg(root, '' ORDER BY number) FROM erp.seal_tile WHERE period_id = p.id) AS roots
      FROM erp.journal_entry e
      JOIN erp.accounting_period p ON p.legal_entity_id = e.legal_entity_id AND p.period = e.period
      JOIN erp.sealed_content c ON c.id = e.id
      CROSS JOIN LATERAL (
        SELECT * FROM erp.seal_tile WHERE period_id = p.id AND first_sequence <= e.sequence
        ORDER BY number DESC LIMIT 1
      ) AS t
      WHERE e.id = ANY($1)`,
    values: [entryIds],
  })
  const proofs = new Map(rows.map((row) => [row.id, proofOf(row)]))
  return entryIds.map((id) => proofs.get(id) ?? null)
}

/** The way up inside the tile, and on from its root. An entry that came after the seal is in no tile. */
function proofOf({ periodId, content, tile, placeInTile, hashes, roots }: SealedEntry): SealProof | null {
  const leaves = hashesIn(hashes)
  if (placeInTile >= leaves.length) return null
  const path = [...auditPath(leaves, placeInTile), ...auditPath(hashesIn(roots), tile)]
  return {
    periodId,
    content,
    place: tile * TILE_ENTRIES + placeInTile,
    path: path.map((hash) => hash.toString('hex')),
  }
}
