// Events go out to other companies: signed, again until they are taken, each aggregate's in their order.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import { rotateSecret, updateEndpoint } from '#subgraphs/operations/webhooks/endpoints.ts'
import { recoverDeliveries } from '#subgraphs/operations/webhooks/recover.ts'
import { messageId } from '#subgraphs/operations/webhooks/send.ts'
import { signatures } from '#subgraphs/operations/webhooks/sign.ts'
import { customerFact } from '#test/support/facts.ts'
import { contractBreach, envelopeBreach } from '#test/support/event-contracts.ts'
import { answer, isSignedWith, openReceiver, type Receiver } from './receiver.ts'
import { openWebhookWorld, type WebhookWorld } from './world.ts'

/** What a receiver takes for its work. */
const workMs = 20
const NODE_PROCESS = fileURLToPath(new URL('webhook-process.ts', import.meta.url))

let world: WebhookWorld
let receiver: Receiver
/** Ids of invoices are new in each test: the log goes on. */
let story = 0
const named = (name: string): string => `${name}-${story}`

beforeAll(async () => {
  world = await openWebhookWorld()
})
beforeEach(async () => {
  story += 1
  receiver = await openReceiver()
})
afterEach(async () => {
  await world.reset()
  await receiver.close()
})
afterAll(() => world.close())

const received = (count: number) => expect.poll(() => receiver.received, { interval: 5 }).toHaveLength(count)
const statuses = async () => (await world.deliveries()).map(({ status }) => status)
const settled = (...expected: string[]) => expect.poll(statuses, { interval: 5 }).toEqual(expected)
const tried = (count: number) => expect.poll(world.attempts, { interval: 5 }).toHaveLength(count)
const sequences = () => receiver.received.map(({ event }) => `${event.subject} ${Number(event.sequence)}`)
/** By PostgreSQL's clock, as events are published. */
const publishedNow = async () => {
  const [row] = await world.database.owner.rows<{ now: Temporal.Instant }>({
    text: 'SELECT clock_timestamp() AS now',
    values: [],
  })
  if (row === undefined) throw new Error('no time')
  return row.now
}
const endpointState = async (id: string) => {
  const [row] = await world.database.owner.rows<{ status: string; reason: string | null }>({
    text: 'SELECT status, disabled_reason AS reason FROM operations.webhook_endpoint WHERE id = $1',
    values: [id],
  })
  return row
}

it('is delivered as a CloudEvent that meets its schema, signed with the secret of the endpoint', async () => {
  const { secret } = await world.endpoint(receiver.url)
  world.worker()
  await world.bill(named('inv'))
  await received(1)
  const [one] = receiver.received
  if (one === undefined) throw new Error('nothing came')
  expect(one.headers).toMatchObject({
    'content-type': 'application/cloudevents+json; charset=utf-8',
    'webhook-timestamp': String(Date.parse('2026-06-15T12:00:00Z') / 1_000),
  })
  expect(one.headers['webhook-id']).toMatch(/^evt_[0-9a-f]{32}$/)
  expect(isSignedWith(secret, one)).toBe(true)
  expect(isSignedWith(secret, { ...one, body: `${one.body} ` })).toBe(false)
  expect(envelopeBreach(one.event)).toBeUndefined()
  expect(contractBreach(one.event)).toBeUndefined()
  expect(one.event).toMatchObject({
    type: 'revgraph.billing.invoice.issued.v1',
    subject: named('inv'),
    sequence: '0000000001',
  })
  await settled('DELIVERED')
  expect(await world.attempts()).toMatchObject([{ status: 200, error: null, excerpt: 'status 200' }])
})

it('has an id of its own also where two systems keep something under one id', () => {
  const ids = ['billing', 'erp'].map((source) =>
    messageId({ source: source as 'billing' | 'erp', aggregateId: 'prc_1', version: 1 }),
  )
  expect(new Set(ids).size).toBe(2)
})

it('signs as the reference of Standard Webhooks does', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const signed = signatures([secret], 'msg_p5jXN8AQM9LWM0D4loKWxJek', '1614265330', '{"test": 2432232314}')
  expect(signed).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

it('goes to endpoints that were there when it was recorded, give or take what clocks differ by', async () => {
  world.clock.advance({ minutes: 5 })
  await world.endpoint(receiver.url)
  world.clock.advance({ minutes: -2 })
  await world.bill(named('before'))
  world.clock.advance({ minutes: 1, seconds: 30 })
  await world.bill(named('after'))
  world.clock.advance({ minutes: 5 })
  world.worker()
  await received(1)
  expect(sequences()).toEqual([`${named('after')} 1`])
})

it('goes to the endpoints that want its type', async () => {
  const other = await openReceiver()
  await world.endpoint(receiver.url, { eventTypes: ['revgraph.crm.customer.created.v1'] })
  await world.endpoint(other.url, { eventTypes: [] })
  world.worker()
  await world.bill(named('inv'))
  await world.record({ customers: [customerFact({ id: named('cus') })] })
  await expect
    .poll(() => other.received.map(({ event }) => event.type.split('.')[2]))
    .toEqual(expect.arrayContaining(['invoice', 'posting', 'customer']))
  await received(1)
  expect(receiver.received[0]?.event.type).toBe('revgraph.crm.customer.created.v1')
  await other.close()
})

it('is signed with the old secret as well while a new one takes its place', async () => {
  const { id, secret } = await world.endpoint(receiver.url)
  const rotated = await world.command((unit) => rotateSecret(unit, world.context, id, 24))
  const next = rotated.secret ?? ''
  world.worker()
  await world.bill(named('inv'))
  await received(1)
  world.clock.advance({ hours: 24 })
  await world.bill(named('inv'), '2026-08-01')
  await received(2)
  const [during, after] = receiver.received
  if (during === undefined || after === undefined) throw new Error('not both came')
  expect([isSignedWith(secret, during), isSignedWith(next, during)]).toEqual([true, true])
  expect([isSignedWith(secret, after), isSignedWith(next, after)]).toEqual([false, true])
})

it('is sent again under the same id until it is taken, later and later', async () => {
  await world.endpoint(receiver.url)
  receiver.behave(answer(500))
  world.worker()
  await world.bill(named('inv'))
  await tried(1)
  world.clock.advance({ seconds: 3 })
  world.clock.advance({ seconds: 4 })
  await tried(2)
  receiver.behave(answer(204))
  world.clock.advance({ minutes: 2 })
  await settled('DELIVERED')
  const ids = new Set(receiver.received.map(({ headers }) => headers['webhook-id']))
  const times = new Set(receiver.received.map(({ headers }) => headers['webhook-timestamp']))
  expect([receiver.received.length, ids.size, times.size]).toEqual([3, 1, 3])
})

it('waits as long as the receiver asks', async () => {
  await world.endpoint(receiver.url)
  receiver.behave(answer(503, { 'retry-after': '3600' }))
  world.worker()
  await world.bill(named('inv'))
  await tried(1)
  const [row] = await world.database.owner.rows<{ next: Temporal.Instant }>({
    text: 'SELECT next_attempt_at AS next FROM operations.webhook_delivery',
    values: [],
  })
  expect(row?.next.toString()).toBe('2026-06-15T13:00:00Z')
})

it('holds later events of its aggregate while it fails, and no others', async () => {
  await world.endpoint(receiver.url)
  receiver.behave(({ event }, response) =>
    answer(event.subject === named('bad') ? 500 : 200)({} as never, response),
  )
  world.worker()
  await world.bill(named('bad'))
  await tried(1)
  await world.bill(named('bad'), '2026-08-01')
  await world.bill(named('good'))
  await settled('PENDING', 'PENDING', 'DELIVERED')
  expect(sequences()).toEqual([`${named('bad')} 1`, `${named('good')} 1`])
  receiver.behave(answer(200))
  world.clock.advance({ seconds: 7 })
  await settled('DELIVERED', 'DELIVERED', 'DELIVERED')
  expect(sequences().slice(2)).toEqual([`${named('bad')} 1`, `${named('bad')} 2`])
})

/** Tries again and again, until so many attempts were made in all. */
async function tryOn(attempts: number): Promise<void> {
  for (let made = (await world.attempts()).length; made < attempts; made += 1) {
    world.clock.advance({ hours: 30 })
    await tried(made + 1)
  }
}

const ALL_ATTEMPTS = 11

describe('an endpoint that takes nothing for three days', () => {
  test('is disabled with the reason, and gets what it missed once it is enabled', async () => {
    const since = await publishedNow()
    const { id } = await world.endpoint(receiver.url)
    receiver.behave(answer(500))
    world.worker()
    await world.bill(named('inv'))
    await tried(1)
    await tryOn(ALL_ATTEMPTS)
    await settled('FAILED')
    expect(await endpointState(id)).toEqual({
      status: 'DISABLED',
      reason: 'Nothing was delivered since 2026-06-15T12:00:00Z; the last attempt: HTTP 500',
    })
    await world.bill(named('missed'))
    receiver.behave(answer(200))
    await world.command((unit) => updateEndpoint(unit, id, { isEnabled: true }))
    await world.bill(named('next'))
    await settled('FAILED', 'DELIVERED')
    const recovered = await world.command((unit) =>
      recoverDeliveries(unit, world.context, { endpointId: id, since, delivered: false }, []),
    )
    expect(recovered.violations).toEqual([])
    await settled('DELIVERED', 'DELIVERED', 'DELIVERED')
  })

  test('is left enabled where it took other events meanwhile', async () => {
    const { id } = await world.endpoint(receiver.url)
    receiver.behave(({ event }, response) =>
      answer(event.subject === named('bad') ? 400 : 200)({} as never, response),
    )
    world.worker()
    await world.bill(named('bad'))
    await tried(1)
    await world.bill(named('good'))
    await tried(2)
    await tryOn(ALL_ATTEMPTS + 1)
    await settled('FAILED', 'DELIVERED')
    expect(await endpointState(id)).toEqual({ status: 'ENABLED', reason: null })
    // What was given up holds nothing any more: the next event carries the whole state.
    receiver.behave(answer(200))
    await world.bill(named('bad'), '2026-08-01')
    await settled('FAILED', 'DELIVERED', 'DELIVERED')
  })
})

it('is not sent any more to who answered 410', async () => {
  const { id } = await world.endpoint(receiver.url)
  receiver.behave(answer(410))
  world.worker()
  await world.bill(named('inv'))
  await expect.poll(() => endpointState(id)).toMatchObject({ status: 'DISABLED' })
  expect((await endpointState(id))?.reason).toContain('410')
})

it('is sent again since an instant, also what was delivered, with the same ids', async () => {
  const { id } = await world.endpoint(receiver.url)
  world.worker()
  const since = await publishedNow()
  await world.bill(named('a'))
  await world.bill(named('b'))
  await settled('DELIVERED', 'DELIVERED')
  const recover = (delivered: boolean) =>
    world.command((unit) => recoverDeliveries(unit, world.context, { endpointId: id, since, delivered }, []))
  expect((await recover(false)).count).toBe(0)
  expect((await recover(true)).count).toBe(2)
  await received(4)
  const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
  expect(new Set(ids).size).toBe(2)
})

it('is forgotten 90 days after the event once it is settled, and not recovered from before that', async () => {
  const { id } = await world.endpoint(receiver.url)
  const recordedAt = world.clock.now()
  const worker = world.worker()
  await world.bill(named('old'))
  await settled('DELIVERED')
  await worker.stop()
  await world.bill(named('waits'))
  await settled('DELIVERED', 'PENDING')

  world.clock.set(recordedAt.add({ hours: 24 * 91 }).toString())
  receiver.behave(answer(500))
  world.worker()
  await settled('PENDING')
  expect((await world.attempts()).map(({ status }) => status)).not.toContain(200)
  const recovered = await world.command((unit) =>
    recoverDeliveries(unit, world.context, { endpointId: id, since: recordedAt, delivered: true }, []),
  )
  expect(recovered.violations).toMatchObject([{ code: 'RANGE_INVALID', field: 'since' }])
})

describe('an address that must not be reached', () => {
  it.each([
    ['an address of this machine', (url: string) => url],
    ['a name of this machine', (url: string) => url.replace('127.0.0.1', 'localhost')],
    ['this machine by a number', (url: string) => url.replace('127.0.0.1', '2130706433')],
    ['this machine in IPv6', (url: string) => url.replace('127.0.0.1', '[::ffff:127.0.0.1]')],
    ['this machine by https', (url: string) => url.replace('http:', 'https:')],
  ])('is refused when connecting: %s', async (_, change) => {
    await world.endpoint(change(receiver.url))
    world.worker({ allowed: [] })
    await world.bill(named('inv'))
    await tried(1)
    const [attempt] = await world.attempts()
    expect(attempt?.error).toMatch(/is loopback|leads to an address|use https|not global/)
    expect(receiver.open.most).toBe(0)
  })
})

it('is sent again under the same id where the node died between sending and recording', async () => {
  await world.endpoint(receiver.url)
  const node = spawn(process.execPath, [NODE_PROCESS, world.database.url], { stdio: 'ignore' })
  const exited = once(node, 'exit')
  receiver.behave(() => void node.kill('SIGKILL'))
  await world.bill(named('inv'))
  await received(1)
  await exited
  expect(await world.attempts()).toEqual([])

  receiver.behave(answer(200))
  world.worker()
  await settled('DELIVERED')
  const [first, second] = receiver.received.map(({ headers }) => headers['webhook-id'])
  expect(second).toBe(first)
  expect(await world.deliveries()).toMatchObject([{ attempts: 2 }])
  expect(await world.attempts()).toMatchObject([{ status: 200 }])
})

describe('many nodes', () => {
  it('send each event once, and no more than four at a time to one endpoint', async () => {
    await world.endpoint(receiver.url)
    receiver.behave((_, response) => void setTimeout(() => response.end('done'), workMs))
    for (let node = 0; node < 3; node += 1) world.worker()
    const count = 40
    await Promise.all(Array.from({ length: count }, (_, n) => world.bill(named(`inv${n}`))))
    await expect
      .poll(async () => (await statuses()).filter((status) => status === 'DELIVERED'))
      .toHaveLength(count)
    expect(receiver.received).toHaveLength(count)
    expect(receiver.open.most).toBeLessThanOrEqual(4)
    expect(receiver.open.most).toBeGreaterThan(1)
  })
})
