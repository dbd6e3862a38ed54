import { allocate, type AllocationTerms } from '#domain/allocation.ts'
import { chargesAt, defaultBilling } from '#domain/contract.ts'
import { checkDelivery, deliveredEntries } from '#domain/delivery.ts'
import type { DateRange } from '#domain/entity.ts'
import type { ScheduleEntry } from '#domain/erp.ts'
import { type Outcome, RuleError, type Violation } from '#domain/failure.ts'
import { countBackDso, retention, simpleDso } from '#domain/metrics.ts'
import { money, parseAmount, type PrintableMoney, sum } from '#domain/money.ts'
import { shareOf } from '#domain/proration.ts'
import { formatRounded, multiply, parseDecimal, type Rational, rational } from '#domain/rational.ts'
import { mergeEntries, scheduleEntries } from '#domain/schedule.ts'
import { splits } from '#domain/split.ts'
import { shareOfTaxed } from '#domain/tax.ts'
import { publicError } from '#platform/errors.ts'
import type {
  AllocationInput,
  MoneyInput,
  ObligationInput,
  Resolvers,
  RevenueScheduleInput,
} from '#schema/erp.generated.ts'

/** Most items of one input. */
const limits = { steps: 600, obligations: 100, bundles: 100, weights: 1_000, periods: 100 } as const

/** The schema's default, which a client that is asked in process gives as well. */
const DISCOUNT_TOLERANCE_PERCENT = 5

/** Root fields that show what the rules make of figures that a client gives; nothing is read or kept. */
export const exampleQueries = {
  previewRevenueSchedule: (_, { input }) =>
    tried(() => {
      const total = amountOf(input.price)
      const inCurrency = (minorUnits: bigint): PrintableMoney => money(minorUnits, input.price.currency)
      let left = total
      const entries = entriesOf(input, total).map(({ period, amount }) => {
        left -= amount
        return { period, amount: inCurrency(amount), deferred: inCurrency(left) }
      })
      return { total: inCurrency(total), entries }
    }),
  previewCharges: (_, { input }) =>
    tried(() => {
      const { unitPrice, quantity = '1', interval = null, billingAnchor } = input
      const { dayCount = defaultBilling.dayCount, rounding = defaultBilling.rounding } = input
      const servicePeriod = rangeOf(input.servicePeriod)
      const price = multiply(rational(amountOf(unitPrice)), parseDecimal(quantity))
      const policy = { ...defaultBilling, dayCount, rounding }
      const charges = chargesAt(
        price,
        { interval, servicePeriod },
        billingAnchor ?? servicePeriod.start,
        policy,
      )
      return {
        total: money(sum(charges.map(({ amount }) => amount)), unitPrice.currency),
        charges: charges.map(({ period, whole, amount }) => ({
          period,
          whole,
          share: interval === null ? '1' : fractionOf(shareOf(period, whole, dayCount)),
          amount: money(amount, unitPrice.currency),
        })),
      }
    }),
  previewAllocation: (_, { input }) =>
    tried(() => {
      const policy = {
        discountTolerancePercent: BigInt(input.discountTolerancePercent ?? DISCOUNT_TOLERANCE_PERCENT),
      }
      const { method, obligations, judgements } = accepted(allocate(termsOf(input), policy))
      return {
        method,
        reasons: judgements.map(
          ({ question, holds, paragraph }) => `${question} ${holds ? 'Yes' : 'No'} (${paragraph})`,
        ),
        obligations: obligations.map(({ id, allocatedPrice }) => ({
          name: id,
          allocatedPrice: money(allocatedPrice, input.transactionPrice.currency),
        })),
      }
    }),
  previewSplit: (_, { input: { amount, weights, remainder = 'LARGEST_REMAINDER', rounding } }) =>
    tried(() => {
      bounded('weights', weights)
      return splits[remainder](amountOf(amount), weights, rounding).map((part) =>
        money(part, amount.currency),
      )
    }),
  previewTaxCredit: (_, { input: { net, rate, numerator, denominator, rounding } }) =>
    tried(() => {
      const credit = shareOfTaxed(amountOf(net), rate, rational(numerator, denominator), rounding)
      return {
        net: money(credit.net, net.currency),
        tax: money(credit.tax, net.currency),
        total: money(credit.total, net.currency),
      }
    }),
  previewRetention: (_, { input: { currency, policy, ...movements } }) =>
    tried(() => {
      const { opening, churn = '0', contraction = '0', expansion = '0', reactivation = '0' } = movements
      const rates = retention(
        {
          opening: parseAmount(opening, currency),
          churn: parseAmount(churn, currency),
          contraction: parseAmount(contraction, currency),
          expansion: parseAmount(expansion, currency),
          reactivation: parseAmount(reactivation, currency),
        },
        policy,
      )
      if (rates === null) return null
      return {
        grossChurnRate: formatRounded(rates.grossChurnRate, 4),
        netChurnRate: formatRounded(rates.netChurnRate, 4),
        netRevenueRetention: formatRounded(rates.net, 4),
        grossRevenueRetention: formatRounded(rates.gross, 4),
      }
    }),
  previewDaysSalesOutstanding: (_, { input: { receivables, periods, method } }) =>
    tried(() => {
      bounded('periods', periods)
      const rule = method === 'SIMPLE' ? simpleDso : countBackDso
      const billed = periods.map((period) => ({
        billed: parseAmount(period.billed, receivables.currency),
        days: period.days,
      }))
      const days = rule(amountOf(receivables), billed)
      return days === null ? null : formatRounded(days, 2)
    }),
} satisfies Resolvers['Query']

function entriesOf(input: RevenueScheduleInput, total: bigint): readonly ScheduleEntry[] {
  const { convention, remainder, rounding, steps } = input
  const range = rangeOf(input.servicePeriod)
  if (steps === undefined || steps === null) {
    return mergeEntries(scheduleEntries(total, range, convention, remainder, rounding))
  }
  bounded('steps', steps)
  const satisfiedIn = range.end.subtract({ days: 1 }).toPlainYearMonth()
  const delivery = { steps, satisfiedIn }
  const violations = checkDelivery(delivery)
  if (violations.length > 0) throw refusal(violations)
  return deliveredEntries(total, delivery)
}

function termsOf({ transactionPrice, obligations, bundles = [] }: AllocationInput): AllocationTerms {
  bounded('obligations', obligations)
  bounded('bundles', bundles)
  const minorUnits = (amount: string | null | undefined): bigint =>
    parseAmount(amount ?? '0', transactionPrice.currency)
  const obligationOf = ({ name: id, basis = 'OBSERVED', standalonePrice, from, to }: ObligationInput) =>
    basis === 'RESIDUAL'
      ? {
          id,
          basis,
          from: minorUnits(from),
          to: minorUnits(to),
          estimate: standalonePrice ? minorUnits(standalonePrice) : null,
        }
      : { id, basis, standalonePrice: minorUnits(standalonePrice) }
  return {
    transactionPrice: amountOf(transactionPrice),
    obligations: obligations.map(obligationOf),
    bundles: bundles.map(({ obligations: obligationIds, price }) => ({
      obligationIds,
      price: minorUnits(price),
    })),
  }
}

/** A range that is no range is refused. */
function rangeOf({ start, end }: DateRange): DateRange {
  if (Temporal.PlainDate.compare(start, end) > 0) {
    throw publicError('BAD_USER_INPUT', 'servicePeriod: Service ends before it starts.')
  }
  return { start, end }
}

function amountOf({ amount, currency }: MoneyInput): bigint {
  return parseAmount(amount, currency)
}

function fractionOf({ numerator, denominator }: Rational): string {
  return denominator === 1n ? String(numerator) : `${numerator}/${denominator}`
}

function bounded(name: keyof typeof limits, items: readonly unknown[]): void {
  if (items.length > limits[name]) throw publicError('BAD_USER_INPUT', `${name}: at most ${limits[name]}.`)
}

function accepted<Value>({ value, violations = [] }: Outcome<Value>): Value {
  if (value === undefined) throw refusal(violations)
  return value
}

function refusal(violations: readonly Violation[]): Error {
  const reasons = violations.map(({ code, field, message }) => `${field}: ${message} (${code})`)
  return publicError('BAD_USER_INPUT', `${reasons.join('; ')}.`)
}

/** What a rule makes of an input, or BAD_USER_INPUT with the reason why it refuses it. */
function tried<Value>(work: () => Value): Value {
  try {
    return work()
  } catch (error) {
    if (error instanceof RuleError) throw publicError('BAD_USER_INPUT', `${error.message} (${error.code}).`)
    throw error
  }
}
