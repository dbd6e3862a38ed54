/** The only source of time: pass it to whatever needs "now". */
export interface Clock {
  now(): Temporal.Instant
}

/** The machine's time, to the millisecond, which is as fine as stored and printed. */
export const systemClock: Clock = {
  now: () => Temporal.Instant.fromEpochMilliseconds(Temporal.Now.instant().epochMilliseconds),
}

/** A clock that stands still until it is moved, for tests and for replaying history. */
export interface ManualClock extends Clock {
  set(instant: Temporal.Instant | string): void
  advance(duration: Temporal.DurationLike): void
}

/** Makes a clock that shows `start` until it is moved. */
export function manualClock(start: string): ManualClock {
  let instant = Temporal.Instant.from(start)
  return {
    now: () => instant,
    set: (next) => {
      instant = Temporal.Instant.from(next)
    },
    advance: (duration) => {
      instant = instant.toZonedDateTimeISO('UTC').add(duration).toInstant()
    },
  }
}

/** A calendar date in a time zone, and the milliseconds of the epoch between which it is that date there. */
interface Day {
  readonly date: Temporal.PlainDate
  readonly fromMs: number
  readonly untilMs: number
}

/** The day last asked for in each time zone: every request asks, and the calendar's arithmetic takes microseconds. */
const days = new Map<string, Day>()

/** The calendar date at `clock`'s now in an IANA time zone. */
export function today(clock: Clock, timeZone = 'UTC'): Temporal.PlainDate {
  const instant = clock.now()
  const nowMs = instant.epochMilliseconds
  const known = days.get(timeZone)
  if (known !== undefined && known.fromMs <= nowMs && nowMs < known.untilMs) return known.date
  const now = instant.toZonedDateTimeISO(timeZone)
  const start = now.startOfDay()
  days.set(timeZone, {
    date: now.toPlainDate(),
    fromMs: start.epochMilliseconds,
    // A day may begin at one, where clocks are put forward at midnight; the next one begins at midnight again.
    untilMs: start.add({ days: 1 }).startOfDay().epochMilliseconds,
  })
  return now.toPlainDate()
}
