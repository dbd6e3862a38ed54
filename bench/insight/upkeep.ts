import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import type { InvoiceFact } from '#domain/billing.ts'
import { systemClock } from '#platform/clock.ts'
import type { Database } from '#platform/database.ts'
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
import { readCpu } from '../ledger/usage.ts'

const POLL_MS = 2
/** Pages that are written before it is waited for that they are applied: keeping up goes on beside writing. */
const PAGES_PER_TURN = 10
const TURN = PAGES_PER_TURN * RAW_PAGE_SIZE

/** What writing took: its calls, and all until every event is applied, with the CPU of Node and PostgreSQL. */
interface Spent {
  writingMs: number
  untilAppliedMs: number
  cpuMs: number
}

/** The same invoices written in turns to a store with insight's projections and to one without, until both are done. */
export async function measureUpkeep(
  { kept, bare }: { readonly kept: Stores; readonly bare: Stores },
  written: number,
): Promise<void> {
  const [withFigures, without] = [await open(kept, true), await open(bare, false)]
  for (let first = 0; first < written; first += TURN) {
    const pages = pagesOf(first, Math.min(TURN, written - first))
    const contenders = first % (2 * TURN) === 0 ? [withFigures, without] : [without, withFigures]
    for (const contender of contenders) await contender.write(pages)
  }
  await Promise.all([withFigures.stop(), without.stop()])
  const line = (name: string, part: keyof Spent): string => {
    const [own, other] = [withFigures.spent[part], without.spent[part]]
    const seconds = [own, other].map((ms) => `${(ms / 1000).toFixed(1)} s`).join(' with, ')
    return `  ${name} ${seconds} without; ratio ${(own / other).toFixed(2)}`
  }
  process.stdout.write(
    [
      `upkeep of insight's projections over ${written} invoices with their postings, schedules and events (aim: 1.25):`,
      line('who writes waits', 'writingMs'),
      line('until all is applied', 'untilAppliedMs'),
      line('CPU of Node and PostgreSQL', 'cpuMs'),
      '',
    ].join('\n'),
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
  const consumers = await Promise.all(
    (isKept ? projections.insight : []).map((projection) =>
      startConsumer({ ...options, consumer: consumerOf(projection) }),
    ),
  )
  const record = createRecordFacts(stores.of, systemClock, 'bench')
  const spent: Spent = { writingMs: 0, untilAppliedMs: 0, cpuMs: 0 }
  await record(openingFacts())
  await untilApplied(stores.owner)
  return {
    spent,
    write: async (pages: readonly Parameters<typeof record>[0][]) => {
      const [cpuBefore, start] = [await cpuMs(stores.owner), performance.now()]
      for (const page of pages) await record(page)
      spent.writingMs += performance.now() - start
      await untilApplied(stores.owner)
      spent.untilAppliedMs += performance.now() - start
      spent.cpuMs += (await cpuMs(stores.owner)) - cpuBefore
    },
    stop: async () => {
      await Promise.all([...consumers, ...relays].map((each) => each.stop()))
      await bus.close()
    },
  }
}

async function cpuMs(owner: Database): Promise<number> {
  const { nodeMs, postgresMs } = await readCpu(owner)
  return nodeMs + postgresMs
}

/** Waits until all events are published and applied. */
async function untilApplied(owner: Database): Promise<void> {
  while (await isBehind(owner)) await delay(POLL_MS)
}

async function isBehind(owner: Database): Promise<boolean> {
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
