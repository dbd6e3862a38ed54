import { billingCycles, isBefore, isCountedInDays, isInterval } from './calendar.ts'
import { violationIf } from './failure.ts'
import { isCurrency, sum } from './money.ts'
import { shareOf } from './proration.ts'
import { defaultRounding, isDecimal, multiply, parseDecimal, rational, round } from './rational.ts'
import type { ContractFact, ContractLine } from './crm.ts'
import type { DateRange } from './entity.ts'
import type { Violation } from './failure.ts'
import type { DayCount } from './proration.ts'
import type { Rational, RoundingMode } from './rational.ts'

type Anchored = Pick<ContractFact, 'billingAnchor' | 'startDate'>

/** Whether a period is billed when it begins or when it is over. */
type BillingTiming = 'IN_ADVANCE' | 'IN_ARREARS'

/** What a contract leaves open about billing; the first of each is the default. */
export interface BillingPolicy {
  readonly timing: BillingTiming
  /** Of a part of a period of months or years; days and weeks are always counted as they are. */
  readonly dayCount: DayCount
  readonly rounding: RoundingMode
}

/** The policy that the product publishes. */
export const defaultBilling: BillingPolicy = {
  timing: 'IN_ADVANCE',
  dayCount: 'ACTUAL',
  rounding: defaultRounding,
}

/** What one billing period of a line costs. */
export interface LineCharge {
  readonly period: DateRange
  /** The full period that the price is for; the period itself for a one-time charge. */
  readonly whole: DateRange
  /** Minor units. */
  readonly amount: bigint
}

/**
 * What a contract line charges, period by period: price × quantity, a partial period by the days of the full one
 * that it is part of, each rounded once. Periods are those of the contract, counted from `anchor`, so that a line
 * which starts in the middle of one shares it with the line that it follows. A one-time line is one charge for its
 * whole service period. [Stripe: `billing_cycle_anchor`; Zuora: bill cycle day]
 */
export function lineCharges(
  line: ContractLine,
  anchor: Temporal.PlainDate,
  policy: BillingPolicy = defaultBilling,
): LineCharge[] {
  return chargesAt(multiply(rational(line.unitPrice), parseDecimal(line.quantity)), line, anchor, policy)
}

/** What a line would charge, period by period, if all of it cost another price for a whole interval: minor units. */
export function chargesAt(
  price: Rational,
  { interval, servicePeriod }: Pick<ContractLine, 'interval' | 'servicePeriod'>,
  anchor: Temporal.PlainDate,
  policy: BillingPolicy = defaultBilling,
): LineCharge[] {
  if (interval === null) {
    return [{ period: servicePeriod, whole: servicePeriod, amount: round(price, policy.rounding) }]
  }
  const dayCount = isCountedInDays(interval) ? 'ACTUAL' : policy.dayCount
  return billingCycles(servicePeriod, interval, anchor).map(({ part, whole }) => ({
    period: part,
    whole,
    amount: round(multiply(price, shareOf(part, whole, dayCount)), policy.rounding),
  }))
}

/** All that a contract line charges over its service period, minor units before tax. */
export function lineValue(
  line: ContractLine,
  anchor: Temporal.PlainDate,
  policy: BillingPolicy = defaultBilling,
): bigint {
  return sum(lineCharges(line, anchor, policy).map(({ amount }) => amount))
}

/** All that a contract charges over its term, minor units before tax. */
export function totalContractValue(
  contract: Anchored & Pick<ContractFact, 'lines'>,
  policy: BillingPolicy = defaultBilling,
): bigint {
  const anchor = anchorOf(contract)
  return sum(contract.lines.map((line) => lineValue(line, anchor, policy)))
}

/** The day from which the billing periods of a contract are counted. */
export function anchorOf({ billingAnchor, startDate }: Anchored): Temporal.PlainDate {
  return billingAnchor ?? startDate
}

/** What is wrong with a contract, by field; an empty list if it can be priced, billed and recognised. */
export function checkContract(contract: ContractFact): Violation[] {
  const ids = new Set(contract.lines.map(({ id }) => id))
  return [
    ...violationIf(!isCurrency(contract.currency), 'CURRENCY_UNKNOWN', 'currency', 'Not an ISO 4217 code'),
    ...violationIf(contract.number === '', 'NUMBER_MISSING', 'number', 'A contract has a number'),
    ...violationIf(isReversed(contract), 'DATE_ORDER', 'endDate', 'A contract does not end before it starts'),
    ...violationIf(contract.renewalOfId === contract.id, 'RENEWS_ITSELF', 'renewalOfId', 'Renews itself'),
    ...violationIf(ids.size < contract.lines.length, 'DUPLICATE_ID', 'lines', 'Two lines have the same id'),
    ...contract.lines.flatMap((line, index) => checkLine(line, `lines.${index}`, contract)),
  ]
}

function checkLine(line: ContractLine, field: string, contract: ContractFact): Violation[] {
  const { start, end } = line.servicePeriod
  const isOutside = isBefore(start, contract.startDate) || isBefore(contract.endDate, end)
  const isBadInterval = line.interval !== null && !isInterval(line.interval)
  return [
    ...violationIf(
      !isQuantity(line.quantity),
      'QUANTITY_INVALID',
      `${field}.quantity`,
      'Not a decimal of 0 or more',
    ),
    ...violationIf(line.unitPrice < 0n, 'AMOUNT_NEGATIVE', `${field}.unitPrice`, 'A price is not negative'),
    ...violationIf(
      isBadInterval,
      'INTERVAL_INVALID',
      `${field}.interval`,
      'An interval has a count of 1 or more',
    ),
    ...violationIf(
      isBefore(end, start),
      'DATE_ORDER',
      `${field}.servicePeriod`,
      'Service ends before it starts',
    ),
    ...violationIf(
      isOutside,
      'DATE_OUTSIDE_CONTRACT',
      `${field}.servicePeriod`,
      'Service outside of the contract',
    ),
  ]
}

function isReversed(contract: ContractFact): boolean {
  return isBefore(contract.endDate, contract.startDate)
}

/** Whether a text is a quantity that can be sold. */
export function isQuantity(text: string): boolean {
  return isDecimal(text) && !text.startsWith('-')
}
