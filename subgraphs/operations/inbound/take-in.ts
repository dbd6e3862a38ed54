/** Takes webhooks in that were kept: each says facts, and facts that are known or overtaken change nothing. */
import { backoffMs } from '#domain/effect.ts'
import type { RecordFacts } from '#domain/facts.ts'
import type { Log } from '#platform/log.ts'
import { type DueWebhook, readDueWebhooks } from '../inbound-store.ts'
import { factsOf, Unreadable } from './billing-events.ts'
import { type Fate, settle, type Settling } from './settle.ts'

/** What taking in needs. */
export interface TakingIn extends Settling {
  readonly recordFacts: RecordFacts
  readonly log: Log
}

const BATCH_SIZE = 100
/** Of one call: what is left is due the next time. */
const MAX_BATCHES = 100
/** With doubled waits of at most 15 s between: about three minutes of trouble in our own systems. */
const MAX_ATTEMPTS = 15

/**
 * Takes in what is due; returns how many were settled. Two processes may do so at the same time: the same facts twice
 * are one effect, and an older statement of a source never overwrites a newer one, so their order does not matter.
 */
export async function takeInWebhooks(taking: TakingIn): Promise<number> {
  let settled = 0
  for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
    const due = await readDueWebhooks(taking.db, taking.clock.now(), BATCH_SIZE)
    for (const webhook of due) {
      const fate = await fateOf(taking, webhook)
      await settle(taking, webhook, fate)
      if (fate.status !== 'PENDING') settled += 1
    }
    if (due.length < BATCH_SIZE) return settled
  }
  return settled
}

async function fateOf({ clock, log, recordFacts }: TakingIn, webhook: DueWebhook): Promise<Fate> {
  try {
    const facts = factsOf(webhook)
    if (facts === undefined)
      return { status: 'IGNORED', at: clock.now(), note: 'Nothing is known of events of its type' }
    await recordFacts(facts)
    return { status: 'TAKEN', at: clock.now(), note: null }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    log.warn({ err: error, source: webhook.source, webhook: webhook.webhookId }, 'a webhook was not taken in')
    return afterFailure(webhook, error, clock.now())
  }
}

/** What cannot be read will not be readable later; other trouble may pass, and what does not is kept as failed. */
function afterFailure({ attempts }: DueWebhook, error: Error, now: Temporal.Instant): Fate {
  const note = error.message
  const attempt = attempts + 1
  if (error instanceof Unreadable) return { status: 'FAILED', at: now, note, code: 'WEBHOOK_UNREADABLE' }
  if (attempt >= MAX_ATTEMPTS) return { status: 'FAILED', at: now, note, code: 'WEBHOOK_NOT_RECORDED' }
  return { status: 'PENDING', at: now.add({ milliseconds: backoffMs(attempt, 1) }), note }
}
