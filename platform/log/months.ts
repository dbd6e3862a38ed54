import type { Queryable } from '#platform/database.ts'

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
