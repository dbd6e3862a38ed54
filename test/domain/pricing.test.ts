/** What quantities cost under each kind of price, in currencies of 0, 2 and 3 decimals. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkContract, lineValue, totalContractValue } from '#domain/contract.ts'
import { formatAmount } from '#domain/money.ts'
import { checkPrice, quantityPrice } from '#domain/pricing.ts'
import { rampLines } from '#domain/ramp.ts'
import { compare, formatDecimal, parseDecimal, rational, round } from '#domain/rational.ts'
import { runs } from './arbitraries.ts'
import { contract, contractLine, day, range } from './documents.ts'
import type { PriceTier } from '#domain/billing.ts'
import type { Interval } from '#domain/entity.ts'
import type { PriceTerms } from '#domain/pricing.ts'

type Mode = NonNullable<PriceTerms['tiersMode']>

/** 7 up to five, 6.50 up to ten, 6 beyond. */
const fonts = [tier('5', '700'), tier('10', '650'), tier(null, '600')]
/** The same with 10, 20 and 30 on top. */
const withFees = [tier('5', '700', 1000n), tier('10', '650', 2000n), tier(null, '600', 3000n)]
/** A thousand are included. */
const overage = [tier('1000', '0'), tier(null, '4')]

describe('a tiered price', () => {
  it.each<[string, Mode, readonly PriceTier[], string, string]>([
    ['volume [Stripe documentation]', 'VOLUME', fonts, '1', '7.00'],
    ['volume [Stripe documentation]', 'VOLUME', fonts, '5', '35.00'],
    ['volume [Stripe documentation]', 'VOLUME', fonts, '6', '39.00'],
    ['volume [Stripe documentation]', 'VOLUME', fonts, '20', '120.00'],
    ['volume [Stripe documentation]', 'VOLUME', fonts, '25', '150.00'],
    ['graduated', 'GRADUATED', fonts, '5', '35.00'],
    ['graduated', 'GRADUATED', fonts, '6', '41.50'],
    ['graduated', 'GRADUATED', fonts, '20', '127.50'],
    ['graduated', 'GRADUATED', fonts, '25', '157.50'],
    ['graduated, between two whole numbers', 'GRADUATED', fonts, '5.5', '38.25'],
    ['volume with flat amounts', 'VOLUME', withFees, '6', '59.00'],
    ['graduated with the flat amount of each tier reached', 'GRADUATED', withFees, '6', '71.50'],
    ['graduated, up to the end of a tier', 'GRADUATED', withFees, '5', '45.00'],
    ['graduated, of nothing: the first tier is reached [Lago]', 'GRADUATED', withFees, '0', '10.00'],
    ['volume, of nothing: the first tier is reached [Lago]', 'VOLUME', withFees, '0', '10.00'],
    ['a flat fee and overages [Stripe documentation]', 'GRADUATED', overage, '1000', '0.00'],
    ['a flat fee and overages [Stripe documentation]', 'GRADUATED', overage, '1250', '10.00'],
  ])('%s: %s of %s', (_, tiersMode, tiers, quantity, expected) => {
    expect(cost({ unitAmount: null, tiersMode, tiers }, quantity, 'USD')).toBe(expected)
  })

  it.each([
    ['USD', '1.5', '0.02'],
    ['JPY', '1.5', '2'],
    ['KWD', '1.4', '0.001'],
    ['KWD', '1.5', '0.002'],
  ])('or a plain one of %s is rounded once: %s', (currency, quantity, expected) => {
    expect(cost({ unitAmount: '1', tiersMode: null, tiers: [] }, quantity, currency)).toBe(expected)
  })

  it('may be finer than a minor unit', () => {
    expect(cost({ unitAmount: '0.0125', tiersMode: null, tiers: [] }, '1000', 'USD')).toBe('0.13')
  })

  it.each<[string, string, PriceTerms]>([
    ['AMOUNT_INVALID', 'unitAmount', { unitAmount: null, tiersMode: null, tiers: [] }],
    ['TIERS_INVALID', 'tiers', { unitAmount: null, tiersMode: 'VOLUME', tiers: [] }],
    ['TIERS_INVALID', 'tiers', { unitAmount: null, tiersMode: 'VOLUME', tiers: [tier('5', '1')] }],
    [
      'TIERS_INVALID',
      'tiers.1.upTo',
      { unitAmount: null, tiersMode: 'VOLUME', tiers: [tier('5', '1'), tier('5', '1'), tier(null, '1')] },
    ],
    [
      'TIERS_INVALID',
      'tiers.1.upTo',
      { unitAmount: null, tiersMode: 'GRADUATED', tiers: [tier(null, '1'), tier(null, '1')] },
    ],
    [
      'AMOUNT_INVALID',
      'tiers.0.unitAmount',
      { unitAmount: null, tiersMode: 'VOLUME', tiers: [tier(null, 'x')] },
    ],
  ])('is refused with %s at %s', (code, field, price) => {
    expect(checkPrice(price)).toContainEqual(expect.objectContaining({ code, field }))
  })

  it('never costs less for more, where it is graduated', () => {
    const tiers = fc
      .array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.nat({ max: 900 }), fc.nat({ max: 90 })), {
        maxLength: 5,
      })
      .map((steps) => {
        let end = 0
        const bounded = steps.map(([size, unit, flat]) => {
          end += size
          return tier(String(end), String(unit), BigInt(flat))
        })
        return [...bounded, tier(null, '7')]
      })
    const units = fc.nat({ max: 4000 }).map((tenths) => rational(BigInt(tenths), 10n))
    fc.assert(
      fc.property(tiers, units, units, (these, a, b) => {
        const price: PriceTerms = { unitAmount: null, tiersMode: 'GRADUATED', tiers: these }
        expect(checkPrice(price)).toEqual([])
        expect(
          compare(quantityPrice(price, a), quantityPrice(price, b)) * compare(a, b),
        ).toBeGreaterThanOrEqual(0)
      }),
      runs,
    )
  })
})

describe('a recurring price', () => {
  it.each<[string, Interval, string, string, string]>([
    ['a day', { unit: 'DAY', count: 1 }, '2026-01-01', '2026-01-31', '3000.00'],
    ['ten days', { unit: 'DAY', count: 10 }, '2026-01-01', '2026-01-26', '250.00'],
    ['a fortnight', { unit: 'WEEK', count: 2 }, '2026-01-01', '2026-01-29', '200.00'],
    ['a quarter', { unit: 'MONTH', count: 3 }, '2025-11-30', '2026-05-30', '200.00'],
    ['half a year', { unit: 'MONTH', count: 6 }, '2024-08-31', '2025-08-31', '200.00'],
    ['two years', { unit: 'YEAR', count: 2 }, '2024-02-29', '2028-02-29', '200.00'],
  ])('by %s', (_, interval, start, end, value) => {
    const line = contractLine({ interval, servicePeriod: range(start, end) })
    expect(formatAmount(lineValue(line, day(start)), 'USD')).toBe(value)
  })

  it('in yen and in dinars is rounded to what they have', () => {
    const line = contractLine({ unitPrice: 1000n, servicePeriod: range('2026-01-01', '2026-01-11') })
    const value = lineValue(line, day('2026-01-01'))
    expect([formatAmount(value, 'JPY'), formatAmount(value, 'KWD')]).toEqual(['323', '0.323'])
  })
})

describe('a ramp', () => {
  it('is a line for each step; the first may be free', () => {
    const lines = rampLines(
      { productId: 'product-1', interval: { unit: 'MONTH', count: 1 }, end: day('2029-01-01') },
      [
        { id: 'free', start: day('2026-01-01'), quantity: '10', unitPrice: 0n },
        { id: 'first', start: day('2026-03-01'), quantity: '10', unitPrice: 1000n },
        { id: 'second', start: day('2027-01-01'), quantity: '20', unitPrice: 1000n },
        { id: 'third', start: day('2028-01-01'), quantity: '20', unitPrice: 1200n },
      ],
    )
    const ramped = contract({ endDate: day('2029-01-01'), lines })
    expect(lines.map((line) => formatAmount(lineValue(line, ramped.startDate), 'USD'))).toEqual([
      '0.00',
      '1000.00',
      '2400.00',
      '2880.00',
    ])
    expect(formatAmount(totalContractValue(ramped), 'USD')).toBe('6280.00')
    expect(checkContract(ramped)).toEqual([])
  })

  it('whose steps are out of order is no valid contract', () => {
    const lines = rampLines(
      { productId: 'product-1', interval: { unit: 'MONTH', count: 1 }, end: day('2027-01-01') },
      [
        { id: 'second', start: day('2026-06-01'), quantity: '1', unitPrice: 100n },
        { id: 'first', start: day('2026-01-01'), quantity: '1', unitPrice: 100n },
      ],
    )
    expect(checkContract(contract({ lines }))).toContainEqual(expect.objectContaining({ code: 'DATE_ORDER' }))
  })
})

describe('a decimal', () => {
  it.each(['0', '1', '-8.875', '0.01', '-0.5', '1200'])('%s is written as it was read', (text) => {
    expect(formatDecimal(parseDecimal(text))).toBe(text)
  })

  it('is not what a third is', () => {
    expect(() => formatDecimal(rational(1n, 3n))).toThrow(
      expect.objectContaining({ code: 'DECIMAL_INVALID' }),
    )
  })
})

function tier(upTo: string | null, unitAmount: string, flatAmount = 0n): PriceTier {
  return { upTo, unitAmount, flatAmount }
}

function cost(price: PriceTerms, quantity: string, currency: string): string {
  return formatAmount(round(quantityPrice(price, parseDecimal(quantity))), currency)
}
