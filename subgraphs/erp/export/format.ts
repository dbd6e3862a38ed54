import type { AccountType } from '#domain/erp.ts'
import type { JournalEntry, JournalLine } from '#domain/journal.ts'
import { moneyText } from '#domain/money.ts'
import type { ExportedAccount } from '../export-store.ts'

/** An account with the name that it has in the format: legal there, and no other account's. */
export interface NamedAccount extends ExportedAccount {
  readonly name: string
}

/** What the head of a file tells of all that follows. */
interface ExportedBooks {
  /** By legal entity and code. */
  readonly accounts: readonly NamedAccount[]
  readonly currencies: readonly string[]
  /** Day of the first entry; null where there is none. */
  readonly firstDay: Temporal.PlainDate | null
}

/** An entry with what a line of text needs beside it. */
export interface ExportedEntry {
  readonly entry: JournalEntry
  readonly entityCode: string
  readonly accountOf: (line: JournalLine) => NamedAccount
}

/** What the books report of a legal entity at the end of a day: what each account holds of each currency. */
export interface ReportedBalances {
  readonly entityCode: string
  readonly day: Temporal.PlainDate
  readonly holdings: readonly {
    readonly account: NamedAccount
    readonly currency: string
    readonly amount: bigint
  }[]
}

/** A text format for journals. Each part ends with a line break. */
export interface JournalFormat {
  /** A legal name for an account; the exporter sees to it that no two are the same. */
  readonly accountName: (account: ExportedAccount) => string
  readonly head: (books: ExportedBooks) => string
  readonly entry: (entry: ExportedEntry) => string
  /** Has the reader of the file check its sums against ours; null in a format that cannot. */
  readonly balances: ((reported: ReportedBalances) => string) | null
}

/** First part of an account's name: what plain-text accounting calls the classes. */
export const ROOTS: Readonly<Record<AccountType, string>> = {
  ASSET: 'Assets',
  LIABILITY: 'Liabilities',
  EQUITY: 'Equity',
  REVENUE: 'Income',
  CONTRA_REVENUE: 'Income',
  EXPENSE: 'Expenses',
}

/**
 * The amount of a line as plain-text accounting writes it: debits are positive, credits negative, and one of a foreign
 * currency has its worth in the functional one. A line that is zero in the currency of its document is an amount of the
 * functional currency: an exchange gain or loss.
 */
export function signedAmount(
  line: JournalLine,
  { currency, functionalCurrency }: Pick<JournalEntry, 'currency' | 'functionalCurrency'>,
): string {
  const amount = line.debit - line.credit
  const worth = line.functionalDebit - line.functionalCredit
  if (amount === 0n || currency === functionalCurrency) return moneyText(worth, functionalCurrency)
  const unsigned = worth < 0n ? -worth : worth
  return `${moneyText(amount, currency)} @@ ${moneyText(unsigned, functionalCurrency)}`
}

/** Names of what `notesOf` tells. */
export const NOTES = ['purpose', 'period', 'original-period', 'source', 'customer', 'contract'] as const

/** What a reader of the journal may want to know of an entry, as names and values; those without a value left out. */
export function notesOf({ entry }: ExportedEntry): (readonly [name: string, value: string])[] {
  const { purpose, period, originalPeriod, sourceType, sourceId, customerId, contractId } = entry
  const notes: Readonly<Record<(typeof NOTES)[number], string | null>> = {
    purpose,
    period: period.toString(),
    'original-period': originalPeriod.equals(period) ? null : originalPeriod.toString(),
    source: `${sourceType} ${sourceId}`,
    customer: customerId,
    contract: contractId,
  }
  return NOTES.flatMap((name) => {
    const value = notes[name]
    return value === null ? [] : [[name, onOneLine(value)] as const]
  })
}

/** Text without what would end its line or begin a comment. */
export function onOneLine(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll(/[;|]/g, ',')
    .trim()
}
