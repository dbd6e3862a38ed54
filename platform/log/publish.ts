import type { SubgraphName } from '#platform/config.ts'
import type { Database, Queryable } from '#platform/database.ts'
import { EVENT_COLUMNS, type EventRow, eventsOf, joinEvent, type LoggedEvent } from './event.ts'

/** Events that are published at once. */
export const BATCH_SIZE = 1_000

/**
 * Gives the oldest events of the outbox their positions and takes them out of it. One statement, hence one transaction
 * that no stopped client can leave open. A leader of an older epoch publishes nothing: the head is locked, and the
 * epoch looked at, before anything is taken.
 */
export async function publish(db: Queryable, source: SubgraphName, epoch: bigint): Promise<LoggedEvent[]> {
  const rows = await db.rows<EventRow>({
    name: `${source} relay publishes`,
    text: `WITH due AS MATERIALIZED (
        SELECT id FROM ${source}.outbox ORDER BY id LIMIT ${BATCH_SIZE}
      ), leader AS MATERIALIZED (
        SELECT head FROM ${source}.relay WHERE epoch = $1 AND EXISTS (SELECT FROM due) FOR UPDATE
      ), taken AS (
        DELETE FROM ${source}.outbox o USING leader WHERE o.id = ANY (ARRAY (SELECT id FROM due))
        RETURNING o.id, o.aggregate_id, o.version, leader.head
      ), logged AS (
        INSERT INTO ${source}.log (position, aggregate_id, version, type)
        SELECT l.head + row_number() OVER (ORDER BY l.id), l.aggregate_id, l.version, e.type
        FROM taken l ${joinEvent(source)}
        RETURNING position, aggregate_id, version, published_at
      ), moved AS (
        UPDATE ${source}.relay SET head = head + (SELECT count(*) FROM logged) WHERE EXISTS (SELECT FROM logged)
      )
      SELECT ${EVENT_COLUMNS} FROM logged l ${joinEvent(source)} ORDER BY l.position`,
    values: [epoch],
  })
  return eventsOf(source, rows)
}

/**
 * Publishes what earlier releases recorded, before anything else: by the time of recording, but never an aggregate's
 * version before the one below it, whatever the clocks said. It happens once in the life of a store and may take a
 * while, so the row of the relay is locked at its end only. Throws where another node has taken the office meanwhile.
 */
export async function publishHistory(db: Database, source: SubgraphName, epoch: bigint): Promise<void> {
  const text = `SELECT has_history AS "hasHistory" FROM ${source}.relay`
  const [relay] = await db.rows<{ hasHistory: boolean }>({ text, values: [] })
  if (relay?.hasHistory !== true) return
  await db.transaction(async (transaction) => {
    await transaction.rows({ text: 'SET LOCAL statement_timeout = 0', values: [] })
    await transaction.rows({
      text: `INSERT INTO ${source}.log (position, aggregate_id, version, type)
        SELECT row_number() OVER (ORDER BY recorded_by, version, aggregate_id), aggregate_id, version, type
        FROM (
          SELECT aggregate_id, version, type,
            max(recorded_at) OVER (PARTITION BY aggregate_id ORDER BY version) AS recorded_by
          FROM ${source}.event e
          WHERE NOT EXISTS (SELECT FROM ${source}.outbox WHERE aggregate_id = e.aggregate_id AND version = e.version)
        ) AS history`,
      values: [],
    })
    const ended = await transaction.rows({
      text: `UPDATE ${source}.relay
        SET head = (SELECT coalesce(max(position), 0) FROM ${source}.log), has_history = false
        WHERE epoch = $1 AND has_history RETURNING head`,
      values: [epoch],
    })
    if (ended.length === 0) throw new Error(`another node publishes the history of ${source}`)
  })
}
