/** What a simulated system is apart from HTTP: its effects, its memory of keys, its search. */
import { randomUUID } from 'node:crypto'
import { systemClock } from '#platform/clock.ts'
import { contentHash } from '#platform/json.ts'
import type { FaultSource } from './faults.ts'
import { variants, type SimulatorKind } from './kinds.ts'
import { type LoggedEffect, openLog, readEffects } from './log.ts'

/** A request for an effect. */
export type Asked = Pick<LoggedEffect, 'effectKey' | 'idempotencyKey' | 'operation' | 'payload'>

/** What the system says to a request for an effect. */
export type Said =
  | { readonly said: 'MADE' | 'REPLAYED'; readonly effect: LoggedEffect }
  | { readonly said: 'REFUSED'; readonly code: string; readonly message: string }
  | { readonly said: 'DUPLICATE' | 'IN_PROGRESS' }

/** A simulated system over its log. */
export interface SimulatedSystem {
  /** What speaks against an effect before it is made; undefined where nothing does. */
  readonly check: (asked: Asked) => Said | undefined
  /** Has the effect: it is in the log when this returns. */
  readonly make: (asked: Asked, isOvertaxed?: boolean) => LoggedEffect
  /** Marks a request as under way until it is made. */
  readonly begin: (asked: Asked) => void
  /** Voids a document: it stays, and counts for nothing. */
  readonly void: (externalId: string) => void
  /** What is visible under a reference; a document that was voided says so. */
  readonly find: (effectKey: string) => (LoggedEffect & { readonly status?: 'VOIDED' })[]
  /** All that it did, oldest first. */
  readonly all: () => LoggedEffect[]
}

/** Opens a system: what its log has is what happened. */
export function openSystem(kind: SimulatorKind, logPath: string, faults: FaultSource): SimulatedSystem {
  const log = openLog(logPath)
  const { documents, operations } = variants[kind]
  const byKey = new Map<string, LoggedEffect>()
  const byReference = new Map<string, LoggedEffect[]>()
  const underWay = new Set<string>()
  const voided = new Set<string>()
  const remember = (effect: LoggedEffect): void => {
    if (effect.operation === VOIDING) {
      voided.add(effect.externalId)
      return
    }
    if (!byKey.has(effect.idempotencyKey)) byKey.set(effect.idempotencyKey, effect)
    byReference.set(effect.effectKey, [...(byReference.get(effect.effectKey) ?? []), effect])
  }
  for (const effect of readEffects(logPath)) remember(effect)

  return {
    check: (asked) => {
      if (operations[asked.operation] === undefined)
        return { said: 'REFUSED', code: 'OPERATION_UNKNOWN', message: `No ${asked.operation} in ${kind}` }
      const { duplicates } = faults.now()
      if (duplicates === 'ACCEPTED') return undefined
      if (underWay.has(asked.idempotencyKey)) return { said: 'IN_PROGRESS' }
      const first = byKey.get(asked.idempotencyKey)
      if (first === undefined) return undefined
      if (duplicates === 'REFUSED') return { said: 'DUPLICATE' }
      return isSame(first, asked)
        ? { said: 'REPLAYED', effect: first }
        : { said: 'REFUSED', code: 'KEY_REUSED', message: 'The idempotency key was used for something else' }
    },
    begin: ({ idempotencyKey }) => underWay.add(idempotencyKey),
    make: (asked, isOvertaxed = false) => {
      const prefix = operations[asked.operation] ?? ''
      const externalId = `${prefix}_${randomUUID().replaceAll('-', '')}`
      const document = documents.includes(asked.operation)
        ? documentOf(asked, `${prefix.toUpperCase()}-${byKey.size + 1}`, isOvertaxed)
        : {}
      const effect = { externalId, ...asked, ...document, atMs: systemClock.now().epochMilliseconds }
      log.append(effect)
      remember(effect)
      underWay.delete(asked.idempotencyKey)
      return effect
    },
    void: (externalId) => {
      const atMs = systemClock.now().epochMilliseconds
      const effect = { externalId, effectKey: '', idempotencyKey: '', operation: VOIDING, payload: {}, atMs }
      log.append(effect)
      remember(effect)
    },
    all: () => [...byReference.values()].flat(),
    find: (effectKey) => {
      const visibleBeforeMs = systemClock.now().epochMilliseconds - faults.now().visibleAfterMs
      return (byReference.get(effectKey) ?? [])
        .filter(({ atMs }) => atMs <= visibleBeforeMs)
        .map((effect) => (voided.has(effect.externalId) ? { ...effect, status: 'VOIDED' } : effect))
    },
  }
}

/** What the log calls it that a document was voided. */
const VOIDING = 'void'

/** A document has a number of the system's, and comes to what was asked for, if nothing goes wrong. */
function documentOf({ payload }: Asked, number: string, isOvertaxed: boolean) {
  const { minorUnits = '0', taxMinorUnits = '0' } = payload as Partial<Record<string, string>>
  const more = isOvertaxed ? 1n : 0n
  return {
    number,
    minorUnits: String(BigInt(minorUnits) + more),
    taxMinorUnits: String(BigInt(taxMinorUnits) + more),
  }
}

const isSame = (one: Asked, other: Asked): boolean =>
  one.operation === other.operation && contentHash(one.payload) === contentHash(other.payload)
