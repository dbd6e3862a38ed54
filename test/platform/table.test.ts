// Loaders read the columns that a request may show, and PostgreSQL keeps a bounded number of statements for that.
import { expect, test } from 'vitest'
import { bigint, narrowed, shown, table, text } from '#platform/table.ts'

interface Parcel {
  readonly id: string
  readonly weight: bigint
  readonly street: string
  readonly city: string
}

const parcels = table<Parcel>('post.parcel', {
  id: text,
  weight: shown(bigint),
  street: shown(text, 'address'),
  city: shown(text, 'address', 'town'),
})

const columnsFor = (...asked: string[]): string =>
  narrowed(parcels, new Set(asked)).select.match(/"\w+"/g)!.join(' ')

const variantOf = (...asked: string[]): string => narrowed(parcels, new Set(asked)).variant

test.each([
  ['nothing that is only shown', [], '"id"'],
  ['a field of the same name', ['weight'], '"id" "weight"'],
  ['a field that shows two columns', ['address'], '"id" "street" "city"'],
  ['one of the fields that show a column', ['town'], '"id" "city"'],
  ['the name of a column that another field shows', ['street'], '"id"'],
])('%s', (_, asked, columns) => {
  expect(columnsFor(...asked)).toBe(columns)
})

test('all is read where nobody knows what is asked for', () => {
  expect(narrowed(parcels, undefined)).toBe(parcels)
})

test('each reading is a statement of its own, and equal ones are the same', () => {
  expect(variantOf('weight', 'unknown')).toBe(variantOf('weight'))
  expect(
    new Set([variantOf(), variantOf('weight'), variantOf('town'), variantOf('weight', 'town')]),
  ).toHaveProperty('size', 4)
})

test('beyond a bounded number of readings, all is read', () => {
  const names = Array.from({ length: 40 }, (_, index) => `field${index}`)
  const wide = table<{ id: string } & Record<string, string>>('post.wide', {
    id: text,
    ...Object.fromEntries(names.map((name) => [name, shown(text)])),
  })
  const variants = names.map((name) => narrowed(wide, new Set([name])).variant)
  expect(new Set(variants)).toHaveProperty('size', 17)
  expect(narrowed(wide, new Set([names.at(-1) ?? ''])).select).toBe(wide.select)
  expect(narrowed(wide, new Set([names[0] ?? ''])).select).toBe('t.id AS "id", t.field0 AS "field0"')
})
