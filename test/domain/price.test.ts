import { expect, test } from 'vitest'
import { inMajorUnits } from '#domain/price.ts'

test.each([
  ['1250', 'USD', '12.50'],
  ['12.5', 'USD', '0.125'],
  ['-7', 'USD', '-0.07'],
  ['0', 'USD', '0.00'],
  ['0.0001', 'USD', '0.000001'],
  ['1250', 'JPY', '1250'],
  ['0.5', 'JPY', '0.5'],
  ['334', 'KWD', '0.334'],
])('%s minor units of %s are %s', (minorUnits, currency, major) => {
  expect(inMajorUnits(minorUnits, currency)).toBe(major)
})

test.each([
  ['1e3', 'USD', 'DECIMAL_INVALID'],
  ['', 'USD', 'DECIMAL_INVALID'],
  ['1', 'XYZ', 'CURRENCY_UNKNOWN'],
])('"%s" of %s is refused: %s', (minorUnits, currency, code) => {
  expect(() => inMajorUnits(minorUnits, currency)).toThrow(expect.objectContaining({ code }))
})
