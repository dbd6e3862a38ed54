/** Many clients in one process: each opens a WebSocket and subscribes. */
import { WebSocket } from 'ws'
import { nowMs } from './latency.ts'
import type { Told } from './sockets.ts'

const [, , url = '', count = '0'] = process.argv
const QUERY = 'subscription { invoiceEvents { cursor event { id type time version } } }'
const OPENED_AT_ONCE = 100
const TELL_MS = 200

let arrivals: (readonly [string, number])[] = []
const tell = (told: Told): void => void process.send?.(told)

function open(): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  socket.on('error', reject)
  socket.on('open', () => socket.send('{"type":"connection_init"}'))
  socket.on('message', (data: Buffer) => {
    const at = nowMs()
    const message = JSON.parse(data.toString()) as {
      type: string
      payload?: { data?: { invoiceEvents: { event: { id: string } } } }
    }
    if (message.type === 'connection_ack') {
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: QUERY } }))
      resolve()
    } else if (message.type === 'ping') socket.send('{"type":"pong"}')
    else if (message.payload?.data) arrivals.push([message.payload.data.invoiceEvents.event.id, at])
    else process.stderr.write(`${data.toString()}\n`)
  })
  return promise
}

for (let opened = 0; opened < Number(count); opened += OPENED_AT_ONCE)
  await Promise.all(Array.from({ length: OPENED_AT_ONCE }, open))
tell({ ready: Number(count) })
setInterval(() => {
  if (arrivals.length > 0) tell({ arrivals })
  arrivals = []
}, TELL_MS)
