import { ageingBuckets } from '#domain/ageing.ts'
import type { Queryable } from '#platform/database.ts'
import { type SumRow, type SumsWanted, toldBy } from './sums-store.ts'

/** The last day of a period, of a legal entity or of all. */
export interface ClosingDay {
  /** Place of the period. */
  readonly period: number
  readonly legalEntityId: string | null
  readonly closing: Temporal.PlainDate
}

/** The buckets of what is overdue, with the first day past due of each. */
export const overdueBuckets: readonly { readonly bucket: string; readonly from: number }[] = ageingBuckets
  .slice(1)
  .map(({ bucket }, place) => ({ bucket, from: (ageingBuckets[place]?.upToDays ?? 0) + 1 }))

/**
 * Reads what was overdue at the ends of periods by how long it was: a sum for each bucket, by whose name the measure
 * goes. As many rows are read as invoices were ever overdue, times periods.
 */
export function readOverdueByAge(
  db: Queryable,
  { legalEntityIds, currencies, by, customers }: SumsWanted,
  days: readonly ClosingDay[],
): Promise<SumRow[]> {
  return db.rows<SumRow>({
    name: `insight overdue by age by ${by.join(' ')}`,
    text: `WITH t AS (
        SELECT d.period, m.legal_entity_id, m.currency, m.customer_id, sum(m.amount) AS amount,
          ($4::text[])[width_bucket(d.closes_on - (s.state->>'dueDate')::date, $5::int[])] AS bucket
        FROM unnest($1::int[], $2::text[], $3::date[]) AS d(period, legal_entity_id, closes_on)
        JOIN insight.metric_movement m ON m.measure = 'OVERDUE' AND m."on" <= d.closes_on::text
          AND (d.legal_entity_id IS NULL OR m.legal_entity_id = d.legal_entity_id)
        JOIN insight.projection_state s ON s.projection = m.projection AND s.key = m.source_id
          AND s.generation = coalesce((SELECT generation FROM insight.projection p WHERE p.name = m.projection), 1)
        WHERE m.legal_entity_id = ANY($6) AND ($7::text[] IS NULL OR m.currency = ANY($7))
        GROUP BY d.period, m.legal_entity_id, m.currency, m.customer_id, m.source_id, d.closes_on, s.state
        HAVING sum(m.amount) <> 0
      )
      SELECT t.period, t.bucket AS measure, t.legal_entity_id AS "legalEntityId", t.currency,
        sum(t.amount)::bigint AS amount, 0::bigint AS functional, NULL::date AS day, ${toldBy(by)}
      FROM t LEFT JOIN insight.metric_customer c ON c.id = t.customer_id
      WHERE ($8::text[] IS NULL OR t.customer_id = ANY($8)) AND ($9::text[] IS NULL OR c.region = ANY($9))
        AND ($10::text[] IS NULL OR c.segment = ANY($10))
      GROUP BY t.period, t.bucket, t.legal_entity_id, t.currency, 8, 9, 10`,
    values: [
      days.map(({ period }) => period),
      days.map(({ legalEntityId }) => legalEntityId),
      days.map(({ closing }) => closing.toString()),
      overdueBuckets.map(({ bucket }) => bucket),
      overdueBuckets.map(({ from }) => from),
      legalEntityIds,
      currencies,
      customers.CUSTOMER,
      customers.REGION,
      customers.SEGMENT,
    ],
  })
}
