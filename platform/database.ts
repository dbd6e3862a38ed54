import pg from 'pg'
import type { Logger } from 'pino'
import { parseDate, parseInstant } from './dates.ts'
import { publicError } from './errors.ts'
import type { ParserOf } from './batch.ts'
import { type Cell, copyRows, type CopyTarget } from './copy.ts'
import { openLanes } from './lanes.ts'
import { markLost, wasLost } from './lost-connection.ts'

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
  /** The names of all fields that the graph may be asked for meanwhile, where they are known. */
  readonly asked?: ReadonlySet<string> | undefined
}

/** What can be done inside a transaction only. */
export interface Transaction extends Queryable {
  /** Adds rows to a table, in one statement whatever their number; refused where one of them is there already. */
  readonly add: (target: CopyTarget, rows: Iterable<readonly Cell[]>) => Promise<void>
}

export interface Database extends Queryable {
  /** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. */
  readonly transaction: <T>(work: (transaction: Transaction) => Promise<T>) => Promise<T>
  /**
   * The rows of a statement that changes something and is all of its transaction. It is sent, and committed, together
   * with others.
   */
  readonly change: <Row>(statement: Statement) => Promise<Row[]>
  /**
   * Has `listener` called after each `transaction` or `change` that changed something, until the returned function is
   * called: who is woken by changes and looks for work in a transaction must not wake itself for ever.
   */
  readonly onCommit: (listener: () => void) => () => void
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
/** A process that stops in the middle of a transaction must not hold its locks for long. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000
/** Connections for statements outside transactions, beside those that transactions borrow. */
const MAX_LANES = 4

/** Opens a pool of connections; it connects when first asked. */
export function openDatabase(options: DatabaseOptions): Database {
  const { log, onStatement } = options
  const commitListeners = new Set<() => void>()
  let closing = false
  const onLost = (error: Error): void => {
    if (!closing) log.error({ err: error }, 'a PostgreSQL connection was lost')
  }
  const config: pg.ClientConfig = {
    connectionString: options.url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    keepAlive: true,
    application_name: `revgraph ${options.role ?? 'owner'}`,
    types: { getTypeParser },
    // Statements have names and look things up by keys: one plan for all values is right, and planning costs more.
    options: `-c plan_cache_mode=force_generic_plan${options.role === undefined ? '' : ` -c role=${options.role}`}`,
  }
  const maxLanes = Math.min(options.maxConnections, MAX_LANES)
  const lanes = openLanes(config, maxLanes, getTypeParser as ParserOf, onLost)
  const pool = new pg.Pool({ ...config, max: options.maxConnections, idleTimeoutMillis: IDLE_TIMEOUT_MS })
  // Heard for as long as the connection lives: the loss of one that is lent out would end the process otherwise.
  pool.on('connect', (client) => client.on('error', onLost))
  pool.on('error', (error) => log.debug({ err: error }, 'the pool dropped a lost connection'))

  const asked = async <Result>(statement: Statement, answer: () => Promise<Result>): Promise<Result> => {
    onStatement?.(statement)
    try {
      return await answer()
    } catch (error) {
      throw UNSTORABLE_CHARACTERS.has(sqlStateOf(error)) ? unstorableText() : error
    }
  }
  const queryable = (rowsOf: (statement: Statement) => Promise<unknown[]>): Queryable => ({
    rows: <Row>(statement: Statement) => asked(statement, async () => (await rowsOf(statement)) as Row[]),
  })
  const outside = queryable(lanes.rows)
  const tellOfCommit = (): void => commitListeners.forEach((listener) => listener())
  return {
    ...outside,
    change: async (statement) => {
      const changed = await outside.rows<never>(statement)
      if (changed.length > 0) tellOfCommit()
      return changed
    },
    transaction: async (work) => {
      const client = await pool.connect().catch((error: unknown) => {
        throw markLost(error)
      })
      try {
        await client.query('BEGIN')
        let changes = 0
        const result = await work({
          ...queryable(async (statement) => {
            const answer = await client.query<object>(statement as pg.QueryConfig)
            if (mayChange(statement, answer)) changes += 1
            return answer.rows
          }),
          add: (target, rows) => {
            changes += 1
            return asked({ text: `COPY ${target.table}`, values: [] }, () => copyRows(client, target, rows))
          },
        })
        const { command } = await client.query('COMMIT')
        // PostgreSQL answers the commit of a transaction with a failed statement so, and not with an error.
        if (command === 'ROLLBACK')
          throw new Error('The transaction was rolled back: a failure in it was passed over.')
        client.release()
        if (changes > 0) tellOfCommit()
        return result
      } catch (error) {
        await rollBack(client, error)
        throw error
      }
    },
    onCommit: (listener) => {
      commitListeners.add(listener)
      return () => void commitListeners.delete(listener)
    },
    close: async () => {
      closing = true
      await Promise.all([lanes.close(), pool.end()])
    },
  }
}

/** Whether a statement changed rows, or may have: of one that begins with WITH only the last part is told. */
const mayChange = ({ text }: Statement, { command, rowCount }: pg.QueryResult): boolean =>
  rowCount !== 0 && (command !== 'SELECT' || text.startsWith('WITH'))

/** A connection that cannot even roll back is thrown away rather than lent again. */
async function rollBack(client: pg.PoolClient, reason: unknown): Promise<void> {
  try {
    await client.query('ROLLBACK')
    client.release()
  } catch (error) {
    client.release(error as Error)
    markLost(reason)
  }
}

/** A connection or a server that goes away, a conflict with another transaction, a lack of resources. */
const PASSING_SQL_STATES = /^(08|40|53|57P|55P03)/

/** Whether the same transaction may well succeed when it is tried again: the failure is not of its own making. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Error && (wasLost(error) || PASSING_SQL_STATES.test(sqlStateOf(error) ?? ''))

/**
 * Whether a statement was stopped because it took too long, and its transaction came to nothing. It may have waited for
 * others; or it has too much to do, and will take as long again.
 */
export const tookTooLong = (error: unknown): boolean => sqlStateOf(error) === QUERY_CANCELED

const QUERY_CANCELED = '57014'

/** The SQLSTATE of an error that PostgreSQL reported; undefined for any other error. */
export const sqlStateOf = (error: unknown): string | undefined =>
  error instanceof pg.DatabaseError ? error.code : undefined

/** A text parameter, or one in JSON, has a character that none of PostgreSQL can have: only a client sends NUL. */
const UNSTORABLE_CHARACTERS: ReadonlySet<string | undefined> = new Set(['22021', '22P05'])

const unstorableText = (): Error =>
  publicError('BAD_USER_INPUT', 'A text has a character that cannot be stored, such as NUL.')

/** Exact types instead of the driver's floats and local-time dates. */
const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [pg.types.builtins.INT8]: BigInt,
  [pg.types.builtins.DATE]: parseDate,
  [pg.types.builtins.TIMESTAMPTZ]: parseInstant,
}

const getTypeParser: pg.CustomTypesConfig['getTypeParser'] = (oid, format) =>
  PARSERS[oid] ?? (pg.types.getTypeParser(oid, format) as (text: string) => unknown)
