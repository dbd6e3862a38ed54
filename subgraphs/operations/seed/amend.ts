/** What happens to a contract during its term: changes of its lines, pauses, and an early end. */
import { billingPeriods, daysIn, earlier, isBefore, later } from '#domain/calendar.ts'
import type { AmendmentFact, AmendmentKind, AmendmentStatus } from '#domain/crm.ts'
import { listPrice, MONTHLY, productId } from './catalogue.ts'
import type { OfferingName } from './catalogue.ts'
import type { World } from './company.ts'
import type { Deal } from './deal.ts'
import type { Random } from './random.ts'
import type { References } from './references.ts'
import { quantityOf, soldLine, valueOf } from './sale.ts'
import type { SoldLine } from './sale.ts'

/** What a change needs beside the contract. */
export interface Change {
  readonly random: Random
  readonly world: World
  readonly references: References
}

interface Amended {
  readonly kind: AmendmentKind
  readonly date: Temporal.PlainDate
  readonly reason: string
  readonly lines: readonly SoldLine[]
}

/** The plan that follows a plan. */
const UPGRADES: Partial<Record<OfferingName, OfferingName>> = {
  starter: 'growth',
  growth: 'enterprise',
  seat: 'analystSeat',
}

const ADD_ONS: readonly OfferingName[] = ['analytics', 'sandbox', 'support']

/** Days that a line runs at least before it is changed. */
const MIN_DAYS_BETWEEN_CHANGES = 21

/** How contracts change, and how often each way; each returns null where the contract has nothing to change so. */
const CHANGES: readonly (readonly [
  weight: number,
  (deal: Deal, date: Temporal.PlainDate, change: Change) => Amended | null,
])[] = [
  [45, moreSeats],
  [15, fewerSeats],
  [20, largerPlan],
  [15, addOn],
  [25, withoutAddOn],
]

/** The contract after one change on or after `date`; as it was where nothing fits. */
export function amend(deal: Deal, date: Temporal.PlainDate, change: Change): Deal {
  const amended = change.random.weighted(CHANGES)(deal, date, change)
  if (amended === null || !isBefore(amended.date, deal.end) || isBefore(change.world.today, amended.date))
    return deal
  const amendment = amendmentFact(deal, amended, 'APPLIED', change)
  return { ...deal, lines: amended.lines, amendments: [...deal.amendments, amendment] }
}

/** A change that is written down but not in force: planned for a later day, or tried and undone. */
export function plannedAmendment(
  deal: Deal,
  date: Temporal.PlainDate,
  status: Exclude<AmendmentStatus, 'APPLIED'>,
  change: Change,
): Deal {
  const amended = moreSeats(deal, date, change)
  if (amended === null) return deal
  return { ...deal, amendments: [...deal.amendments, amendmentFact(deal, amended, status, change)] }
}

/** The contract ended early: every line stops on that day, and what was billed beyond it has to be given back. */
export function terminate(deal: Deal, date: Temporal.PlainDate, reason: string, change: Change): Deal {
  const lines = deal.lines.map((line) => ({ ...line, end: earlier(line.end, date) }))
  const amendment = amendmentFact(deal, { kind: 'CANCEL', date, reason, lines }, 'APPLIED', change)
  return { ...deal, lines, end: date, terminatedOn: date, amendments: [...deal.amendments, amendment] }
}

/**
 * The contract suspended since a day of the billing period that runs today, so that no period fell due while it
 * was suspended.
 */
export function suspend(deal: Deal, reason: string, change: Change): Deal {
  const { today } = change.world
  const date = later(lastBillingDate(deal, today), today.subtract({ days: change.random.between(1, 20) }))
  return { ...withPause(deal, 'SUSPEND', date, reason, change), suspendedOn: date }
}

/** A pause in the past, from which the contract came back within one billing period. */
export function suspendAndResume(deal: Deal, date: Temporal.PlainDate, change: Change): Deal {
  const suspended = withPause(deal, 'SUSPEND', date, 'Security review at the customer', change)
  return withPause(
    suspended,
    'RESUME',
    date.add({ days: change.random.between(2, 6) }),
    'Review passed',
    change,
  )
}

function withPause(
  deal: Deal,
  kind: 'SUSPEND' | 'RESUME',
  date: Temporal.PlainDate,
  reason: string,
  change: Change,
): Deal {
  const amendment = amendmentFact(deal, { kind, date, reason, lines: deal.lines }, 'APPLIED', change)
  return { ...deal, amendments: [...deal.amendments, amendment] }
}

function amendmentFact(
  deal: Deal,
  { kind, date, reason, lines }: Amended,
  status: AmendmentStatus,
  { references }: Change,
): AmendmentFact {
  return {
    ...references.next('amendment'),
    contractId: deal.fact.id,
    kind,
    status,
    effectiveDate: date,
    reason,
    currency: deal.currency,
    contractValueDelta: lines === deal.lines ? 0n : valueOf(lines) - valueOf(deal.lines),
  }
}

/** At once: the unused part of the period is credited, and the new line is charged for the rest of it. */
function moreSeats(deal: Deal, date: Temporal.PlainDate, change: Change): Amended | null {
  const line = changeable(deal, date).find(isSeat)
  if (line === undefined) return null
  const quantity =
    line.quantity + Math.max(1, Math.round((line.quantity * change.random.between(10, 50)) / 100))
  return {
    kind: 'UPDATE',
    date,
    reason: 'More users',
    lines: replaced(deal, line, { quantity }, date, change),
  }
}

/** At the next billing date: what is paid for is used. */
function fewerSeats(deal: Deal, date: Temporal.PlainDate, change: Change): Amended | null {
  const line = changeable(deal, date).find(isSeat)
  const boundary = line && nextBillingDate(line, date)
  if (line === undefined || boundary === undefined || line.quantity < 3) return null
  const quantity =
    line.quantity - Math.max(1, Math.round((line.quantity * change.random.between(10, 40)) / 100))
  return {
    kind: 'UPDATE',
    date: boundary,
    reason: 'Fewer users',
    lines: replaced(deal, line, { quantity }, boundary, change),
  }
}

function largerPlan(deal: Deal, date: Temporal.PlainDate, change: Change): Amended | null {
  const line = changeable(deal, date).find(({ offering }) => UPGRADES[offering] !== undefined)
  const offering = line && UPGRADES[line.offering]
  if (line === undefined || offering === undefined) return null
  const list = listPrice(offering, deal.currency, line.interval)
  const plan = {
    offering,
    productId: productId(change.world.seed, offering),
    listPrice: list,
    unitPrice: (list * line.unitPrice) / line.listPrice,
  }
  return { kind: 'CHANGE_PLAN', date, reason: 'Larger plan', lines: replaced(deal, line, plan, date, change) }
}

function addOn(deal: Deal, date: Temporal.PlainDate, { random, references }: Change): Amended | null {
  const isNew = (offering: OfferingName) => deal.lines.every((line) => line.offering !== offering)
  const offering = ADD_ONS.find(isNew)
  if (offering === undefined) return null
  const line = soldLine(offering, quantityOf(random, offering), 0n, deal, references, date)
  return { kind: 'ADD', date, reason: 'New department', lines: [...deal.lines, line] }
}

function withoutAddOn(deal: Deal, date: Temporal.PlainDate): Amended | null {
  const line = changeable(deal, date).find(({ offering }) => ADD_ONS.includes(offering))
  const boundary = line && nextBillingDate(line, date)
  if (line === undefined || boundary === undefined) return null
  const lines = deal.lines.map((other) =>
    other === line ? { ...line, agreedEnd: boundary, end: boundary } : other,
  )
  return { kind: 'REMOVE', date: boundary, reason: 'Not used', lines }
}

/** The lines where one ends on the day on which its successor starts, which runs to the end of the contract. */
function replaced(
  deal: Deal,
  line: SoldLine,
  successor: Partial<SoldLine>,
  date: Temporal.PlainDate,
  { references }: Change,
): SoldLine[] {
  const next = { ...line, ...successor, id: references.nextId('contractLine'), start: date, end: deal.end }
  const ended = deal.lines.map((other) => (other === line ? { ...line, end: date } : other))
  return [...ended, { ...next, agreedEnd: deal.end }]
}

/** Recurring lines that have run for a while and have no successor yet. */
function changeable(deal: Deal, date: Temporal.PlainDate): SoldLine[] {
  return deal.lines.filter(
    (line) =>
      line.interval !== null &&
      line.end.equals(deal.end) &&
      daysIn({ start: line.start, end: date }) >= MIN_DAYS_BETWEEN_CHANGES,
  )
}

function isSeat({ offering }: SoldLine): boolean {
  return offering === 'seat' || offering === 'analystSeat'
}

function nextBillingDate(line: SoldLine, from: Temporal.PlainDate): Temporal.PlainDate | undefined {
  return billingDates(line).find((date) => !isBefore(date, from))
}

function lastBillingDate(deal: Deal, today: Temporal.PlainDate): Temporal.PlainDate {
  return deal.lines
    .flatMap(billingDates)
    .filter((date) => !isBefore(today, date))
    .reduce(later, deal.start)
}

function billingDates(line: SoldLine): Temporal.PlainDate[] {
  return billingPeriods({ start: line.start, end: line.end }, line.interval ?? MONTHLY, line.anchor).map(
    ({ start }) => start,
  )
}
