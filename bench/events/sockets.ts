import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { manualClock } from '#platform/clock.ts'
import { recordBillingFacts } from '#subgraphs/billing/record.ts'
import { day, invoiceFact, invoiceLine } from '#test/domain/documents.ts'
import type { Ground } from '../events.ts'
import { quantile } from '../load.ts'
import { startMeasured } from '../server.ts'
import { nowMs } from './latency.ts'

const SOCKETS = 5_000
const EVENTS = 20
const PAUSE_MS = 1_500
const SETTLE_MS = 3_000

/** What a process of subscribers tells: how many are ready, and when each of them had each event. */
export type Told =
  | { readonly ready: number }
  | { readonly arrivals: readonly (readonly [id: string, atMs: number])[] }

/** Many WebSockets on one node, each with the same subscription: every event goes to all of them. */
export async function measureSockets({ stores, databaseUrl, say }: Ground): Promise<void> {
  const node = await startMeasured('node', './events/node.ts', { BENCH_DATABASE_URL: databaseUrl })
  const before = await node.usage()
  const clients = fork(new URL('./clients.ts', import.meta.url), [node.url, String(SOCKETS)])
  const arrivals = new Map<string, number[]>()
  const ready = Promise.withResolvers<void>()
  clients.on('message', (told: Told) => {
    if ('ready' in told) return ready.resolve()
    for (const [id, at] of told.arrivals) arrivals.getOrInsertComputed(id, () => []).push(at)
  })
  await ready.promise
  await sleep(SETTLE_MS)
  const opened = await node.usage()
  const sent = new Map<string, number>()
  for (let turn = 1; turn <= EVENTS; turn += 1) {
    await recordInvoice(stores, turn)
    sent.set(`inv_bench.${turn}`, nowMs())
    await sleep(PAUSE_MS)
  }
  const end = performance.now() + SETTLE_MS * EVENTS
  const isComplete = () => [...sent.keys()].every((id) => arrivals.get(id)?.length === SOCKETS)
  while (!isComplete() && performance.now() < end) await sleep(PAUSE_MS)
  const latencies = [...arrivals].flatMap(([id, times]) => times.map((at) => at - (sent.get(id) ?? at)))
  const delivered = latencies.length
  const busyMs = [...arrivals].reduce((sum, [id, times]) => sum + Math.max(...times) - (sent.get(id) ?? 0), 0)
  const used = await node.usage()
  const sorted = latencies.toSorted((a, b) => a - b)
  say(
    `${SOCKETS} WebSockets on one node: ${delivered} of ${SOCKETS * EVENTS} messages delivered, ` +
      `${((delivered * 1_000) / busyMs).toFixed(0)} messages/s, p50 ${quantile(sorted, 0.5).toFixed(0)} ms, ` +
      `p99 ${quantile(sorted, 0.99).toFixed(0)} ms, ` +
      `${((used.cpuMs - opened.cpuMs) / (delivered / 1_000)).toFixed(1)} ms of CPU for 1,000 messages, ` +
      `${(((opened.rssMiB - before.rssMiB) * 1_024) / SOCKETS).toFixed(1)} KiB RSS a socket`,
  )
  clients.kill()
  await once(clients, 'exit')
  await node.stop()
}

/** One invoice again and again, each time another: an event each. */
async function recordInvoice(stores: Ground['stores'], turn: number): Promise<void> {
  const clock = manualClock('2026-06-15T12:00:00Z')
  const context = { subgraph: 'billing', clock, correlationId: 'bench' }
  const invoice = invoiceFact({
    id: 'inv_bench',
    issueDate: day('2026-03-01'),
    lines: [invoiceLine(100n * BigInt(turn))],
  })
  await recordBillingFacts(stores.of('billing'), context, { invoices: [invoice] })
}
