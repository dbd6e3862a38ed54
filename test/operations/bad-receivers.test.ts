// Receivers that do not do what they should: none holds up its sender, or what goes to others.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { answer, openReceiver, type Receiver } from './receiver.ts'
import { openWebhookWorld, type WebhookWorld } from './world.ts'

/** Between the pieces of an answer without end. */
const trickleMs = 1

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

const statuses = async () => (await world.deliveries()).map(({ status }) => status)
const settled = (...expected: string[]) => expect.poll(statuses, { interval: 5 }).toEqual(expected)
const tried = (count: number) => expect.poll(world.attempts, { interval: 5 }).toHaveLength(count)

describe('a receiver that', () => {
  it('redirects is not followed', async () => {
    const elsewhere = await openReceiver()
    await world.endpoint(receiver.url)
    receiver.behave(answer(307, { location: elsewhere.url }))
    world.worker()
    await world.bill(named('inv'))
    await tried(1)
    expect(await world.attempts()).toMatchObject([{ status: 307 }])
    await settled('PENDING')
    expect(elsewhere.received).toEqual([])
    await elsewhere.close()
  })

  it('never answers is left after the time-out', async () => {
    await world.endpoint(receiver.url)
    receiver.behave(() => {})
    world.worker({ timeoutMs: 100 })
    await world.bill(named('inv'))
    await tried(1)
    expect(await world.attempts()).toMatchObject([{ status: null, error: 'no answer within 100 ms' }])
    await expect.poll(() => receiver.open.now).toBe(0)
  })

  it('answers without end has taken it; only the beginning is read', async () => {
    await world.endpoint(receiver.url)
    receiver.behave((_, response) => {
      response.writeHead(200)
      const more = setInterval(() => response.write('x'.repeat(1_000)), trickleMs)
      response.on('close', () => clearInterval(more))
    })
    world.worker()
    await world.bill(named('inv'))
    await settled('DELIVERED')
    const [attempt] = await world.attempts()
    expect(attempt?.excerpt).toBe('x'.repeat(500))
    await expect.poll(() => receiver.open.now).toBe(0)
  })

  it('trickles its answer has taken it, and does not hold us beyond the time-out', async () => {
    await world.endpoint(receiver.url)
    receiver.behave((_, response) => {
      response.writeHead(200)
      response.write('slow')
    })
    world.worker({ timeoutMs: 1_500 })
    await world.bill(named('inv'))
    await settled('DELIVERED')
    expect(await world.attempts()).toMatchObject([{ status: 200, excerpt: 'slow' }])
  })

  it('changes the protocol is tried again, and keeps nobody waiting', async () => {
    await world.endpoint(receiver.url)
    receiver.behave((_, { socket }) => {
      socket?.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    })
    world.worker()
    await world.bill(named('inv'))
    await tried(1)
    expect(await world.attempts()).toMatchObject([{ status: null, error: 'closed without an answer' }])
  })

  it('breaks off is tried again', async () => {
    await world.endpoint(receiver.url)
    receiver.behave((_, response) => void response.destroy())
    world.worker()
    await world.bill(named('inv'))
    await tried(1)
    expect(await world.attempts()).toMatchObject([{ status: null, error: 'socket hang up' }])
  })
})

it('reaches an endpoint in time while many others never answer', async () => {
  const silent = await openReceiver()
  silent.behave(() => {})
  for (let n = 0; n < 10; n += 1) await world.endpoint(silent.url)
  await world.endpoint(receiver.url)
  const count = 20
  for (let n = 0; n < count; n += 1) await world.bill(named(`inv${n}`))
  await world.noted(11 * count)
  world.worker({ timeoutMs: 2_000 })
  await expect.poll(() => receiver.received.length, { timeout: 3_500 }).toBe(count)
  await silent.close()
})
