/** Carries an effect to the system in which it is mastered: once, whatever dies, answers late or does not answer. */
import { randomUUID } from 'node:crypto'
import {
  backoffMs,
  type Circumstances,
  judgeFind,
  judgeSend,
  nextMove,
  type OutsideDocument,
  type Verdict,
} from '#domain/effect.ts'
import { type Connector, deadlineIn, type OutsideRequest } from '#platform/connector.ts'
import { contentHash } from '#platform/json.ts'
import type { EffectStore, Ended, Hold, Intent, StoredEffect } from '../effect-store.ts'

/** What is asked of the outside system. The same key with the same request, however often it is asked. */
export interface EffectRequest extends Omit<OutsideRequest, 'idempotencyKey'> {
  /** How often a person has had it tried again after a refusal, mended or not: 0 at first. */
  readonly revision: number
  /** What makes a request the same one, where details of its payload may change meanwhile; the payload if not given. */
  readonly identity?: unknown
}

/** What became of it. */
export type Carried =
  | { readonly kind: 'APPLIED'; readonly document: OutsideDocument }
  /** It did not happen. Undo what went before, or mend it and call with the next revision: this one stays refused. */
  | { readonly kind: 'REFUSED'; readonly code: string; readonly message: string }
  /** Whether it happened cannot be found out from here: a person has to look (OUTCOME_UNKNOWN). */
  | { readonly kind: 'UNKNOWN'; readonly message: string }
  /** Not yet: call again after that time. Where it is `inDoubt` nothing may be undone as if it had not happened. */
  | {
      readonly kind: 'UNAVAILABLE'
      readonly retryAfterMs: number
      readonly inDoubt: boolean
      readonly message: string
    }

/** A moment of the protocol, in its order: tests kill the process at each of them. */
export type EffectMoment = 'INTENDED' | 'BEGUN' | 'ANSWERED' | 'LOOKED_FOR' | 'RECORDED'

/** What carrying out needs. */
export interface Carrying {
  readonly store: EffectStore
  /** Numbers from 0 to 1: the jitter. */
  readonly random: () => number
  readonly pause: (delayMs: number) => Promise<void>
  /** For how long one call waits between tries before it gives the effect back; 20 s where nothing is said. */
  readonly patienceMs?: number
  readonly at?: (moment: EffectMoment) => Promise<void> | void
}

const PATIENCE_MS = 20_000
const MAX_TRIES_A_CALL = 8
/** A claim outlasts a try by so much: what a process leaves when it dies is taken up after it. */
const LEASE_MARGIN_MS = 2_000

/**
 * Carries an effect out, or finds out what became of it. To be called again, by any process, until the answer is final:
 * after a death, at the same time from two places, after UNAVAILABLE. Throws where the key was used for another request
 * that was not refused, and where the system made two things for it after all.
 */
export async function carryOut(
  carrying: Carrying,
  connector: Connector,
  request: EffectRequest,
): Promise<Carried> {
  const patienceMs = carrying.patienceMs ?? PATIENCE_MS
  let waitedMs = 0
  for (let attempt = 1; ; attempt += 1) {
    const carried = await tryOnce({ ...carrying, connector, request, attempt })
    if (carried.kind !== 'UNAVAILABLE' || attempt === MAX_TRIES_A_CALL) return carried
    waitedMs += carried.retryAfterMs
    if (waitedMs > patienceMs) return carried
    await carrying.pause(carried.retryAfterMs)
  }
}

/** One try, and what it has to do with. */
interface Trying extends Carrying {
  readonly connector: Connector
  readonly request: EffectRequest
  /** From 1. */
  readonly attempt: number
}

/** An effect that is ours for the moment. */
interface Held extends Trying {
  readonly intent: Intent
  readonly lease: string
  readonly leaseMs: number
  readonly effect: StoredEffect
  readonly now: Temporal.Instant
}

/** Looks at the effect once, and does the one thing that follows. */
async function tryOnce(trying: Trying): Promise<Carried> {
  const { connector, request, store } = trying
  const intent = intentOf(connector, request)
  const lease = randomUUID()
  const leaseMs = connector.timeoutMs + LEASE_MARGIN_MS
  const { effect, isOurs, waitMs, now } = await store.claim(intent, lease, leaseMs)
  await trying.at?.('INTENDED')
  refuseOther(effect, intent)
  const settled = settledBefore(effect, request)
  if (settled !== undefined) return settled
  if (!isOurs) return waitMs > 0 ? notDue(effect, waitMs) : takenBy(trying)
  const held: Held = { ...trying, intent, lease, leaseMs, effect, now }
  switch (nextMove(effect, connector.capabilities, now)) {
    case 'SEND':
      return send(held)
    case 'FIND':
      return find(held)
    case 'ASK':
      return giveToPerson(held)
  }
}

function intentOf({ name }: Connector, request: EffectRequest): Intent {
  const { effectKey, operation, identity, payload, revision } = request
  const requestHash = contentHash({ operation, payload: identity ?? payload })
  return { system: name, effectKey, operation, requestHash, revision }
}

/** What was refused may be asked for in another way; anything else under a key that is in use is a defect. */
function refuseOther(effect: StoredEffect, { effectKey, requestHash, revision, system }: Intent): void {
  const isMended = effect.status === 'REFUSED' && revision > effect.revision
  const isOvertaken = revision < effect.revision
  if (isMended || isOvertaken || effect.requestHash === requestHash) return
  throw new Error(`the effect key ${effectKey} was used for another ${effect.operation} in ${system}`)
}

/** Whoever asks again gets the answer that was given: two that ask at once must not go different ways. */
function settledBefore(effect: StoredEffect, { revision }: EffectRequest): Carried | undefined {
  const { document, message, refusalCode } = effect
  if (document !== null) return { kind: 'APPLIED', document }
  if (refusalCode === null || revision > effect.revision) return undefined
  return { kind: 'REFUSED', code: refusalCode, message: message ?? '' }
}

async function send(held: Held): Promise<Carried> {
  const { connector, effect, intent, lease, leaseMs, request, store } = held
  const { timeoutMs } = connector
  const afresh = effect.inDoubtSince === null
  const revision = effect.status === 'REFUSED' ? request.revision : effect.revision
  // Made before others are told until when something may leave: so it ends no later than they believe.
  const deadline = deadlineIn(timeoutMs)
  const hold = await store.begin(intent, lease, leaseMs, { kind: 'SEND', revision, timeoutMs, afresh })
  if (hold === undefined) return takenBy(held)
  await held.at?.('BEGUN')
  const answer = await connector.send(outsideRequest(request, revision), deadline)
  await held.at?.('ANSWERED')
  return record(held, hold, answer.kind, judgeSend(answer, circumstancesOf(held)))
}

async function find(held: Held): Promise<Carried> {
  const { connector, effect, intent, lease, leaseMs, request, store } = held
  const hold = await store.begin(intent, lease, leaseMs, { kind: 'FIND' })
  if (hold === undefined) return takenBy(held)
  const answer = await connector.find(
    outsideRequest(request, effect.revision),
    deadlineIn(connector.timeoutMs),
  )
  await held.at?.('LOOKED_FOR')
  const verdict = judgeFind(answer, circumstancesOf(held))
  if (verdict.next !== 'SEND') return record(held, hold, answer.kind, verdict)
  await store.note(hold, answer.kind)
  return send(verdict.isAbsent ? { ...held, effect: { ...effect, inDoubtSince: null } } : held)
}

/** A key that was refused is used up: some systems answer it with the refusal for ever. */
function outsideRequest(request: EffectRequest, revision: number): OutsideRequest {
  const { effectKey, operation, payload, traceparent } = request
  const idempotencyKey = revision === 0 ? effectKey : `${effectKey}~${revision}`
  return { effectKey, idempotencyKey, operation, payload, traceparent }
}

function circumstancesOf({ attempt, connector, effect, now, random }: Held): Circumstances {
  return { effect, capabilities: connector.capabilities, askedAt: now, attempt, fraction: random() }
}

/** Keeps what came of a try, and says it. */
async function record(held: Held, hold: Hold, answer: string, verdict: Verdict): Promise<Carried> {
  const { store } = held
  if (verdict.next === 'APPLIED') {
    const document = await store.apply(hold, verdict.document)
    await held.at?.('RECORDED')
    return { kind: 'APPLIED', document }
  }
  const isEnded = await store.end(hold, answer, endOf(verdict))
  await held.at?.('RECORDED')
  return isEnded ? carriedBy(verdict) : takenBy(held)
}

type Unsettled = Exclude<Verdict, { next: 'APPLIED' }>

function endOf(verdict: Unsettled): Ended {
  const { message } = verdict
  switch (verdict.next) {
    case 'REFUSED':
      return { status: 'REFUSED', inDoubt: false, delayMs: 0, refusalCode: verdict.code, message }
    case 'LATER':
      return {
        status: 'OPEN',
        inDoubt: verdict.inDoubt,
        delayMs: verdict.delayMs,
        refusalCode: null,
        message,
      }
    case 'UNKNOWN':
      return { status: 'UNKNOWN', inDoubt: true, delayMs: 0, refusalCode: null, message }
  }
}

function carriedBy(verdict: Unsettled): Carried {
  const { message } = verdict
  switch (verdict.next) {
    case 'REFUSED':
      return { kind: 'REFUSED', code: verdict.code, message }
    case 'LATER':
      return { kind: 'UNAVAILABLE', retryAfterMs: verdict.delayMs, inDoubt: verdict.inDoubt, message }
    case 'UNKNOWN':
      return { kind: 'UNKNOWN', message }
  }
}

async function giveToPerson(held: Held): Promise<Carried> {
  const { connector, intent, lease } = held
  const message =
    `The answer to a sending was lost, and ${connector.name} can neither be searched by our reference ` +
    `nor told to take a repetition for the same.`
  return record(held, { intent, lease, kind: 'ASK', number: 0 }, 'ASK', { next: 'UNKNOWN', message })
}

/** Another process has it, and may be sending it. */
const takenBy = ({ attempt, random }: Trying): Carried => ({
  kind: 'UNAVAILABLE',
  retryAfterMs: backoffMs(attempt, random()),
  inDoubt: true,
  message: 'Another process is at work on it, or died doing so a moment ago.',
})

const notDue = ({ inDoubtSince, message }: StoredEffect, waitMs: number): Carried => ({
  kind: 'UNAVAILABLE',
  retryAfterMs: waitMs,
  inDoubt: inDoubtSince !== null,
  message: message ?? 'It is not due yet.',
})
