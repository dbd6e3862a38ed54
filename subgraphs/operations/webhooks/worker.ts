import { randomUUID } from 'node:crypto'
import type { Log } from '#platform/log.ts'
import type { Running } from '#platform/log/hold-office.ts'
import { createWake } from '#platform/log/wake.ts'
import { claim, forgetDeliveries } from '../delivery-store.ts'
import { forgetSecrets } from '../webhook-store.ts'
import { allowAddresses, checkedLookup } from './addresses.ts'
import { keptSince } from './recover.ts'
import { type Sending, sendDelivery } from './send.ts'

export interface WorkerOptions extends Sending {
  readonly log: Log
  /** How long a claim keeps others from sending; longer than an attempt can take. */
  readonly leaseMs?: number
  /** How often it looks for what became due; what its own node enqueues wakes it. */
  readonly pollMs?: number
}

/** Attempts of one node at the same time. */
const MAX_SENDING = 32
/** Attempts at one endpoint at the same time, over all nodes. */
const MAX_PER_ENDPOINT = 4
const LEASE_MS = 60_000
const POLL_MS = 500
/** How often secrets that are no longer used, and deliveries that are long settled, are looked for. */
const FORGET_MS = 60_000
/** Deliveries that are forgotten at a time: more than a node can send meanwhile. */
const MAX_FORGOTTEN = 20_000

/** For all of connecting, sending and an answer: within what Standard Webhooks recommends, 15 to 30 s. */
const ATTEMPT_TIMEOUT_MS = 20_000

/** Starts the sender of a node: to the internet, and to the networks that are `allowed` beside it. */
export function startWebhooks({
  allowed: networks,
  ...options
}: Omit<WorkerOptions, 'outside'> & { readonly allowed: readonly string[] }): Running {
  const allowed = allowAddresses(networks)
  const outside = { allowed, lookup: checkedLookup(allowed), timeoutMs: ATTEMPT_TIMEOUT_MS }
  return startWebhookWorker({ ...options, outside })
}

/** Starts sending what is due, until it is stopped: then it ends after the attempts that are under way. */
export function startWebhookWorker({
  log,
  leaseMs = LEASE_MS,
  pollMs = POLL_MS,
  ...sending
}: WorkerOptions): Running {
  const { db, clock } = sending
  const stopping = new AbortController()
  const wake = createWake(stopping.signal)
  const forget = db.onCommit(wake.ring)
  const underWay = new Set<Promise<void>>()

  const send = (delivery: Parameters<typeof sendDelivery>[1]): void => {
    const sent = sendDelivery(sending, delivery)
      // The lease ends by itself, and the delivery is sent again.
      .catch((err: unknown) =>
        log.error({ err, delivery: delivery.id }, 'a webhook attempt was not recorded'),
      )
      .finally(() => {
        underWay.delete(sent)
        wake.ring()
      })
    underWay.add(sent)
  }
  const sendDue = async (): Promise<void> => {
    const limit = MAX_SENDING - underWay.size
    if (limit === 0) return
    const limits = { lease: randomUUID(), leaseMs, limit, maxPerEndpoint: MAX_PER_ENDPOINT }
    for (const delivery of await claim(db, clock.now(), limits)) send(delivery)
  }
  const run = async (): Promise<void> => {
    let forgotAt = -Infinity
    while (!stopping.signal.aborted) {
      try {
        await sendDue()
        if (performance.now() - forgotAt > FORGET_MS) {
          forgotAt = performance.now()
          await forgetSecrets(db, clock.now())
          await forgetDeliveries(db, keptSince(clock.now()), MAX_FORGOTTEN)
        }
      } catch (err) {
        log.warn({ err }, 'webhooks cannot be sent for the moment')
      }
      await wake.sleep(pollMs)
    }
    await Promise.all(underWay)
  }
  const ended = run()
  return {
    stop: async () => {
      stopping.abort()
      forget()
      await ended
    },
  }
}
