/** What the rules say of a customer as a whole: what is owed, what recurs, how it stands, what happened. */
import { describe, expect, it } from 'vitest'
import { ageing, receivables } from '#domain/ageing.ts'
import { contractEvent, disputeEvent, invoiceEvent, paymentEvent } from '#domain/event.ts'
import { annualRecurringRevenue, monthlyRecurringRevenue } from '#domain/recurring.ts'
import { standing } from '#domain/standing.ts'
import { contract, contractLine, day, dispute, invoiceFact, paymentFact, store } from './documents.ts'
import type { SubscriptionItem, SubscriptionStatus } from '#domain/billing.ts'
import type { Contract } from '#domain/crm.ts'
import type { Interval } from '#domain/entity.ts'
import type { StandingInput } from '#domain/standing.ts'

const today = day('2026-06-30')

describe('ageing', () => {
  it.each([
    ['2026-07-01', 'current'],
    ['2026-06-30', 'current'],
    ['2026-06-29', '1-30'],
    ['2026-05-31', '1-30'],
    ['2026-05-30', '31-60'],
    ['2026-05-01', '31-60'],
    ['2026-04-30', '61-90'],
    ['2026-04-01', '61-90'],
    ['2026-03-31', 'over-90'],
    ['2020-01-01', 'over-90'],
  ])('puts an invoice due on %s into %s', (dueDate, bucket) => {
    const owed = ageing([{ dueDate: day(dueDate), balance: 5n }], today)
    expect(owed.filter(({ amount }) => amount !== 0n)).toEqual([{ bucket, amount: 5n }])
    expect(owed).toHaveLength(5)
  })
})

describe('receivables', () => {
  it('sum what is open by currency, beside cash on account', () => {
    const invoices = [
      { currency: 'USD', status: 'OPEN', dueDate: day('2026-06-01'), balance: 100n },
      { currency: 'USD', status: 'PARTIALLY_PAID', dueDate: day('2026-07-01'), balance: 30n },
      { currency: 'USD', status: 'DRAFT', dueDate: day('2026-01-01'), balance: 999n },
      { currency: 'EUR', status: 'PAID', dueDate: day('2026-01-01'), balance: 0n },
    ] as const
    const payments = [
      { currency: 'USD', unapplied: 0n },
      { currency: 'JPY', unapplied: 500n },
    ]
    expect(receivables(invoices, payments, today)).toMatchObject([
      { currency: 'JPY', total: 0n, overdue: 0n, unappliedCash: 500n, oldestDaysPastDue: 0 },
      { currency: 'USD', total: 130n, overdue: 100n, unappliedCash: 0n, oldestDaysPastDue: 29 },
    ])
  })
})

describe('recurring revenue', () => {
  it.each<[string, bigint, Interval, bigint, bigint]>([
    ['a yearly price is exactly itself', 100_000n, { unit: 'YEAR', count: 1 }, 8333n, 100_000n],
    ['a monthly price is twelve of it', 9900n, { unit: 'MONTH', count: 1 }, 9900n, 118_800n],
    ['a quarter is three months', 30_000n, { unit: 'MONTH', count: 3 }, 10_000n, 120_000n],
    ['a week is a fifty-second of a year', 1200n, { unit: 'WEEK', count: 1 }, 5200n, 62_400n],
    ['three years are three', 300_000n, { unit: 'YEAR', count: 3 }, 8333n, 100_000n],
  ])('%s', (_, unitPrice, interval, monthly, annual) => {
    const subscription = subscribed([item({ unitPrice, interval })])
    expect(monthlyRecurringRevenue(subscription, today)).toBe(monthly)
    expect(annualRecurringRevenue(subscription, today)).toBe(annual)
  })

  it('is rounded once for all items', () => {
    const yearly = item({ unitPrice: 100n, interval: { unit: 'YEAR', count: 1 } })
    expect(monthlyRecurringRevenue(subscribed([yearly, yearly, yearly]), today)).toBe(25n)
  })

  it('counts items only while they run', () => {
    const ended = item({ endDate: today })
    const coming = item({ startDate: today.add({ days: 1 }) })
    const last = item({ endDate: today.add({ days: 1 }), quantity: '2' })
    expect(monthlyRecurringRevenue(subscribed([ended, coming, last]), today)).toBe(2000n)
  })

  it.each<[SubscriptionStatus, bigint]>([
    ['ACTIVE', 1000n],
    ['PAST_DUE', 1000n],
    ['TRIALING', 0n],
    ['UNPAID', 0n],
    ['PAUSED', 0n],
    ['CANCELED', 0n],
    ['INCOMPLETE', 0n],
    ['INCOMPLETE_EXPIRED', 0n],
  ])('of a subscription that is %s is %d', (status, monthly) => {
    expect(monthlyRecurringRevenue({ ...subscribed([item({})]), status }, today)).toBe(monthly)
  })
})

describe('standing', () => {
  it('is good when nothing stands against it', () => {
    expect(standing(customer({}))).toEqual({ level: 'GOOD', reasons: [] })
  })

  it.each<[string, string, Partial<StandingInput>]>([
    ['HOLD', 'CREDIT_HOLD', { credit: { onHold: true, holdReason: 'fraud', limit: null } }],
    ['HOLD', 'INACTIVE', { customerStatus: 'MERGED' }],
    ['WATCH', 'INACTIVE', { customerStatus: 'INACTIVE' }],
    ['WATCH', 'OVERDUE', owes({ overdue: 10n, oldestDaysPastDue: 1 })],
    ['WATCH', 'OVERDUE', owes({ overdue: 49n, oldestDaysPastDue: 31 })],
    ['AT_RISK', 'OVERDUE', owes({ overdue: 50n, oldestDaysPastDue: 31 })],
    ['AT_RISK', 'OVERDUE', owes({ overdue: 1n, oldestDaysPastDue: 61 })],
    ['AT_RISK', 'CREDIT_LIMIT_EXCEEDED', limited(99n)],
    ['AT_RISK', 'DISPUTED', contested('UNDER_REVIEW')],
    ['AT_RISK', 'CONTRACT_SUSPENDED', { contracts: { active: 1, suspended: 1, nextEndDate: null } }],
    ['WATCH', 'RENEWAL_DUE', ending('2026-07-30')],
  ])('is %s by %s', (level, code, fields) => {
    expect(standing(customer(fields))).toMatchObject({ level, reasons: [{ code, level }] })
  })

  it.each<[string, Partial<StandingInput>]>([
    [
      'overdue money is covered by cash on account',
      owes({ overdue: 10n, unappliedCash: 10n, oldestDaysPastDue: 99 }),
    ],
    ['the limit is just reached', limited(100n)],
    ['the limit is in another currency', limited(1n, 'EUR')],
    ['a dispute was won', contested('WON')],
    ['a contract ends later than in 30 days', ending('2026-07-31')],
  ])('stays good where %s', (_, fields) => {
    expect(standing(customer(fields)).level).toBe('GOOD')
  })

  it('gives all reasons, the worst first, with the money concerned', () => {
    const { level, reasons } = standing(
      customer({
        ...ending('2026-07-01'),
        ...owes({ overdue: 60n, unappliedCash: 10n, oldestDaysPastDue: 40 }),
        credit: { onHold: true, holdReason: 'unpaid', limit: null },
      }),
    )
    expect(level).toBe('HOLD')
    expect(reasons.map(({ code, message, amount }) => [code, message, amount?.minorUnits])).toEqual([
      ['CREDIT_HOLD', 'On credit hold: unpaid', undefined],
      ['OVERDUE', '0.50 USD is overdue, the oldest by 40 days', 50n],
      ['RENEWAL_DUE', 'A contract ends on 2026-07-01 without renewal', undefined],
    ])
  })
})

describe('events', () => {
  const [issued] = store({ invoices: [invoiceFact()] }).invoices
  const [received] = store({ payments: [paymentFact()] }).payments
  if (issued === undefined || received === undefined) throw new Error('the documents were not stored')

  it.each([
    [undefined, 'DRAFT', 'drafted'],
    [undefined, 'OPEN', 'issued'],
    [undefined, 'PARTIALLY_PAID', 'issued'],
    [undefined, 'PAID', 'paid'],
    ['DRAFT', 'OPEN', 'issued'],
    ['OPEN', 'OPEN', 'changed'],
    ['OPEN', 'PARTIALLY_PAID', 'changed'],
    ['PARTIALLY_PAID', 'PAID', 'paid'],
    ['PAID', 'OPEN', 'changed'],
    ['OPEN', 'VOID', 'voided'],
    ['OPEN', 'UNCOLLECTIBLE', 'writtenOff'],
  ] as const)('of an invoice from %s to %s: %s', (before, after, event) => {
    expect(invoiceEvent(before && { ...issued, status: before }, { ...issued, status: after })).toBe(event)
  })

  it.each([
    [undefined, 'PENDING', 'created'],
    [undefined, 'SUCCEEDED', 'received'],
    ['PENDING', 'SUCCEEDED', 'received'],
    ['PENDING', 'FAILED', 'failed'],
    ['SUCCEEDED', 'PARTIALLY_REFUNDED', 'refunded'],
    ['PARTIALLY_REFUNDED', 'REFUNDED', 'refunded'],
    ['SUCCEEDED', 'DISPUTED', 'changed'],
    ['DISPUTED', 'SUCCEEDED', 'changed'],
  ] as const)('of a payment from %s to %s: %s', (before, after, event) => {
    expect(paymentEvent(before && { ...received, status: before }, { ...received, status: after })).toBe(
      event,
    )
  })

  it.each<[string, Partial<Contract> | undefined, Partial<Contract>]>([
    ['signed', undefined, {}],
    ['signed', { status: 'DRAFT' }, { status: 'SIGNED' }],
    ['activated', { status: 'SIGNED' }, {}],
    ['resumed', { status: 'SUSPENDED' }, {}],
    ['renewed', {}, { status: 'RENEWED' }],
    ['terminated', {}, { status: 'TERMINATED' }],
    ['amended', {}, { lines: [contractLine({ quantity: '2' })] }],
    ['changed', { lines: [contractLine()] }, { lines: [contractLine()], autoRenew: true }],
  ])('of a contract: %s', (event, before, after) => {
    expect(contractEvent(before && contract(before), contract(after))).toBe(event)
  })

  it('of a dispute: opened, then closed by its decision', () => {
    expect(disputeEvent(undefined, dispute())).toBe('opened')
    expect(disputeEvent(dispute(), dispute({ status: 'UNDER_REVIEW' }))).toBe('changed')
    expect(disputeEvent(dispute(), dispute({ status: 'LOST' }))).toBe('closed')
  })
})

function item(fields: Partial<SubscriptionItem>): SubscriptionItem {
  return {
    id: 'item-1',
    productId: 'product-1',
    priceId: null,
    contractLineId: null,
    quantity: '1',
    unitPrice: 1000n,
    interval: { unit: 'MONTH', count: 1 },
    startDate: day('2026-01-01'),
    endDate: null,
    ...fields,
  }
}

function subscribed(items: SubscriptionItem[]): Parameters<typeof monthlyRecurringRevenue>[0] {
  return { status: 'ACTIVE', endedOn: null, items }
}

function customer(fields: Partial<StandingInput>): StandingInput {
  return {
    today,
    customerStatus: 'ACTIVE',
    receivables: [],
    disputes: [],
    credit: null,
    contracts: { active: 1, suspended: 0, nextEndDate: null },
    ...fields,
  }
}

/** 1.00 USD is owed in all. */
function owes(fields: Partial<StandingInput['receivables'][number]>): Partial<StandingInput> {
  const nothing = { currency: 'USD', total: 100n, overdue: 0n, unappliedCash: 0n, oldestDaysPastDue: 0 }
  return { receivables: [{ ...nothing, ...fields }] }
}

function limited(minorUnits: bigint, currency = 'USD'): Partial<StandingInput> {
  return { ...owes({}), credit: { onHold: false, holdReason: null, limit: { minorUnits, currency } } }
}

function contested(status: 'UNDER_REVIEW' | 'WON'): Partial<StandingInput> {
  return { disputes: [{ status, amount: { minorUnits: 100n, currency: 'USD' } }] }
}

function ending(date: string): Partial<StandingInput> {
  return { contracts: { active: 1, suspended: 0, nextEndDate: day(date) } }
}
