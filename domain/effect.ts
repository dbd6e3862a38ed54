/** How an effect in an outside system happens once: what is known of it and of the system decides what is done next. */

/** What a system can be relied on for. Each figure is the system's promise: with a wrong one effects are doubled. */
export interface Capabilities {
  /**
   * For so long after the first sending it takes another one under the same idempotency key for the same, and answers
   * as it did; 0 where it never does.
   */
  readonly deduplicatesForMs: number
  /** Whether it can be asked what it did under our reference. */
  readonly searchableByReference: boolean
  /** What was sent is found by its reference this long after the end of sending; from then on, absence counts. */
  readonly visibleWithinMs: number
}

/** What the outside system made: its id there, where a person finds it, and what else is worth keeping (a number). */
export interface OutsideDocument {
  readonly externalId: string
  readonly url: string | null
  readonly details: Readonly<Record<string, string>>
}

/**
 * What came of sending. TRANSIENT: this sending certainly did nothing. UNKNOWN: it may have had its effect. REFUSED: it
 * had none, and will have none as it stands.
 */
export type SendAnswer =
  | { readonly kind: 'APPLIED'; readonly document: OutsideDocument }
  | { readonly kind: 'REFUSED'; readonly code: string; readonly message: string }
  | { readonly kind: 'TRANSIENT'; readonly message: string; readonly retryAfterMs: number | null }
  | { readonly kind: 'UNKNOWN'; readonly message: string }

/** What came of asking by reference. ABSENT: nothing is visible at the moment. SEVERAL: it happened more than once. */
export type FindAnswer =
  | { readonly kind: 'FOUND'; readonly document: OutsideDocument }
  | { readonly kind: 'SEVERAL'; readonly externalIds: readonly string[] }
  | { readonly kind: 'ABSENT' }
  | { readonly kind: 'TRANSIENT'; readonly message: string; readonly retryAfterMs: number | null }

/** What is known of an effect. */
export interface OutsideEffect {
  /** OPEN: not decided. UNKNOWN: only a person can find out whether it happened. */
  readonly status: 'OPEN' | 'APPLIED' | 'REFUSED' | 'UNKNOWN'
  /** When it was first sent under its present idempotency key; null while it was not. */
  readonly firstSentAt: Temporal.Instant | null
  /** Until when something may have left for the system; null while nothing was sent. */
  readonly sentUntil: Temporal.Instant | null
  /** Since when it may have happened without our knowing; null where that is excluded. */
  readonly inDoubtSince: Temporal.Instant | null
}

/** What is done next. ASK: a person has to look into the system. */
export type Move = 'SEND' | 'FIND' | 'ASK'

/** What is done with an effect that is not applied. What is in doubt is looked for before it is sent again. */
export function nextMove(effect: OutsideEffect, capabilities: Capabilities, now: Temporal.Instant): Move {
  if (effect.inDoubtSince === null) return 'SEND'
  if (capabilities.searchableByReference) return 'FIND'
  return isDeduplicated(effect, capabilities, now) ? 'SEND' : 'ASK'
}

/** What follows from an answer. */
export type Verdict =
  | { readonly next: 'APPLIED'; readonly document: OutsideDocument }
  | { readonly next: 'REFUSED'; readonly code: string; readonly message: string }
  | {
      readonly next: 'LATER'
      readonly delayMs: number
      readonly inDoubt: boolean
      readonly message: string
    }
  | { readonly next: 'UNKNOWN'; readonly message: string }

/** To be sent again. `isAbsent`: it did not happen. Otherwise it may have: the key keeps it from happening twice. */
export interface Sendable {
  readonly next: 'SEND'
  readonly isAbsent: boolean
}

/** What is known when an answer comes. */
export interface Circumstances {
  /** As it was before the question was put. */
  readonly effect: OutsideEffect
  readonly capabilities: Capabilities
  /** When the question was put, at the latest. */
  readonly askedAt: Temporal.Instant
  /** How often it was tried in this call, from 1. */
  readonly attempt: number
  /** Any number from 0 to 1: the jitter. */
  readonly fraction: number
}

/** What follows from the answer to a sending. Its trouble does not resolve the doubt that an earlier one left. */
export function judgeSend(answer: SendAnswer, circumstances: Circumstances): Verdict {
  switch (answer.kind) {
    case 'APPLIED':
      return { next: 'APPLIED', document: answer.document }
    case 'REFUSED':
      return { next: 'REFUSED', code: answer.code, message: answer.message }
    case 'TRANSIENT':
      return later(circumstances, circumstances.effect.inDoubtSince !== null, answer)
    case 'UNKNOWN':
      return later(circumstances, true, { message: answer.message, retryAfterMs: null })
  }
}

/** What follows from what was found. Absence counts only once all that may have been sent must have become visible. */
export function judgeFind(answer: FindAnswer, circumstances: Circumstances): Verdict | Sendable {
  const { effect, capabilities, askedAt } = circumstances
  if (answer.kind === 'FOUND') return { next: 'APPLIED', document: answer.document }
  if (answer.kind === 'SEVERAL')
    return { next: 'UNKNOWN', message: `It was made more than once: ${answer.externalIds.join(', ')}` }
  if (answer.kind === 'TRANSIENT') return unsearched(answer, circumstances)
  const invisibleForMs = capabilities.visibleWithinMs - millisecondsSince(effect.sentUntil, askedAt)
  if (invisibleForMs <= 0) return { next: 'SEND', isAbsent: true }
  if (isDeduplicated(effect, capabilities, askedAt)) return { next: 'SEND', isAbsent: false }
  const message = 'It may have been applied and not be visible yet.'
  return { next: 'LATER', delayMs: Math.ceil(invisibleForMs), inDoubt: true, message }
}

/** A search that fails is no reason to wait where the key keeps the effect from happening twice. */
function unsearched(
  answer: Extract<FindAnswer, { kind: 'TRANSIENT' }>,
  circumstances: Circumstances,
): Verdict | Sendable {
  const { effect, capabilities, askedAt } = circumstances
  const isAskedToWait = answer.retryAfterMs !== null
  return !isAskedToWait && isDeduplicated(effect, capabilities, askedAt)
    ? { next: 'SEND', isAbsent: false }
    : later(circumstances, true, answer)
}

/** Whether the system takes one more sending for the one that it may have had. */
function isDeduplicated(effect: OutsideEffect, capabilities: Capabilities, now: Temporal.Instant): boolean {
  // An answer takes its time, and clocks differ: what is about to be forgotten counts as forgotten.
  return millisecondsSince(effect.firstSentAt, now) + FORGETTING_MARGIN_MS < capabilities.deduplicatesForMs
}

const FORGETTING_MARGIN_MS = 60_000
/** After a day in doubt a person looks: whatever was in the way does not pass by itself. */
const MAX_DOUBT_MS = 24 * 60 * 60 * 1_000

function later(
  { effect, askedAt, attempt, fraction }: Circumstances,
  inDoubt: boolean,
  { message, retryAfterMs }: { readonly message: string; readonly retryAfterMs: number | null },
): Verdict {
  if (inDoubt && effect.inDoubtSince !== null) {
    if (millisecondsSince(effect.inDoubtSince, askedAt) >= MAX_DOUBT_MS) return { next: 'UNKNOWN', message }
  }
  const askedForMs = Math.min(retryAfterMs ?? 0, MAX_RETRY_AFTER_MS)
  return { next: 'LATER', delayMs: Math.max(backoffMs(attempt, fraction), askedForMs), inDoubt, message }
}

/** A system may put us off for so long at most. */
const MAX_RETRY_AFTER_MS = 60 * 60 * 1_000
const FIRST_BACKOFF_MS = 200
const MAX_BACKOFF_MS = 15_000

/** How long to wait after a failed attempt, the first being 1: doubled each time, and between half and all of that. */
export function backoffMs(attempt: number, fraction: number): number {
  const longestMs = Math.min(FIRST_BACKOFF_MS * 2 ** (attempt - 1), MAX_BACKOFF_MS)
  return Math.round((longestMs / 2) * (1 + fraction))
}

function millisecondsSince(earlier: Temporal.Instant | null, now: Temporal.Instant): number {
  return earlier === null ? 0 : now.epochMilliseconds - earlier.epochMilliseconds
}
