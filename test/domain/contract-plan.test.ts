// What a contract's promises earn: shared by stand-alone prices when it is signed, and by the treatment of each change.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { totalContractValue } from '#domain/contract.ts'
import { planContract, schedulesOfPlan } from '#domain/contract-plan.ts'
import { sum } from '#domain/money.ts'
import { allocatedPriceOf, plannedEntries } from '#domain/obligation-plan.ts'
import { contract, contractLine, day, range } from './documents.ts'
import type { ContractLine } from '#domain/crm.ts'
import type { ContractPlan } from '#domain/contract-plan.ts'
import type { DeliveryMeasure } from '#domain/delivery.ts'
import type { ListPrice } from '#domain/standalone-price.ts'

const yearly = { unit: 'YEAR', count: 1 } as const
const year = range('2027-01-01', '2028-01-01')

const listPrice = (productId: string, unitAmount: string, fields: Partial<ListPrice> = {}): ListPrice => ({
  productId,
  currency: 'USD',
  interval: yearly,
  usage: 'LICENSED',
  unitAmount,
  tiersMode: null,
  tiers: [],
  active: true,
  ...fields,
})
const line = (id: string, unitPrice: bigint, fields: Partial<ContractLine> = {}): ContractLine =>
  contractLine({ id, productId: id, unitPrice, interval: yearly, servicePeriod: year, ...fields })
const signed = (...lines: ContractLine[]) =>
  contract({ startDate: year.start, endDate: day('2033-01-01'), lines })
const pricesOf = ({ obligations }: ContractPlan) =>
  Object.fromEntries(obligations.map((each) => [each.line.id, allocatedPriceOf(each)]))

const delivered = (
  method: DeliveryMeasure['method'],
  satisfiedIn: string,
  ...steps: (readonly [string, string, string])[]
): DeliveryMeasure => ({
  method,
  satisfiedIn: Temporal.PlainYearMonth.from(satisfiedIn),
  steps: steps.map(([month, done, total]) => ({
    period: Temporal.PlainYearMonth.from(month),
    delivered: done,
    total,
  })),
})
/** Of 120 items 60 in March, and what follows. */
const sixty = (...later: [string, string, string][]) =>
  new Map([['item', delivered('POINT_IN_TIME', '2027-12', ['2027-03', '60', '120'], ...later)]])
/** The months of a plan's first obligation. */
const monthsOf = ({ obligations: [first] }: ContractPlan): string =>
  (first === undefined ? [] : plannedEntries(first))
    .map(({ period, amount }) => `${period.toString()} ${amount}`)
    .join(', ')
const until = (end: string) => ({ servicePeriod: { start: year.start, end: day(end) } })
const since = (start: string) => ({
  id: `plan~${start}`,
  servicePeriod: { start: day(start), end: year.end },
})

describe('a signed contract', () => {
  it('shares its price by the list prices of what was sold together', () => {
    const lines = [
      line('support', 40_00n),
      line('training', 60_00n, { interval: null, servicePeriod: range('2027-03-01', '2027-03-01') }),
    ]
    const plan = planContract(signed(...lines), null, [
      listPrice('support', '5000'),
      listPrice('training', '7500', { interval: null }),
    ])
    expect(pricesOf(plan)).toEqual({ support: 40_00n, training: 60_00n })
    expect(plan.obligations.map(({ basis }) => basis)).toEqual(['OBSERVED', 'OBSERVED'])
    expect(
      pricesOf(
        planContract(signed(...lines), null, [
          listPrice('support', '2500'),
          listPrice('training', '7500', { interval: null }),
        ]),
      ),
    ).toEqual({ support: 25_00n, training: 75_00n })
  })

  it.each<[string, Partial<ListPrice>[]]>([
    ['none', []],
    ['one in another currency', [{ currency: 'EUR' }]],
    ['one for another interval', [{ interval: { unit: 'MONTH', count: 1 } }]],
    ['one that is not asked any more', [{ active: false }]],
    ['one for usage', [{ usage: 'METERED' }]],
    ['several', [{}, { unitAmount: '9900' }]],
  ])('keeps its own price where the catalogue has %s', (_, prices) => {
    const listed = prices.map((fields) => listPrice('support', '5000', fields))
    const plan = planContract(signed(line('support', 40_00n), line('seats', 60_00n)), null, listed)
    expect(pricesOf(plan)).toEqual({ support: 40_00n, seats: 60_00n })
    expect(plan.obligations.map(({ basis }) => basis)).toEqual(['ESTIMATED', 'ESTIMATED'])
  })

  it('is sold step by step where a line begins later', () => {
    const later = line('later', 60_00n, { servicePeriod: range('2028-01-01', '2029-01-01') })
    const plan = planContract(signed(line('first', 40_00n), later), null, [
      listPrice('first', '5000'),
      listPrice('later', '5000'),
    ])
    expect(pricesOf(plan)).toEqual({ first: 40_00n, later: 60_00n })
  })
})

describe('a changed contract', () => {
  const plan = line('plan', 12_000_00n)
  const changed = (lines: readonly ContractLine[], prices: readonly ListPrice[] = [], before = [plan]) =>
    planContract(signed(...lines), planContract(signed(...before), null, prices), prices)

  it('at a dearer price goes on with what is left and what is added (P8)', () => {
    const after = changed([
      { ...plan, ...until('2027-05-01') },
      { ...plan, ...since('2027-05-01'), unitPrice: 18_000_00n },
    ])
    expect(pricesOf(after)).toEqual({ plan: 3945_21n, 'plan~2027-05-01': 12_082_19n })
    const [modification] = after.modifications
    expect(modification).toMatchObject({
      date: day('2027-05-01'),
      effect: { treatment: 'PROSPECTIVE', recognizedNow: 0n, recognizedLater: 12_082_19n },
      // As if the dearer price had held from the start: 120 of 365 days are over.
      alternatives: [
        { treatment: 'CUMULATIVE_CATCH_UP', recognizedNow: 5269_28n - 3945_21n, recognizedLater: 10_758_12n },
      ],
    })
  })

  it('with more seats at their price is a contract beside it', () => {
    const after = changed([
      { ...plan, ...until('2027-05-01') },
      { ...plan, ...since('2027-05-01'), quantity: '3' },
    ])
    expect(after.modifications[0]?.effect.treatment).toBe('SEPARATE_CONTRACT')
    expect(sum(after.obligations.map(allocatedPriceOf))).toBe(3945_21n + 24_164_38n)
  })

  it('with more seats below their price shares what is left with them', () => {
    const after = changed(
      [plan, line('seats', 3_000_00n, { servicePeriod: { start: day('2027-07-01'), end: year.end } })],
      [listPrice('plan', '1200000'), listPrice('seats', '600000')],
    )
    // From July: 184 days of 12,000.00 and of 3,000.00 a year, by list prices of 12,000.00 and 6,000.00.
    expect(after.modifications[0]?.effect.treatment).toBe('PROSPECTIVE')
    expect(pricesOf(after)).toEqual({ plan: 5950_68n + 5041_10n, seats: 2520_55n })
  })

  it('extended and made cheaper blends what is left (Example 7)', () => {
    const three = { ...line('service', 100_000_00n), servicePeriod: range('2027-01-01', '2030-01-01') }
    const prices = [
      listPrice('service', '8000000'),
      listPrice('service', '24000000', { interval: { unit: 'YEAR', count: 3 } }),
    ]
    const after = changed(
      [
        { ...three, servicePeriod: range('2027-01-01', '2029-01-01') },
        {
          ...three,
          id: 'service~20290101',
          unitPrice: 80_000_00n,
          servicePeriod: range('2029-01-01', '2030-01-01'),
        },
        {
          ...three,
          id: 'more',
          unitPrice: 200_000_00n,
          interval: { unit: 'YEAR', count: 3 },
          servicePeriod: range('2030-01-01', '2033-01-01'),
        },
      ],
      prices,
      [three],
    )
    expect(pricesOf(after)).toEqual({
      service: 200_000_00n,
      'service~20290101': 70_000_00n,
      more: 210_000_00n,
    })
  })

  it('without a line shares what was not earned of its discount among the others', () => {
    const prices = [listPrice('plan', '1200000'), listPrice('seats', '1200000')]
    const seats = line('seats', 6_000_00n)
    const before = [plan, seats]
    const after = changed([plan, { ...seats, ...until('2027-07-01') }], prices, before)
    // Each was allocated 9,000.00; by July 181 of 365 days of it are earned.
    expect(pricesOf(after)).toEqual({ plan: 12_000_00n + 2975_34n - 4463_01n, seats: 4463_01n })
    expect(after.modifications[0]?.effect.treatment).toBe('PROSPECTIVE')
  })

  it('keeps the months of a line that neither the change nor its treatment touches', () => {
    const other = line('other', 1_000_01n)
    const before = planContract(signed(plan, other), null, [])
    const after = changed([{ ...plan, ...until('2027-05-14') }, other], [], [plan, other])
    expect(after.obligations.slice(1).map((obligation) => plannedEntries(obligation))).toEqual(
      before.obligations.slice(1).map((obligation) => plannedEntries(obligation)),
    )
  })

  it.each<[string, DeliveryMeasure, string]>([
    ['at once, as it was expected', delivered('POINT_IN_TIME', '2027-02'), '2027-02 450000'],
    [
      'in part by a step, and the rest as it was expected',
      delivered('MILESTONE', '2027-03', ['2027-02', '1', '3']),
      '2027-02 150000, 2027-03 300000',
    ],
  ])('keeps what was delivered before it: %s', (_, measure, months) => {
    const project = line('project', 12_000_00n, { interval: null })
    const prices = [listPrice('plan', '1200000'), listPrice('project', '600000', { interval: null })]
    const cheap = { ...plan, unitPrice: 1_500_00n }
    const measures = new Map([['project', measure]])
    const before = planContract(signed(project, cheap), null, prices, measures)
    const dearer = { ...cheap, ...since('2027-07-01'), unitPrice: 18_000_00n }
    const terms = signed(project, { ...cheap, ...until('2027-07-01') }, dearer)
    const after = planContract(terms, before, prices, measures)
    expect([before, after].map(monthsOf)).toEqual([months, months])
    expect(after.modifications).toHaveLength(1)
  })

  it('keeps what delivered units earned, and blends the price of those that are left (Example 5)', () => {
    const items = line('item', 100_00n, { quantity: '120', interval: null })
    const more = { ...items, id: 'more', quantity: '30', unitPrice: 80_00n }
    const terms = [items, { ...more, servicePeriod: { start: day('2027-04-15'), end: year.end } }]
    const prices = [listPrice('item', '10000', { interval: null })]
    const before = planContract(signed(items), null, prices, sixty())
    const after = planContract(signed(...terms), before, prices, sixty())
    // 60 × 100.00 + 30 × 80.00 = 8,400.00 for 90: the first 60 stay at 100.00.
    expect(after.modifications[0]?.effect).toMatchObject({ treatment: 'PROSPECTIVE', recognizedNow: 0n })
    expect(pricesOf(after)).toEqual({ item: 6_000_00n + 5_600_00n, more: 2_800_00n })
    expect(monthsOf(after)).toBe('2027-03 600000, 2027-12 560000')
    const next = planContract(signed(...terms), after, prices, sixty(['2027-06', '90', '120']))
    expect(monthsOf(next)).toBe('2027-03 600000, 2027-06 280000, 2027-12 280000')
  })

  it('keeps the months in which a line was delivered that goes on at another price', () => {
    const measures = new Map([['plan', delivered('MILESTONE', '2027-12', ['2027-02', '1', '4'])]])
    const before = planContract(signed(plan), null, [], measures)
    const terms = signed(
      { ...plan, ...until('2027-05-01') },
      { ...plan, ...since('2027-05-01'), unitPrice: 18_000_00n },
    )
    const [past] = planContract(terms, before, [], measures).obligations
    // Of 16,027.40 in all a quarter was delivered: what is more than 3,000.00 is caught up.
    expect(past?.past).toEqual([
      { period: Temporal.PlainYearMonth.from('2027-02'), amount: 3_000_00n },
      { period: Temporal.PlainYearMonth.from('2027-05'), amount: 1_006_85n },
    ])
  })

  it('is planned afresh where its past is not what was planned', () => {
    const after = changed([line('other', 7_00n)])
    expect(pricesOf(after)).toEqual({ other: 7_00n })
  })

  it('whatever changes: allocated prices sum to its value, months to allocated prices', () => {
    const price = fc.bigInt({ min: 0n, max: 50_000_00n })
    const anyLine = fc
      .record({
        id: fc.constantFrom('a', 'b', 'c', 'd', 'a~1', 'b~1'),
        productId: fc.constantFrom('p', 'q', 'r'),
        quantity: fc.constantFrom('0', '1', '2.5', '40'),
        unitPrice: price,
        interval: fc.constantFrom(null, yearly, { unit: 'MONTH', count: 1 } as const),
        from: fc.integer({ min: 0, max: 700 }),
        days: fc.integer({ min: 0, max: 700 }),
      })
      .map(({ from, days, ...rest }) => {
        const start = year.start.add({ days: from })
        return { ...rest, servicePeriod: { start, end: start.add({ days }) } }
      })
    const lines = fc.uniqueArray(anyLine, { selector: ({ id }) => id, maxLength: 5 })
    const listed = fc.array(
      fc.record({ product: fc.constantFrom('p', 'q', 'r'), amount: price, isYearly: fc.boolean() }),
      { maxLength: 4 },
    )
    fc.assert(
      fc.property(fc.array(lines, { minLength: 1, maxLength: 4 }), listed, (versions, list) => {
        const prices = list.map(({ product, amount, isYearly }) =>
          listPrice(product, String(amount), { interval: isYearly ? yearly : null }),
        )
        let known: ContractPlan | null = null
        for (const version of versions) {
          const current = signed(...version)
          known = planContract(current, known, prices)
          const schedules = schedulesOfPlan(current, known)
          expect(sum(schedules.map(({ allocatedPrice }) => allocatedPrice))).toBe(totalContractValue(current))
          for (const { allocatedPrice, entries } of schedules) {
            expect(sum(entries.map(({ amount }) => amount))).toBe(allocatedPrice)
          }
          expect(planContract(current, known, prices)).toBe(known)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
