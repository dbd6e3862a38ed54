/** The seed as its caller meets it: repeatable, in bounded batches that only refer to what came before. */
import { describe, expect, test } from 'vitest'
import { formatAmount } from '#domain/money.ts'
import { CUSTOMERS_PER_BATCH, generateCompany } from '#subgraphs/operations/seed/generate.ts'
import { FIRST_START, companyOf, inOnePiece, options } from './company.ts'

const SMALL = { customers: 60, seed: 11, today: '2026-07-15' }

/** Months of a company whose history ends on a day, by entity and name. */
const periodsOf = (today: string) =>
  new Map(
    companyOf({ ...FIRST_START, customers: 0, today }).accountingPeriods.map((period) => [
      `${period.legalEntityId} ${period.period.toString()}`,
      period.id,
    ]),
  )

describe('the same options', () => {
  test('give the same company, down to the last digit', () => {
    expect(inOnePiece(generateCompany(options(SMALL)))).toEqual(companyOf(SMALL))
  })

  test.each([
    ['another seed', { ...SMALL, seed: 12 }],
    ['another day', { ...SMALL, today: '2026-07-16' }],
  ])('with %s give another one', (_, name) => {
    expect(companyOf(name).invoices).not.toEqual(companyOf(SMALL).invoices)
  })

  test('with more customers give the same customers and some more', () => {
    const more = companyOf({ ...SMALL, customers: 80 })
    expect(more.customers.slice(0, SMALL.customers)).toEqual(companyOf(SMALL).customers)
    expect(more.contracts.slice(0, companyOf(SMALL).contracts.length)).toEqual(companyOf(SMALL).contracts)
  })
})

describe('batches', () => {
  test('are the reference data first, then a bounded number of customers each', () => {
    const [first, ...others] = [...generateCompany(options({ ...SMALL, customers: 120 }))]
    expect(Object.keys(first ?? {}).toSorted()).toEqual([
      'accountRules',
      'accountingPeriods',
      'fxRates',
      'ledgerAccounts',
      'legalEntities',
      'prices',
      'products',
    ])
    expect(others.map(({ customers }) => customers?.length)).toEqual([
      CUSTOMERS_PER_BATCH,
      CUSTOMERS_PER_BATCH,
      20,
    ])
  })

  test('refer only to what came with them or before', () => {
    const known = new Set<string>()
    for (const batch of generateCompany(options({ ...SMALL, customers: 160 }))) {
      for (const id of valuesOf(batch, (key) => key === 'id')) known.add(id)
      const references = valuesOf(batch, (key) => key.endsWith('Id') && key !== 'externalId')
      expect(references.filter((id) => !known.has(id))).toEqual([])
    }
  })

  test('hold nothing but reference data for a company without customers', () => {
    expect([...generateCompany(options({ ...SMALL, customers: 0 }))]).toHaveLength(1)
  })
})

describe('reference data', () => {
  const facts = companyOf(FIRST_START)

  test('is three legal entities, each with its chart and its periods from two years ago to a year ahead', () => {
    expect(
      facts.legalEntities.map(({ id, code, functionalCurrency, timeZone }) => {
        const months = facts.accountingPeriods
          .filter((it) => it.legalEntityId === id)
          .map(({ period }) => period)
        const accounts = facts.ledgerAccounts.filter((it) => it.legalEntityId === id)
        const roles = new Set(accounts.map(({ role }) => role)).size
        return [
          code,
          functionalCurrency,
          timeZone,
          String(months[0]),
          String(months.at(-1)),
          months.length,
          roles,
        ]
      }),
    ).toEqual([
      ['US', 'USD', 'America/New_York', '2024-07', '2027-07', 37, 17],
      ['DE', 'EUR', 'Europe/Berlin', '2024-07', '2027-07', 37, 17],
      ['JP', 'JPY', 'Asia/Tokyo', '2024-07', '2027-07', 37, 17],
    ])
  })

  test('names months by the calendar, whichever day the history ends on', () => {
    const later = periodsOf('2026-08-19')
    const shared = [...periodsOf('2026-07-15')].filter(([month]) => later.has(month))
    expect(shared).toHaveLength(3 * 36)
    for (const [month, id] of shared) expect(later.get(month)).toBe(id)
    expect(new Set(later.values()).size).toBe(3 * 37)
  })

  test('prices a seat in each currency with the decimals that it has, a year as ten months', () => {
    const seat = facts.products.find(({ sku }) => sku === 'SEAT-STANDARD')
    const prices = facts.prices.filter(({ productId }) => productId === seat?.id)
    expect(
      prices.map(({ currency, nickname, unitAmount }) => [
        nickname,
        formatAmount(BigInt(unitAmount ?? ''), currency),
        currency,
      ]),
    ).toEqual([
      ['Standard Seat, monthly', '29.00', 'USD'],
      ['Standard Seat, quarterly', '87.00', 'USD'],
      ['Standard Seat, annual', '290.00', 'USD'],
      ['Standard Seat, monthly', '27.00', 'EUR'],
      ['Standard Seat, quarterly', '81.00', 'EUR'],
      ['Standard Seat, annual', '270.00', 'EUR'],
      ['Standard Seat, monthly', '4400', 'JPY'],
      ['Standard Seat, quarterly', '13200', 'JPY'],
      ['Standard Seat, annual', '44000', 'JPY'],
    ])
  })

  test('has an exchange rate of each foreign currency for the first day of every month', () => {
    expect(facts.fxRates).toHaveLength(2 * 25)
    for (const { rate, date, quoteCurrency } of facts.fxRates) {
      expect([date.day, quoteCurrency]).toEqual([1, 'USD'])
      expect(rate).toMatch(/^(1\.[01]\d{3}|0\.00[67]\d{3})$/)
    }
  })

  test('names every customer in all three systems', () => {
    const systems = facts.customers.map(({ externalRefs }) =>
      externalRefs.map((ref) => `${ref.system} ${ref.objectType}`),
    )
    expect(new Set(systems.map(String))).toEqual(
      new Set(['salesforce Account,stripe customer,netsuite customer']),
    )
  })
})

/** The texts under all keys that `isWanted` takes, at any depth. */
function valuesOf(value: unknown, isWanted: (key: string) => boolean): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === 'string' ? (isWanted(key) ? [inner] : []) : valuesOf(inner, isWanted),
  )
}
