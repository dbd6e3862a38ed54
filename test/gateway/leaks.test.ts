// Nothing is left behind: after many clients came and left in every way, the process holds what it held before.
import { expect, it } from 'vitest'

import { connectionsOf } from './graph.ts'
import { begin, invoice, serve, subscribe, TICKS, ticksAs } from './socket.ts'

const CLIENTS = 40

/** What keeps the process from ending, by kind. */
function resources(): Record<string, number> {
  const kinds = process.getActiveResourcesInfo().filter((kind) => /Timeout|TCPSocket|TCPConnect/.test(kind))
  return Object.fromEntries(
    Map.groupBy(kinds, (kind) => kind)
      .entries()
      .map(([kind, all]) => [kind, all.length]),
  )
}

const post = (url: string, query: string, signal: AbortSignal): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    signal,
    headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })

it('Sources, sockets and timers are gone when their clients are', async () => {
  const { feed, server, url, socketUrl } = await serve()
  const before = resources()
  const leave = new AbortController()
  const readers = Array.from({ length: CLIENTS }, (_, index) => post(url, ticksAs(`t${index}`), leave.signal))
  const sockets = await Promise.all(Array.from({ length: CLIENTS }, () => begin(socketUrl)))
  await Promise.all(readers)
  for (const [index, socket] of sockets.entries()) {
    socket.send(subscribe('1', TICKS))
    socket.send(subscribe('2', `subscription { paid { l${index}: label customer { name } } }`))
    socket.send(subscribe('3', '{ invoice(id: "i1") { label } }'))
  }
  await expect.poll(() => [feed.ticks.listeners, feed.paid.listeners]).toEqual([CLIENTS + 1, CLIENTS])
  feed.ticks.publish(1)
  feed.paid.publish(invoice('i1'))

  leave.abort()
  for (const [index, raw] of sockets.entries()) {
    if (index % 3 === 0) raw.socket.terminate()
    else if (index % 3 === 1) raw.socket.close()
    else raw.send('no message')
  }
  await Promise.all(sockets.map(({ closed }) => closed))
  await expect.poll(() => [feed.ticks.listeners, feed.paid.listeners]).toEqual([0, 0])
  await expect.poll(() => connectionsOf(server)).toBe(0)
  await expect.poll(resources).toEqual(before)
})
