// The calendar day that it is somewhere: it changes when the day begins there, and not a day's length after the last.
import { describe, expect, it } from 'vitest'
import { manualClock, today } from '#platform/clock.ts'

describe('today', () => {
  it.each([
    ['UTC', '2026-11-25T23:59:59.999Z', '2026-11-25'],
    ['UTC', '2026-11-26T00:00:00Z', '2026-11-26'],
    ['America/New_York', '2026-11-26T04:59:59Z', '2026-11-25'],
    ['America/New_York', '2026-11-26T05:00:00Z', '2026-11-26'],
    ['Pacific/Kiritimati', '2026-11-25T10:00:00Z', '2026-11-26'],
  ])('in %s at %s is %s', (timeZone, now, date) => {
    expect(today(manualClock(now), timeZone).toString()).toBe(date)
  })

  it('changes at midnight also after a day that began at one, since clocks were put forward then', () => {
    const clock = manualClock('2026-09-06T04:00:00Z')
    // Santiago skips from midnight to one on 6 September 2026.
    expect(today(clock, 'America/Santiago').toString()).toBe('2026-09-06')
    clock.set('2026-09-07T02:59:59Z')
    expect(today(clock, 'America/Santiago').toString()).toBe('2026-09-06')
    clock.set('2026-09-07T03:00:00Z')
    expect(today(clock, 'America/Santiago').toString()).toBe('2026-09-07')
  })

  it('goes back with a clock that is set back', () => {
    const clock = manualClock('2026-11-26T12:00:00Z')
    expect(today(clock).toString()).toBe('2026-11-26')
    clock.set('2026-11-25T12:00:00Z')
    expect(today(clock).toString()).toBe('2026-11-25')
  })
})
