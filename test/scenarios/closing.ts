/** How every scenario ends: its books keep every invariant, and other programs read them as the graph does. */
import { expect } from 'vitest'
import { checkBooks } from '#commands/check-books.ts'
import type { AccountRole } from '#domain/erp.ts'
import type { Facts } from '#domain/facts.ts'
import { manualClock, type ManualClock } from '#platform/clock.ts'
import { createRecordFacts } from '#product.ts'
import { recognizeRevenue } from '#subgraphs/erp/recognize.ts'
import { day } from '#test/domain/documents.ts'
import { openingFacts, period } from '#test/erp/books.ts'
import { expectLedgersToAgree, ledgersAreAsked } from '#test/ledger/tools.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'

/** Checks every invariant over all systems and, by `npm run test:ledger`, has hledger and its like read the books. */
export async function closeBooks(database: TestDatabase): Promise<void> {
  const broken = (await checkBooks(database)).filter(({ ids }) => ids.length > 0)
  expect(broken.map(({ invariant, ids }) => `${invariant.name}: ${ids.join(' ')}`)).toEqual([])
  if (ledgersAreAsked) await expectLedgersToAgree(database.of('erp'))
}

/** What became known together, and the day by whose end revenue was recognised before the next chapter. */
export interface Chapter {
  readonly facts: Partial<Facts>
  readonly earnedThrough?: string
}

/** Months that the tests' companies keep books for, beyond those that they open with. */
const LATER_MONTHS = Array.from({ length: 24 }, (_, months) =>
  Temporal.PlainYearMonth.from('2029-01').add({ months }).toString(),
)

/**
 * Tells a story to the product, chapter by chapter as it became known, and closes its books. Returns debits less
 * credits of each account in functional currency, minor units; those of zero left out.
 */
export async function tellTheProduct(
  chapters: readonly Chapter[],
): Promise<Partial<Record<AccountRole, bigint>>> {
  const database = await openTestDatabase()
  const clock = manualClock('2026-01-01T00:00:00Z')
  try {
    const opening = openingFacts()
    const later = LATER_MONTHS.map((month) => period('entity-1', month))
    const accountingPeriods = [...opening.accountingPeriods, ...later]
    await tell(database, clock, { facts: { ...opening, accountingPeriods } })
    for (const chapter of chapters) await tell(database, clock, chapter)
    await closeBooks(database)
    return await balancesOf(database)
  } finally {
    await database.close()
  }
}

async function tell(
  database: TestDatabase,
  clock: ManualClock,
  { facts, earnedThrough }: Chapter,
): Promise<void> {
  clock.advance({ minutes: 1 })
  await createRecordFacts(database.of, clock, 'story')(facts)
  if (earnedThrough === undefined) return
  const context = { subgraph: 'erp', clock, correlationId: 'story' }
  await recognizeRevenue(database.of('erp'), context, { through: day(earnedThrough) })
}

async function balancesOf({ owner }: TestDatabase): Promise<Partial<Record<AccountRole, bigint>>> {
  const rows = await owner.rows<{ role: AccountRole; balance: bigint }>({
    text: `SELECT role, sum(functional_debit - functional_credit)::bigint AS balance FROM erp.journal_line
      GROUP BY role HAVING sum(functional_debit - functional_credit) <> 0`,
    values: [],
  })
  return Object.fromEntries(rows.map(({ role, balance }) => [role, balance]))
}
