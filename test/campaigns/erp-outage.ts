import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { systemClock } from '#platform/clock.ts'
import { openDatabase } from '#platform/database.ts'
import { createLocalBus } from '#platform/log/bus.ts'
import { createCatchUp } from '#platform/log/catch-up.ts'
import { consumerOf } from '#platform/log/projection.ts'
import { startRelay } from '#platform/log/relay.ts'
import { startConsumer } from '#platform/log/run-consumer.ts'
import { referenceProjections } from '#subgraphs/operations/reference/project.ts'
import { withDatabase } from '#test/support/database-url.ts'
import { silentLog } from '#test/support/log.ts'
import { type Campaign, type Check, judge } from './campaign.ts'
import { openGate } from './workflows/gate.ts'
import { openGround } from './workflows/ground.ts'
import { judgeWorld, shown } from './workflows/judgement.ts'
import { askAll, openWorld, type World } from './workflows/world.ts'

const CUSTOMERS = 100
const NODES = 2
const MAX_CARRIED = 16
const SILENCE_MS = 120_000
const POLL_MS = 50
const NAME = 'outage'
/** For a relay and two consumers. */
const MAX_CONNECTIONS = 8

/**
 * `npm run campaign -- erp-outage [--deals 1000] [--model erp-led]`: deals are closed while the store of ERP is gone:
 * connections to it are refused. Each has to be accepted, and to wait; once it is back all of them have to end as if it
 * had never been away, those of each customer in the order in which they were accepted.
 */
export const runErpOutage: Campaign = async (options) => {
  const { values } = parseArgs({
    args: [...options],
    options: { deals: { type: 'string', default: '1000' }, model: { type: 'string', default: 'crm-led' } },
  })
  const { model } = values
  const ground = await openGround()
  const gate = await openGate(ground.url)
  const erpThrough = gate.through
  const world = await openWorld(ground, {
    name: NAME,
    nodes: NODES,
    maxCarried: MAX_CARRIED,
    model,
    erpThrough,
  })
  try {
    const deals = Array.from({ length: Number(values.deals) }, (_, deal) => ({
      story: 'closeOpportunity',
      customerId: `cus_${(deal % CUSTOMERS) + 1}`,
    }))
    const orders = await world.prepare(deals)
    await learnOfErp(withDatabase(ground.url, NAME))
    await gate.shut()
    const began = performance.now()
    await askAll(world, orders)
    const accepted = await acceptedOf(world, orders.length, performance.now() - began)
    await gate.open()
    const back = performance.now()
    const hasDrained = await world.settled(SILENCE_MS)
    return judge([accepted, await drained(world, hasDrained, performance.now() - back)])
  } finally {
    await world.close()
    await gate.shut()
    await ground.close()
  }
}

/** Operations reads what ERP has told so far, as its consumers do all the time. */
async function learnOfErp(url: string): Promise<void> {
  const [bus, db] = [createLocalBus(), openDatabase({ url, maxConnections: MAX_CONNECTIONS, log: silentLog })]
  const options = { db, bus, clock: systemClock, log: silentLog }
  const relay = startRelay({ ...options, source: 'erp' })
  const consumers = await Promise.all(
    referenceProjections.map((projection) =>
      startConsumer({ ...options, subgraph: 'operations', consumer: consumerOf(projection) }),
    ),
  )
  const isDone = await createCatchUp(db, 'operations', referenceProjections)
  while (!(await isDone())) await sleep(POLL_MS)
  await Promise.all([relay, ...consumers].map((running) => running.stop()))
  await bus.close()
  await db.close()
}

const inSeconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`

/** All are taken in, and none of them has ended or stopped for a person. */
async function acceptedOf({ owner, refusals }: World, deals: number, ms: number): Promise<Check> {
  const rows = await owner.rows<{ status: string; count: number }>({
    text: 'SELECT status, count(*)::int AS count FROM operations.workflow GROUP BY 1 ORDER BY 1',
    values: [],
  })
  const waiting = rows.filter(({ status }) =>
    ['ACCEPTED', 'RUNNING', 'RETRYING', 'AWAITING_APPROVAL'].includes(status),
  )
  const taken = waiting.reduce((sum, { count }) => sum + count, 0)
  const states = rows.map(({ status, count }) => `${count} ${status}`).join(', ')
  return [
    `ERP down for ${inSeconds(ms)}: ${taken} of ${deals} deals accepted and waiting (${states})${shown(refusals)}`,
    taken === deals && refusals.length === 0,
  ]
}

async function drained(world: World, hasDrained: boolean, ms: number): Promise<Check> {
  const { lost, doubled, misordered, unbalanced, effects } = await judgeWorld(world)
  const found = [...lost, ...doubled, ...misordered, ...unbalanced]
  return [
    `ERP back: ${effects} effects in ${inSeconds(ms)}: ${lost.length} lost, ${doubled.length} doubled, ` +
      `${misordered.length} out of order, ${unbalanced.length} unbalanced${shown(found)}`,
    hasDrained && found.length === 0,
  ]
}
