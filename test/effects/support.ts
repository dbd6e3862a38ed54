/** Effects in PostgreSQL against simulators: the real way, with short times. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Capabilities } from '#domain/effect.ts'
import type { Connector } from '#platform/connector.ts'
import type { Database } from '#platform/database.ts'
import { effectStore } from '#subgraphs/operations/effect-store.ts'
import type { Carrying, EffectRequest } from '#subgraphs/operations/effects/carry-out.ts'
import { httpConnector } from '#subgraphs/operations/effects/http-connector.ts'
import { Random } from '#subgraphs/operations/seed/random.ts'

const DAY_MS = 86_400_000
/** Long enough for a machine that has other work: a time-out where none was meant changes what a test is about. */
const TIMEOUT_MS = 1_000

/** A system that tells repetitions by their key. */
export const BY_KEY: Capabilities = {
  deduplicatesForMs: DAY_MS,
  searchableByReference: false,
  visibleWithinMs: 0,
}
/** A system that does not, and can be searched. */
export const BY_SEARCH: Capabilities = {
  deduplicatesForMs: 0,
  searchableByReference: true,
  visibleWithinMs: 0,
}
/** A system that offers neither. */
export const BY_NOTHING: Capabilities = {
  deduplicatesForMs: 0,
  searchableByReference: false,
  visibleWithinMs: 0,
}

/** A connector to a simulator. */
export const connectorTo = (url: string, capabilities: Capabilities): Connector =>
  httpConnector({ name: 'outside', url, token: null, capabilities, timeoutMs: TIMEOUT_MS })

/** What carrying out needs, over the database of a test. */
export function carryingIn(db: Database, seed = 1): Carrying {
  const random = new Random(seed, 'jitter')
  return {
    store: effectStore(db),
    random: () => random.between(0, 1_000) / 1_000,
    pause: (delayMs) => pause(delayMs),
  }
}

/** A request to post a document. */
export const posting = (effectKey: string, changes: Partial<EffectRequest> = {}): EffectRequest => ({
  effectKey,
  operation: 'postDocument',
  payload: { minorUnits: '1200000', currency: 'USD' },
  revision: 0,
  ...changes,
})
