/** What files of published views are made of: their rows at one moment, in either form. */
import { csvOf } from '#commands/export-csv.ts'
import { parquetOf } from '#commands/export-parquet.ts'
import type { Database } from '#platform/database.ts'
import {
  countPublishedRows,
  readAtOneMoment,
  readPublishedColumns,
  readPublishedRows,
  readPublishedViews,
} from '#platform/published-views.ts'
import type { ExportPiece, ExportSource } from '#subgraphs/operations/exports/desk.ts'

const ENCODERS = { CSV: csvOf, PARQUET: parquetOf } as const

/** Connects exports to the views, which operations may read. */
export function exportSource(db: Database): ExportSource {
  return {
    views: async () => (await readPublishedViews(db)).map(({ name }) => name),
    pieces: (view, format) => piecesOf(db, view, format),
  }
}

async function* piecesOf(
  db: Database,
  view: string,
  format: keyof typeof ENCODERS,
): AsyncGenerator<ExportPiece> {
  const columns = await readPublishedColumns(db, view)
  const { readable, writable } = new TransformStream<ExportPiece, ExportPiece>()
  const writer = writable.getWriter()
  const written = db
    .transaction(async (transaction) => {
      await readAtOneMoment(transaction)
      const rowsTotal = await countPublishedRows(transaction, view)
      let rowsWritten = 0n
      const batches = async function* () {
        for await (const batch of readPublishedRows(transaction, view, columns)) {
          rowsWritten += BigInt(batch.length)
          yield batch
        }
      }
      for await (const piece of ENCODERS[format](columns, batches())) {
        const content = typeof piece === 'string' ? Buffer.from(piece) : piece
        await writer.write({ content, rowsWritten, rowsTotal })
      }
    })
    .then(
      () => writer.close(),
      (error: unknown) => writer.abort(error),
    )
  yield* readable
  await written
}
