// Closing while others post, and while others close: nothing slips in, and one close is one close.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { recognizeRevenue } from '#subgraphs/erp/recognize.ts'
import { buildSchedules } from '#subgraphs/erp/schedule.ts'
import { day, store } from '#test/domain/documents.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { annualInvoice, booksOf, openingFacts, type TestBooks } from './books.ts'

let database: TestDatabase
let books: TestBooks

beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(async () => {
  await database.reset()
  books = booksOf(database)
  await books.record(openingFacts())
  books.clock.set('2026-02-01T00:00:00Z')
})
afterEach(async () => {
  expect(await books.broken()).toEqual({})
})
afterAll(() => database.close())

const nothingElsewhere = () => Promise.resolve([])
const close = (month = '2026-01') => books.closeNow('entity-1', month, nothingElsewhere)

const invoice = (place: number) =>
  store({
    invoices: [
      annualInvoice({ id: `invoice-${place}`, number: `US-${place}`, issueDate: day('2026-01-20') }),
    ],
  })

const count = async (what: string): Promise<number> => {
  const [row] = await database.owner.rows<{ count: number }>({
    text: `SELECT count(*)::int AS count FROM ${what}`,
    values: [],
  })
  return row?.count ?? 0
}

it('20 posts beside a close: each is in the period and under its seal, or in the next one', async () => {
  await books.post(invoice(0))
  const posts = Array.from({ length: 20 }, (_, place) => books.post(invoice(place + 1)))
  const [outcome] = await Promise.all([close(), ...posts])
  expect(outcome).toMatchObject({ blockers: [], violations: [] })
  const [seal] = await database.owner.rows<{ count: bigint }>({
    text: 'SELECT entry_count AS count FROM erp.period_seal',
    values: [],
  })
  const inJanuary = await count(`erp.journal_entry WHERE period = '2026-01'`)
  expect(seal?.count).toBe(BigInt(inJanuary))
  expect(inJanuary + (await count(`erp.journal_entry WHERE period = '2026-02'`))).toBe(21)
  expect(await count(`erp.journal_entry WHERE original_period = '2026-01'`)).toBe(21)
})

it('revenue that is recognised beside a close is in the period, or in the next one', async () => {
  const { invoices } = store({
    invoices: Array.from({ length: 30 }, (_, place) =>
      annualInvoice({ id: `invoice-${place}`, number: `US-${place}` }),
    ),
  })
  await books.post({ invoices })
  await buildSchedules(books.db, books.context(), { contracts: [], invoices })
  const through = day('2026-01-31')
  const runs = [1, 2, 7].map((batchSize) =>
    recognizeRevenue(books.db, books.context(), { through, batchSize }),
  )
  await Promise.all([close(), ...runs])
  expect(
    await count(`erp.journal_entry WHERE purpose = 'REVENUE_RECOGNIZED' AND original_period = '2026-01'`),
  ).toBe(30)
})

it('20 closes of their own seal the period once; the others learn that it is closed', async () => {
  await books.post(invoice(0))
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => close()))
  expect(outcomes.filter(({ violations }) => violations.length === 0)).toHaveLength(1)
  expect(outcomes.filter(({ violations }) => violations[0]?.code === 'PERIOD_CLOSED')).toHaveLength(19)
  expect(await count('erp.period_seal')).toBe(1)
  expect(await books.events()).toMatchObject({ 'revgraph.erp.period.closed.v1': 1 })
})

it('a seal that breaks off leaves nothing of itself, and the next one does it', async () => {
  await books.post(invoice(0))
  for (const text of [
    `CREATE FUNCTION erp.break_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'power cut'; END $$`,
    `CREATE TRIGGER break_off BEFORE UPDATE ON erp.accounting_period FOR EACH ROW
      WHEN (NEW.status = 'CLOSED') EXECUTE FUNCTION erp.break_off()`,
  ])
    await database.owner.rows({ text, values: [] })
  await expect(close()).rejects.toThrow('power cut')
  expect(await count('erp.period_seal')).toBe(0)
  expect(await count('erp.seal_tile')).toBe(0)
  await database.owner.rows({ text: 'DROP FUNCTION erp.break_off CASCADE', values: [] })
  expect(await close()).toMatchObject({ blockers: [], violations: [] })
})
