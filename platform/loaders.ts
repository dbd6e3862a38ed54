import DataLoader from 'dataloader'
import type { Queryable } from './database.ts'
import {
  type Condition,
  countRows,
  type ListSpec,
  type PageArguments,
  pageQuery,
  readPage,
  readPages,
  type Page,
} from './page.ts'
import { belowParents, parentParameter } from './parents.ts'
import { type Asked, narrowed, readRows, type Table } from './table.ts'

/** What resolvers of a connection type get as their parent. */
export interface Connection<State> {
  readonly nodes: readonly State[]
  readonly edges: readonly { readonly cursor: string; readonly node: State }[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
  /** Counted only where it is asked for and the page is not the whole list. */
  readonly count: () => Promise<number>
}

/** Most rows of a list that has no pages, for each parent. */
export const MAX_LIST_LENGTH = 100

/** Loads states by id: one statement a batch; null for an unknown id. */
export function loadById<State extends { readonly id: string }>(
  db: Queryable,
  whole: Table<State>,
): DataLoader<string, State | null> {
  const table = narrowed(whole, db.asked)
  return new DataLoader(async (ids) => {
    const states = new Map((await readRows(db, table, ids)).map((state) => [state.id, state]))
    return ids.map((id) => states.get(id) ?? null)
  })
}

/** Loads the short lists of many parents: one statement a batch, at most MAX_LIST_LENGTH rows each. */
export function loadByParent<State extends { readonly id: string }>(
  db: Queryable,
  whole: Table<State>,
  parentColumn: string,
  orderBy: string,
): DataLoader<string, readonly State[]> {
  const table = narrowed(whole, db.asked)
  const list = {
    columns: table.select,
    table: table.name,
    parent: parentColumn,
    conditions: [],
    orderBy: `${orderBy}, t.id`,
    limit: String(MAX_LIST_LENGTH),
  }
  return new DataLoader(async (parentIds) => {
    const rows = await db.rows<Record<string, unknown>>({
      name: `${table.name}${table.variant} by ${parentColumn}${parentIds.length === 1 ? '' : 's'}`,
      text: belowParents(list, parentIds),
      values: [parentParameter(parentIds)],
    })
    const byParent = Map.groupBy(rows, (row) => row['parentKey'] as string)
    return parentIds.map((id) => (byParent.get(id) ?? []).map(table.read))
  })
}

/** Loads connections under parents: parents that ask with the same arguments share one statement. */
export interface ConnectionLoader<State> {
  readonly load: (parentId: string, args: PageArguments) => Promise<Connection<State>>
}

/** A loader for the connections of a list with parents, for one request. */
export function loadConnections<State extends { readonly id: string }>(
  db: Queryable,
  whole: ListSpec<State>,
): ConnectionLoader<State> {
  const list = narrowedList(whole, db.asked)
  const batches = new Map<
    string,
    { pages: DataLoader<string, Page<State>>; counts: DataLoader<string, number> }
  >()
  return {
    load: async (parentId, args) => {
      const query = pageQuery(list, parentId, args)
      const key = JSON.stringify([args.first, args.last, args.after, args.before, args.orderBy, args.filter])
      let batch = batches.get(key)
      if (batch === undefined) {
        batch = {
          pages: new DataLoader((parentIds) => readPages(db, query, parentIds)),
          counts: new DataLoader((parentIds) => countRows(db, query, parentIds)),
        }
        batches.set(key, batch)
      }
      const { pages, counts } = batch
      return toConnection(await pages.load(parentId), () => counts.load(parentId))
    },
  }
}

/** The connection of a list of everything. */
export async function readConnection<State extends { readonly id: string }>(
  db: Queryable,
  list: ListSpec<State>,
  args: PageArguments,
  extraConditions: readonly Condition[] = [],
): Promise<Connection<State>> {
  const query = pageQuery(narrowedList(list, db.asked), null, args, extraConditions)
  const page = await readPage(db, query)
  return toConnection(page, async () => (await countRows(db, query, null))[0] ?? 0)
}

const narrowedList = <State extends { readonly id: string }>(
  list: ListSpec<State>,
  asked: Asked | undefined,
): ListSpec<State> => ({ ...list, table: narrowed(list.table, asked) })

function toConnection<State extends { readonly id: string }>(
  page: Page<State>,
  count: () => Promise<number>,
): Connection<State> {
  const { rows, cursorOf, hasNextPage, hasPreviousPage, isWhole } = page
  const cursor = (row: State | undefined): string | null => (row === undefined ? null : cursorOf(row))
  return {
    nodes: rows,
    get edges() {
      return rows.map((node) => ({ cursor: cursorOf(node), node }))
    },
    get pageInfo() {
      return { hasNextPage, hasPreviousPage, startCursor: cursor(rows[0]), endCursor: cursor(rows.at(-1)) }
    },
    count: isWhole ? () => Promise.resolve(rows.length) : count,
  }
}
