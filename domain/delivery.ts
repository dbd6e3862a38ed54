import { violationIf } from './failure.ts'
import { progressEntries } from './progress.ts'
import { add, compare, isDecimal, multiply, parseDecimal, rational, zero } from './rational.ts'
import { methodOf } from './recognition.ts'
import { mergeEntries } from './schedule.ts'
import type { Fact, Recorded } from './entity.ts'
import type { RecognitionMethod, ScheduleEntry } from './erp.ts'
import type { Violation } from './failure.ts'
import type { PlannedObligation } from './obligation-plan.ts'
import type { Progress } from './progress.ts'

/** How far a promise is kept by the end of a month, as its measure has it: 30 of 120 hours, 2 of 5 milestones. */
export interface DeliveryStep {
  readonly period: Temporal.PlainYearMonth
  /** All that was delivered by then: units, hours, cost. Exact decimals. */
  readonly delivered: string
  /** All that is to be delivered, as it is estimated by then; more than zero. */
  readonly total: string
}

/** How a contract line is delivered where days do not tell (ASC 606-10-25-31 to 37, IFRS 15.39 to 45). */
export interface DeliveryFact extends Fact {
  readonly contractLineId: string
  readonly method: 'POINT_IN_TIME' | 'USAGE' | 'MILESTONE' | 'PERCENTAGE_OF_COMPLETION'
  /** Month in which all is expected to be delivered: what no step tells of is earned then. */
  readonly satisfiedIn: Temporal.PlainYearMonth
  /** Earliest first; a later statement of the same line replaces them. */
  readonly steps: readonly DeliveryStep[]
}

export type Delivery = DeliveryFact & Recorded

/** What of a delivery its obligation follows from. */
export type DeliveryMeasure = Pick<DeliveryFact, 'method' | 'satisfiedIn' | 'steps'>

/** What is wrong with a delivery, by field. */
export function checkDelivery({ steps, satisfiedIn }: Omit<DeliveryMeasure, 'method'>): Violation[] {
  const malformed = steps.flatMap(({ delivered, total }, index) => [
    ...violationIf(!isDecimal(delivered), 'PROGRESS_INVALID', `steps.${index}.delivered`, 'Not a number'),
    ...violationIf(
      !isDecimal(total) || compare(parseDecimal(total), zero) <= 0,
      'PROGRESS_INVALID',
      `steps.${index}.total`,
      'What is to be delivered is more than nothing',
    ),
  ])
  if (malformed.length > 0) return malformed
  return [...(progressEntries(0n, steps.map(progressOf), satisfiedIn).violations ?? [])]
}

/** A price by the months in which its delivery earns it; a new estimate is caught up in the month that makes it. */
export function deliveredEntries(
  price: bigint,
  { steps, satisfiedIn }: Omit<DeliveryMeasure, 'method'>,
): readonly ScheduleEntry[] {
  return earnedBy(price, steps.map(progressOf), satisfiedIn)
}

/** The price of what is delivered after the month of a day, by what that is of all that was left then. */
export function restEntries(
  price: bigint,
  delivery: DeliveryMeasure,
  day: Temporal.PlainDate,
): readonly ScheduleEntry[] {
  const month = day.toPlainYearMonth()
  const { numerator, denominator } = progressAt(delivery, day)
  if (numerator === denominator) return mergeEntries([{ period: month, amount: price }])
  const left = rational(denominator, denominator - numerator)
  const steps = delivery.steps
    .filter(({ period }) => Temporal.PlainYearMonth.compare(period, month) > 0)
    .map(progressOf)
    .map(({ period, completed }) => {
      const since = add(completed, rational(-numerator, denominator))
      return { period, completed: since.numerator < 0n ? zero : multiply(since, left) }
    })
  return earnedBy(price, steps, delivery.satisfiedIn)
}

function earnedBy(price: bigint, steps: readonly Progress[], satisfiedIn: Temporal.PlainYearMonth) {
  const { value, violations } = progressEntries(price, steps, satisfiedIn)
  if (value === undefined) throw new Error(violations.map(({ message }) => message).join(', '))
  return mergeEntries(value)
}

/** How far a delivery is by the end of the month of a day: what no step tells of is done in the month it is due. */
export function progressAt(
  { steps, satisfiedIn }: DeliveryMeasure,
  day: Temporal.PlainDate,
): Progress['completed'] {
  const month = day.toPlainYearMonth()
  if (Temporal.PlainYearMonth.compare(satisfiedIn, month) <= 0) return rational(1n)
  const step = steps.findLast(({ period }) => Temporal.PlainYearMonth.compare(period, month) <= 0)
  return step === undefined ? zero : progressOf(step).completed
}

/** The method by which an obligation is earned. */
export function methodOfObligation({ line, delivery }: PlannedObligation): RecognitionMethod {
  return delivery?.method ?? methodOf(line.servicePeriod)
}

function progressOf({ period, delivered, total }: DeliveryStep): Progress {
  const { numerator, denominator } = parseDecimal(total)
  return { period, completed: multiply(parseDecimal(delivered), rational(denominator, numerator)) }
}
