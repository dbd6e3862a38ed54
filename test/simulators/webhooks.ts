/** Webhooks that a simulator sends of what it made: signed by Standard Webhooks, and late, twice, astray or never. */
import { createHmac } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { systemClock } from '#platform/clock.ts'
import type { Random } from '#subgraphs/operations/seed/random.ts'
import type { LoggedEffect } from './log.ts'

/** Whereto webhooks go, and what goes wrong with them. */
export interface WebhookFaults {
  readonly url: string
  /** `whsec_…` */
  readonly secret: string
  /** Percent of events that are sent twice, and that are never sent. */
  readonly duplicated: number
  readonly missing: number
  /** Whether the events of one object come in the wrong order. */
  readonly isReordered: boolean
}

const ATTEMPTS = 5
const RETRY_MS = 200

/** Tells of an effect by one event for each type, in the background; each event has the object as it is then. */
export async function tell(
  effect: LoggedEffect,
  types: readonly string[],
  faults: WebhookFaults,
  random: Random,
): Promise<void> {
  const events = types.map((type, index) => eventOf(effect, type, index + 1))
  for (const event of faults.isReordered ? events.toReversed() : events) {
    if (random.chance(faults.missing)) continue
    await deliver(event, faults)
    if (random.chance(faults.duplicated)) await deliver(event, faults)
  }
}

interface Told {
  readonly id: string
  readonly body: string
}

function eventOf(
  { externalId, effectKey, payload, atMs }: LoggedEffect,
  type: string,
  version: number,
): Told {
  const timestamp = Temporal.Instant.fromEpochMilliseconds(atMs).toString()
  const data = { ...(payload as object), reference: effectKey, externalId, version: String(version) }
  return { id: `msg_${externalId}_${version}`, body: JSON.stringify({ type, timestamp, data }) }
}

async function deliver({ id, body }: Told, { url, secret }: WebhookFaults): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const timestamp = String(Math.floor(systemClock.now().epochMilliseconds / 1_000))
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
    const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    }
    if (await isTaken(url, { method: 'POST', headers, body })) return
    await pause(RETRY_MS)
  }
}

async function isTaken(url: string, init: RequestInit): Promise<boolean> {
  try {
    return (await fetch(url, init)).ok
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}
