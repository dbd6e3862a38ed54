/** A bounded cache that forgets what was used longest ago, with the counters that telemetry reads. */
export class Lru<V> {
  readonly #entries = new Map<string, V>()
  readonly #maxEntries: number
  hits = 0
  misses = 0
  evictions = 0

  constructor(maxEntries: number) {
    if (maxEntries < 1) throw new RangeError(`maxEntries must be at least 1, not ${maxEntries}`)
    this.#maxEntries = maxEntries
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: string): V | undefined {
    const value = this.#entries.get(key)
    if (value === undefined) {
      this.misses += 1
      return undefined
    }
    this.hits += 1
    // A Map iterates in the order of insertion: what was used last goes to the end.
    this.#entries.delete(key)
    this.#entries.set(key, value)
    return value
  }

  set(key: string, value: V): void {
    this.#entries.delete(key)
    this.#entries.set(key, value)
    if (this.#entries.size <= this.#maxEntries) return
    const oldest = this.#entries.keys().next()
    if (oldest.done !== true) this.#entries.delete(oldest.value)
    this.evictions += 1
  }

  /** The cached value, or the one that `make` returns, which is then cached. */
  getOrMake(key: string, make: () => V): V {
    const cached = this.get(key)
    if (cached !== undefined) return cached
    const made = make()
    this.set(key, made)
    return made
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }
}
