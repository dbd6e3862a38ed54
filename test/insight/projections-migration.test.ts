// A store of the time before what standing rests on could be built anew: nothing of it is lost.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readFacts, readTimeZones } from '#subgraphs/insight/standing-store.ts'
import { openTestDatabase } from '#test/support/database.ts'

const migration = (name: string): string =>
  readFileSync(new URL(`../../subgraphs/insight/migrations/${name}.sql`, import.meta.url), 'utf8')

const invoice = {
  kind: 'invoice',
  currency: 'USD',
  balance: '100',
  dueDate: '2026-06-01',
  legalEntityId: 'ent_1',
}

it('facts and time zones become states of the projections', async () => {
  const { owner, of, close } = await openTestDatabase()
  const run = (text: string): Promise<object[]> => owner.transaction(({ rows }) => rows({ text, values: [] }))
  await run('DROP VIEW insight.legal_entity, insight.standing_fact, insight.standing_state')
  await run('DROP TABLE insight.review, insight.standing')
  await run(migration('0001_standing'))
  await run(`INSERT INTO insight.standing_fact VALUES ('cus_1', 2, 'cus_1', '{"kind":"customer","status":"ACTIVE"}'),
    ('inv_1', 3, 'cus_1', '${JSON.stringify(invoice)}'), ('inv_2', 4, 'cus_1', NULL), ('pay_1', 1, '', NULL)`)
  await run(`INSERT INTO insight.legal_entity VALUES ('ent_1', 1, 'America/New_York')`)
  await run(migration('0002_projections'))
  expect(await run('SELECT projection, key, state FROM insight.projection_state ORDER BY key')).toEqual([
    {
      projection: 'standing-crm',
      key: 'cus_1',
      state: { customerId: 'cus_1', content: { kind: 'customer', status: 'ACTIVE' } },
    },
    { projection: 'standing-erp', key: 'ent_1', state: { timeZone: 'America/New_York' } },
    { projection: 'standing-billing', key: 'inv_1', state: { customerId: 'cus_1', content: invoice } },
    { projection: 'standing-billing', key: 'inv_2', state: { customerId: 'cus_1', content: null } },
    { projection: 'standing-billing', key: 'pay_1', state: { customerId: null, content: null } },
  ])
  await run('GRANT SELECT ON ALL TABLES IN SCHEMA insight TO revgraph_insight')
  expect((await readFacts(of('insight'), ['cus_1'])).get('cus_1')).toEqual([
    { kind: 'customer', status: 'ACTIVE' },
    invoice,
  ])
  expect(await readTimeZones(of('insight'))).toEqual(new Map([['ent_1', 'America/New_York']]))
  await close()
})
