// Cursors come back from clients: each is good for its own list, parent and order alone, and a bad one is told as such.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Connection, loadConnections, readConnection } from '#platform/loaders.ts'
import type { PageArguments } from '#platform/page.ts'
import { openShelves } from './shelves.ts'
import { thingList, thingsOfShelf, type Thing, type Warehouse } from './warehouse.ts'

let warehouse: Warehouse
beforeAll(async () => {
  warehouse = await openShelves()
})
afterAll(() => warehouse.close())

const read = (args: PageArguments): Promise<Connection<Thing>> =>
  readConnection(warehouse.db, thingList, args)

const encode = (content: unknown): string => Buffer.from(JSON.stringify(content)).toString('base64url')

/** A cursor of the things by their date, with anything in it. */
const forged = (value: unknown, id = 'thing-1'): string => encode(['things  MADE_ON ASC', value, id])

describe('a cursor is refused with CURSOR_INVALID', () => {
  const damaged = /damaged/
  const foreign = /belongs to another list/
  const order = { field: 'MADE_ON', direction: 'ASC' } as const

  it.each<[string, string, RegExp]>([
    ['empty', '', damaged],
    ['no base64', '%%%', damaged],
    ['base64 of anything', Buffer.from('anything').toString('base64url'), damaged],
    ['JSON of another shape', encode({ value: '2026-01-01' }), damaged],
    ['a part missing', encode(['things  MADE_ON ASC', '2026-01-01']), damaged],
    ['a number for a text', forged(7), damaged],
    ['far too long', encode(['things  MADE_ON ASC', '2026-01-01', 'x'.repeat(1_000)]), damaged],
    ['a date that is none', forged('yesterday'), damaged],
    ['a date that is not in the calendar', forged('2026-02-30'), damaged],
    ['a character that no text can hold', forged('2026-01-01', 'thing-\u0000'), damaged],
    ['of another list', encode(['urns  MADE_ON ASC', '2026-01-01', 'thing-1']), foreign],
  ])('that is %s', async (_, after, message) => {
    const page = read({ first: 5, after, orderBy: order })
    await expect(page).rejects.toMatchObject({
      message: expect.stringMatching(message) as string,
      extensions: { code: 'CURSOR_INVALID' },
    })
  })

  it.each<[string, string, string]>([
    ['WORTH', 'many', '1'],
    ['WORTH', '1.5', '1'],
    ['WORTH', '9223372036854775808', '9223372036854775807'],
    ['ARRIVED_AT', 'noon', '2026-01-01 00:00:00.000001+00'],
    ['ARRIVED_AT', '2026-13-01 00:00:00+00', '2026-01-01 00:00:00+05:30'],
  ])('whose value is no %s: %s, unlike %s', async (field, bad, good) => {
    const cursor = (value: string): string => encode([`things  ${field} ASC`, value, 'thing-1'])
    const page = (value: string): Promise<Connection<Thing>> =>
      read({ first: 5, after: cursor(value), orderBy: { field, direction: 'ASC' } })
    await expect(page(bad)).rejects.toMatchObject({ extensions: { code: 'CURSOR_INVALID' } })
    await expect(page(good)).resolves.toBeDefined()
  })

  it.each<[string, PageArguments]>([
    ['another field', { orderBy: { field: 'WORTH', direction: 'ASC' } }],
    ['another direction', { orderBy: { field: 'MADE_ON', direction: 'DESC' } }],
    ['the default order', {}],
  ])('in %s than its own', async (_, args) => {
    const after = (await read({ first: 5, orderBy: order })).pageInfo.endCursor
    for (const bound of [{ after }, { before: after }]) {
      await expect(read({ first: 5, ...bound, ...args })).rejects.toMatchObject({
        message: expect.stringMatching(foreign) as string,
        extensions: { code: 'CURSOR_INVALID' },
      })
    }
  })

  it('of another parent, and of the list without a parent', async () => {
    const shelves = loadConnections(warehouse.db, thingsOfShelf)
    const { endCursor: after } = (await shelves.load('shelf-1', { first: 1 })).pageInfo
    const refused = { extensions: { code: 'CURSOR_INVALID' } }
    await expect(shelves.load('shelf-2', { first: 1, after })).rejects.toMatchObject(refused)
    await expect(read({ first: 1, after })).rejects.toMatchObject(refused)
    await expect(shelves.load('shelf-1', { first: 1, after })).resolves.toMatchObject({ nodes: [{}] })
  })
})
