// A contract that is signed by command is planned and earned exactly as one that came by intake.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AskedAmendment } from '#domain/asked-amendment.ts'
import { type DealTerms, termsOfDeal } from '#domain/deal.ts'
import { manualClock } from '#platform/clock.ts'
import { toJson } from '#platform/json.ts'
import { type Jsonified, readRows } from '#platform/table.ts'
import { reviveAskedAmendment, reviveDealTerms } from '#platform/terms.ts'
import { createRecordFacts } from '#product.ts'
import { signContract } from '#subgraphs/crm/commands/sign-contract.ts'
import { readDeal } from '#subgraphs/crm/deal-store.ts'
import { contracts } from '#subgraphs/crm/store.ts'
import { bookDocuments } from '#subgraphs/erp/commands/book.ts'
import { deal, offering, quoteLine } from '#test/domain/deals.ts'
import { day } from '#test/domain/documents.ts'
import { booksOf, openingFacts, type TestBooks } from '#test/erp/books.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { externalRef, opportunityFact, quoteFact } from '#test/support/facts.ts'

const clock = manualClock('2026-11-01T12:00:00Z')
let database: TestDatabase
let books: TestBooks
beforeAll(async () => {
  database = await openTestDatabase()
  books = booksOf(database)
  await record({
    ...openingFacts(),
    customers: [deal().customer],
    opportunities: [opportunityFact()],
    quotes: [quoteFact({ lines: [quoteLine('platform', 1_200_000n), quoteLine('seat', 2_900n, '10')] })],
  })
})
afterAll(() => database.close())

const record = (facts: Parameters<ReturnType<typeof createRecordFacts>>[0]) =>
  createRecordFacts(database.of, clock, 'test')(facts)

/** What goes through the JSON of a workflow. */
const asKept = <Value>(value: Value): Jsonified<Value> => JSON.parse(toJson(value)) as Jsonified<Value>

/** Months and amounts of a contract's schedules, product by product. */
async function earned(contractId: string): Promise<unknown[]> {
  return database.owner.rows({
    text: `SELECT s.product_id, s.allocated_price, s.service_period, m.period, m.amount
      FROM erp.revenue_schedule s JOIN erp.schedule_entry m ON m.schedule_id = s.id
      WHERE s.contract_id = $1 ORDER BY s.product_id, m.period`,
    values: [contractId],
  })
}

it('from the quote to the months in which it is earned', async () => {
  const inCrm = database.of('crm')
  const known = await readDeal(inCrm, 'opp_1')
  if (known === null) throw new Error('The deal is not there')
  const { legalEntities } = openingFacts()
  const { value: terms } = termsOfDeal(
    known,
    { ...offering, legalEntities },
    {
      closedOn: day('2026-11-01'),
      legalEntityId: 'entity-1',
    },
  )
  if (terms === undefined) throw new Error('The deal has no terms')
  const prepared: DealTerms = reviveDealTerms(asKept(terms))
  expect(prepared).toEqual(terms)

  const effect = { subgraph: 'crm', clock, correlationId: 'test', effectKey: 'wfl_1/contract' }
  const signed = await signContract(inCrm, effect, prepared)
  const [contract] = await readRows(inCrm, contracts, [signed.value?.contractId ?? ''])
  if (contract === undefined) throw new Error('The contract is not there')
  await bookDocuments(books.db, books.context(), {
    contracts: [contract],
    documents: { invoices: [], creditNotes: [], payments: [], refunds: [], disputes: [] },
  })
  const { version: _, recordedAt: __, totalContractValue: ___, ...fact } = contract
  const lines = fact.lines.map((line) => ({ ...line, id: `${line.id}_twin` }))
  await record({
    contracts: [{ ...fact, id: 'ctr_twin', externalRefs: [externalRef('Contract', 'twin')], lines }],
  })
  const months = await earned(contract.id)
  expect(months).toHaveLength(24)
  expect(months).toEqual(await earned('ctr_twin'))
  expect(await books.broken()).toEqual({})
})

it('an amendment goes through the JSON of a workflow as well', () => {
  const asked: AskedAmendment = {
    contractId: 'ctr_1',
    effectiveDate: day('2026-12-01'),
    changes: [
      { kind: 'RENEW', endDate: day('2028-11-01'), uplift: '5' },
      { lineId: 'ctl_1', quantity: '3' },
    ],
  }
  expect(reviveAskedAmendment(asKept(asked))).toEqual(asked)
})
