import type { AuditedEvent, AuditRecord } from '#domain/audit.ts'
import { SUBGRAPHS, type SubgraphName } from '#platform/config.ts'
import type { Queryable, Transaction } from '#platform/database.ts'
import type { ListSpec } from '#platform/page.ts'
import { bigint, instant, int, table, text } from '#platform/table.ts'

const auditRecords = table<AuditRecord>('operations.audit_record', {
  id: text,
  sequence: bigint,
  source: text,
  aggregateId: text,
  eventVersion: int,
  action: text,
  actor: text,
  correlationId: text,
  happenedAt: instant,
  hash: text,
})

/** The trail, newest first. */
export const auditTrail: ListSpec<AuditRecord> = {
  name: 'auditTrail',
  table: auditRecords,
  parent: null,
  sortKeys: { SEQUENCE: { column: 'sequence', type: 'bigint' } },
  defaultOrder: { field: 'SEQUENCE', direction: 'DESC' },
  filters: {
    action: { column: 'action', type: 'text' },
    actor: { column: 'actor', type: 'text' },
    subject: { column: 'aggregate_id', type: 'text' },
    correlationId: { column: 'correlation_id', type: 'text' },
  },
}

/** Whoever adds to the trail waits until the one before has ended. */
export async function lockTrail(db: Queryable): Promise<void> {
  await db.rows({
    name: 'operations lock trail',
    text: `SELECT pg_advisory_xact_lock(hashtextextended('operations audit trail', 0))`,
    values: [],
  })
}

/** The last record; undefined where there is none. */
export async function readLast(db: Queryable): Promise<AuditRecord | undefined> {
  const rows = await db.rows<Record<string, unknown>>({
    name: 'operations last of trail',
    text: `SELECT ${auditRecords.select} FROM operations.audit_record t ORDER BY sequence DESC LIMIT 1`,
    values: [],
  })
  return rows.map(auditRecords.read)[0]
}

/** Adds records, which are new. */
export const addRecords = (unit: Transaction, records: readonly AuditRecord[]): Promise<void> =>
  auditRecords.insert(unit, records)

/** Records behind a place, in their order. */
export async function readRecords(db: Queryable, after: bigint, limit: number): Promise<AuditRecord[]> {
  const rows = await db.rows<Record<string, unknown>>({
    name: 'operations stretch of trail',
    text: `SELECT ${auditRecords.select} FROM operations.audit_record t WHERE sequence > $1 ORDER BY sequence LIMIT $2`,
    values: [after, limit],
  })
  return rows.map(auditRecords.read)
}

/** Which event of a source. */
export interface EventKey {
  readonly aggregateId: string
  readonly version: number
}

const auditedEvent = (source: SubgraphName): string => `SELECT '${source}' AS source,
    e.aggregate_id AS "aggregateId", e.version, e.type, e.recorded_at AS "recordedAt",
    e.correlation_id AS "correlationId", b.data AS before, e.data AS after
  FROM ${source}.event e
  LEFT JOIN ${source}.event b ON b.aggregate_id = e.aggregate_id AND b.version = e.version - 1`

/** Events with the states before them, in no order; one that is gone is left out. */
export function readAudited(
  db: Queryable,
  source: SubgraphName,
  keys: readonly EventKey[],
): Promise<AuditedEvent[]> {
  if (keys.length === 0) return Promise.resolve([])
  return db.rows({
    name: `${source} audited events`,
    text: `${auditedEvent(source)}
      JOIN unnest($1::text[], $2::int[]) AS wanted(id, version)
        ON wanted.id = e.aggregate_id AND wanted.version = e.version`,
    values: [keys.map(({ aggregateId }) => aggregateId), keys.map(({ version }) => version)],
  })
}

/** The events that records tell of, as they are kept now, in the order of the records; undefined for what is gone. */
export async function readEventsOf(
  db: Queryable,
  records: readonly AuditRecord[],
): Promise<(AuditedEvent | undefined)[]> {
  const events = await Promise.all(
    SUBGRAPHS.map((source) =>
      readAudited(db, source, records.filter((record) => record.source === source).map(keyIn)),
    ),
  )
  const named = new Map(events.flat().map((event) => [nameOf(event.source, event), event]))
  return records.map((record) => named.get(nameOf(record.source, keyIn(record))))
}

const keyIn = ({ aggregateId, eventVersion: version }: AuditRecord): EventKey => ({ aggregateId, version })

const nameOf = (source: string, { aggregateId, version }: EventKey): string =>
  `${source} ${aggregateId} ${version}`

const unrecorded = (source: SubgraphName): string => `NOT EXISTS (
  SELECT FROM operations.audit_record r
  WHERE r.source = '${source}' AND r.aggregate_id = e.aggregate_id AND r.event_version = e.version)`

/** What a workflow did in a system and is not on the trail yet, in the order in which it was done. */
export function readDone(db: Queryable, source: SubgraphName, workflowId: string): Promise<AuditedEvent[]> {
  return db.rows({
    name: `${source} events of a workflow`,
    text: `${auditedEvent(source)}
      WHERE e.correlation_id = $1 AND e.correlation_id LIKE 'wfl\\_%' AND ${unrecorded(source)}
      ORDER BY e.recorded_at, e.aggregate_id, e.version`,
    values: [workflowId],
  })
}

/** An event that should be on the trail, and is not: the first by its place in the log of its source. */
export async function readLeftOut(
  db: Queryable,
  source: SubgraphName,
  types: readonly string[],
): Promise<EventKey | undefined> {
  const [leftOut] = await db.rows<EventKey>({
    text: `SELECT e.aggregate_id AS "aggregateId", e.version
      FROM ${source}.log l JOIN ${source}.event e USING (aggregate_id, version)
      WHERE l.type = ANY($1) AND ${unrecorded(source)} AND l.position <= (
        SELECT min(position) FROM operations.consumer WHERE name = 'audit' AND source = '${source}')
      ORDER BY l.position LIMIT 1`,
    values: [types],
  })
  return leftOut
}
