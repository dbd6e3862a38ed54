// The pool: exact values out of it, transactions that are all or nothing, and lost connections that break nobody else.
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, isPassing, openDatabase, type Queryable, tookTooLong } from '#platform/database.ts'
import { createWake } from '#platform/log/wake.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'

let test: TestDatabase
let database: Database
const logged: { level: number; msg: string }[] = []

beforeAll(async () => {
  test = await openTestDatabase()
})
beforeEach(async () => {
  const log = pino({ level: 'debug' }, { write: (line) => logged.push(JSON.parse(line) as never) })
  logged.length = 0
  // One connection: whoever keeps it or breaks it is noticed by the next.
  database = openDatabase({ url: test.url, maxConnections: 1, log })
  await run(database, 'CREATE TABLE IF NOT EXISTS public.note (id int PRIMARY KEY)')
  await run(database, 'TRUNCATE public.note')
})
afterEach(() => database.close())
afterAll(() => test.close())

const run = <Row>(db: Queryable, text: string, ...values: unknown[]): Promise<Row[]> =>
  db.rows<Row>({ text, values })

const notes = async (): Promise<number[]> =>
  (await run<{ id: number }>(test.owner, 'SELECT id FROM public.note ORDER BY id')).map(({ id }) => id)

describe('a value', () => {
  it.each<[string, string, unknown]>([
    ['bigint', `'9223372036854775807'::bigint`, 9_223_372_036_854_775_807n],
    ['count', 'count(*)', 1n],
    ['integer', '7::int', 7],
    ['numeric, as text', '0.10::numeric', '0.10'],
    ['date', `'2028-02-29'::date`, Temporal.PlainDate.from('2028-02-29')],
    [
      'instant, to the microsecond',
      `'2026-06-15 14:00:00.123456+02'::timestamptz`,
      Temporal.Instant.from('2026-06-15T12:00:00.123456Z'),
    ],
    ['JSON', `'{"a": [1, null]}'::jsonb`, { a: [1, null] }],
    ['nothing', 'NULL::bigint', null],
  ])('comes out exactly: %s', async (_, expression, value) => {
    expect(await run(database, `SELECT ${expression} AS value`)).toEqual([{ value }])
  })

  it('goes in as it is', async () => {
    const values = ['12345678901234567890', Temporal.PlainDate.from('2028-02-29'), ['a', `'b'`]]
    expect(
      await run(database, 'SELECT $1::numeric AS n, $2::date AS d, $3::text[] AS list', ...values),
    ).toEqual([{ n: values[0], d: values[1], list: values[2] }])
  })

  it('that no text can hold is refused with BAD_USER_INPUT: it came from a client', async () => {
    await expect(run(database, 'SELECT $1::text', 'a\u0000b')).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
    })
    expect(await run(database, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })
})

describe('a transaction', () => {
  it('is committed when its work is done, and gives what that returned', async () => {
    const result = await database.transaction(async (transaction) => {
      await run(transaction, 'INSERT INTO public.note VALUES (1), (2)')
      expect(await notes(), 'until then nobody sees it').toEqual([])
      return 'two notes'
    })
    expect([result, await notes()]).toEqual(['two notes', [1, 2]])
  })

  it.each<[string, (transaction: Queryable) => Promise<unknown>, object]>([
    [
      'its work throws',
      () => {
        throw new Error('no')
      },
      { message: 'no' },
    ],
    ['a statement fails', (transaction) => run(transaction, 'SELECT 1 / 0'), { code: '22012' }],
    [
      'a constraint is broken',
      (transaction) => run(transaction, 'INSERT INTO public.note VALUES (1)'),
      { code: '23505' },
    ],
  ])('leaves nothing behind when %s, and the connection is as good as new', async (_, fail, error) => {
    const work = database.transaction(async (transaction) => {
      await run(transaction, 'INSERT INTO public.note VALUES (1)')
      await fail(transaction)
    })
    await expect(work).rejects.toMatchObject(error)
    expect(await notes()).toEqual([])
    await database.transaction((transaction) => run(transaction, 'INSERT INTO public.note VALUES (3)'))
    expect(await notes()).toEqual([3])
  })

  it('does not claim success when a failure in it was passed over: PostgreSQL rolled it back', async () => {
    const failures: unknown[] = []
    const work = database.transaction(async (transaction) => {
      await run(transaction, 'INSERT INTO public.note VALUES (1)')
      await run(transaction, 'SELECT 1 / 0').catch((error: unknown) => failures.push(error))
    })
    await expect(work).rejects.toThrow('rolled back')
    expect(failures).toHaveLength(1)
    expect(await notes()).toEqual([])
  })
})

const backendOf = async (db: Queryable): Promise<number> => {
  const [row] = await run<{ pid: number }>(db, 'SELECT pg_backend_pid() AS pid')
  return row?.pid ?? 0
}
const kill = (pid: number): Promise<unknown> => run(test.owner, 'SELECT pg_terminate_backend($1)', pid)
const pollIntervalMs = 10

/** Waits until the pool has heard of its loss. */
async function heard(): Promise<void> {
  for (let poll = 0; poll < 500 && logged.length === 0; poll += 1) await sleep(pollIntervalMs)
  expect(logged[0]).toMatchObject({ msg: 'a PostgreSQL connection was lost' })
}

describe('who listens for commits', () => {
  it.each<[string, boolean, (db: Queryable) => Promise<unknown>]>([
    ['adds a row', true, (db) => run(db, 'INSERT INTO public.note VALUES (7)')],
    ['changes a row', true, (db) => run(db, 'UPDATE public.note SET id = 2 WHERE id = 1')],
    ['takes a row away', true, (db) => run(db, 'DELETE FROM public.note')],
    [
      'changes a row on the way to what it reads',
      true,
      (db) => run(db, 'WITH gone AS (DELETE FROM public.note RETURNING id) SELECT id FROM gone'),
    ],
    ['reads', false, (db) => run(db, 'SELECT id FROM public.note')],
    [
      'looks for work with a lock',
      false,
      (db) => run(db, 'SELECT id FROM public.note FOR UPDATE SKIP LOCKED'),
    ],
    ['finds nothing to change', false, (db) => run(db, 'UPDATE public.note SET id = 3 WHERE id = 2')],
    ['does nothing', false, () => Promise.resolve()],
  ])('of a transaction that %s, is told: %s', async (_, isTold, work) => {
    await run(database, 'INSERT INTO public.note VALUES (1)')
    let told = 0
    const forget = database.onCommit(() => (told += 1))
    await database.transaction(work)
    forget()
    await database.transaction((db) => run(db, 'INSERT INTO public.note VALUES (9)'))
    expect(told).toBe(isTold ? 1 : 0)
  })

  it.each([
    ['changes something', true, 'INSERT INTO public.note VALUES (2) RETURNING id'],
    ['changes nothing', false, 'UPDATE public.note SET id = 3 WHERE id = 9 RETURNING id'],
  ])('of a change by itself that %s, is told: %s', async (_, isTold, text) => {
    let told = 0
    const forget = database.onCommit(() => (told += 1))
    await database.change({ text, values: [] })
    forget()
    expect(told).toBe(isTold ? 1 : 0)
  })

  it('is not woken for ever by looking for work', async () => {
    const statements: string[] = []
    const watched = openDatabase({
      url: test.url,
      maxConnections: 1,
      log: pino({ level: 'silent' }),
      onStatement: ({ text }) => statements.push(text),
    })
    const stopping = new AbortController()
    const wake = createWake(stopping.signal)
    watched.onCommit(wake.ring)
    // Ends: a second look would only come of the first.
    for (let looks = 0; looks < 2; looks += 1) {
      await watched.transaction((db) => run(db, 'SELECT id FROM public.note FOR UPDATE SKIP LOCKED'))
      if (!(await wake.sleep(1))) break
    }
    await watched.close()
    expect(statements).toHaveLength(1)
  })
})

describe('a lost connection', () => {
  it('that was idle is told to the log and replaced', async () => {
    await kill(await backendOf(database))
    await heard()
    expect(await run(database, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('in a transaction, between two statements, fails that transaction and nothing else', async () => {
    const work = database.transaction(async (transaction) => {
      await run(transaction, 'INSERT INTO public.note VALUES (1)')
      await kill(await backendOf(transaction))
      await heard()
      await run(transaction, 'INSERT INTO public.note VALUES (2)')
    })
    await expect(work).rejects.toThrow()
    expect(await notes()).toEqual([])
    expect(await run(database, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('in the middle of a statement fails that statement and nothing else', async () => {
    const work = database.transaction(async (transaction) => {
      const pid = await backendOf(transaction)
      await Promise.all([run(transaction, 'SELECT pg_sleep(60)'), kill(pid)])
    })
    await expect(work).rejects.toMatchObject({ code: '57P01' })
    expect(await run(database, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })
})

/** What a statement outside a transaction fails with. */
const failureOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('passes by itself', () => {
  it('the loss of a connection outside a transaction', async () => {
    const pid = await backendOf(database)
    const failing = failureOf(run(database, 'SELECT pg_sleep(60)'))
    await nextTurn()
    await kill(pid)
    expect(isPassing(await failing)).toBe(true)
  })

  it('a server that does not answer, in and out of a transaction', async () => {
    const log = pino({ level: 'silent' })
    const nowhere = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/nothing', maxConnections: 1, log })
    expect(isPassing(await failureOf(run(nowhere, 'SELECT 1')))).toBe(true)
    expect(isPassing(await failureOf(nowhere.transaction((unit) => run(unit, 'SELECT 1'))))).toBe(true)
    await nowhere.close()
  })

  it('no statement that is wrong', async () => {
    expect(isPassing(await failureOf(run(database, 'SELECT 1 / 0')))).toBe(false)
  })
})

it('tells of a statement that took too long, whose transaction came to nothing', async () => {
  const work = database.transaction(async (unit) => {
    await run(unit, 'INSERT INTO public.note VALUES (1)')
    await run(unit, 'SET LOCAL statement_timeout = 1')
    await run(unit, 'SELECT pg_sleep(60)')
  })
  expect(tookTooLong(await failureOf(work))).toBe(true)
  expect(await notes()).toEqual([])
})

it('tells of every statement, in and out of a transaction', async () => {
  const statements: string[] = []
  const counted = openDatabase({
    url: test.url,
    maxConnections: 1,
    log: pino({ level: 'silent' }),
    onStatement: ({ text }) => statements.push(text),
  })
  await run(counted, 'SELECT 1')
  await counted.transaction((transaction) => run(transaction, 'SELECT 2'))
  await counted.close()
  expect(statements).toEqual(['SELECT 1', 'SELECT 2'])
})

it('fails with the address where no server answers', async () => {
  const nowhere = openDatabase({
    url: 'postgres://nobody@127.0.0.1:1/nothing',
    maxConnections: 1,
    log: pino({ level: 'silent' }),
  })
  await expect(run(nowhere, 'SELECT 1')).rejects.toThrow('127.0.0.1:1')
  await nowhere.close()
})
