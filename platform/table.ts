import { hash } from 'node:crypto'
import type { DateRange, ExternalRef, Fact, Recorded } from '#domain/entity.ts'
import type { Cell } from './copy.ts'
import type { Queryable, Transaction } from './database.ts'
import { parseDate, parseInstant } from './dates.ts'
import { toJson } from './json.ts'

/**
 * How a field is stored: its PostgreSQL type and, where the driver does not give the field's own type already,
 * how to make it from what the driver gives. A JSON column says how to revive what JSON cannot express.
 */
export interface Codec<T> {
  readonly sql: string
  readonly revive?: (stored: unknown) => T
  /** Reads a field that is no column of the table; it is not written with the row. */
  readonly select?: string
  /** The only fields of the graph that show it, by name; of its own name if there are none. */
  readonly shownBy?: readonly string[]
}

const plain = <T>(sql: string): Codec<T> => ({ sql })

export const text = plain<string>('text')
export const int = plain<number>('int')
export const flag = plain<boolean>('boolean')
export const bigint = plain<bigint>('bigint')
/** An exact decimal: a string in code. */
export const decimal = plain<string>('numeric')
export const date = plain<Temporal.PlainDate>('date')
export const instant = plain<Temporal.Instant>('timestamptz')
/** One of a closed set of words, kept as text. */
export const word = <T extends string>(): Codec<T> => plain<T>('text')
/** The same codec for a field that may be null. */
export const optional = <T>({ sql, revive }: Codec<T>): Codec<T | null> =>
  revive === undefined ? { sql } : { sql, revive: (stored) => (stored === null ? null : revive(stored)) }
/** A structure kept as JSON inside its aggregate's row. `revive` turns strings back into bigints and dates. */
export const json = <T>(revive?: (stored: Jsonified<T>) => T): Codec<T> =>
  revive === undefined
    ? { sql: 'jsonb' }
    : { sql: 'jsonb', revive: (stored) => revive(stored as Jsonified<T>) }

/**
 * Parts that are rows of another table, as JSON that `select` gathers; the store writes them by statements of their
 * own. Lock first and read afterwards: a reading that waits for a lock sees the parts as they were before it waited.
 */
export const gathered = <T>(select: string, revive: (stored: Jsonified<T>) => T): Codec<T> => ({
  ...json(revive),
  select,
})

/**
 * A field that loaders read to show it and for nothing else, by these fields of the graph or by the one of its own
 * name: for a request that asks for none of them they leave it out.
 */
export const shown = <T>(codec: Codec<T>, ...shownBy: readonly string[]): Codec<T> => ({ ...codec, shownBy })

/** Turns a stored interval of dates back into dates. */
export const reviveDateRange = ({ start, end }: Jsonified<DateRange>): DateRange => ({
  start: parseDate(start),
  end: parseDate(end),
})

const externalRefs = json<readonly ExternalRef[]>((refs) =>
  refs.map((ref) => ({ ...ref, sourceVersion: BigInt(ref.sourceVersion) })),
)

/** The columns that every aggregate has. */
export const recorded: Columns<Fact & Recorded> = {
  id: text,
  version: shown(int),
  recordedAt: shown(instant),
  externalRefs: shown(externalRefs),
}

/** What a value looks like after it went through JSON text. */
export type Jsonified<T> = T extends bigint | Temporal.PlainDate | Temporal.Instant | Temporal.PlainYearMonth
  ? string
  : T extends readonly (infer Item)[]
    ? Jsonified<Item>[]
    : T extends object
      ? { [K in keyof T]: Jsonified<T[K]> }
      : T

export type Columns<State> = { readonly [K in keyof State]-?: Codec<State[K]> }

/** How rows are read. */
interface Reading<State> {
  /**
   * Tells statements that select in this way from others over the same table, of whatever description: a connection
   * answers two of one name alike.
   */
  readonly variant: string
  /** Select list that names each column as its field. `t` is the table's alias. */
  readonly select: string
  /** Makes a state of a selected row, in place. */
  readonly read: (row: Record<string, unknown>) => State
}

/** A table whose rows are the states of one kind of aggregate, one row each. */
export interface Table<State extends { readonly id: string }> extends Reading<State> {
  readonly name: string
  /** The column that holds a field. */
  readonly column: (field: keyof State & string) => string
  /** How rows are read without what none of these fields of the graph shows. */
  readonly readingFor?: (asked: Asked) => Reading<State>
  /** Makes a state of what an event tells of it. */
  readonly ofEvent: (data: Readonly<Record<string, unknown>>) => State
  /** Adds rows for states that are new: refused where one of them is there already. */
  readonly insert: (transaction: Transaction, states: readonly State[]) => Promise<void>
  /** Overwrites rows, given as a JSON array in $1. */
  readonly update: string
}

/** A table whose rows hold all of their states. */
interface PlainTable<State extends { readonly id: string }> extends Table<State> {
  /** What is written with a row, in the order of its columns. */
  readonly stored: readonly StoredField[]
}

/** A field that is a column of its own. */
interface StoredField {
  readonly field: string
  readonly column: string
  readonly sql: string
}

/** Fields of a JSON object or of an array of them as a row named `s`: what `FROM json_to_record(…) AS` asks for. */
export const recordOf = (fields: readonly StoredField[]): string =>
  `s(${fields.map(({ field, sql }) => `"${field}" ${sql}`).join(', ')})`

/** What sets columns to the fields of that row. */
export const assignmentsOf = (fields: readonly StoredField[]): string =>
  fields.map(({ field, column }) => `${column} = s."${field}"`).join(', ')

/** Field name in code → column name in SQL: `dueDate` → `due_date`. */
export const columnName = (field: string): string =>
  field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** The names of all fields of the graph that may be asked for. */
export type Asked = ReadonlySet<string>

/** The table for readings that show no other fields than these; for all where that is not known. */
export const narrowed = <State extends { readonly id: string }>(
  whole: Table<State>,
  asked: Asked | undefined,
): Table<State> =>
  asked === undefined || whole.readingFor === undefined ? whole : { ...whole, ...whole.readingFor(asked) }

/** Each variant is a statement that PostgreSQL keeps prepared, on each connection. Beyond these, all is read. */
const MAX_VARIANTS_PER_TABLE = 16

type Fields = readonly (readonly [string, Codec<unknown>])[]

/** Makes what finds the reading for what is asked for. */
function readings<State>(fields: Fields, whole: Reading<State>): (asked: Asked) => Reading<State> {
  const variants = new Map<string, Reading<State>>()
  const known = new WeakMap<Asked, Reading<State>>()
  const find = (asked: Asked): Reading<State> => {
    const wanted = fields.filter(([field, codec]) => isAsked(field, codec, asked))
    const key = wanted.map(([field]) => field).join()
    if (wanted.length === fields.length || (!variants.has(key) && variants.size >= MAX_VARIANTS_PER_TABLE))
      return whole
    return variants.getOrInsertComputed(key, () => readingOf(wanted))
  }
  return (asked) => known.getOrInsertComputed(asked, find)
}

function isAsked(field: string, { shownBy }: Codec<unknown>, asked: Asked): boolean {
  if (shownBy === undefined) return true
  return shownBy.length === 0 ? asked.has(field) : shownBy.some((name) => asked.has(name))
}

/** Digits that tell what is selected from the rows of one table. */
const VARIANT_DIGITS = 10

function readingOf<State>(fields: Fields): Reading<State> {
  const select = fields
    .map(([field, codec]) => `${codec.select ?? `t.${columnName(field)}`} AS "${field}"`)
    .join(', ')
  const revived = fields.flatMap(([field, codec]) =>
    codec.revive === undefined ? [] : [[field, codec.revive] as const],
  )
  return {
    variant: ` #${hash('sha1', select).slice(0, VARIANT_DIGITS)}`,
    select,
    read: (row) => {
      for (const [field, revive] of revived) row[field] = revive(row[field])
      return row as State
    },
  }
}

/** Describes a table by the codecs of its state's fields; the compiler sees to it that none is missing. */
export function table<State extends { readonly id: string }>(
  name: string,
  columns: Columns<State>,
): PlainTable<State> {
  const fields = Object.entries(columns as Record<string, Codec<unknown>>)
  const whole = readingOf<State>(fields)
  const stored = fields
    .filter(([, { select }]) => select === undefined)
    .map(([field, { sql }]): StoredField => ({ field, column: columnName(field), sql }))
  const columnList = stored.map(({ column }) => column)
  const cells = stored.map(({ field, sql }) => [field, sql === 'jsonb' ? jsonCell : plainCell] as const)
  const cellsOf = (state: State): Cell[] => {
    const values = state as Readonly<Record<string, unknown>>
    return cells.map(([field, cell]) => cell(values[field]))
  }
  return {
    name,
    ...whole,
    stored,
    readingFor: readings(fields, whole),
    column: columnName,
    ofEvent: (data) =>
      Object.fromEntries(
        fields.map(([field, codec]) => [field, ofJson(codec, data[field] ?? null)]),
      ) as State,
    insert: (transaction, states) =>
      transaction.add({ table: name, columns: columnList }, states.map(cellsOf)),
    update: `UPDATE ${name} t SET ${assignmentsOf(stored)}
      FROM json_to_recordset($1) AS ${recordOf(stored)} WHERE t.id = s.id`,
  }
}

/** What the driver makes of a column's text, for a value that travelled as JSON. */
const parsers: Readonly<Record<string, (text: string) => unknown>> = {
  bigint: BigInt,
  date: parseDate,
  timestamptz: parseInstant,
}

function ofJson({ sql, revive }: Codec<unknown>, value: unknown): unknown {
  if (revive !== undefined) return revive(value)
  const parse = parsers[sql]
  return parse === undefined || value === null ? value : parse(value as string)
}

const plainCell = (value: unknown): Cell => (value ?? null) as Cell
const jsonCell = (value: unknown): Cell => (value === null || value === undefined ? null : toJson(value))

/** Reads states by id, in no order; an unknown id is left out. `lock` holds them until the transaction ends. */
export async function readRows<State extends { readonly id: string }>(
  db: Queryable,
  source: Table<State>,
  ids: readonly string[],
  lock: 'FOR UPDATE' | '' = '',
): Promise<State[]> {
  if (ids.length === 0) return []
  const order = lock === '' ? '' : 'ORDER BY t.id FOR UPDATE'
  const rows = await db.rows<Record<string, unknown>>({
    name: `${source.name}${source.variant} by id ${lock}`,
    text: `SELECT ${source.select} FROM ${source.name} t WHERE t.id = ANY($1) ${order}`,
    values: [ids],
  })
  return rows.map(source.read)
}
