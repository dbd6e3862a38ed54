import { multiply, rational, round } from './rational.ts'
import { sum } from './money.ts'
import type { AccountRole, CarriedPart, Posting } from './erp.ts'
import type { JournalLine } from './journal.ts'

/** A balance in a foreign currency and what the books carry it at: minor units of both. */
export interface Carrying {
  readonly amount: bigint
  /** In the functional currency. */
  readonly worth: bigint
}

/**
 * What a part of a balance is worth, at the average of the balance. The last part is worth all that is left, so that
 * nothing stays behind in one currency only; what exceeds the balance is not of it.
 */
export function release(balance: Carrying, part: bigint): Carrying {
  if (balance.amount <= 0n || part <= 0n) return nothing
  if (part >= balance.amount) return balance
  const left = round(multiply(rational(balance.worth), rational(balance.amount - part, balance.amount)))
  return { amount: part, worth: balance.worth - left }
}

/**
 * Revenue that was deferred is worth what it was when it was billed: it is not monetary, and no rate changes it
 * (ASC 830-10-45-18, IFRIC 22). So what is taken back of what a schedule recognised is deferred again at what it was
 * recognised at. What is recognised beyond what is deferred was not billed yet: it has the rate of its day.
 */
export function carryDeferred(posting: Posting, deferred: Carrying, recognized: Carrying): Posting {
  const month = posting.lines.find(({ role }) => role === 'DEFERRED_REVENUE')
  const earned = release(deferred, month?.debit ?? 0n)
  const released = earned.amount > 0n ? earned : release(recognized, month?.credit ?? 0n)
  if (released.amount === 0n) return posting
  const carried: CarriedPart[] = [released]
  return { ...posting, lines: posting.lines.map((line) => ({ ...line, carried })) }
}

/** Deferred revenue with the lines of an entry: the same, whether the balance is kept or read from the books anew. */
export const withDeferred = (balance: Carrying, lines: readonly JournalLine[]): Carrying =>
  withLines(balance, lines, 'DEFERRED_REVENUE')

/** What a schedule recognised, with the lines of another of its months. */
export const withRecognized = (balance: Carrying, lines: readonly JournalLine[]): Carrying =>
  withLines(balance, lines, 'REVENUE')

/** A balance, credits less debits, with the lines of an entry that are for a role. */
export function withLines(
  { amount, worth }: Carrying,
  lines: readonly JournalLine[],
  wanted: AccountRole,
): Carrying {
  const own = lines.filter(({ role }) => role === wanted)
  return {
    amount: amount + sum(own.map(({ debit, credit }) => credit - debit)),
    worth:
      worth + sum(own.map(({ functionalDebit, functionalCredit }) => functionalCredit - functionalDebit)),
  }
}

/** Of what nothing is held. */
export const nothing: Carrying = { amount: 0n, worth: 0n }
