import { ClientLeft, RequestError, SubgraphFailure } from '../errors.ts'
import type { Limits } from '../limits.ts'

/** Closed lets calls through, open refuses them, half-open waits for the one that tells which it shall be. */
export type CircuitState = 'closed' | 'open' | 'half-open'

/** What a breaker is made of. */
export interface BreakerOptions {
  readonly limits: Pick<Limits, 'minCircuitFailures' | 'circuitWindowMs' | 'circuitRestMs'>
  /** A time that only moves forward. */
  readonly nowMs: () => number
  /** Hears of each change, and what the latest trouble was. */
  readonly onChange: (state: CircuitState, trouble: unknown) => void
}

/**
 * Spares a subgraph that is in trouble, and those who would wait for it. It opens when at least half of the calls in
 * a window fail, and enough of them. After a rest one call is let through, and its outcome closes it or opens it anew.
 */
export class Breaker {
  readonly #options: BreakerOptions
  #state: CircuitState = 'closed'
  /** Each change of state begins a new one: what was called in an earlier one says nothing of this one. */
  #era = 0
  #openedMs = 0
  #trouble: unknown
  #window = { startedMs: 0, calls: 0, failures: 0 }

  constructor(options: BreakerOptions) {
    this.#options = options
  }

  get state(): CircuitState {
    return this.#state
  }

  /** The outcome of `call`, or at once a SubgraphFailure while calls are refused. */
  async run<T>(call: () => Promise<T>): Promise<T> {
    this.#admit()
    const era = this.#era
    try {
      const result = await call()
      if (era === this.#era) this.#learn('well')
      return result
    } catch (error) {
      if (era === this.#era) this.#learn(signOf(error), error)
      throw error
    }
  }

  #admit(): void {
    if (this.#state === 'closed') return
    const isRested = this.#options.nowMs() - this.#openedMs >= this.#options.limits.circuitRestMs
    if (this.#state === 'half-open' || !isRested)
      throw new SubgraphFailure(codeOf(this.#trouble), `its circuit is ${this.#state}`, {
        cause: this.#trouble,
        isUnsent: true,
      })
    this.#become('half-open')
  }

  #learn(sign: Sign, error?: unknown): void {
    if (sign === 'trouble') this.#trouble = error
    if (this.#state === 'closed') {
      if (sign !== 'nothing' && this.#count(sign)) this.#open()
    } else if (sign === 'trouble') this.#open()
    else if (sign === 'well') this.#close()
    // Nobody waited for the one that was to tell: the next call may.
    else this.#become('open')
  }

  /** Counts a call; true if too many have failed. */
  #count(sign: Sign): boolean {
    const { limits, nowMs } = this.#options
    const now = nowMs()
    if (now - this.#window.startedMs >= limits.circuitWindowMs)
      this.#window = { startedMs: now, calls: 0, failures: 0 }
    this.#window.calls += 1
    if (sign === 'trouble') this.#window.failures += 1
    return this.#window.failures >= Math.max(limits.minCircuitFailures, this.#window.calls / 2)
  }

  #open(): void {
    this.#openedMs = this.#options.nowMs()
    this.#become('open')
  }

  #close(): void {
    this.#trouble = undefined
    this.#window.startedMs = -Infinity
    this.#become('closed')
  }

  #become(state: CircuitState): void {
    this.#state = state
    this.#era += 1
    this.#options.onChange(state, this.#trouble)
  }
}

/** One that refuses the signature does so later as well: it is no use to try again. */
function codeOf(trouble: unknown): SubgraphFailure['code'] {
  const isRefused = trouble instanceof SubgraphFailure && trouble.code === 'SUBGRAPH_REFUSED'
  return isRefused ? 'SUBGRAPH_REFUSED' : 'SUBGRAPH_UNAVAILABLE'
}

/** What the outcome of a call tells of the subgraph. What is refused or cannot be used comes from one that is there. */
type Sign = 'well' | 'trouble' | 'nothing'

function signOf(error: unknown): Sign {
  if (error instanceof RequestError) return 'well'
  if (!(error instanceof SubgraphFailure) || error instanceof ClientLeft) return 'nothing'
  return error.code === 'SUBGRAPH_BAD_RESPONSE' ? 'well' : 'trouble'
}
