/** An upgrade that was agreed for February is told in April, when the first quarter is closed. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { amend } from '#domain/amend.ts'
import type { InvoiceLine } from '#domain/billing.ts'
import type { Contract } from '#domain/crm.ts'
import type { Facts } from '#domain/facts.ts'
import { createRecordFacts } from '#product.ts'
import { contract, contractLine, day, invoiceFact, invoiceLine, range } from '#test/domain/documents.ts'
import { booksOf, openingFacts, type TestBooks } from '#test/erp/books.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { closeBooks } from './closing.ts'

const year = range('2026-01-01', '2027-01-01')
const signed = contract({
  startDate: year.start,
  endDate: year.end,
  lines: [
    contractLine({
      id: 'plan',
      interval: { unit: 'YEAR', count: 1 },
      unitPrice: 12_000_00n,
      servicePeriod: year,
    }),
  ],
})

let database: TestDatabase
let books: TestBooks

beforeAll(async () => {
  database = await openTestDatabase()
  books = booksOf(database)
})
afterAll(() => database.close())

it('leaves the closed months as they were, and is caught up in April, which says where it belongs', async () => {
  await record(openingFacts())
  const first = invoiceFact({
    contractId: signed.id,
    issueDate: year.start,
    lines: [invoiceLine(12_000_00n, { id: 'year', contractLineId: 'plan', servicePeriod: year })],
  })
  await record({ contracts: [signed], invoices: [first] })
  for (const month of ['2026-01', '2026-02', '2026-03']) await close(month)
  const quarter = { '2026-01': 1_019_18n, '2026-02': 920_55n, '2026-03': 1_019_17n }
  expect(await revenue('period')).toEqual(quarter)

  // 20 April: from 15 February on it is 18,000.00 a year. Credit and charge are billed on that day.
  const { value: amended } = amend(signed, {
    effectiveDate: day('2026-02-15'),
    changes: [
      { kind: 'UPDATE', lineId: 'plan', quantity: null, unitPrice: { amount: '18000.00', currency: 'USD' } },
    ],
  })
  const lines = (amended?.adjustments ?? []).map(({ lineId, amount, period }, index): InvoiceLine =>
    invoiceLine(amount, { id: `upgrade-${index}`, contractLineId: lineId, servicePeriod: period }),
  )
  const after: Contract = { ...signed, ...amended?.contract, version: 2 }
  const second = invoiceFact({
    id: 'invoice-2',
    number: 'US-2',
    contractId: signed.id,
    issueDate: day('2026-04-20'),
    lines,
  })
  await record({ contracts: [{ ...after, externalRefs: signed.externalRefs }], invoices: [second] })
  await close('2026-04')

  // 320 of 365 days at 6,000.00 more a year. The 45 of them by the end of March are caught up in April: 739.73.
  expect(lines.map(({ amount }) => amount)).toEqual([-10_520_55n, 15_780_82n])
  expect(await revenue('period')).toEqual({ ...quarter, '2026-04': 1_479_45n + 739_73n })
  // Those days at the new price belong to their own months; what they had earned at the old one is taken back in April.
  expect(await revenue('original_period')).toEqual({
    '2026-01': 1_019_18n,
    '2026-02': 920_55n + 690_41n,
    '2026-03': 1_019_17n + 1_528_77n,
    '2026-04': 1_479_45n - 1_479_45n,
  })

  // To the end of the year everything is earned, to the cent, and nothing is deferred.
  for (let month = 5; month <= 12; month += 1) await close(`2026-${String(month).padStart(2, '0')}`)
  expect(await books.balances()).toEqual({ RECEIVABLES: 17_260_27n, REVENUE: -17_260_27n })
  await closeBooks(database)
})

/** Tells the whole product. */
async function record(facts: Partial<Facts>): Promise<void> {
  await createRecordFacts(database.of, books.context().clock, 'test')(facts)
}

async function close(month: string): Promise<void> {
  expect(await books.close('entity-1', month)).toMatchObject({ blockers: [], violations: [] })
}

/** Revenue by the month in which it is posted, or to which it belongs. */
async function revenue(by: 'period' | 'original_period'): Promise<Record<string, bigint>> {
  const rows = await database.owner.rows<{ month: string; amount: bigint }>({
    text: `SELECT e.${by} AS month, sum(l.credit - l.debit)::bigint AS amount
      FROM erp.journal_line l JOIN erp.journal_entry e ON e.id = l.entry_id
      WHERE l.role = 'REVENUE' GROUP BY 1 ORDER BY 1`,
    values: [],
  })
  return Object.fromEntries(rows.map(({ month, amount }) => [month, amount]))
}
