import type { Queryable } from '#platform/database.ts'
import { parseDate } from '#platform/dates.ts'

/** No other system bills it too, whoever stated it last. */
export const IS_OURS = `NOT jsonb_path_exists(s.external_refs, '$[*] ? (@.system != "revgraph")')`

/** A contract of which something fell due, and the last day on which something did. */
export interface DueContract {
  readonly contractId: string
  readonly dueOn: Temporal.PlainDate
}

/**
 * Contracts that subscriptions of ours bill, after an id in order, of which through a day a period ended before their
 * service did, an item began inside of one and is on no invoice, or the subscription was to be cancelled. One that
 * pauses is billed for the time until then: its items end where it stands still. What another system bills is left to
 * it.
 */
export async function readDueContracts(
  db: Queryable,
  through: Temporal.PlainDate,
  afterId: string,
  limit: number,
): Promise<DueContract[]> {
  const rows = await db.rows<{ contractId: string; dueOn: string }>({
    name: 'billing contracts due',
    text: `SELECT s.contract_id AS "contractId", max(due.began)::text AS "dueOn"
      FROM billing.subscription s CROSS JOIN LATERAL (
        SELECT s.current_period->>'end' AS began WHERE EXISTS (
          SELECT FROM jsonb_array_elements(s.items) AS item
          WHERE coalesce(item->>'endDate', 'infinity') > s.current_period->>'end')
        UNION ALL SELECT s.cancel_at::text WHERE s.cancel_at IS NOT NULL AND s.status <> 'PAUSED'
        UNION ALL
        SELECT item->>'startDate' FROM jsonb_array_elements(s.items) AS item
        WHERE item->>'startDate' > s.current_period->>'start' AND item->>'startDate' < s.current_period->>'end'
          AND NOT EXISTS (
            SELECT FROM billing.invoice i CROSS JOIN LATERAL jsonb_array_elements(i.lines) AS line
            WHERE i.contract_id = s.contract_id AND i.status NOT IN ('DRAFT', 'VOID')
              AND line->>'subscriptionItemId' = item->>'id')) AS due
      WHERE ${IS_OURS} AND s.contract_id > $2
        AND s.status IN ('TRIALING', 'ACTIVE', 'PAST_DUE', 'UNPAID', 'PAUSED') AND due.began <= $1
      GROUP BY 1 ORDER BY 1 LIMIT $3`,
    values: [through.toString(), afterId, limit],
  })
  return rows.map(({ contractId, dueOn }) => ({ contractId, dueOn: parseDate(dueOn) }))
}
