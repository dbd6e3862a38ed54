import {
  type PublishedColumn,
  readAtOneMoment,
  readPublishedColumns,
  readPublishedRows,
  readPublishedViews,
} from '#platform/published-views.ts'
import type { Database } from '#platform/database.ts'
import { type Command, UsageError } from './command.ts'
import { csvOf } from './export-csv.ts'
import { parquetOf } from './export-parquet.ts'
import { type Write, writeToFile, writeToOutput } from './output.ts'
import { withStores } from './stores.ts'

/** Takes the rows of a view, batch by batch, and gives the pieces of a file. */
export type Encoder = (
  columns: readonly PublishedColumn[],
  batches: AsyncIterable<readonly Readonly<Record<string, string | null>>[]>,
) => AsyncGenerator<string | Uint8Array>

const FORMATS: Readonly<Record<string, Encoder>> = { csv: csvOf, parquet: parquetOf }

/** Exports the rows of a published view as they are at one moment, however many there are. */
export const exportPublished: Command = (input) => {
  const { words, format = '', output, entity, through } = input.line
  const encode = FORMATS[format]
  const [view = ''] = words
  if (words.length > 1) throw new UsageError('export takes one thing, such as "journal".')
  if (encode === undefined)
    throw new UsageError(`--format must be one of ${Object.keys(FORMATS).join(', ')}, not "${format}".`)
  if (entity !== undefined || through !== undefined)
    throw new UsageError('--entity and --through are for the journal.')
  return withStores(input, async ({ owner }) => {
    const work = async (write: Write): Promise<void> => {
      const count = await exportView(owner, view, encode, write)
      process.stderr.write(`Exported ${count} rows.\n`)
    }
    await (output === undefined ? writeToOutput(work) : writeToFile(output, work))
  })
}

/** Writes a view and returns the number of its rows. A UsageError where there is no such view names those there are. */
export async function exportView(db: Database, view: string, encode: Encoder, write: Write): Promise<number> {
  const columns = await readPublishedColumns(db, view)
  if (columns.length === 0) {
    const names = (await readPublishedViews(db)).map(({ name }) => name)
    throw new UsageError(`There is no "${view}" to export; there are journal, ${names.join(', ')}.`)
  }
  let count = 0
  await db.transaction(async (transaction) => {
    await readAtOneMoment(transaction)
    const batches = async function* () {
      for await (const batch of readPublishedRows(transaction, view, columns)) {
        count += batch.length
        yield batch
      }
    }
    for await (const piece of encode(columns, batches())) await write(piece)
  })
  return count
}
