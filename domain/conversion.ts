import { sum } from './money.ts'
import { multiply, rational, round } from './rational.ts'
import { splitLargestRemainder } from './split.ts'
import type { AccountRole, CarriedPart, PostingLine } from './erp.ts'
import type { JournalLine } from './journal.ts'
import type { Rational } from './rational.ts'

/** A line in both currencies, before its account is looked up. */
export type ConvertedLine = Omit<JournalLine, 'accountId'> & Pick<PostingLine, 'subject'>

/** Minor units of the functional currency for one of the posting's: on a day, or for null on that of the posting. */
export type RateOn = (day: Temporal.PlainDate | null) => Rational

/** What has one rate: parts of lines, each with the place of its line. */
interface RatedParts {
  readonly rate: Rational
  readonly parts: readonly { readonly place: number; readonly amount: bigint }[]
}

/**
 * Amounts in the functional currency. On each side, what has the same rate is converted together, rounded once, and
 * split over its lines by largest remainder: under one rate both sides stay equal, and every line is within a unit of
 * its share. Where lines carry the rate of an earlier day, what the sides differ by is realised FX (ASC 830-20-35-1,
 * IAS 21.28): a last line that is nothing in the currency of the posting.
 */
export function convert(lines: readonly PostingLine[], rateOn: RateOn): ConvertedLine[] {
  const [debits, credits] = [convertSide(lines, 'debit', rateOn), convertSide(lines, 'credit', rateOn)]
  const converted = lines.flatMap((line, place) =>
    inBoth(line, (debits[place] ?? 0n) - (credits[place] ?? 0n)),
  )
  return [...converted, ...functionalLine('FX_REALIZED', sum(credits) - sum(debits))]
}

/**
 * A line with its worth, which is on its side. Not so for what was earned before it was billed, and billed at another
 * rate: little of the amount may be left, and its worth be below zero. Then the worth is a line of its own, so that
 * nothing stays behind in one currency only.
 */
function inBoth({ role, debit, credit, subject }: PostingLine, worth: bigint): ConvertedLine[] {
  const about = subject === undefined ? {} : { subject }
  const own = { ...about, role, debit, credit, functionalDebit: 0n, functionalCredit: 0n }
  if ((debit - credit) * worth < 0n)
    return [own, ...functionalLine(role, worth).map((line) => ({ ...line, ...about }))]
  return [worth < 0n ? { ...own, functionalCredit: -worth } : { ...own, functionalDebit: worth }]
}

/** A line of the functional currency alone: a debit for a positive amount, a credit for a negative one, or none. */
export function functionalLine(role: AccountRole, amount: bigint): ConvertedLine[] {
  if (amount === 0n) return []
  const [functionalDebit, functionalCredit] = amount > 0n ? [amount, 0n] : [0n, -amount]
  return [{ role, debit: 0n, credit: 0n, functionalDebit, functionalCredit }]
}

function convertSide(lines: readonly PostingLine[], side: 'debit' | 'credit', rateOn: RateOn): bigint[] {
  const converted = lines.map(() => 0n)
  for (const { rate, parts } of partsByRate(lines, side, rateOn)) {
    const amounts = parts.map(({ amount }) => amount)
    const shares = splitLargestRemainder(round(multiply(rational(sum(amounts)), rate)), amounts)
    parts.forEach(({ place }, index) => {
      converted[place] = (converted[place] ?? 0n) + (shares[index] ?? 0n)
    })
  }
  return converted
}

function partsByRate(
  lines: readonly PostingLine[],
  side: 'debit' | 'credit',
  rateOn: RateOn,
): Iterable<RatedParts> {
  const parts = lines.flatMap((line, place) => {
    const carried = line[side] === 0n ? [] : (line.carried ?? [])
    const own = line[side] - sum(carried.map(({ amount }) => amount))
    return [
      ...carried.map((part) => ({ place, amount: part.amount, rate: rateOf(part, rateOn) })),
      ...(own === 0n ? [] : [{ place, amount: own, rate: rateOn(null) }]),
    ]
  })
  const groups = Map.groupBy(parts, ({ rate }) => `${rate.numerator}/${rate.denominator}`).values()
  return groups.flatMap((group) => group.slice(0, 1).map(({ rate }) => ({ rate, parts: group })))
}

function rateOf(part: CarriedPart, rateOn: RateOn): Rational {
  return 'worth' in part ? rational(part.worth, part.amount) : rateOn(part.since)
}
