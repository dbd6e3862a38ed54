// What is done with an effect in an outside system, by what is known of it and what the system can be relied on for.
import { describe, expect, it } from 'vitest'
import {
  backoffMs,
  type Capabilities,
  type Circumstances,
  type FindAnswer,
  judgeFind,
  judgeSend,
  nextMove,
  type OutsideEffect,
  type SendAnswer,
} from '#domain/effect.ts'

const HOUR_MS = 3_600_000
const NOW = Temporal.Instant.from('2026-03-01T12:00:00Z')
const before = (milliseconds: number): Temporal.Instant => NOW.subtract({ milliseconds })

/** Systems by what they promise. */
const SYSTEMS = {
  'knows keys': { deduplicatesForMs: 24 * HOUR_MS, searchableByReference: false, visibleWithinMs: 0 },
  'can be searched': { deduplicatesForMs: 0, searchableByReference: true, visibleWithinMs: 5_000 },
  'does both': { deduplicatesForMs: 24 * HOUR_MS, searchableByReference: true, visibleWithinMs: 5_000 },
  'promises nothing': { deduplicatesForMs: 0, searchableByReference: false, visibleWithinMs: 0 },
} as const satisfies Record<string, Capabilities>
type System = keyof typeof SYSTEMS

const FRESH: OutsideEffect = { status: 'OPEN', firstSentAt: null, sentUntil: null, inDoubtSince: null }

/** An effect of which the answer to a sending that ended so long ago was lost. */
const inDoubt = (sinceMs: number): OutsideEffect => ({
  status: 'OPEN',
  firstSentAt: before(sinceMs),
  sentUntil: before(sinceMs),
  inDoubtSince: before(sinceMs),
})

const circumstances = (effect: OutsideEffect, system: System): Circumstances => ({
  effect,
  capabilities: SYSTEMS[system],
  askedAt: NOW,
  attempt: 1,
  fraction: 1,
})

const document = { externalId: 'inv_1', url: null, details: {} }
const applied: SendAnswer = { kind: 'APPLIED', document }
const lost: SendAnswer = { kind: 'UNKNOWN', message: 'no answer' }
const busy = { kind: 'TRANSIENT', message: 'slow down', retryAfterMs: 7_000 } as const
const refused: SendAnswer = { kind: 'REFUSED', code: 'NO_SUCH_CUSTOMER', message: 'No' }

describe('what is done next', () => {
  it.each([
    ['nothing was sent', FRESH, 'promises nothing', 'SEND'],
    ['an answer was lost a minute ago', inDoubt(60_000), 'knows keys', 'SEND'],
    ['an answer was lost a minute ago', inDoubt(60_000), 'can be searched', 'FIND'],
    ['an answer was lost a minute ago', inDoubt(60_000), 'does both', 'FIND'],
    ['an answer was lost a minute ago', inDoubt(60_000), 'promises nothing', 'ASK'],
    ['keys are forgotten by now', inDoubt(24 * HOUR_MS), 'knows keys', 'ASK'],
    ['keys are about to be forgotten', inDoubt(24 * HOUR_MS - 1), 'knows keys', 'ASK'],
  ] as const)('where %s, of a system that %3$s', (_, effect, system, move) => {
    expect(nextMove(effect, SYSTEMS[system], NOW)).toBe(move)
  })
})

describe('what follows from the answer to a sending', () => {
  it.each([
    ['it happened', FRESH, applied, { next: 'APPLIED', document }],
    ['it was refused', FRESH, refused, { next: 'REFUSED', code: 'NO_SUCH_CUSTOMER' }],
    ['nothing was done', FRESH, busy, { next: 'LATER', delayMs: 7_000, inDoubt: false }],
    ['the answer was lost', FRESH, lost, { next: 'LATER', delayMs: 200, inDoubt: true }],
    ['an earlier doubt stays', inDoubt(1_000), busy, { next: 'LATER', delayMs: 7_000, inDoubt: true }],
    ['an earlier doubt ends', inDoubt(1_000), applied, { next: 'APPLIED', document }],
    ['it is in doubt for a day', inDoubt(24 * HOUR_MS), lost, { next: 'UNKNOWN' }],
  ] as const)('%s', (_, effect, answer, verdict) => {
    expect(judgeSend(answer, circumstances(effect, 'knows keys'))).toMatchObject(verdict)
  })
})

describe('what follows from what was found', () => {
  const absent: FindAnswer = { kind: 'ABSENT' }
  const found: FindAnswer = { kind: 'FOUND', document }
  const several: FindAnswer = { kind: 'SEVERAL', externalIds: ['inv_1', 'inv_2'] }
  const down: FindAnswer = { kind: 'TRANSIENT', message: 'down', retryAfterMs: null }
  it.each([
    ['adopted', 1_000, 'can be searched', found, { next: 'APPLIED', document }],
    ['too many', 1_000, 'can be searched', several, { next: 'UNKNOWN' }],
    ['not visible yet', 1_000, 'can be searched', absent, { next: 'LATER', delayMs: 4_000, inDoubt: true }],
    ['not visible yet, but told by its key', 1_000, 'does both', absent, { next: 'SEND', isAbsent: false }],
    ['absent', 5_000, 'can be searched', absent, { next: 'SEND', isAbsent: true }],
    ['absent, whatever the key', 5_000, 'does both', absent, { next: 'SEND', isAbsent: true }],
    ['not told, but told by its key', 60_000, 'does both', down, { next: 'SEND', isAbsent: false }],
    [
      'not told, and asked to wait',
      60_000,
      'does both',
      busy,
      { next: 'LATER', delayMs: 7_000, inDoubt: true },
    ],
    ['not told', 60_000, 'can be searched', down, { next: 'LATER', inDoubt: true }],
    ['not told for a day', 24 * HOUR_MS, 'can be searched', down, { next: 'UNKNOWN' }],
  ] as const)('%s', (_, sinceMs, system, answer, verdict) => {
    expect(judgeFind(answer, circumstances(inDoubt(sinceMs), system))).toMatchObject(verdict)
  })

  it('counts absence from the end of the time in which something may leave', () => {
    const stillSending = { ...inDoubt(60_000), sentUntil: NOW.add({ seconds: 2 }) }
    expect(judgeFind(absent, circumstances(stillSending, 'can be searched'))).toMatchObject({
      next: 'LATER',
      delayMs: 7_000,
    })
  })
})

describe('how long is waited', () => {
  it.each([
    [1, 0, 100],
    [1, 1, 200],
    [2, 1, 400],
    [7, 1, 12_800],
    [8, 1, 15_000],
    [100, 0.5, 11_250],
  ])('after attempt %i, by chance %d: %i ms', (attempt, fraction, ms) => {
    expect(backoffMs(attempt, fraction)).toBe(ms)
  })

  it('is no longer than an hour, whatever a system asks for', () => {
    const never: SendAnswer = { kind: 'TRANSIENT', message: 'away', retryAfterMs: 1_000 * HOUR_MS }
    expect(judgeSend(never, circumstances(FRESH, 'knows keys'))).toMatchObject({ delayMs: HOUR_MS })
  })
})
