// A store of the time before payouts: what the bank books has an account in every chart, by the ids of its source.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Facts } from '#domain/facts.ts'
import { booksOf as booksOfStripe } from '#subgraphs/billing/stripe/legal-entity.ts'
import { recordPayout } from '#subgraphs/erp/commands/record-payout.ts'
import { day } from '#test/domain/documents.ts'
import { ACCOUNT } from '#test/stripe/memory.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { booksOf, openingFacts, type TestBooks } from './books.ts'

const MIGRATION = readFileSync(
  new URL('../../subgraphs/erp/migrations/0090_bank_accounts.sql', import.meta.url),
  'utf8',
)

let database: TestDatabase
let books: TestBooks
beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(async () => {
  await database.reset()
  books = booksOf(database)
})
afterAll(() => database.close())

const run = (text: string): Promise<object[]> =>
  database.owner.transaction(({ rows }) => rows({ text, values: [] }))

/** The accounts of banks and the rules that send to them. */
const banks = () =>
  run(`SELECT a.id AS account, a.code, a.name, a.type, a.external_refs AS "accountRefs", r.id AS rule,
      r.external_refs AS "ruleRefs", r.legal_entity_id AS "legalEntityId"
    FROM erp.ledger_account a JOIN erp.account_rule r
      ON r.role = 'BANK' AND r.account_code = a.code AND r.legal_entity_id = a.legal_entity_id
    WHERE a.role = 'BANK' ORDER BY a.legal_entity_id`)

/** Records books, without what is known of banks, as they were before. */
async function recordAsBefore(facts: Partial<Facts>): Promise<void> {
  await books.record(facts)
  await run(`DELETE FROM erp.account_rule WHERE role = 'BANK'`)
  await run(`DELETE FROM erp.ledger_account WHERE role = 'BANK'`)
}

const payout = (key: string) =>
  recordPayout(
    database.of('erp'),
    { ...books.context(), effectKey: key },
    {
      legalEntityId: 'entity-1',
      currency: 'USD',
      amount: 100n,
      paidOn: day('2026-06-15'),
      reference: 'PO-1',
    },
  )

it('accounts of a company that Stripe stated are those that it states from now on', async () => {
  const facts = booksOfStripe(ACCOUNT)
  await books.record(facts)
  const stated = await banks()
  await recordAsBefore(facts)
  await run(MIGRATION)
  expect(await banks()).toEqual(stated)
  await books.record(facts)
  expect(await banks()).toEqual(stated)
})

it('a payout of any other company can be posted, also where the number is taken', async () => {
  await recordAsBefore(openingFacts())
  const ofOne = `WHERE role = 'CASH_CLEARING' AND legal_entity_id = 'entity-1'`
  await run(`UPDATE erp.ledger_account SET code = '1000' ${ofOne}`)
  await run(`UPDATE erp.account_rule SET account_code = '1000' ${ofOne}`)
  expect((await payout('before')).violations).toMatchObject([{ code: 'MAPPING_MISSING' }])
  await run(MIGRATION)
  expect(await payout('after')).toMatchObject({ value: { inClearing: '-100' } })
  expect((await banks()).map((bank) => 'code' in bank && bank.code)).toContain('1001')
})

it('a chart that has one, and a company without a chart, stay as they are', async () => {
  const { ledgerAccounts: _, accountRules: __, ...withoutChart } = openingFacts()
  await books.record(withoutChart)
  await run(MIGRATION)
  expect(await banks()).toEqual([])
  await books.record(openingFacts())
  const before = await banks()
  await run(MIGRATION)
  expect(await banks()).toEqual(before)
})
