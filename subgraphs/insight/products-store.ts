import type { Queryable } from '#platform/database.ts'
import { type SumRow, type SumsWanted, toldBy } from './sums-store.ts'

/** A sum of one product; null for what is of none that is known. */
export interface ProductSum extends SumRow {
  readonly product: string | null
}

/**
 * Reads recognised revenue by product: of the schedule that earned it. As many rows are read as there are entries of
 * revenue in the periods, of all that were recorded by an instant.
 */
export function readRevenueByProduct(
  db: Queryable,
  { stretches, legalEntityIds, currencies, by, customers }: SumsWanted,
  knownAt: Temporal.Instant | null,
): Promise<ProductSum[]> {
  const periods = stretches.filter(({ period }) => period >= 0)
  return db.rows<ProductSum>({
    name: `insight revenue by product by ${by.join(' ')}`,
    text: `SELECT s.period, t.measure, t.legal_entity_id AS "legalEntityId", t.currency,
        sum(t.amount)::bigint AS amount, sum(t.functional)::bigint AS functional, s.starts_on AS day, ${toldBy(by)},
        earned.product
      FROM unnest($1::int[], $2::text[], $3::date[], $4::date[]) AS s(period, legal_entity_id, starts_on, ends_on)
      JOIN insight.book_entry t ON t."on" >= s.starts_on::text AND t."on" < s.ends_on::text
        AND (s.legal_entity_id IS NULL OR t.legal_entity_id = s.legal_entity_id)
      LEFT JOIN insight.metric_customer c ON c.id = t.customer_id
      LEFT JOIN LATERAL (
        SELECT data->>'productId' AS product FROM erp.event
        WHERE aggregate_id = t.source_id AND t.source_type = 'REVENUE_SCHEDULE' ORDER BY version DESC LIMIT 1
      ) AS earned ON true
      WHERE t.measure = 'RECOGNIZED_REVENUE' AND t.legal_entity_id = ANY($5)
        AND ($6::text[] IS NULL OR t.currency = ANY($6)) AND ($7::timestamptz IS NULL OR t.recorded_at <= $7)
        AND ($8::text[] IS NULL OR t.customer_id = ANY($8)) AND ($9::text[] IS NULL OR c.region = ANY($9))
        AND ($10::text[] IS NULL OR c.segment = ANY($10))
      GROUP BY s.period, t.measure, t.legal_entity_id, t.currency, s.starts_on, 8, 9, 10, earned.product`,
    values: [
      periods.map(({ period }) => period),
      periods.map(({ legalEntityId }) => legalEntityId),
      periods.map(({ start }) => start?.toString() ?? null),
      periods.map(({ end }) => end.toString()),
      legalEntityIds,
      currencies,
      knownAt?.toString() ?? null,
      customers.CUSTOMER,
      customers.REGION,
      customers.SEGMENT,
    ],
  })
}
