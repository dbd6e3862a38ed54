import { currenciesByExponent } from './currencies.ts'
import { RuleError } from './failure.ts'

/** An amount of one currency: integer minor units, so that no cent is ever approximated. */
export interface Money {
  readonly minorUnits: bigint
  /** ISO 4217 code, upper case. */
  readonly currency: string
}

/** Money that can be printed: the graph's type of the same name. */
export class PrintableMoney implements Money {
  readonly minorUnits: bigint
  readonly currency: string

  constructor(minorUnits: bigint, currency: string) {
    this.minorUnits = minorUnits
    this.currency = currency
  }

  /** In major units, with all of the currency's decimals. */
  get amount(): string {
    return formatAmount(this.minorUnits, this.currency)
  }
}

/** Makes money that can be printed. */
export const money = (minorUnits: bigint, currency: string): PrintableMoney =>
  new PrintableMoney(minorUnits, currency)

/** An amount or a currency that came from outside can't be used. */
export class MoneyError extends RuleError<'AMOUNT_INVALID' | 'AMOUNT_TOO_PRECISE' | 'CURRENCY_UNKNOWN'> {}

/** Digits of the largest amount that is read; every such amount fits a 64-bit integer of minor units. */
const maxAmountDigits = 18
const amountPattern = /^(-?)(\d+)(?:\.(\d+))?$/

const exponents: ReadonlyMap<string, number> = new Map(
  Object.entries(currenciesByExponent).flatMap(([exponent, codes]) =>
    codes.split(/\s+/).map((code): [string, number] => [code, Number(exponent)]),
  ),
)

/** Whether `code` is an ISO 4217 currency in upper case. */
export function isCurrency(code: string): boolean {
  return exponents.has(code)
}

/** Decimals of the currency's minor unit: 2 for USD, 0 for JPY, 3 for KWD; CURRENCY_UNKNOWN for another code. */
export function currencyExponent(code: string): number {
  const exponent = exponents.get(code)
  if (exponent === undefined) {
    throw new MoneyError('CURRENCY_UNKNOWN', `"${code}" is not an ISO 4217 currency code`)
  }
  return exponent
}

/** The amount in major units as a plain decimal with all of the currency's decimals: `-12.30`, JPY `1000`. */
export function formatAmount(minorUnits: bigint, currency: string): string {
  const exponent = currencyExponent(currency)
  const sign = minorUnits < 0n ? '-' : ''
  const digits = String(minorUnits).replace('-', '')
  if (exponent === 0) return sign + digits
  const padded = digits.padStart(exponent + 1, '0')
  return `${sign}${padded.slice(0, -exponent)}.${padded.slice(-exponent)}`
}

/** The same with its currency behind it, for people: `-12.30 USD`. */
export function moneyText(minorUnits: bigint, currency: string): string {
  return `${formatAmount(minorUnits, currency)} ${currency}`
}

/**
 * Minor units of a plain decimal in major units: `-12.3` USD is −1230. More decimals than the currency has are
 * refused even if they are zeros, because `1.000` may mean a thousand: AMOUNT_TOO_PRECISE. AMOUNT_INVALID for what
 * is no plain decimal or is too large; CURRENCY_UNKNOWN.
 */
export function parseAmount(text: string, currency: string): bigint {
  const exponent = currencyExponent(currency)
  const [, sign = '', whole, decimals = ''] = amountPattern.exec(text) ?? []
  if (whole === undefined || whole.length + exponent > maxAmountDigits) {
    throw new MoneyError('AMOUNT_INVALID', `"${text.slice(0, 40)}" is not an amount`)
  }
  if (decimals.length > exponent) {
    throw new MoneyError('AMOUNT_TOO_PRECISE', `${currency} has ${exponent} decimals: "${text.slice(0, 40)}"`)
  }
  return BigInt(sign + whole + decimals.padEnd(exponent, '0'))
}

/** The sum of amounts of one currency, minor units. */
export function sum(amounts: Iterable<bigint>): bigint {
  let total = 0n
  for (const amount of amounts) total += amount
  return total
}
