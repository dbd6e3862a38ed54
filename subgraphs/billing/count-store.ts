import type { CompanyCounts } from '#domain/recommend-model.ts'
import type { Queryable } from '#platform/database.ts'

type UsageCounts = Pick<CompanyCounts, 'subscriptions' | 'usageSubscriptions' | 'usageLines'>

/** Subscriptions that run, those of them that have usage-based items, and the most such items of one. */
export async function countUsage(db: Queryable): Promise<UsageCounts> {
  const [row] = await db.rows<UsageCounts>({
    name: 'billing usage counted',
    text: `SELECT count(*)::int AS subscriptions,
        count(*) FILTER (WHERE metered > 0)::int AS "usageSubscriptions",
        coalesce(max(metered), 0)::int AS "usageLines"
      FROM (
        SELECT (
          SELECT count(DISTINCT item->>'id') FROM jsonb_array_elements(s.items) AS item
          WHERE EXISTS (SELECT FROM billing.price p WHERE p.id = item->>'priceId' AND p.usage = 'METERED')
            OR EXISTS (
              SELECT FROM billing.usage u WHERE u.subscription_id = s.id AND u.subscription_item_id = item->>'id'
            )
        ) AS metered
        FROM billing.subscription s WHERE s.status NOT IN ('CANCELED', 'INCOMPLETE_EXPIRED')
      ) AS counted`,
    values: [],
  })
  return row ?? { subscriptions: 0, usageSubscriptions: 0, usageLines: 0 }
}
