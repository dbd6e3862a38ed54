// Lists below many parents: read together in one statement, each as if it were alone.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Statement } from '#platform/database.ts'
import { type Connection, loadById, loadByParent, loadConnections } from '#platform/loaders.ts'
import type { PageArguments } from '#platform/page.ts'
import { table, text } from '#platform/table.ts'
import { ALL, idsOf, openShelves, SHELVES, sorted, THINGS_A_SHELF } from './shelves.ts'
import { thingList, thingsOfShelf, type Thing, type Warehouse } from './warehouse.ts'

let warehouse: Warehouse
beforeAll(async () => {
  warehouse = await openShelves()
})
afterAll(() => warehouse.close())

const shelfNames = (count: number): string[] => Array.from({ length: count }, (_, i) => `shelf-${i}`)

/** Pages and totals of shelves, with the statements that it took. */
async function readShelves(
  ids: readonly string[],
  args: PageArguments,
): Promise<{ pages: Connection<Thing>[]; totals: number[]; statements: readonly Statement[] }> {
  warehouse.statements.length = 0
  const shelves = loadConnections(warehouse.db, thingsOfShelf)
  const pages = await Promise.all(ids.map((id) => shelves.load(id, args)))
  const totals = await Promise.all(pages.map(({ count }) => count()))
  return { pages, totals, statements: [...warehouse.statements] }
}

describe('the lists of many parents', () => {
  it('take one statement for the pages and one for the totals, whatever the number of parents', async () => {
    const few = await readShelves(shelfNames(5), { first: 3 })
    const many = await readShelves(shelfNames(SHELVES), { first: 3 })
    expect([few.statements.length, many.statements.length]).toEqual([2, 2])
    expect(many.pages.map(({ nodes }) => nodes.length)).toEqual(Array.from({ length: SHELVES }, () => 3))
    expect(many.totals).toEqual(Array.from({ length: SHELVES }, () => THINGS_A_SHELF))
  })

  it('are each in order, and each says whether it goes on', async () => {
    const orderBy = { field: 'ARRIVED_AT', direction: 'DESC' } as const
    const { pages } = await readShelves(shelfNames(3), { first: 3, orderBy })
    const rest = await readShelves(shelfNames(3), { last: 2, orderBy })
    const all = await sorted(warehouse, orderBy)
    const shelfOf = new Map(ALL.map(({ id, shelfId }) => [id, shelfId]))
    for (const [i, page] of pages.entries()) {
      const onShelf = all.filter((id) => shelfOf.get(id) === `shelf-${i}`)
      expect([...idsOf(page), ...idsOf(rest.pages[i])]).toEqual(onShelf)
      expect(page.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
      expect(rest.pages[i]?.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
    }
  })

  it('can be filtered; one that nothing matches, or that nobody knows, is empty', async () => {
    const { pages, totals } = await readShelves(['shelf-0', 'attic'], {
      first: 10,
      filter: { fragile: true },
    })
    const fragile = ALL.filter((fact) => fact.shelfId === 'shelf-0' && fact.fragile)
    expect(new Set(idsOf(pages[0]))).toEqual(new Set(fragile.map(({ id }) => id)))
    expect(pages[1]).toMatchObject({ nodes: [], pageInfo: { hasNextPage: false, endCursor: null } })
    expect(totals).toEqual([fragile.length, 0])
  })

  it('are walked one by one with their own cursors', async () => {
    const seen: string[] = []
    let after: string | null = null
    for (let page = 0; page < 3; page += 1) {
      const { pages }: { pages: Connection<Thing>[] } = await readShelves(['shelf-7'], { first: 2, after })
      const [connection] = pages
      seen.push(...idsOf(connection))
      after = connection?.pageInfo.endCursor ?? null
    }
    const onShelf = (await sorted(warehouse, thingList.defaultOrder)).filter((id) =>
      ALL.some((fact) => fact.id === id && fact.shelfId === 'shelf-7'),
    )
    expect(seen).toEqual(onShelf)
  })
})

describe('rows that are read with other fields', () => {
  const names = table<Pick<Thing, 'id' | 'name'>>('warehouse.thing', { id: text, name: text })
  const shelfIds = table<Pick<Thing, 'id' | 'shelfId'>>('warehouse.thing', { id: text, shelfId: text })

  it('have those that each asks for, by id and by parent, whoever was first on a connection', async () => {
    const [first] = ALL
    const id = first?.id ?? ''
    for (let round = 0; round < 10; round += 1) {
      expect(await loadById(warehouse.db, names).load(id)).toEqual({ id, name: first?.name })
      expect(await loadById(warehouse.db, shelfIds).load(id)).toEqual({ id, shelfId: first?.shelfId })
      const [name] = await loadByParent(warehouse.db, names, 'shelf_id', 't.id').load('shelf-0')
      const [shelf] = await loadByParent(warehouse.db, shelfIds, 'shelf_id', 't.id').load('shelf-0')
      expect([name?.name, shelf?.shelfId]).toEqual([expect.any(String), 'shelf-0'])
    }
  })
})
