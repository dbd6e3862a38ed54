// What belongs together is found by an index, before the planner knows anything of the table and whatever it holds.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Statement } from '#platform/database.ts'
import { readGroups } from '#subgraphs/insight/movements-store.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'

const INVOICES = 20_000

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
  await database.owner.rows({
    text: `INSERT INTO insight.projection_state
      SELECT 'metrics-receivables', 1, 'inv_' || n, jsonb_build_object('groups', ARRAY['inv_' || n])
      FROM generate_series(1, ${INVOICES}) AS n
      UNION ALL SELECT 'metrics-receivables', 1, 'pay_1', '{"groups": ["inv_7", "inv_8"]}'
      UNION ALL SELECT 'metrics-receivables', 2, 'pay_2', '{"groups": ["inv_7", "inv_9"]}'
      UNION ALL SELECT 'of-others', 1, 'oth_1', '{"groups": ["inv_8"]}'`,
    values: [],
  })
})
afterAll(() => database.close())

it('finds all states of groups, those of several groups as well, and no others', async () => {
  const groups = await readGroups(database.of('insight'), 'metrics-receivables', ['inv_7', 'inv_8', 'inv_0'])
  const keys = [...groups].map(([group, states]) => [group, [...states.keys()].toSorted()])
  expect(Object.fromEntries(keys)).toEqual({
    inv_7: ['inv_7', 'pay_1'],
    inv_8: ['inv_8', 'pay_1'],
    inv_0: [],
  })
})

it('looks at no states but those', async () => {
  database.statements.length = 0
  await readGroups(database.of('insight'), 'metrics-receivables', ['inv_7', 'inv_8'])
  const [{ text, values } = {} as Statement] = database.statements
  const plan = await database.owner.transaction(async (transaction) => {
    await transaction.rows({ text: `SET LOCAL plan_cache_mode = force_generic_plan`, values: [] })
    await transaction.rows({ text: `PREPARE groups (text, text[]) AS ${text}`, values: [] })
    const [projection, groups] = values as [string, string[]]
    const execute = `EXPLAIN (ANALYZE) EXECUTE groups ('${projection}', '{${groups.join()}}')`
    return transaction.rows<{ 'QUERY PLAN': string }>({ text: execute, values: [] })
  })
  const lines = plan.map((row) => row['QUERY PLAN']).join('\n')
  expect(lines).toMatch(/projection_state_by_group/)
  expect(lines).not.toMatch(/projection_state_pkey|Seq Scan on projection_state/)
})
