import { formatAmount } from '#domain/money.ts'
import type { ExportedEntry, JournalFormat } from './format.ts'

/** Comma-separated values by RFC 4180, a row for each line of the journal. */
export const csv: JournalFormat = {
  accountName: ({ account }) => account.id,
  head: () => row(COLUMNS),
  entry: textOfEntry,
  balances: null,
}

const COLUMNS = [
  'legal_entity',
  'number',
  'date',
  'period',
  'original_period',
  'purpose',
  'description',
  'source_type',
  'source_id',
  'customer_id',
  'contract_id',
  'account_code',
  'account_name',
  'debit',
  'credit',
  'currency',
  'functional_debit',
  'functional_credit',
  'functional_currency',
]

function textOfEntry({ entry, entityCode, accountOf }: ExportedEntry): string {
  const { currency, functionalCurrency } = entry
  const head = [
    entityCode,
    entry.number,
    entry.date.toString(),
    entry.period.toString(),
    entry.originalPeriod.toString(),
    entry.purpose,
    entry.description,
    entry.sourceType,
    entry.sourceId,
    entry.customerId ?? '',
    entry.contractId ?? '',
  ]
  const rows = entry.lines.map((line) => {
    const { account } = accountOf(line)
    return row([
      ...head,
      account.code,
      account.name,
      formatAmount(line.debit, currency),
      formatAmount(line.credit, currency),
      currency,
      formatAmount(line.functionalDebit, functionalCurrency),
      formatAmount(line.functionalCredit, functionalCurrency),
      functionalCurrency,
    ])
  })
  return rows.join('')
}

function row(cells: readonly string[]): string {
  return record(cells.map(cell))
}

/** A record of cells that are harmless already. */
export function record(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`
}

/** What makes a spreadsheet take a cell for a formula, in ASCII and in full width. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

/**
 * A cell that no spreadsheet runs as a formula: an apostrophe goes before what begins like one, and quotes around what
 * could end the cell (OWASP, "CSV injection").
 */
export function cell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n\t']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
