// An event starts its workflow exactly once: together with the trigger's place in the log, or not at all.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Customer } from '#domain/crm.ts'
import { createLocalBus } from '#platform/log/bus.ts'
import type { Consumer } from '#platform/log/consumer.ts'
import { readDeadLetters } from '#platform/log/dead-letters.ts'
import type { Running } from '#platform/log/hold-office.ts'
import { startRelay } from '#platform/log/relay.ts'
import { startConsumer } from '#platform/log/run-consumer.ts'
import { recordCrmFacts } from '#subgraphs/crm/record.ts'
import { consumerOfTrigger, trigger } from '#subgraphs/operations/workflows/trigger.ts'
import { customerFact } from '#test/support/facts.ts'
import { silentLog } from '#test/support/log.ts'
import { openWorkbench, sell, type ToySystems, type Workbench } from './workbench.ts'

let bench: Workbench
let running: Running[]
beforeAll(async () => {
  bench = await openWorkbench()
})
beforeEach(() => {
  running = []
})
afterEach(async () => {
  await Promise.all(running.map((each) => each.stop()))
  await bench.reset()
})
afterAll(() => bench.close())

/** Whoever becomes a customer is sold what it is called after; nobody sells to "Nobody". */
const newCustomersBuy = trigger<ToySystems, { what: string; idempotencyKey: string }, { price: string }>({
  name: 'new-customers-buy',
  source: 'crm',
  types: ['revgraph.crm.customer.created.v1'],
  flow: sell,
  asks: ({ data }) => {
    const { name } = data as Customer
    return name === 'Nobody' ? null : { what: name === 'Anonymous' ? '' : name }
  },
})

const DB = 'operations'
/** A node that publishes what CRM recorded, and starts what is to be started. */
async function node(consumer: Consumer = consumerOfTrigger(newCustomersBuy, bench.desk)): Promise<void> {
  const bus = createLocalBus()
  const { clock, database } = bench
  const consumed = { db: database.of(DB), subgraph: DB, consumer, bus, clock, log: silentLog } as const
  running.push(await startConsumer(consumed))
  running.push(startRelay({ db: database.of('crm'), source: 'crm', bus, log: silentLog }))
}

const arrive = (...names: readonly string[]): Promise<unknown> =>
  recordCrmFacts(
    bench.database.of('crm'),
    { subgraph: 'crm', clock: bench.clock, correlationId: 'import-1' },
    { customers: names.map((name) => customerFact({ id: `cus_${name}`, name })) },
  )

const owner = <Row>(text: string): Promise<Row[]> => bench.database.owner.rows<Row>({ text, values: [] })
const sold = async (): Promise<string[]> => {
  const found = await owner<{ what: string }>(
    "SELECT input->>'what' AS what FROM operations.workflow ORDER BY 1",
  )
  return found.map(({ what }) => what)
}
const isRead = async (): Promise<boolean> => {
  const [row] = await owner<{ done: boolean }>(`SELECT position = (SELECT max(position) FROM crm.log) AS done
    FROM operations.consumer WHERE name = 'new-customers-buy'`)
  return row?.done ?? false
}
const read = (): Promise<unknown> => expect.poll(isRead, { interval: 20 }).toBe(true)

const NAMES = Array.from({ length: 60 }, (_, number) => `C${String(number).padStart(2, '0')}`)

it('starts one workflow for each event, whichever of two nodes takes it, under its name and key', async () => {
  await Promise.all([node(), node()])
  for (const name of NAMES) await arrive(name)
  await read()
  expect(await sold()).toEqual(NAMES)
  expect(
    await owner(`SELECT DISTINCT requested_by AS "by", input->>'idempotencyKey' AS key FROM operations.workflow
      WHERE input->>'what' = 'C07'`),
  ).toEqual([{ by: 'new-customers-buy', key: 'cus_C07.1' }])
})

it('starts nothing for an event that it is given again', async () => {
  await node()
  await arrive(...NAMES)
  await read()
  await Promise.all(running.splice(0).map((each) => each.stop()))
  await owner(`UPDATE operations.consumer SET position = 0 WHERE name = 'new-customers-buy'`)
  await node()
  await read()
  expect(await sold()).toEqual(NAMES)
})

it('starts nothing where its place is not noted either', async () => {
  const consumer = consumerOfTrigger(newCustomersBuy, bench.desk)
  await node({
    ...consumer,
    apply: async (unit, event) => {
      await consumer.apply(unit, event)
      throw new Error('It dies before it is committed')
    },
  })
  await arrive('Acme')
  await read()
  expect(await sold()).toEqual([])
})

it('carries out what it started, in the course of what caused it', async () => {
  await node()
  bench.work()
  await arrive('Acme', 'Nobody')
  const done = () => owner('SELECT status FROM operations.workflow')
  await expect.poll(done, { interval: 20 }).toEqual([{ status: 'COMPLETED' }])
  expect(
    await owner(`SELECT correlation_id AS "of", causation_id AS "by" FROM operations.event
      WHERE type LIKE '%workflow.accepted%'`),
  ).toEqual([{ of: 'import-1', by: 'cus_Acme.1' }])
})

it('sets aside what the flow refuses, with the reason, and goes on with the others', async () => {
  await node()
  await arrive('Anonymous', 'Acme')
  await read()
  expect(await sold()).toEqual(['Acme'])
  const asked = { consumer: 'new-customers-buy', source: 'crm', after: 0n, limit: 10 } as const
  expect(await readDeadLetters(bench.database.of(DB), DB, asked)).toMatchObject([
    {
      aggregateId: 'cus_Anonymous',
      error: expect.stringContaining('Nothing is sold (REFERENCE_MISSING)') as string,
    },
  ])
})
