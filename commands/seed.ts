import { type Clock, systemClock, today } from '#platform/clock.ts'
import type { Stores } from '#platform/stores.ts'
import { importPositions } from '#subgraphs/billing/store.ts'
import { hasCustomers } from '#subgraphs/crm/store.ts'
import type { SeedOptions } from '#subgraphs/operations/seed/company.ts'
import { CUSTOMERS_PER_BATCH, generateCompany } from '#subgraphs/operations/seed/generate.ts'
import { createRecordFacts } from '#product.ts'
import { booksReport, checkBooks } from './check-books.ts'
import { type Command, say, UsageError, wholeNumber } from './command.ts'
import { progressBar } from './progress.ts'
import { recognizeEndedMonths } from './recognize.ts'
import { withStores } from './stores.ts'

const DEFAULT_SEED = 7
const DEFAULT_CUSTOMERS = 300
const MAX_CUSTOMERS = 100_000
const MAX_SEED = 1_000_000

/** Which company is asked for; the day on which its history ends is that of its first batch. */
interface Size {
  readonly customers: number
  readonly seed: number
}

/** The company that a store was given. With it, an interrupted seed goes on with the same facts on a later day. */
interface Company extends Size {
  /** ISO 8601. */
  readonly today: string
  readonly finished: boolean
}

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

/** The store holds another company than the one that is asked for; the message says which, and the way out. */
export class SeedError extends Error {
  override readonly name = 'SeedError'
}

/**
 * Fills a store that holds nothing with a company of so many customers, none for 0, and goes on with one whose seed
 * was interrupted, whatever its size. A store with anything else in it stays as it is.
 */
export async function fillStores(
  stores: Pick<Stores, 'of' | 'owner'>,
  customers: number,
  clock: Clock,
): Promise<void> {
  const known = await companyIn(stores).load()
  if (known === null) {
    if (customers === 0 || (await hasCustomers(stores.of('crm')))) return
    await seedStores(stores, { customers, seed: DEFAULT_SEED }, clock)
  } else if (!known.finished) await seedStores(stores, known, clock)
}

/**
 * Invents a company, records it as any other facts, posts what its months have earned, and checks the books. Throws a
 * SeedError where the store holds another one: their numbers and accounts would not stay apart.
 */
export async function seedStores(
  stores: Pick<Stores, 'of' | 'owner'>,
  size: Size,
  clock: Clock,
): Promise<void> {
  const company = await begin(stores, size, clock)
  await recordCompany(stores, { ...company, today: Temporal.PlainDate.from(company.today) }, clock)
  await recognizeEndedMonths(stores, clock, correlationOf(company))
  await companyIn(stores).save({ ...company, finished: true })
  say(booksReport(await checkBooks(stores)))
}

/** The company that the store is to hold: noted before its first fact, so that every later run makes the same one. */
async function begin(stores: Pick<Stores, 'of'>, size: Size, clock: Clock): Promise<Company> {
  const known = await companyIn(stores).load()
  if (known === null) {
    const company = {
      customers: size.customers,
      seed: size.seed,
      today: today(clock).toString(),
      finished: false,
    }
    await companyIn(stores).save(company)
    return company
  }
  if (known.customers === size.customers && known.seed === size.seed) return known
  throw new SeedError(
    `This store holds ${nameOf(known)}${known.finished ? '' : ', not finished yet'}. ` +
      `For ${nameOf(size)}, name another place with REVGRAPH_HOME (or DATABASE_URL).`,
  )
}

async function recordCompany(stores: Pick<Stores, 'of'>, options: SeedOptions, clock: Clock): Promise<void> {
  const record = createRecordFacts(stores.of, clock, correlationOf(options))
  const progress = progressBar('Inventing a company', options.customers)
  let batches = 0
  for (const facts of generateCompany(options)) {
    await record(facts)
    progress.show(Math.min(batches * CUSTOMERS_PER_BATCH, options.customers), 'customers')
    batches += 1
  }
  progress.end(`In the store: ${nameOf(options)}.`)
}

/** Throws a SeedError where a store holds real customers, or none: only invented ones do as they are told. */
export async function refuseUnlessInvented(stores: Pick<Stores, 'of'>): Promise<void> {
  if (!(await isInvented(stores)))
    throw new SeedError('This store holds no invented company: what happens there is told by its sources.')
}

/** Whether the company of a store is an invented one. */
export const isInvented = async (stores: Pick<Stores, 'of'>): Promise<boolean> =>
  (await companyIn(stores).load()) !== null

/** Where the store keeps which company it was given: beside the positions of imports, since the seed is one. */
const companyIn = (stores: Pick<Stores, 'of'>) => importPositions<Company>(stores.of('billing'), 'seed')

const nameOf = ({ customers, seed }: Size): string =>
  `the invented company of ${customers} customers (seed ${seed})`

const correlationOf = ({ seed }: Size): string => `seed-${seed}`
