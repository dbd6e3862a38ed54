import type { SubgraphName } from '#platform/config.ts'
import type { Queryable } from '#platform/database.ts'
import { type EventRow, eventsOf, type LoggedEvent } from '#platform/log/event.ts'
import type { MetricMovement } from './metrics/grouped.ts'
import type { SumsWanted } from './sums-store.ts'

const CURRENT_GENERATION = 'coalesce((SELECT generation FROM insight.projection WHERE name = $1), 1)'

/** The states that are read of groups, by group and then by key. */
export async function readGroups<State>(
  db: Queryable,
  projection: string,
  groups: readonly string[],
): Promise<Map<string, Map<string, State>>> {
  const rows = await db.rows<{ group: string; key: string; state: State }>({
    name: 'insight metric groups',
    // Nearly all states are of one group, with an index of their own; those of several, such as payments of several
    // invoices, are few. Both are found by the groups alone: beside a condition on the projection, the planner would go
    // through all of its states.
    text: `WITH own AS MATERIALIZED (
        SELECT projection, generation, state->'groups'->>0 AS name, key, state FROM insight.projection_state
        WHERE state ? 'groups' AND state->'groups'->>0 = ANY($2)
      ), shared AS MATERIALIZED (
        SELECT projection, generation, g.name, key, state
        FROM insight.projection_state CROSS JOIN LATERAL jsonb_array_elements_text(state->'groups') AS g(name)
        WHERE jsonb_array_length(state->'groups') > 1 AND state->'groups' ?| $2
          AND g.name = ANY($2) AND state->'groups'->>0 <> g.name
      )
      SELECT name AS group, key, state FROM (SELECT * FROM own UNION ALL SELECT * FROM shared) AS found
      WHERE projection = $1 AND generation = ${CURRENT_GENERATION}
      ORDER BY key`,
    values: [projection, groups],
  })
  const byGroup = Map.groupBy(rows, ({ group }) => group)
  return new Map(
    groups.map((group) => [group, new Map((byGroup.get(group) ?? []).map(({ key, state }) => [key, state]))]),
  )
}

/** The groups of states behind a key, in the order of their keys. */
export function readGroupsOfStates(
  db: Queryable,
  projection: string,
  after: string,
  limit: number,
): Promise<{ readonly key: string; readonly groups: readonly string[] }[]> {
  return db.rows({
    name: 'insight metric groups of states',
    text: `SELECT key, state->'groups' AS groups FROM insight.projection_state
      WHERE projection = $1 AND generation = ${CURRENT_GENERATION} AND key > $2 ORDER BY key LIMIT $3`,
    values: [projection, after, limit],
  })
}

/** Takes out what was kept of groups, and gives it. */
export function takeMovements(
  db: Queryable,
  projection: string,
  groups: readonly string[],
): Promise<MetricMovement[]> {
  return db.rows<MetricMovement>({
    name: 'insight take metric movements',
    text: `DELETE FROM insight.metric_movement WHERE projection = $1 AND group_key = ANY($2)
      RETURNING "on", measure, legal_entity_id AS "legalEntityId", currency, customer_id AS "customerId",
        source_type AS "sourceType", source_id AS "sourceId", amount`,
    values: [projection, groups],
  })
}

/** Forgets what was kept of all groups. */
export async function forgetMovements(db: Queryable, projection: string): Promise<void> {
  await db.rows({ text: 'DELETE FROM insight.metric_movement WHERE projection = $1', values: [projection] })
}

/** Keeps what follows from groups, one statement for all. */
export async function addMovements(
  db: Queryable,
  projection: string,
  byGroup: ReadonlyMap<string, readonly MetricMovement[]>,
): Promise<void> {
  const rows = [...byGroup].flatMap(([group, own]) => own.map((it, place) => ({ ...it, group, place })))
  if (rows.length === 0) return
  await db.rows({
    name: 'insight add metric movements',
    text: `INSERT INTO insight.metric_movement (projection, group_key, place, "on", measure, legal_entity_id, currency,
        customer_id, source_type, source_id, amount)
      SELECT $1, * FROM unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
        $9::text[], $10::text[], $11::bigint[])`,
    values: [
      projection,
      rows.map((row) => row.group),
      rows.map((row) => row.place),
      rows.map((row) => row.on),
      rows.map((row) => row.measure),
      rows.map((row) => row.legalEntityId),
      rows.map((row) => row.currency),
      rows.map((row) => row.customerId),
      rows.map((row) => row.sourceType),
      rows.map((row) => row.sourceId),
      rows.map((row) => row.amount),
    ],
  })
}

/** Movements of measures before the last of the days that are wanted, those of a group in their order. */
export function readMovements(
  db: Queryable,
  measures: readonly string[],
  { stretches, legalEntityIds, currencies }: SumsWanted,
): Promise<MetricMovement[]> {
  const ends = stretches.map(({ end }) => end.toString()).toSorted()
  return db.rows<MetricMovement>({
    name: 'insight metric movements',
    text: `SELECT "on", measure, legal_entity_id AS "legalEntityId", currency, customer_id AS "customerId",
        source_type AS "sourceType", source_id AS "sourceId", amount
      FROM insight.metric_movement
      WHERE measure = ANY($1) AND "on" < $2 AND legal_entity_id = ANY($3) AND ($4::text[] IS NULL OR currency = ANY($4))
      ORDER BY projection, group_key, place`,
    values: [measures, ends.at(-1) ?? '', legalEntityIds, currencies],
  })
}

/** The events of all that a projection keeps, recorded by an instant; of each aggregate in their order. */
export async function readEventsBy(
  db: Queryable,
  projection: string,
  source: SubgraphName,
  instant: Temporal.Instant,
): Promise<LoggedEvent[]> {
  const rows = await db.rows<EventRow>({
    name: `insight ${projection} events by`,
    text: `SELECT e.aggregate_id || '.' || e.version AS id, 0::bigint AS position, e.type,
        e.aggregate_id AS "aggregateId", e.version, e.recorded_at AS "recordedAt", e.recorded_at AS "publishedAt",
        e.correlation_id AS "correlationId", e.causation_id AS "causationId", e.traceparent, e.data
      FROM insight.projection_state s CROSS JOIN LATERAL (
        SELECT * FROM ${source}.event WHERE aggregate_id = s.key AND recorded_at <= $2 ORDER BY version
      ) AS e
      WHERE s.projection = $1 AND s.generation = ${CURRENT_GENERATION} ORDER BY s.key, e.version`,
    values: [projection, instant.toString()],
  })
  return eventsOf(source, rows)
}
