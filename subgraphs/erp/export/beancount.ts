import {
  type ExportedEntry,
  type JournalFormat,
  notesOf,
  onOneLine,
  type ReportedBalances,
  ROOTS,
  signedAmount,
} from './format.ts'
import { formatAmount, moneyText } from '#domain/money.ts'

/** The format of beancount: accounts are opened on the day of the first entry. */
export const beancount: JournalFormat = {
  accountName: ({ entityCode, account: { code, name, type } }) =>
    `${ROOTS[type]}:${partOfName(entityCode)}:${partOfName(`${code} ${name}`)}`,
  head: ({ accounts, firstDay }) =>
    firstDay === null ? '' : accounts.map(({ name }) => `${firstDay.toString()} open ${name}\n`).join(''),
  entry: textOfEntry,
  balances: textOfBalances,
}

/** Letters, digits and dashes, beginning with a capital or a digit: nothing else may be part of a name. */
function partOfName(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return plain === '' ? 'X' : plain.slice(0, 1).toUpperCase() + plain.slice(1)
}

function textOfEntry(exported: ExportedEntry): string {
  const { entry, accountOf } = exported
  const notes = [['number', entry.number] as const, ...notesOf(exported)].map(
    ([name, value]) => `  ${name}: ${quoted(value)}\n`,
  )
  const lines = entry.lines.map((line) => `  ${accountOf(line).name}  ${signedAmount(line, entry)}\n`)
  const head = `${entry.date.toString()} * ${quoted(entry.description)}`
  return `\n${head}\n${notes.join('')}${lines.join('')}`
}

function quoted(text: string): string {
  return `"${onOneLine(text).replaceAll(/["\\]/g, String.raw`\$&`)}"`
}

/** A balance is checked at the start of its day; the tolerance is stated to be none. */
function textOfBalances({ day, holdings }: ReportedBalances): string {
  if (holdings.length === 0) return ''
  const next = day.add({ days: 1 }).toString()
  const lines = holdings.map(
    ({ account, currency, amount }) =>
      `${next} balance ${account.name}  ${formatAmount(amount, currency)} ~ ${moneyText(0n, currency)}\n`,
  )
  return `\n${lines.join('')}`
}
