// Statements outside transactions: those of one turn share a connection and a write, and no slow one holds up others.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Database, openDatabase } from '#platform/database.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { silentLog } from '#test/support/log.ts'

let test: TestDatabase
let database: Database

beforeAll(async () => {
  test = await openTestDatabase()
})
beforeEach(() => {
  database = openDatabase({ url: test.url, maxConnections: 3, log: silentLog })
})
afterEach(() => database.close())
afterAll(() => test.close())

const backend = async (): Promise<number> => {
  const [row] = await database.rows<{ pid: number }>({ text: 'SELECT pg_backend_pid() AS pid', values: [] })
  return row?.pid ?? 0
}
const sleepMs = (ms: number): Promise<unknown> =>
  database.rows({ text: 'SELECT pg_sleep($1)', values: [ms / 1000] })
const run = (text: string): Promise<unknown[]> => database.rows({ text, values: [] })
const divide = (by: number): Promise<unknown[]> =>
  database.rows({ name: 'divide', text: 'SELECT 6 / $1::int AS x', values: [by] })
/** Those of clients: the server's own, such as autovacuum, come and go. */
const backends = async (): Promise<number> => {
  const [row] = await test.owner.rows<{ count: number }>({
    text: `SELECT count(*)::int AS count FROM pg_stat_activity
      WHERE datname = current_database() AND backend_type = 'client backend'`,
    values: [],
  })
  return row?.count ?? 0
}
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

it('sends what one turn asks for to one connection', async () => {
  const pids = await Promise.all([backend(), backend(), backend()])
  expect(new Set(pids).size).toBe(1)
})

it('leaves a busy connection alone in the next turn', async () => {
  const busy = backend()
  const slow = sleepMs(300)
  await nextTurn()
  expect(await Promise.race([backend(), slow])).not.toBe(await busy)
  await slow
})

it('opens no more connections than it may, and answers all the same', async () => {
  const pids: Promise<number>[] = []
  for (let turn = 0; turn < 8; turn += 1) {
    pids.push(sleepMs(20).then(backend))
    await nextTurn()
  }
  expect(new Set(await Promise.all(pids)).size).toBeLessThanOrEqual(3)
})

it('keeps answers apart, whatever fails between them', async () => {
  const answers = await Promise.allSettled(
    Array.from({ length: 30 }, (_, n) =>
      database.rows({ text: `SELECT 10 / ($1::int % 3) AS x, $1::int AS n`, values: [n] }),
    ),
  )
  for (const [n, answer] of answers.entries()) {
    if (n % 3 === 0) expect(answer).toMatchObject({ status: 'rejected', reason: { code: '22012' } })
    else expect(answer).toMatchObject({ status: 'fulfilled', value: [{ n }] })
  }
})

it('loses no write that stood beside a failed statement, and makes none twice', async () => {
  await run('CREATE TABLE public.mark (n int)')
  const outcomes = await Promise.allSettled([
    run('INSERT INTO public.mark VALUES (1)'),
    run('SELECT 1 / 0'),
    run('INSERT INTO public.mark VALUES (2)'),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(await run('SELECT n FROM public.mark ORDER BY n')).toEqual([{ n: 1 }, { n: 2 }])
})

it('knows a prepared statement again, also after it failed and beside others', async () => {
  const failing = Promise.allSettled([divide(0), divide(2)])
  expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
  expect(await Promise.all([divide(1), divide(3)])).toEqual([[{ x: 6 }], [{ x: 2 }]])
})

it('fails what a lost connection had under way, and nothing after it', async () => {
  const pid = await backend()
  const lost = Promise.allSettled([sleepMs(5_000), backend()])
  await nextTurn()
  await test.owner.rows({ text: 'SELECT pg_terminate_backend($1)', values: [pid] })
  expect((await lost).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await backend()).not.toBe(pid)
})

it('asks again for what stood beside failed statements together, not one by one', async () => {
  await backend()
  const before = await backends()
  const outcomes = await Promise.allSettled(
    Array.from({ length: 60 }, (_, n) =>
      database.rows<{ transaction: string }>({
        text: `SELECT 10 / ($1::int - 30) AS x, now()::text AS transaction`,
        values: [n],
      }),
    ),
  )
  const fulfilled = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []))
  expect(fulfilled).toHaveLength(59)
  // One transaction has one time.
  expect(new Set(fulfilled.map(({ transaction }) => transaction)).size).toBe(1)
  expect(await backends(), 'and opens no connection for it').toBe(before)
})

it('takes nothing after it was closed, and leaves no connection behind', async () => {
  const other = openDatabase({ url: test.url, maxConnections: 1, log: silentLog })
  const slow = Promise.allSettled([other.rows({ text: 'SELECT pg_sleep(5)', values: [] })])
  await nextTurn()
  const waiting = Promise.allSettled([other.rows({ text: 'SELECT 1', values: [] })])
  await other.close()
  expect([...(await slow), ...(await waiting)].map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await expect(other.rows({ text: 'SELECT 1', values: [] })).rejects.toThrow('closed')
})
