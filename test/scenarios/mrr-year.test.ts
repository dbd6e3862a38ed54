/** A year of recurring revenue: who begins, grows, shrinks, pauses, leaves and comes back, month by month. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SubscriptionFact } from '#domain/billing.ts'
import { day } from '#test/domain/documents.ts'
import { fxRate, openingFacts, stated } from '#test/erp/books.ts'
import { catchUp } from '#test/insight/catch-up.ts'
import { type LiveWorld, openLiveWorld } from '#test/product/live.ts'

let world: LiveWorld
const versions = new Map<string, bigint>()

interface Told extends Partial<SubscriptionFact> {
  readonly customer: string
  readonly id?: string
  /** Minor units a month, or a year. */
  readonly price: bigint
  readonly unit?: 'MONTH' | 'YEAR'
  readonly from: string
  readonly until?: string
}

/** A subscription as billing states it at this time. */
async function tell(at: string, told: Told): Promise<void> {
  const { customer, id = customer, price, unit = 'MONTH', from, until, ...fields } = told
  const version = (versions.get(id) ?? 0n) + 1n
  versions.set(id, version)
  world.clock.set(at)
  const [startDate, endDate] = [day(from), until === undefined ? null : day(until)]
  await world.record({
    subscriptions: [
      {
        ...stated(`sub_${id}`, version),
        customerId: `cus_${customer}`,
        contractId: null,
        legalEntityId: 'entity-1',
        status: until === undefined ? 'ACTIVE' : 'CANCELED',
        currency: 'USD',
        collectionMethod: 'SEND_INVOICE',
        startDate,
        currentPeriod: { start: startDate, end: day('2028-01-01') },
        cancelAt: null,
        endedOn: endDate,
        items: [
          {
            id: `si_${id}`,
            productId: 'prd_1',
            priceId: null,
            contractLineId: null,
            quantity: '1',
            unitPrice: price,
            interval: { unit, count: 1 },
            startDate,
            endDate,
          },
        ],
        ...fields,
      },
    ],
  })
}

const acme = { customer: 'acme', from: '2026-01-01' }
const bolt = { customer: 'bolt', from: '2026-01-01' }
const coda = { customer: 'coda', from: '2026-03-15', unit: 'YEAR' as const, price: 1200_00n }
/** Of the company whose periods are weeks: 4, 4 and 5 a quarter. */
const dorn = { customer: 'dorn', from: '2026-01-05', legalEntityId: 'entity-weeks', currency: 'USD' }

beforeAll(async () => {
  world = await openLiveWorld()
  world.clock.set('2026-01-01T00:00:00Z')
  const opening = openingFacts()
  const [first] = opening.legalEntities
  if (first === undefined) throw new Error('there is no legal entity')
  const weeks = { ...stated('entity-weeks'), code: 'WK', fiscalCalendar: 'FOUR_FOUR_FIVE' as const }
  await world.record({
    ...opening,
    legalEntities: [...opening.legalEntities, { ...first, ...weeks }],
    fxRates: [fxRate('EUR', 'USD', '1.10', '2026-01-01'), fxRate('EUR', 'USD', '1.20', '2026-12-01')],
  })
  await tell('2026-01-01T09:00:00Z', { ...acme, price: 100_00n })
  await tell('2026-01-01T09:00:01Z', { ...bolt, price: 50_00n })
  await tell('2026-01-05T09:00:00Z', { ...dorn, price: 200_00n })
  await tell('2026-02-10T09:00:00Z', { ...acme, price: 150_00n })
  await tell('2026-03-15T09:00:00Z', coda)
  await tell('2026-04-01T09:00:00Z', { ...bolt, price: 30_00n })
  await tell('2026-04-01T09:00:01Z', { ...dorn, price: 180_00n })
  await tell('2026-05-20T09:00:00Z', { ...bolt, price: 30_00n, until: '2026-05-20' })
  // A slip: within the hour the price is what it was.
  await tell('2026-06-03T09:00:00Z', { ...acme, price: 170_00n })
  await tell('2026-06-03T09:50:00Z', { ...acme, price: 150_00n })
  await tell('2026-07-05T09:00:00Z', { ...acme, price: 150_00n, status: 'PAUSED' })
  await tell('2026-08-05T09:00:00Z', { ...acme, price: 150_00n })
  await tell('2026-09-01T09:00:00Z', {
    customer: 'bolt',
    id: 'bolt-again',
    price: 40_00n,
    from: '2026-09-01',
  })
  // A renewal under another subscription: what ends and begins on one day is one change.
  await tell('2026-10-01T09:00:00Z', { ...coda, until: '2026-10-01' })
  await tell('2026-10-01T09:00:01Z', { ...coda, id: 'coda-2', price: 1500_00n, from: '2026-10-01' })
  await tell('2026-11-15T09:00:00Z', { customer: 'euro', price: 80_00n, from: '2026-11-15', currency: 'EUR' })
  world.clock.set('2026-12-31T12:00:00Z')
  await catchUp(world.database, world.clock)
})
afterAll(() => world.close())

const MOVES = ['new', 'expansion', 'reactivation', 'contraction', 'churn'] as const
type Bridge = Readonly<Record<'opening' | (typeof MOVES)[number] | 'closing', { readonly amount: string }>>
interface Row {
  readonly period: string
  readonly monthlyRecurringRevenue: Bridge
  readonly net: string | null
  readonly netted: string | null
  readonly gross: string | null
}

async function rows(variables: object): Promise<readonly Row[]> {
  const { data, errors } = await world.ask<{ revenueMetrics: { rows: readonly Row[] } }>(
    `query ($entity: ID!, $currencies: [CurrencyCode!]!, $grain: MetricGrain, $period: YearMonthRange!,
      $knownAt: DateTime) {
      revenueMetrics(period: $period, grain: $grain, reportingCurrency: "USD", knownAt: $knownAt,
        filter: { legalEntity: { in: [$entity] }, currency: { in: $currencies } }) { rows { period
          monthlyRecurringRevenue { opening { amount } new { amount } expansion { amount } reactivation { amount }
            contraction { amount } churn { amount } closing { amount } }
          net: netRevenueRetention netted: netRevenueRetention(policy: REACTIVATION_NETTED)
          gross: grossRevenueRetention } } }`,
    {
      entity: 'entity-1',
      currencies: ['USD'],
      grain: 'MONTH',
      period: { from: '2026-01', to: '2026-12' },
      ...variables,
    },
  )
  expect(errors).toBeUndefined()
  return data?.revenueMetrics.rows ?? []
}

const dollars = ({ amount }: { readonly amount: string }): number => Number(amount)

/** opening, new, expansion, reactivation, contraction, churn, closing, NRR, NRR with reactivation, GRR */
const YEAR: Readonly<Record<string, readonly (number | string | null)[]>> = {
  '2026-01': [0, 150, 0, 0, 0, 0, 150, null, null, null],
  '2026-02': [150, 0, 50, 0, 0, 0, 200, '1.3333', '1.3333', '1.0000'],
  '2026-03': [200, 100, 0, 0, 0, 0, 300, '1.0000', '1.0000', '1.0000'],
  '2026-04': [300, 0, 0, 0, 20, 0, 280, '0.9333', '0.9333', '0.9333'],
  '2026-05': [280, 0, 0, 0, 0, 30, 250, '0.8929', '0.8929', '0.8929'],
  '2026-06': [250, 0, 0, 0, 0, 0, 250, '1.0000', '1.0000', '1.0000'],
  '2026-07': [250, 0, 0, 0, 0, 150, 100, '0.4000', '0.4000', '0.4000'],
  '2026-08': [100, 0, 0, 150, 0, 0, 250, '1.0000', '2.5000', '1.0000'],
  '2026-09': [250, 0, 0, 40, 0, 0, 290, '1.0000', '1.1600', '1.0000'],
  '2026-10': [290, 0, 25, 0, 0, 0, 315, '1.0862', '1.0862', '1.0000'],
  '2026-11': [315, 0, 0, 0, 0, 0, 315, '1.0000', '1.0000', '1.0000'],
  '2026-12': [315, 0, 0, 0, 0, 0, 315, '1.0000', '1.0000', '1.0000'],
}

it('tells every month what moved, and how much was retained', async () => {
  const told = (await rows({})).map(({ period, monthlyRecurringRevenue: bridge, net, netted, gross }) => [
    period,
    [
      dollars(bridge.opening),
      ...MOVES.map((move) => dollars(bridge[move])),
      dollars(bridge.closing),
      net,
      netted,
      gross,
    ],
  ])
  expect(Object.fromEntries(told)).toEqual(YEAR)
})

it.each([['MONTH'], ['QUARTER'], ['FISCAL_PERIOD']])(
  'closes the bridge in every %s, also as known later',
  async (grain) => {
    for (const knownAt of [null, '2026-12-31T12:00:00Z', '2026-07-15T00:00:00Z'])
      for (const entity of ['entity-1', 'entity-weeks']) {
        let closed = 0
        for (const { monthlyRecurringRevenue: bridge } of await rows({ grain, knownAt, entity })) {
          expect(dollars(bridge.opening)).toBe(closed)
          const moved = dollars(bridge.new) + dollars(bridge.expansion) + dollars(bridge.reactivation)
          closed += moved - dollars(bridge.contraction) - dollars(bridge.churn)
          expect(dollars(bridge.closing)).toBe(closed)
        }
        expect(closed).toBeGreaterThan(0)
      }
  },
)

it('did not know in July of what came in August', async () => {
  const [august] = await rows({
    knownAt: '2026-07-15T00:00:00Z',
    period: { from: '2026-08', to: '2026-08' },
    grain: 'MONTH',
  })
  expect(august?.monthlyRecurringRevenue).toMatchObject({
    opening: { amount: '100.00' },
    reactivation: { amount: '0.00' },
    closing: { amount: '100.00' },
  })
})

it('retains by days: the cohort of a day are those who paid the day before', async () => {
  const days = await rows({ grain: 'DAY', period: { from: '2026-02', to: '2026-05' } })
  const retained = days
    .filter(({ net, gross }) => net !== '1.0000' || gross !== '1.0000')
    .map(({ period, net, gross }) => `${period} ${net} ${gross}`)
  expect(retained).toEqual([
    '2026-02-10 1.3333 1.0000',
    '2026-04-01 0.9333 0.9333',
    '2026-05-20 0.8929 0.8929',
  ])
})

it('retains by accounting periods: those of months are months, and those of weeks have their own days', async () => {
  const byMonth = await rows({ grain: 'MONTH' })
  expect(await rows({ grain: 'FISCAL_PERIOD' })).toEqual(byMonth)
  const weeks = { entity: 'entity-weeks', period: { from: '2026-03', to: '2026-04' } }
  const retained = async (grain: string) => (await rows({ ...weeks, grain })).map(({ net }) => net)
  // The third period ends on Saturday 4 April, so what shrank on 1 April is of it.
  expect(await retained('FISCAL_PERIOD')).toEqual(['0.9000', '1.0000'])
  expect(await retained('MONTH')).toEqual(['1.0000', '0.9000'])
})

it('takes no currency that moves for a movement', async () => {
  const all = { currencies: ['USD', 'EUR'], period: { from: '2026-11', to: '2026-12' } }
  const [november, december] = await rows(all)
  expect(november?.monthlyRecurringRevenue).toMatchObject({
    new: { amount: '88.00' },
    closing: { amount: '403.00' },
  })
  // 315.00 + 80.00 EUR at the rate of December.
  expect(december?.monthlyRecurringRevenue).toEqual({
    opening: { amount: '411.00' },
    ...Object.fromEntries(MOVES.map((move) => [move, { amount: '0.00' }])),
    closing: { amount: '411.00' },
  })
})
