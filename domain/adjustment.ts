import { earlier, isBefore } from './calendar.ts'
import { anchorOf, lineCharges } from './contract.ts'
import { termsOf } from './segment.ts'
import type { Adjustment } from './amendment.ts'
import type { BillingPolicy, LineCharge } from './contract.ts'
import type { ContractFact, ContractLine } from './crm.ts'
import type { DateRange } from './entity.ts'

/** A charge of a contract, and the day on which it is billed. */
export interface DueCharge extends LineCharge {
  readonly line: ContractLine
  readonly dueOn: Temporal.PlainDate
  /** First day of the full period where it is billed in advance; what begins inside of a period is part of its bill. */
  readonly billedFrom: Temporal.PlainDate
}

/** What of a contract says what it charges and when. */
type Charging = Pick<ContractFact, 'billingAnchor' | 'startDate' | 'endDate' | 'lines'>

/**
 * All that a contract charges, each charge with its day: in advance its first one, in arrears that on which the full
 * period or the contract ends. A one-time charge is due when its service begins.
 */
export function dueCharges(contract: Charging, policy: BillingPolicy): DueCharge[] {
  const anchor = anchorOf(contract)
  return contract.lines.flatMap((line) =>
    lineCharges(line, anchor, policy).map((charge) => {
      const isLate = policy.timing === 'IN_ARREARS' && line.interval !== null
      const dueOn = isLate ? earlier(charge.whole.end, contract.endDate) : charge.period.start
      return { ...charge, line, dueOn, billedFrom: isLate ? dueOn : charge.whole.start }
    }),
  )
}

/** The day on which a contract charges something for the first time; null where it charges nothing. */
export function firstChargeOn(contract: Charging, policy: BillingPolicy): Temporal.PlainDate | null {
  const [first, ...others] = dueCharges(contract, policy)
    .filter(({ amount }) => amount > 0n)
    .map(({ dueOn }) => dueOn)
  return first === undefined ? null : others.reduce(earlier, first)
}

/**
 * Whether a charge is billed before an amendment of a day is. What falls due on the day itself is billed in its turn,
 * after the amendment; only what begins on it inside of a period has its place on the bill of that period.
 */
export function isDueBefore({ dueOn, billedFrom }: DueCharge, date: Temporal.PlainDate): boolean {
  return isBefore(billedFrom, date) && !isBefore(date, dueOn)
}

/** How, and until when, a contract was billed. */
interface Billed {
  readonly policy: BillingPolicy
  /**
   * Every bill of an earlier day was sent, the first one with the contract, and one-time charges of this day with the
   * change that added them; null for bills before the change.
   */
  readonly billedUntil: Temporal.PlainDate | null
}

/**
 * The lines that bring what was billed for a contract to what is due for it once it is amended on `date`. What fell
 * due before and was billed is compared period by period; a later bill is sent as the contract is then. So the used
 * part of a period that is given back keeps its own rounding, the credit is what is left of the charge, and together
 * they are what was billed. [ASC 606-10-32-14; Stripe prorations; Zuora: credit back the unused part]
 */
export function adjustmentsOf(
  before: ContractFact | null,
  after: ContractFact,
  date: Temporal.PlainDate,
  { policy, billedUntil }: Billed,
): Adjustment[] {
  const isBilled = (charge: DueCharge): boolean => {
    if (billedUntil === null) return isDueBefore(charge, date)
    const isFirst = !isBefore(after.startDate, charge.billedFrom)
    // The bill of the first day was sent with the contract: a change on that very day sets it right as well.
    if (isFirst && before !== null && !isBefore(after.startDate, charge.dueOn)) return true
    // A one-time charge has no period whose bill it could wait for: what is due by now is billed with the change.
    if (charge.line.interval === null) return !isBefore(billedUntil, charge.dueOn)
    return isDueBefore(charge, date) && (isFirst || isBefore(charge.billedFrom, billedUntil))
  }
  const dueIn = (contract: ContractFact | null): ReadonlyMap<string, DueCharge> =>
    byPeriod(contract === null ? [] : dueCharges(contract, policy).filter(isBilled))
  const [billed, owed] = [dueIn(before), dueIn(after)]
  const keys = new Set([...billed.keys(), ...owed.keys()])
  return [...keys]
    .flatMap((key) => adjustment(after.id, billed.get(key), owed.get(key)))
    .toSorted((a, b) => Number(a.amount > 0n) - Number(b.amount > 0n))
}

function adjustment(
  contractId: string,
  billed: DueCharge | undefined,
  owed: DueCharge | undefined,
): Adjustment[] {
  const charge = owed ?? billed
  const amount = (owed?.amount ?? 0n) - (billed?.amount ?? 0n)
  if (charge === undefined || amount === 0n) return []
  const period = difference(billed?.period, owed?.period) ?? charge.period
  return [{ kind: amount < 0n ? 'CREDIT' : 'CHARGE', contractId, lineId: charge.line.id, period, amount }]
}

/** The days that only one of two periods covers which begin on the same day; null where that is one of them. */
function difference(a: DateRange | undefined, b: DateRange | undefined): DateRange | null {
  if (a === undefined || b === undefined) return null
  return isBefore(a.end, b.end) ? { start: a.end, end: b.end } : { start: b.end, end: a.end }
}

/** By line, terms and full period: a charge on other terms is another one, to be given back and charged anew. */
function byPeriod(charges: readonly DueCharge[]): ReadonlyMap<string, DueCharge> {
  return new Map(
    charges.map((charge) => {
      const { line, whole } = charge
      return [[line.id, termsOf(line), whole.start.toString()].join(' '), charge]
    }),
  )
}
