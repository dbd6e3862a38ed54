import type { Standing, StandingChange } from '#domain/standing.ts'
import type { StandingFact } from '#domain/standing-facts.ts'
import type { SubgraphName } from '#platform/config.ts'
import type { Queryable } from '#platform/database.ts'
import { toJson } from '#platform/json.ts'
import type { LoggedEvent } from '#platform/log/event.ts'
import { date, instant, int, json, type Jsonified, optional, table, text } from '#platform/table.ts'
import type { KeptFact } from './facts.ts'

const standing = json<Standing>(({ level, reasons }) => ({
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

/** Why a customer is looked at. */
interface Cause {
  readonly correlationId: string
  readonly causationId: string | null
}

/**
 * Keeps what an event tells, unless something newer is known, and has its customer looked at; where the fact belonged
 * to another customer before, that one as well.
 */
export async function keepFact(
  db: Queryable,
  { id, version, customerId, content }: KeptFact,
  { source, correlationId, id: causationId }: LoggedEvent,
): Promise<void> {
  await db.rows({
    name: 'insight keep fact',
    text: `WITH former AS (SELECT customer_id FROM insight.standing_fact WHERE id = $1),
      kept AS (
        INSERT INTO insight.standing_fact AS f (id, version, customer_id, content) VALUES ($1, $2, $3, $4)
        ON CONFLICT (id) DO UPDATE
        SET version = excluded.version, customer_id = excluded.customer_id, content = excluded.content
        WHERE f.version < excluded.version
        RETURNING customer_id
      )
      INSERT INTO insight.review (customer_id, source, due_at, correlation_id, causation_id)
      SELECT customer_id, $5, ${AT_ONCE}, $6, $7
      FROM (SELECT customer_id FROM kept UNION SELECT customer_id FROM former) AS concerned
      WHERE customer_id <> '' AND EXISTS (SELECT FROM kept) ORDER BY customer_id
      ${DUE_AGAIN}`,
    values: [
      id,
      version,
      customerId,
      content === null ? null : toJson(content),
      source,
      correlationId,
      causationId,
    ],
  })
}

const AT_ONCE = "'-infinity'::timestamptz"

const DUE_AGAIN = `ON CONFLICT (customer_id, source) DO UPDATE SET due_at = excluded.due_at,
  correlation_id = excluded.correlation_id, causation_id = excluded.causation_id`

/** Keeps the time zone of a legal entity, and has all customers looked at for whom its days matter. */
export async function keepTimeZone(
  db: Queryable,
  timeZone: string,
  { source, aggregateId, version, correlationId, id: causationId }: LoggedEvent,
): Promise<void> {
  await db.rows({
    name: 'insight keep time zone',
    text: `WITH kept AS (
        INSERT INTO insight.legal_entity AS e (id, version, time_zone) VALUES ($1, $2, $3)
        ON CONFLICT (id) DO UPDATE SET version = excluded.version, time_zone = excluded.time_zone
        WHERE e.version < excluded.version
        RETURNING id
      )
      INSERT INTO insight.review (customer_id, source, due_at, correlation_id, causation_id)
      SELECT DISTINCT customer_id, $4, ${AT_ONCE}, $5, $6
      FROM kept JOIN insight.standing_fact ON content->>'legalEntityId' = kept.id
      ${DUE_AGAIN}`,
    values: [aggregateId, version, timeZone, source, correlationId, causationId],
  })
}

/** Why a customer is due for a look, and the subgraph that said so. */
export interface DueReview extends Cause {
  readonly customerId: string
  readonly source: SubgraphName
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

/** What is known of customers, by customer. */
export async function readFacts(
  db: Queryable,
  customerIds: readonly string[],
): Promise<Map<string, Jsonified<StandingFact>[]>> {
  const rows = await db.rows<{ customerId: string; content: Jsonified<StandingFact> }>({
    name: 'insight facts',
    text: `SELECT customer_id AS "customerId", content FROM insight.standing_fact
      WHERE customer_id = ANY($1) AND content IS NOT NULL ORDER BY id`,
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

/** How many events a subgraph has recorded so far, published or not: the position of the last of them, in time. */
export async function countRecorded(db: Queryable, source: SubgraphName): Promise<bigint> {
  const [row] = await db.rows<{ count: bigint }>({
    text: `SELECT count(*) AS count FROM ${source}.event`,
    values: [],
  })
  return row?.count ?? 0n
}
