import { covers } from './calendar.ts'
import { RuleError } from './failure.ts'
import { mirror } from './journal.ts'
import { currencyExponent, sum } from './money.ts'
import { multiply, parseDecimal, rational, round } from './rational.ts'
import { splitLargestRemainder } from './split.ts'
import type { AccountingPeriod, AccountRole, LegalEntity, Posting, PostingLine } from './erp.ts'
import type { EntryContent, EntryDraft, JournalLine } from './journal.ts'
import type { Rational } from './rational.ts'

/** What the books hold that a posting needs. */
export interface Books {
  readonly legalEntities: ReadonlyMap<string, LegalEntity>
  /** Accounts by `accountKey`. */
  readonly accountIds: ReadonlyMap<string, string>
  /** Periods by legal entity, earliest first. */
  readonly periods: ReadonlyMap<string, readonly AccountingPeriod[]>
  /** For each day, the latest rate that was published by then: by `rateKey`. */
  readonly rates: ReadonlyMap<string, string>
}

/** A document cannot be posted until something is mended; the message tells a person what. */
export class PostingBlockedError extends RuleError<
  'ENTITY_MISSING' | 'ACCOUNT_MISSING' | 'RATE_MISSING' | 'PERIOD_MISSING'
> {}

/** Where `Books` keeps the account of a role. */
export function accountKey(legalEntityId: string, role: AccountRole): string {
  return `${legalEntityId} ${role}`
}

/** Where `Books` keeps the rate of a day. */
export function rateKey(baseCurrency: string, quoteCurrency: string, date: Temporal.PlainDate): string {
  return `${baseCurrency}/${quoteCurrency} ${date.toString()}`
}

/**
 * The entry that a posting makes: accounts for roles, the functional currency beside that of the document, the period
 * that takes it. One that mirrors another has the other's lines with sides exchanged, so that nothing is left in
 * either currency. Throws PostingBlockedError.
 */
export function draftEntry(books: Books, posting: Posting, mirrored: EntryContent | null): EntryDraft {
  const { reverses, lines, ...head } = posting
  if (reverses !== null && mirrored === null) throw new Error(`${head.description}: nothing to mirror`)
  const legalEntity = legalEntityOf(books, posting)
  return {
    ...head,
    ...placeInPeriods(books, legalEntity, posting.date),
    functionalCurrency: mirrored?.functionalCurrency ?? legalEntity.functionalCurrency,
    reverses: mirrored,
    lines: mirrored === null ? draftLines(books, legalEntity, posting, lines) : mirror(mirrored.lines),
  }
}

/**
 * Amounts in the functional currency. The total is converted and rounded once; each side splits it over its lines by
 * largest remainder: both sides stay equal, and every line is within a unit of its share. `rate` is in minor units.
 */
export function convert(lines: readonly PostingLine[], rate: Rational): Omit<JournalLine, 'accountId'>[] {
  const total = round(multiply(rational(sum(lines.map(({ debit }) => debit))), rate))
  const split = (side: 'debit' | 'credit') =>
    splitLargestRemainder(
      total,
      lines.map((line) => line[side]),
    )
  const [debits, credits] = [split('debit'), split('credit')]
  return lines.map(({ role, debit, credit }, index) => ({
    role,
    debit,
    credit,
    functionalDebit: debits[index] ?? 0n,
    functionalCredit: credits[index] ?? 0n,
  }))
}

/** Minor units of the quote currency for one minor unit of the base currency. */
export function minorUnitRate(rate: string, baseCurrency: string, quoteCurrency: string): Rational {
  const scale = rational(10n ** exponentOf(quoteCurrency), 10n ** exponentOf(baseCurrency))
  return multiply(parseDecimal(rate), scale)
}

function legalEntityOf({ legalEntities }: Books, { legalEntityId }: Posting): LegalEntity {
  const legalEntity = legalEntities.get(legalEntityId)
  if (legalEntity === undefined) {
    throw new PostingBlockedError('ENTITY_MISSING', `There is no legal entity ${legalEntityId}`)
  }
  return legalEntity
}

/** The period of the date, or the first open one after it where that is closed. */
function placeInPeriods(
  { periods }: Books,
  { id, code }: LegalEntity,
  date: Temporal.PlainDate,
): Pick<EntryContent, 'period' | 'originalPeriod'> {
  const calendar = periods.get(id) ?? []
  const own = calendar.findIndex(({ range }) => covers(range, date))
  const open = own < 0 ? undefined : calendar.slice(own).find(({ status }) => status !== 'CLOSED')
  const original = calendar[own]
  if (open === undefined || original === undefined) {
    const reason = own < 0 ? 'has no accounting period for' : 'has no open accounting period from'
    throw new PostingBlockedError('PERIOD_MISSING', `${code} ${reason} ${date.toString()}`)
  }
  return { period: open.period, originalPeriod: original.period }
}

function draftLines(
  books: Books,
  legalEntity: LegalEntity,
  { currency, date }: Posting,
  lines: readonly PostingLine[],
): JournalLine[] {
  return convert(lines, rateOf(books, legalEntity, currency, date)).map((line) => ({
    accountId: accountOf(books, legalEntity, line.role),
    ...line,
  }))
}

function rateOf(
  { rates }: Books,
  { functionalCurrency }: LegalEntity,
  currency: string,
  date: Temporal.PlainDate,
): Rational {
  if (currency === functionalCurrency) return rational(1n)
  const rate = rates.get(rateKey(currency, functionalCurrency, date))
  if (rate === undefined) {
    throw new PostingBlockedError(
      'RATE_MISSING',
      `There is no exchange rate ${currency}/${functionalCurrency} on or before ${date.toString()}`,
    )
  }
  return minorUnitRate(rate, currency, functionalCurrency)
}

function accountOf({ accountIds }: Books, { id, code }: LegalEntity, role: AccountRole): string {
  const accountId = accountIds.get(accountKey(id, role))
  if (accountId === undefined) {
    throw new PostingBlockedError('ACCOUNT_MISSING', `${code} has no account for ${role}`)
  }
  return accountId
}

function exponentOf(currency: string): bigint {
  return BigInt(currencyExponent(currency))
}
