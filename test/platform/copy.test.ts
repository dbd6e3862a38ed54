// Rows that are added by COPY: every value arrives as it was, and what is refused breaks nothing else.
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Cell } from '#platform/copy.ts'
import { type Database, openDatabase } from '#platform/database.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'

let test: TestDatabase
let database: Database

beforeAll(async () => {
  test = await openTestDatabase()
  // One connection: whoever breaks it is noticed by the next.
  database = openDatabase({ url: test.url, maxConnections: 1, log: pino({ level: 'silent' }) })
  await test.owner.rows({
    text: `CREATE TABLE public.parcel (
      id int PRIMARY KEY, label text, worth bigint, weight numeric, fragile boolean, due date, month text,
      sent timestamptz, contents jsonb, state text NOT NULL DEFAULT 'NEW')`,
    values: [],
  })
})
beforeEach(() => test.owner.rows({ text: 'TRUNCATE public.parcel', values: [] }))
afterAll(async () => {
  await database.close()
  await test.close()
})

type Parcel = Readonly<Record<string, Cell>>

const add = (...parcels: readonly Parcel[]): Promise<void> =>
  database.transaction(({ add: addRows }) =>
    addRows(
      { table: 'public.parcel', columns: Object.keys(parcels[0] ?? { id: 0 }) },
      parcels.map((parcel) => Object.values(parcel)),
    ),
  )

const parcels = (): Promise<Parcel[]> =>
  test.owner.rows({ text: 'SELECT * FROM public.parcel ORDER BY id', values: [] })

describe('a value arrives as it was', () => {
  it.each<[string, string, Cell, unknown?]>([
    ['words', 'label', 'A year of service'],
    ['no words, which is not nothing', 'label', ''],
    ['nothing', 'label', null],
    ['what looks like nothing', 'label', String.raw`\N`],
    ['what looks like the end', 'label', String.raw`\.`],
    ['the characters that part rows and columns', 'label', 'a\tb\nc\r\nd'],
    ['backslashes', 'label', String.raw`C:\new\table\\`],
    ['any script', 'label', 'Größe 大 🧾 \u2028'],
    ['a bigint', 'worth', -9_223_372_036_854_775_808n],
    ['a decimal', 'weight', '0.10'],
    ['a truth', 'fragile', false],
    ['a date', 'due', Temporal.PlainDate.from('2028-02-29')],
    ['a month', 'month', Temporal.PlainYearMonth.from('2028-02'), '2028-02'],
    ['an instant', 'sent', Temporal.Instant.from('2026-06-15T12:00:00.123456Z')],
    [
      'JSON',
      'contents',
      JSON.stringify({ a: 'tab\t, "quote", \\ and \n' }),
      { a: 'tab\t, "quote", \\ and \n' },
    ],
  ])('%s', async (_, column, given, read = given) => {
    await add({ id: 1, [column]: given })
    expect((await parcels())[0]).toMatchObject({ id: 1, [column]: read, state: 'NEW' })
  })
})

it('adds as many rows as there are, in one statement', async () => {
  await add(...Array.from({ length: 2_500 }, (_, id) => ({ id, label: `parcel ${id}` })))
  const rows = await parcels()
  expect(rows).toHaveLength(2_500)
  expect(rows.every(({ id, label }) => label === `parcel ${String(id)}`)).toBe(true)
})

it('adds nothing where there is nothing', async () => {
  await add()
  expect(await parcels()).toEqual([])
})

describe('what is refused leaves nothing behind, and the connection is as good as new', () => {
  it.each<[string, readonly Parcel[], object]>([
    [
      'a row that is there already',
      [{ id: 1 }, { id: 2 }, { id: 1 }],
      { code: '23505', constraint: 'parcel_pkey' },
    ],
    ['a column that is not there', [{ id: 1, colour: 'red' }], { code: '42703' }],
    ['a value of another type', [{ id: 1, due: 'someday' }], { code: '22007' }],
    [
      'a character that no text can have',
      [{ id: 1, label: 'a\u0000b' }],
      { extensions: { code: 'BAD_USER_INPUT' } },
    ],
    // More than fits a socket's buffers: the refusal comes while rows are still on their way.
    [
      'the first of very many rows',
      Array.from({ length: 50_000 }, (_, id) => ({ id: id === 0 ? 'none' : id, label: 'x'.repeat(200) })),
      { code: '22P02' },
    ],
  ])('%s', async (_, refused, error) => {
    await expect(add(...refused)).rejects.toMatchObject(error)
    expect(await parcels()).toEqual([])
    await add({ id: 3 })
    expect(await parcels()).toHaveLength(1)
  })

  it('a value that cannot be written', async () => {
    const unwritable = {
      toString: () => {
        throw new Error('no text')
      },
    } as unknown as Temporal.Instant
    await expect(add({ id: 1, sent: unwritable })).rejects.toThrow('no text')
    await add({ id: 3 })
    expect(await parcels()).toHaveLength(1)
  })
})
