import { RuleError } from './failure.ts'
import { currencyExponent } from './money.ts'
import { isDecimal } from './rational.ts'

/**
 * An exact number of minor units, which may be finer than one, in major units: 12.5 US cents are `0.125`.
 * DECIMAL_INVALID, CURRENCY_UNKNOWN.
 */
export function inMajorUnits(minorUnits: string, currency: string): string {
  const exponent = currencyExponent(currency)
  if (!isDecimal(minorUnits)) throw new RuleError('DECIMAL_INVALID', 'not a decimal number of minor units')
  const sign = minorUnits.startsWith('-') ? '-' : ''
  const [whole = '', decimals = ''] = minorUnits.replace('-', '').split('.')
  const digits = whole.padStart(exponent + 1, '0')
  const point = digits.length - exponent
  const fraction = digits.slice(point) + decimals
  return sign + digits.slice(0, point) + (fraction === '' ? '' : `.${fraction}`)
}
