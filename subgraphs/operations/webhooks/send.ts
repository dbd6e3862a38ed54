import { hash } from 'node:crypto'
import { judgeAttempt, type WebhookVerdict } from '#domain/webhook-retry.ts'
import type { Clock } from '#platform/clock.ts'
import { type CommandContext, runCommand, type UnitOfWork } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { fractionOf } from '#platform/jitter.ts'
import { toJson } from '#platform/json.ts'
import { cloudEvent } from '#platform/log/cloud-event.ts'
import { readLog } from '#platform/log/read.ts'
import { addAttempt, type ClaimedDelivery, hasDelivered, settleDelivery } from '../delivery-store.ts'
import { readSecrets } from '../webhook-store.ts'
import { endpoint } from './endpoints.ts'
import { type Outside, post, type Reply } from './post.ts'
import { signatures } from './sign.ts'

/** What sending needs. */
export interface Sending {
  readonly db: Database
  readonly clock: Clock
  readonly outside: Outside
}

/** Sends a claimed delivery once, and records what came of it. */
export async function sendDelivery(sending: Sending, delivery: ClaimedDelivery): Promise<void> {
  const beganAt = sending.clock.now()
  const startedMs = performance.now()
  const reply = await attempt(sending, delivery, beganAt)
  const durationMs = Math.round(performance.now() - startedMs)
  await record(sending, delivery, { beganAt, durationMs, reply })
}

async function attempt({ db, outside }: Sending, delivery: ClaimedDelivery, now: Temporal.Instant) {
  const { aggregateId, endpointId, position, source, url } = delivery
  const [event] = await readLog(db, source, { after: position - 1n, limit: 1 })
  if (event?.position !== position)
    return unread(`event ${position} of ${source}, of ${aggregateId}, is not kept any more`)
  const body = toJson(cloudEvent(event))
  const id = messageId(event)
  const timestamp = String(Math.floor(now.epochMilliseconds / 1_000))
  const headers = {
    'content-type': 'application/cloudevents+json; charset=utf-8',
    'user-agent': 'revgraph-webhooks',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures(await readSecrets(db, endpointId, now), id, timestamp, body),
  }
  return post(url, headers, body, outside)
}

const unread = (error: string): Reply => ({ status: null, error, excerpt: '', retryAfterSeconds: null })

/**
 * `webhook-id`: the same for every attempt, and at every endpoint, and another for every event of every source. It is
 * not the event's id: where fields are signed with full stops between, one that others have a say in must have none.
 */
export function messageId({
  source,
  aggregateId,
  version,
}: Pick<ClaimedDelivery, 'source' | 'aggregateId' | 'version'>): string {
  return `evt_${hash('sha256', `${source} ${aggregateId} ${version}`, 'hex').slice(0, ID_DIGITS)}`
}

const ID_DIGITS = 32

interface Attempted {
  readonly beganAt: Temporal.Instant
  readonly durationMs: number
  readonly reply: Reply
}

async function record(sending: Sending, delivery: ClaimedDelivery, attempted: Attempted): Promise<void> {
  const { db, clock } = sending
  const verdict = judgeAttempt(
    attempted.reply,
    delivery.attempts,
    fractionOf(`${delivery.id} ${delivery.attempts}`),
  )
  const context: CommandContext = { subgraph: 'operations', clock, correlationId: `webhook ${delivery.id}` }
  await runCommand(db, context, async (unit) => {
    const now = clock.now()
    await addAttempt(unit, delivery.id, attempted)
    const isOurs = await settleDelivery(unit, delivery, statusAfter(verdict), dueAfter(verdict, now))
    const reason = isOurs ? await reasonToDisable(unit, delivery, verdict, attempted.reply) : undefined
    if (reason !== undefined) await disable(unit, delivery.endpointId, reason)
  })
}

function statusAfter({ next }: WebhookVerdict) {
  if (next === 'DELIVERED') return 'DELIVERED'
  return next === 'RETRY' ? 'PENDING' : 'FAILED'
}

const dueAfter = (verdict: WebhookVerdict, now: Temporal.Instant): Temporal.Instant =>
  verdict.next === 'RETRY' ? now.add({ milliseconds: verdict.delayMs }) : now

/** One delivery that is given up is the receiver's affair with that event, unless nothing else came through either. */
async function reasonToDisable(
  unit: UnitOfWork,
  { endpointId, roundBeganAt }: ClaimedDelivery,
  { next }: WebhookVerdict,
  { error, status }: Reply,
): Promise<string | undefined> {
  if (next === 'GONE') return 'The receiver answered 410: it wants no more'
  if (next !== 'GIVEN_UP' || (await hasDelivered(unit, endpointId, roundBeganAt))) return undefined
  return `Nothing was delivered since ${roundBeganAt.toString()}; the last attempt: ${error ?? `HTTP ${status}`}`
}

async function disable(unit: UnitOfWork, endpointId: string, disabledReason: string): Promise<void> {
  const before = (await unit.lock(endpoint, [endpointId])).get(endpointId)
  if (before?.status === 'ENABLED')
    await unit.save(endpoint, [{ before, after: { ...before, status: 'DISABLED', disabledReason } }])
}
