// Whatever is asked of the list of standings, an index gives the page: it costs the same among 200,000 customers.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Statement } from '#platform/database.ts'
import { listStandings } from '#subgraphs/insight/standing-list.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'

const CUSTOMERS = 200_000

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
  await database.owner.rows({
    text: `INSERT INTO insight.customer_standing
      SELECT 'cus_' || md5(n::text), (ARRAY['USD', 'EUR', 'JPY'])[1 + n % 3], true,
        (ARRAY['GOOD', 'WATCH', 'AT_RISK', 'HOLD'])[1 + rank], rank, n * 7 % 100003, n * 13 % 50021 * (rank / 2),
        n * 11 % 70001, date '2026-01-01' + n % 700, '2026-06-15'
      FROM (SELECT n, CASE WHEN n % 50 = 0 THEN 3 WHEN n % 10 = 1 THEN 2 WHEN n % 5 = 2 THEN 1 ELSE 0 END AS rank
        FROM generate_series(1, ${CUSTOMERS}) AS n) AS customer`,
    values: [],
  })
  await database.owner.rows({ text: 'ANALYZE insight.customer_standing', values: [] })
}, 120_000)
afterAll(() => database.close())

/** The plan of a statement as PostgreSQL makes it for any values. */
async function planOf({ text, values }: Statement): Promise<string> {
  const rows = await database.owner.transaction((transaction) =>
    transaction.rows<{ 'QUERY PLAN': string }>({ text: `EXPLAIN (ANALYZE) ${text}`, values }),
  )
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

const USD = { currency: 'USD' }
it.each([
  ['the worst first', {}],
  ['who renews first', { orderBy: { field: 'RENEWAL_DATE', direction: 'ASC' } }],
  ['who owes most', { filter: USD, orderBy: { field: 'OVERDUE', direction: 'DESC' } }],
  ['who brings most', { filter: USD, orderBy: { field: 'ANNUAL_RECURRING_REVENUE', direction: 'DESC' } }],
  [
    'who brings most of those on hold',
    {
      filter: { ...USD, level: { in: ['HOLD'] } },
      orderBy: { field: 'ANNUAL_RECURRING_REVENUE', direction: 'DESC' },
    },
  ],
  [
    'who renews first of those at risk',
    { filter: { level: { in: ['AT_RISK'] } }, orderBy: { field: 'RENEWAL_DATE', direction: 'ASC' } },
  ],
  ['who owes a sum, worst first', { filter: { ...USD, overdue: { gte: '300.00' } } }],
] as const)('%s comes in the order of an index', async (_, args) => {
  database.statements.length = 0
  const { nodes } = await listStandings(database.of('insight'), { first: 50, ...args })
  expect(nodes).toHaveLength(50)
  const [statement] = database.statements
  const plan = await planOf(statement as Statement)
  expect(plan).toMatch(/Index/)
  expect(plan).not.toMatch(/\bSort\b|Seq Scan/)
})
