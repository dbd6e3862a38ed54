import { parseArgs } from 'node:util'
import { measureReading } from './insight/reading.ts'
import { measureRebuild } from './insight/rebuild.ts'
import { measureStandingList } from './insight/standing-list.ts'
import { measureUpkeep } from './insight/upkeep.ts'
import { inTemporaryStores } from './ledger/place.ts'

const PARTS = ['reading', 'list', 'upkeep'] as const

/**
 * What insight's figures cost. `reading`: twelve months by legal entity beside the same from the raw tables with the
 * best index, among `--invoices 500000,5000000` that are generated, with as many payments. `list`: pages of 200,000
 * customers by how they stand. `upkeep`: what keeping it all costs who writes `--written 20000` invoices, and how fast
 * it is built anew of their events. `--only` takes one of them.
 */
export async function measureInsight(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      invoices: { type: 'string', default: '500000,5000000' },
      written: { type: 'string', default: '20000' },
      only: { type: 'string' },
    },
  })
  const sizes = values.invoices.split(',').map((text) => countOf('invoices', text))
  const written = countOf('written', values.written)
  const does = (part: (typeof PARTS)[number]): boolean => values.only === undefined || values.only === part
  if (does('reading')) await inTemporaryStores((stores) => measureReading(stores, sizes))
  if (does('list')) await inTemporaryStores(measureStandingList)
  if (does('upkeep'))
    await inTemporaryStores(async (kept) => {
      await inTemporaryStores((bare) => measureUpkeep({ kept, bare }, written))
      await measureRebuild(kept)
    })
}

function countOf(name: string, text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new Error(`--${name} ${text} is not a number of rows`)
  return count
}
