import { systemClock } from '#platform/clock.ts'
import { createLocalBus } from '#platform/log/bus.ts'
import type { Stores } from '#platform/stores.ts'
import { insight } from '#subgraphs/insight/subgraph.ts'
import { ask, inTurns, told } from './timing.ts'

const CUSTOMERS = 200_000

/** What apps ask of the list: arguments of `customerStandings`. */
const LISTS: Readonly<Record<string, string>> = {
  'the worst first': '',
  'at risk, by renewal':
    'filter: { level: { in: [AT_RISK] } }, orderBy: { field: RENEWAL_DATE, direction: ASC }',
  'who owes most in USD': 'filter: { currency: "USD" }, orderBy: { field: OVERDUE, direction: DESC }',
  'on hold in USD, by ARR':
    'filter: { currency: "USD", level: { in: [HOLD] } }, orderBy: { field: ANNUAL_RECURRING_REVENUE, direction: DESC }',
  'overdue by 300 USD, worst first': 'filter: { currency: "USD", overdue: { gte: "300.00" } }',
}

const askedFor = (args: string): string => `{ customerStandings(first: 50 ${args}) {
  nodes { customer { id } level currency receivables { amount } overdue { amount } annualRecurringRevenue { amount }
    renewalDate } pageInfo { hasNextPage endCursor } } }`

/** Pages of the list of all customers by how they stand, filtered and sorted. */
export async function measureStandingList({ owner, of }: Stores): Promise<void> {
  await owner.rows({
    text: `INSERT INTO insight.customer_standing
      SELECT 'cus_' || md5(n::text), (ARRAY['USD', 'EUR', 'JPY'])[1 + n % 3], true,
        (ARRAY['GOOD', 'WATCH', 'AT_RISK', 'HOLD'])[1 + rank], rank, n * 7 % 100003, n * 13 % 50021 * (rank / 2),
        n * 11 % 70001, date '2026-01-01' + n % 700, '2026-06-15'
      FROM (SELECT n, CASE WHEN n % 50 = 0 THEN 3 WHEN n % 10 = 1 THEN 2 WHEN n % 5 = 2 THEN 1 ELSE 0 END AS rank
        FROM generate_series(1, ${CUSTOMERS}) AS n) AS customer`,
    values: [],
  })
  await owner.rows({ text: 'VACUUM ANALYZE insight.customer_standing', values: [] })
  const subgraph = insight(of('insight'), systemClock, createLocalBus())
  const asking = Object.entries(LISTS).map(([name, args]) => [name, () => ask(subgraph, askedFor(args))])
  const timings = await inTurns(owner, Object.fromEntries(asking) as Record<string, () => Promise<void>>)
  const lines = Object.entries(timings).map(([name, timing]) => `  ${name}: ${told(timing)}`)
  process.stdout.write(
    [`50 of ${CUSTOMERS} customers by how they stand (aim: under 20 ms):`, ...lines, ''].join('\n'),
  )
}
