/** What telemetry reads of a cache. */
export interface CacheCounters {
  readonly entries: number
  readonly weight: number
  readonly hits: number
  readonly misses: number
  readonly evictions: number
}

interface Entry<V> {
  readonly value: V
  readonly weight: number
}

/** A cache, bounded in entries and in their weight, that forgets what was used longest ago. */
export class Lru<V> {
  readonly #entries = new Map<string, Entry<V>>()
  readonly #maxEntries: number
  readonly #maxWeight: number
  #weight = 0
  #hits = 0
  #misses = 0
  #evictions = 0

  constructor(maxEntries: number, maxWeight = Infinity) {
    if (maxEntries < 1) throw new RangeError(`maxEntries must be at least 1, not ${maxEntries}`)
    this.#maxEntries = maxEntries
    this.#maxWeight = maxWeight
  }

  get counters(): CacheCounters {
    return {
      entries: this.#entries.size,
      weight: this.#weight,
      hits: this.#hits,
      misses: this.#misses,
      evictions: this.#evictions,
    }
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) {
      this.#misses += 1
      return undefined
    }
    this.#hits += 1
    // A Map iterates in the order of insertion: what was used last goes to the end.
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.value
  }

  /** Keeps a value. One that is heavier than all may be together is not kept. */
  set(key: string, value: V, weight = 1): void {
    this.delete(key)
    this.#entries.set(key, { value, weight })
    this.#weight += weight
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#maxEntries && this.#weight <= this.#maxWeight) return
      this.delete(oldest)
      this.#evictions += 1
    }
  }

  /** The cached value, or the one that `make` returns, which is then cached. */
  getOrMake(key: string, make: () => V, weigh: (made: V) => number = () => 1): V {
    const cached = this.get(key)
    if (cached !== undefined) return cached
    const made = make()
    this.set(key, made, weigh(made))
    return made
  }

  delete(key: string): void {
    const entry = this.#entries.get(key)
    if (entry !== undefined && this.#entries.delete(key)) this.#weight -= entry.weight
  }
}
