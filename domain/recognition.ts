import { daysIn, firstDay, isBefore, monthsOf } from './calendar.ts'
import { billingAnchor, lineCharges } from './contract.ts'
import { sum } from './money.ts'
import { splits } from './split.ts'
import type { CreditNote, Invoice, InvoiceLine } from './billing.ts'
import type { MonthShare } from './calendar.ts'
import type { Contract, ContractLine } from './crm.ts'
import type { DateRange } from './entity.ts'
import type { RecognitionMethod, ScheduleEntry, ScheduleFact } from './erp.ts'
import type { SplitPolicy } from './split.ts'

/** How revenue is spread over the months of a service period. */
export type Convention = 'DAILY' | 'MONTHLY_EVEN' | 'MONTHLY_PRORATED_ENDS'

/** Revenue of one amount, or of several whose entries were merged. */
export interface Schedule {
  readonly method: RecognitionMethod
  /** Minor units; what the entries sum to. */
  readonly allocatedPrice: bigint
  /** In order of time, one a month, zero ones left out. */
  readonly entries: readonly ScheduleEntry[]
}

/** The method under which a convention is published. */
const methods: Readonly<Record<Convention, RecognitionMethod>> = {
  DAILY: 'STRAIGHT_LINE_DAILY',
  MONTHLY_EVEN: 'STRAIGHT_LINE_MONTHLY',
  MONTHLY_PRORATED_ENDS: 'STRAIGHT_LINE_MONTHLY',
}

/** The months that earn something, with their weights. */
const weighings: Readonly<Record<Convention, (range: DateRange) => [Temporal.PlainYearMonth, bigint][]>> = {
  DAILY: (range) => monthsOf(range).map(({ period, days }) => [period, BigInt(days)]),
  MONTHLY_EVEN: (range) => wholeMonthsOf(range).map(({ period }) => [period, 1n]),
  MONTHLY_PRORATED_ENDS: (range) => monthsOf(range).map((month) => [month.period, shareOfMonth(month)]),
}

/** Divisible by every length of a month, so that a month of any length weighs the same when it is full. */
const fullMonthWeight = 28n * 29n * 30n * 31n

/**
 * One amount spread over a service period, one entry a month; the entries sum to the amount. A period without days
 * is one entry in its month. Minor units.
 */
export function scheduleEntries(
  amount: bigint,
  range: DateRange,
  convention: Convention = 'DAILY',
  policy: SplitPolicy = 'CUMULATIVE',
): ScheduleEntry[] {
  if (daysIn(range) <= 0) return [{ period: range.start.toPlainYearMonth(), amount }]
  const weights = weighings[convention](range)
  const amounts = splits[policy](
    amount,
    weights.map(([, weight]) => weight),
  )
  return weights.map(([period], index) => ({ period, amount: amounts[index] ?? 0n }))
}

/**
 * Revenue of a contract line: each billing period's price is spread over that period, so that revenue never runs
 * ahead of what is billed in advance. A line without days is earned at a point in time.
 */
export function contractLineSchedule(
  line: ContractLine,
  anchor: Temporal.PlainDate,
  convention: Convention = 'DAILY',
): Schedule {
  const charges = lineCharges(line, anchor)
  return {
    method: methodOf(line.servicePeriod, convention),
    allocatedPrice: sum(charges.map(({ amount }) => amount)),
    entries: mergeEntries(
      charges.flatMap(({ amount, period }) => scheduleEntries(amount, period, convention)),
    ),
  }
}

/** The revenue schedules of a contract, one a line; none while it is a draft, which binds nobody. */
export function scheduleFromContract(contract: Contract, convention: Convention = 'DAILY'): ScheduleFact[] {
  if (contract.status === 'DRAFT') return []
  const anchor = billingAnchor(contract)
  return contract.lines.map((line, index) => ({
    ...contractLineSchedule(line, anchor, convention),
    id: scheduleIdOf(line.id),
    obligationId: obligationIdOf(line.id),
    contractId: contract.id,
    customerId: contract.customerId,
    legalEntityId: contract.legalEntityId,
    description: `${contract.number} line ${index + 1}`,
    currency: contract.currency,
    servicePeriod: line.servicePeriod,
  }))
}

/**
 * The revenue schedules of an issued invoice without a contract, one for each line with a service period, less the
 * service that credit notes give back. None for a draft or a void invoice; an uncollectible one was still delivered.
 */
export function scheduleFromInvoice(
  invoice: Invoice,
  creditNotes: readonly CreditNote[] = [],
  convention: Convention = 'DAILY',
): ScheduleFact[] {
  const isIssued = invoice.lifecycle === 'ISSUED' || invoice.lifecycle === 'UNCOLLECTIBLE'
  if (!isIssued || invoice.contractId !== null) return []
  return invoice.lines.flatMap((line) => {
    if (line.contractLineId !== null || line.servicePeriod === null) return []
    return [
      {
        ...invoiceLineSchedule(line, line.servicePeriod, creditNotes, convention),
        id: scheduleIdOf(line.id),
        obligationId: obligationIdOf(line.id),
        contractId: null,
        customerId: invoice.customerId,
        legalEntityId: invoice.legalEntityId,
        description: line.description,
        currency: invoice.currency,
        servicePeriod: line.servicePeriod,
      },
    ]
  })
}

function invoiceLineSchedule(
  line: InvoiceLine,
  servicePeriod: DateRange,
  creditNotes: readonly CreditNote[],
  convention: Convention,
): Schedule {
  const credits = creditNotes
    .filter(({ status }) => status !== 'DRAFT' && status !== 'VOID')
    .flatMap(({ lines }) => lines)
    .filter(({ invoiceLineId }) => invoiceLineId === line.id)
    .flatMap(({ amount, servicePeriod: period }) => (period === null ? [] : [{ amount: -amount, period }]))
  const parts = [{ amount: line.amount, period: servicePeriod }, ...credits]
  return {
    method: methodOf(servicePeriod, convention),
    allocatedPrice: sum(parts.map(({ amount }) => amount)),
    entries: mergeEntries(parts.flatMap(({ amount, period }) => scheduleEntries(amount, period, convention))),
  }
}

/** The id of the schedule of a contract line or an invoice line: a line has one, so it is named after the line. */
export function scheduleIdOf(lineId: string): string {
  return `rs_${lineId}`
}

/** The id of the performance obligation that a contract line or an invoice line is. */
function obligationIdOf(lineId: string): string {
  return `obl_${lineId}`
}

/**
 * What is left to recognise when a schedule gets a new plan. Recognised months stay as they are; what they differ
 * by from the plan goes to the first month that is left, or to the month after the last one. The recognised months
 * and the result sum to the plan, and every month that ends after the catch-up is right.
 */
export function reviseSchedule(
  recognized: readonly ScheduleEntry[],
  plan: readonly ScheduleEntry[],
): ScheduleEntry[] {
  const months = new Set(recognized.map(({ period }) => period.toString()))
  const left = plan.filter(({ period }) => !months.has(period.toString()))
  const catchUp = total(plan) - total(recognized) - total(left)
  const first = mergeEntries(left)[0] ?? mergeEntries([...recognized, ...plan]).at(-1)
  if (first === undefined) return []
  const period = left.length > 0 ? first.period : first.period.add({ months: 1 })
  return mergeEntries([...left, { period, amount: catchUp }])
}

function methodOf(range: DateRange, convention: Convention): RecognitionMethod {
  return daysIn(range) <= 0 ? 'POINT_IN_TIME' : methods[convention]
}

function total(entries: readonly ScheduleEntry[]): bigint {
  return sum(entries.map(({ amount }) => amount))
}

function mergeEntries(entries: readonly ScheduleEntry[]): ScheduleEntry[] {
  const amounts = new Map<string, ScheduleEntry>()
  for (const { period, amount } of entries) {
    const key = period.toString()
    amounts.set(key, { period, amount: (amounts.get(key)?.amount ?? 0n) + amount })
  }
  return [...amounts.values()]
    .filter(({ amount }) => amount !== 0n)
    .toSorted((a, b) => Temporal.PlainYearMonth.compare(a.period, b.period))
}

/** The months of a range without the one in which it ends; at least the one in which it starts. */
function wholeMonthsOf({ start, end }: DateRange): MonthShare[] {
  const cut = firstDay(end.toPlainYearMonth())
  return monthsOf({ start, end: isBefore(start, cut) ? cut : end })
}

function shareOfMonth({ period, days }: MonthShare): bigint {
  return (fullMonthWeight / BigInt(period.daysInMonth)) * BigInt(days)
}
