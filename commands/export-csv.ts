import { cell, record } from '#subgraphs/erp/export/csv.ts'
import type { Encoder } from './export-published.ts'

/**
 * Comma-separated values by RFC 4180 with a header. Texts that a spreadsheet would run as formulas are made harmless;
 * numbers stay numbers, negative ones as well. Nothing is an empty cell.
 */
export const csvOf: Encoder = async function* (columns, batches) {
  yield record(columns.map(({ name }) => name))
  for await (const batch of batches) {
    const lines = batch.map((row) =>
      record(
        columns.map(({ name, type }) => {
          const value = row[name] ?? ''
          return type === 'text' ? cell(value) : value
        }),
      ),
    )
    yield lines.join('')
  }
}
