/** How a delivery goes on after each attempt: the recommendations of Standard Webhooks 1.0, with named numbers. */

/** What came of one attempt. */
export interface WebhookAnswer {
  /** HTTP status; null where none came. */
  readonly status: number | null
  /** What the receiver asked to wait, in seconds; null where it did not. */
  readonly retryAfterSeconds: number | null
}

/** What follows from an attempt: done, again later, given up, or the receiver wants no more at all. */
export type WebhookVerdict =
  | { readonly next: 'DELIVERED' | 'GIVEN_UP' | 'GONE' }
  | { readonly next: 'RETRY'; readonly delayMs: number }

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

/** Waits before the second attempt, the third, and so on: 72 hours in all, after which a delivery is given up. */
export const WEBHOOK_RETRY_DELAYS_MS: readonly number[] = [
  5 * SECOND_MS,
  55 * SECOND_MS,
  4 * MINUTE_MS,
  25 * MINUTE_MS,
  90 * MINUTE_MS,
  3 * HOUR_MS,
  7 * HOUR_MS,
  12 * HOUR_MS,
  24 * HOUR_MS,
  24 * HOUR_MS,
]
/** A wait is longer or shorter by up to this part, so that what failed together does not come back together. */
const JITTER = 0.2
/** A receiver may put us off for so long at most. */
const MAX_RETRY_AFTER_MS = 24 * HOUR_MS

const GONE = 410

/** What follows from the answer to an attempt, the first being 1. `fraction` is any number from 0 to 1: the jitter. */
export function judgeAttempt(answer: WebhookAnswer, attempt: number, fraction: number): WebhookVerdict {
  const { status, retryAfterSeconds } = answer
  if (status !== null && status >= 200 && status < 300) return { next: 'DELIVERED' }
  if (status === GONE) return { next: 'GONE' }
  const delayMs = WEBHOOK_RETRY_DELAYS_MS[attempt - 1]
  if (delayMs === undefined) return { next: 'GIVEN_UP' }
  const jittered = Math.round(delayMs * (1 + JITTER * (2 * fraction - 1)))
  const askedMs = Math.min((retryAfterSeconds ?? 0) * SECOND_MS, MAX_RETRY_AFTER_MS)
  return { next: 'RETRY', delayMs: Math.max(jittered, askedMs) }
}
