import { hash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database, Queryable } from './database.ts'
import { currentMonth, prepareMonths } from './log/months.ts'
import { publishViews, withdrawViews } from './published-views.ts'

interface Migration {
  readonly name: string
  readonly sql: string
}

/** A migration that was applied was edited afterwards, or the database knows one that the code does not. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

const COMMON_MIGRATIONS = join(import.meta.dirname, 'migrations')
/** Any number that nothing else locks: two processes that start at once migrate one after the other. */
const MIGRATION_LOCK = 7_384_001

/** The database role under which a subgraph works. */
export const roleOf = (subgraph: string): string => `revgraph_${subgraph}`

/**
 * Brings the schemas of the named subgraphs up to date: the common tables, then each subgraph's own migrations in
 * the order of their numbers, and the published views, all in one transaction. Returns the names of those applied now.
 */
export async function migrate(
  db: Database,
  subgraphs: readonly string[],
  subgraphsFolder: string,
): Promise<string[]> {
  const applied: string[] = []
  await db.transaction(async (lockHolder) => {
    await lockHolder.rows({ text: 'SELECT pg_advisory_xact_lock($1)', values: [MIGRATION_LOCK] })
    await prepare(lockHolder)
    const month = await currentMonth(lockHolder)
    for (const subgraph of subgraphs) {
      await prepareSubgraph(lockHolder, subgraph)
      const migrations = [
        ...(await readMigrations(COMMON_MIGRATIONS, 'common')),
        ...(await readMigrations(join(subgraphsFolder, subgraph, 'migrations'), subgraph)),
      ]
      const known = await readApplied(lockHolder, subgraph)
      refuseUnknown(known, migrations)
      for (const migration of migrations) {
        if (await apply(lockHolder, subgraph, migration, known))
          applied.push(`${subgraph}: ${migration.name}`)
      }
      await prepareMonths(lockHolder, subgraph, month)
      await grant(lockHolder, subgraph)
    }
    await grantLogs(lockHolder, subgraphs)
    await publishViews(lockHolder, subgraphsFolder)
  })
  return applied
}

/** The name of a store, which tells it from others in what they share, such as a Redis. */
export async function readStoreId(owner: Queryable): Promise<string> {
  const [store] = await owner.rows<{ id: string }>({ text: 'SELECT id FROM revgraph.store', values: [] })
  if (store === undefined) throw new MigrationError('The store has no name: it was not migrated')
  return store.id
}

async function prepare(db: Queryable): Promise<void> {
  await db.rows({ text: 'CREATE SCHEMA IF NOT EXISTS revgraph', values: [] })
  await db.rows({
    text: `CREATE TABLE IF NOT EXISTS revgraph.migration (
      subgraph text, name text, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (subgraph, name))`,
    values: [],
  })
  await db.rows({
    text: `CREATE TABLE IF NOT EXISTS revgraph.store (
      only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), id uuid NOT NULL DEFAULT gen_random_uuid())`,
    values: [],
  })
  await db.rows({ text: 'INSERT INTO revgraph.store DEFAULT VALUES ON CONFLICT DO NOTHING', values: [] })
}

/** Roles belong to the whole server, which may hold several of our databases: another may have made this one. */
async function prepareSubgraph(db: Queryable, subgraph: string): Promise<void> {
  const role = roleOf(subgraph)
  await db.rows({
    text: `DO $$ BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN CREATE ROLE ${role} NOLOGIN; END IF;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`,
    values: [],
  })
  // From PostgreSQL 16 on, who makes a role is a member of it that may not yet work under it.
  const [membership] = await db.rows<{ suffices: boolean }>({
    text: `SELECT pg_has_role(current_user, $1,
      CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) AS suffices`,
    values: [role],
  })
  if (membership?.suffices !== true) await db.rows({ text: `GRANT ${role} TO current_user`, values: [] })
  await db.rows({ text: `CREATE SCHEMA IF NOT EXISTS ${subgraph}`, values: [] })
}

async function readMigrations(folder: string, owner: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).toSorted()
  return Promise.all(
    names.map(async (name) => ({
      name: `${owner}/${name}`,
      sql: await readFile(join(folder, name), 'utf8'),
    })),
  )
}

/** Checksums of the migrations that were applied, by name. */
async function readApplied(db: Queryable, subgraph: string): Promise<ReadonlyMap<string, string>> {
  const rows = await db.rows<{ name: string; checksum: string }>({
    text: 'SELECT name, checksum FROM revgraph.migration WHERE subgraph = $1 ORDER BY name',
    values: [subgraph],
  })
  return new Map(rows.map(({ name, checksum }) => [name, checksum]))
}

/** Older code would misread what a newer one stored. */
function refuseUnknown(applied: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  const names = new Set(migrations.map(({ name }) => name))
  const unknown = applied.keys().find((name) => !names.has(name))
  if (unknown !== undefined) {
    throw new MigrationError(
      `The database has ${unknown}, which this code does not: it belongs to a newer version`,
    )
  }
}

async function apply(
  db: Queryable,
  subgraph: string,
  migration: Migration,
  applied: ReadonlyMap<string, string>,
): Promise<boolean> {
  const checksum = hash('sha256', migration.sql)
  const known = applied.get(migration.name)
  if (known === checksum) return false
  if (known !== undefined) {
    throw new MigrationError(
      `${migration.name} was changed after it was applied; write a new migration instead`,
    )
  }
  await withdrawViews(db)
  await db.rows({ text: migration.sql.replaceAll('%schema%', subgraph), values: [] })
  await db.rows({
    text: 'INSERT INTO revgraph.migration (subgraph, name, checksum) VALUES ($1, $2, $3)',
    values: [subgraph, migration.name, checksum],
  })
  return true
}

/**
 * A subgraph reads and writes its own schema. What happened stays as it was told, and nothing is deleted but what is no
 * record: notes of what is not published yet, and what follows from events and can be had from them again.
 */
async function grant(db: Queryable, subgraph: string): Promise<void> {
  const role = roleOf(subgraph)
  for (const text of [
    `GRANT USAGE ON SCHEMA ${subgraph} TO ${role}`,
    `GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA ${subgraph} TO ${role}`,
    `GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${subgraph} TO ${role}`,
    `REVOKE UPDATE ON ${subgraph}.event, ${subgraph}.log FROM ${role}`,
    `GRANT DELETE ON ${subgraph}.outbox, ${subgraph}.projection_state, ${subgraph}.consumer,
      ${subgraph}.dead_letter TO ${role}`,
  ]) {
    await db.rows({ text, values: [] })
  }
}

/** Events are what subgraphs tell each other: every one may read the logs of all, and nothing else of another. */
async function grantLogs(db: Queryable, subgraphs: readonly string[]): Promise<void> {
  const roles = subgraphs.map(roleOf).join(', ')
  for (const subgraph of subgraphs) {
    await db.rows({ text: `GRANT USAGE ON SCHEMA ${subgraph} TO ${roles}`, values: [] })
    await db.rows({
      text: `GRANT SELECT ON ${subgraph}.event, ${subgraph}.log, ${subgraph}.relay TO ${roles}`,
      values: [],
    })
  }
}
