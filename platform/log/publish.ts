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
 * version before the one below it, whatever the clocks said. Once for each store; false where the office is lost.
 */
export async function publishHistory(db: Database, source: SubgraphName, epoch: bigint): Promise<void> {
  await db.transaction(async (transaction) => {
    await transaction.rows({ text: 'SET LOCAL statement_timeout = 0', values: [] })
    await transaction.rows({
      text: `WITH leader AS MATERIALIZED (
          SELECT FROM ${source}.relay WHERE epoch = $1 AND has_history FOR UPDATE
        ), logged AS (
          INSERT INTO ${source}.log (position, aggregate_id, version, type)
          SELECT row_number() OVER (ORDER BY recorded_by, version, aggregate_id), aggregate_id, version, type
          FROM leader, (
            SELECT aggregate_id, version, type,
              max(recorded_at) OVER (PARTITION BY aggregate_id ORDER BY version) AS recorded_by
            FROM ${source}.event
            WHERE NOT EXISTS (SELECT FROM ${source}.outbox o
              WHERE o.aggregate_id = event.aggregate_id AND o.version = event.version)
          ) AS history
          RETURNING position
        )
        UPDATE ${source}.relay SET head = (SELECT count(*) FROM logged), has_history = false
        WHERE epoch = $1 AND has_history`,
      values: [epoch],
    })
  })
}
