// What a client may ask of a list: filters that are only ever parameters, and arguments that are refused by name.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Connection, readConnection } from '#platform/loaders.ts'
import { pageQuery, type PageArguments } from '#platform/page.ts'
import { ALL, FIRST_DAY, idsOf, openShelves, THINGS } from './shelves.ts'
import { thingList, type Thing, type Warehouse } from './warehouse.ts'

let warehouse: Warehouse
beforeAll(async () => {
  warehouse = await openShelves()
})
afterAll(() => warehouse.close())

const read = (args: PageArguments): Promise<Connection<Thing>> =>
  readConnection(warehouse.db, thingList, args)

const isBefore = (one: Temporal.PlainDate, other: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(one, other) < 0

const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `name ${i}`)

const day = (days: number): Temporal.PlainDate => FIRST_DAY.add({ days })

describe('a filter', () => {
  it.each<[string, object, (thing: (typeof ALL)[number]) => boolean]>([
    ['one of some', { name: { in: ['Cup', 'dish'] } }, ({ name }) => name === 'Cup' || name === 'dish'],
    ['one of none', { name: { in: [] } }, () => false],
    ['yes', { fragile: true }, ({ fragile }) => fragile],
    ['no', { fragile: false }, ({ fragile }) => !fragile],
    ['on a day or later', { madeOn: { gte: day(18) } }, ({ madeOn }) => !isBefore(madeOn, day(18))],
    ['before a day', { madeOn: { lt: day(1) } }, ({ madeOn }) => isBefore(madeOn, day(1))],
    [
      'from a day to another',
      { madeOn: { gte: day(3), lt: day(5) } },
      ({ madeOn }) => !isBefore(madeOn, day(3)) && isBefore(madeOn, day(5)),
    ],
    [
      'several at once',
      { name: { in: ['Cup'] }, fragile: true, madeOn: { lt: day(10) } },
      ({ name, fragile, madeOn }) => name === 'Cup' && fragile && isBefore(madeOn, day(10)),
    ],
    ['that was not given', { name: null, madeOn: { gte: null } }, () => true],
  ])('for %s counts and holds just those', async (_, filter, matches) => {
    const wanted = ALL.filter(matches).map(({ id }) => id)
    const page = await read({ first: 100, filter })
    expect(await page.count()).toBe(wanted.length)
    expect(new Set(wanted).isSupersetOf(new Set(idsOf(page)))).toBe(true)
    expect(idsOf(page)).toHaveLength(Math.min(100, wanted.length))
  })

  it.each([`'; DROP TABLE warehouse.thing; --`, `Cup' OR '1'='1`, `\\`, `%`, `{"Cup"}`])(
    'value is only ever a parameter: %s',
    async (value) => {
      warehouse.statements.length = 0
      const page = await read({ first: 5, filter: { name: { in: [value] } } })
      expect([idsOf(page), await page.count()]).toEqual([[], 0])
      expect(warehouse.statements.every(({ text }) => !text.includes(value))).toBe(true)
      expect(await (await read({ first: 1 })).count()).toBe(THINGS)
    },
  )

  it('makes the same statement whatever its values', async () => {
    warehouse.statements.length = 0
    await read({ first: 5, filter: { name: { in: ['Cup'] } } })
    await read({ first: 9, filter: { name: { in: ['dish', 'bowl', 'ewer'] } } })
    expect(new Set(warehouse.statements.map(({ name }) => name)).size).toBe(1)
  })
})

describe('is refused with BAD_USER_INPUT', () => {
  it.each<[string, PageArguments, string]>([
    ['no size', {}, 'things needs exactly one of "first" and "last".'],
    ['no size but null', { first: null, last: null }, 'things needs exactly one of "first" and "last".'],
    ['two sizes', { first: 5, last: 5 }, 'things needs exactly one of "first" and "last".'],
    ['first 0', { first: 0 }, '"first" of things must be from 1 to 100, not 0.'],
    ['first -1', { first: -1 }, '"first" of things must be from 1 to 100, not -1.'],
    ['first 101', { first: 101 }, '"first" of things must be from 1 to 100, not 101.'],
    ['first 1000', { first: 1000 }, '"first" of things must be from 1 to 100, not 1000.'],
    ['last 0', { last: 0 }, '"last" of things must be from 1 to 100, not 0.'],
    ['last 101', { last: 101 }, '"last" of things must be from 1 to 100, not 101.'],
    [
      '101 filter values',
      { first: 1, filter: { name: { in: names(101) } } },
      'The filter "name" of things takes at most 100 values, not 101.',
    ],
    [
      'an order that there is not',
      { first: 1, orderBy: { field: 'COLOUR', direction: 'ASC' } },
      'things cannot be sorted by COLOUR.',
    ],
    [
      'a filter that there is not',
      { first: 1, filter: { colour: { in: ['red'] } } },
      'things cannot be filtered by colour.',
    ],
  ])('%s', async (_, args, message) => {
    await expect(read(args)).rejects.toMatchObject({ message, extensions: { code: 'BAD_USER_INPUT' } })
  })

  it.each([
    ['first 1', { first: 1 }],
    ['first 100', { first: 100 }],
    ['last 1 beside a first of null', { first: null, last: 1 }],
    ['100 filter values', { first: 1, filter: { name: { in: names(100) } } }],
  ])('while %s is not', (_, args) => {
    expect(() => pageQuery(thingList, null, args)).not.toThrow()
  })
})
