/** Nonces kept of one generation: at 5,000 signed requests a second it lasts for a minute. */
const MAX_NONCES = 300_000

/**
 * Remembers nonces for at least `keepMs`, in bounded memory. There are two generations: when the newer one is
 * `keepMs` old, the older one is forgotten as a whole.
 */
export class Nonces {
  readonly #keepMs: number
  readonly #maxNonces: number
  #newer = new Set<string>()
  #older = new Set<string>()
  #startedMs = 0

  constructor(keepMs: number, maxNonces: number = MAX_NONCES) {
    this.#keepMs = keepMs
    this.#maxNonces = maxNonces
  }

  /** False for a nonce that is known, or that cannot be kept: a flood is refused rather than let in unwatched. */
  take(nonce: string, nowMs: number): boolean {
    this.#turn(nowMs)
    if (this.#newer.has(nonce) || this.#older.has(nonce)) return false
    if (this.#newer.size >= this.#maxNonces) return false
    this.#newer.add(nonce)
    return true
  }

  #turn(nowMs: number): void {
    const ageMs = nowMs - this.#startedMs
    if (ageMs < this.#keepMs) return
    this.#older = ageMs < 2 * this.#keepMs ? this.#newer : new Set()
    this.#newer = new Set()
    this.#startedMs = nowMs
  }
}
