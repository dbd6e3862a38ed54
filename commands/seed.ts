import { type Clock, systemClock, today } from '#platform/clock.ts'
import type { Stores } from '#platform/stores.ts'
import { recognizeRevenue } from '#subgraphs/erp/recognize.ts'
import { CUSTOMERS_PER_BATCH, generateCompany } from '#subgraphs/operations/seed/generate.ts'
import { createRecordFacts } from '#product.ts'
import { booksReport, checkBooks } from './check-books.ts'
import { type Command, say, UsageError, wholeNumber } from './command.ts'
import { progressBar } from './progress.ts'
import { withStores } from './stores.ts'

export const DEFAULT_SEED = 7
const DEFAULT_CUSTOMERS = 300
const MAX_CUSTOMERS = 100_000
const MAX_SEED = 1_000_000

/** `npm run seed -- --customers 2000 --seed 7` */
export const seedCommand: Command = (input) => {
  const { line } = input
  const customers = wholeNumber('customers', line.customers, DEFAULT_CUSTOMERS, {
    min: 1,
    max: MAX_CUSTOMERS,
  })
  const seed = wholeNumber('seed', line.seed, DEFAULT_SEED, { min: 0, max: MAX_SEED })
  if (line.words.length > 0) throw new UsageError(`seed takes no "${line.words.join(' ')}".`)
  return withStores(input, (stores) => seedStores(stores, { customers, seed }, systemClock))
}

/** Invents a company, records it as any other facts, posts what its months have earned, and checks the books. */
export async function seedStores(
  stores: Stores,
  size: { readonly customers: number; readonly seed: number },
  clock: Clock,
): Promise<void> {
  const lastDay = today(clock)
  const correlationId = `seed-${size.seed}`
  const record = createRecordFacts(stores.of, clock, correlationId)
  const progress = progressBar('Inventing a company', size.customers)
  let batches = 0
  for (const facts of generateCompany({ ...size, today: lastDay })) {
    await record(facts)
    progress.show(Math.min(batches * CUSTOMERS_PER_BATCH, size.customers), 'customers')
    batches += 1
  }
  const lastMonthEnd = lastDay.with({ day: 1 }).subtract({ days: 1 })
  await recognizeRevenue(
    stores.of('erp'),
    { subgraph: 'erp', clock, correlationId },
    { through: lastMonthEnd },
  )
  progress.end(`A company with ${size.customers} customers (seed ${size.seed}) is in the store.`)
  say(booksReport(await checkBooks(stores)))
}
