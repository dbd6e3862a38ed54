import { covers } from './calendar.ts'
import { violationIf } from './failure.ts'
import { sum } from './money.ts'
import { compareText, maximum } from './order.ts'
import { quantityPrice } from './pricing.ts'
import { isQuantity } from './contract.ts'
import { prorate } from './proration.ts'
import { add, compare, formatDecimal, multiply, parseDecimal, rational, round, zero } from './rational.ts'
import type { UsageFact } from './billing.ts'
import type { BillingCycle } from './calendar.ts'
import type { DateRange } from './entity.ts'
import type { Outcome, Violation } from './failure.ts'
import type { PriceTerms } from './pricing.ts'
import type { Rational } from './rational.ts'

/** One measurement. The same id again is the same one, of which the newest version counts. */
export type UsageRecord = Pick<UsageFact, 'id' | 'quantity' | 'usedAt'> & { readonly sourceVersion: bigint }

/** How the measurements of a period become its quantity. */
type Aggregation = 'SUM' | 'MAX' | 'LAST'

/** What was agreed about usage. */
export interface UsageTerms {
  readonly price: PriceTerms
  readonly aggregation: Aggregation
  /** Minor units that a full period costs at least; 0 for no commitment. */
  readonly minimum: bigint
  /** Where the days of the billing periods begin and end. */
  readonly timeZone: string
}

/** What is charged for the usage of a period, or for what its commitment is above that. */
export interface UsageLine {
  readonly kind: 'USAGE' | 'SHORTFALL'
  readonly period: DateRange
  /** Exact decimal; 0 for a shortfall. Negative, as the amount, where too much was charged before. */
  readonly quantity: string
  /** Minor units. */
  readonly amount: bigint
}

type Counted = UsageRecord & { readonly usedOn: Temporal.PlainDate; readonly value: Rational }

const aggregations: Readonly<Record<Aggregation, (records: readonly Counted[]) => Rational>> = {
  SUM: (records) => records.map(({ value }) => value).reduce(add, zero),
  MAX: (records) => records.map(({ value }) => value).reduce(larger, zero),
  LAST: (records) => records.toSorted(byTime).at(-1)?.value ?? zero,
}

/**
 * The lines that bring what was charged for periods to what their usage costs, each rounded once. A period of which
 * nothing was charged gets its usage and its shortfall; where a record came late or was corrected, the difference.
 * Run again with its own lines it gives none. [ASC 606-10-55-65: usage as it occurs; Lago, Stripe: meter events]
 */
export function usageLines(
  records: readonly UsageRecord[],
  cycles: readonly BillingCycle[],
  charged: readonly UsageLine[],
  terms: UsageTerms,
): Outcome<UsageLine[]> {
  const violations = checkRecords(records)
  if (violations.length > 0) return { violations }
  const counted = newest(records).map((record) => countedIn(terms.timeZone, record))
  return { value: cycles.flatMap((cycle) => differences(rate(counted, cycle, terms), charged)) }
}

function rate(records: readonly Counted[], { part, whole }: BillingCycle, terms: UsageTerms): UsageLine[] {
  const quantity = aggregations[terms.aggregation](records.filter(({ usedOn }) => covers(part, usedOn)))
  const amount = round(quantityPrice(terms.price, quantity))
  const shortfall = maximum(0n, prorate(terms.minimum, part, whole) - amount)
  return [
    { kind: 'USAGE', period: part, quantity: formatDecimal(quantity), amount },
    { kind: 'SHORTFALL', period: part, quantity: '0', amount: shortfall },
  ]
}

function differences(rated: readonly UsageLine[], charged: readonly UsageLine[]): UsageLine[] {
  return rated
    .map((line) => {
      const before = charged.filter(({ kind, period }) => kind === line.kind && isSame(period, line.period))
      const quantities = before.map(({ quantity }) => multiply(parseDecimal(quantity), rational(-1n)))
      return {
        ...line,
        quantity: formatDecimal(quantities.reduce(add, parseDecimal(line.quantity))),
        amount: line.amount - sum(before.map(({ amount }) => amount)),
      }
    })
    .filter(({ quantity, amount }) => quantity !== '0' || amount !== 0n)
}

function checkRecords(records: readonly UsageRecord[]): Violation[] {
  return records.flatMap(({ quantity }, index) =>
    violationIf(
      !isQuantity(quantity),
      'QUANTITY_INVALID',
      `records.${index}.quantity`,
      'Not a decimal of 0 or more',
    ),
  )
}

/** Each record once; of equal versions the first. */
function newest(records: readonly UsageRecord[]): UsageRecord[] {
  const byId = new Map<string, UsageRecord>()
  for (const record of records) {
    const known = byId.get(record.id)
    if (known === undefined || known.sourceVersion < record.sourceVersion) byId.set(record.id, record)
  }
  return [...byId.values()]
}

function countedIn(timeZone: string, record: UsageRecord): Counted {
  const usedOn = record.usedAt.toZonedDateTimeISO(timeZone).toPlainDate()
  return { ...record, usedOn, value: parseDecimal(record.quantity) }
}

function byTime(a: Counted, b: Counted): number {
  return Temporal.Instant.compare(a.usedAt, b.usedAt) || compareText(a.id, b.id)
}

function larger(a: Rational, b: Rational): Rational {
  return compare(a, b) < 0 ? b : a
}

function isSame(a: DateRange, b: DateRange): boolean {
  return a.start.equals(b.start) && a.end.equals(b.end)
}
