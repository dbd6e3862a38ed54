import { hasRemainder } from './modification-terms.ts'
import { sum } from './money.ts'
import { multiply, rational, round } from './rational.ts'
import { mergeEntries } from './schedule.ts'
import { splitLargestRemainder } from './split.ts'
import type { ScheduleEntry } from './erp.ts'
import type {
  AddedObligation,
  Modification,
  ModificationEffect,
  ModifiedObligation,
  ObligationEffect,
  Treatment,
} from './modification.ts'

/**
 * The next version of a schedule: what was recognised stays, the catch-up falls into the month of the modification,
 * and `plan` spreads what is left. The entries sum to the allocated price.
 */
export function modifySchedule(
  recognized: readonly ScheduleEntry[],
  effect: ObligationEffect,
  date: Temporal.PlainDate,
  plan: (amount: bigint) => readonly ScheduleEntry[],
): ScheduleEntry[] {
  const now = { period: date.toPlainYearMonth(), amount: effect.recognizedNow }
  return mergeEntries([...recognized, now, ...plan(effect.recognizedLater)])
}

/** What a modification comes to under a treatment, whether the standard demands it or not. */
export function effectOf(modification: Modification, treatment: Treatment): ModificationEffect {
  const obligations = obligationsUnder(modification, treatment)
  return {
    treatment,
    recognizedNow: sum(obligations.map(({ recognizedNow }) => recognizedNow)),
    recognizedLater: sum(obligations.map(({ recognizedLater }) => recognizedLater)),
    obligations,
  }
}

function obligationsUnder({ obligations, added }: Modification, treatment: Treatment): ObligationEffect[] {
  switch (treatment) {
    case 'NOT_YET':
      return obligations.map((it) => goOn(it, 0n))
    case 'SEPARATE_CONTRACT':
      return [
        ...obligations.map((it) => goOn(it, it.deliveredPriceChange)),
        ...added.map((it) => addAlone(it.id, it.standalonePrice)),
      ]
    case 'PROSPECTIVE':
      return startAnew(obligations, added, () => true)
    case 'CUMULATIVE_CATCH_UP':
      return startAnew(obligations, added, () => false)
    case 'MIXED':
      return startAnew(obligations, added, (isDistinct) => isDistinct)
  }
}

/** As before, but for a change of what was delivered. */
function goOn({ id, allocatedPrice, recognized }: ModifiedObligation, now: bigint): ObligationEffect {
  const recognizedLater = allocatedPrice - recognized
  return { id, allocatedPrice: allocatedPrice + now, recognizedNow: now, recognizedLater }
}

function addAlone(id: string, price: bigint): ObligationEffect {
  return { id, allocatedPrice: price, recognizedNow: 0n, recognizedLater: price }
}

/**
 * What is prospective shares what was not earned and what is added; the others are measured anew with what becomes
 * part of them. A change of price belongs to the obligation for which it is stated.
 */
function startAnew(
  obligations: readonly ModifiedObligation[],
  added: readonly AddedObligation[],
  isProspective: (isDistinct: boolean) => boolean,
): ObligationEffect[] {
  const isPooled = (it: ModifiedObligation): boolean =>
    hasRemainder(it) && isProspective(it.isRemainderDistinct)
  const joins = (it: AddedObligation): boolean => !isProspective(it.isDistinct)
  const effects = [
    ...share(
      obligations.filter(isPooled),
      added.filter((it) => !joins(it)),
    ),
    ...obligations
      .filter((it) => !isPooled(it))
      .map((it) => {
        const parts = added.filter((part) => joins(part) && part.partOfId === it.id)
        const change = it.priceChange + it.deliveredPriceChange + sum(parts.map(({ price }) => price))
        return measureAnew(it, change)
      }),
    ...added.filter((it) => joins(it) && it.partOfId === null).map((it) => addAlone(it.id, it.price)),
  ]
  const order = [...obligations, ...added].map(({ id }) => id)
  return effects.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
}

/** Prospectively, 606-10-25-13(a): what is not earned and what is added, by the stand-alone prices of what remains. */
function share(
  obligations: readonly ModifiedObligation[],
  added: readonly AddedObligation[],
): ObligationEffect[] {
  const left = obligations.map((it) => it.allocatedPrice - it.recognized + it.priceChange)
  const shares = splitLargestRemainder(sum([...left, ...added.map(({ price }) => price)]), [
    ...obligations.map((it) => it.remainingStandalonePrice),
    ...added.map((it) => it.standalonePrice),
  ])
  return [
    ...obligations.map(({ id, recognized, deliveredPriceChange: recognizedNow }, index) => {
      const recognizedLater = shares[index] ?? 0n
      const allocatedPrice = recognized + recognizedNow + recognizedLater
      return { id, allocatedPrice, recognizedNow, recognizedLater }
    }),
    ...added.map(({ id }, index) => {
      const price = shares[obligations.length + index] ?? 0n
      return { id, allocatedPrice: price, recognizedNow: 0n, recognizedLater: price }
    }),
  ]
}

/** Cumulatively, 606-10-25-13(b): as if the new price and scope had held from the start. */
export function measureAnew(
  { id, recognized, completed, allocatedPrice: before }: Measured,
  change: bigint,
): ObligationEffect {
  const allocatedPrice = before + change
  const earned = round(multiply(rational(allocatedPrice), completed))
  return {
    id,
    allocatedPrice,
    recognizedNow: earned - recognized,
    recognizedLater: allocatedPrice - earned,
  }
}

type Measured = Pick<ModifiedObligation, 'id' | 'allocatedPrice' | 'recognized' | 'completed'>
