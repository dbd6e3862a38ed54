import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SubscriptionFact, SubscriptionItem } from '#domain/billing.ts'
import { day, invoiceFact, invoiceLine, paymentFact, range } from '#test/domain/documents.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { generateCompany } from '#subgraphs/operations/seed/generate.ts'
import { askCustomers, record } from './support.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const OWED = `{ currency total { minorUnits } overdue { minorUnits } unappliedCash { minorUnits }
  ageing { bucket amount { amount } } oldestDaysPastDue }`

interface Owed {
  readonly currency: string
  readonly total: { readonly minorUnits: string }
  readonly unappliedCash: { readonly minorUnits: string }
}

const entityIn = (id: string, timeZone: string) => ({
  id,
  externalRefs: [],
  code: id,
  name: id,
  country: 'KI',
  functionalCurrency: 'USD',
  timeZone,
  fiscalCalendar: 'CALENDAR_MONTHS' as const,
  fiscalYearStartMonth: 1,
})

/** A customer with 1.00 that is due since so many days. */
const dueSince = (days: number) => ({
  receivables: { overdue: { minorUnits: days > 0 ? '100' : '0' }, oldestDaysPastDue: days },
  invoices: { nodes: [{ daysPastDue: days }] },
})

describe('receivables', () => {
  test('count days where the legal entity is: on Kiritimati it is tomorrow at noon in UTC', async () => {
    const zones = { far: 'Pacific/Kiritimati', near: 'Pacific/Pago_Pago', untold: 'Asia/Tokyo' }
    await record(database, {
      legalEntities: [entityIn('far', zones.far), entityIn('near', zones.near)],
      invoices: Object.keys(zones).map((id) =>
        invoiceFact({
          id: `due-${id}`,
          number: `Z-${id}`,
          customerId: `customer-${id}`,
          legalEntityId: id,
          dueDate: day('2026-06-15'),
          lines: [invoiceLine(100n)],
        }),
      ),
    })
    const customers = await askCustomers(
      database,
      Object.keys(zones).map((id) => ({ id: `customer-${id}`, currency: 'USD' })),
      '{ receivables { overdue { minorUnits } oldestDaysPastDue } invoices(first: 1) { nodes { daysPastDue } } }',
    )
    expect(customers).toEqual([dueSince(1), dueSince(0), dueSince(0)])
  })

  test('fall into buckets by days past due: the due date itself is current', async () => {
    // The clock stands at 2026-06-15.
    const daysPast = [-10, 0, 1, 30, 31, 60, 61, 90, 91, 400]
    await record(database, {
      invoices: daysPast.map((days, place) =>
        invoiceFact({
          id: `aged-${place}`,
          number: `A-${place}`,
          customerId: 'aged',
          issueDate: day('2024-01-01'),
          dueDate: day('2026-06-15').subtract({ days }),
          lines: [invoiceLine(100n)],
        }),
      ),
      payments: [paymentFact({ id: 'on-account', customerId: 'aged', amount: 70n })],
    })
    const [customer] = await askCustomers(
      database,
      [{ id: 'aged', currency: 'USD' }],
      `{ receivables ${OWED} }`,
    )
    expect(customer).toEqual({
      receivables: {
        currency: 'USD',
        total: { minorUnits: '1000' },
        overdue: { minorUnits: '800' },
        unappliedCash: { minorUnits: '70' },
        ageing: ['current', '1-30', '31-60', '61-90', 'over-90'].map((bucket) => ({
          bucket,
          amount: { amount: '2.00' },
        })),
        oldestDaysPastDue: 400,
      },
    })
  })

  test('are zeros in the currency of a customer without documents', async () => {
    const [customer] = await askCustomers(
      database,
      [{ id: 'nobody', currency: 'JPY' }],
      `{ receivables ${OWED} receivablesByCurrency ${OWED} annualRecurringRevenue { amount currency } }`,
    )
    expect(customer).toMatchObject({
      receivables: { currency: 'JPY', total: { minorUnits: '0' }, oldestDaysPastDue: 0 },
      receivablesByCurrency: [],
      annualRecurringRevenue: { amount: '0', currency: 'JPY' },
    })
  })

  test('of a whole company equal a plain computation', async () => {
    await database.reset()
    for (const facts of generateCompany({ customers: 60, seed: 11, today: day('2026-06-15') }))
      await record(database, facts)
    const plain = await database.owner.rows<{
      id: string
      currency: string
      total: bigint
      unapplied: bigint
    }>({
      text: `SELECT id, currency, sum(owed)::bigint AS total, sum(unapplied)::bigint AS unapplied FROM (
          SELECT customer_id AS id, currency, balance AS owed, 0 AS unapplied FROM billing.invoice
          WHERE lifecycle = 'ISSUED' AND balance > 0
          UNION ALL SELECT customer_id, currency, 0, unapplied FROM billing.payment WHERE unapplied > 0
        ) AS document GROUP BY 1, 2 ORDER BY 1, 2`,
      values: [],
    })
    expect(plain.length).toBeGreaterThan(10)
    const customers = [...new Set(plain.map(({ id }) => id))].map((id) => ({ id }))
    const answers = await askCustomers<{ id: string; receivablesByCurrency: Owed[] }>(
      database,
      customers,
      `{ id receivablesByCurrency ${OWED} }`,
    )
    const told = answers.flatMap(({ id, receivablesByCurrency }) =>
      receivablesByCurrency.map(({ currency, total, unappliedCash }) => ({
        id,
        currency,
        total: BigInt(total.minorUnits),
        unapplied: BigInt(unappliedCash.minorUnits),
      })),
    )
    expect(told).toEqual(plain)
  })
})

const item = (id: string, fields: Partial<SubscriptionItem>): SubscriptionItem => ({
  id,
  productId: 'product-1',
  priceId: null,
  contractLineId: null,
  quantity: '1',
  unitPrice: 1000n,
  interval: { unit: 'MONTH', count: 1 },
  startDate: day('2026-01-01'),
  endDate: null,
  ...fields,
})
const subscription = (id: string, fields: Partial<SubscriptionFact>): SubscriptionFact => ({
  id,
  externalRefs: [],
  customerId: 'subscriber',
  contractId: null,
  legalEntityId: 'entity-1',
  status: 'ACTIVE',
  currency: 'USD',
  collectionMethod: 'SEND_INVOICE',
  startDate: day('2026-01-01'),
  currentPeriod: range('2026-06-01', '2026-07-01'),
  cancelAt: null,
  endedOn: null,
  items: [item(`${id}-1`, {})],
  ...fields,
})

describe('recurring revenue', () => {
  test('counts what runs now, in the currency of the customer', async () => {
    const items = [
      item('yearly', { unitPrice: 10_001n, interval: { unit: 'YEAR', count: 1 } }),
      item('over', { endDate: day('2026-06-15') }),
      item('to-come', { startDate: day('2026-06-16') }),
      item('monthly', { quantity: '2.5' }),
    ]
    await record(database, {
      subscriptions: [
        subscription('running', { items }),
        subscription('euro', { currency: 'EUR' }),
        subscription('over', { status: 'CANCELED', endedOn: day('2026-05-01') }),
        subscription('late', { status: 'PAST_DUE', startDate: day('2026-02-01') }),
      ],
    })
    const [customer] = await askCustomers<{
      annualRecurringRevenue: object
      subscriptions: { id: string; monthlyRecurringRevenue: object; items: object[] }[]
    }>(
      database,
      [{ id: 'subscriber', currency: 'USD' }],
      `{ annualRecurringRevenue { minorUnits }
        subscriptions { id monthlyRecurringRevenue { minorUnits } items { id servicePeriod { start end } } } }`,
    )
    // 10,001 a year, 2.5 × 1,000 × 12 and, past due, 1,000 × 12.
    expect(customer?.annualRecurringRevenue).toEqual({ minorUnits: '52001' })
    const monthly = customer?.subscriptions ?? []
    expect(monthly.map(({ id, monthlyRecurringRevenue }) => [id, monthlyRecurringRevenue])).toEqual([
      ['late', { minorUnits: '1000' }],
      ['euro', { minorUnits: '1000' }],
      ['over', { minorUnits: '0' }],
      // 10,001 ÷ 12 + 2,500 = 3,333.42
      ['running', { minorUnits: '3333' }],
    ])
    expect(monthly[3]?.items).toEqual([
      { id: 'yearly', servicePeriod: { start: '2026-01-01', end: null } },
      { id: 'over', servicePeriod: { start: '2026-01-01', end: '2026-06-15' } },
      { id: 'monthly', servicePeriod: { start: '2026-01-01', end: null } },
      { id: 'to-come', servicePeriod: { start: '2026-06-16', end: null } },
    ])
  })
})
