import { daysIn } from './calendar.ts'
import { moneyText, sum } from './money.ts'
import type { DisputeStatus } from './billing.ts'
import type { CustomerStatus } from './crm.ts'
import type { Recorded } from './entity.ts'
import type { Money } from './money.ts'

/** How much speaks against serving a customer. */
export type StandingLevel = 'GOOD' | 'WATCH' | 'AT_RISK' | 'HOLD'

/** From best to worst. */
export const standingLevels: readonly StandingLevel[] = ['GOOD', 'WATCH', 'AT_RISK', 'HOLD']

type StandingReasonCode =
  | 'CREDIT_HOLD'
  | 'CREDIT_LIMIT_EXCEEDED'
  | 'OVERDUE'
  | 'DISPUTED'
  | 'CONTRACT_SUSPENDED'
  | 'RENEWAL_DUE'
  | 'INACTIVE'

/** What a customer owes in one currency, minor units. */
interface OwedInCurrency {
  readonly currency: string
  readonly total: bigint
  readonly overdue: bigint
  readonly unappliedCash: bigint
  readonly oldestDaysPastDue: number
}

/** What CRM, billing and ERP know of a customer on one day. */
export interface StandingInput {
  readonly today: Temporal.PlainDate
  readonly customerStatus: CustomerStatus
  readonly receivables: readonly OwedInCurrency[]
  readonly disputes: readonly { readonly status: DisputeStatus; readonly amount: Money }[]
  readonly credit: {
    readonly onHold: boolean
    readonly holdReason: string | null
    readonly limit: Money | null
  } | null
  readonly contracts: {
    readonly active: number
    readonly suspended: number
    /** Earliest end of a running contract that does not renew by itself. */
    readonly nextEndDate: Temporal.PlainDate | null
  }
}

/** One reason, with the level that it alone would give. */
export interface StandingReason {
  readonly code: StandingReasonCode
  readonly level: StandingLevel
  readonly message: string
  /** Money concerned; null where none is. */
  readonly amount: Money | null
}

/** How a customer stands, and why. */
export interface Standing {
  /** The worst level that a reason gives; GOOD without reasons. */
  readonly level: StandingLevel
  /** Reasons, worst first. */
  readonly reasons: readonly StandingReason[]
}

/** What is told when a customer's standing comes out other than before. */
export interface StandingChange extends Recorded {
  readonly id: string
  readonly customerId: string
  /** Standing before the change; null where the customer had none yet. */
  readonly before: Standing | null
  /** Standing from now on. */
  readonly after: Standing
  /** The day, in UTC, for which it holds: days past due are counted to it. */
  readonly asOf: Temporal.PlainDate
}

/** How late a customer may be before it matters. */
interface OverdueRule {
  readonly level: StandingLevel
  /** The oldest overdue invoice is late by more days than this. */
  readonly moreThanDays: number
  /** At least this part of all that is owed in the currency is overdue. */
  readonly minSharePercent: bigint
}

/** From the most severe: the first that applies to a currency counts. */
const overdueRules: readonly OverdueRule[] = [
  { level: 'AT_RISK', moreThanDays: 60, minSharePercent: 0n },
  { level: 'AT_RISK', moreThanDays: 30, minSharePercent: 50n },
  { level: 'WATCH', moreThanDays: 0, minSharePercent: 0n },
]
const renewalNoticeDays = 30
const openDisputes: ReadonlySet<DisputeStatus> = new Set(['NEEDS_RESPONSE', 'UNDER_REVIEW'])

/** A reason before it is given its rule's code. */
type Finding = Omit<StandingReason, 'code'>

/** Each reason with the rule that finds it. */
const rules: readonly { code: StandingReasonCode; find: (input: StandingInput) => Finding[] }[] = [
  { code: 'CREDIT_HOLD', find: creditHold },
  { code: 'INACTIVE', find: inactive },
  { code: 'OVERDUE', find: ({ receivables }) => receivables.flatMap(overdue) },
  { code: 'CREDIT_LIMIT_EXCEEDED', find: limitExceeded },
  { code: 'DISPUTED', find: disputed },
  { code: 'CONTRACT_SUSPENDED', find: suspended },
  { code: 'RENEWAL_DUE', find: renewalDue },
]

/**
 * A customer's standing by the published rules: the same input gives the same answer everywhere. What one that was
 * merged owes speaks against the customer that carries on for it.
 */
export function standing(input: StandingInput): Standing {
  const own = input.customerStatus === 'MERGED' ? rules.filter(({ code }) => code === 'INACTIVE') : rules
  const reasons = own
    .flatMap(({ code, find }) => find(input).map((finding) => ({ code, ...finding })))
    .toSorted((a, b) => severity(b.level) - severity(a.level))
  return { level: reasons[0]?.level ?? 'GOOD', reasons }
}

/** What several owe together, in the order of the currencies' codes. */
export function owedTogether(owed: readonly OwedInCurrency[]): OwedInCurrency[] {
  return Map.groupBy(owed, ({ currency }) => currency)
    .entries()
    .map(([currency, parts]) => ({
      currency,
      total: sum(parts.map(({ total }) => total)),
      overdue: sum(parts.map((part) => part.overdue)),
      unappliedCash: sum(parts.map(({ unappliedCash }) => unappliedCash)),
      oldestDaysPastDue: Math.max(...parts.map(({ oldestDaysPastDue }) => oldestDaysPastDue)),
    }))
    .toArray()
    .toSorted((one, other) => (one.currency < other.currency ? -1 : 1))
}

function creditHold({ credit }: StandingInput): Finding[] {
  if (credit === null || !credit.onHold) return []
  return [
    { level: 'HOLD', message: `On credit hold: ${credit.holdReason ?? 'no reason given'}`, amount: null },
  ]
}

function inactive({ customerStatus }: StandingInput): Finding[] {
  if (customerStatus === 'MERGED') {
    return [{ level: 'HOLD', message: 'Merged into another customer, which carries on', amount: null }]
  }
  return customerStatus === 'INACTIVE'
    ? [{ level: 'WATCH', message: 'No longer a customer', amount: null }]
    : []
}

/** Cash on account that could settle what is overdue counts as if it did. */
function overdue(owed: OwedInCurrency): Finding[] {
  const minorUnits = owed.overdue - owed.unappliedCash
  if (minorUnits <= 0n) return []
  const rule = overdueRules.find(
    ({ moreThanDays, minSharePercent }) =>
      owed.oldestDaysPastDue > moreThanDays && minorUnits * 100n >= minSharePercent * owed.total,
  )
  if (rule === undefined) return []
  const amount = { minorUnits, currency: owed.currency }
  const message = `${text(amount)} is overdue, the oldest by ${owed.oldestDaysPastDue} days`
  return [{ level: rule.level, message, amount }]
}

/** The limit is in one currency; what is owed in others does not count against it. */
function limitExceeded({ credit, receivables }: StandingInput): Finding[] {
  const limit = credit?.limit ?? null
  if (limit === null) return []
  return receivables.flatMap(({ currency, total, unappliedCash }) => {
    const amount = { minorUnits: total - unappliedCash - limit.minorUnits, currency }
    if (currency !== limit.currency || amount.minorUnits <= 0n) return []
    return [
      {
        level: 'AT_RISK',
        message: `The credit limit of ${text(limit)} is exceeded by ${text(amount)}`,
        amount,
      },
    ]
  })
}

function disputed({ disputes }: StandingInput): Finding[] {
  const open = disputes.filter(({ status }) => openDisputes.has(status)).map(({ amount }) => amount)
  return sumByCurrency(open).map((amount) => ({
    level: 'AT_RISK',
    message: `${text(amount)} is disputed`,
    amount,
  }))
}

function suspended({ contracts }: StandingInput): Finding[] {
  if (contracts.suspended === 0) return []
  return [{ level: 'AT_RISK', message: `Suspended contracts: ${contracts.suspended}`, amount: null }]
}

function renewalDue({ contracts: { nextEndDate }, today }: StandingInput): Finding[] {
  if (nextEndDate === null || daysIn({ start: today, end: nextEndDate }) > renewalNoticeDays) return []
  return [
    { level: 'WATCH', message: `A contract ends on ${nextEndDate.toString()} without renewal`, amount: null },
  ]
}

function sumByCurrency(amounts: readonly Money[]): Money[] {
  return Map.groupBy(amounts, ({ currency }) => currency)
    .entries()
    .map(([currency, group]) => ({ currency, minorUnits: sum(group.map(({ minorUnits }) => minorUnits)) }))
    .toArray()
}

function severity(level: StandingLevel): number {
  return standingLevels.indexOf(level)
}

const text = ({ minorUnits, currency }: Money): string => moneyText(minorUnits, currency)
