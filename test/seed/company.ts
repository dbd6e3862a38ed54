/** Whole seeded companies for tests, each made once. */
import type { Facts } from '#domain/facts.ts'
import type { SeedOptions } from '#subgraphs/operations/seed/company.ts'
import { generateCompany } from '#subgraphs/operations/seed/generate.ts'

/** Options as a test names them: `today` in ISO 8601. */
export interface CompanyName {
  readonly customers: number
  readonly seed: number
  readonly today: string
}

/** The company that `npm start` makes, and in which every feature must be found. */
export const FIRST_START: CompanyName = { customers: 300, seed: 7, today: '2026-07-15' }

/** Companies of several sizes; the days are a month's end, a leap day and a year's first day as well. */
export const COMPANIES: readonly CompanyName[] = [
  FIRST_START,
  { customers: 120, seed: 1, today: '2026-01-31' },
  { customers: 120, seed: 99, today: '2028-02-29' },
  { customers: 61, seed: 123_456, today: '2027-01-01' },
  { customers: 1, seed: 0, today: '2026-03-31' },
]

const made = new Map<string, Facts>()

/** All facts of a company in one piece. */
export function companyOf(name: CompanyName): Facts {
  const key = JSON.stringify(name)
  const facts = made.get(key) ?? inOnePiece(generateCompany(options(name)))
  made.set(key, facts)
  return facts
}

export function options({ customers, seed, today }: CompanyName): SeedOptions {
  return { customers, seed, today: Temporal.PlainDate.from(today) }
}

export function inOnePiece(batches: Iterable<Partial<Facts>>): Facts {
  const facts: Facts = {
    legalEntities: [],
    ledgerAccounts: [],
    accountingPeriods: [],
    fxRates: [],
    creditProfiles: [],
    deliveries: [],
    accountRules: [],
    customers: [],
    contacts: [],
    opportunities: [],
    quotes: [],
    contracts: [],
    amendments: [],
    products: [],
    prices: [],
    subscriptions: [],
    invoices: [],
    payments: [],
    creditNotes: [],
    refunds: [],
    disputes: [],
    usage: [],
    dunning: [],
  }
  for (const batch of batches) {
    for (const [kind, items] of Object.entries(batch)) {
      const all = facts[kind as keyof Facts] as unknown[]
      for (const item of items) all.push(item)
    }
  }
  return facts
}

/** Items by what `key` says of them. */
export function groupedBy<Item>(
  items: readonly Item[],
  key: (item: Item) => string,
): ReadonlyMap<string, Item[]> {
  return Map.groupBy(items, key)
}
