import { POSTED_AT } from './balance-store.ts'
import { revenueSchedules } from './schedule-store.ts'
import type { RevenueSchedule } from './tables.ts'
import type { Queryable } from '#platform/database.ts'

/** The version of the schedule `s` by the instant $1, the one in force where that is null. */
export const KNOWN_VERSION = `SELECT v.version, v.recorded_at, v.data FROM erp.event v
  WHERE v.aggregate_id = s.id AND ($1::timestamptz IS NULL OR v.recorded_at <= $1)
  ORDER BY v.version DESC LIMIT 1`

/** Whether the month `m` was in force in the version that was `known`. */
export const IN_FORCE =
  'm.version <= known.version AND (m.superseded_by IS NULL OR m.superseded_by > known.version)'

/** Whether the entry `e` was posted by the instant $1. */
export const POSTED_BY_THEN = `($1::timestamptz IS NULL OR ${POSTED_AT} <= $1)`

/** Schedules by id or contract as they were known at an instant, by start of service; none that was planned later. */
export async function readSchedulesKnownAt(
  db: Queryable,
  by: 'id' | 'contract_id',
  ids: readonly string[],
  knownAt: Temporal.Instant,
): Promise<RevenueSchedule[]> {
  const rows = await db.rows<Record<string, unknown>>({
    name: `erp schedules known at by ${by}`,
    text: `SELECT s.id, known.version, known.recorded_at AS "recordedAt", known.data->'externalRefs' AS "externalRefs",
        s.obligation_id AS "obligationId", s.contract_id AS "contractId", s.customer_id AS "customerId",
        s.legal_entity_id AS "legalEntityId", known.data->>'description' AS description,
        known.data->>'method' AS method, s.currency, (known.data->>'allocatedPrice')::bigint AS "allocatedPrice",
        known.data->'servicePeriod' AS "servicePeriod", (
          SELECT string_agg(concat_ws(' ', m.period, CASE WHEN e.id IS NULL THEN 'PLANNED' ELSE m.status END,
            m.amount, e.id), ',' ORDER BY m.period)
          FROM erp.schedule_entry m
          LEFT JOIN erp.journal_entry e ON e.id = m.journal_entry_id AND ${POSTED_BY_THEN}
          WHERE m.schedule_id = s.id AND ${IN_FORCE}
        ) AS entries
      FROM erp.revenue_schedule s CROSS JOIN LATERAL (${KNOWN_VERSION}) known
      WHERE s.${by} = ANY($2) ORDER BY known.data->'servicePeriod'->>'start', s.id`,
    values: [knownAt.toString(), ids],
  })
  return rows.map(revenueSchedules.read)
}
