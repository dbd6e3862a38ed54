import type { SubgraphName } from '#platform/config.ts'
import type { Queryable } from '#platform/database.ts'
import type { LoggedEvent } from '#platform/log/event.ts'
import type { ListSpec } from '#platform/page.ts'
import { bigint, instant, int, optional, table, text, word } from '#platform/table.ts'
import type { EventRouting } from './models/event-routings.ts'
import type { Reply } from './webhooks/post.ts'

/** One event for one endpoint, as the log of deliveries shows it. */
export interface WebhookDelivery {
  readonly id: string
  readonly endpointId: string
  readonly source: SubgraphName
  readonly position: bigint
  readonly type: string
  readonly aggregateId: string
  readonly version: number
  /** When the event was recorded. */
  readonly recordedAt: Temporal.Instant
  /** The event rule that sent it to the endpoint of a system, and its model; null where the endpoint asked for it. */
  readonly rule: string | null
  readonly model: string | null
  /** PENDING: it waits for its turn or its next attempt. FAILED: given up, until it is recovered. */
  readonly status: 'PENDING' | 'DELIVERED' | 'FAILED'
  /** Attempts since it was first to be sent, or was last recovered. */
  readonly attempts: number
  readonly nextAttemptAt: Temporal.Instant
  readonly deliveredAt: Temporal.Instant | null
}

const deliveries = table<WebhookDelivery>('operations.webhook_delivery', {
  id: text,
  endpointId: text,
  source: word(),
  position: bigint,
  type: text,
  aggregateId: text,
  version: int,
  recordedAt: instant,
  rule: optional(text),
  model: optional(text),
  status: word(),
  attempts: int,
  nextAttemptAt: instant,
  deliveredAt: optional(instant),
})

export const deliveryList: ListSpec<WebhookDelivery> = {
  name: 'webhookDeliveries',
  table: deliveries,
  parent: null,
  sortKeys: { RECORDED_AT: { column: 'recorded_at', type: 'timestamptz' } },
  defaultOrder: { field: 'RECORDED_AT', direction: 'DESC' },
  filters: {
    endpoint: { column: 'endpoint_id', type: 'text' },
    status: { column: 'status', type: 'text' },
    type: { column: 'type', type: 'text' },
    subject: { column: 'aggregate_id', type: 'text' },
  },
}

/** A delivery that this node is to send now. */
export interface ClaimedDelivery extends WebhookDelivery {
  readonly url: string
  readonly lease: string
  /** When the first of the attempts under way was made. */
  readonly roundBeganAt: Temporal.Instant
}

/** By so much the clock of the machine that records an event may be behind that of the one that made an endpoint. */
const CLOCK_MARGIN = `interval '1 minute'`

/**
 * Has an event delivered to the enabled endpoints that want its type and were there when it was recorded; to those of
 * systems where one of the routings leads there. Tells whether there are any of systems.
 */
export async function enqueue(
  db: Queryable,
  event: LoggedEvent,
  routings: readonly EventRouting[],
): Promise<boolean> {
  const { aggregateId, position, recordedAt, source, type, version } = event
  const [told] = await db.rows<{ hasSystems: boolean }>({
    name: 'operations webhook enqueue',
    text: `WITH noted AS (INSERT INTO operations.webhook_delivery
        (endpoint_id, source, position, type, aggregate_id, version, recorded_at, rule, model, status, next_attempt_at)
      SELECT id, $1, $2, $3, $4, $5, $6, r.rule, r.model, 'PENDING', $6 FROM operations.webhook_endpoint e
        LEFT JOIN unnest($7::text[], $8::text[], $9::text[]) AS r(system, rule, model) ON r.system = e.system
      WHERE status = 'ENABLED' AND (event_types = '[]' OR event_types ? $3)
        AND (e.system IS NULL OR r.rule IS NOT NULL) AND created_at <= $6::timestamptz + ${CLOCK_MARGIN}
      ON CONFLICT DO NOTHING)
      SELECT EXISTS (SELECT FROM operations.webhook_endpoint WHERE status = 'ENABLED' AND system IS NOT NULL)
        AS "hasSystems"`,
    values: [
      source,
      position,
      type,
      aggregateId,
      version,
      recordedAt.toString(),
      ...columnsOf(routings, ['system', 'rule', 'model']),
    ],
  })
  return told?.hasSystems ?? false
}

const columnsOf = (routings: readonly EventRouting[], keys: readonly (keyof EventRouting)[]) =>
  keys.map((key) => routings.map((routing) => routing[key]))

/** How much is claimed, and for how long. */
export interface ClaimLimits {
  readonly lease: string
  readonly leaseMs: number
  readonly limit: number
  /** Attempts at one endpoint at the same time, over all nodes. */
  readonly maxPerEndpoint: number
}

/** Endpoints that one claim looks at: the next one looks at others. */
const MAX_ENDPOINTS_A_CLAIM = 50

/**
 * Takes deliveries that are due, so that nobody else sends them until the lease ends: of each aggregate only the first
 * that is not delivered. Endpoints with the fewest attempts under way come first, so that slow ones hold up no others.
 */
export function claim(
  db: Queryable,
  now: Temporal.Instant,
  { lease, leaseMs, limit, maxPerEndpoint }: ClaimLimits,
): Promise<ClaimedDelivery[]> {
  return db.rows<ClaimedDelivery>({
    name: 'operations webhook claim',
    text: `WITH ready AS MATERIALIZED (
        SELECT e.id, e.url, busy.count AS busy FROM operations.webhook_endpoint e CROSS JOIN LATERAL (
          SELECT count(*) FROM operations.webhook_delivery d WHERE d.endpoint_id = e.id AND d.status = 'PENDING'
            AND d.lease IS NOT NULL AND d.leased_until >= clock_timestamp()
        ) AS busy
        WHERE e.status = 'ENABLED' AND busy.count < $5 AND EXISTS (
          SELECT FROM operations.webhook_delivery d WHERE d.endpoint_id = e.id AND d.status = 'PENDING'
            AND d.next_attempt_at <= $1 AND d.leased_until < clock_timestamp())
        ORDER BY busy.count, random() LIMIT ${MAX_ENDPOINTS_A_CLAIM} FOR NO KEY UPDATE OF e SKIP LOCKED
      ), free AS MATERIALIZED (
        SELECT first.*, ready.url, ready.busy FROM ready CROSS JOIN LATERAL (
          SELECT d.id, d.endpoint_id, d.next_attempt_at, d.position FROM operations.webhook_delivery d
          WHERE d.endpoint_id = ready.id AND d.status = 'PENDING' AND d.next_attempt_at <= $1
            AND d.leased_until < clock_timestamp()
            AND NOT EXISTS (SELECT FROM operations.webhook_delivery earlier
              WHERE earlier.endpoint_id = d.endpoint_id AND earlier.source = d.source
                AND earlier.aggregate_id = d.aggregate_id AND earlier.version < d.version
                AND earlier.status = 'PENDING')
          ORDER BY d.next_attempt_at, d.position LIMIT $5 - ready.busy FOR NO KEY UPDATE SKIP LOCKED
        ) AS first
      ), due AS MATERIALIZED (
        SELECT id, url FROM free
        ORDER BY busy + row_number() OVER (PARTITION BY endpoint_id ORDER BY next_attempt_at, position) LIMIT $4
      )
      UPDATE operations.webhook_delivery t SET lease = $2, attempts = t.attempts + 1,
        leased_until = clock_timestamp() + $3 * interval '1 millisecond',
        round_began_at = coalesce(t.round_began_at, $1)
      FROM due WHERE t.id = due.id
      RETURNING ${deliveries.select}, due.url, t.lease, t.round_began_at AS "roundBeganAt"`,
    values: [now.toString(), lease, leaseMs, limit, maxPerEndpoint],
  })
}

/** One sending of a delivery, and what came of it. */
export interface Attempt {
  readonly beganAt: Temporal.Instant
  readonly durationMs: number
  readonly reply: Pick<Reply, 'status' | 'error' | 'excerpt'>
}

/** Writes an attempt into the log of deliveries. */
export async function addAttempt(
  db: Queryable,
  deliveryId: string,
  { beganAt, durationMs, reply }: Attempt,
): Promise<void> {
  await db.rows({
    name: 'operations webhook attempt',
    text: `INSERT INTO operations.webhook_attempt (delivery_id, began_at, duration_ms, status, error, excerpt)
      VALUES ($1, $2, $3, $4, $5, $6)`,
    values: [deliveryId, beganAt.toString(), durationMs, reply.status, reply.error, reply.excerpt],
  })
}

/**
 * Ends an attempt: the delivery is done, given up or due again, and the lease ends. False where another node has the
 * lease by now, whose outcome counts then.
 */
export async function settleDelivery(
  db: Queryable,
  { id, lease }: Pick<ClaimedDelivery, 'id' | 'lease'>,
  status: WebhookDelivery['status'],
  at: Temporal.Instant,
): Promise<boolean> {
  const settled = await db.rows({
    name: 'operations webhook settle',
    text: `UPDATE operations.webhook_delivery SET status = $3, lease = NULL, leased_until = '-infinity',
        delivered_at = CASE $3 WHEN 'DELIVERED' THEN $4 ELSE delivered_at END,
        next_attempt_at = CASE $3 WHEN 'PENDING' THEN $4 ELSE next_attempt_at END
      WHERE id = $1 AND lease = $2 RETURNING id`,
    values: [id, lease, status, at.toString()],
  })
  return settled.length > 0
}

/** Forgets deliveries of events before an instant that are settled, with their attempts; returns how many. */
export async function forgetDeliveries(
  db: Queryable,
  before: Temporal.Instant,
  limit: number,
): Promise<number> {
  const forgotten = await db.rows({
    name: 'operations forget webhook deliveries',
    text: `WITH old AS MATERIALIZED (
        SELECT id FROM operations.webhook_delivery
        WHERE status <> 'PENDING' AND recorded_at < $1 AND leased_until < clock_timestamp()
        ORDER BY recorded_at LIMIT $2 FOR UPDATE SKIP LOCKED
      ), attempts AS (
        DELETE FROM operations.webhook_attempt a USING old WHERE a.delivery_id = old.id
      )
      DELETE FROM operations.webhook_delivery d USING old WHERE d.id = old.id RETURNING d.id`,
    values: [before.toString(), limit],
  })
  return forgotten.length
}

/** Whether an endpoint took anything since an instant. */
export async function hasDelivered(
  db: Queryable,
  endpointId: string,
  since: Temporal.Instant,
): Promise<boolean> {
  const delivered = await db.rows({
    name: 'operations webhook delivered since',
    text: `SELECT FROM operations.webhook_delivery
      WHERE endpoint_id = $1 AND status = 'DELIVERED' AND delivered_at >= $2 LIMIT 1`,
    values: [endpointId, since.toString()],
  })
  return delivered.length > 0
}

/** Which deliveries of one source are to be made again, at most so many. */
export interface Again {
  readonly endpointId: string
  readonly source: SubgraphName
  /** Of events that were published at this instant or later. */
  readonly since: Temporal.Instant
  readonly now: Temporal.Instant
  readonly limit: number
}

/** Makes deliveries due again that failed, and with `delivered` also those that came through. Returns their number. */
export async function resend(
  db: Queryable,
  { endpointId, source, since, now, limit, delivered }: Again & { readonly delivered: boolean },
): Promise<number> {
  const resent = await db.rows({
    name: `operations webhook resend ${source}`,
    text: `UPDATE operations.webhook_delivery
      SET status = 'PENDING', attempts = 0, round_began_at = NULL, next_attempt_at = $4
      WHERE id IN (
        SELECT d.id FROM operations.webhook_delivery d
        WHERE d.endpoint_id = $1 AND d.source = $2 AND d.status = ANY($5)
          AND d.position >= (SELECT min(position) FROM ${source}.log WHERE published_at >= $3)
        LIMIT $6)
      RETURNING id`,
    values: [
      endpointId,
      source,
      since.toString(),
      now.toString(),
      delivered ? ['FAILED', 'DELIVERED'] : ['FAILED'],
      limit,
    ],
  })
  return resent.length
}

/** What an endpoint wants of that: types, and of a system's endpoint only what these routes lead there. */
export interface Missed extends Again {
  readonly types: readonly string[]
  readonly routes: readonly EventRouting[] | null
}

/** Has events delivered that an endpoint wants and was never given, as while it was disabled. Returns their number. */
export async function enqueueSince(
  db: Queryable,
  { endpointId, source, since, now, limit, types, routes }: Missed,
): Promise<number> {
  const enqueued = await db.rows({
    name: `operations webhook enqueue since ${source}`,
    text: `INSERT INTO operations.webhook_delivery
        (endpoint_id, source, position, type, aggregate_id, version, recorded_at, rule, model, status, next_attempt_at)
      SELECT $1, $2, l.position, l.type, aggregate_id, version, e.recorded_at, r.rule, r.model, 'PENDING', $4
      FROM ${source}.log l JOIN ${source}.event e USING (aggregate_id, version)
        LEFT JOIN unnest($8::text[], $9::text[], $10::text[], $11::text[]) AS r(legal_entity_id, type, rule, model)
          ON r.type = l.type AND r.legal_entity_id IS NOT DISTINCT FROM e.data->>'legalEntityId'
      WHERE l.published_at >= $3 AND (cardinality($5::text[]) = 0 OR l.type = ANY($5))
        AND ($7::boolean OR r.rule IS NOT NULL)
        AND NOT EXISTS (SELECT FROM operations.webhook_delivery d
          WHERE d.endpoint_id = $1 AND d.source = $2 AND d.position = l.position)
      ORDER BY l.position LIMIT $6
      ON CONFLICT DO NOTHING
      RETURNING id`,
    values: [
      endpointId,
      source,
      since.toString(),
      now.toString(),
      types,
      limit,
      routes === null,
      ...columnsOf(routes ?? [], ['legalEntityId', 'type', 'rule', 'model']),
    ],
  })
  return enqueued.length
}

/** An attempt as the log of deliveries shows it. */
export interface LoggedAttempt {
  readonly beganAt: Temporal.Instant
  readonly durationMs: number
  readonly status: number | null
  readonly error: string | null
  readonly excerpt: string
}

/** The newest attempts of each delivery, newest first; in the order of the ids. */
export async function readAttempts(
  db: Queryable,
  deliveryIds: readonly string[],
  limit: number,
): Promise<LoggedAttempt[][]> {
  const rows = await db.rows<LoggedAttempt & { deliveryId: string }>({
    name: 'operations webhook attempts',
    text: `SELECT a.* FROM unnest($1::text[]) AS wanted(id) CROSS JOIN LATERAL (
        SELECT delivery_id AS "deliveryId", began_at AS "beganAt", duration_ms AS "durationMs", status, error, excerpt
        FROM operations.webhook_attempt WHERE delivery_id = wanted.id ORDER BY began_at DESC LIMIT $2
      ) AS a`,
    values: [deliveryIds, limit],
  })
  const byDelivery = Map.groupBy(rows, ({ deliveryId }) => deliveryId)
  return deliveryIds.map((id) => byDelivery.get(id) ?? [])
}
