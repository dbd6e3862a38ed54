// What insight keeps of the other systems is built anew from their events: beside what is read, told of in a diff.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dispute, invoiceFact, invoiceLine } from '#test/domain/documents.ts'
import { creditProfile, openingFacts } from '#test/erp/books.ts'
import { contractFact, customerFact } from '#test/support/facts.ts'
import { type LiveWorld, openLiveWorld } from './live.ts'

const REPLAY = readFileSync(new URL('../../schema/examples/replay-events.graphql', import.meta.url), 'utf8')
const OUTCOME = `query ($id: ID!) { replay(id: $id) { status consumers {
  name applied wouldApply diff { added changed removed ids }
} } }`

interface Part {
  readonly name: string
  readonly applied: string
  readonly wouldApply: string
  readonly diff: object | null
}
interface Asked {
  readonly replayEvents: { readonly replay: { readonly id: string } | null }
}
interface Outcome {
  readonly replay: { readonly status: string; readonly consumers: readonly Part[] }
}

let world: LiveWorld
let stopInsight: () => Promise<void>
const customers = ['customer-1', 'customer-2', 'customer-3']
beforeAll(async () => {
  world = await openLiveWorld()
  stopInsight = await world.startInsight()
  await world.record({
    ...openingFacts(),
    customers: customers.map((id) => customerFact({ id })),
    contracts: [contractFact({ id: 'ctr_1', customerId: 'customer-1' })],
    creditProfiles: [creditProfile()],
    disputes: [dispute({ id: 'dsp_1', customerId: 'customer-3' })],
  })
  for (const id of ['inv_1', 'inv_2', 'inv_3', 'inv_4'])
    await world.record({ invoices: [invoiceFact({ id, number: id, lines: [invoiceLine(100n)] })] })
})
afterAll(async () => {
  await stopInsight()
  await world.close()
})

const owner = <Row extends object>(text: string): Promise<Row[]> =>
  world.database.owner.rows<Row>({ text, values: [] })
const states = (): Promise<object[]> =>
  owner(`SELECT projection, key, state FROM insight.projection_state
    WHERE projection LIKE 'standing-%' ORDER BY projection, key`)
/** What was told of standings, and in the course of what. */
const changes = () =>
  owner<{ customer: string; level: string; correlation: string }>(`SELECT data->>'customerId' AS customer,
    data->'after'->>'level' AS level, correlation_id AS correlation FROM insight.event
    LEFT JOIN insight.log USING (aggregate_id, version) ORDER BY position`)
const lastTold = async () => (await changes()).at(-1)
/** What insight has not taken note of, and who is to be looked at. */
const waiting = () =>
  owner(`SELECT customer_id FROM insight.review WHERE due_at = '-infinity' UNION ALL
    SELECT c.name FROM insight.consumer c JOIN (
      SELECT 'crm' AS source, count(*) FROM crm.event UNION ALL SELECT 'billing', count(*) FROM billing.event
      UNION ALL SELECT 'erp', count(*) FROM erp.event
    ) recorded USING (source) WHERE c.position < recorded.count`)
const settled = () => expect.poll(waiting).toEqual([])

/** Has projections built anew: counted first, as it must be. */
async function rebuild(consumers: readonly string[], eventsPerSecond = 10_000): Promise<string> {
  world.clock.advance({ minutes: 1 })
  const asked = { mode: 'REBUILD_PROJECTION', consumers, reason: 'A row is damaged.', eventsPerSecond }
  await world.ask<Asked>(REPLAY, { input: { ...asked, dryRun: true } })
  const { data, errors } = await world.ask<Asked>(REPLAY, { input: { ...asked, dryRun: false } })
  expect(errors).toBeUndefined()
  return data?.replayEvents.replay?.id ?? ''
}

async function outcome(id: string): Promise<Outcome['replay'] | undefined> {
  return (await world.ask<Outcome>(OUTCOME, { id })).data?.replay
}
async function done(id: string): Promise<readonly Part[]> {
  await expect.poll(async () => (await outcome(id))?.status).toBe('DONE')
  return (await outcome(id))?.consumers ?? []
}

const NO_DIFF = { added: 0, changed: 0, removed: 0, ids: [] }

describe('What standing rests on, built anew', () => {
  it('is the same where nothing is wrong, and nothing is told', async () => {
    await settled()
    const before = { states: await states(), changes: await changes() }
    const parts = await done(await rebuild(['standing-crm', 'standing-billing', 'standing-erp']))
    expect(parts.map(({ name, diff }) => ({ name, diff }))).toEqual([
      { name: 'standing-crm', diff: NO_DIFF },
      { name: 'standing-billing', diff: NO_DIFF },
      { name: 'standing-erp', diff: NO_DIFF },
    ])
    for (const { applied, wouldApply } of parts) expect(applied).toBe(wouldApply)
    await settled()
    expect({ states: await states(), changes: await changes() }).toEqual(before)
  })

  it('mends what was damaged and names it; meanwhile what is read is left alone, and goes on', async () => {
    const before = { states: await states(), changes: await changes() }
    await owner(
      `UPDATE insight.projection_state SET state = jsonb_set(state, '{content,balance}', '"5"') WHERE key = 'inv_1'`,
    )
    await owner(`INSERT INTO insight.projection_state SELECT projection, generation, 'inv_0', state
      FROM insight.projection_state WHERE key = 'inv_2'`)
    await owner(`DELETE FROM insight.projection_state WHERE key = 'dsp_1'`)
    const damaged = await states()
    const id = await rebuild(['standing-billing'], 2)
    await expect.poll(async () => Number((await outcome(id))?.consumers[0]?.applied)).toBeGreaterThan(0)
    const isRead = await owner('SELECT id, customer_id FROM insight.standing_fact ORDER BY id')
    expect(isRead).toEqual(expect.arrayContaining([{ id: 'inv_0', customer_id: 'customer-1' }]))
    expect(isRead).not.toEqual(expect.arrayContaining([{ id: 'dsp_1', customer_id: 'customer-3' }]))
    await world.record({
      invoices: [
        invoiceFact({ id: 'inv_5', number: 'inv_5', customerId: 'customer-2', lines: [invoiceLine(7n)] }),
      ],
    })
    const news = { customer: 'customer-2', level: 'AT_RISK', correlation: 'test' }
    await expect.poll(changes).toEqual([...before.changes, news])
    expect(await outcome(id)).toMatchObject({ status: 'RUNNING', consumers: [{ diff: null }] })

    const [part] = await done(id)
    expect(part?.diff).toEqual({ added: 1, changed: 1, removed: 1, ids: ['dsp_1', 'inv_0', 'inv_1'] })
    await settled()
    const withoutNews = (await states()).filter((state) => !('key' in state && state.key === 'inv_5'))
    expect(withoutNews).toEqual(before.states)
    expect(withoutNews).not.toEqual(damaged)
    expect(await changes()).toEqual([...before.changes, news])
  })

  it('has those told of rightly who had been told of wrongly', async () => {
    await owner(`DELETE FROM insight.projection_state WHERE key = 'dsp_1'`)
    await owner(`UPDATE insight.review SET due_at = '-infinity' WHERE customer_id = 'customer-3'`)
    await expect.poll(lastTold).toMatchObject({ customer: 'customer-3', level: 'GOOD' })
    await done(await rebuild(['standing-billing']))
    const [replay] = await owner<{ id: string }>(
      `SELECT id FROM insight.replay WHERE diff->'keys' = '["dsp_1"]'`,
    )
    await expect.poll(lastTold).toEqual({ customer: 'customer-3', level: 'AT_RISK', correlation: replay?.id })
  })
})
