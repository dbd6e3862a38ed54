// Contracts through the store: their price is shared by the catalogue, and their changes are treated by the standard.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { PriceFact } from '#domain/billing.ts'
import type { ContractLine } from '#domain/crm.ts'
import { recognizeRevenue } from '#subgraphs/erp/recognize.ts'
import { buildSchedules } from '#subgraphs/erp/schedule.ts'
import { contract, contractLine, day, range } from '#test/domain/documents.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { booksOf, openingFacts, stated, type TestBooks } from './books.ts'

let database: TestDatabase
let books: TestBooks

beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(async () => {
  await database.reset()
  books = booksOf(database)
  await books.record({
    ...openingFacts(),
    prices: [listed('platform', '1200000'), listed('support', '600000')],
  })
})
afterEach(async () => {
  expect(await books.broken()).toEqual({})
})
afterAll(() => database.close())

const listed = (productId: string, unitAmount: string, sourceVersion = 1n): PriceFact => ({
  ...stated(`prc_${productId}`, sourceVersion),
  productId,
  nickname: null,
  currency: 'USD',
  unitAmount,
  interval: { unit: 'YEAR', count: 1 },
  usage: 'LICENSED',
  tiersMode: null,
  tiers: [],
  active: true,
})
const year = range('2026-01-01', '2027-01-01')
const line = (id: string, unitPrice: bigint, fields: Partial<ContractLine> = {}): ContractLine =>
  contractLine({
    id,
    productId: id,
    unitPrice,
    interval: { unit: 'YEAR', count: 1 },
    servicePeriod: year,
    ...fields,
  })
const build = (lines: readonly ContractLine[], version = 1) =>
  buildSchedules(books.db, books.context(), {
    contracts: [{ ...contract({ startDate: year.start, endDate: year.end, lines }), version }],
    invoices: [],
  })

/** Allocated price and what is in the books of it, by schedule. */
const prices = async (): Promise<Record<string, string>> => {
  const rows = await database.owner.rows<{ id: string; text: string }>({
    text: `SELECT s.id, format('%s, %s posted', s.allocated_price,
        coalesce(sum(m.amount) FILTER (WHERE m.status = 'POSTED'), 0)) AS text
      FROM erp.revenue_schedule s LEFT JOIN erp.schedule_entry m ON m.schedule_id = s.id AND m.superseded_by IS NULL
      GROUP BY s.id ORDER BY s.id`,
    values: [],
  })
  return Object.fromEntries(rows.map(({ id, text }) => [id, text]))
}
const treatments = async (): Promise<string[]> => {
  const rows = await database.owner.rows<{ text: string }>({
    text: `SELECT concat_ws(' ', m->>'date', m->'effect'->>'treatment') AS text
      FROM erp.contract_plan, jsonb_array_elements(modifications) AS m`,
    values: [],
  })
  return rows.map(({ text }) => text)
}

it('gives a discount to all that was sold together, and keeps it where the catalogue changes afterwards', async () => {
  const sold = [line('platform', 12_000_00n), line('support', 3_000_00n)]
  await build(sold)
  expect(await prices()).toEqual({ rs_platform: '1000000, 0 posted', rs_support: '500000, 0 posted' })
  await books.record({ prices: [listed('support', '9900000', 2n)] })
  expect(await build(sold, 2)).toMatchObject({ created: 0, revised: 0 })
})

it('treats each change as the standard demands, and tells of it', async () => {
  const platform = line('platform', 12_000_00n)
  await build([platform])
  await recognizeRevenue(books.db, books.context(), { through: day('2026-06-30') })
  // July: support for half of what it costs alone. Half a year of each is left, and shared by their list prices.
  const support = line('support', 3_000_00n, { servicePeriod: range('2026-07-01', '2027-01-01') })
  await build([platform, support], 2)
  expect(await treatments()).toEqual(['2026-07-01 PROSPECTIVE'])
  expect(await prices()).toEqual({ rs_platform: '1099178, 595068 posted', rs_support: '252055, 0 posted' })
  // October: another seat of the platform at its price, which is a contract of its own.
  await build(
    [
      { ...platform, servicePeriod: range('2026-01-01', '2026-10-01') },
      support,
      {
        ...platform,
        id: 'platform~20261001',
        quantity: '2',
        servicePeriod: range('2026-10-01', '2027-01-01'),
      },
    ],
    3,
  )
  expect(await treatments()).toEqual(['2026-07-01 PROSPECTIVE', '2026-10-01 SEPARATE_CONTRACT'])
  await recognizeRevenue(books.db, books.context(), { through: day('2026-12-31') })
  expect(await books.balances()).toMatchObject({ REVENUE: -(12_000_00n + 1_512_33n + 3_024_66n) })
  expect(await books.events()).toMatchObject({
    'revgraph.erp.contractPlan.created.v1': 1,
    'revgraph.erp.contractPlan.modified.v1': 2,
  })
})

it('earns a project as it is delivered, and catches up what a new estimate or price changes', async () => {
  const project = line('project', 12_000_00n, { interval: null })
  await build([project, line('hosting', 3_650_00n)])
  const delivered = (steps: readonly (readonly [string, string, string])[], sourceVersion: bigint) =>
    books.record({
      deliveries: [
        {
          ...stated('dlv_project', sourceVersion),
          contractLineId: 'project',
          method: 'PERCENTAGE_OF_COMPLETION',
          satisfiedIn: Temporal.PlainYearMonth.from('2026-12'),
          steps: steps.map(([month, done, total]) => ({
            period: Temporal.PlainYearMonth.from(month),
            delivered: done,
            total,
          })),
        },
      ],
    })
  // A quarter by January; by March 40 of what turn out to be 200 hours, so that a part of it is taken back.
  await delivered([['2026-01', '30', '120']], 1n)
  await recognizeRevenue(books.db, books.context(), { through: day('2026-02-28') })
  expect((await prices())['rs_project']).toBe('1200000, 300000 posted')
  await delivered(
    [
      ['2026-01', '30', '120'],
      ['2026-03', '40', '200'],
    ],
    2n,
  )
  await recognizeRevenue(books.db, books.context(), { through: day('2026-03-31') })
  expect((await prices())['rs_project']).toBe('1200000, 240000 posted')
  // The same project for 15,000.00: a fifth of the difference was earned by then.
  await build([{ ...project, unitPrice: 15_000_00n }, line('hosting', 3_650_00n)], 2)
  await recognizeRevenue(books.db, books.context(), { through: day('2026-04-30') })
  expect((await prices())['rs_project']).toBe('1500000, 300000 posted')
  await recognizeRevenue(books.db, books.context(), { through: day('2026-12-31') })
  expect(await books.balances()).toMatchObject({ REVENUE: -(15_000_00n + 3_650_00n) })
})

it('refuses a delivery of more than all', async () => {
  const steps = [{ period: Temporal.PlainYearMonth.from('2026-01'), delivered: '3', total: '2' }]
  const fact = { ...stated('dlv_1'), contractLineId: 'x', method: 'MILESTONE' as const }
  const satisfiedIn = Temporal.PlainYearMonth.from('2026-12')
  await expect(books.record({ deliveries: [{ ...fact, satisfiedIn, steps }] })).rejects.toThrow(
    /between nothing/,
  )
})
