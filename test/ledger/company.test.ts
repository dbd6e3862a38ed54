/** The invented company's journal as others read it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { manualClock } from '#platform/clock.ts'
import { createRecordFacts } from '#product.ts'
import { recognizeRevenue } from '#subgraphs/erp/recognize.ts'
import { generateCompany } from '#subgraphs/operations/seed/generate.ts'
import { FIRST_START, options } from '#test/seed/company.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { assertionsIn, expectLedgersToAgree, exported } from './tools.ts'

/** Three programs read two years of entries; on a machine with other work they take their time. */
const TIMEOUT_MS = 240_000

describe('the company that the first start invents', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
    const clock = manualClock(`${FIRST_START.today}T12:00:00Z`)
    const record = createRecordFacts(database.of, clock, 'seed')
    for (const facts of generateCompany(options(FIRST_START))) await record(facts)
    const through = Temporal.PlainDate.from(FIRST_START.today).with({ day: 1 }).subtract({ days: 1 })
    await recognizeRevenue(database.of('erp'), { subgraph: 'erp', clock, correlationId: 'seed' }, { through })
  })
  afterAll(() => database.close())

  it(
    'is accepted with every assertion, and every balance is that of the graph',
    { timeout: TIMEOUT_MS },
    async () => {
      await expectLedgersToAgree(database.of('erp'))
    },
  )

  it('asserts every account at the end of every month', { timeout: TIMEOUT_MS }, async () => {
    const [row] = await database.owner.rows<{ count: number }>({
      text: `SELECT sum(accounts)::int AS count FROM (
          SELECT (SELECT count(DISTINCT (account_id, currency)) FROM erp.journal_line
            WHERE date < month + interval '1 month') AS accounts
          FROM (SELECT DISTINCT date_trunc('month', date)::date AS month FROM erp.journal_line) AS months
        ) AS asserted`,
      values: [],
    })
    expect(assertionsIn(await exported(database.of('erp'), 'hledger'))).toBe(row?.count)
  })
})
