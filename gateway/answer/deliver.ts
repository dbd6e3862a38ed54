import type { WithinConcurrency } from '../concurrency.ts'
import type { Start } from '../plan/continue.ts'
import type { Part, Parts } from './defer.ts'
import { type Failure, failuresOf, type Path } from '../errors.ts'
import {
  type CompletedPart,
  createPayloadWriter,
  type PartSpec,
  type PayloadWriter,
  type PendingPart,
} from './payloads.ts'
import type { Run } from '../run.ts'
import type { Deferred, Written } from './serialize.ts'
import { fitFailures, fits, type Shape } from './shape.ts'

/** What delivering an answer in parts needs. */
export interface DeliveryOptions {
  readonly run: Run
  readonly parts: Parts
  /** The shape of the first part. */
  readonly shape: Shape
  readonly spec: PartSpec
  /** What the first part has besides its data: JSON text with a comma before it, or nothing. */
  readonly extensions: string
  /** Errors that all parts together may tell. */
  readonly maxErrors: number
  /** Logs failures and writes the `errors` member of a payload with a comma after it, or nothing. */
  readonly report: (failures: readonly Failure[], maxErrors?: number) => string
  readonly withinConcurrency: WithinConcurrency
}

/** A part at one object. What fails before it is written is told with it. */
interface Pending extends Start, PendingPart {
  readonly part: Part
  readonly deferred: Deferred
}

/** One part at every object where it stands, and the parts within it that are due now. */
interface Completed {
  readonly part: Part
  readonly parts: readonly CompletedPart[]
  readonly next: readonly Pending[]
}

/** An answer in parts: JSON texts, the first at once, the later ones in the order in which they are complete. */
export class Delivery {
  readonly first: string
  readonly #pending: readonly Pending[]
  readonly #options: DeliveryOptions
  readonly #writer: PayloadWriter
  #errorsLeft: number

  constructor({ text, deferred }: Written, options: DeliveryOptions) {
    this.#options = options
    this.#errorsLeft = options.maxErrors
    this.#writer = createPayloadWriter(options.spec)
    this.#pending = this.#pendingOf(deferred)
    const told = handOver(options.run.failures.kept, this.#pending, [], options.shape)
    this.first = this.#writer.first(text + options.extensions, this.#report(told), this.#pending)
  }

  /** Nothing is fetched before the first of them is asked for, and nothing more once the client has left. */
  async *later(): AsyncGenerator<string, void> {
    const underWay = new Map<Part, Promise<Completed>>()
    const start = (pending: readonly Pending[]): void => {
      for (const [part, group] of Map.groupBy(pending, (one) => one.part))
        underWay.set(part, this.#complete(part, group))
    }
    start(this.#pending)
    while (underWay.size > 0) {
      const { part, parts, next } = await Promise.race(underWay.values())
      if (this.#options.run.request.signal.aborted) return
      underWay.delete(part)
      start(next)
      yield this.#writer.next(parts, next, underWay.size > 0)
    }
  }

  #pendingOf(deferred: readonly Deferred[]): Pending[] {
    return deferred.map((one) => {
      const failures = this.#options.run.failures.empty()
      const part = this.#options.parts.get(one.fragment)
      if (!part) throw new Error('A deferred fragment was not compiled.')
      return { part, deferred: one, object: one.object, path: one.path, label: part.label, failures }
    })
  }

  async #complete(part: Part, group: readonly Pending[]): Promise<Completed> {
    const { run, withinConcurrency } = this.#options
    const next: Pending[] = []
    try {
      await withinConcurrency(() => Promise.all(part.continuations.map((complete) => complete(run, group))))
      return { part, parts: group.map((pending) => this.#write(pending, next)), next }
    } catch (error) {
      return { part, parts: group.map((pending) => this.#failed(pending, error)), next: [] }
    }
  }

  #write(pending: Pending, next: Pending[]): CompletedPart {
    const { part, deferred, path, failures } = pending
    try {
      const written = deferred.write(failures)
      const within = this.#pendingOf(written.deferred)
      next.push(...within)
      const errors = this.#report(handOver(failures.kept, within, path, part.shape))
      return { pending, data: written.text === 'null' ? undefined : written.text, errors }
    } catch (error) {
      return this.#failed(pending, error)
    }
  }

  #failed(pending: Pending, error: unknown): CompletedPart {
    const { path } = pending
    const failures = failuresOf(error).map((failure) => ({ ...failure, path }))
    return { pending, data: undefined, errors: this.#report(failures) }
  }

  #report(failures: readonly Failure[]): string {
    const room = this.#errorsLeft
    this.#errorsLeft = Math.max(0, room - failures.length)
    return this.#options.report(failures, room)
  }
}

/**
 * The failures to tell with what was written at a place, as the client can place them. One that only concerns a later
 * part is handed over to it.
 */
function handOver(
  failures: readonly Failure[],
  pending: readonly Pending[],
  base: Path,
  shape: Shape,
): Failure[] {
  const byPlace = Map.groupBy(pending, ({ path }) => path.join())
  const told = failures.filter((failure) => {
    const { path = [] } = failure
    if (fits(path.slice(base.length), shape)) return true
    const takers = path.flatMap((_, length) => byPlace.get(path.slice(0, length).join()) ?? [])
    const concerned = takers.filter((taker) => fits(path.slice(taker.path.length), taker.part.wholeShape))
    for (const taker of concerned) taker.failures.add(failure)
    return concerned.length === 0
  })
  return fitFailures(told, shape, base)
}
