import { once } from 'node:events'
import { createServer } from 'node:http'

import { expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'

import { defaultLimits, type Limits } from '#gateway/limits.ts'
import { Outbox } from '#gateway/streams/outbox.ts'
import { closeLater } from '#test/support/closing.ts'

import { listen } from './graph.ts'

/** More than the buffers of both kernels hold. */
const LONG = 'x'.repeat(20_000_000)
const nobodyLeaves = new AbortController().signal

/** What goes out to a client that does not read yet. */
async function outboxTo(limits: Partial<Limits>): Promise<{ outbox: Outbox; client: WebSocket }> {
  const server = createServer()
  const sockets = new WebSocketServer({ server })
  const client = new WebSocket((await listen(server)).replace('http', 'ws'))
  closeLater(() => client.terminate())
  const [socket] = (await once(sockets, 'connection')) as [WebSocket]
  await once(client, 'open')
  client.pause()
  return { outbox: new Outbox(socket, { ...defaultLimits, maxWaitingBytes: 10, ...limits }), client }
}

async function read(client: WebSocket, count: number): Promise<string[]> {
  const texts: string[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  client.on('message', (data) => {
    if (texts.push((data as Buffer).toString()) === count) resolve()
  })
  client.resume()
  await promise
  return texts
}

it('Answers wait in their order until there is room, except those whose operation was left', async () => {
  const { outbox, client } = await outboxTo({ maxWaitingBytes: 100 })
  const leaving = new AbortController()
  const sent = [
    outbox.deliver(LONG, nobodyLeaves),
    outbox.deliver('one', nobodyLeaves),
    outbox.deliver('left', leaving.signal),
    outbox.deliver('two', nobodyLeaves),
  ]
  leaving.abort()
  expect(await read(client, 3)).toEqual([LONG, 'one', 'two'])
  await Promise.all(sent)
})

it('An answer is refused where too much waits already', async () => {
  const { outbox, client } = await outboxTo({})
  await outbox.deliver(LONG, nobodyLeaves)
  const waits = outbox.deliver('long enough', nobodyLeaves)
  await expect(outbox.deliver('one too many', nobodyLeaves)).rejects.toThrow('not read in time')
  expect(await read(client, 2)).toEqual([LONG, 'long enough'])
  await waits
})

it('An answer for which there is no room in time is refused', async () => {
  const { outbox } = await outboxTo({ clientSilenceTimeoutMs: 20 })
  await outbox.deliver(LONG, nobodyLeaves)
  await expect(outbox.deliver('late', nobodyLeaves)).rejects.toThrow('not read in time')
})
