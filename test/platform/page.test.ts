// Pages of a long list with many equal sort values: whichever way one walks, each row comes exactly once and in order.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Connection, readConnection } from '#platform/loaders.ts'
import { PAGE_SIZE, type PageArguments } from '#platform/page.ts'
import { ALL, idsOf, openShelves, type Order, ORDERS, sorted, THINGS } from './shelves.ts'
import { thingFact, thingList, type Thing, type Warehouse } from './warehouse.ts'

let warehouse: Warehouse
beforeAll(async () => {
  warehouse = await openShelves()
})
afterAll(() => warehouse.close())

const read = (args: PageArguments): Promise<Connection<Thing>> =>
  readConnection(warehouse.db, thingList, args)

const cursorOf = (page: Connection<Thing>, id: string | undefined): string =>
  page.edges.find(({ node }) => node.id === id)?.cursor ?? ''

/** Every page from the start to the end of the list, or from its end to its start. */
async function walk(towards: 'end' | 'start', size: number, orderBy: Order): Promise<string[][]> {
  const pages: string[][] = []
  let cursor: string | null = null
  for (let page = 0; page <= ALL.length; page += 1) {
    const args: PageArguments =
      towards === 'end' ? { first: size, after: cursor, orderBy } : { last: size, before: cursor, orderBy }
    const connection: Connection<Thing> = await read(args)
    const { startCursor, endCursor, hasNextPage, hasPreviousPage } = connection.pageInfo
    pages.push(idsOf(connection))
    if (!(towards === 'end' ? hasNextPage : hasPreviousPage)) return pages
    cursor = towards === 'end' ? endCursor : startCursor
  }
  throw new Error('the list does not end')
}

describe('walking through the list', () => {
  it.each(ORDERS)('by $field $direction sees each row once, in order, both ways', async (order) => {
    const expected = await sorted(warehouse, order)
    expect((await walk('end', 40, order)).flat()).toEqual(expected)
    expect((await walk('start', 40, order)).toReversed().flat()).toEqual(expected)
  })

  it('in pages of any size, either way, in any order, sees each row once', async () => {
    const size = fc.integer({ min: 7, max: PAGE_SIZE.max })
    const way = fc.constantFrom<'end' | 'start'>('end', 'start')
    await fc.assert(
      fc.asyncProperty(size, way, fc.constantFrom(...ORDERS), async (pageSize, towards, order) => {
        const pages = await walk(towards, pageSize, order)
        expect(pages.slice(0, -1).every(({ length }) => length === pageSize)).toBe(true)
        const inOrder = towards === 'end' ? pages : pages.toReversed()
        expect(inOrder.flat()).toEqual(await sorted(warehouse, order))
      }),
      { numRuns: 40 },
    )
  })

  it('by the default order where none is given', async () => {
    expect(idsOf(await read({ first: 100 }))).toEqual(
      (await sorted(warehouse, thingList.defaultOrder)).slice(0, 100),
    )
  })

  it('goes on from its cursor though rows come and go between the pages', async () => {
    const [, , , ...rest] = await sorted(warehouse, thingList.defaultOrder)
    const { endCursor: after } = (await read({ first: 3 })).pageInfo
    await warehouse.record(thingFact({ id: 'thing-new', shelfId: 'shelf-new', name: 'A' }))
    const second = await read({ first: 3, after })
    await warehouse.owner.rows({ text: `DELETE FROM warehouse.thing WHERE id = 'thing-new'`, values: [] })
    expect(idsOf(second)).toEqual(rest.slice(0, 3))
  })
})

describe('a page', () => {
  const order = { field: 'WORTH', direction: 'DESC' } as const

  it('says where it lies in the whole', async () => {
    const whole = await sorted(warehouse, order)
    const middle = await read({
      first: 20,
      after: (await read({ first: 30, orderBy: order })).pageInfo.endCursor,
      orderBy: order,
    })
    expect(idsOf(middle)).toEqual(whole.slice(30, 50))
    expect(middle.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: true,
      startCursor: middle.edges[0]?.cursor,
      endCursor: middle.edges[19]?.cursor,
    })
    expect(await middle.count()).toBe(THINGS)
  })

  it('between two cursors holds what lies between them, from either end', async () => {
    const whole = await sorted(warehouse, order)
    const start = await read({ first: 50, orderBy: order })
    const after = cursorOf(start, whole[4])
    const before = cursorOf(start, whole[15])
    expect(idsOf(await read({ first: 100, after, before, orderBy: order }))).toEqual(whole.slice(5, 15))
    expect(idsOf(await read({ first: 3, after, before, orderBy: order }))).toEqual(whole.slice(5, 8))
    expect(idsOf(await read({ last: 3, after, before, orderBy: order }))).toEqual(whole.slice(12, 15))
  })

  it('of nothing has no cursors', async () => {
    const empty = await read({ first: 5, filter: { name: { in: ['spoon'] } } })
    expect(empty).toMatchObject({
      nodes: [],
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    })
    expect(await empty.count()).toBe(0)
  })

  it('asks once for the rows, and once more only where the total is wanted', async () => {
    warehouse.statements.length = 0
    const page = await read({ first: 5 })
    expect(warehouse.statements).toHaveLength(1)
    await page.count()
    expect(warehouse.statements).toHaveLength(2)
  })
})
