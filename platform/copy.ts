import type pg from 'pg'
import { dateText } from './dates.ts'

/** A table, and the columns that are given; the others get their defaults. */
export interface CopyTarget {
  readonly table: string
  readonly columns: readonly string[]
}

/** What a column can be given. A structure goes into a JSON column as its JSON text. */
export type Cell =
  | string
  | number
  | bigint
  | boolean
  | null
  | Temporal.PlainDate
  | Temporal.PlainYearMonth
  | Temporal.Instant

/**
 * Adds rows to a table by COPY, which costs PostgreSQL a fraction of an INSERT for many rows, and no more for one:
 * statement, rows and end go out together, since PostgreSQL passes over the rows of a statement that it refuses.
 */
export function copyRows(
  client: pg.ClientBase,
  target: CopyTarget,
  rows: Iterable<readonly Cell[]>,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  // Written out before anything is sent: what fails here must not leave the server waiting for rows.
  const chunks = [...chunksOf(rows)].map((chunk) => Buffer.from(chunk))
  client.query(new Copy(target, chunks, resolve, reject))
  return promise
}

/** What the driver's client calls while the rows are under way. */
class Copy implements pg.Submittable {
  readonly #text: string
  readonly #chunks: readonly Buffer[]
  readonly #done: () => void
  readonly #failed: (error: Error) => void

  constructor(
    { table, columns }: CopyTarget,
    chunks: readonly Buffer[],
    done: () => void,
    failed: (error: Error) => void,
  ) {
    this.#text = `COPY ${table} (${columns.join(', ')}) FROM STDIN`
    this.#chunks = chunks
    this.#done = done
    this.#failed = failed
  }

  submit(connection: pg.Connection): void {
    const copying = connection as CopyingConnection
    copying.stream.cork()
    copying.query(this.#text)
    for (const chunk of this.#chunks) copying.sendCopyFromChunk(chunk)
    copying.endCopyFrom()
    copying.stream.uncork()
  }

  handleCopyInResponse(): void {
    // The rows are on their way already.
  }

  handleCommandComplete(): void {
    // Nothing is told of the rows but their number.
  }

  handleReadyForQuery(): void {
    this.#done()
  }

  handleError(error: Error): void {
    this.#failed(error)
  }
}

/** What the driver's connection can, and its published types do not say. */
type CopyingConnection = pg.Connection & {
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
}

/** Rows of one message: enough to make messages cheap, few enough to keep their texts small. */
const MAX_CHUNK_ROWS = 1_000

/** The text format of COPY. */
function* chunksOf(rows: Iterable<readonly Cell[]>): Generator<string> {
  let lines: string[] = []
  for (const row of rows) {
    lines.push(`${row.map(cellText).join('\t')}\n`)
    if (lines.length < MAX_CHUNK_ROWS) continue
    yield lines.join('')
    lines = []
  }
  yield lines.join('')
}

function cellText(cell: Cell): string {
  if (cell === null) return String.raw`\N`
  if (typeof cell === 'string') return SPECIAL.test(cell) ? cell.replaceAll(SPECIALS, escaped) : cell
  return typeof cell === 'object' ? dateText(cell) : String(cell)
}

const SPECIAL = /[\\\n\r\t]/
const SPECIALS = /[\\\n\r\t]/g
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': String.raw`\\`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
}
const escaped = (character: string): string => ESCAPES[character] ?? character
