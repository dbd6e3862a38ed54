import type { Queryable } from '#platform/database.ts'

/** A webhook as it came. */
export interface KeptWebhook {
  /** Name of the connector whose system sent it. */
  readonly source: string
  readonly webhookId: string
  readonly receivedAt: Temporal.Instant
  readonly body: string
}

/** Keeps a webhook, once by its id: what comes again under it, whatever it says, changes nothing. */
export async function keepWebhook(
  db: Queryable,
  { source, webhookId, receivedAt, body }: KeptWebhook,
): Promise<void> {
  await db.rows({
    name: 'operations inbound keep',
    text: `INSERT INTO operations.inbound_webhook (source, webhook_id, received_at, due_at, body)
      VALUES ($1, $2, $3, $3, $4) ON CONFLICT DO NOTHING`,
    values: [source, webhookId, receivedAt.toString(), body],
  })
}

/** A webhook that is to be taken in. */
export interface DueWebhook extends KeptWebhook {
  /** How often that was tried. */
  readonly attempts: number
}

/** What is due, in the order in which it came. */
export function readDueWebhooks(db: Queryable, now: Temporal.Instant, limit: number): Promise<DueWebhook[]> {
  return db.rows<DueWebhook>({
    name: 'operations inbound due',
    text: `SELECT source, webhook_id AS "webhookId", received_at AS "receivedAt", body, attempts
      FROM operations.inbound_webhook WHERE status = 'PENDING' AND due_at <= $1
      ORDER BY due_at, source, webhook_id LIMIT $2`,
    values: [now.toString(), limit],
  })
}

/** What became of a webhook. PENDING: it is due again at an instant. */
export interface WebhookFate {
  readonly status: 'PENDING' | 'TAKEN' | 'IGNORED' | 'FAILED'
  readonly at: Temporal.Instant
  readonly note: string | null
}

/** Notes what became of a webhook; false where that was settled before. */
export async function settleWebhook(
  db: Queryable,
  { source, webhookId }: KeptWebhook,
  { status, at, note }: WebhookFate,
): Promise<boolean> {
  const settled = await db.rows({
    name: 'operations inbound settle',
    text: `UPDATE operations.inbound_webhook SET status = $3, attempts = attempts + 1, note = $5,
        due_at = CASE $3 WHEN 'PENDING' THEN $4::timestamptz ELSE due_at END,
        settled_at = CASE $3 WHEN 'PENDING' THEN NULL ELSE $4::timestamptz END
      WHERE source = $1 AND webhook_id = $2 AND status = 'PENDING' RETURNING webhook_id`,
    values: [source, webhookId, status, at.toString(), note],
  })
  return settled.length > 0
}

/** What tells a webhook from all others. */
export type WebhookName = Pick<KeptWebhook, 'source' | 'webhookId'>

/** Has a webhook that failed taken in again, with all attempts before it; false where it did not fail. */
export async function dueAgain(
  db: Queryable,
  { source, webhookId }: WebhookName,
  now: Temporal.Instant,
): Promise<boolean> {
  const due = await db.rows({
    name: 'operations inbound again',
    text: `UPDATE operations.inbound_webhook SET status = 'PENDING', attempts = 0, due_at = $3, settled_at = NULL
      WHERE source = $1 AND webhook_id = $2 AND status = 'FAILED' RETURNING webhook_id`,
    values: [source, webhookId, now.toString()],
  })
  return due.length > 0
}

/** Characters that are shown of a body: as many as a person reads, and more than any event that we know has. */
const SHOWN_CHARACTERS = 20_000

/** Webhooks by their names, each with the beginning of its body. */
export async function readWebhooks(
  db: Queryable,
  names: readonly WebhookName[],
): Promise<(KeptWebhook | null)[]> {
  const rows = await db.rows<KeptWebhook>({
    name: 'operations inbound named',
    text: `SELECT source, webhook_id AS "webhookId", received_at AS "receivedAt",
        left(body, ${SHOWN_CHARACTERS}) AS body
      FROM operations.inbound_webhook
      WHERE (source, webhook_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
    values: [names.map(({ source }) => source), names.map(({ webhookId }) => webhookId)],
  })
  return names.map(
    (name) => rows.find((row) => row.source === name.source && row.webhookId === name.webhookId) ?? null,
  )
}

/** Forgets webhooks that were taken in or ignored before an instant, oldest first, at most so many: how many. */
export async function forgetWebhooks(
  db: Queryable,
  before: Temporal.Instant,
  limit: number,
): Promise<number> {
  const forgotten = await db.rows({
    name: 'operations inbound forget',
    text: `DELETE FROM operations.inbound_webhook WHERE (source, webhook_id) IN (
        SELECT source, webhook_id FROM operations.inbound_webhook
        WHERE status IN ('TAKEN', 'IGNORED') AND settled_at < $1
        ORDER BY settled_at LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING webhook_id`,
    values: [before.toString(), limit],
  })
  return forgotten.length
}
