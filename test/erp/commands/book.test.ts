// A step brings the books to what a contract and its invoice say: planned, posted and scheduled, or a reason why not.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { bookDocuments } from '#subgraphs/erp/commands/book.ts'
import { contract, contractLine, store } from '#test/domain/documents.ts'
import { annualInvoice, booksOf, openingFacts, type TestBooks } from '#test/erp/books.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'

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
afterAll(() => database.close())

const bookable = () => ({
  contracts: [contract({ lines: [contractLine({ id: 'ctl_1' })] })],
  documents: store({ invoices: [annualInvoice({ contractId: 'contract-1' })] }),
})

const book = (sources: Parameters<typeof bookDocuments>[2] = bookable()) =>
  bookDocuments(books.db, books.context(), sources)

it('plans the contract first, so that its invoice is posted, and does nothing the second time', async () => {
  expect((await book()).value?.entryIds).toHaveLength(1)
  const events = await books.events()
  expect(events).toMatchObject({
    'revgraph.erp.contractPlan.created.v1': 1,
    'revgraph.erp.journal.posted.v1': 1,
    'revgraph.erp.revenueSchedule.created.v1': 1,
  })
  expect(await book()).toEqual({ value: { entryIds: [] } })
  expect(await books.events()).toEqual(events)
  expect(await books.broken()).toEqual({})
})

it.each([
  ['of a company that there is not', { legalEntityId: 'entity-x' }, 'REFERENCE_MISSING'],
  ['in a currency without a rate', { currency: 'EUR' }, 'RATE_MISSING'],
  ['of a contract that the books do not know', { contractId: 'ctr_x' }, 'POSTING_BLOCKED'],
])('an invoice %s is not posted, and names why', async (_, fields, code) => {
  const documents = store({ invoices: [annualInvoice(fields)] })
  expect((await book({ contracts: [], documents })).violations).toMatchObject([
    { code, field: documents.invoices[0]?.id },
  ])
  expect(await books.journal()).toEqual([])
})

it('an invoice without an account for its sides opens a mapping to be made', async () => {
  await database.reset()
  const { accountRules: _, ...rest } = openingFacts()
  await books.record(rest)
  expect((await book()).violations).toMatchObject([{ code: 'MAPPING_MISSING' }])
})
