// The checks of the books find what is planted, and nothing else.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkInvariants } from '#platform/invariant.ts'
import { recognizeRevenue } from '#subgraphs/erp/recognize.ts'
import { buildSchedules } from '#subgraphs/erp/schedule.ts'
import { erpInvariants } from '#subgraphs/erp/store.ts'
import { day, store } from '#test/domain/documents.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { annualInvoice, booksOf, openingFacts } from './books.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
  const books = booksOf(database)
  await books.record(openingFacts())
  const documents = store({
    invoices: [
      annualInvoice(),
      annualInvoice({ id: 'void', customerId: 'customer-2', lifecycle: 'VOID', closedOn: day('2026-01-20') }),
    ],
  })
  await books.post(documents)
  await buildSchedules(books.db, books.context(), { contracts: [], invoices: documents.invoices })
  await recognizeRevenue(books.db, books.context(), { through: day('2026-01-31') })
})
afterAll(() => database.close())

class RolledBack extends Error {}

/** Names of the invariants that break when a statement runs past all guards; nothing of it stays. */
async function brokenBy(text: string): Promise<string[]> {
  let broken: string[] = []
  const planted = database.owner.transaction(async (transaction) => {
    await transaction.rows({ text: 'SET LOCAL session_replication_role = replica', values: [] })
    await transaction.rows({ text, values: [] })
    const findings = await checkInvariants(transaction, erpInvariants)
    broken = findings.filter(({ ids }) => ids.length > 0).map(({ invariant }) => invariant.name)
    throw new RolledBack()
  })
  await expect(planted).rejects.toThrow(RolledBack)
  return broken
}

const issued = `(SELECT id FROM erp.journal_entry WHERE sequence = 1)`

it.each([
  { planted: 'nothing', text: 'SELECT 1', broken: [] },
  {
    planted: 'a line that is too high',
    text: `UPDATE erp.journal_line SET debit = debit + 1 WHERE entry_id = ${issued} AND line_number = 1`,
    broken: ['1 journal balance'],
  },
  {
    planted: 'an entry without lines',
    text: `DELETE FROM erp.journal_line WHERE entry_id = ${issued}`,
    broken: ['1 journal balance'],
  },
  {
    planted: 'a month that earns too much',
    text: `UPDATE erp.schedule_entry SET amount = amount + 1 WHERE status = 'PLANNED' AND period = '2026-05'`,
    broken: ['2 revenue schedules'],
  },
  {
    planted: 'a month that was posted in the schedule alone',
    text: `UPDATE erp.schedule_entry SET status = 'POSTED', journal_entry_id = '?' WHERE period = '2026-05'`,
    broken: ['3 deferred revenue', '3 roll-forward'],
  },
  {
    planted: 'a period that was closed before its entries came',
    text: `UPDATE erp.accounting_period SET status = 'CLOSED', recorded_at = '2025-01-01' WHERE period = '2026-01'`,
    broken: ['7 closed periods', '7 seals'],
  },
  {
    planted: 'a reversal that takes back another amount',
    text: `UPDATE erp.journal_line SET credit = credit + 1, functional_credit = functional_credit + 1
      FROM erp.journal_entry e WHERE e.id = entry_id AND e.reversal_of_id IS NOT NULL AND role = 'RECEIVABLES'`,
    broken: ['1 journal balance', '8 reversals'],
  },
  {
    planted: 'a number that was left out',
    text: `UPDATE erp.journal_entry SET sequence = 99 WHERE sequence = 2`,
    broken: ['9 journal numbers'],
  },
])('$planted breaks $broken', async ({ text, broken }) => {
  expect(await brokenBy(text)).toEqual(broken)
})
