import { manualClock } from '#platform/clock.ts'
import type { Database } from '#platform/database.ts'
import { createLocalBus } from '#platform/log/bus.ts'
import type { Stores } from '#platform/stores.ts'
import { insight } from '#subgraphs/insight/subgraph.ts'
import { fillTables, openTables, RAW } from './fill.ts'
import { ask, inTurns, type Timing, told } from './timing.ts'

const NOW = '2026-12-31T12:00:00Z'

const FIGURES = `{ revenueMetrics(period: { from: "2026-01", to: "2026-12" }, groupBy: [LEGAL_ENTITY],
  reportingCurrency: "USD") {
  rows { period group { legalEntity { id } } billings { amount } collections { amount } } } }`

/** Twelve months by legal entity among so many invoices, then among more, from kept sums and from raw tables. */
export async function measureReading({ owner, of }: Stores, sizes: readonly number[]): Promise<void> {
  const subgraph = insight(of('insight'), manualClock(NOW), createLocalBus())
  const figures = (): Promise<void> => ask(subgraph, FIGURES)
  const raw = (): Promise<unknown> => owner.rows({ name: 'raw figures', text: RAW, values: [] })
  await openTables(owner)
  let filled = 0
  for (const invoices of sizes) {
    await fillTables(owner, filled, invoices)
    filled = invoices
    const { kept, read } = await inTurns(owner, { kept: figures, read: raw })
    const ratio = (part: keyof Timing): string => `1/${(read[part] / kept[part]).toFixed(0)}`
    process.stdout.write(
      [
        `twelve months by legal entity, ${invoices} invoices and payments, three currencies, 36 months:`,
        `  kept sums, as a GraphQL answer ${told(kept)} (aim: under 50 ms)`,
        `  raw tables with a covering index ${told(read)}`,
        `  ratio ${ratio('median')} (fastest ${ratio('fastest')}, CPU ${ratio('cpu')}; aim: 1/50)`,
        `  rows of sums ${await countOf(owner)}`,
        '',
      ].join('\n'),
    )
  }
}

async function countOf(owner: Database): Promise<bigint> {
  const [row] = await owner.rows<{ count: bigint }>({
    text: `SELECT count(*) FROM insight.metric_total WHERE grain = 'MONTH'`,
    values: [],
  })
  return row?.count ?? 0n
}
