// Bringing a database up to date: once, in order, all or nothing; and what a subgraph's role may not do afterwards.
import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { type Database, openDatabase } from '#platform/database.ts'
import { migrate, MigrationError, roleOf } from '#platform/migrate.ts'
import { STORED_SUBGRAPHS, SUBGRAPHS_FOLDER } from '#subgraphs/stored.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { withDatabase } from '#test/support/database-url.ts'
import { silentLog } from '#test/support/log.ts'

const { serverUrl } = inject('postgres')
const server = open(serverUrl)
const opened: Database[] = []
const databases: string[] = []
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'revgraph-migrate-'))
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()))
  for (const name of databases.splice(0)) await run(server, `DROP DATABASE ${name} WITH (FORCE)`)
  await rm(folder, { recursive: true })
})
afterAll(() => server.close())

function open(url: string, role?: string): Database {
  return openDatabase({ url, maxConnections: 2, log: silentLog, ...(role === undefined ? {} : { role }) })
}

const run = <Row>(db: Database, text: string): Promise<Row[]> => db.rows<Row>({ text, values: [] })

/** The address of a new, empty database. */
async function emptyDatabase(): Promise<string> {
  const name = `empty_${randomUUID().replaceAll('-', '')}`
  await run(server, `CREATE DATABASE ${name}`)
  databases.push(name)
  return withDatabase(serverUrl, name)
}

function connect(url: string, role?: string): Database {
  const database = open(url, role)
  opened.push(database)
  return database
}

/** Writes the migrations of a subgraph: name → statements. */
async function write(subgraph: string, migrations: Record<string, string>): Promise<void> {
  const own = join(folder, subgraph, 'migrations')
  await rm(own, { recursive: true, force: true })
  await mkdir(own, { recursive: true })
  for (const [name, sql] of Object.entries(migrations)) await writeFile(join(own, name), sql)
}

const tablesOf = async (db: Database, schema: string): Promise<string[]> => {
  const rows = await run<{ name: string }>(
    db,
    `SELECT tablename AS name FROM pg_tables
      WHERE schemaname = '${schema}' AND tablename !~ '^log_2' ORDER BY tablename`,
  )
  return rows.map(({ name }) => name)
}

/** The migrations that every subgraph has, as they are told of when they were applied. */
const commonNames = (await readdir(join(import.meta.dirname, '../../platform/migrations'))).toSorted()
const commonOf = (subgraph: string): string[] => commonNames.map((name) => `${subgraph}: common/${name}`)

const COMMON =
  'consumer dead_letter duty event fact idempotency log outbox projection projection_state relay replay'.split(
    ' ',
  )

describe('migrations', () => {
  it('of the product bring an empty database up to date, and find nothing to do again', async () => {
    const db = connect(await emptyDatabase())
    const applied = await migrate(db, STORED_SUBGRAPHS, SUBGRAPHS_FOLDER)
    const first = [...commonOf('crm'), 'crm: crm/0001_crm.sql']
    expect(applied.slice(0, first.length)).toEqual(first)
    for (const subgraph of STORED_SUBGRAPHS) {
      expect(await tablesOf(db, subgraph)).toEqual(expect.arrayContaining(COMMON))
    }
    expect(await migrate(db, STORED_SUBGRAPHS, SUBGRAPHS_FOLDER)).toEqual([])
  })

  it('are applied in the order of their numbers, and a new one alone', async () => {
    const db = connect(await emptyDatabase())
    const first = { '0001_bin.sql': 'CREATE TABLE shop.bin (id int)' }
    await write('shop', { '0002_lid.sql': 'ALTER TABLE shop.bin ADD lid text', ...first })
    expect(await migrate(db, ['shop'], folder)).toEqual([
      ...commonOf('shop'),
      'shop: shop/0001_bin.sql',
      'shop: shop/0002_lid.sql',
    ])
    await write('shop', {
      ...first,
      '0002_lid.sql': 'ALTER TABLE shop.bin ADD lid text',
      '0003_tag.sql': 'CREATE TABLE shop.tag (id int)',
    })
    expect(await migrate(db, ['shop'], folder)).toEqual(['shop: shop/0003_tag.sql'])
    expect(await tablesOf(db, 'shop')).toEqual(['bin', ...COMMON, 'tag'])
  })

  it.each<[string, Record<string, string>, RegExp]>([
    [
      'one that was applied was changed',
      { '0001_bin.sql': 'CREATE TABLE shop.bin (id bigint)', '0002_lid.sql': 'SELECT 1' },
      /0001_bin\.sql was changed after it was applied/,
    ],
    ['the database knows one that the code does not', {}, /0001_bin\.sql.*newer/],
  ])('are refused with a MigrationError when %s', async (_, now, message) => {
    const db = connect(await emptyDatabase())
    await write('shop', { '0001_bin.sql': 'CREATE TABLE shop.bin (id int)' })
    await migrate(db, ['shop'], folder)
    await write('shop', now)
    const error: unknown = await migrate(db, ['shop'], folder).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(MigrationError)
    expect((error as Error).message).toMatch(message)
  })

  it('are applied all or not at all', async () => {
    const db = connect(await emptyDatabase())
    await write('shop', {
      '0001_bin.sql': 'CREATE TABLE shop.bin (id int)',
      '0002_lid.sql': 'ALTER TABLE no',
    })
    await expect(migrate(db, ['shop'], folder)).rejects.toMatchObject({ code: '42601' })
    expect(await tablesOf(db, 'shop')).toEqual([])
  })

  it('of processes that start at once are applied once', async () => {
    const url = await emptyDatabase()
    const other = await emptyDatabase()
    const subgraph = `shop_${randomUUID().slice(0, 8)}`
    await write(subgraph, { '0001_bin.sql': `CREATE TABLE ${subgraph}.bin (id int)` })
    const starts = [url, url, url, other, other].map((each) => migrate(connect(each), [subgraph], folder))
    const applied = await Promise.all(starts)
    const all = [...commonOf(subgraph), `${subgraph}: ${subgraph}/0001_bin.sql`]
    expect(applied.slice(0, 3).flat()).toEqual(all)
    expect(applied.slice(3).flat()).toEqual(all)
  })
})

describe('the role of a subgraph', () => {
  let product: TestDatabase
  beforeAll(async () => {
    product = await openTestDatabase()
  })
  afterAll(() => product.close())

  it.each([
    'SELECT * FROM crm.customer',
    `INSERT INTO crm.fact VALUES ('a', 'b', 'c', 1)`,
    `UPDATE crm.fact SET hash = 'd'`,
    'SELECT * FROM billing.event',
    'SELECT * FROM erp.log, erp.relay',
    'DELETE FROM crm.outbox',
  ])('may: %s', async (text) => {
    await expect(run(product.of('crm'), text)).resolves.toBeDefined()
  })

  it.each([
    ["read another's schema", 'SELECT * FROM billing.invoice'],
    ["write to another's schema", 'UPDATE erp.event SET version = 1'],
    ["publish another's events", 'UPDATE erp.relay SET head = 1'],
    ['republish what was published', 'UPDATE crm.log SET position = 1'],
    ['read what the migrations keep', 'SELECT * FROM revgraph.migration'],
    ['delete', 'DELETE FROM crm.event'],
    ['rewrite what happened', `UPDATE crm.event SET data = '{}'`],
    ['truncate', 'TRUNCATE crm.customer'],
    ['drop a table', 'DROP TABLE crm.customer'],
    ['change a table', 'ALTER TABLE crm.customer ADD note text'],
    ['create a table of its own', 'CREATE TABLE crm.note (id int)'],
    ['create a table anywhere', 'CREATE TABLE public.note (id int)'],
    ['create a schema', 'CREATE SCHEMA note'],
  ])('may not %s', async (_, text) => {
    await expect(run(product.of('crm'), text)).rejects.toMatchObject({ code: '42501' })
  })
})

it('needs no superuser: an owner of the database who may make roles is enough', async () => {
  const url = new URL(await emptyDatabase())
  const owner = `owner_${randomUUID().slice(0, 8)}`
  const subgraph = `shop_${randomUUID().slice(0, 8)}`
  await run(server, `CREATE ROLE ${owner} LOGIN CREATEROLE PASSWORD 'secret'`)
  await run(server, `ALTER DATABASE ${url.pathname.slice(1)} OWNER TO ${owner}`)
  url.username = owner
  url.password = 'secret'

  await write(subgraph, { '0001_bin.sql': `CREATE TABLE ${subgraph}.bin (id int)` })
  await migrate(connect(url.href), [subgraph], folder)
  expect(await migrate(connect(url.href), [subgraph], folder)).toEqual([])
  const role = roleOf(subgraph)
  expect(await run(connect(url.href, role), 'SELECT current_user AS me')).toEqual([{ me: role }])
  expect(await run(connect(url.href, role), `SELECT * FROM ${subgraph}.bin`)).toEqual([])
})
