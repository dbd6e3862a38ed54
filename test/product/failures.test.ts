// What failed and where events wait: each figure is moved by a fault of its own, and by no other.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepWebhook } from '#subgraphs/operations/inbound-store.ts'
import { takeInWebhooks } from '#subgraphs/operations/inbound/take-in.ts'
import { invoiceFact, invoiceLine } from '#test/domain/documents.ts'
import { customerFact } from '#test/support/facts.ts'
import { silentLog } from '#test/support/log.ts'
import { type FlowWorld, openFlowWorld } from './flows.ts'

const FAILED = '{ failedTransactions { class count owner oldestAt moneyAtRisk { amount currency } } }'
const LATENCY = `{ messageLatency {
  sources { source published publishSeconds { count p50 p90 } unpublished oldestUnpublishedSeconds }
  consumers { name subgraph source pending oldestPendingSeconds setAside }
} }`
const PAY = `mutation ($input: RecordPaymentInput!) { payload: recordPayment(input: $input) {
  workflow { id status } replayed userErrors { code field } } }`

let world: FlowWorld
beforeAll(async () => {
  world = await openFlowWorld()
})
afterAll(() => world.close())

const ask = async <Data>(document: string): Promise<Data> => {
  const { data, errors } = await world.ask<Record<string, Data>>(document)
  if (!data || errors) throw new Error(JSON.stringify(errors))
  const [answer] = Object.values(data)
  if (answer === undefined) throw new Error('no answer')
  return answer
}
const write = (text: string) => world.database.owner.rows({ text, values: [] })

/** An invoice in a currency of which the books have no rate. */
const billIn = (currency: string) =>
  world.record({
    invoices: [
      invoiceFact({ id: `inv_${currency}`, number: currency, currency, lines: [invoiceLine(540_00n)] }),
    ],
  })
const rules = () => Promise.resolve([])
const receiveUnreadable = async (): Promise<void> => {
  const [db, clock] = [world.database.of('operations'), world.clock]
  await keepWebhook(db, { source: 'billing-us', webhookId: '1', receivedAt: clock.now(), body: '{}' })
  await takeInWebhooks({ db, clock, rules, recordFacts: () => Promise.resolve({}), log: silentLog })
}
/** A payment that the books refuse. */
const payIn = async (currency: string) => {
  await billIn(currency)
  const amount = { amount: '540.00', currency }
  return world.start(PAY, {
    customerId: 'customer-1',
    amount,
    method: 'BANK_TRANSFER',
    receivedAt: '2026-06-15T09:00:00Z',
    allocations: [{ invoiceId: `inv_${currency}`, amount }],
    idempotencyKey: currency,
  })
}

describe('What failed', () => {
  interface Failed {
    readonly class: string
    readonly count: number
  }
  const counts = async (): Promise<Map<string, number>> =>
    new Map((await ask<readonly Failed[]>(FAILED)).map((each) => [each.class, each.count]))
  const letter = `INSERT INTO insight.dead_letter
      (consumer, source, position, share, aggregate_id, status, attempts, set_aside_at)
    VALUES ('standing-crm', 'crm', 1, 0, 'cus_x', 'FAILED', 3, '2026-06-16T00:00:00Z')`
  const delivery = `WITH endpoint AS (INSERT INTO operations.webhook_endpoint
        (id, version, recorded_at, created_at, url, event_types, status, secret_made_at)
        VALUES ('whe_1', 1, now(), now(), 'https://x.test', '[]', 'ENABLED', now()))
    INSERT INTO operations.webhook_delivery
      (endpoint_id, source, position, type, aggregate_id, version, recorded_at, status, next_attempt_at)
    VALUES ('whe_1', 'billing', 1, 't', 'inv_1', 1, '2026-06-16T00:00:00Z', 'FAILED', now())`

  it('is told with the money of its class', async () => {
    await payIn('CHF')
    const failed = await ask<readonly Failed[]>(FAILED)
    expect(failed.filter(({ count, class: name }) => count > 0 && name !== 'POSTING_BLOCKED')).toMatchObject([
      { class: 'POSTING_REJECTED', owner: 'FINANCE', moneyAtRisk: [{ amount: '540.00', currency: 'CHF' }] },
    ])
  })

  it.each([
    ['a document that the books cannot post', 'POSTING_BLOCKED', () => billIn('SEK')],
    ['an event that a consumer cannot apply', 'EVENT_SET_ASIDE', () => write(letter)],
    ['a webhook of which nobody takes delivery', 'WEBHOOK_UNDELIVERED', () => write(delivery)],
    ['a webhook of others that cannot be read', 'INBOUND_FAILED', receiveUnreadable],
  ])('moves for %s, and in no other class', async (_, name, fault) => {
    const before = await counts()
    await fault()
    const after = await counts()
    expect([...after].filter(([key, count]) => count !== before.get(key))).toEqual([
      [name, (before.get(name) ?? 0) + 1],
    ])
  })
})

describe('Events', () => {
  interface Latency {
    readonly sources: readonly { readonly source: string; readonly unpublished: number }[]
    readonly consumers: readonly {
      readonly name: string
      readonly pending: string
      readonly oldestPendingSeconds: number | null
      readonly setAside: number
    }[]
  }
  const latency = (): Promise<Latency> => ask<Latency>(LATENCY)
  const unpublished = async () =>
    (await latency()).sources.flatMap(({ source, unpublished: count }) =>
      count === 0 ? [] : [[source, count]],
    )

  it('wait with a consumer that does not run, which is told with their number and age', async () => {
    const stop = await world.startInsight()
    const behind = async () =>
      (await latency()).consumers.filter(({ pending }) => pending !== '0').map(({ name }) => name)
    await expect.poll(behind, { timeout: 30_000 }).toEqual([])
    await stop()
    await world.record({ customers: [customerFact({ id: 'behind' })] })
    await expect.poll(behind).not.toEqual([])
    world.clock.advance({ minutes: 5 })
    const { consumers } = await latency()
    expect(consumers.find(({ name }) => name === 'standing-crm')).toMatchObject({
      subgraph: 'insight',
      source: 'crm',
      pending: '1',
      oldestPendingSeconds: 300,
      setAside: 1,
    })
  })

  it('wait in their store while nobody publishes them', async () => {
    await expect.poll(unpublished).toEqual([])
    await write(`UPDATE crm.relay SET epoch = epoch + 1, leased_until = 'infinity'`)
    await world.record({ customers: [customerFact({ id: 'unpublished' })] })
    world.clock.advance({ minutes: 1 })
    expect(await unpublished()).toEqual([['crm', 1]])
    expect((await latency()).sources.find(({ source }) => source === 'crm')).toMatchObject({
      oldestUnpublishedSeconds: 60,
    })
    await write(`UPDATE crm.relay SET leased_until = '-infinity'`)
    await expect.poll(unpublished).toEqual([])
  })
})
