import type { Recorded } from '#domain/entity.ts'
import type { Clock } from './clock.ts'
import { type Database, type Queryable, sqlStateOf } from './database.ts'
import { metInIdentity, takenKey } from './database-error.ts'
import { toJson } from './json.ts'
import { readRows, saveRows, type Table } from './table.ts'

/** A kind of aggregate: the unit that is locked, versioned and told about in events. */
export interface Aggregate<State extends { readonly id: string } & Recorded> {
  /** Type name in events: `invoice`. */
  readonly name: string
  readonly table: Table<State>
  /** What happened between two states, in the past tense: `issued`. */
  readonly event: (before: State | undefined, after: State) => string
}

/** A state before it is given its version and time. */
export type Draft<State> = Omit<State, 'version' | 'recordedAt'>

export interface Change<State> {
  readonly before: State | undefined
  readonly after: Draft<State>
}

/** What a command knows of its surroundings. */
export interface CommandContext {
  /** Schema of the subgraph that owns the command. */
  readonly subgraph: string
  readonly clock: Clock
  /** Binds together all that follows from one cause: an import run, a request. */
  readonly correlationId: string
  /** Id of the event to which the command reacts. */
  readonly causationId?: string
  /** W3C trace context of the request or workflow behind the command. */
  readonly traceparent?: string
}

/** One transaction of one subgraph: aggregates are locked, changed and told about together or not at all. */
export interface UnitOfWork extends Queryable {
  /** Schema of the subgraph whose unit this is. */
  readonly subgraph: string
  /** Current states of the aggregates, locked until the end; in order of id, so that two commands cannot deadlock. */
  readonly lock: <State extends { readonly id: string } & Recorded>(
    aggregate: Aggregate<State>,
    ids: readonly string[],
  ) => Promise<Map<string, State>>
  /** Stores new states and appends an event with the full state for each. Returns them as stored. */
  readonly save: <State extends { readonly id: string } & Recorded>(
    aggregate: Aggregate<State>,
    changes: readonly Change<State>[],
  ) => Promise<State[]>
}

const MAX_ATTEMPTS = 5
/** Two transactions met in a deadlock: the loser starts again. */
const RETRIED_SQL_STATES = new Set(['40001', '40P01'])

/** The one way to write: runs `work` in a transaction, and again (boundedly) where a concurrent one got in its way. */
export async function runCommand<Result>(
  db: Database,
  context: CommandContext,
  work: (unit: UnitOfWork) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction((transaction) => work(unitOfWork(transaction, context)))
    } catch (error) {
      const isRetried = metInIdentity(error) || RETRIED_SQL_STATES.has(sqlStateOf(error) ?? '')
      if (attempt === MAX_ATTEMPTS || !isRetried) throw takenKey(error) ?? error
    }
  }
}

function unitOfWork(transaction: Queryable, context: CommandContext): UnitOfWork {
  return {
    subgraph: context.subgraph,
    rows: transaction.rows,
    lock: async (aggregate, ids) => {
      const states = await readRows(transaction, aggregate.table, [...new Set(ids)], 'FOR UPDATE')
      return new Map(states.map((state) => [state.id, state]))
    },
    save: async (aggregate, changes) => {
      if (changes.length === 0) return []
      const recordedAt = context.clock.now()
      const stored = changes.map(({ before, after }) => stamp(before, after, recordedAt))
      await saveRows(transaction, aggregate.table, stored)
      await appendEvents(
        transaction,
        context,
        aggregate.name,
        stored.map((state, i) => ({ state, type: aggregate.event(changes[i]?.before, state) })),
      )
      return stored
    },
  }
}

function stamp<State extends Recorded>(
  before: State | undefined,
  after: Draft<State>,
  recordedAt: Temporal.Instant,
): State {
  return { ...after, version: (before?.version ?? 0) + 1, recordedAt } as State
}

/** Appends events in the transaction of the states they tell about. A trigger notes them in the outbox. */
async function appendEvents(
  transaction: Queryable,
  { subgraph, correlationId, causationId, traceparent }: CommandContext,
  aggregate: string,
  events: readonly { state: { readonly id: string } & Recorded; type: string }[],
): Promise<void> {
  const rows = events.map(({ state, type }) => ({
    aggregate_id: state.id,
    version: state.version,
    aggregate,
    type: `revgraph.${subgraph}.${aggregate}.${type}.v1`,
    recorded_at: state.recordedAt,
    correlation_id: correlationId,
    causation_id: causationId,
    traceparent,
    data: state,
  }))
  const columns =
    'aggregate_id, version, aggregate, type, recorded_at, correlation_id, causation_id, traceparent, data'
  await transaction.rows({
    text: `INSERT INTO ${subgraph}.event (${columns}) SELECT ${columns}
      FROM json_to_recordset($1) AS s(aggregate_id text, version int, aggregate text, type text,
        recorded_at timestamptz, correlation_id text, causation_id text, traceparent text, data jsonb)`,
    values: [toJson(rows)],
  })
}
