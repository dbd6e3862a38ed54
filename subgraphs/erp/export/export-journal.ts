import { earlier, lastDay } from '#domain/calendar.ts'
import type { LegalEntity } from '#domain/erp.ts'
import type { JournalEntry, JournalLine } from '#domain/journal.ts'
import { holdings, trialBalance } from '#domain/trial-balance.ts'
import type { Database, Queryable } from '#platform/database.ts'
import { readPostedAmounts } from '../balance-store.ts'
import {
  type ExportedAccount,
  type ExportedPart,
  holdStill,
  readEntriesInOrder,
  readExportedAccounts,
  readExportedEntities,
  readExtent,
} from '../export-store.ts'
import { beancount } from './beancount.ts'
import { csv } from './csv.ts'
import type { JournalFormat, NamedAccount } from './format.ts'
import { hledger, ledger } from './hledger.ts'

/** The formats by the names under which they are asked for. */
export const JOURNAL_FORMATS = { hledger, ledger, beancount, csv } as const

export interface JournalExport {
  readonly format: keyof typeof JOURNAL_FORMATS
  /** Code of the one legal entity that is wanted; null for all. */
  readonly entityCode: string | null
  /** Entries that are effective by the end of this day; null for all. */
  readonly through: Temporal.PlainDate | null
}

/** What was written. */
export interface ExportCounts {
  readonly legalEntities: number
  readonly entries: number
}

/** Takes a piece of the text; the next one is made when this one has been taken. */
export type Write = (text: string) => Promise<void>

/**
 * Writes the journal by date, legal entity and number, with the balances that the trial balance reports at the end of
 * every month that has entries. All of it is of one moment, and only a batch of entries is held at a time.
 */
export function exportJournal(
  db: Database,
  { format: name, entityCode, through }: JournalExport,
  write: Write,
): Promise<ExportCounts> {
  const format = JOURNAL_FORMATS[name]
  return db.transaction(async (transaction) => {
    await holdStill(transaction)
    const legalEntities = await readExportedEntities(transaction, entityCode)
    const legalEntityIds = legalEntities.map(({ id }) => id)
    const accounts = named(await readExportedAccounts(transaction, legalEntityIds), format)
    const part: ExportedPart = { legalEntityIds, through }
    const books: Books = { transaction, format, part, legalEntities, accountOf: finder(accounts) }
    await write(format.head({ accounts, ...(await readExtent(transaction, part)) }))
    return { legalEntities: legalEntities.length, entries: await writeEntries(books, write) }
  })
}

interface Books {
  readonly transaction: Queryable
  readonly format: JournalFormat
  readonly part: ExportedPart
  readonly legalEntities: readonly LegalEntity[]
  readonly accountOf: (line: Pick<JournalLine, 'accountId'>) => NamedAccount
}

async function writeEntries(books: Books, write: Write): Promise<number> {
  let written = 0
  let month: Temporal.PlainYearMonth | null = null
  for await (const batch of readEntriesInOrder(books.transaction, books.part)) {
    for (const [text, own] of Map.groupBy(batch, ({ date }) => date.toPlainYearMonth().toString())) {
      const next = Temporal.PlainYearMonth.from(text)
      if (month !== null && !next.equals(month)) await writeBalances(books, month, write)
      month = next
      await write(textOf(books, own))
    }
    written += batch.length
  }
  if (month !== null) await writeBalances(books, month, write)
  return written
}

function textOf({ format, legalEntities, accountOf }: Books, entries: readonly JournalEntry[]): string {
  const codes = new Map(legalEntities.map(({ id, code }) => [id, code]))
  return entries
    .map((entry) => format.entry({ entry, entityCode: codes.get(entry.legalEntityId) ?? '', accountOf }))
    .join('')
}

/** Balances as the trial balance reports them: summed by PostgreSQL, not from what was written. */
async function writeBalances(
  { transaction, format, part, legalEntities, accountOf }: Books,
  month: Temporal.PlainYearMonth,
  write: Write,
): Promise<void> {
  if (format.balances === null) return
  const day = part.through === null ? lastDay(month) : earlier(lastDay(month), part.through)
  for (const { id, code: entityCode, functionalCurrency } of legalEntities) {
    const { accounts } = trialBalance(await readPostedAmounts(transaction, id, { asOf: day }))
    const held = accounts.flatMap((balance) =>
      holdings(balance, functionalCurrency).map((holding) => ({ ...holding, account: accountOf(balance) })),
    )
    await write(format.balances({ entityCode, day, holdings: held }))
  }
}

/** Gives every account its name; where two would have the same, the later one is numbered. */
function named(accounts: readonly ExportedAccount[], format: JournalFormat): NamedAccount[] {
  const taken = new Set<string>()
  return accounts.map((account) => {
    const wanted = format.accountName(account)
    let name = wanted
    for (let place = 2; taken.has(name); place += 1) name = `${wanted}-${place}`
    taken.add(name)
    return { ...account, name }
  })
}

function finder(accounts: readonly NamedAccount[]): Books['accountOf'] {
  const byId = new Map(accounts.map((account) => [account.account.id, account]))
  return ({ accountId }) => {
    const account = byId.get(accountId)
    if (account === undefined) throw new Error(`a line is posted to the unknown account ${accountId}`)
    return account
  }
}
