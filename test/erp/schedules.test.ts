// Revenue schedules follow contracts and invoices, version by version: what was recognised stays.
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ContractLine } from '#domain/crm.ts'
import type { ScheduleEntry } from '#domain/erp.ts'
import { sum } from '#domain/money.ts'
import { reviseSchedule } from '#domain/schedule.ts'
import { recognizeRevenue } from '#subgraphs/erp/recognize.ts'
import { buildSchedules, type ScheduleSources } from '#subgraphs/erp/schedule.ts'
import { contract, contractLine, creditNoteFact, day, range, store } from '#test/domain/documents.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { annualInvoice, booksOf, fxRate, openingFacts, period, type TestBooks } from './books.ts'

let database: TestDatabase
let books: TestBooks

beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(async () => {
  await database.reset()
  books = booksOf(database)
  await books.record(openingFacts())
})
afterEach(async () => {
  expect(await books.broken()).toEqual({})
})
afterAll(() => database.close())

const year = { unit: 'YEAR', count: 1 } as const
const before: ContractLine = contractLine({
  id: 'before',
  unitPrice: 12_000_00n,
  interval: year,
  servicePeriod: range('2026-01-01', '2027-01-01'),
})
const after: ContractLine = {
  ...before,
  id: 'after',
  unitPrice: 18_000_00n,
  servicePeriod: range('2026-05-01', '2027-01-01'),
}
const endingOn = (end: string): ContractLine => ({ ...before, servicePeriod: range('2026-01-01', end) })

const contracts = (...lines: ContractLine[]) => [
  contract({ startDate: day('2026-01-01'), endDate: day('2027-01-01'), lines }),
]
const build = (sources: Partial<ScheduleSources>) =>
  buildSchedules(books.db, books.context(), { contracts: [], invoices: [], ...sources })
const recognize = (through: string, batchSize?: number) =>
  recognizeRevenue(books.db, books.context(), {
    through: day(through),
    ...(batchSize === undefined ? {} : { batchSize }),
  })

/** Months in force as `2026-01 101918 POSTED`. */
async function months(scheduleId: string): Promise<string[]> {
  const rows = await database.owner.rows<{ text: string }>({
    text: `SELECT period || ' ' || amount || ' ' || status AS text FROM erp.schedule_entry
      WHERE schedule_id = $1 AND superseded_by IS NULL ORDER BY period`,
    values: [scheduleId],
  })
  return rows.map(({ text }) => text)
}

async function versionAndPrice(scheduleId: string) {
  const [row] = await database.owner.rows<{ version: number; price: bigint }>({
    text: 'SELECT version, allocated_price AS price FROM erp.revenue_schedule WHERE id = $1',
    values: [scheduleId],
  })
  return row
}

/** How many statements scheduling so many lines and recognising a month of them takes. */
async function statementsFor(count: number, month: string): Promise<number> {
  const lines = Array.from({ length: count }, (_, n) => ({ ...before, id: `${count}-${n}` }))
  const many = [contract({ id: `c-${count}`, lines })]
  database.statements.length = 0
  await build({ contracts: many })
  await recognize(month)
  return database.statements.length
}

/** Returns as soon as some statement waits for a lock. */
async function waitUntilBlocked({ owner }: TestDatabase): Promise<void> {
  const text = `SELECT count(*)::int AS waiting FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`
  for (let tries = 0; tries < 1_000; tries += 1) {
    const [row] = await owner.rows<{ waiting: number }>({ text, values: [] })
    if ((row?.waiting ?? 0) > 0) return
  }
  throw new Error('nothing waits for a lock')
}

/** Minor units. */
const total = (some: readonly ScheduleEntry[]) => sum(some.map(({ amount }) => amount))

describe('12,000.00 a year', () => {
  beforeEach(async () => {
    expect(await build({ contracts: contracts(before) })).toEqual({ created: 1, revised: 0, unchanged: 0 })
  })

  it('is earned by days, and right at the end of every month', async () => {
    expect(await months('rs_before')).toEqual([
      '2026-01 101918 PLANNED',
      '2026-02 92055 PLANNED',
      '2026-03 101917 PLANNED',
      '2026-04 98631 PLANNED',
      '2026-05 101917 PLANNED',
      '2026-06 98630 PLANNED',
      '2026-07 101918 PLANNED',
      '2026-08 101918 PLANNED',
      '2026-09 98630 PLANNED',
      '2026-10 101918 PLANNED',
      '2026-11 98630 PLANNED',
      '2026-12 101918 PLANNED',
    ])
    expect(await versionAndPrice('rs_before')).toEqual({ version: 1, price: 12_000_00n })
  })

  it('changes nothing and tells nobody when the same contract comes again', async () => {
    const events = await books.events()
    expect(await build({ contracts: contracts(before) })).toEqual({ created: 0, revised: 0, unchanged: 1 })
    expect(await books.events()).toEqual(events)
    expect(events).toMatchObject({ 'revgraph.erp.revenueSchedule.created.v1': 1 })
  })

  it('upgraded to 18,000.00 on 1 May earns 3,945.21 and 12,082.19 (P8, a year earlier)', async () => {
    expect(await recognize('2026-04-30')).toEqual({ posted: 4, blocked: 0 })
    const amended = contracts(endingOn('2026-05-01'), after)
    expect(await build({ contracts: amended })).toEqual({ created: 1, revised: 1, unchanged: 0 })
    expect(await months('rs_before')).toEqual([
      '2026-01 101918 POSTED',
      '2026-02 92055 POSTED',
      '2026-03 101917 POSTED',
      '2026-04 98631 POSTED',
    ])
    expect(await versionAndPrice('rs_before')).toEqual({ version: 2, price: 3_945_21n })
    expect(await versionAndPrice('rs_after')).toEqual({ version: 1, price: 12_082_19n })
    expect(await recognize('2026-12-31')).toEqual({ posted: 8, blocked: 0 })
    expect(await books.balances()).toEqual({ DEFERRED_REVENUE: 16_027_40n, REVENUE: -16_027_40n })
  })

  it('keeps the months of the first version beside those of the second', async () => {
    await build({ contracts: contracts(endingOn('2026-05-01')) })
    const rows = await database.owner.rows({
      text: `SELECT version, superseded_by, count(*)::int AS months, sum(amount)::int AS amount
        FROM erp.schedule_entry GROUP BY version, superseded_by ORDER BY version`,
      values: [],
    })
    expect(rows).toEqual([
      { version: 1, superseded_by: 2, months: 12, amount: 12_000_00 },
      { version: 2, superseded_by: null, months: 4, amount: 3_945_21 },
    ])
  })

  it('ended back-dated to 1 March keeps four recognised months and takes the excess back in the next', async () => {
    await recognize('2026-04-30')
    await build({ contracts: contracts(endingOn('2026-03-01')) })
    expect((await months('rs_before')).slice(3)).toEqual(['2026-04 98631 POSTED', '2026-05 -200548 PLANNED'])
    expect(await build({ contracts: contracts(endingOn('2026-03-01')) })).toMatchObject({ revised: 0 })
    await recognize('2026-05-31')
    expect(await build({ contracts: contracts(endingOn('2026-03-01')) })).toMatchObject({ revised: 0 })
    expect(await books.balances()).toEqual({ DEFERRED_REVENUE: 1_939_73n, REVENUE: -1_939_73n })
  })

  it('comes down to what was recognised, and then to nothing, when the line is gone', async () => {
    await recognize('2026-01-31')
    expect(await build({ contracts: contracts() })).toEqual({ created: 0, revised: 1, unchanged: 0 })
    expect(await months('rs_before')).toEqual(['2026-01 101918 POSTED', '2026-02 -101918 PLANNED'])
    await recognize('2026-02-28')
    expect(await books.balances()).toEqual({})
    expect(await books.events()).toMatchObject({ 'revgraph.erp.revenueSchedule.revised.v1': 1 })
  })

  it('is scheduled once by ten callers at once', async () => {
    const counts = await Promise.all(
      Array.from({ length: 10 }, () => build({ contracts: contracts(before, after) })),
    )
    expect(sum(counts.map(({ created }) => BigInt(created)))).toBe(1n)
    expect(sum(counts.map(({ revised }) => BigInt(revised)))).toBe(0n)
  })

  it('survives being revised while it is recognised', async () => {
    await Promise.all([
      recognize('2026-12-31', 1),
      build({ contracts: contracts(endingOn('2026-05-01'), after) }),
      recognize('2026-06-30', 2),
    ])
    await recognize('2027-12-31')
    expect(await books.balances()).toEqual({ DEFERRED_REVENUE: 16_027_40n, REVENUE: -16_027_40n })
  })
})

describe('recognition', () => {
  beforeEach(() => build({ contracts: contracts(before) }))

  it('posts months that ended, each once, whatever the size of a batch', async () => {
    expect(await recognize('2026-03-30', 1)).toEqual({ posted: 2, blocked: 0 })
    expect(await recognize('2026-03-31', 1)).toEqual({ posted: 1, blocked: 0 })
    expect(await recognize('2026-03-31')).toEqual({ posted: 0, blocked: 0 })
    expect(await books.journal()).toEqual([
      '1 2026-01 POSTED REVENUE_RECOGNIZED: Dr DEFERRED_REVENUE 101918, Cr REVENUE 101918',
      '2 2026-02 POSTED REVENUE_RECOGNIZED: Dr DEFERRED_REVENUE 92055, Cr REVENUE 92055',
      '3 2026-03 POSTED REVENUE_RECOGNIZED: Dr DEFERRED_REVENUE 101917, Cr REVENUE 101917',
    ])
  })

  it('by five runs at once posts each month once', async () => {
    const runs = await Promise.all(Array.from({ length: 5 }, () => recognize('2026-12-31', 3)))
    expect(sum(runs.map(({ posted }) => BigInt(posted)))).toBe(12n)
    expect(await books.journal()).toHaveLength(12)
  })

  it('goes to the first open period where its own is closed', async () => {
    await books.record({
      accountingPeriods: ['2026-01', '2026-02'].map((month) => period('entity-1', month, 'CLOSED', 2n)),
    })
    await recognize('2026-01-31')
    expect((await books.journal())[0]).toContain('1 2026-03 POSTED')
  })

  it('leaves a month that cannot be posted, says why, and goes on with others', async () => {
    const inFrance = contract({ id: 'c-fr', legalEntityId: 'entity-fr', lines: [{ ...before, id: 'fr' }] })
    await build({ contracts: [inFrance] })
    expect(await recognize('2026-01-31', 1)).toEqual({ posted: 1, blocked: 1 })
    expect(await books.blocks()).toEqual({ rs_fr: 'There is no legal entity entity-fr' })
    expect(await months('rs_fr')).toContain('2026-01 101918 PLANNED')
  })

  it('keeps saying why a schedule is blocked while a later month of it is not', async () => {
    await build({
      contracts: [contract({ id: 'c-eur', currency: 'EUR', lines: [{ ...before, id: 'eur' }] })],
    })
    await books.record({ fxRates: [fxRate('EUR', 'USD', '1.1', '2026-02-15')] })
    expect(await recognize('2026-03-31', 1)).toEqual({ posted: 5, blocked: 1 })
    expect(await books.blocks()).toEqual({
      rs_eur: 'There is no exchange rate EUR/USD on or before 2026-01-31',
    })
    await books.record({ fxRates: [fxRate('EUR', 'USD', '1.1', '2026-01-01')] })
    expect(await recognize('2026-03-31', 1)).toEqual({ posted: 1, blocked: 0 })
    expect(await books.blocks()).toEqual({})
  })

  it('goes on behind a batch that another run did meanwhile', async () => {
    await build({ contracts: [contract({ id: 'c-2', lines: [{ ...before, id: 'second' }] })] })
    const other = await database.owner.transaction(async (transaction) => {
      const text = `SELECT FROM erp.revenue_schedule WHERE id = 'rs_before' FOR UPDATE`
      await transaction.rows({ text, values: [] })
      const run = recognize('2026-01-31', 1)
      await waitUntilBlocked(database)
      const revised = `UPDATE erp.schedule_entry SET superseded_by = 2 WHERE schedule_id = 'rs_before'`
      await transaction.rows({ text: revised, values: [] })
      const price = `UPDATE erp.revenue_schedule SET allocated_price = 0 WHERE id = 'rs_before'`
      await transaction.rows({ text: price, values: [] })
      return { run }
    })
    expect(await other.run).toEqual({ posted: 1, blocked: 0 })
    expect(await months('rs_second')).toContain('2026-01 101918 POSTED')
  })

  it('takes as many statements for 50 schedules as for 5', async () => {
    expect(await statementsFor(50, '2026-01-31')).toBe(await statementsFor(5, '2026-02-28'))
  })
})

describe('an invoice without a contract', () => {
  const invoice = annualInvoice()

  it('is earned over its service period, and not at all once it is void', async () => {
    await build(store({ invoices: [invoice] }))
    expect(await versionAndPrice('rs_line-of-invoice-1')).toEqual({ version: 1, price: 500_00n })
    const voided = { ...invoice, lifecycle: 'VOID' as const, closedOn: day('2026-02-10') }
    expect(await build(store({ invoices: [voided] }))).toEqual({ created: 0, revised: 1, unchanged: 0 })
    expect(await months('rs_line-of-invoice-1')).toEqual([])
  })

  it('earns less by the service that a credit note gives back', async () => {
    const credit = {
      id: 'cl-1',
      invoiceLineId: 'line-of-invoice-1',
      description: 'Left early',
      amount: 250_00n,
      servicePeriod: range('2026-07-02', '2026-01-01'),
    }
    const documents = store({ invoices: [invoice], creditNotes: [creditNoteFact({ lines: [credit] })] })
    await build(documents)
    expect(await versionAndPrice('rs_line-of-invoice-1')).toMatchObject({ price: 250_00n })
    await expect(build({ invoices: documents.invoices })).rejects.toThrow('Of the credit notes of invoice-1')
  })
})

describe('a revision, for any plan and any months that were recognised', () => {
  const entries = fc
    .dictionary(
      fc.integer({ min: 0, max: 30 }).map(String),
      fc.bigInt({ min: -1000n, max: 1000n }).filter(Boolean),
      {
        maxKeys: 24,
      },
    )
    .map((amounts): ScheduleEntry[] =>
      Object.entries(amounts).map(([months_, amount]) => ({
        period: Temporal.PlainYearMonth.from('2027-01').add({ months: Number(months_) }),
        amount,
      })),
    )

  it('sums to the plan, leaves recognised months alone, and is the same when it is made again', () => {
    fc.assert(
      fc.property(entries, entries, (recognized, plan) => {
        const planned = reviseSchedule(recognized, plan)
        expect(total(recognized) + total(planned)).toBe(total(plan))
        const done = new Set(recognized.map(({ period: month }) => month.toString()))
        expect(planned.filter(({ period: month }) => done.has(month.toString()))).toEqual([])
        expect(reviseSchedule(recognized, plan)).toEqual(planned)
      }),
      { numRuns: 2_000 },
    )
  })
})
