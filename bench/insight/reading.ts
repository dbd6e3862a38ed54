import { performance } from 'node:perf_hooks'
import { graphql } from 'graphql'
import { manualClock } from '#platform/clock.ts'
import type { Database } from '#platform/database.ts'
import { createLocalBus } from '#platform/log/bus.ts'
import type { Stores } from '#platform/stores.ts'
import { insight } from '#subgraphs/insight/subgraph.ts'
import { fillTables, RAW } from './fill.ts'

const ROUNDS = 25
const NOW = '2026-12-31T12:00:00Z'

const FIGURES = `{ revenueMetrics(period: { from: "2026-01", to: "2026-12" }, groupBy: [LEGAL_ENTITY],
  reportingCurrency: "USD") {
  rows { period group { legalEntity { id } } billings { amount } collections { amount } } } }`

/** Twelve months by legal entity, from kept sums and from raw tables, in turns. */
export async function measureReading(stores: Stores, invoices: number): Promise<void> {
  await fillTables(stores.owner, invoices)
  const subgraph = insight(stores.of('insight'), manualClock(NOW), createLocalBus())
  const figures = async (): Promise<void> => {
    const contextValue = subgraph.createContext()
    const { errors } = await graphql({ schema: subgraph.schema, source: FIGURES, contextValue })
    if (errors !== undefined) throw new AggregateError(errors, String(errors[0]))
  }
  const raw = (): Promise<unknown> => stores.owner.rows({ name: 'raw figures', text: RAW, values: [] })
  const [kept, read] = [[] as number[], [] as number[]]
  for (let round = 0; round < ROUNDS; round += 1) {
    kept.push(await timed(figures))
    read.push(await timed(raw))
  }
  const [own, other] = [median(kept), median(read)]
  process.stdout.write(
    [
      `twelve months by legal entity, ${invoices} invoices and payments, three currencies, 36 months:`,
      `  kept sums, as a GraphQL answer ${own.toFixed(1)} ms (aim: under 50)`,
      `  raw tables with a covering index ${other.toFixed(1)} ms; ratio 1/${(other / own).toFixed(1)} (aim: 1/50)`,
      `  rows of sums ${await countOf(stores.owner)}`,
      '',
    ].join('\n'),
  )
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

async function countOf(owner: Database): Promise<bigint> {
  const [row] = await owner.rows<{ count: bigint }>({
    text: `SELECT count(*) FROM insight.metric_total WHERE grain = 'MONTH'`,
    values: [],
  })
  return row?.count ?? 0n
}
