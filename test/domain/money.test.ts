import { describe, expect, it } from 'vitest'
import { currencyExponent, formatAmount, isCurrency, MoneyError, parseAmount } from '#domain/money.ts'
import { parseDecimal, rational, roundHalfAwayFromZero, roundHalfEven } from '#domain/rational.ts'
import { splitLargestRemainder, splitRemainderLast, splits } from '#domain/split.ts'
import { taxOn } from '#domain/tax.ts'

describe('amounts', () => {
  it.each([
    ['USD', -1230n, '-12.30'],
    ['USD', 5n, '0.05'],
    ['USD', 0n, '0.00'],
    ['JPY', 1000n, '1000'],
    ['KWD', 334n, '0.334'],
    ['CLF', -1n, '-0.0001'],
  ])('%s %d is %s', (currency, minorUnits, text) => {
    expect(formatAmount(minorUnits, currency)).toBe(text)
    expect(parseAmount(text, currency)).toBe(minorUnits)
  })

  it('are read with fewer decimals than the currency has', () => {
    expect(parseAmount('12', 'USD')).toBe(1200n)
    expect(parseAmount('12.3', 'USD')).toBe(1230n)
  })

  it.each([
    ['1.005', 'USD', 'AMOUNT_TOO_PRECISE'],
    ['1.000', 'USD', 'AMOUNT_TOO_PRECISE'],
    ['1.0', 'JPY', 'AMOUNT_TOO_PRECISE'],
    ['', 'USD', 'AMOUNT_INVALID'],
    ['1,000', 'USD', 'AMOUNT_INVALID'],
    ['1e3', 'USD', 'AMOUNT_INVALID'],
    ['+1', 'USD', 'AMOUNT_INVALID'],
    ['.5', 'USD', 'AMOUNT_INVALID'],
    ['5.', 'USD', 'AMOUNT_INVALID'],
    [' 1', 'USD', 'AMOUNT_INVALID'],
    ['NaN', 'USD', 'AMOUNT_INVALID'],
    ['1'.repeat(17), 'USD', 'AMOUNT_INVALID'],
    ['1.00', 'usd', 'CURRENCY_UNKNOWN'],
    ['1.00', 'XXX', 'CURRENCY_UNKNOWN'],
  ])('refuse "%s" %s: %s', (text, currency, code) => {
    expect(() => parseAmount(text, currency)).toThrow(expect.objectContaining({ name: 'MoneyError', code }))
  })

  it('fit a 64-bit integer of minor units however large they are read', () => {
    expect(parseAmount('9'.repeat(16), 'USD')).toBeLessThan(2n ** 63n)
    expect(parseAmount('9'.repeat(15), 'KWD')).toBeLessThan(2n ** 63n)
  })
})

describe('currencies', () => {
  it('that are unknown have no decimals to write by', () => {
    expect(() => formatAmount(1n, 'XXX')).toThrow(MoneyError)
  })

  it.each([
    ['JPY', 0],
    ['KRW', 0],
    ['ISK', 0],
    ['UGX', 0],
    ['XOF', 0],
    ['EUR', 2],
    ['HUF', 2],
    ['BHD', 3],
    ['TND', 3],
    ['IQD', 3],
    ['CLF', 4],
    ['UYW', 4],
  ])('%s has %d decimals', (code, exponent) => {
    expect(currencyExponent(code)).toBe(exponent)
  })

  it.each(['', 'eur', 'EURO', 'constructor', '__proto__'])('"%s" is none', (code) => {
    expect(isCurrency(code)).toBe(false)
  })
})

describe('decimals', () => {
  it('are exact', () => {
    expect(parseDecimal('8.875')).toEqual(rational(71n, 8n))
    expect(parseDecimal('-0.1')).toEqual(rational(-1n, 10n))
  })

  it.each(['', '1e2', '0x1', '1.', '--1', '1'.repeat(41)])('refuse "%s"', (text) => {
    expect(() => parseDecimal(text)).toThrow(expect.objectContaining({ code: 'DECIMAL_INVALID' }))
  })

  it('refuse to divide by zero', () => {
    expect(() => rational(1n, 0n)).toThrow(expect.objectContaining({ code: 'DIVISION_BY_ZERO' }))
  })
})

describe('rounding', () => {
  it.each([
    ['2.5', 3n, 2n],
    ['3.5', 4n, 4n],
    ['-2.5', -3n, -2n],
    ['-3.5', -4n, -4n],
    ['0.5', 1n, 0n],
    ['-0.5', -1n, 0n],
    ['2.51', 3n, 3n],
    ['2.49', 2n, 2n],
    ['-7', -7n, -7n],
  ])('takes %s to %d away from zero and to %d even', (text, awayFromZero, even) => {
    expect(roundHalfAwayFromZero(parseDecimal(text))).toBe(awayFromZero)
    expect(roundHalfEven(parseDecimal(text))).toBe(even)
  })

  it('of a tax happens once, by the mode that is asked for', () => {
    expect(taxOn(10_000n, '8.875')).toBe(888n)
    expect(taxOn(250n, '1')).toBe(3n)
    expect(taxOn(250n, '1', 'HALF_EVEN')).toBe(2n)
    expect(taxOn(-250n, '1')).toBe(-3n)
  })
})

describe('splits', () => {
  it('give what a debit gives to its credit', () => {
    expect(splitLargestRemainder(-800n, [1n, 1n, 1n])).toEqual([-267n, -267n, -266n])
  })

  it('with the remainder last stop when nothing is left', () => {
    expect(splitRemainderLast(10_000n, [1n, 1n, 1n])).toEqual([3333n, 3333n, 3334n])
    expect(splitRemainderLast(2n, [1n, 1n, 1n, 1n])).toEqual([1n, 1n, 0n, 0n])
  })

  it('of nothing over nothing are nothing; of something they are refused', () => {
    for (const split of Object.values(splits)) {
      expect(split(0n, [0n, 0n])).toEqual([0n, 0n])
      expect(() => split(1n, [0n, 0n])).toThrow(expect.objectContaining({ code: 'WEIGHTS_INVALID' }))
      expect(() => split(1n, [])).toThrow(expect.objectContaining({ code: 'WEIGHTS_INVALID' }))
      expect(() => split(1n, [2n, -1n])).toThrow(expect.objectContaining({ code: 'WEIGHTS_INVALID' }))
    }
  })
})
