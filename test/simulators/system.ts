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
  readonly make: (asked: Asked) => LoggedEffect
  /** Marks a request as under way until it is made. */
  readonly begin: (asked: Asked) => void
  /** What is visible under a reference. */
  readonly find: (effectKey: string) => LoggedEffect[]
  /** All that it did, oldest first. */
  readonly all: () => LoggedEffect[]
}

/** Opens a system: what its log has is what happened. */
export function openSystem(kind: SimulatorKind, logPath: string, faults: FaultSource): SimulatedSystem {
  const log = openLog(logPath)
  const { operations } = variants[kind]
  const byKey = new Map<string, LoggedEffect>()
  const byReference = new Map<string, LoggedEffect[]>()
  const underWay = new Set<string>()
  const remember = (effect: LoggedEffect): void => {
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
    make: (asked) => {
      const externalId = `${operations[asked.operation]}_${randomUUID().replaceAll('-', '')}`
      const effect = { externalId, ...asked, atMs: systemClock.now().epochMilliseconds }
      log.append(effect)
      remember(effect)
      underWay.delete(asked.idempotencyKey)
      return effect
    },
    all: () => [...byReference.values()].flat(),
    find: (effectKey) => {
      const visibleBeforeMs = systemClock.now().epochMilliseconds - faults.now().visibleAfterMs
      return (byReference.get(effectKey) ?? []).filter(({ atMs }) => atMs <= visibleBeforeMs)
    },
  }
}

const isSame = (one: Asked, other: Asked): boolean =>
  one.operation === other.operation && contentHash(one.payload) === contentHash(other.payload)
