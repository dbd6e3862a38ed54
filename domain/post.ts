import { POSTING_RULES } from './posting-rules.ts'
import type { AccountRole, CarriedPart, LineSubject, Posting, PostingLine, PostingPurpose } from './erp.ts'

/** What goes to the accounts of a rule, minor units; a role that is not named gets nothing. */
export type Amounts = Partial<Record<AccountRole, bigint>>

/** What the amount of a role consists of, where parts of it are about different things; they sum to the amount. */
export type Shares = Partial<Record<AccountRole, readonly Share[]>>

/** A part of an amount and what it is about. Minor units. */
export interface Share {
  readonly amount: bigint
  readonly subject: LineSubject
}

/** The parts of an amount that carry the rates of earlier days. */
export type CarriedOf = (amount: bigint) => readonly CarriedPart[]

/** The document behind a posting: everything but what the rule and the amounts say. */
export type Source = Omit<Posting, 'purpose' | 'reverses' | 'date' | 'lines' | 'discriminator'>

/**
 * The posting that a rule makes of the amounts; none if they are all zero. `carriedOf` tells since when the amount of a
 * role has been worth what it is, where the rule says that it is carried.
 */
export function post(
  source: Source,
  purpose: PostingPurpose,
  date: Temporal.PlainDate,
  amounts: Amounts,
  carriedOf: CarriedOf = () => [],
  shares: Shares = {},
): Posting[] {
  const { debit, credit, carried, reverses } = POSTING_RULES[purpose]
  const lineOf = (role: AccountRole, amount: bigint): PostingLine[] =>
    entryLine(role, amount).map((line) =>
      carried.includes(role) ? { ...line, carried: carriedOf(line.debit + line.credit) } : line,
    )
  const linesOf = (role: AccountRole, sign: bigint): PostingLine[] =>
    shares[role]?.flatMap(({ amount, subject }) =>
      lineOf(role, sign * amount).map((line) => ({ ...line, subject })),
    ) ?? lineOf(role, sign * (amounts[role] ?? 0n))
  const lines = [
    ...debit.flatMap((role) => linesOf(role, 1n)),
    ...credit.flatMap((role) => linesOf(role, -1n)),
  ]
  return lines.length === 0 ? [] : [{ ...source, purpose, discriminator: '', reverses, date, lines }]
}

/** All of an amount has been worth what it is since a day. */
export function since(day: Temporal.PlainDate): CarriedOf {
  return (amount) => [{ amount, since: day }]
}

/** A debit for a positive amount, a credit for a negative one, nothing for zero. */
function entryLine(role: AccountRole, amount: bigint): PostingLine[] {
  if (amount === 0n) return []
  return [amount > 0n ? { role, debit: amount, credit: 0n } : { role, debit: 0n, credit: -amount }]
}
