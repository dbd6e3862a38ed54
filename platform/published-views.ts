import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { currenciesByExponent } from '#domain/currencies.ts'
import type { Queryable } from './database.ts'

/** The role that may read the published views and nothing else. Logins of analysts are made members of it. */
const ANALYST_ROLE = 'revgraph_bi'

/** The role of the subgraph that makes files of the views. */
const EXPORTING_ROLE = 'revgraph_operations'

const FILE = 'bi.sql'

/** The views as they are to be, with what they rest on; undefined where a folder publishes none. */
async function readViews(folder: string): Promise<string | undefined> {
  try {
    return `${AMOUNT}\n${await readFile(join(folder, FILE), 'utf8')}`
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

const exponents = Object.entries(currenciesByExponent)
  .map(([exponent, codes]) => `WHEN code IN ('${codes.split(/\s+/).join("','")}') THEN ${exponent}`)
  .join('\n')

/** Minor units as an exact amount of major units, with all decimals of the currency. */
const AMOUNT = `CREATE FUNCTION bi.amount(minor_units bigint, code text) RETURNS numeric IMMUTABLE PARALLEL SAFE
  LANGUAGE sql AS $$
  SELECT round(minor_units / 10::numeric ^ e.exponent, e.exponent)
    FROM (SELECT CASE ${exponents} ELSE 2 END) AS e(exponent)
$$;`

/** Takes the views away, so that no change of a table fails for them. They hold nothing of their own. */
export async function withdrawViews(db: Queryable): Promise<void> {
  await db.rows({ text: 'DROP SCHEMA IF EXISTS bi CASCADE', values: [] })
}

/** Publishes the views of a folder, where they are not there as they are to be. */
export async function publishViews(db: Queryable, folder: string): Promise<void> {
  const views = await readViews(folder)
  if (views === undefined) return
  const comment = `Published views of Revgraph, ${hash('sha1', views)}`
  const [current] = await db.rows<{ comment: string | null }>({
    text: `SELECT obj_description(oid, 'pg_namespace') AS comment FROM pg_namespace WHERE nspname = 'bi'`,
    values: [],
  })
  if (current?.comment !== comment) await makeViews(db, views, comment)
  await admitExports(db)
}

/** Operations makes files of the views for clients. */
async function admitExports(db: Queryable): Promise<void> {
  await db.rows({
    text: `DO $$ BEGIN
      IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${EXPORTING_ROLE}')
        AND NOT pg_has_role('${EXPORTING_ROLE}', '${ANALYST_ROLE}', 'MEMBER') THEN
        GRANT ${ANALYST_ROLE} TO ${EXPORTING_ROLE};
      END IF; END $$`,
    values: [],
  })
}

async function makeViews(db: Queryable, views: string, comment: string): Promise<void> {
  await withdrawViews(db)
  for (const text of [
    'CREATE SCHEMA bi',
    `COMMENT ON SCHEMA bi IS '${comment}'`,
    views,
    `DO $$ BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${ANALYST_ROLE}') THEN
        CREATE ROLE ${ANALYST_ROLE} NOLOGIN;
      END IF;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`,
    `GRANT USAGE ON SCHEMA bi TO ${ANALYST_ROLE}`,
    `GRANT SELECT ON ALL TABLES IN SCHEMA bi TO ${ANALYST_ROLE}`,
  ])
    await db.rows({ text, values: [] })
}

/** A column of a published view; an amount is a number in major units. */
export interface PublishedColumn {
  readonly name: string
  readonly type: 'text' | 'date' | 'numeric' | 'boolean' | 'bigint'
}

/** Columns of a published view in their order; none where there is no such view. */
export function readPublishedColumns(db: Queryable, view: string): Promise<PublishedColumn[]> {
  return db.rows<PublishedColumn>({
    text: `SELECT attname AS name, format_type(atttypid, NULL) AS type
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'bi' AND c.relname = $1 AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    values: [view],
  })
}

/** The published views, by name, with what each of them has. */
export function readPublishedViews(db: Queryable): Promise<{ name: string; description: string | null }[]> {
  return db.rows({
    text: `SELECT relname AS name, obj_description(c.oid, 'pg_class') AS description
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'bi' AND relkind = 'v'
      ORDER BY relname`,
    values: [],
  })
}

/** A row as texts, as PostgreSQL writes them. */
export type PublishedRow = Readonly<Record<string, string | null>>

const ROWS_PER_FETCH = 5_000

/** Has all that a transaction reads be of one moment; before it reads anything. */
export async function readAtOneMoment(transaction: Queryable): Promise<void> {
  await transaction.rows({
    text: 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY',
    values: [],
  })
}

/** How many rows a view has. `view` must be the name of one. */
export async function countPublishedRows(transaction: Queryable, view: string): Promise<bigint> {
  const [row] = await transaction.rows<{ count: bigint }>({
    text: `SELECT count(*) AS count FROM bi."${view}"`,
    values: [],
  })
  return row?.count ?? 0n
}

/** All rows of a view, a bounded batch at a time. `view` must be the name of one. */
export async function* readPublishedRows(
  transaction: Queryable,
  view: string,
  columns: readonly PublishedColumn[],
): AsyncGenerator<PublishedRow[]> {
  const list = columns.map(({ name }) => `"${name}"::text AS "${name}"`).join(', ')
  await transaction.rows({
    text: `DECLARE published NO SCROLL CURSOR FOR SELECT ${list} FROM bi."${view}"`,
    values: [],
  })
  const fetch = { text: `FETCH ${ROWS_PER_FETCH} FROM published`, values: [] }
  // Ends: the cursor moves on with every batch, and gives an empty one after the last.
  for (;;) {
    const rows = await transaction.rows<PublishedRow>(fetch)
    if (rows.length === 0) break
    yield rows
  }
  await transaction.rows({ text: 'CLOSE published', values: [] })
}
