import { findAccountRule, nameOfRule } from './account-rules.ts'
import { covers, firstDay } from './calendar.ts'
import { convert, functionalLine } from './conversion.ts'
import { RuleError } from './failure.ts'
import { mirror } from './journal.ts'
import { inMinorUnits } from './fx.ts'
import { sum } from './money.ts'
import { rational } from './rational.ts'
import { revalue } from './revaluation.ts'
import type { Carrying } from './carrying.ts'
import type { ConvertedLine } from './conversion.ts'
import type { AccountRuleFact } from './account-rules.ts'
import type {
  AccountingPeriod,
  AccountRole,
  LedgerAccount,
  LegalEntity,
  LineSubject,
  Posting,
  PostingLine,
} from './erp.ts'
import type { DateRange } from './entity.ts'
import type { EntryContent, EntryDraft, JournalLine } from './journal.ts'
import type { Rational } from './rational.ts'
import type { ForeignBalance } from './revaluation.ts'

/** What the books hold that a posting needs. */
export interface Books {
  readonly legalEntities: ReadonlyMap<string, LegalEntity>
  /** Accounts by `accountKey`. */
  readonly accounts: ReadonlyMap<string, Pick<LedgerAccount, 'id' | 'role'>>
  /** Which account a line goes to, by role. */
  readonly accountRules: ReadonlyMap<AccountRole, readonly AccountRuleFact[]>
  /** Families of products, as far as they are known. */
  readonly families: ReadonlyMap<string, string | null>
  /** Sales regions of customers, as far as they are known. */
  readonly regions: ReadonlyMap<string, string | null>
  /** Periods by legal entity, earliest first. */
  readonly periods: ReadonlyMap<string, readonly AccountingPeriod[]>
  /** For each day the rate by `findRate`, in major units: by `rateKey`. */
  readonly rates: ReadonlyMap<string, Rational>
}

/** A document cannot be posted until something is mended; the message tells a person what. */
export class PostingBlockedError extends RuleError<
  'ENTITY_MISSING' | 'ACCOUNT_MISSING' | 'RULE_MISSING' | 'RATE_MISSING' | 'PERIOD_MISSING'
> {}

/** Where `Books` keeps the account of a number in the chart. */
export function accountKey(legalEntityId: string, code: string): string {
  return `${legalEntityId} ${code}`
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
  if (head.purpose === 'REVENUE_RECOGNIZED') refuseOtherThanMonths(books, legalEntity, head.date)
  return {
    ...head,
    ...placeInPeriods(books, legalEntity, posting.date),
    functionalCurrency: mirrored?.functionalCurrency ?? legalEntity.functionalCurrency,
    reverses: mirrored,
    lines: mirrored === null ? draftLines(books, legalEntity, posting, lines) : mirror(mirrored.lines),
  }
}

/**
 * The entries that close a period in one foreign currency: its monetary balances at the rate of the last day, and the
 * mirror of that on the first day of the next period, so that a settlement realises the whole difference since its
 * invoice. None where nothing is worth another amount. A later run of the same period is told apart by its number.
 * Throws PostingBlockedError.
 */
export function draftRevaluation(
  books: Books,
  period: AccountingPeriod,
  currency: string,
  balances: readonly ForeignBalance[],
  run = 1,
): EntryDraft[] {
  const { legalEntityId, range, id: sourceId } = period
  const legalEntity = legalEntityOf(books, period)
  const date = range.end.subtract({ days: 1 })
  const lines = revalue(balances, rateOf(books, legalEntity, currency, date))
  if (lines.length === 0) return []
  const loss = sum(lines.map(({ functionalDebit, functionalCredit }) => functionalCredit - functionalDebit))
  const occasion = { purpose: 'FX_REVALUED', customerId: null, date } as const
  const closing: EntryDraft = {
    legalEntityId,
    sourceType: 'ACCOUNTING_PERIOD',
    sourceId,
    purpose: 'FX_REVALUED',
    discriminator: run === 1 ? currency : `${currency} ${run}`,
    date,
    ...placeInPeriods(books, legalEntity, date),
    customerId: null,
    contractId: null,
    currency,
    functionalCurrency: legalEntity.functionalCurrency,
    description: `Revaluation of ${currency}`,
    lines: [...lines, ...withAccounts(books, legalEntity, occasion, functionalLine('FX_UNREALIZED', loss))],
    reverses: null,
  }
  const opening: EntryDraft = {
    ...closing,
    purpose: 'FX_REVALUATION_REVERSED',
    date: range.end,
    ...placeInPeriods(books, legalEntity, range.end),
    lines: mirror(closing.lines),
    reverses: closing,
  }
  return [closing, opening]
}

/**
 * The entry that realises what receivables are carried at of which nothing is left, credits less debits, on the day of
 * the one that took the last of them. [ASC 830-20-35-1, IAS 21.28] Throws PostingBlockedError.
 */
export function draftSettled(
  books: Books,
  last: EntryDraft,
  { amount, worth }: Carrying,
  discriminator: string,
): EntryDraft[] {
  if (amount !== 0n || worth === 0n) return []
  const settled = { ...last, purpose: 'RECEIVABLES_SETTLED', discriminator, reverses: null } as const
  const lines = [...functionalLine('RECEIVABLES', worth), ...functionalLine('FX_REALIZED', -worth)]
  const description = `Exchange difference: ${last.description}`
  return [{ ...settled, description, lines: withAccounts(books, legalEntityOf(books, last), settled, lines) }]
}

function legalEntityOf(
  { legalEntities }: Books,
  { legalEntityId }: { readonly legalEntityId: string },
): LegalEntity {
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

/**
 * Revenue is earned by calendar months. Where periods are weeks, as in a 4-4-5 calendar, such a month lies in two of
 * them: neither would have what was earned in it, so nothing is recognised.
 */
function refuseOtherThanMonths(
  { periods }: Books,
  { id, code }: LegalEntity,
  date: Temporal.PlainDate,
): void {
  const period = periods.get(id)?.find(({ range }) => covers(range, date))
  const month = date.toPlainYearMonth()
  if (period === undefined || isMonth(period.range, month)) return
  throw new PostingBlockedError(
    'PERIOD_MISSING',
    `${code} has no accounting period that is the calendar month ${month.toString()}, by which revenue is earned`,
  )
}

function isMonth({ start, end }: DateRange, month: Temporal.PlainYearMonth): boolean {
  return start.equals(firstDay(month)) && end.equals(firstDay(month.add({ months: 1 })))
}

function draftLines(
  books: Books,
  legalEntity: LegalEntity,
  posting: Posting,
  lines: readonly PostingLine[],
): JournalLine[] {
  const { currency, date } = posting
  const converted = convert(lines, (day) => rateOf(books, legalEntity, currency, day ?? date))
  return withAccounts(books, legalEntity, posting, converted)
}

function withAccounts(
  books: Books,
  legalEntity: LegalEntity,
  occasion: Occasion,
  lines: readonly ConvertedLine[],
): JournalLine[] {
  return lines.map(({ subject, ...line }) => ({
    accountId: accountOf(books, legalEntity, occasion, line.role, subject ?? {}),
    ...line,
  }))
}

/** What of a posting may choose its accounts. */
type Occasion = Pick<Posting, 'purpose' | 'customerId' | 'date'>

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
  return inMinorUnits(rate, currency, functionalCurrency)
}

/** The account that the most specific rule names; without a rule there is none, and no other stands in. */
function accountOf(
  { accounts, accountRules, families, regions }: Books,
  { id, code }: LegalEntity,
  { purpose, customerId, date }: Occasion,
  role: AccountRole,
  { productId, region }: LineSubject,
): string {
  const productFamily = families.get(productId ?? '') ?? null
  const place = region ?? regions.get(customerId ?? '') ?? null
  const question = { role, purpose, legalEntityId: id, productFamily, region: place, date }
  const rule = findAccountRule(accountRules.get(role) ?? [], question)
  if (rule === undefined) {
    const subject = [purpose, productFamily, place, date.toString()].filter((it) => it !== null).join(', ')
    throw new PostingBlockedError('RULE_MISSING', `No rule gives ${code} an account for ${role} (${subject})`)
  }
  const account = accounts.get(accountKey(id, rule.accountCode))
  if (account?.role !== role) {
    const reason = account === undefined ? 'does not have' : `has for ${account.role}`
    throw new PostingBlockedError(
      'ACCOUNT_MISSING',
      `The rule ${nameOfRule(rule)} names an account that ${code} ${reason}`,
    )
  }
  return account.id
}
