/** What goes wrong at a simulator: as a script for a test, by chance for a campaign. It can be changed at run time. */
import type { WebhookFaults } from './webhooks.ts'
import { Random } from '#subgraphs/operations/seed/random.ts'

/** What can go wrong with one request for an effect. */
export type Fault =
  /** The effect happens, and the connection ends without an answer. */
  | 'LOSE_ANSWER'
  /** The connection ends before anything happened. */
  | 'LOSE_REQUEST'
  /** The effect happens, and the answer is 500. */
  | 'FAIL_AFTER'
  /** 429 with Retry-After; nothing happened. */
  | 'RATE_LIMIT'
  /** 503; nothing happened. */
  | 'UNAVAILABLE'
  /** The effect happens `slowMs` late, and is answered then, whether or not anybody waits. */
  | 'SLOW'
  /** The effect happens, with one minor unit of tax more than was asked for. */
  | 'OVERTAX'
  /** 422: the system does not want it. */
  | 'REFUSE'
  /** 401: the system does not know who asks; nothing happened. */
  | 'UNAUTHORIZED'
  /** The simulator is gone before or after the effect, as by `kill -9`. */
  | 'DIE_BEFORE'
  | 'DIE_AFTER'
  | 'NONE'

/** How a simulator behaves. */
export interface Faults {
  /** What happens to the next requests for an effect, one after the other; then chance decides. */
  readonly script: readonly Fault[]
  /** Percent of requests, by fault; what is left goes well. */
  readonly percent: Readonly<Partial<Record<Fault, number>>>
  readonly seed: number
  /** What a second request under the same key gets: the first answer, a refusal (409), or an effect of its own. */
  readonly duplicates: 'REPLAYED' | 'REFUSED' | 'ACCEPTED'
  readonly isSearchable: boolean
  /** An effect is found by its reference so long after it happened. */
  readonly visibleAfterMs: number
  readonly slowMs: number
  readonly retryAfterSeconds: number
  /** Every request gets 503 while it is down. */
  readonly isDown: boolean
  /** Where it tells of what it made; null for nowhere. */
  readonly webhooks: WebhookFaults | null
}

/** Nothing goes wrong, and repetitions are told by their key. */
export const NO_FAULTS: Faults = {
  script: [],
  percent: {},
  seed: 1,
  duplicates: 'REPLAYED',
  isSearchable: true,
  visibleAfterMs: 0,
  slowMs: 300,
  retryAfterSeconds: 1,
  isDown: false,
  webhooks: null,
}

/** The faults in force, and the next of them. */
export interface FaultSource {
  readonly now: () => Faults
  readonly set: (changes: Partial<Faults>) => void
  readonly next: () => Fault
  /** How often each fault was met. */
  readonly met: () => Readonly<Partial<Record<Fault, number>>>
}

/** Faults that begin with `first`. */
export function faultSource(first: Partial<Faults>): FaultSource {
  let faults: Faults = { ...NO_FAULTS, ...first }
  let script = [...faults.script]
  let random = new Random(faults.seed, 'faults')
  const met: Partial<Record<Fault, number>> = {}
  const byChance = (): Fault => {
    let rest = random.between(0, 99)
    for (const [fault, percent] of Object.entries(faults.percent) as [Fault, number][]) {
      if (rest < percent) return fault
      rest -= percent
    }
    return 'NONE'
  }
  return {
    now: () => faults,
    set: (changes) => {
      faults = { ...faults, ...changes }
      if (changes.script !== undefined) script = [...changes.script]
      if (changes.seed !== undefined) random = new Random(changes.seed, 'faults')
    },
    next: () => {
      const fault = script.shift() ?? byChance()
      met[fault] = (met[fault] ?? 0) + 1
      return fault
    },
    met: () => met,
  }
}
