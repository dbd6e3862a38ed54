import type { WebhookEndpoint } from '#domain/webhook.ts'
import type { Queryable } from '#platform/database.ts'
import { instant, int, json, optional, table, text, word } from '#platform/table.ts'

export const webhookEndpoints = table<WebhookEndpoint>('operations.webhook_endpoint', {
  id: text,
  version: int,
  recordedAt: instant,
  url: text,
  description: optional(text),
  system: optional(word()),
  eventTypes: json(),
  status: word(),
  disabledReason: optional(text),
  createdAt: instant,
  secretMadeAt: instant,
})

/** All endpoints, newest first; there are few, which `MAX_ENDPOINTS` sees to. */
export async function readEndpoints(db: Queryable): Promise<WebhookEndpoint[]> {
  const rows = await db.rows<Record<string, unknown>>({
    name: 'operations webhook endpoints',
    text: `SELECT ${webhookEndpoints.select} FROM operations.webhook_endpoint t ORDER BY t.id`,
    values: [],
  })
  return rows.map(webhookEndpoints.read)
}

/** Secrets of one endpoint at the same time: each is one more signature. */
const MAX_SECRETS = 3

/** Adds a secret, and lets those before it be used until an instant; at most MAX_SECRETS are used at all. */
export async function addSecret(
  db: Queryable,
  endpointId: string,
  secret: string,
  madeAt: Temporal.Instant,
  othersUntil: Temporal.Instant,
): Promise<void> {
  await db.rows({
    text: `UPDATE operations.webhook_secret SET expires_at = least(expires_at, CASE
        WHEN id IN (SELECT id FROM operations.webhook_secret WHERE endpoint_id = $1 AND secret IS NOT NULL
          ORDER BY id DESC LIMIT ${MAX_SECRETS - 1}) THEN $2::timestamptz
        ELSE $3::timestamptz END)
      WHERE endpoint_id = $1 AND secret IS NOT NULL`,
    values: [endpointId, othersUntil.toString(), madeAt.toString()],
  })
  await db.rows({
    text: 'INSERT INTO operations.webhook_secret (endpoint_id, made_at, secret) VALUES ($1, $2, $3)',
    values: [endpointId, madeAt.toString(), secret],
  })
  await forgetSecrets(db, madeAt)
}

/** The secrets that an endpoint may know, newest first. */
export async function readSecrets(
  db: Queryable,
  endpointId: string,
  now: Temporal.Instant,
): Promise<string[]> {
  const rows = await db.rows<{ secret: string }>({
    name: 'operations webhook secrets',
    text: `SELECT secret FROM operations.webhook_secret
      WHERE endpoint_id = $1 AND secret IS NOT NULL AND (expires_at IS NULL OR expires_at > $2)
      ORDER BY id DESC`,
    values: [endpointId, now.toString()],
  })
  return rows.map(({ secret }) => secret)
}

/** Forgets secrets that are no longer used. */
export async function forgetSecrets(db: Queryable, now: Temporal.Instant): Promise<void> {
  await db.rows({
    name: 'operations forget webhook secrets',
    text: `UPDATE operations.webhook_secret SET secret = NULL WHERE secret IS NOT NULL AND expires_at <= $1`,
    values: [now.toString()],
  })
}
