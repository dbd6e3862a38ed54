import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { PublishedColumn } from '#platform/published-views.ts'
import type { Encoder } from './export-published.ts'

/** Digits and decimals of an amount: the finest currency has four, and eighteen digits fit 64 bits. */
const AMOUNT = { precision: 18, scale: 4 } as const

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number]

/** How each type is kept; amounts exactly, as decimals. */
const ELEMENTS: Readonly<Record<PublishedColumn['type'], Omit<SchemaElement, 'name'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  date: { type: 'INT32', converted_type: 'DATE' },
  numeric: { type: 'INT64', converted_type: 'DECIMAL', ...AMOUNT },
  boolean: { type: 'BOOLEAN' },
  bigint: { type: 'INT64' },
}

const EPOCH = Temporal.PlainDate.from('1970-01-01')

/** A value as PostgreSQL writes it, as Parquet keeps it. */
const READERS: Readonly<Record<PublishedColumn['type'], (text: string) => unknown>> = {
  text: (text) => text,
  date: (text) => EPOCH.until(Temporal.PlainDate.from(text), { largestUnit: 'day' }).days,
  numeric: unscaled,
  boolean: (text) => text === 'true',
  bigint: BigInt,
}

/** Minor units of four decimals: `-12.3` is -123000. Throws where an amount is finer, rather than round it. */
function unscaled(text: string): bigint {
  const [whole = '', decimals = ''] = text.split('.')
  if (decimals.length > AMOUNT.scale) throw new RangeError(`${text} has more than ${AMOUNT.scale} decimals`)
  return BigInt(whole + decimals.padEnd(AMOUNT.scale, '0'))
}

/** Apache Parquet, compressed by Snappy: each batch of rows is a row group, and only one of them is held. */
export const parquetOf: Encoder = async function* (columns, batches) {
  const writer = new ByteWriter()
  const taken = (): Uint8Array => {
    const bytes = writer.getBytes().slice()
    writer.index = 0
    return bytes
  }
  const schema = [
    { name: 'root', num_children: columns.length },
    ...columns.map(({ name, type }) => ({ name, repetition_type: 'OPTIONAL' as const, ...ELEMENTS[type] })),
  ]
  const parquet = new ParquetWriter({ writer, schema, createdBy: 'revgraph' })
  for await (const batch of batches) {
    const columnData = columns.map(({ name, type }) => ({
      name,
      data: batch.map((row) => {
        const value = row[name] ?? null
        return value === null ? null : READERS[type](value)
      }),
    }))
    await parquet.write({ columnData, rowGroupSize: batch.length })
    yield taken()
  }
  await parquet.finish()
  yield taken()
}
