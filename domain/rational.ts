import { RuleError } from './failure.ts'

/** An exact fraction in lowest terms; the denominator is positive. */
export interface Rational {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** A text is not a plain decimal number, or a fraction divides by zero. */
class RationalError extends RuleError<'DECIMAL_INVALID' | 'DIVISION_BY_ZERO'> {}

/** How a value exactly between two integers is rounded; every other value goes to the nearer one. */
export type RoundingMode = 'HALF_AWAY_FROM_ZERO' | 'HALF_EVEN'

/** The mode of every rule that is not told another one. */
export const defaultRounding: RoundingMode = 'HALF_AWAY_FROM_ZERO'

/** Longest decimal that is read: text from outside must not become a number of a million digits. */
const maxDecimalLength = 40
const decimalPattern = /^-?\d+(?:\.\d+)?$/

/** The fraction `numerator / denominator`; DIVISION_BY_ZERO when the denominator is zero. */
export function rational(numerator: bigint, denominator = 1n): Rational {
  if (denominator === 0n) throw new RationalError('DIVISION_BY_ZERO', `${numerator} is divided by zero`)
  const divisor = greatestCommonDivisor(absolute(numerator), absolute(denominator))
  const unit = denominator < 0n ? -divisor : divisor
  return { numerator: numerator / unit, denominator: denominator / unit }
}

/** The fraction 0. */
export const zero: Rational = { numerator: 0n, denominator: 1n }

/** a + b. */
export function add(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
}

/** a × b. */
export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator)
}

/** −1, 0 or 1: whether a is below, at or above b. */
export function compare(a: Rational, b: Rational): number {
  return Number(sign(a.numerator * b.denominator - b.numerator * a.denominator))
}

/** A value that is a decimal in plain notation: `-8.875`. DECIMAL_INVALID for one that no decimal is equal to. */
export function formatDecimal({ numerator, denominator }: Rational): string {
  let decimals = 0
  while (10n ** BigInt(decimals) % denominator !== 0n) {
    decimals += 1
    if (decimals > maxDecimalLength) throw new RationalError('DECIMAL_INVALID', 'not equal to any decimal')
  }
  const digits = String((absolute(numerator) * 10n ** BigInt(decimals)) / denominator).padStart(
    decimals + 1,
    '0',
  )
  const point = digits.length - decimals
  const fraction = decimals === 0 ? '' : `.${digits.slice(point)}`
  return (numerator < 0n ? '-' : '') + digits.slice(0, point) + fraction
}

/** A value rounded to so many decimals, all of them printed: `1.0500`. */
export function formatRounded(value: Rational, decimals: number): string {
  const scale = 10n ** BigInt(decimals)
  const exact = rational(round(multiply(value, rational(scale))), scale)
  const [whole = '', fraction = ''] = formatDecimal(exact).split('.')
  return decimals === 0 ? whole : `${whole}.${fraction.padEnd(decimals, '0')}`
}

/** Whether `text` is a decimal in plain notation: `-8.875`, no exponent, no grouping. */
export function isDecimal(text: string): boolean {
  return text.length <= maxDecimalLength && decimalPattern.test(text)
}

/** The exact value of a decimal in plain notation; DECIMAL_INVALID for anything else. */
export function parseDecimal(text: string): Rational {
  if (!isDecimal(text)) {
    throw new RationalError('DECIMAL_INVALID', `"${text.slice(0, maxDecimalLength)}" is not a decimal number`)
  }
  const decimals = text.split('.')[1]?.length ?? 0
  return rational(BigInt(text.replace('.', '')), 10n ** BigInt(decimals))
}

/** The nearest integer. */
export function round(value: Rational, mode: RoundingMode = defaultRounding): bigint {
  return roundings[mode](value)
}

/** The nearest integer; from the middle away from zero: 2.5 is 3, −2.5 is −3. */
export function roundHalfAwayFromZero({ numerator, denominator }: Rational): bigint {
  const magnitude = (2n * absolute(numerator) + denominator) / (2n * denominator)
  return numerator < 0n ? -magnitude : magnitude
}

/** The nearest integer; from the middle to the even one: 2.5 is 2, 3.5 is 4. */
export function roundHalfEven(value: Rational): bigint {
  const rounded = roundHalfAwayFromZero(value)
  const isTie = 2n * value.numerator === (2n * rounded - sign(rounded)) * value.denominator
  return isTie && rounded % 2n !== 0n ? rounded - sign(rounded) : rounded
}

const roundings: Record<RoundingMode, (value: Rational) => bigint> = {
  HALF_AWAY_FROM_ZERO: roundHalfAwayFromZero,
  HALF_EVEN: roundHalfEven,
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value
}

function sign(value: bigint): bigint {
  if (value === 0n) return 0n
  return value < 0n ? -1n : 1n
}

/** Euclid's algorithm: the remainder at least halves every two rounds, so it ends. */
function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b)
}
