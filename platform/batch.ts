import pg from 'pg'
import type { Statement } from './database.ts'

/** A statement, and what waits for its rows. */
export interface Asked {
  readonly statement: Statement
  readonly resolve: (rows: unknown[]) => void
  readonly reject: (error: unknown) => void
}

/** What a connection has prepared, and how the rows of a statement are read; both by the statement's name. */
export interface Known {
  readonly prepared: Set<string>
  readonly shapes: Map<string, Shape>
}

interface Shape {
  readonly columns: readonly string[]
  readonly parsers: readonly ((text: string) => unknown)[]
  /** Copied for each row, so that all rows have one layout in memory. */
  readonly blank: Readonly<Record<string, unknown>>
}

/** Reads the text of a value of a PostgreSQL type. */
export type ParserOf = (typeId: number) => (text: string) => unknown

/**
 * Sends statements in one write with one `Sync`: one transaction of PostgreSQL, and one answer. Where one of them
 * fails, PostgreSQL rolls back all: gives back what is to be sent again, in batches. Throws where the connection is
 * lost: then none has an outcome.
 *
 * The driver's own queries cost more: each has its events, its promise and its `Sync`, and is told its columns anew.
 */
export function sendBatch(
  client: pg.Client,
  batch: readonly Asked[],
  known: Known,
  parserOf: ParserOf,
): Promise<Undone> {
  const { promise, resolve, reject } = Promise.withResolvers<Undone>()
  client.query(new Batch(batch, known, parserOf, resolve, reject))
  return promise
}

/** Batches of statements that have no outcome yet. */
type Undone = readonly (readonly Asked[])[]

/** The rows of one statement so far, and how they are read. */
interface Answer {
  readonly rows: unknown[]
  shape: Shape
  isDescribed: boolean
  /** Why a row of it cannot be read. */
  unreadable?: unknown
}

/** SQLSTATE classes after which a connection is of no use: connection exceptions, and a server that goes away. */
const LOST = /^(08|57P)/

const NO_COLUMNS: Shape = { columns: [], parsers: [], blank: {} }

/** What the driver's client calls, one after the other, while a batch is under way. */
class Batch implements pg.Submittable {
  readonly #batch: readonly Asked[]
  readonly #known: Known
  readonly #parserOf: ParserOf
  readonly #done: (undone: Undone) => void
  readonly #lost: (error: Error) => void
  readonly #answers: readonly Answer[]
  #current = 0
  /** The driver's own: it ends its time-out. */
  callback: (() => void) | undefined

  constructor(
    batch: readonly Asked[],
    known: Known,
    parserOf: ParserOf,
    done: (undone: Undone) => void,
    lost: (error: Error) => void,
  ) {
    this.#batch = batch
    this.#known = known
    this.#parserOf = parserOf
    this.#done = done
    this.#lost = lost
    this.#answers = batch.map(({ statement: { name = '' } }) => {
      const shape = known.shapes.get(name)
      return { rows: [], shape: shape ?? NO_COLUMNS, isDescribed: shape !== undefined }
    })
  }

  submit(connection: pg.Connection): void {
    connection.stream.cork()
    for (const [index, { statement }] of this.#batch.entries())
      this.#write(connection, statement, this.#answers[index]?.isDescribed === true)
    connection.sync()
    connection.stream.uncork()
  }

  #write(connection: pg.Connection, { name = '', text, values }: Statement, isDescribed: boolean): void {
    if (name === '' || !this.#known.prepared.has(name)) {
      // A batch that was rolled back may have prepared it: closing what is not there does no harm.
      if (name !== '') connection.close({ type: 'S', name }, true)
      connection.parse({ name, text, types: [] }, true)
    }
    connection.bind({ statement: name, values: [...values] as string[] }, true)
    if (!isDescribed) connection.describe({ type: 'P', name: '' }, true)
    connection.execute(null, true)
  }

  handleRowDescription({ fields }: { fields: readonly { name: string; dataTypeID: number }[] }): void {
    const answer = this.#answers[this.#current]
    if (answer === undefined) return
    answer.shape = {
      columns: fields.map(({ name }) => name),
      parsers: fields.map(({ dataTypeID }) => this.#parserOf(dataTypeID)),
      blank: Object.fromEntries(fields.map(({ name }) => [name, null])),
    }
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    const answer = this.#answers[this.#current]
    if (answer === undefined || answer.unreadable !== undefined) return
    try {
      answer.rows.push(readRow(answer.shape, fields))
    } catch (error) {
      answer.unreadable = error
    }
  }

  handleCommandComplete(): void {
    this.#current += 1
  }

  handleEmptyQuery(): void {
    this.#current += 1
  }

  /** All of it is done and committed. */
  handleReadyForQuery(): void {
    this.callback?.()
    for (const [index, { statement, resolve, reject }] of this.#batch.entries()) {
      const { rows, shape, unreadable } = this.#answers[index] as Answer
      if (statement.name !== undefined) {
        this.#known.prepared.add(statement.name)
        this.#known.shapes.set(statement.name, shape)
      }
      if (unreadable === undefined) resolve(rows)
      else reject(unreadable)
    }
    this.#done([])
  }

  /** A statement failed, and with it what stands beside it, or the connection is lost. */
  handleError(error: Error): void {
    this.callback?.()
    if (!(error instanceof pg.DatabaseError) || LOST.test(error.code ?? '')) return this.#lost(error)
    const [only, ...others] = this.#batch
    const failed = others.length === 0 ? only : this.#batch[this.#current]
    // All were done when the transaction was to be committed: each by itself shows which it was.
    if (failed === undefined) return this.#done(this.#batch.map((asked) => [asked]))
    failed.reject(error)
    const undone = this.#batch.filter((asked) => asked !== failed)
    this.#done(undone.length === 0 ? [] : [undone])
  }

  handlePortalSuspended(): void {
    // Never sent: no statement asks for a part of its rows.
  }

  handleCopyInResponse(connection: pg.Connection & { sendCopyFail(reason: string): void }): void {
    connection.sendCopyFail('COPY needs a connection of its own')
  }

  handleCopyData(): void {
    // Follows a COPY only, which is refused.
  }
}

function readRow({ columns, parsers, blank }: Shape, values: readonly (string | null)[]): unknown {
  const row = { ...blank }
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]
    if (value !== null && value !== undefined)
      row[columns[index] as string] = (parsers[index] as (text: string) => unknown)(value)
  }
  return row
}
