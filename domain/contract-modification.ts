import { earlier, isBefore } from './calendar.ts'
import { lineValue } from './contract.ts'
import { progressAt } from './delivery.ts'
import { decideModification } from './modification.ts'
import { hasRemainder } from './modification-terms.ts'
import { sum } from './money.ts'
import { daysAround, earnedUntil, fromDay, isAhead, spread } from './obligation-plan.ts'
import { add, compare, multiply, parseDecimal, rational, round, zero } from './rational.ts'
import { isPartOf, termsOf } from './segment.ts'
import { standalonePriceOf } from './standalone-price.ts'
import type { ContractPlan } from './contract-plan.ts'
import type { ContractLine } from './crm.ts'
import type { ScheduleEntry } from './erp.ts'
import type {
  AddedObligation,
  ModificationDecision,
  ModifiedObligation,
  ObligationEffect,
} from './modification.ts'
import type { PlannedObligation } from './obligation-plan.ts'
import type { Rational } from './rational.ts'
import type { PriceEvidence } from './standalone-price.ts'

/** The first day on which lines are on other terms than those that were planned; null where there is none. */
export function dayOfChange(
  planned: readonly Pick<PlannedObligation, 'line'>[],
  lines: readonly ContractLine[],
): Temporal.PlainDate | null {
  const before = planned.map(({ line }) => line)
  const days = [...daysOfDifference(before, lines), ...daysOfDifference(lines, before)]
  return days.reduce<Temporal.PlainDate | null>((first, day) => (first ? earlier(first, day) : day), null)
}

/** For each line that is not among the others: where it ends otherwise, the earlier end, or the day it begins. */
function daysOfDifference(
  lines: readonly ContractLine[],
  others: readonly ContractLine[],
): Temporal.PlainDate[] {
  return lines.flatMap((line) => {
    const { start, end } = line.servicePeriod
    const same = others.find((it) => it.servicePeriod.start.equals(start) && termsOf(it) === termsOf(line))
    if (same === undefined) return [start]
    return same.servicePeriod.end.equals(end) ? [] : [earlier(end, same.servicePeriod.end)]
  })
}

/** What becomes of one obligation of a plan. */
interface Fate {
  readonly before: PlannedObligation
  readonly earned: readonly ScheduleEntry[]
  readonly left: bigint
  /** The line that delivers from the day on what it delivered until then; null where nothing does. */
  readonly next: ContractLine | null
  /** By how much its value changes, that of what it goes on as included. */
  readonly change: bigint
  /** The stand-alone price of what it gets more of at the same price; 0 where that is not all that changes. */
  readonly extension: bigint
}

/**
 * The plan after a change of its lines from a day on, by the treatment that the standard demands: what was earned
 * stays, and what is left is shared by the stand-alone prices of what is still to be delivered. The obligations are
 * those of the new lines. Null where the change cannot be treated because the past is another.
 */
export function modifyPlan(
  plan: ContractPlan,
  lines: readonly ContractLine[],
  day: Temporal.PlainDate,
  evidence: PriceEvidence,
): ContractPlan | null {
  const fates = fatesOf(plan, lines, day, evidence)
  const continued = new Set(fates.map(({ next }) => next))
  const known = new Set(plan.obligations.map(({ line }) => line.id))
  const added = lines.filter((line) => !known.has(line.id) && !continued.has(line))
  const { value: decision } = decideModification({
    isApproved: true,
    ...withoutRemoved(fates, obligationsOf(fates, day, evidence), addedOf(fates, added, evidence)),
  })
  if (decision === undefined) return null
  return {
    anchor: evidence.anchor,
    obligations: lines.map((line) => modifiedObligation(line, fates, decision, day, evidence)),
    modifications: [...plan.modifications, { date: day, ...decision }],
  }
}

function fatesOf(
  { obligations, anchor: anchorBefore }: ContractPlan,
  lines: readonly ContractLine[],
  day: Temporal.PlainDate,
  evidence: PriceEvidence,
): Fate[] {
  const known = new Set(obligations.map(({ line }) => line.id))
  const free = lines.filter((line) => !known.has(line.id) && isAhead(line, day))
  return obligations.map((before): Fate => {
    const { line } = before
    const kept = lines.find(({ id }) => id === line.id) ?? null
    const next = kept !== null && isAhead(kept, day) ? kept : isAhead(line, day) ? takeNext(free, line) : null
    const values = [kept, next === kept ? null : next].map((it) => (it ? lineValue(it, evidence.anchor) : 0n))
    const change = sum(values) - lineValue(line, anchorBefore)
    const extension = change > 0n && next !== null ? extensionPrice(line, next, day, evidence) : 0n
    return { before, ...earnedUntil(before, day), next, change, extension }
  })
}

/** Service by the day is a series of distinct services (606-10-25-14(b)), as units are; a project is one. */
function isRemainderDistinct({ delivery }: PlannedObligation): boolean {
  return delivery === null || delivery.method === 'POINT_IN_TIME'
}

function extensionPrice(
  line: ContractLine,
  next: ContractLine,
  day: Temporal.PlainDate,
  evidence: PriceEvidence,
): bigint {
  if (!isMoreOf(line, next)) return 0n
  const [more, sofar] = [next, line].map(
    (it) => standalonePriceOf(fromDay(it, day), evidence).standalonePrice,
  )
  const extension = (more ?? 0n) - (sofar ?? 0n)
  return extension > 0n ? extension : 0n
}

/** Takes the line that goes on with another one: a later part of it, or else one of the same product. */
function takeNext(free: ContractLine[], line: ContractLine): ContractLine | null {
  const next =
    free.find(({ id }) => isPartOf(id, line.id)) ?? free.find(({ productId }) => productId === line.productId)
  if (next === undefined) return null
  free.splice(free.indexOf(next), 1)
  return next
}

/** More units, or a longer service, at the same price for a unit. */
function isMoreOf(line: ContractLine, next: ContractLine): boolean {
  return (
    termsOf({ ...line, quantity: '1' }) === termsOf({ ...next, quantity: '1' }) &&
    compare(parseDecimal(next.quantity), parseDecimal(line.quantity)) >= 0 &&
    !isBefore(next.servicePeriod.end, line.servicePeriod.end)
  )
}

function obligationsOf(
  fates: readonly Fate[],
  day: Temporal.PlainDate,
  evidence: PriceEvidence,
): ModifiedObligation[] {
  return fates.map(({ before, earned, left, next, change, extension }) => {
    const isExtended = extension > 0n
    const recognized = sum(earned.map(({ amount }) => amount))
    const completed =
      before.delivery === null ? completedOf(before.line, next, day) : progressAt(before.delivery, day)
    return {
      id: before.line.id,
      allocatedPrice: recognized + left,
      recognized,
      completed,
      remainingStandalonePrice:
        next === null || !hasRemainder({ completed })
          ? 0n
          : remainingPrice(before, isExtended ? before.line : next, day, evidence),
      isRemainderDistinct: isRemainderDistinct(before),
      priceChange: isExtended ? 0n : change,
      deliveredPriceChange: 0n,
    }
  })
}

/** What is still to be delivered would cost alone; what becomes free is measured by what it cost before. */
function remainingPrice(
  { line, delivery }: PlannedObligation,
  next: ContractLine,
  day: Temporal.PlainDate,
  evidence: PriceEvidence,
): bigint {
  const [price = 0n, before = 0n] = [next, line].map(
    (it) => standalonePriceOf(fromDay(it, day), evidence).standalonePrice,
  )
  const whole = price > 0n ? price : before
  if (delivery === null || whole === 0n) return whole
  const { numerator, denominator } = progressAt(delivery, day)
  const rest = round(multiply(rational(whole), rational(denominator - numerator, denominator)))
  return rest > 0n ? rest : 1n
}

/** Units of service delivered before the day, of all that are promised from now on. */
function completedOf(line: ContractLine, next: ContractLine | null, day: Temporal.PlainDate): Rational {
  const delivered = unitDays(line, daysAround(line, day).before)
  const remaining = next === null ? zero : unitDays(next, daysAround(next, day).after)
  const all = add(delivered, remaining)
  if (all.numerator === 0n) return next === null ? rational(1n) : zero
  return multiply(delivered, rational(all.denominator, all.numerator))
}

function unitDays({ quantity }: ContractLine, days: number): Rational {
  return multiply(parseDecimal(quantity), rational(BigInt(days)))
}

/** What is sold beside the obligations of the plan, and what extends them. Free goods take no part of the price. */
function addedOf(
  fates: readonly Fate[],
  added: readonly ContractLine[],
  evidence: PriceEvidence,
): AddedObligation[] {
  const extensions = fates.map(({ before, change, extension }) => ({
    id: extensionOf(before),
    price: change,
    standalonePrice: extension,
  }))
  const lines = added.map((line) => ({
    id: line.id,
    price: lineValue(line, evidence.anchor),
    standalonePrice: standalonePriceOf(line, evidence).standalonePrice,
  }))
  return [...extensions, ...lines]
    .filter(({ standalonePrice }) => standalonePrice > 0n)
    .map((it) => ({ ...it, isDistinct: true, partOfId: null }))
}

function extensionOf({ line }: PlannedObligation): string {
  return `${line.id}+`
}

/**
 * What was not earned of an obligation that ends, less its price, is shared by those that go on. Obligations of nothing
 * take no part.
 */
function withoutRemoved(
  fates: readonly Fate[],
  stated: readonly ModifiedObligation[],
  added: readonly AddedObligation[],
): { readonly obligations: ModifiedObligation[]; readonly added: readonly AddedObligation[] } {
  const removed = new Map(
    fates.filter(({ next, left }) => next === null && left !== 0n).map((it) => [it.before.line.id, it]),
  )
  const heir = stated.findIndex((it) => it.remainingStandalonePrice > 0n)
  const rest = sum([...removed.values()].map(({ left, change }) => left + change))
  const obligations = stated.map((it, index) => {
    const fate = removed.get(it.id)
    if (fate !== undefined && (heir >= 0 || added.length > 0)) return { ...it, priceChange: -fate.left }
    return index === heir ? { ...it, priceChange: it.priceChange + rest } : it
  })
  return {
    obligations: obligations.filter(
      ({ allocatedPrice, remainingStandalonePrice }) =>
        allocatedPrice !== 0n || remainingStandalonePrice > 0n,
    ),
    added:
      heir >= 0 ? added : added.map((it, index) => (index === 0 ? { ...it, price: it.price + rest } : it)),
  }
}

function modifiedObligation(
  line: ContractLine,
  fates: readonly Fate[],
  { effect }: ModificationDecision,
  day: Temporal.PlainDate,
  evidence: PriceEvidence,
): PlannedObligation {
  const effects = new Map(effect.obligations.map((it) => [it.id, it]))
  const own = fates.find(({ before }) => before.line.id === line.id)
  const source = fates.find(({ next }) => next === line)
  const isUntouched = own !== undefined && source === own && isAsBefore(own, line, effects.get(line.id))
  if (isUntouched) return { ...own.before, line }
  if (own !== undefined && source === own && own.before.delivery !== null) {
    return { ...own.before, line, ...measured(own, effects.get(line.id), day) }
  }
  const later = source === undefined ? [line.id] : [source.before.line.id, extensionOf(source.before)]
  const amount = sum(later.map((id) => effects.get(id)?.recognizedLater ?? 0n))
  const isServed = isAhead(line, day)
  return {
    line,
    ...standalonePriceOf(line, evidence),
    past: own === undefined ? [] : pastOf(own, effects.get(line.id), day),
    ahead: isServed ? spread(amount, fromDay(line, day), evidence.anchor) : [],
    delivery: null,
  }
}

/**
 * Measured by its delivery. Units of their own keep what they earned, 606-10-25-13(a); for all else the new price is as
 * if it had held from the start, 606-10-25-13(b).
 */
function measured(
  own: Fate,
  effect: ObligationEffect | undefined,
  day: Temporal.PlainDate,
): Pick<PlannedObligation, 'past' | 'ahead'> {
  const { line } = own.before
  if (own.earned.length === 0 || !isRemainderDistinct(own.before))
    return { past: [], ahead: [{ amount: effect?.allocatedPrice ?? 0n, period: line.servicePeriod }] }
  const { servicePeriod: period } = fromDay(line, day)
  return { past: pastOf(own, effect, day), ahead: [{ amount: effect?.recognizedLater ?? 0n, period }] }
}

/** An obligation that neither the change nor its treatment touches keeps its months. */
function isAsBefore({ before, left, next }: Fate, line: ContractLine, effect?: ObligationEffect): boolean {
  return (
    next === line &&
    termsOf(before.line) === termsOf(line) &&
    before.line.servicePeriod.end.equals(line.servicePeriod.end) &&
    (effect?.recognizedNow ?? 0n) === 0n &&
    (effect?.recognizedLater ?? 0n) === left
  )
}

/** What was earned before the day, and what the treatment catches up in its month. */
function pastOf(
  { earned }: Fate,
  effect: ObligationEffect | undefined,
  day: Temporal.PlainDate,
): ScheduleEntry[] {
  const now = effect?.recognizedNow ?? 0n
  return now === 0n ? [...earned] : [...earned, { period: day.toPlainYearMonth(), amount: now }]
}
