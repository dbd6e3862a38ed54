/** The other contender: PostgreSQL itself, which takes in the very rows that a run wrote by COPY. */
import { performance } from 'node:perf_hooks'
import type { Database } from '#platform/database.ts'
import { STORED_SUBGRAPHS } from '#subgraphs/stored.ts'

/** A table, and its equal with the same columns, indexes, checks and defaults; neither has triggers or foreign keys. */
interface Pair {
  readonly name: string
  readonly equal: string
  /** Without those that PostgreSQL generates. */
  readonly columns: string
  /** The columns of the primary key. */
  readonly key: string
}

export interface Copying {
  /** What is written from here on is what the next `copy` takes. */
  readonly mark: () => Promise<void>
  /** Takes what was written since the mark out, and then, timed, into the equal tables. Milliseconds. */
  readonly copy: () => Promise<number>
  /** Rows that were copied so far, by table. */
  readonly rows: () => Promise<Record<string, number>>
}

const SCHEMA = 'copied'

/** Makes an empty equal of every table of the subgraphs. */
export async function openCopying(db: Database): Promise<Copying> {
  const pairs = await pairTables(db)
  const folder = await valueOf(db, `SELECT current_setting('data_directory')`)
  let mark = ''
  return {
    mark: async () => {
      mark = await valueOf(db, 'SELECT pg_current_xact_id()::text')
    },
    copy: async () => {
      let ms = 0
      for (const { name, equal, columns, key } of pairs) {
        const file = `${folder}/${name}.copy`
        const written = `FROM ${name} WHERE xmin::text::bigint > ${mark}`
        await run(db, `COPY (SELECT ${columns} ${written}) TO '${file}'`)
        // What was written before and changed since then counts in both turns.
        await run(db, `DELETE FROM ${equal} WHERE (${key}) IN (SELECT ${key} ${written})`)
        const start = performance.now()
        await run(db, `COPY ${equal} (${columns}) FROM '${file}'`)
        ms += performance.now() - start
      }
      return ms
    },
    rows: async () => {
      const counted: [string, number][] = []
      for (const { name, equal } of pairs)
        counted.push([name, Number(await valueOf(db, `SELECT count(*)::text FROM ${equal}`))])
      return Object.fromEntries(counted.filter(([, count]) => count > 0))
    },
  }
}

async function pairTables(db: Database): Promise<Pair[]> {
  const tables = await db.rows<{ schema: string; table: string; columns: string; key: string }>({
    text: `SELECT nspname AS schema, relname AS table,
        string_agg(quote_ident(attname), ', ' ORDER BY attnum) FILTER (WHERE attgenerated = '') AS columns,
        string_agg(quote_ident(attname), ', ' ORDER BY attnum) FILTER (WHERE attnum = ANY(conkey)) AS key
      FROM pg_namespace n JOIN pg_class c ON relnamespace = n.oid AND relkind = 'r'
      JOIN pg_attribute ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
      JOIN pg_constraint ON conrelid = c.oid AND contype = 'p'
      WHERE nspname = ANY($1) GROUP BY 1, 2 ORDER BY 1, 2`,
    values: [[...STORED_SUBGRAPHS]],
  })
  await run(db, `DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE`)
  await run(db, `CREATE SCHEMA ${SCHEMA}`)
  const pairs = tables.map(({ schema, table, columns, key }) => ({
    name: `${schema}.${table}`,
    equal: `${SCHEMA}.${schema}_${table}`,
    columns,
    key,
  }))
  for (const { name, equal } of pairs) await run(db, `CREATE TABLE ${equal} (LIKE ${name} INCLUDING ALL)`)
  return pairs
}

const run = async (db: Database, text: string): Promise<void> => {
  await db.rows({ text, values: [] })
}

async function valueOf(db: Database, text: string): Promise<string> {
  const [row] = await db.rows<Record<string, string>>({ text, values: [] })
  return Object.values(row ?? {})[0] ?? ''
}
