// What of a month's use is not billed, where bills name no month.
import fc from 'fast-check'
import { describe, expect, inject, it } from 'vitest'
import { priceOfUsage, ratedIn, type UsageAccount } from '#domain/unrated-usage.ts'

const month = (text: string): Temporal.PlainYearMonth => Temporal.PlainYearMonth.from(text)
const unratedIn = (...asked: Parameters<typeof ratedIn>): string => ratedIn(...asked).unrated
const account = (included: string, billed: string, ...used: string[]): UsageAccount => ({
  included,
  billed,
  months: used.map((quantity, index) => ({ month: month('2026-01').add({ months: index }), used: quantity })),
})

describe('Of the use above what is included', () => {
  it.each([
    ['all is billed', account('100', '30', '120', '110'), '0', '0'],
    ['nothing is billed', account('100', '0', '120', '110'), '20', '10'],
    ['bills pay for the oldest first', account('100', '25', '120', '110'), '0', '5'],
    ['a month below it gives nothing to the next', account('100', '0', '40', '110'), '0', '10'],
    ['too much billed is no leak', account('100', '99', '120', '110'), '0', '0'],
    ['parts of a unit count', account('0', '0.5', '0.75', '1'), '0.25', '1'],
  ])('%s', (_, of, january, february) => {
    expect(unratedIn(month('2026-01'), of)).toBe(january)
    expect(unratedIn(month('2026-02'), of)).toBe(february)
    expect(unratedIn(month('2026-03'), of)).toBe('0')
  })
})

it('Over all months it is what was used above it less what was billed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(200), { minLength: 1, maxLength: 12 }),
      fc.nat(100),
      fc.nat(1_500),
      (used, included, billed) => {
        const of = account(String(included), String(billed), ...used.map(String))
        const left = of.months.map((each) => Number(unratedIn(each.month, of))).reduce((a, b) => a + b, 0)
        const above = used.map((quantity) => Math.max(0, quantity - included)).reduce((a, b) => a + b, 0)
        expect(left).toBe(Math.max(0, above - billed))
      },
    ),
    { seed: inject('properties').seed },
  )
})

describe('It costs what its price says', () => {
  const tiers = [
    { upTo: '10', unitAmount: '100', flatAmount: 300n },
    { upTo: null, unitAmount: '50', flatAmount: 0n },
  ]
  it.each([
    ['by the unit', { unitAmount: '2.5', tiersMode: null, tiers: [] }, '0', '3', 8n],
    ['by tiers', { unitAmount: null, tiersMode: 'GRADUATED', tiers }, '0', '12', 1_400n],
    [
      'what is late, in the tier that was reached',
      { unitAmount: null, tiersMode: 'GRADUATED', tiers },
      '10',
      '2',
      100n,
    ],
    [
      'what is late, by the price of all of it',
      { unitAmount: null, tiersMode: 'VOLUME', tiers },
      '10',
      '20',
      200n,
    ],
    [
      'what is late, so that all is rounded once',
      { unitAmount: '0.5', tiersMode: null, tiers: [] },
      '3',
      '1',
      0n,
    ],
  ] as const)('%s', (_, price, billed, unrated, cost) => {
    expect(priceOfUsage(price, { billed, unrated })).toBe(cost)
  })
})
