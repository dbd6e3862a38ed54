import pg from 'pg'
import type { Logger } from 'pino'
import { publicError } from './errors.ts'

/** One SQL statement; with a `name`, PostgreSQL parses and plans it once a connection. */
export interface Statement {
  readonly name?: string
  readonly text: string
  readonly values: readonly unknown[]
}

/** What can be asked inside and outside a transaction. */
export interface Queryable {
  /** The rows of one statement; a row has the columns' names as keys. */
  readonly rows: <Row>(statement: Statement) => Promise<Row[]>
}

export interface Database extends Queryable {
  /** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. */
  readonly transaction: <T>(work: (transaction: Queryable) => Promise<T>) => Promise<T>
  readonly close: () => Promise<void>
}

export interface DatabaseOptions {
  readonly url: string
  /** Role to work under: it sees its own subgraph's schema and nothing else. */
  readonly role?: string
  readonly maxConnections: number
  readonly log: Logger
  /** Called once for each statement: tests count with it. */
  readonly onStatement?: (statement: Statement) => void
}

const CONNECT_TIMEOUT_MS = 10_000
const IDLE_TIMEOUT_MS = 60_000
const STATEMENT_TIMEOUT_MS = 60_000

/** Opens a pool of connections; it connects when first asked. */
export function openDatabase(options: DatabaseOptions): Database {
  const { log, onStatement } = options
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: `revgraph ${options.role ?? 'owner'}`,
    types: { getTypeParser },
    ...(options.role === undefined ? {} : { options: `-c role=${options.role}` }),
  })
  // Heard for as long as the connection lives: the loss of one that is lent out would end the process otherwise.
  pool.on('connect', (client) => {
    client.on('error', (error) => log.error({ err: error }, 'a PostgreSQL connection was lost'))
  })
  pool.on('error', (error) => log.debug({ err: error }, 'the pool dropped a lost connection'))

  const queryable = (client: pg.Pool | pg.PoolClient): Queryable => ({
    rows: async <Row>(statement: Statement) => {
      onStatement?.(statement)
      try {
        const result = await client.query<Row & pg.QueryResultRow>(statement as pg.QueryConfig)
        return result.rows
      } catch (error) {
        throw sqlStateOf(error) === UNSTORABLE_CHARACTER ? unstorableText() : error
      }
    },
  })
  return {
    ...queryable(pool),
    transaction: async (work) => {
      const client = await pool.connect()
      try {
        await client.query('BEGIN')
        const result = await work(queryable(client))
        const { command } = await client.query('COMMIT')
        // PostgreSQL answers the commit of a transaction with a failed statement so, and not with an error.
        if (command === 'ROLLBACK')
          throw new Error('The transaction was rolled back: a failure in it was passed over.')
        client.release()
        return result
      } catch (error) {
        await rollBack(client)
        throw error
      }
    },
    close: () => pool.end(),
  }
}

/** A connection that cannot even roll back is thrown away rather than lent again. */
async function rollBack(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK')
    client.release()
  } catch (error) {
    client.release(error as Error)
  }
}

/** The SQLSTATE of an error that PostgreSQL reported; undefined for any other error. */
export const sqlStateOf = (error: unknown): string | undefined =>
  error instanceof pg.DatabaseError ? error.code : undefined

/** A text parameter has a character that no text of PostgreSQL can have, NUL above all: only a client sends that. */
const UNSTORABLE_CHARACTER = '22021'

const unstorableText = (): Error =>
  publicError('BAD_USER_INPUT', 'A text has a character that cannot be stored, such as NUL.')

/** Exact types instead of the driver's floats and local-time dates. */
const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [pg.types.builtins.INT8]: BigInt,
  [pg.types.builtins.DATE]: (text) => Temporal.PlainDate.from(text),
  [pg.types.builtins.TIMESTAMPTZ]: (text) => Temporal.Instant.from(text),
}

const getTypeParser: pg.CustomTypesConfig['getTypeParser'] = (oid, format) =>
  PARSERS[oid] ?? (pg.types.getTypeParser(oid, format) as (text: string) => unknown)
