/** Whatever is recorded, in whatever order nodes come and go: what is kept equals what is built from the log anew. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import type { SubscriptionFact, SubscriptionStatus } from '#domain/billing.ts'
import { type Facts, mergeFacts } from '#domain/facts.ts'
import { type Clock, manualClock } from '#platform/clock.ts'
import { unitOfWork } from '#platform/command.ts'
import { consumerOf } from '#platform/log/projection.ts'
import { readReplay, requestReplay } from '#platform/log/replay-store.ts'
import { startReplays } from '#platform/log/run-replays.ts'
import { createRecordFacts, projections } from '#product.ts'
import { recognizeRevenue } from '#subgraphs/erp/recognize.ts'
import { day } from '#test/domain/documents.ts'
import { anyHistory } from '#test/domain/history.ts'
import { openingFacts } from '#test/domain/memory-books.ts'
import { tell } from '#test/domain/teller.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { externalRef } from '#test/support/facts.ts'
import { silentLog } from '#test/support/log.ts'
import { catchUp } from './catch-up.ts'

const { seed, runs } = inject('properties')
const HISTORIES = runs === null ? 12 : 100
/** How many subscriptions are told of again and again. */
const SUBSCRIPTIONS = 6
const MIGRATION = new URL('../../subgraphs/insight/migrations/0042_contract_revenue.sql', import.meta.url)
const ENDED = { timeout: 60_000 }

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

interface Change {
  readonly subscription: number
  readonly minutes: number
  readonly price: number
  readonly status: SubscriptionStatus
  readonly startsOn: string
}

const anyChange: fc.Arbitrary<Change> = fc.record({
  subscription: fc.integer({ min: 0, max: SUBSCRIPTIONS - 1 }),
  minutes: fc.constantFrom(1, 50, 70, 60 * 24 * 20),
  price: fc.integer({ min: 0, max: 500 }),
  status: fc.constantFrom('ACTIVE', 'ACTIVE', 'PAST_DUE', 'PAUSED', 'UNPAID', 'CANCELED', 'TRIALING'),
  startsOn: fc.constantFrom('2026-01-01', '2026-02-15'),
})

/** Two subscriptions a customer, who may also be told of as another one's by mistake. */
const subscription = (change: Change, version: number): SubscriptionFact => ({
  id: `sub_${change.subscription}`,
  externalRefs: [externalRef('subscription', `sub_${change.subscription}`, BigInt(version))],
  customerId: `cus_${(change.subscription + (change.price === 7 ? 1 : 0)) % 3}`,
  contractId: null,
  legalEntityId: 'ent_us',
  status: change.status,
  currency: 'USD',
  collectionMethod: 'SEND_INVOICE',
  startDate: day(change.startsOn),
  currentPeriod: { start: day(change.startsOn), end: day('2027-01-01') },
  cancelAt: null,
  endedOn: change.status === 'CANCELED' ? day('2026-06-01') : null,
  items: [
    {
      id: `si_${change.subscription}`,
      productId: 'prd_1',
      priceId: null,
      contractLineId: null,
      quantity: '1',
      unitPrice: BigInt(change.price),
      interval: { unit: 'MONTH', count: 1 },
      startDate: day(change.startsOn),
      endDate: null,
    },
  ],
})

const rows = (text: string): Promise<object[]> => database.owner.rows({ text, values: [] })

/** All that is kept, without sums that came to nothing again. */
async function kept() {
  return {
    states: await rows(
      `SELECT s.projection, s.key, s.state FROM insight.projection_state s LEFT JOIN insight.projection p
        ON p.name = s.projection WHERE s.generation = coalesce(p.generation, 1) ORDER BY s.projection, s.key`,
    ),
    movements: await rows(`SELECT * FROM insight.metric_movement ORDER BY projection, group_key, place`),
    totals:
      await rows(`SELECT grain, starts_on, measure, legal_entity_id, currency, customer_id, amount, functional
      FROM insight.metric_total WHERE amount <> 0 OR functional <> 0 ORDER BY 1, 2, 3, 4, 5, 6`),
  }
}

/** Has all projections built anew; gives what each of them differs by: states added, changed and removed. */
async function rebuiltAll(clock: Clock): Promise<string[]> {
  const db = database.of('insight')
  const options = { db, subgraph: 'insight', clock, log: silentLog } as const
  const consumers = projections.insight.map((projection) => consumerOf(projection))
  const running = startReplays({ ...options, consumers, projections: projections.insight })
  const asked = { after: 0n, through: 0n, eventsPerSecond: 1_000_000, reason: 'property', by: 'test' }
  const diffs: string[] = []
  for (const { name: consumer } of projections.insight) {
    const request = { kind: 'REBUILD_PROJECTION', consumer, source: null, ...asked } as const
    const id = await requestReplay(db, 'insight', request, clock.now())
    await expect.poll(async () => (await readReplay(db, 'insight', id))?.status, ENDED).toBe('DONE')
    const { diff } = (await readReplay(db, 'insight', id)) ?? {}
    diffs.push(`${consumer} ${diff?.added} ${diff?.changed} ${diff?.removed}`)
  }
  await running.stop()
  return diffs
}

it(`keeps what ${HISTORIES} histories come to, while nodes come and go and events come twice`, async () => {
  const clock = manualClock('2026-01-01T00:00:00Z')
  const record = (facts: Partial<Facts>): Promise<unknown> => {
    clock.advance({ seconds: 1 })
    return createRecordFacts(database.of, clock, 'histories')(facts)
  }
  const lives = fc.sample(anyHistory, { seed, numRuns: HISTORIES }).map((history, index) => {
    const name = `H${index}`
    return { opening: openingFacts(history, name), steps: tell(history, name).steps }
  })
  const changes = fc.sample(anyChange, { seed, numRuns: HISTORIES * 8 })
  const pauses = fc.sample(fc.constantFrom(0, 0, 1, 3), { seed, numRuns: 200 })
  await record(mergeFacts(lives.map(({ opening }) => opening)))
  const length = Math.max(...lives.map(({ steps }) => steps.length))
  for (let turn = 0; turn < length; turn += 1) {
    const steps = lives.flatMap(({ steps: own }) => own[turn] ?? [])
    await record(mergeFacts(steps.flatMap((step) => ('facts' in step ? [step.facts] : []))))
    for (const step of steps)
      if ('recognizeThrough' in step)
        await recognizeRevenue(
          database.of('erp'),
          { subgraph: 'erp', clock, correlationId: 'histories' },
          { through: step.recognizeThrough },
        )
    const change = changes[turn]
    if (change !== undefined) {
      clock.advance({ minutes: change.minutes })
      await record({ subscriptions: [subscription(change, turn + 1)] })
    }
    const polls = pauses[turn] ?? 0
    if (polls > 0) await catchUp(database, clock, polls)
  }
  await catchUp(database, clock)
  const before = await kept()
  expect(before.totals.length).toBeGreaterThan(100)
  expect(before.movements.length).toBeGreaterThan(10)
  expect(before.totals).toContainEqual(expect.objectContaining({ measure: 'CONTRACT_REVENUE' }))

  // Sums and movements that were damaged are made anew of the states.
  await rows(`UPDATE insight.metric_total SET amount = amount + 1`)
  await rows(`DELETE FROM insight.metric_movement WHERE place = 0`)
  for (const { derived } of projections.insight)
    await database.of('insight').transaction(async (transaction) => {
      await derived?.remake(unitOfWork(transaction, { subgraph: 'insight', clock, correlationId: 'remake' }))
    })
  expect(await kept()).toEqual(before)

  // A store of the time before the revenue of contracts was a measure of its own is completed by its migration.
  await rows(`DELETE FROM insight.metric_total WHERE measure = 'CONTRACT_REVENUE'`)
  await rows(`UPDATE insight.projection_state SET state = state #- '{amounts,CONTRACT_REVENUE}'
    WHERE projection = 'metrics-books'`)
  await database.owner.transaction((transaction) =>
    transaction.rows({ text: readFileSync(MIGRATION, 'utf8'), values: [] }),
  )
  expect(await kept()).toEqual(before)

  // Built anew beside what is read, as an operator asks for it: nothing differs, and nothing follows from it.
  expect(await rebuiltAll(clock)).toEqual(projections.insight.map(({ name }) => `${name} 0 0 0`))
  expect(await kept()).toEqual(before)

  // And by consumers that begin with the first event.
  await rows(
    `TRUNCATE insight.projection_state, insight.metric_movement, insight.metric_total, insight.consumer,
      insight.projection, insight.review`,
  )
  await catchUp(database, clock)
  expect(await kept()).toEqual(before)
})
