// Postings go to the accounts that rules choose; what no rule covers is blocked, and posted once there is one.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AccountRuleFact } from '#domain/account-rules.ts'
import type { ProductFact } from '#domain/billing.ts'
import { accountRule } from '#domain/chart.ts'
import type { AccountRole, LedgerAccountFact } from '#domain/erp.ts'
import { erp } from '#subgraphs/erp/subgraph.ts'
import { recognizeRevenue } from '#subgraphs/erp/recognize.ts'
import { buildSchedules } from '#subgraphs/erp/schedule.ts'
import {
  contract,
  contractLine,
  day,
  invoiceFact,
  invoiceLine,
  range,
  store,
} from '#test/domain/documents.ts'
import { ask } from '#test/support/ask.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { customerFact } from '#test/support/facts.ts'
import { annualInvoice, booksOf, fxRate, openingFacts, stated, type TestBooks } from './books.ts'

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

const product = (id: string, family: string): ProductFact => ({
  ...stated(id),
  sku: id,
  name: id,
  description: null,
  family,
  taxCode: null,
  active: true,
})
const account = (code: string, role: AccountRole, legalEntityId = 'entity-1'): LedgerAccountFact => ({
  ...stated(`acc_${legalEntityId}_${code}`),
  legalEntityId,
  code,
  name: `Account ${code}`,
  type: role === 'REVENUE' ? 'REVENUE' : 'LIABILITY',
  role,
})
const rule = (code: string, fields: Partial<AccountRuleFact>): AccountRuleFact =>
  accountRule({
    ...stated(`arl_${code}`),
    role: 'REVENUE',
    accountCode: code,
    legalEntityId: 'entity-1',
    ...fields,
  })
const sold = (id: string, productId: string) =>
  store({ invoices: [invoiceFact({ id, number: id, lines: [invoiceLine(10_00n, { productId })] })] })
const balances = () => balancesOf('l.debit - l.credit', '9999-12')
/** In the functional currency at the end of a month. */
const worths = (month: string) => balancesOf('l.functional_debit - l.functional_credit', month)
async function balancesOf(amount: string, month: string): Promise<Record<string, bigint>> {
  const rows = await database.owner.rows<{ code: string; balance: bigint }>({
    text: `SELECT a.code, sum(${amount})::bigint AS balance FROM erp.journal_line l
      JOIN erp.journal_entry e ON e.id = l.entry_id
      JOIN erp.ledger_account a ON a.id = l.account_id WHERE e.period <= $1 GROUP BY a.code ORDER BY a.code`,
    values: [month],
  })
  return Object.fromEntries(rows.map(({ code, balance }) => [code, balance]))
}

it('chooses by product family, tax jurisdiction and region of the customer', async () => {
  await books.record({
    ledgerAccounts: [account('4020', 'REVENUE'), account('4090', 'REVENUE'), account('2190', 'TAX_PAYABLE')],
    accountRules: [
      rule('4020', { productFamily: 'SEATS' }),
      rule('4090', { region: 'EMEA', purpose: 'INVOICE_ISSUED' }),
      rule('2190', { role: 'TAX_PAYABLE', region: 'US-NY' }),
    ],
    products: [product('seats', 'SEATS'), product('training', 'SERVICES')],
    customers: [customerFact({ id: 'customer-emea', region: 'EMEA' })],
  })
  await books.post(
    store({
      invoices: [
        invoiceFact({
          lines: [
            invoiceLine(70_00n, { productId: 'seats' }),
            invoiceLine(30_00n, { id: 'line-2', productId: 'training' }),
          ],
          taxLines: [
            { jurisdiction: 'US-NY', rate: '4', taxable: 100_00n, amount: 4_00n },
            { jurisdiction: 'US-NYC', rate: '4.5', taxable: 100_00n, amount: 4_50n },
          ],
        }),
        invoiceFact({
          id: 'invoice-2',
          number: 'US-2',
          customerId: 'customer-emea',
          lines: [invoiceLine(9_00n)],
        }),
      ],
    }),
  )
  const seats = contractLine({ productId: 'seats', servicePeriod: range('2026-01-01', '2026-02-01') })
  await buildSchedules(books.db, books.context(), { contracts: [contract({ lines: [seats] })], invoices: [] })
  await recognizeRevenue(books.db, books.context(), { through: day('2026-01-31') })
  expect(await balances()).toEqual({
    '1100': 117_50n,
    '2100': -4_50n,
    '2190': -4_00n,
    '2200': 100_00n,
    '4000': -30_00n,
    '4020': -170_00n,
    '4090': -9_00n,
  })
  expect(await books.broken()).toEqual({})
})

it('blocks what no rule covers or whose account is missing, by name, and posts it once there is one', async () => {
  const general = rule('4000', { id: 'arl_entity-1_4000', productFamily: 'SEATS' })
  const restated = { ...general, ...stated('arl_entity-1_4000', 2n) }
  await books.record({ accountRules: [restated], products: [product('seats', 'SEATS')] })
  await books.post(sold('other', 'training'))
  await books.post(sold('seats', 'seats'))
  expect(await books.blocks()).toEqual({
    other: 'No rule gives US an account for REVENUE (INVOICE_ISSUED, 2026-01-01)',
  })
  await books.record({ accountRules: [rule('4070', {})] })
  await books.post(sold('other', 'training'))
  expect(await books.blocks()).toEqual({
    other: 'The rule REVENUE to 4070 for entity-1 names an account that US does not have',
  })
  await books.record({ ledgerAccounts: [account('4070', 'REVENUE')] })
  await books.post(sold('other', 'training'))
  expect(await books.blocks()).toEqual({})
  expect(await balances()).toEqual({ '1100': 20_00n, '4000': -10_00n, '4070': -10_00n })
})

it('refuses a rule that leaves open which account is meant, and keeps none of what came with it', async () => {
  const accountRules = [rule('4020', { productFamily: 'SEATS' }), rule('4090', { region: 'EMEA' })]
  await expect(books.record({ accountRules })).rejects.toThrow(
    'Both hold, and none is more specific: REVENUE to 4020 for entity-1, SEATS; REVENUE to 4090 for entity-1, EMEA',
  )
  await books.record({ accountRules: [rule('4090', { region: 'EMEA' })] })
})

it('does not post anew what is posted already where a rule changes', async () => {
  const documents = store({
    invoices: [invoiceFact({ lines: [invoiceLine(10_00n, { productId: 'seats' })] })],
  })
  await books.post(documents)
  await books.record({
    ledgerAccounts: [account('4020', 'REVENUE')],
    accountRules: [rule('4020', { productFamily: 'SEATS' })],
    products: [product('seats', 'SEATS')],
  })
  expect(await books.post(documents)).toMatchObject({ posted: 0 })
})

/** Has an account of its own for what is posted of customers in EMEA. */
const emea = async (code: string, role: AccountRole, legalEntityId: string) =>
  books.record({
    ledgerAccounts: [account(code, role, legalEntityId)],
    accountRules: [rule(code, { role, region: 'EMEA', legalEntityId })],
    customers: [customerFact({ id: 'customer-emea', region: 'EMEA' })],
  })

describe('a close', () => {
  it('sets unbilled revenue apart in the account of the region', async () => {
    await emea('2290', 'DEFERRED_REVENUE', 'entity-1')
    const quarter = contractLine({
      interval: null,
      unitPrice: 9_000_00n,
      servicePeriod: range('2026-01-01', '2026-04-01'),
    })
    const sale = contract({ customerId: 'customer-emea', lines: [quarter] })
    await buildSchedules(books.db, books.context(), { contracts: [sale], invoices: [] })
    expect(await books.close('entity-1', '2026-01')).toMatchObject({ blockers: [] })
    expect(await worths('2026-01')).toEqual({ '1200': 3_100_00n, '2290': 0n, '4000': -3_100_00n })
  })

  it('revalues foreign money in each account that holds some', async () => {
    await emea('1190', 'RECEIVABLES', 'entity-de')
    const fxRates = [fxRate('USD', 'EUR', '0.9', '2026-01-01'), fxRate('USD', 'EUR', '0.95', '2026-01-31')]
    await books.record({ fxRates })
    const invoices = ['customer-1', 'customer-emea'].map((customerId) =>
      annualInvoice({ id: customerId, number: customerId, customerId, legalEntityId: 'entity-de' }),
    )
    await books.post(store({ invoices }))
    expect(await books.close('entity-de', '2026-01')).toMatchObject({ blockers: [] })
    // 540.00 each, from 486.00 to 513.00.
    expect(await worths('2026-01')).toMatchObject({ '1100': 513_00n, '1190': 513_00n, '7200': -54_00n })
  })
})

it('shows its rules with their accounts', async () => {
  const subgraph = erp(books.db, books.context().clock)
  const { legalEntity } = await ask<{ legalEntity: { accountRules: { role: string }[] } }>(
    subgraph,
    `{ legalEntity(id: "entity-1") {
      accountRules { role accountCode account { name } productFamily region validFrom }
    } }`,
  )
  expect(legalEntity.accountRules.find(({ role }) => role === 'RECEIVABLES')).toEqual({
    role: 'RECEIVABLES',
    accountCode: '1100',
    account: { name: 'Accounts receivable' },
    productFamily: null,
    region: null,
    validFrom: null,
  })
})
