import type { Queryable } from '#platform/database.ts'
import { IS_OURS } from './due-store.ts'
import { DEFAULT_TIME_ZONE } from './store.ts'

/** A subscription item that was used in a month, with all that was ever used and billed of it. */
export interface UsedItem {
  readonly subscriptionId: string
  readonly itemId: string
  /** Null where the subscription, or its item, is not known. */
  readonly customerId: string | null
  readonly currency: string | null
  readonly productId: string | null
  readonly priceId: string | null
  /** Exact decimal. */
  readonly quantity: string | null
  /** Minor units. */
  readonly unitPrice: string | null
  /** By the days of its legal entity, months as ISO 8601 has them. */
  readonly months: readonly { readonly month: string; readonly used: string }[]
  /**
   * What invoices that count bill of its use, also to a customer that was merged since: their lines name the item, and
   * neither a period nor a contract line.
   */
  readonly billed: string
}

/** The items that were used between two instants: of one subscription, where one is named. */
export function readUsedItems(
  db: Queryable,
  from: Temporal.Instant,
  to: Temporal.Instant,
  subscriptionId: string | null = null,
): Promise<UsedItem[]> {
  return db.rows<UsedItem>({
    name: 'billing items used',
    text: `SELECT used.subscription_id AS "subscriptionId", used.subscription_item_id AS "itemId",
        s.customer_id AS "customerId", s.currency, item->>'productId' AS "productId", item->>'priceId' AS "priceId",
        item->>'quantity' AS quantity, item->>'unitPrice' AS "unitPrice",
        (SELECT json_agg(json_build_object('month', month, 'used', quantity::text)) FROM (
          SELECT to_char(u.used_at AT TIME ZONE coalesce(e.time_zone, '${DEFAULT_TIME_ZONE}'), 'YYYY-MM') AS month,
            sum(u.quantity) AS quantity
          FROM billing.usage u WHERE u.subscription_id = used.subscription_id
            AND u.subscription_item_id = used.subscription_item_id GROUP BY 1) AS by_month) AS months,
        (SELECT coalesce(sum((line->>'quantity')::numeric), 0)::text
          FROM billing.invoice i CROSS JOIN LATERAL jsonb_array_elements(i.lines) AS line
          WHERE (i.customer_id = s.customer_id OR i.contract_id = s.contract_id) AND i.subscription_id = s.id
            AND i.status NOT IN ('DRAFT', 'VOID')
            AND line->>'subscriptionItemId' = used.subscription_item_id
            AND line->>'contractLineId' IS NULL AND line->>'servicePeriod' IS NULL) AS billed
      FROM (SELECT DISTINCT subscription_id, subscription_item_id FROM billing.usage
        WHERE used_at >= $1 AND used_at < $2 AND ($3::text IS NULL OR subscription_id = $3)) AS used
      LEFT JOIN billing.subscription s ON s.id = used.subscription_id
      LEFT JOIN LATERAL jsonb_array_elements(s.items) AS item ON item->>'id' = used.subscription_item_id
      LEFT JOIN billing.legal_entity e ON e.id = s.legal_entity_id
      ORDER BY 1, 2`,
    values: [from.toString(), to.toString(), subscriptionId],
  })
}

/** Ids of subscriptions of ours that were used between two instants, after an id, in order. */
export async function readUsedSubscriptions(
  db: Queryable,
  from: Temporal.Instant,
  to: Temporal.Instant,
  afterId: string,
  limit: number,
): Promise<string[]> {
  const rows = await db.rows<{ id: string }>({
    name: 'billing subscriptions used',
    text: `SELECT s.id FROM billing.subscription s
      WHERE ${IS_OURS} AND s.id > $3 AND EXISTS (
        SELECT FROM billing.usage u WHERE u.subscription_id = s.id AND u.used_at >= $1 AND u.used_at < $2)
      ORDER BY s.id LIMIT $4`,
    values: [from.toString(), to.toString(), afterId, limit],
  })
  return rows.map(({ id }) => id)
}
