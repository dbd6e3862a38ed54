import type { Recorded } from '#domain/entity.ts'
import type { Clock } from './clock.ts'
import { type Database, sqlStateOf, type Statement, type Transaction } from './database.ts'
import { metInIdentity, takenKey } from './database-error.ts'
import { toJson } from './json.ts'
import { readRows, type Table } from './table.ts'

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
export interface UnitOfWork extends Transaction, CommandContext {
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
export const runCommand = <Result>(
  db: Database,
  context: CommandContext,
  work: (unit: UnitOfWork) => Promise<Result>,
): Promise<Result> => persist(() => db.transaction((transaction) => work(unitOfWork(transaction, context))))

/** The same for one statement that is all there is to write, such as one that `telling` makes. */
export const runStatement = <Row>(db: Database, statement: Statement): Promise<Row[]> =>
  persist(() => db.change<Row>(statement))

async function persist<Result>(write: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write()
    } catch (error) {
      const isRetried = metInIdentity(error) || RETRIED_SQL_STATES.has(sqlStateOf(error) ?? '')
      if (attempt === MAX_ATTEMPTS || !isRetried) throw takenKey(error) ?? error
    }
  }
}

/** The unit of work of a transaction that is open already, for what is committed together with something else. */
export function unitOfWork(transaction: Transaction, context: CommandContext): UnitOfWork {
  return {
    ...transaction,
    ...context,
    lock: async (aggregate, ids) => {
      const states = await readRows(transaction, aggregate.table, [...new Set(ids)], 'FOR UPDATE')
      return new Map(states.map((state) => [state.id, state]))
    },
    save: async (aggregate, changes) => {
      if (changes.length === 0) return []
      const recordedAt = context.clock.now()
      const stored = changes.map(({ before, after }) => stamp(before, after, recordedAt))
      await saveStates(transaction, aggregate.table, changes, stored)
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

/** A state as it is stored next: one version on, and recorded now. */
export function stamp<State extends Recorded>(
  before: Recorded | undefined,
  after: Draft<State>,
  recordedAt: Temporal.Instant,
): State {
  return { ...after, version: (before?.version ?? 0) + 1, recordedAt } as State
}

/** New states are added and others overwritten, in one statement each. */
async function saveStates<State extends { readonly id: string }>(
  transaction: Transaction,
  { name, variant, insert, update }: Table<State>,
  changes: readonly Change<State>[],
  stored: readonly State[],
): Promise<void> {
  const isNew = (_: State, index: number): boolean => changes[index]?.before === undefined
  const created = stored.filter(isNew)
  const changed = stored.filter((state, index) => !isNew(state, index))
  if (created.length > 0) await insert(transaction, created)
  if (changed.length === 0) return
  // One state changes again and again, and planning that costs more than doing it; many are planned for what they are.
  const named = changed.length === 1 ? { name: `${name}${variant} update` } : {}
  await transaction.rows({ ...named, text: update, values: [toJson(changed)] })
}

/** Appends events in the transaction of the states they tell about. A trigger notes them in the outbox. */
async function appendEvents(
  transaction: Transaction,
  context: CommandContext,
  aggregate: string,
  events: readonly { state: { readonly id: string } & Recorded; type: string }[],
): Promise<void> {
  await transaction.add(
    { table: `${context.subgraph}.event`, columns: EVENT_COLUMNS },
    events.map(({ state, type }) => [
      state.id,
      state.version,
      aggregate,
      typeOf(context, aggregate, type),
      state.recordedAt,
      context.correlationId,
      context.causationId ?? null,
      context.traceparent ?? null,
      toJson(state),
    ]),
  )
}

const typeOf = ({ subgraph }: CommandContext, aggregate: string, type: string): string =>
  `revgraph.${subgraph}.${aggregate}.${type}.v1`

/** SQL that stores a state, whose JSON is $1, and gives its id and version; its own parameters begin with $8. */
interface Storing {
  readonly name: string
  readonly text: string
  readonly values: readonly unknown[]
}

/**
 * Stores one state and appends its event in one statement, which gives a row where that was done: for whoever need not
 * lock before, since what it stores by says which state it goes on from.
 */
export function telling<State extends { readonly id: string } & Recorded>(
  context: CommandContext,
  { name: aggregate, event }: Aggregate<State>,
  before: State | undefined,
  state: State,
  { name, text, values }: Storing,
): Statement {
  return {
    name,
    text: `WITH stored AS (${text})
      INSERT INTO ${context.subgraph}.event (data, ${EVENT_COLUMNS.slice(2, -1).join(', ')}, aggregate_id, version)
      SELECT $1, $2, $3, $4, $5, $6, $7, id, version FROM stored RETURNING version`,
    values: [
      toJson(state),
      aggregate,
      typeOf(context, aggregate, event(before, state)),
      state.recordedAt.toString(),
      context.correlationId,
      context.causationId ?? null,
      context.traceparent ?? null,
      ...values,
    ],
  }
}

const EVENT_COLUMNS = [
  'aggregate_id',
  'version',
  'aggregate',
  'type',
  'recorded_at',
  'correlation_id',
  'causation_id',
  'traceparent',
  'data',
] as const
