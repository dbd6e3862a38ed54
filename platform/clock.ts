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

/** The calendar date at `clock`'s now in an IANA time zone. */
export function today(clock: Clock, timeZone = 'UTC'): Temporal.PlainDate {
  return clock.now().toZonedDateTimeISO(timeZone).toPlainDate()
}
