import type { Database, Queryable } from '#platform/database.ts'

/** Months of the log that are made ahead of the current one. */
const MONTHS_AHEAD = 2

/** The table of a month: `billing.log_2026_11`. */
const tableOf = (subgraph: string, month: Temporal.PlainYearMonth): string =>
  `${subgraph}.log_${month.toString().replace('-', '_')}`

/** Midnight in UTC at which a month begins. */
const beginOf = (month: Temporal.PlainYearMonth): string =>
  `'${month.toPlainDate({ day: 1 }).toString()}T00:00:00Z'`

/** The current month by PostgreSQL's clock, which also says when an event was published. */
export async function currentMonth(db: Queryable): Promise<Temporal.PlainYearMonth> {
  const [row] = await db.rows<{ now: Temporal.Instant }>({ text: 'SELECT now()', values: [] })
  if (row === undefined) throw new Error('PostgreSQL does not tell the time')
  return row.now.toZonedDateTimeISO('UTC').toPlainDate().toPlainYearMonth()
}

/** Makes the parts of a subgraph's log for this month and the next ones, as the owner of the schema. */
export async function prepareMonths(
  db: Queryable,
  subgraph: string,
  current: Temporal.PlainYearMonth,
): Promise<void> {
  for (let ahead = 0; ahead <= MONTHS_AHEAD; ahead += 1)
    await prepareMonth(db, subgraph, current.add({ months: ahead }))
}

/** A table that is made first and attached then leaves readers and the relay undisturbed. */
async function prepareMonth(db: Queryable, subgraph: string, month: Temporal.PlainYearMonth): Promise<void> {
  const table = tableOf(subgraph, month)
  const [found] = await db.rows<{ exists: boolean }>({
    text: 'SELECT to_regclass($1) IS NOT NULL AS exists',
    values: [table],
  })
  if (found?.exists === true) return
  await db.rows({
    text: `CREATE TABLE ${table} (LIKE ${subgraph}.log INCLUDING ALL, PRIMARY KEY (position))`,
    values: [],
  })
  await db.rows({
    text: `ALTER TABLE ${subgraph}.log ATTACH PARTITION ${table}
      FOR VALUES FROM (${beginOf(month)}) TO (${beginOf(month.add({ months: 1 }))})`,
    values: [],
  })
}

/** Any number that nothing else locks: one node at a time makes and drops months. */
const MONTHS_LOCK = 7_384_002
/** Dropping needs the log for a moment; where somebody reads it for longer, the next time will do. */
const LOCK_TIMEOUT_MS = 2_000

/**
 * Makes the months that come, and drops those more than `retentionMonths` before the current one (0 keeps all),
 * as the owner of the schemas. A month stays while a consumer has not passed it, or holds an event of it. The events
 * themselves are kept: they are the subgraph's history.
 */
export async function keepMonths(
  owner: Database,
  subgraphs: readonly string[],
  retentionMonths: number,
): Promise<string[]> {
  const dropped: string[] = []
  await owner.transaction(async (transaction) => {
    await transaction.rows({ text: 'SELECT pg_advisory_xact_lock($1)', values: [MONTHS_LOCK] })
    await transaction.rows({ text: `SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`, values: [] })
    const current = await currentMonth(transaction)
    for (const subgraph of subgraphs) {
      await prepareMonths(transaction, subgraph, current)
      if (retentionMonths > 0)
        dropped.push(
          ...(await dropMonths(
            transaction,
            subgraph,
            subgraphs,
            current.subtract({ months: retentionMonths }),
          )),
        )
    }
  })
  return dropped
}

async function dropMonths(
  db: Queryable,
  subgraph: string,
  consumers: readonly string[],
  firstKept: Temporal.PlainYearMonth,
): Promise<string[]> {
  const needed = await readNeeded(db, subgraph, consumers)
  const dropped: string[] = []
  for (const table of await readTables(db, subgraph)) {
    if (table >= tableOf(subgraph, firstKept)) break
    const [month] = await db.rows<{ last: bigint | null }>({
      text: `SELECT max(position) AS last FROM ${table}`,
      values: [],
    })
    if (needed !== null && (month?.last ?? 0n) >= needed) break
    await db.rows({ text: `DROP TABLE ${table}`, values: [] })
    dropped.push(table)
  }
  return dropped
}

/** The parts of a log, from the oldest to the latest. */
async function readTables(db: Queryable, subgraph: string): Promise<string[]> {
  const rows = await db.rows<{ name: string }>({
    text: `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = $1::regclass ORDER BY 1`,
    values: [`${subgraph}.log`],
  })
  return rows.map(({ name }) => name)
}

/** The first position that some consumer of any subgraph needs; null where there is none. */
async function readNeeded(
  db: Queryable,
  source: string,
  subgraphs: readonly string[],
): Promise<bigint | null> {
  const needs = subgraphs.map(
    (subgraph) => `SELECT position + 1 AS position FROM ${subgraph}.consumer WHERE source = $1
      UNION ALL SELECT position FROM ${subgraph}.dead_letter WHERE source = $1 AND status IN ('FAILED', 'WAITING')`,
  )
  const [first] = await db.rows<{ needed: bigint | null }>({
    text: `SELECT min(position) AS needed FROM (${needs.join(' UNION ALL ')}) AS needs`,
    values: [source],
  })
  return first?.needed ?? null
}
