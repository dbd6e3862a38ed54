import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import type { InvoiceFact } from '#domain/billing.ts'
import { systemClock } from '#platform/clock.ts'
import { createLog } from '#platform/log.ts'
import { createLocalBus } from '#platform/log/bus.ts'
import { consumerOf } from '#platform/log/projection.ts'
import { startRelay } from '#platform/log/relay.ts'
import { startConsumer } from '#platform/log/run-consumer.ts'
import type { Stores } from '#platform/stores.ts'
import { createRecordFacts, projections } from '#product.ts'
import { RAW_PAGE_SIZE } from '#subgraphs/billing/stripe/raw.ts'
import { STORED_SUBGRAPHS } from '#subgraphs/stored.ts'
import { openingFacts } from '../ledger/company.ts'
import { invoice } from '../ledger/invoices.ts'

const POLL_MS = 2
/** Pages that are written before it is waited for that they are applied: keeping up goes on beside writing. */
const PAGES_PER_TURN = 10
const TURN = PAGES_PER_TURN * RAW_PAGE_SIZE

/** The same invoices written in turns to a store that keeps figures and to one that does not, until both are done. */
export async function measureUpkeep(
  { kept, bare }: { readonly kept: Stores; readonly bare: Stores },
  written: number,
): Promise<void> {
  const [withFigures, without] = [await open(kept, true), await open(bare, false)]
  const ms = { kept: 0, bare: 0 }
  for (let first = 0; first < written; first += TURN) {
    const pages = pagesOf(first, Math.min(TURN, written - first))
    const turns = [
      async () => void (ms.kept += await timed(() => withFigures.write(pages))),
      async () => void (ms.bare += await timed(() => without.write(pages))),
    ]
    for (const turn of first % (2 * TURN) === 0 ? turns : turns.toReversed()) await turn()
  }
  await Promise.all([withFigures.stop(), without.stop()])
  process.stdout.write(
    `upkeep of the figures over ${written} invoices with their postings and events, until all is applied: ` +
      `${(ms.kept / 1000).toFixed(1)} s with, ${(ms.bare / 1000).toFixed(1)} s without, ` +
      `ratio ${(ms.kept / ms.bare).toFixed(2)} (aim: 1.25)\n`,
  )
}

function pagesOf(first: number, length: number): { readonly invoices: InvoiceFact[] }[] {
  const invoices = Array.from({ length }, (_, index) => invoice(first + index))
  return Array.from({ length: Math.ceil(length / RAW_PAGE_SIZE) }, (_, page) => ({
    invoices: invoices.slice(page * RAW_PAGE_SIZE, (page + 1) * RAW_PAGE_SIZE),
  }))
}

async function open(stores: Stores, isKept: boolean) {
  const bus = createLocalBus()
  const log = createLog({ level: 'warn' })
  const relays = STORED_SUBGRAPHS.map((source) => startRelay({ db: stores.of(source), source, bus, log }))
  const options = { db: stores.of('insight'), subgraph: 'insight', bus, clock: systemClock, log } as const
  const figures = projections.insight.filter(({ name }) => name.startsWith('metrics-'))
  const consumers = await Promise.all(
    (isKept ? figures : []).map((projection) =>
      startConsumer({ ...options, consumer: consumerOf(projection) }),
    ),
  )
  const record = createRecordFacts(stores.of, systemClock, 'bench')
  const write = async (pages: readonly Parameters<typeof record>[0][]): Promise<void> => {
    for (const page of pages) await record(page)
    while (await isBehind(stores)) await delay(POLL_MS)
  }
  await write([openingFacts()])
  return {
    write,
    stop: async () => {
      await Promise.all([...consumers, ...relays].map((each) => each.stop()))
      await bus.close()
    },
  }
}

/** Whether events are yet to be published or applied. */
async function isBehind({ owner }: Stores): Promise<boolean> {
  const waiting = ['crm', 'billing', 'erp'].map((source) => `SELECT FROM ${source}.outbox`)
  const heads = ['crm', 'billing', 'erp'].map(
    (source) => `SELECT '${source}' AS source, head FROM ${source}.relay`,
  )
  const [row] = await owner.rows<{ isBehind: boolean }>({
    text: `SELECT EXISTS (${waiting.join(' UNION ALL ')}) OR EXISTS (
      SELECT FROM insight.consumer JOIN (${heads.join(' UNION ALL ')}) AS h USING (source) WHERE position < head
    ) AS "isBehind"`,
    values: [],
  })
  return row?.isBehind ?? false
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
