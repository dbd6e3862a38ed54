import { before, after } from './period.ts'
import type { AccountingPeriod } from './erp.ts'
import type { PostingBlockedError } from './ledger.ts'

/** Why a period cannot be closed. */
type BlockerRule =
  | 'EARLIER_PERIOD_OPEN'
  | 'LATER_PERIOD_MISSING'
  | 'DOCUMENT_BLOCKED'
  | 'DOCUMENT_HELD'
  | 'DOCUMENT_UNPOSTED'
  | 'REVENUE_UNRECOGNIZED'
  | 'BOOKS_BROKEN'
  | PostingBlockedError['code']

/** One reason why a period cannot be closed, and how many things it is about. */
export interface Blocker {
  readonly rule: BlockerRule
  /** For a person, with what to mend. */
  readonly message: string
  readonly count: number
}

/** How many there are, and of one of them, for a person, which it is and what is wrong with it. */
export interface Tally {
  readonly count: number
  readonly example: string | null
}

/** What the books say of a period that is to be closed. */
export interface CloseFacts {
  readonly period: AccountingPeriod
  /** All periods of the legal entity. */
  readonly calendar: readonly AccountingPeriod[]
  /** Documents dated in the period that cannot be posted. */
  readonly blocked: Tally
  /** The same of earlier periods: they came after these were closed, and will be posted in this one. */
  readonly held: Tally
  /** Documents up to the cut-off that the books have not met in their newest version. */
  readonly unposted: Tally
  /** Months of revenue up to the period that recognition could not post. */
  readonly unrecognized: Tally
  /** Why the close cannot post what it is to post itself. */
  readonly refusals: readonly Pick<PostingBlockedError, 'code' | 'message'>[]
  /** Invariants of the books that the period breaks, each with its offenders. */
  readonly broken: readonly { readonly invariant: string; readonly offenders: Tally }[]
}

/** One line of the checklist: what it counts, and how it tells of that. */
interface Check {
  readonly rule: BlockerRule
  readonly tally: (facts: CloseFacts) => Tally
  readonly message: (name: string, example: string) => string
}

/** The checklist of a close, in the order in which things are mended. */
const checks: readonly Check[] = [
  {
    rule: 'EARLIER_PERIOD_OPEN',
    tally: ({ period, calendar }) =>
      tallyOf(
        before(period, calendar)
          .filter(({ status }) => status !== 'CLOSED')
          .map((it) => it.period.toString()),
      ),
    message: (name, example) => `Close the periods before ${name} first, from ${example} on`,
  },
  {
    rule: 'LATER_PERIOD_MISSING',
    tally: ({ period, calendar }) =>
      after(period, calendar).some(({ status }) => status !== 'CLOSED')
        ? nothing
        : { count: 1, example: null },
    message: (name) => `There is no open period after ${name} that could take late entries`,
  },
  {
    rule: 'DOCUMENT_BLOCKED',
    tally: ({ blocked }) => blocked,
    message: (name, example) => `Documents of ${name} cannot be posted: ${example}`,
  },
  {
    rule: 'DOCUMENT_HELD',
    tally: ({ held }) => held,
    message: (name, example) => `Documents from before ${name} are held past their cut-off: ${example}`,
  },
  {
    rule: 'DOCUMENT_UNPOSTED',
    tally: ({ unposted }) => unposted,
    message: (name, example) =>
      `Billing has documents up to ${name} that the books have not taken yet: ${example}`,
  },
  {
    rule: 'REVENUE_UNRECOGNIZED',
    tally: ({ unrecognized }) => unrecognized,
    message: (name, example) => `Months of revenue up to ${name} cannot be recognised: ${example}`,
  },
]

/** Everything that keeps a period from being closed; it can be closed if there is nothing. */
export function blockersOf(facts: CloseFacts): Blocker[] {
  const name = facts.period.period.toString()
  const unmet = checks.flatMap(({ rule, tally, message }): Blocker[] => {
    const { count, example } = tally(facts)
    return count === 0 ? [] : [{ rule, message: message(name, example ?? ''), count }]
  })
  const refused = Map.groupBy(facts.refusals, ({ code, message }) => `${code} ${message}`)
    .values()
    .flatMap((same) =>
      same.slice(0, 1).map(({ code: rule, message }) => ({ rule, message, count: same.length })),
    )
  const broken = facts.broken
    .filter(({ offenders }) => offenders.count > 0)
    .map(({ invariant, offenders: { count, example } }) => ({
      rule: 'BOOKS_BROKEN' as const,
      message: `The books are broken (${invariant}): ${example}`,
      count,
    }))
  return [...unmet, ...refused, ...broken]
}

const nothing: Tally = { count: 0, example: null }

function tallyOf(examples: readonly string[]): Tally {
  return { count: examples.length, example: examples[0] ?? null }
}
