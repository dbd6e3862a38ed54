import type { Failure } from './errors.ts'

/**
 * What went wrong in a run, in the order in which it was noticed. Where a subgraph is down, each of many thousand
 * objects misses a field: beyond a number of failures, far more than a client is told, no further one is kept, and
 * nothing need be done to find its place.
 */
export class Failures {
  readonly #maxKept: number
  readonly #kept: Failure[] = []

  constructor(maxKept: number) {
    this.#maxKept = maxKept
  }

  get kept(): readonly Failure[] {
    return this.#kept
  }

  /** True once nothing more is kept: what is null then need not have a failure of its own. */
  get isFull(): boolean {
    return this.#kept.length >= this.#maxKept
  }

  add(failure: Failure): void {
    if (!this.isFull) this.#kept.push(failure)
  }

  addAll(failures: Iterable<Failure>): void {
    for (const failure of failures) this.add(failure)
  }

  /** For what is run by itself: none yet, and as much room. */
  empty(): Failures {
    return new Failures(this.#maxKept)
  }
}
