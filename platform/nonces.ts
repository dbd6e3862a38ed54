/** Nonces kept of one generation of 30 seconds: 33,000 signed requests a second, many times what a process answers. */
const MAX_NONCES = 1_000_000
/** The one that is filled, and two that are only asked. */
const GENERATIONS = 3

/** What a nonce was found to be. A flood is not let in unwatched, so one that cannot be kept is not good either. */
type Finding = 'new' | 'known' | 'full'

/**
 * Remembers nonces for at least two generations, in bounded memory. When the newest generation is old enough, the
 * oldest is forgotten as a whole.
 */
export class Nonces {
  readonly #generationMs: number
  readonly #maxNonces: number
  /** The newest first. */
  #generations = Array.from({ length: GENERATIONS }, () => new Set<string>())
  #startedMs = 0

  constructor(generationMs: number, maxNonces: number = MAX_NONCES) {
    this.#generationMs = generationMs
    this.#maxNonces = maxNonces
  }

  /** Keeps a nonce that is new. */
  take(nonce: string, nowMs: number): Finding {
    const newest = this.#newest(nowMs)
    if (this.#generations.some((generation) => generation.has(nonce))) return 'known'
    if (newest.size >= this.#maxNonces) return 'full'
    newest.add(nonce)
    return 'new'
  }

  #newest(nowMs: number): Set<string> {
    const [newest = new Set()] = this.#generations
    const ended = Math.floor((nowMs - this.#startedMs) / this.#generationMs)
    if (ended < 1) return newest
    this.#startedMs = nowMs
    const begun = Array.from({ length: Math.min(ended, GENERATIONS) }, () => new Set<string>())
    this.#generations = [...begun, ...this.#generations].slice(0, GENERATIONS)
    return begun[0] ?? newest
  }
}
