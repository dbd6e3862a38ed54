import { isBefore } from './calendar.ts'
import { violationIf } from './failure.ts'
import { isCurrency } from './money.ts'
import { isDecimal, parseDecimal } from './rational.ts'
import type { AccountingPeriodFact, CreditProfileFact, FxRateFact, LegalEntityFact } from './erp.ts'
import type { Violation } from './failure.ts'

/** What is wrong with a legal entity, by field; an empty list if it can keep books. */
export function checkLegalEntity({ functionalCurrency }: LegalEntityFact): Violation[] {
  return checkCurrency(functionalCurrency, 'functionalCurrency')
}

/** What is wrong with an accounting period, by field; an empty list if days belong to it. */
export function checkAccountingPeriod({ range }: AccountingPeriodFact): Violation[] {
  return violationIf(!isBefore(range.start, range.end), 'DATE_ORDER', 'range', 'A period has days')
}

/** What is wrong with an exchange rate, by field; an empty list if amounts can be converted with it. */
export function checkFxRate({ baseCurrency, quoteCurrency, rate }: FxRateFact): Violation[] {
  const isPositive = isDecimal(rate) && parseDecimal(rate).numerator > 0n
  return [
    ...checkCurrency(baseCurrency, 'baseCurrency'),
    ...checkCurrency(quoteCurrency, 'quoteCurrency'),
    ...violationIf(!isPositive, 'RATE_INVALID', 'rate', 'Not a decimal above 0'),
  ]
}

/** What is wrong with what accounting allows a customer, by field; an empty list if it can be applied. */
export function checkCreditProfile({ currency, creditLimit }: CreditProfileFact): Violation[] {
  return [
    ...checkCurrency(currency, 'currency'),
    ...violationIf((creditLimit ?? 0n) < 0n, 'AMOUNT_NEGATIVE', 'creditLimit', 'A limit is not negative'),
  ]
}

function checkCurrency(code: string, field: string): Violation[] {
  return violationIf(!isCurrency(code), 'CURRENCY_UNKNOWN', field, 'Not an ISO 4217 code')
}
