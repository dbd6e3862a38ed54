/** What is sold: the lines of a first contract and of its renewals. */
import { lineCharges, lineValue } from '#domain/contract.ts'
import type { LineCharge } from '#domain/contract.ts'
import type { ContractLine, CustomerSegment } from '#domain/crm.ts'
import type { Interval } from '#domain/entity.ts'
import { sum } from '#domain/money.ts'
import { isOneTime, listPrice, MONTHLY, productId } from './catalogue.ts'
import type { Currency, OfferingName } from './catalogue.ts'
import type { Random } from './random.ts'
import type { References } from './references.ts'

/** A contract line with what was agreed when it was sold, which is what is billed in advance. */
export interface SoldLine {
  readonly id: string
  readonly offering: OfferingName
  readonly productId: string
  readonly quantity: number
  /** Minor units per unit and interval, before the customer's discount. */
  readonly listPrice: bigint
  /** Minor units per unit and interval that the customer pays. */
  readonly unitPrice: bigint
  /** Null for a one-time charge. */
  readonly interval: Interval | null
  /** Where the billing periods of its contract are counted from. */
  readonly anchor: Temporal.PlainDate
  readonly start: Temporal.PlainDate
  /** Until when it was sold; billing periods up to there are billed in full. */
  readonly agreedEnd: Temporal.PlainDate
  /** Where it ended, by an amendment or a termination if before `agreedEnd`. */
  readonly end: Temporal.PlainDate
}

/** What the lines of one contract have in common. */
export interface Terms {
  readonly currency: Currency
  readonly interval: Interval
  readonly start: Temporal.PlainDate
  readonly end: Temporal.PlainDate
}

interface Package {
  readonly platforms: readonly OfferingName[]
  readonly seats: readonly [min: number, max: number]
  readonly extras: readonly (readonly [percent: number, offering: OfferingName])[]
  readonly onboardingPercent: number
  readonly discounts: readonly bigint[]
}

/** What customers of a size buy; with onboarding a contract has at most four lines. */
const PACKAGES: Readonly<Record<CustomerSegment, Package>> = {
  SMALL_BUSINESS: {
    platforms: ['starter'],
    seats: [3, 15],
    extras: [[30, 'analytics']],
    onboardingPercent: 35,
    discounts: [0n, 0n, 0n, 5n],
  },
  MID_MARKET: {
    platforms: ['starter', 'growth', 'growth'],
    seats: [15, 80],
    extras: [
      [35, 'analytics'],
      [15, 'sandbox'],
      [12, 'events'],
    ],
    onboardingPercent: 55,
    discounts: [0n, 0n, 5n, 10n],
  },
  ENTERPRISE: {
    platforms: ['growth', 'enterprise', 'enterprise'],
    seats: [80, 400],
    extras: [
      [55, 'support'],
      [25, 'events'],
      [30, 'sandbox'],
    ],
    onboardingPercent: 70,
    discounts: [5n, 10n, 15n, 20n],
  },
}

const MAX_EXTRAS = 1
const ONBOARDING_DAYS = 30
/** Committed volume in thousands of events a month. */
const EVENTS = { min: 100, max: 800 }

/** The lines of a customer's first contract. */
export function firstLines(
  random: Random,
  segment: CustomerSegment,
  terms: Terms,
  references: References,
): SoldLine[] {
  const sold = PACKAGES[segment]
  const discount = random.pick(sold.discounts)
  const line = (offering: OfferingName, quantity: number) =>
    soldLine(offering, quantity, discount, terms, references)
  const recurring = [
    line(random.pick(sold.platforms), 1),
    line('seat', random.between(...sold.seats)),
    ...extras(random, sold, terms).map((offering) => line(offering, quantityOf(random, offering))),
  ]
  return random.chance(sold.onboardingPercent) ? [...recurring, line('onboarding', 1)] : recurring
}

/** The lines of a renewal: what ran to the end, at a somewhat higher price, most often with more seats. */
export function renewedLines(
  random: Random,
  lines: readonly SoldLine[],
  terms: Terms,
  references: References,
): SoldLine[] {
  const uplift = BigInt(random.between(2, 6))
  return lines
    .filter((line) => line.interval !== null)
    .map((line) => ({
      ...line,
      id: references.nextId('contractLine'),
      quantity: renewedQuantity(random, line),
      unitPrice: percentOf(line.unitPrice, 100n + uplift),
      listPrice: percentOf(line.listPrice, 100n + uplift),
      anchor: terms.start,
      start: terms.start,
      agreedEnd: terms.end,
      end: terms.end,
    }))
}

/** One line at list price less a discount in percent, for the rest of the term; one-time work takes some weeks. */
export function soldLine(
  offering: OfferingName,
  quantity: number,
  discount: bigint,
  { currency, interval, start: anchor, end }: Terms,
  references: References,
  start = anchor,
): SoldLine {
  const isOnce = isOneTime(offering)
  const list = listPrice(offering, currency, isOnce ? null : interval)
  const lineEnd = isOnce ? start.add({ days: ONBOARDING_DAYS }) : end
  return {
    id: references.nextId('contractLine'),
    offering,
    productId: productId(references.seed, offering),
    quantity,
    listPrice: list,
    unitPrice: percentOf(list, 100n - discount),
    interval: isOnce ? null : interval,
    anchor,
    start,
    agreedEnd: lineEnd,
    end: lineEnd,
  }
}

/** The line in canonical terms. */
export function contractLine(line: SoldLine): ContractLine {
  return {
    id: line.id,
    productId: line.productId,
    quantity: String(line.quantity),
    unitPrice: line.unitPrice,
    interval: line.interval,
    servicePeriod: { start: line.start, end: line.end },
  }
}

/** What the line charges, period by period. */
export function chargesOf(line: SoldLine): LineCharge[] {
  return lineCharges(contractLine(line), line.anchor)
}

/** What the lines charge over their service periods, minor units before tax. */
export function valueOf(lines: readonly SoldLine[]): bigint {
  return sum(lines.map((line) => lineValue(contractLine(line), line.anchor)))
}

/** A share of a price, to the nearest minor unit. */
export function percentOf(amount: bigint, percent: bigint): bigint {
  return (amount * percent + 50n) / 100n
}

/** How many of an offering are bought at a time. */
export function quantityOf(random: Random, offering: OfferingName): number {
  return offering === 'events' ? random.between(EVENTS.min, EVENTS.max) : 1
}

/** Volume is sold by the month only, because what exceeds it is billed by the month. */
function extras(random: Random, { extras: offers }: Package, { interval }: Terms): OfferingName[] {
  return offers
    .filter(
      ([percent, offering]) => random.chance(percent) && (offering !== 'events' || interval === MONTHLY),
    )
    .map(([, offering]) => offering)
    .slice(0, MAX_EXTRAS)
}

function renewedQuantity(random: Random, { offering, quantity }: SoldLine): number {
  if (offering !== 'seat' && offering !== 'analystSeat') return quantity
  return Math.max(1, Math.round((quantity * random.between(90, 125)) / 100))
}
