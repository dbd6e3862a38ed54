/** Effects in memory, and an outside system beside them, under one clock that only the world moves. */
import type { Capabilities, FindAnswer, OutsideDocument, SendAnswer } from '#domain/effect.ts'
import type { Connector, OutsideRequest } from '#platform/connector.ts'
import type {
  Claim,
  EffectStore,
  EffectTry,
  Hold,
  Intent,
  StoredEffect,
} from '#subgraphs/operations/effect-store.ts'

/** What happens to one request. LATE: it takes its effect when nobody waits any more, at the end of the time for it. */
export type Fate = 'WELL' | 'LOST_BEFORE' | 'LOST_AFTER' | 'LATE' | 'BUSY' | 'REFUSED' | 'UNSENT'

/** Where the process dies next; undefined where it does not. */
export class Death extends Error {}

/** Time in milliseconds since the world began. */
export interface WorldClock {
  nowMs: number
}

const BEGINNING_MS = 1_767_225_600_000
const instant = (ms: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(BEGINNING_MS + ms)

interface Row {
  effect: StoredEffect
  lease: string | null
  leasedUntilMs: number
  dueAtMs: number
}

/** What `effect-store.ts` says of PostgreSQL, for one effect at a time and in memory. */
export function memoryStore(clock: WorldClock): EffectStore {
  const rows = new Map<string, Row>()
  const rowOf = ({ effectKey }: Intent): Row => {
    const row = rows.get(effectKey)
    if (row === undefined) throw new Error(`no intent of ${effectKey}`)
    return row
  }
  const claim = (intent: Intent, lease: string, leaseMs: number): Claim => {
    const row = rows.get(intent.effectKey) ?? fresh(intent)
    rows.set(intent.effectKey, row)
    const { revision, status } = row.effect
    const isOpen =
      status !== 'APPLIED' &&
      revision <= intent.revision &&
      (status !== 'REFUSED' || revision < intent.revision)
    const isOurs = isOpen && row.dueAtMs <= clock.nowMs && row.leasedUntilMs < clock.nowMs
    if (isOurs) Object.assign(row, { lease, leasedUntilMs: clock.nowMs + leaseMs })
    return {
      effect: row.effect,
      isOurs,
      waitMs: Math.max(0, row.dueAtMs - clock.nowMs),
      now: instant(clock.nowMs),
    }
  }
  return {
    claim: async (intent, lease, leaseMs) => Promise.resolve(claim(intent, lease, leaseMs)),
    begin: async (intent, lease, leaseMs, what) => {
      const row = rowOf(intent)
      if (row.lease !== lease || row.leasedUntilMs < clock.nowMs) return undefined
      row.leasedUntilMs = clock.nowMs + leaseMs
      if (what.kind === 'SEND') row.effect = sending(row.effect, intent, what, clock.nowMs)
      return Promise.resolve({ intent, lease, kind: what.kind, number: 1 } satisfies Hold)
    },
    note: async () => Promise.resolve(),
    end: async ({ intent, lease, kind }, _answer, { status, inDoubt, delayMs, refusalCode, message }) => {
      const row = rowOf(intent)
      if (row.lease !== lease) return Promise.resolve(false)
      const { inDoubtSince, sentUntil } = row.effect
      row.effect = {
        ...row.effect,
        status,
        refusalCode,
        message,
        inDoubtSince: inDoubt ? inDoubtSince : null,
        sentUntil: kind === 'SEND' ? instant(clock.nowMs) : sentUntil,
      }
      Object.assign(row, { lease: null, leasedUntilMs: -1, dueAtMs: clock.nowMs + delayMs })
      return Promise.resolve(true)
    },
    apply: async ({ intent }, document) => {
      const row = rowOf(intent)
      const kept = row.effect.document ?? document
      row.effect = { ...row.effect, status: 'APPLIED', document: kept, inDoubtSince: null, refusalCode: null }
      return Promise.resolve(kept)
    },
  }
}

const fresh = ({ operation, requestHash, revision }: Intent): Row => ({
  effect: {
    operation,
    requestHash,
    revision,
    status: 'OPEN',
    firstSentAt: null,
    sentUntil: null,
    inDoubtSince: null,
    document: null,
    message: null,
    refusalCode: null,
  },
  lease: null,
  leasedUntilMs: -1,
  dueAtMs: 0,
})

type Sending = Extract<EffectTry, { kind: 'SEND' }>

function sending(effect: StoredEffect, intent: Intent, what: Sending, nowMs: number): StoredEffect {
  const now = instant(nowMs)
  return {
    ...effect,
    operation: intent.operation,
    requestHash: intent.requestHash,
    revision: what.revision,
    status: 'OPEN',
    refusalCode: null,
    firstSentAt: what.revision === effect.revision ? (effect.firstSentAt ?? now) : now,
    sentUntil: instant(nowMs + what.timeoutMs),
    inDoubtSince: what.afresh ? now : (effect.inDoubtSince ?? now),
  }
}

/** An outside system, and what it did. */
export interface OutsideWorld {
  readonly connector: Connector
  /** What it made under each reference. */
  readonly made: Map<string, OutsideDocument[]>
}

const TIMEOUT_MS = 2_000
const TRAVEL_MS = 10

/**
 * A system that keeps its promises, and to whose requests happens what `fate` says. It shows what it made only at the
 * end of the time that it promised.
 */
export function outsideWorld(
  clock: WorldClock,
  capabilities: Capabilities,
  fate: () => Fate,
  pass: (ms: number) => void,
): OutsideWorld {
  const made = new Map<string, OutsideDocument[]>()
  const byIdempotencyKey = new Map<string, OutsideDocument>()
  const visibleAtMs = new Map<string, number>()
  const make = ({ effectKey, idempotencyKey }: OutsideRequest, atMs: number): OutsideDocument => {
    const known = capabilities.deduplicatesForMs > 0 ? byIdempotencyKey.get(idempotencyKey) : undefined
    if (known !== undefined) return known
    const documents = made.get(effectKey) ?? []
    const document = { externalId: `${effectKey}#${documents.length + 1}`, url: null, details: {} }
    made.set(effectKey, [...documents, document])
    byIdempotencyKey.set(idempotencyKey, document)
    visibleAtMs.set(document.externalId, atMs + capabilities.visibleWithinMs)
    return document
  }
  const noAnswer = (): SendAnswer => {
    pass(TIMEOUT_MS)
    return { kind: 'UNKNOWN', message: 'no answer in time' }
  }
  const send = (request: OutsideRequest): SendAnswer => {
    pass(TRAVEL_MS)
    switch (fate()) {
      case 'WELL':
        return { kind: 'APPLIED', document: make(request, clock.nowMs) }
      case 'LOST_BEFORE':
        return noAnswer()
      case 'LOST_AFTER':
        make(request, clock.nowMs)
        return noAnswer()
      case 'LATE':
        make(request, clock.nowMs + TIMEOUT_MS - TRAVEL_MS)
        return noAnswer()
      case 'BUSY':
        return { kind: 'TRANSIENT', message: 'busy', retryAfterMs: 500 }
      case 'UNSENT':
        return { kind: 'TRANSIENT', message: 'no connection', retryAfterMs: null }
      case 'REFUSED':
        return byIdempotencyKey.has(request.idempotencyKey) && capabilities.deduplicatesForMs > 0
          ? { kind: 'APPLIED', document: make(request, clock.nowMs) }
          : { kind: 'REFUSED', code: 'NOT_WANTED', message: 'No' }
    }
  }
  const find = ({ effectKey }: OutsideRequest): FindAnswer => {
    pass(TRAVEL_MS)
    if (fate() === 'BUSY') return { kind: 'TRANSIENT', message: 'busy', retryAfterMs: null }
    const visible = (made.get(effectKey) ?? []).filter(
      ({ externalId }) => (visibleAtMs.get(externalId) ?? 0) <= clock.nowMs,
    )
    const [document] = visible
    if (document === undefined) return { kind: 'ABSENT' }
    if (visible.length === 1) return { kind: 'FOUND', document }
    return { kind: 'SEVERAL', externalIds: visible.map(({ externalId }) => externalId) }
  }
  return {
    made,
    connector: {
      name: 'world',
      naming: { system: 'world', instance: 'default', payments: [], invoices: [], subscriptions: [] },
      capabilities,
      takesPayments: false,
      timeoutMs: TIMEOUT_MS,
      send: async (request) => Promise.resolve(send(request)),
      find: async (request) => Promise.resolve(find(request)),
    },
  }
}
