import { MoneyError, parseAmount } from './money.ts'
import type { Outcome } from './failure.ts'

/** An amount as a client writes it: major units as an exact decimal, and an ISO 4217 code. */
export interface AskedMoney {
  readonly amount: string
  readonly currency: string
}

/** Minor units of an asked amount, or why it is none: AMOUNT_INVALID, AMOUNT_TOO_PRECISE, CURRENCY_UNKNOWN. */
export function readMoney({ amount, currency }: AskedMoney, field: string): Outcome<bigint> {
  try {
    return { value: parseAmount(amount, currency) }
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error
    return { violations: [{ code: error.code, field, message: error.message }] }
  }
}
