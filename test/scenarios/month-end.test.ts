/** The first month of a company in euros is closed, once everything that stands in its way is mended, one by one. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Facts } from '#domain/facts.ts'
import { createRecordFacts } from '#product.ts'
import { readDatedDocuments } from '#subgraphs/billing/cutoff-store.ts'
import { recordBillingFacts } from '#subgraphs/billing/record.ts'
import { readSeals } from '#subgraphs/erp/seal-store.ts'
import { contract, contractLine, day, invoiceFact, invoiceLine, range } from '#test/domain/documents.ts'
import { booksOf, fxRate, openingFacts, type TestBooks } from '#test/erp/books.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { closeBooks } from './closing.ts'

const legalEntityId = 'entity-de'
const january = range('2026-01-01', '2026-02-01')
/** A project of January, billed in February: earned, and not billed. */
const project = contract({
  id: 'project',
  legalEntityId,
  currency: 'EUR',
  lines: [contractLine({ id: 'work', interval: null, unitPrice: 3_100_00n, servicePeriod: january })],
})
const invoice = invoiceFact({
  legalEntityId,
  currency: 'EUR',
  number: 'DE-1',
  issueDate: day('2026-01-10'),
  lines: [invoiceLine(500_00n)],
})
const inDollars = {
  ...invoice,
  id: 'invoice-2',
  number: 'DE-2',
  currency: 'USD',
  lines: [invoiceLine(100_00n)],
}

let database: TestDatabase
let books: TestBooks

beforeAll(async () => {
  database = await openTestDatabase()
  books = booksOf(database)
})
afterAll(() => database.close())

it('is closed at the sixth attempt, and is not touched by what comes later', async () => {
  // January: an account is missing in the chart, a rate in the table, and billing broke off before it told the books.
  const { ledgerAccounts, ...opening } = openingFacts()
  const isAsset = ({ role, legalEntityId: owner }: (typeof ledgerAccounts)[number]): boolean =>
    role === 'CONTRACT_ASSETS' && owner === legalEntityId
  await record({ ...opening, ledgerAccounts: ledgerAccounts.filter((account) => !isAsset(account)) })
  await record({ contracts: [project], invoices: [inDollars] })
  await recordBillingFacts(
    database.of('billing'),
    { ...books.context(), subgraph: 'billing' },
    { invoices: [invoice] },
  )

  // 1 February: somebody begins with the wrong month.
  expect(await close('2026-02')).toEqual(['PERIOD_NOT_ENDED'])
  expect(await close('2026-01')).toEqual(['DOCUMENT_BLOCKED', 'DOCUMENT_UNPOSTED'])

  // The rate of the dollar is found; the facts that come after it have the books try again.
  await record({
    fxRates: [fxRate('USD', 'EUR', '0.90', '2026-01-01'), fxRate('USD', 'EUR', '0.95', '2026-01-31')],
  })
  expect(await close('2026-01')).toEqual(['DOCUMENT_UNPOSTED'])

  // Billing states its invoice again, and this time all of it arrives: the close begins, and what was earned and not
  // billed has no account to stand on.
  await record({ invoices: [invoice] })
  expect(await close('2026-01')).toEqual(['ACCOUNT_MISSING'])

  // The account is opened. The period is closed, with 3,100.00 of contract assets and dollars at the rate of the day.
  await record({ ledgerAccounts: ledgerAccounts.filter(isAsset) })
  expect(await close('2026-01')).toEqual([])
  expect(await books.balances('2026-01')).toEqual({
    CONTRACT_ASSETS: 3_100_00n,
    RECEIVABLES: 595_00n,
    REVENUE: -3_690_00n,
    FX_UNREALIZED: -5_00n,
  })
  expect(await close('2026-01')).toEqual(['PERIOD_CLOSED'])

  // 3 February: the project is billed, and an invoice turns up that is dated in January. January stays as it was.
  const billed = invoiceFact({
    ...invoice,
    id: 'invoice-3',
    number: 'DE-3',
    contractId: project.id,
    issueDate: day('2026-02-03'),
    lines: [invoiceLine(3_100_00n, { contractLineId: 'work', servicePeriod: january })],
  })
  const late = { ...invoice, id: 'invoice-4', number: 'DE-4', issueDate: day('2026-01-31') }
  await record({ invoices: [billed, late] })
  expect(await close('2026-02')).toEqual(['PERIOD_NOT_ENDED'])
  books.clock.set('2026-03-01T00:00:00Z')
  expect(await close('2026-02')).toEqual([])
  expect(await books.balances('2026-01')).toMatchObject({ RECEIVABLES: 595_00n })
  expect(await books.balances('2026-02')).toEqual({
    RECEIVABLES: 4_195_00n,
    REVENUE: -4_190_00n,
    FX_UNREALIZED: -5_00n,
  })
  const [row] = await database.owner.rows({
    text: `SELECT period, original_period FROM erp.journal_entry WHERE source_id = 'invoice-4'`,
    values: [],
  })
  expect(row).toEqual({ period: '2026-02', original_period: '2026-01' })
  const [first = [], second = []] = await readSeals(books.db, [
    'per_entity-de_2026-01',
    'per_entity-de_2026-02',
  ])
  expect(first.map(({ entryCount }) => entryCount)).toEqual([5n])
  expect(second.map(({ previousHash }) => previousHash)).toEqual(first.map(({ hash }) => hash))
  await closeBooks(database)
})

/** Tells the whole product. */
async function record(facts: Partial<Facts>): Promise<void> {
  await createRecordFacts(database.of, books.context().clock, 'test')(facts)
}

/** Rules that keep a month from being closed; none once it is. The clock shows the first of February at least. */
async function close(month: string): Promise<string[]> {
  if (Temporal.Instant.compare(books.clock.now(), FEBRUARY) < 0) books.clock.set(FEBRUARY)
  const { blockers, violations } = await books.closeNow(legalEntityId, month, (page) =>
    readDatedDocuments(database.of('billing'), page),
  )
  return [...violations.map(({ code }) => code), ...blockers.map(({ rule }) => rule)]
}

const FEBRUARY = Temporal.Instant.from('2026-02-01T00:00:00Z')
