// Webhooks as a client of the graph manages them: endpoints, secrets that are told once, the log of deliveries.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startConsumer } from '#platform/log/run-consumer.ts'
import { consumersOf } from '#product.ts'
import { startWebhooks } from '#subgraphs/operations/webhooks/worker.ts'
import { day, invoiceFact, invoiceLine } from '#test/domain/documents.ts'
import { isSignedWith, openReceiver, type Receiver } from '#test/operations/receiver.ts'
import { silentLog } from '#test/support/log.ts'
import { type LiveWorld, openLiveWorld } from './live.ts'

let world: LiveWorld
let receiver: Receiver
const running: { stop: () => Promise<void> }[] = []
let keys = 0

beforeAll(async () => {
  world = await openLiveWorld()
  receiver = await openReceiver()
  const { bus, clock, database } = world
  const options = { db: database.of('operations'), clock, log: silentLog }
  for (const consumer of consumersOf('operations', database.of, clock, silentLog))
    running.push(await startConsumer({ ...options, subgraph: 'operations', consumer, bus }))
  running.push(startWebhooks({ ...options, allowed: ['127.0.0.1'] }))
})
beforeEach(() => {
  keys += 1
})
afterAll(async () => {
  await Promise.all(running.map((one) => one.stop()))
  await receiver.close()
  await world.close()
})

interface Payload {
  readonly secret: string | null
  readonly replayed: boolean
  readonly endpoint: {
    readonly id: string
    readonly status: string
    readonly disabledReason: string | null
  } | null
  readonly userErrors: readonly { readonly code: string; readonly field: string }[]
}

const FIELDS = 'secret replayed endpoint { id status disabledReason } userErrors { code field }'

/** A mutation of webhooks, under a key of its own unless it is given one. */
async function mutate(field: string, input: object): Promise<Payload> {
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`
  const { data, errors } = await world.ask<{ payload: Payload }>(
    `mutation ($input: ${type}!) { payload: ${field}(input: $input) { ${FIELDS} } }`,
    { input: { idempotencyKey: `key-${keys}-${field}`, ...input } },
  )
  if (!data) throw new Error(JSON.stringify(errors))
  return data.payload
}

const created = async (fields: object = {}) => {
  const eventTypes = ['revgraph.billing.invoice.issued.v1']
  const { endpoint, secret } = await mutate('createWebhookEndpoint', {
    url: receiver.url,
    eventTypes,
    ...fields,
  })
  return { id: endpoint?.id ?? '', secret: secret ?? '' }
}

it('an endpoint gets events signed with the secret that was told when it was made', async () => {
  const { id, secret } = await created()
  await world.record({
    invoices: [invoiceFact({ id: 'inv-1', dueDate: day('2026-07-01'), lines: [invoiceLine(100n)] })],
  })
  await expect.poll(() => receiver.received).toHaveLength(1)
  const [one] = receiver.received
  expect(one !== undefined && isSignedWith(secret, one)).toBe(true)

  const log = `query ($filter: WebhookDeliveryFilter) { webhookDeliveries(first: 5, filter: $filter) {
    totalCount nodes { webhookId type subject version status attempts nextAttemptAt endpoint { id }
      log { status error excerpt } } } }`
  const filter = { endpoint: { in: [id] }, status: { in: ['DELIVERED'] }, subject: { in: ['inv-1'] } }
  const asked = () => world.ask<{ webhookDeliveries: unknown }>(log, { filter })
  await expect
    .poll(async () => (await asked()).data?.webhookDeliveries)
    .toEqual({
      totalCount: 1,
      nodes: [
        {
          webhookId: one?.headers['webhook-id'],
          type: 'revgraph.billing.invoice.issued.v1',
          subject: 'inv-1',
          version: 1,
          status: 'DELIVERED',
          attempts: 1,
          nextAttemptAt: null,
          endpoint: { id },
          log: [{ status: 200, error: null, excerpt: 'status 200' }],
        },
      ],
    })
})

describe('a secret', () => {
  it('is told once: neither a replay nor the database gives it again', async () => {
    const input = { url: receiver.url, idempotencyKey: 'once' }
    const first = await mutate('createWebhookEndpoint', input)
    const again = await mutate('createWebhookEndpoint', input)
    expect(first.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(again).toEqual({ ...first, secret: null, replayed: true })
    const [kept] = await world.database.owner.rows<{ text: string }>({
      text: `SELECT string_agg(result::text, ' ') || (SELECT string_agg(data::text, ' ') FROM operations.event) AS text
        FROM operations.idempotency`,
      values: [],
    })
    expect(kept?.text).toContain(first.endpoint?.id)
    expect(kept?.text).not.toContain('whsec_')
  })

  it('is another one after a rotation', async () => {
    const { id, secret } = await created()
    const rotated = await mutate('rotateWebhookSecret', { id, overlapHours: 1 })
    expect(rotated.secret).toMatch(/^whsec_/)
    expect(rotated.secret).not.toBe(secret)
  })
})

describe('an endpoint', () => {
  it('is disabled and enabled by a person', async () => {
    const { id } = await created()
    const disabled = await mutate('updateWebhookEndpoint', {
      id,
      status: 'DISABLED',
      idempotencyKey: `off-${keys}`,
    })
    expect(disabled.endpoint).toEqual({ id, status: 'DISABLED', disabledReason: 'Disabled by a person' })
    const refused = await world.ask<{ recoverWebhookDeliveries: unknown }>(
      `mutation ($input: RecoverWebhookDeliveriesInput!) {
        recoverWebhookDeliveries(input: $input) { count userErrors { code field } } }`,
      { input: { id, since: '2026-06-01T00:00:00Z', idempotencyKey: `rec-${keys}` } },
    )
    expect(refused.data?.recoverWebhookDeliveries).toEqual({
      count: 0,
      userErrors: [{ code: 'STATUS_FORBIDS', field: 'id' }],
    })
    const enabled = await mutate('updateWebhookEndpoint', { id, status: 'ENABLED' })
    expect(enabled.endpoint).toEqual({ id, status: 'ENABLED', disabledReason: null })
  })

  it.each([
    ['createWebhookEndpoint', { url: 'gopher://x' }, 'URL_INVALID url'],
    [
      'createWebhookEndpoint',
      { url: 'https://x.example', eventTypes: ['x'] },
      'EVENT_TYPE_UNKNOWN eventTypes',
    ],
    [
      'createWebhookEndpoint',
      { url: 'https://x.example', eventTypes: ['revgraph.operations.webhookEndpoint.created.v1'] },
      'EVENT_TYPE_UNKNOWN eventTypes',
    ],
    ['updateWebhookEndpoint', { id: 'whe_none', url: 'https://x.example' }, 'REFERENCE_MISSING id'],
    ['rotateWebhookSecret', { id: 'whe_none' }, 'REFERENCE_MISSING id'],
    ['rotateWebhookSecret', { id: 'whe_none', overlapHours: 200 }, 'RANGE_INVALID overlapHours'],
  ])('is refused with a code and a field: %s %j', async (field, input, expected) => {
    const { endpoint, secret, userErrors } = await mutate(field, {
      ...input,
      idempotencyKey: JSON.stringify(input),
    })
    expect([endpoint, secret]).toEqual([null, null])
    expect(userErrors.map(({ code, field: where }) => `${code} ${where}`)).toEqual([expected])
  })

  it('is found with the others', async () => {
    const { id } = await created()
    const { data } = await world.ask<{
      webhookEndpoints: { id: string }[]
      webhookEndpoint: { url: string }
    }>(
      `query ($id: ID!) { webhookEndpoints { id } webhookEndpoint(id: $id) { url description eventTypes version } }`,
      { id },
    )
    expect(data?.webhookEndpoints.map((one) => one.id)).toContain(id)
    expect(data?.webhookEndpoint).toMatchObject({ url: receiver.url, version: 1 })
  })
})
