// What is left on the table: several of each kind are planted, found with their amounts, and gone once they are mended.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ContractFact } from '#domain/crm.ts'
import { recordBillingFacts } from '#subgraphs/billing/record.ts'
import { recordCrmFacts } from '#subgraphs/crm/record.ts'
import { generateCompany } from '#subgraphs/operations/seed/generate.ts'
import { day, invoiceFact, invoiceLine } from '#test/domain/documents.ts'
import { contractFact } from '#test/support/facts.ts'
import { type LiveWorld, openLiveWorld } from './live.ts'

const LEAKAGE = `query ($period: YearMonth!) { revenueLeakage(period: $period) { leaks {
  kind count totals { amount currency } breaks { message delta { amount } record { __typename } }
  usage { subscription { id } customer { id } quantity amount { amount currency } }
} } }`
const KINDS = ['SIGNED_NOT_BILLED', 'BILLED_NOT_CONTRACTED', 'EXPIRED_DISCOUNT', 'UNRATED_USAGE']

interface Leak {
  readonly kind: string
  readonly count: number
  readonly totals: readonly { readonly amount: string; readonly currency: string }[]
  readonly breaks: readonly object[]
  readonly usage: readonly { readonly quantity: string }[]
}

let world: LiveWorld
let stop: () => Promise<void>
beforeAll(async () => {
  world = await openLiveWorld()
  const today = Temporal.PlainDate.from('2026-06-15')
  for (const facts of generateCompany({ customers: 40, seed: 7, today })) await world.record(facts)
  stop = await world.startOperations()
}, 240_000)
afterAll(async () => {
  await stop()
  await world.close()
})

const leaks = async (period: string): Promise<readonly Leak[]> => {
  const { data, errors } = await world.ask<{ revenueLeakage: { leaks: readonly Leak[] } }>(LEAKAGE, {
    period,
  })
  if (!data || errors) throw new Error(JSON.stringify(errors))
  return data.revenueLeakage.leaks
}
/** What is found of a month, by kind. */
const found = async (period: string) =>
  Object.fromEntries(
    (await leaks(period)).map(({ kind, count, totals }) => [
      kind,
      [count, ...totals.map(({ amount }) => amount)],
    ]),
  )
const nothing = Object.fromEntries(KINDS.map((kind) => [kind, [0]]))

const unpublished = (): Promise<object[]> =>
  world.database.owner.rows({
    text: 'SELECT FROM crm.outbox UNION ALL SELECT FROM billing.outbox UNION ALL SELECT FROM erp.outbox',
    values: [],
  })
/** Waits until all that was told is read and compared. */
async function settled(): Promise<void> {
  await expect.poll(unpublished, { timeout: 60_000 }).toEqual([])
  world.clock.advance({ minutes: 1 })
  const asOf = async () =>
    (await world.ask<{ reconciliationStatus: { asOf: string } }>('{ reconciliationStatus { asOf } }')).data
      ?.reconciliationStatus.asOf
  await expect.poll(asOf, { timeout: 120_000 }).toBe(world.clock.now().toString())
}

const context = (subgraph: string) => ({ subgraph, clock: world.clock, correlationId: 'leak' })
const inCrm = (contracts: readonly ContractFact[]) =>
  recordCrmFacts(world.database.of('crm'), context('crm'), { contracts })
const inBilling = (facts: Parameters<typeof recordBillingFacts>[2]) =>
  recordBillingFacts(world.database.of('billing'), context('billing'), facts)

/** Two seats for 50.00 a month, sold from the 20th of May; discounted to 40.00 until then. */
const sold = (id: string): ContractFact => {
  const terms = { productId: 'prd_x', quantity: '2', interval: { unit: 'MONTH', count: 1 } } as const
  const before = { start: day('2026-04-20'), end: day('2026-05-20') }
  const from = { start: day('2026-05-20'), end: day('2026-06-20') }
  return contractFact({
    id: `ctr_${id}`,
    number: id,
    startDate: before.start,
    endDate: from.end,
    lines: [
      { ...terms, id: `ctl_${id}`, unitPrice: 40_00n, servicePeriod: before },
      { ...terms, id: `ctl_${id}~20260520`, unitPrice: 50_00n, servicePeriod: from },
    ],
  })
}
/** The bill of a period of its line, with a discount where one is told. */
const billed = (contractLineId: string, start: string, amount: bigint, discount = 0n) => {
  const from = day(start)
  const servicePeriod = { start: from, end: from.add({ months: 1 }) }
  const line = invoiceLine(amount, { contractLineId, quantity: '2', discount, servicePeriod })
  const id = `inv_${contractLineId}_${start}`
  return invoiceFact({ id, number: id, issueDate: from, dueDate: from.add({ days: 30 }), lines: [line] })
}
/** The bill of the period after the discount, with the discount all the same. */
const late = (id: string) => billed(`ctl_${id}~20260520`, '2026-05-20', 80_00n, 20_00n)
const withdrawn = (invoice: ReturnType<typeof billed>) => ({
  ...invoice,
  lifecycle: 'VOID' as const,
  closedOn: day('2026-06-15'),
  externalRefs: invoice.externalRefs.map((ref) => ({ ...ref, sourceVersion: 99n })),
})
const bothBilled = (id: string) => [
  billed(`ctl_${id}`, '2026-04-20', 80_00n, 20_00n),
  billed(`ctl_${id}~20260520`, '2026-05-20', 100_00n),
]

it('is nothing of the invented company: its periods and its use are billed at what was agreed', async () => {
  await settled()
  for (const period of ['2025-11', '2026-03', '2026-05', '2026-06'])
    expect(await found(period), period).toEqual(nothing)
}, 240_000)

describe('What is planted', () => {
  it('was signed and not billed, until it is', async () => {
    await inCrm([sold('s1'), sold('s2')])
    const [april1, may1] = bothBilled('s1')
    const [april2, may2] = bothBilled('s2')
    await inBilling({ invoices: [april1, april2].flatMap((each) => each ?? []) })
    await settled()
    expect(await found('2026-05')).toEqual({ ...nothing, SIGNED_NOT_BILLED: [2, '200.00'] })
    expect((await leaks('2026-05'))[0]?.breaks).toMatchObject([
      { record: { __typename: 'Contract' } },
      { record: { __typename: 'Contract' } },
    ])
    expect(await found('2026-04')).toEqual(nothing)
    await inBilling({ invoices: [may1, may2].flatMap((each) => each ?? []) })
    await settled()
    expect(await found('2026-05')).toEqual(nothing)
  }, 60_000)

  it('was billed and not signed, until it is withdrawn', async () => {
    const nobodys = ['n1', 'n2', 'n3'].map((id) => billed(`ctl_${id}`, '2026-05-01', 30_00n))
    await inBilling({ invoices: nobodys })
    await settled()
    expect(await found('2026-05')).toEqual({ ...nothing, BILLED_NOT_CONTRACTED: [3, '90.00'] })
    await inBilling({ invoices: nobodys.map(withdrawn) })
    await settled()
    expect(await found('2026-05')).toEqual(nothing)
  }, 60_000)

  it('was billed with a discount that had ended, until the rest is billed', async () => {
    await inCrm([sold('d1'), sold('d2')])
    await inBilling({
      invoices: ['d1', 'd2'].flatMap((id) => [billed(`ctl_${id}`, '2026-04-20', 80_00n, 20_00n), late(id)]),
    })
    await settled()
    expect(await found('2026-05')).toEqual({ ...nothing, EXPIRED_DISCOUNT: [2, '40.00'] })
    expect((await leaks('2026-05'))[2]?.breaks[0]).toEqual({
      message: 'BILLING takes off a discount that CRM does not have',
      delta: { amount: '20.00' },
      record: { __typename: 'Contract' },
    })
    const rest = ['d1', 'd2'].map((id) => {
      const invoice = billed(`ctl_${id}~20260520`, '2026-05-20', 20_00n)
      return { ...invoice, id: `${invoice.id}_rest`, number: `${invoice.id}_rest` }
    })
    await inBilling({ invoices: rest })
    await settled()
    expect(await found('2026-05')).toEqual(nothing)
  }, 60_000)

  it('was used and not billed, until it is, in the month in which it was used and none before it is over', async () => {
    const items = await world.database.owner.rows<{
      subscriptionId: string
      itemId: string
      customerId: string
    }>({
      text: `SELECT s.id AS "subscriptionId", item->>'id' AS "itemId", s.customer_id AS "customerId"
        FROM billing.subscription s, jsonb_array_elements(s.items) AS item
        WHERE s.status = 'ACTIVE' ORDER BY 1, 2 LIMIT 3`,
      values: [],
    })
    expect(items).toHaveLength(3)
    const use = (usedAt: string, quantity: string) => ({
      usage: items.map(({ subscriptionId, itemId }, index) => ({
        id: `use_${index}_${usedAt}`,
        externalRefs: [],
        subscriptionId,
        subscriptionItemId: itemId,
        quantity,
        usedAt: Temporal.Instant.from(usedAt),
      })),
    })
    await inBilling(use('2026-06-10T12:00:00Z', '100000'))
    expect(await found('2026-06')).toEqual(nothing)
    await inBilling(use('2026-05-10T12:00:00Z', '100000'))
    const leak = (await leaks('2026-05'))[3]
    expect(leak?.count).toBe(3)
    expect(leak?.usage.map(({ quantity }) => Number(quantity) > 0)).toEqual([true, true, true])
    expect(await found('2026-04')).toEqual(nothing)
    const bills = leak?.usage.map(({ quantity }, index) => {
      const { itemId, subscriptionId, customerId } = items[index] ?? {
        itemId: '',
        subscriptionId: '',
        customerId: '',
      }
      const line = invoiceLine(1_00n, {
        subscriptionItemId: itemId,
        contractLineId: null,
        quantity,
        servicePeriod: null,
      })
      const id = `inv_use_${index}`
      return invoiceFact({ id, number: id, customerId, subscriptionId, lines: [line] })
    })
    await inBilling({ invoices: bills ?? [] })
    expect(await found('2026-05')).toEqual(nothing)
  }, 60_000)
})
