// What a person can mend about the database is told in a sentence.
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { manualClock } from '#platform/clock.ts'
import { DatabaseError } from '#platform/database-error.ts'
import { openStores } from '#platform/stores.ts'
import { createRecordFacts } from '#product.ts'
import { generateCompany } from '#subgraphs/operations/seed/generate.ts'
import { STORED_SUBGRAPHS, SUBGRAPHS_FOLDER } from '#subgraphs/stored.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { silentLog } from '#test/support/log.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

/** The server of the tests with parts of its URL changed; without its `search`, the address is not that of a socket. */
function serverUrl(changes: Partial<Pick<URL, 'port' | 'password' | 'pathname' | 'search'>>): string {
  return Object.assign(new URL(inject('postgres').serverUrl), changes).href
}

test.each([
  ['where nobody listens', { port: '1', search: '' }, /127\.0\.0\.1:1\/\w+ .*ECONNREFUSED/],
  ['whose socket is not there', { port: '1' }, /ENOENT/],
  ['with a wrong password', { password: 'wrong' }, /password authentication failed/],
  ['without such a database', { pathname: '/nowhere' }, /database "nowhere" does not exist/],
])('a server %s', async (_, changes, reason) => {
  const databaseUrl = serverUrl(changes)
  const opened = openStores({
    home: resolve('nowhere'),
    databaseUrl,
    maxConnections: 1,
    subgraphs: STORED_SUBGRAPHS,
    migrationsFolder: SUBGRAPHS_FOLDER,
    log: silentLog,
  })
  const failure = await opened.catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(DatabaseError)
  expect(String(failure)).toMatch(/\(DATABASE_URL\) cannot be used/)
  expect(String(failure)).toMatch(reason)
  expect(String(failure)).not.toContain(new URL(databaseUrl).password)
})

test('a business key that another object has is refused at once, and named', async () => {
  const today = Temporal.PlainDate.from('2026-07-15')
  const record = createRecordFacts(database.of, manualClock('2026-07-15T12:00:00Z'), 'test')
  for (const facts of generateCompany({ customers: 0, seed: 7, today })) await record(facts)
  const [other = {}] = generateCompany({ customers: 0, seed: 8, today })
  database.statements.length = 0
  const failure = await record(other).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(DatabaseError)
  expect(String(failure)).toMatch(/Another erp\.legal_entity is there already: Key \(code\)=\(\w+\)/)
  expect(database.statements.filter(({ text }) => text === 'COPY erp.legal_entity')).toHaveLength(1)
})
