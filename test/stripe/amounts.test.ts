import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAmount } from '#domain/money.ts'
import {
  currencyOf,
  decimalMinorUnits,
  minorUnits,
  wholeMinorUnits,
} from '#subgraphs/billing/stripe/amounts.ts'
import { InvalidField, integer } from '#subgraphs/billing/stripe/fields.ts'

describe('amounts', () => {
  it.each([
    ['usd', 1234n, '12.34'],
    ['jpy', 500n, '500'],
    ['kwd', 5120n, '5.120'],
    // Whole currencies that Stripe counts in hundredths.
    ['isk', 4000n, '40'],
    ['ugx', 50000n, '500'],
    // A currency with hundredths that Stripe counts whole.
    ['mga', 7n, '7.00'],
  ])('%s %d is %s', (code, amount, major) => {
    const currency = currencyOf({ currency: code })
    expect(formatAmount(minorUnits(amount, currency), currency)).toBe(major)
  })

  it('refuses a fraction of what the currency has', () => {
    expect(() => minorUnits(4010n, 'ISK')).toThrow(InvalidField)
  })

  it.each([{ currency: 'xyz' }, { currency: null }, {}])('refuses the currency of %j', (object) => {
    expect(() => currencyOf(object)).toThrow(InvalidField)
  })

  it.each([1.5, Number.MAX_SAFE_INTEGER + 1, '100', Number.NaN])('refuses %d as a whole number', (amount) => {
    expect(() => integer({ amount }, 'amount')).toThrow(InvalidField)
  })
})

describe('prices finer than a minor unit', () => {
  it.each([
    ['0.5', 'USD', '0.5'],
    ['1000', 'USD', '1000'],
    ['12.500', 'USD', '12.5'],
    ['0.25', 'MGA', '25'],
    ['50', 'ISK', '0.5'],
    ['-150.5', 'UGX', '-1.505'],
    ['0', 'ISK', '0'],
  ])('%s of %s is %s minor units', (amount, currency, exact) => {
    expect(decimalMinorUnits(amount, currency)).toBe(exact)
  })

  it.each([
    ['2', 2n, true],
    ['2.00', 2n, true],
    ['2.5', 3n, false],
    ['2.4999', 2n, false],
    ['-2.5', -3n, false],
    ['0.5', 1n, false],
  ])('%s rounds to %d', (amount, whole, exact) => {
    expect(wholeMinorUnits(amount)).toEqual({ minorUnits: whole, exact })
  })

  it('whole amounts are the same as decimals and as integers', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 12n), 10n ** 12n),
        fc.constantFrom('USD', 'JPY', 'KWD', 'MGA'),
        (amount, currency) => {
          expect(decimalMinorUnits(String(amount), currency)).toBe(String(minorUnits(amount, currency)))
        },
      ),
    )
  })
})
