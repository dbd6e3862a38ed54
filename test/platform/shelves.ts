/** A warehouse of 250 things on 50 shelves, with many equal values of whatever they can be sorted by. */
import type { Connection } from '#platform/loaders.ts'
import type { PageArguments } from '#platform/page.ts'
import { openWarehouse, thingFact, thingList, type Thing, type Warehouse } from './warehouse.ts'

export const THINGS = 250
export const SHELVES = 50
export const THINGS_A_SHELF = THINGS / SHELVES
const NAMES = ['amphora', 'bowl', 'Cup', 'dish', 'ewer', 'flask', 'Ünal']
export const FIRST_DAY = Temporal.PlainDate.from('2026-01-01')
/** Microseconds count: the driver's own dates would lose them. */
const FIRST_INSTANT = Temporal.Instant.from('2026-01-01T00:00:00.000001Z')

/** Of every sort value there are many, and none of them in order of the ids. */
export const ALL = Array.from({ length: THINGS }, (_, i) =>
  thingFact({
    id: `thing-${String((i * 101) % THINGS).padStart(3, '0')}`,
    shelfId: `shelf-${i % SHELVES}`,
    name: NAMES[i % NAMES.length] ?? '',
    worth: BigInt((i * 7) % 12),
    madeOn: FIRST_DAY.add({ days: i % 20 }),
    arrivedAt: FIRST_INSTANT.add({ microseconds: i % 9 }),
    fragile: i % 3 === 0,
  }),
)

export type Order = NonNullable<PageArguments['orderBy']>

/** Every way to sort things. */
export const ORDERS: readonly Order[] = Object.keys(thingList.sortKeys).flatMap((field) => [
  { field, direction: 'ASC' } as const,
  { field, direction: 'DESC' } as const,
])

/** A warehouse with all of them. */
export async function openShelves(): Promise<Warehouse> {
  const warehouse = await openWarehouse()
  await warehouse.record(...ALL)
  return warehouse
}

/** All ids as PostgreSQL sorts them, without pages. */
export async function sorted({ owner }: Warehouse, { field, direction }: Order): Promise<string[]> {
  const column = thingList.sortKeys[field]?.column ?? ''
  const rows = await owner.rows<{ id: string }>({
    text: `SELECT id FROM warehouse.thing ORDER BY ${column} ${direction}, id ${direction}`,
    values: [],
  })
  return rows.map(({ id }) => id)
}

/** The ids of a page, in its order. */
export const idsOf = (page: Pick<Connection<Thing>, 'nodes'> | undefined): string[] =>
  page?.nodes.map(({ id }) => id) ?? []
