/** Document numbers without gaps, in order of issue, although customers are made one after another. */

/**
 * The numbers of several series. First every document is announced with its day; then the numbers of a day are
 * handed out in whatever order its documents are asked for. It holds one counter a series and day, not a document.
 */
export class Numbering {
  readonly #announced = new Map<string, Map<string, number>>()
  #days: Map<string, Map<string, Day>> | null = null

  announce(series: string, day: Temporal.PlainDate): void {
    if (this.#days !== null) throw new RangeError('numbers have been handed out already')
    const days = this.#announced.get(series) ?? new Map<string, number>()
    this.#announced.set(series, days)
    const key = day.toString()
    days.set(key, (days.get(key) ?? 0) + 1)
  }

  /** The next number of the day, such as `US-000123`; one for a document that was not announced is an error. */
  take(series: string, date: Temporal.PlainDate): string {
    this.#days ??= new Map([...this.#announced].map(([name, counts]) => [name, daysOf(counts)]))
    const day = this.#days.get(series)?.get(date.toString())
    if (day === undefined) throw new RangeError(`${series} on ${date.toString()} was not announced`)
    if (day.next > day.last) throw new RangeError(`${series} on ${date.toString()}: more than were announced`)
    const number = String(day.next).padStart(6, '0')
    day.next += 1
    return `${series}-${number}`
  }
}

/** The numbers of a day that are left. */
interface Day {
  next: number
  readonly last: number
}

/** The numbers of each day, after those of all earlier days. */
function daysOf(counts: ReadonlyMap<string, number>): Map<string, Day> {
  let last = 0
  const days = new Map<string, Day>()
  for (const [date, count] of [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    days.set(date, { next: last + 1, last: last + count })
    last += count
  }
  return days
}
