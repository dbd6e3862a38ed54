import { hash } from 'node:crypto'
import { cursorScope, type Position, readCursor, type SortType, writeCursor } from './cursor.ts'
import { publicError } from './errors.ts'
import type { Queryable, Statement } from './database.ts'
import { belowParents, parentParameter } from './parents.ts'
import type { Table } from './table.ts'

/** Fewest and most items of one page. */
export const PAGE_SIZE = { min: 1, max: 100 } as const
/** Most values in one `in` filter. */
const MAX_FILTER_VALUES = 100

/** A field that a list can be sorted by: never null in the table. */
interface SortKey {
  readonly column: string
  readonly type: SortType
}

/** A list that clients page through: its rows, and what they may be sorted and filtered by. */
export interface ListSpec<State extends { readonly id: string }> {
  /** Name in cursors, so that a cursor is not taken for another list's. */
  readonly name: string
  readonly table: Table<State>
  /** Column that names the parent; null for a list of everything. */
  readonly parent: string | null
  readonly sortKeys: Readonly<Record<string, SortKey>>
  readonly defaultOrder: { readonly field: string; readonly direction: 'ASC' | 'DESC' }
  /** Filter field → what it compares. */
  readonly filters: Readonly<Record<string, FilterColumn>>
}

interface FilterColumn {
  readonly column: string
  readonly type: 'text' | 'date' | 'boolean'
}

/** A filter as the SDL has it: `{ status: { in: [...] }, dueDate: { gte, lt }, active: true }`. */
type FilterInput = Readonly<Record<string, FilterOperators | boolean | null | undefined>>

interface FilterOperators {
  readonly in?: readonly unknown[] | null
  readonly gte?: Temporal.PlainDate | null
  readonly lt?: Temporal.PlainDate | null
}

/** The arguments of a connection as a client sends them. */
export interface PageArguments {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
  readonly last?: number | null | undefined
  readonly before?: string | null | undefined
  readonly orderBy?: { readonly field: string; readonly direction: 'ASC' | 'DESC' } | null | undefined
  readonly filter?: object | null | undefined
}

/** A connection's arguments, checked: the statement that reads the page follows from these alone. */
export interface PageQuery<State extends { readonly id: string }> {
  readonly list: ListSpec<State>
  readonly order: { readonly field: string; readonly direction: 'ASC' | 'DESC' } & SortKey
  readonly size: number
  readonly fromEnd: boolean
  readonly after: Position | undefined
  readonly before: Position | undefined
  readonly conditions: readonly Condition[]
}

/** One comparison with a parameter: SQL text around it never comes from a client. */
export interface Condition {
  readonly sql: (parameter: string) => string
  readonly value: unknown
}

/** One page of one parent's list. */
export interface Page<State> {
  readonly rows: readonly State[]
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
  /** It has every row of the list: then its length is the list's. */
  readonly isWhole: boolean
  readonly cursorOf: (row: State) => string
}

/**
 * Checks a connection's arguments. Throws BAD_USER_INPUT for sizes and filters, CURSOR_INVALID for a cursor that
 * is damaged or belongs to another list, parent or order.
 */
export function pageQuery<State extends { readonly id: string }>(
  list: ListSpec<State>,
  parentId: string | null,
  args: PageArguments,
  extraConditions: readonly Condition[] = [],
): PageQuery<State> {
  const order = args.orderBy ?? list.defaultOrder
  const key = list.sortKeys[order.field]
  if (key === undefined)
    throw publicError('BAD_USER_INPUT', `${list.name} cannot be sorted by ${order.field}.`)
  const position = (cursor: string | null | undefined): Position | undefined =>
    cursor === null || cursor === undefined
      ? undefined
      : readCursor(cursor, cursorScope(list, parentId, order), key.type)
  return {
    list,
    order: { ...order, ...key },
    ...pageSize(list, args),
    after: position(args.after),
    before: position(args.before),
    conditions: [...filterConditions(list, (args.filter ?? {}) as FilterInput), ...extraConditions],
  }
}

function pageSize(
  list: { readonly name: string },
  { first, last }: PageArguments,
): { size: number; fromEnd: boolean } {
  const size = first ?? last ?? undefined
  if (size === undefined || (typeof first === 'number' && typeof last === 'number')) {
    throw publicError('BAD_USER_INPUT', `${list.name} needs exactly one of "first" and "last".`)
  }
  if (size < PAGE_SIZE.min || size > PAGE_SIZE.max) {
    const name = typeof first === 'number' ? 'first' : 'last'
    throw publicError(
      'BAD_USER_INPUT',
      `"${name}" of ${list.name} must be from ${PAGE_SIZE.min} to ${PAGE_SIZE.max}, not ${size}.`,
    )
  }
  return { size, fromEnd: typeof first !== 'number' }
}

function filterConditions(
  list: { name: string; filters: ListSpec<never>['filters'] },
  filter: FilterInput,
): Condition[] {
  return Object.entries(filter).flatMap(([field, operators]) => {
    if (operators === null || operators === undefined) return []
    const target = list.filters[field]
    if (target === undefined)
      throw publicError('BAD_USER_INPUT', `${list.name} cannot be filtered by ${field}.`)
    if (typeof operators === 'boolean') return [compare(target, '=', operators)]
    return [
      ...(operators.in ? [isOneOf(list.name, field, target, operators.in)] : []),
      ...(operators.gte ? [compare(target, '>=', operators.gte.toString())] : []),
      ...(operators.lt ? [compare(target, '<', operators.lt.toString())] : []),
    ]
  })
}

const compare = ({ column, type }: FilterColumn, operator: string, value: unknown): Condition => ({
  sql: (parameter) => `t.${column} ${operator} ${parameter}::${type}`,
  value,
})

function isOneOf(
  list: string,
  field: string,
  { column, type }: FilterColumn,
  values: readonly unknown[],
): Condition {
  if (values.length > MAX_FILTER_VALUES) {
    throw publicError(
      'BAD_USER_INPUT',
      `The filter "${field}" of ${list} takes at most ${MAX_FILTER_VALUES} values, not ${values.length}.`,
    )
  }
  return { sql: (parameter) => `t.${column} = ANY(${parameter}::${type}[])`, value: values }
}

/** The page of a list of everything. */
export async function readPage<State extends { readonly id: string }>(
  db: Queryable,
  query: PageQuery<State>,
): Promise<Page<State>> {
  const rows = await db.rows<Record<string, unknown>>(pageStatement(query, null))
  return toPage(query, null, rows)
}

/** The pages of many parents, in one statement whatever their number; in the order of the parents. */
export async function readPages<State extends { readonly id: string }>(
  db: Queryable,
  query: PageQuery<State>,
  parentIds: readonly string[],
): Promise<Page<State>[]> {
  const rows = await db.rows<Record<string, unknown>>(pageStatement(query, parentIds))
  const byParent = Map.groupBy(rows, (row) => row['parentKey'] as string)
  return parentIds.map((id) => toPage(query, id, byParent.get(id) ?? []))
}

/** How many rows match, for each parent (one statement) or in all. */
export async function countRows<State extends { readonly id: string }>(
  db: Queryable,
  query: PageQuery<State>,
  parentIds: readonly string[] | null,
): Promise<number[]> {
  const { list } = query
  const values: unknown[] = parentIds === null ? [] : [parentIds]
  const conditions = query.conditions.map(({ sql, value }) => sql(`$${values.push(value)}`))
  if (parentIds !== null) conditions.unshift(`t.${list.parent} = ANY($1)`)
  const key = parentIds === null ? `''` : `t.${list.parent}`
  const text = `SELECT ${key} AS key, count(*)::int AS count FROM ${list.table.name} t
    ${where(conditions)} ${parentIds === null ? '' : 'GROUP BY 1'}`
  const rows = await db.rows<{ key: string; count: number }>({ name: statementName(text), text, values })
  if (parentIds === null) return [rows[0]?.count ?? 0]
  const counts = new Map(rows.map((row) => [row.key, row.count]))
  return parentIds.map((id) => counts.get(id) ?? 0)
}

const where = (conditions: readonly string[]): string =>
  conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`

/** One row more than asked for is read: it tells whether the list goes on. */
function pageStatement<State extends { readonly id: string }>(
  query: PageQuery<State>,
  parentIds: readonly string[] | null,
): Statement {
  const { list, order, size, fromEnd } = query
  const values: unknown[] = parentIds === null ? [] : [parentParameter(parentIds)]
  const conditions = query.conditions.map(({ sql, value }) => sql(`$${values.push(value)}`))
  for (const [bound, position] of [
    ['after', query.after],
    ['before', query.before],
  ] as const) {
    if (position === undefined) continue
    const operator = (bound === 'after') === (order.direction === 'ASC') ? '>' : '<'
    const value = `$${values.push(position.value)}::${order.type}`
    conditions.push(`(t.${order.column}, t.id) ${operator} (${value}, $${values.push(position.id)})`)
  }
  const direction = (order.direction === 'ASC') === fromEnd ? 'DESC' : 'ASC'
  const orderBy = `t.${order.column} ${direction}, t.id ${direction}`
  const limit = `$${values.push(size + 1)}`
  const columns = `${list.table.select}, t.${order.column}::text AS "sortValue"`
  const text =
    parentIds === null || list.parent === null
      ? `SELECT ${columns} FROM ${list.table.name} t ${where(conditions)} ORDER BY ${orderBy} LIMIT ${limit}`
      : belowParents(
          { columns, table: list.table.name, parent: list.parent, conditions, orderBy, limit },
          parentIds,
        )
  return { name: statementName(text), text, values }
}

/** The number of texts is bounded by the schema: they differ by which filters and order are used, not by values. */
const statementNames = new Map<string, string>()

const statementName = (text: string): string =>
  statementNames.getOrInsertComputed(text, () => hash('sha1', text))

function toPage<State extends { readonly id: string }>(
  query: PageQuery<State>,
  parentId: string | null,
  rows: Record<string, unknown>[],
): Page<State> {
  const { list, size, fromEnd } = query
  const more = rows.length > size
  const wanted = rows.slice(0, size)
  if (fromEnd) wanted.reverse()
  const sortValues = new Map(wanted.map((row) => [row['id'], row['sortValue'] as string]))
  const scope = cursorScope(list, parentId, query.order)
  return {
    rows: wanted.map((row) => list.table.read(row)),
    hasNextPage: fromEnd ? query.before !== undefined : more,
    hasPreviousPage: fromEnd ? more : query.after !== undefined,
    isWhole: !more && query.after === undefined && query.before === undefined,
    cursorOf: ({ id }) => writeCursor(scope, { value: sortValues.get(id) ?? '', id }),
  }
}
