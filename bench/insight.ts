import { parseArgs } from 'node:util'
import { measureReading } from './insight/reading.ts'
import { measureUpkeep } from './insight/upkeep.ts'
import { inTemporaryStores } from './ledger/place.ts'

const INVOICES = 500_000
/** For the same at ten times the size: `--invoices 5000000`. */
const WRITTEN = 10_000

/**
 * The figures of twelve months by legal entity beside the same from the raw tables with the best index, and what
 * keeping them costs who writes. `--invoices 500000` are generated into the tables, with as many payments; `--written
 * 10000` are recorded as facts. `--only reading` or `--only upkeep`.
 */
export async function measureInsight(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { invoices: { type: 'string' }, written: { type: 'string' }, only: { type: 'string' } },
  })
  const invoices = countOf('invoices', values.invoices ?? String(INVOICES))
  const written = countOf('written', values.written ?? String(WRITTEN))
  if (values.only !== 'upkeep') await inTemporaryStores((stores) => measureReading(stores, invoices))
  if (values.only !== 'reading')
    await inTemporaryStores((kept) => inTemporaryStores((bare) => measureUpkeep({ kept, bare }, written)))
}

function countOf(name: string, text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new Error(`--${name} ${text} is not a number of rows`)
  return count
}
