import type { AccountType } from '#domain/erp.ts'
import { currencyExponent, moneyText } from '#domain/money.ts'
import {
  type ExportedEntry,
  type JournalFormat,
  NOTES,
  notesOf,
  onOneLine,
  type ReportedBalances,
  ROOTS,
  signedAmount,
} from './format.ts'

/** How hledger names the classes of accounts in its directives. */
const HLEDGER_TYPES: Readonly<Record<AccountType, string>> = {
  ASSET: 'A',
  LIABILITY: 'L',
  EQUITY: 'E',
  REVENUE: 'R',
  CONTRA_REVENUE: 'R',
  EXPENSE: 'X',
}

/** What both programs read alike. */
const common: Omit<JournalFormat, 'head'> = {
  accountName: ({ entityCode, account: { code, name, type } }) =>
    `${ROOTS[type]}:${partOfName(entityCode)}:${partOfName(`${code} ${name}`)}`,
  entry: textOfEntry,
  balances: textOfBalances,
}

/** hledger's journal format: every account, its class and every currency is declared, so that strict checks pass. */
export const hledger: JournalFormat = {
  ...common,
  head: ({ accounts, currencies }) =>
    [
      ...currencies.map((currency) => `commodity ${sample(currency)} ${currency}\n`),
      ...accounts.map(({ name, account }) => `account ${name}  ; type: ${HLEDGER_TYPES[account.type]}\n`),
    ].join(''),
}

/** The format of ledger, which differs in how accounts and currencies are declared. */
export const ledger: JournalFormat = {
  ...common,
  head: ({ accounts, currencies }) =>
    [
      ...currencies.map((currency) => `commodity ${currency}\n    format ${moneyText(1000n, currency)}\n`),
      ...NOTES.map((note) => `tag ${note}\n`),
      ...accounts.map(({ name }) => `account ${name}\n`),
    ].join(''),
}

/** One level of an account's name: two spaces would end it, a colon would begin the next level. */
function partOfName(text: string): string {
  return onOneLine(text).replaceAll(':', '-')
}

/** Shows how many decimals a currency has: with a decimal mark even for none. */
function sample(currency: string): string {
  return `1000.${'0'.repeat(currencyExponent(currency))}`
}

function textOfEntry(exported: ExportedEntry): string {
  const { entry, accountOf } = exported
  const head = `${entry.date.toString()} * (${onOneLine(entry.number)}) ${onOneLine(entry.description)}`
  const notes = notesOf(exported).map(([name, value]) => `    ; ${name}: ${value}\n`)
  const lines = entry.lines.map((line) => `    ${accountOf(line).name}  ${signedAmount(line, entry)}\n`)
  return `\n${head}\n${notes.join('')}${lines.join('')}`
}

/** A transaction of nothing, each line of which asserts a balance. */
function textOfBalances({ entityCode, day, holdings }: ReportedBalances): string {
  if (holdings.length === 0) return ''
  const lines = holdings.map(
    ({ account, currency, amount }) =>
      `    ${account.name}  ${moneyText(0n, currency)} = ${moneyText(amount, currency)}\n`,
  )
  return `\n${day.toString()} * Reported balances of ${onOneLine(entityCode)}\n${lines.join('')}`
}
