import type { Standing, StandingChange } from '#domain/standing.ts'
import type { StandingFact } from '#domain/standing-facts.ts'
import type { SubgraphName } from '#platform/config.ts'
import type { Queryable } from '#platform/database.ts'
import type { Cause } from '#platform/log/projection.ts'
import { date, instant, int, json, type Jsonified, optional, table, text } from '#platform/table.ts'

/** A standing inside of another row. */
export const standing = json<Standing>(({ level, reasons }) => ({
  level,
  reasons: reasons.map((reason) => ({
    ...reason,
    amount: reason.amount && { ...reason.amount, minorUnits: BigInt(reason.amount.minorUnits) },
  })),
}))

/** The standing that was told last of each customer. */
export const standings = table<StandingChange>('insight.standing', {
  id: text,
  version: int,
  recordedAt: instant,
  customerId: text,
  before: optional(standing),
  after: standing,
  asOf: date,
})

const AT_ONCE = "'-infinity'::timestamptz"

const DUE_AGAIN = `ON CONFLICT (customer_id, source) DO UPDATE SET due_at = excluded.due_at,
  correlation_id = excluded.correlation_id, causation_id = excluded.causation_id`

/** Who told of something, and in the course of what. */
interface Teller extends Cause {
  readonly source: SubgraphName
}

/** A customer of whom something was told. */
export interface DueCustomer extends Cause {
  readonly customerId: string
}

/** Has customers looked at, each for what was told of it last: one statement, whatever their number. */
export async function noteDue(
  db: Queryable,
  source: SubgraphName,
  told: readonly DueCustomer[],
): Promise<void> {
  if (told.length === 0) return
  const due = [...new Map(told.map((it) => [it.customerId, it])).values()]
  await db.rows({
    name: 'insight note due',
    text: `INSERT INTO insight.review (customer_id, source, due_at, correlation_id, causation_id)
      SELECT customer_id, $1, ${AT_ONCE}, correlation_id, causation_id
      FROM unnest($2::text[], $3::text[], $4::text[]) AS d(customer_id, correlation_id, causation_id)
      ORDER BY customer_id
      ${DUE_AGAIN}`,
    values: [
      source,
      due.map(({ customerId }) => customerId),
      due.map(({ correlationId }) => correlationId),
      due.map(({ causationId }) => causationId ?? null),
    ],
  })
}

/** Has the customers looked at that carry on for those of whom something was told. */
export async function noteSurvivorsDue(db: Queryable, told: readonly DueReview[]): Promise<void> {
  if (told.length === 0) return
  await db.rows({
    name: 'insight note survivors due',
    text: `INSERT INTO insight.review (customer_id, source, due_at, correlation_id, causation_id)
      SELECT DISTINCT ON (m.merged_into_id) m.merged_into_id, 'insight', ${AT_ONCE}, d.correlation_id, d.causation_id
      FROM unnest($1::text[], $2::text[], $3::text[]) AS d(customer_id, correlation_id, causation_id)
      JOIN insight.customer_merge m ON m.id = d.customer_id ORDER BY m.merged_into_id
      ${DUE_AGAIN}`,
    values: [
      told.map(({ customerId }) => customerId),
      told.map(({ correlationId }) => correlationId),
      told.map(({ causationId }) => causationId),
    ],
  })
}

/** Has all customers looked at for whom the days of a legal entity matter. */
export async function noteDueOfEntity(
  db: Queryable,
  legalEntityId: string,
  { source, correlationId, causationId }: Teller,
): Promise<void> {
  await db.rows({
    name: 'insight note due of entity',
    text: `INSERT INTO insight.review (customer_id, source, due_at, correlation_id, causation_id)
      SELECT DISTINCT customer_id, $2, ${AT_ONCE}, $3, $4 FROM insight.standing_fact
      WHERE content->>'legalEntityId' = $1 ORDER BY customer_id
      ${DUE_AGAIN}`,
    values: [legalEntityId, source, correlationId, causationId ?? null],
  })
}

/** Why a customer is due for a look, and the subgraph that said so. */
export interface DueReview {
  readonly customerId: string
  readonly source: SubgraphName
  readonly correlationId: string
  readonly causationId: string | null
}

/** The reviews that have been due for longest, locked until the transaction ends; those of other nodes are left out. */
export function takeDue(db: Queryable, now: Temporal.Instant, limit: number): Promise<DueReview[]> {
  return db.rows<DueReview>({
    name: 'insight due reviews',
    text: `SELECT customer_id AS "customerId", source, correlation_id AS "correlationId",
        causation_id AS "causationId"
      FROM insight.review WHERE due_at <= $1 ORDER BY due_at, customer_id LIMIT $2 FOR UPDATE SKIP LOCKED`,
    values: [now.toString(), limit],
  })
}

/** Has each customer looked at again at an instant, or only when something happens. */
export async function noteReviewed(
  db: Queryable,
  done: readonly DueReview[],
  next: readonly { readonly customerId: string; readonly dueAt: Temporal.Instant | null }[],
): Promise<void> {
  await db.rows({
    name: 'insight reviewed',
    text: `UPDATE insight.review r SET due_at = 'infinity'
      FROM unnest($1::text[], $2::text[]) AS d(customer_id, source)
      WHERE r.customer_id = d.customer_id AND r.source = d.source`,
    values: [done.map(({ customerId }) => customerId), done.map(({ source }) => source)],
  })
  await db.rows({
    name: 'insight next reviews',
    text: `INSERT INTO insight.review (customer_id, source, due_at, correlation_id)
      SELECT customer_id, 'insight', coalesce(due_at, 'infinity'), 'calendar'
      FROM unnest($1::text[], $2::timestamptz[]) AS n(customer_id, due_at) ORDER BY customer_id
      ${DUE_AGAIN}`,
    values: [next.map(({ customerId }) => customerId), next.map(({ dueAt }) => dueAt?.toString() ?? null)],
  })
}

/**
 * What is known of customers, by customer. What billing has of a customer that was merged is with the one that carries
 * on; CRM moves what it has itself.
 */
export async function readFacts(
  db: Queryable,
  customerIds: readonly string[],
): Promise<Map<string, Jsonified<StandingFact>[]>> {
  const rows = await db.rows<{ customerId: string; content: Jsonified<StandingFact> }>({
    name: 'insight facts',
    text: `SELECT coalesce(m.merged_into_id, f.customer_id) AS "customerId", f.content
      FROM insight.standing_fact f
      LEFT JOIN insight.customer_merge m
        ON m.id = f.customer_id AND f.content->>'kind' IN ('invoice', 'payment', 'dispute', 'subscription')
      WHERE f.customer_id = ANY($1 || ARRAY(SELECT id FROM insight.customer_merge WHERE merged_into_id = ANY($1)))
      ORDER BY f.id`,
    values: [customerIds],
  })
  const byCustomer = Map.groupBy(rows, ({ customerId }) => customerId)
  return new Map(customerIds.map((id) => [id, (byCustomer.get(id) ?? []).map(({ content }) => content)]))
}

/** The time zone of each legal entity that ERP has told of. */
export async function readTimeZones(db: Queryable): Promise<Map<string, string>> {
  const rows = await db.rows<{ id: string; timeZone: string }>({
    name: 'insight time zones',
    text: 'SELECT id, time_zone AS "timeZone" FROM insight.legal_entity',
    values: [],
  })
  return new Map(rows.map(({ id, timeZone }) => [id, timeZone]))
}
