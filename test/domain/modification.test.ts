/** Contract modifications by the tree of ASC 606-10-25-10 to 13: its published examples, and what holds for any. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideModification } from '#domain/modification.ts'
import { modifySchedule } from '#domain/modification-effect.ts'
import { sum } from '#domain/money.ts'
import { parseDecimal, rational } from '#domain/rational.ts'
import { cutSchedule, scheduleEntries } from '#domain/schedule.ts'
import { splitCumulative } from '#domain/split.ts'
import { amount, dates, runs } from './arbitraries.ts'
import { day, range } from './documents.ts'
import type { ScheduleEntry } from '#domain/erp.ts'
import type {
  AddedObligation,
  Modification,
  ModificationEffect,
  ModifiedObligation,
} from '#domain/modification.ts'

/** 120 products at 100.00, of which 60 are delivered; alone a product costs 95.00 by then. */
const products = obligation({
  id: 'products',
  allocatedPrice: 12_000_00n,
  recognized: 6000_00n,
  completed: rational(60n, 150n),
  remainingStandalonePrice: 5700_00n,
})
const more = added({ id: 'more', price: 2850_00n, standalonePrice: 2850_00n, partOfId: 'products' })
const cheaper = { ...more, price: 2400_00n }
const credited = { ...products, deliveredPriceChange: -900_00n }

/** Three years of service at 100,000.00; after two of them the third falls to 80,000.00. */
const service = obligation({
  id: 'service',
  allocatedPrice: 300_000_00n,
  recognized: 200_000_00n,
  completed: rational(2n, 6n),
  remainingStandalonePrice: 80_000_00n,
  priceChange: -20_000_00n,
})
const years = added({
  id: 'years',
  price: 200_000_00n,
  standalonePrice: 240_000_00n,
  partOfId: 'service',
})

/** A building for 1,000,000.00 of which 60% is built; it grows by 150,000.00 and a bonus of 200,000.00 is likely. */
const building = obligation({
  id: 'building',
  allocatedPrice: 1_000_000_00n,
  recognized: 600_000_00n,
  completed: rational(420n, 820n),
  remainingStandalonePrice: 400_000_00n,
  isRemainderDistinct: false,
  priceChange: 350_000_00n,
})
const delivered = obligation({
  id: 'X',
  allocatedPrice: 600_00n,
  recognized: 600_00n,
  completed: rational(1n),
})
const undelivered = obligation({ id: 'Y', allocatedPrice: 600_00n, remainingStandalonePrice: 500_00n })
const support = added({ id: 'support', price: 8000_00n, standalonePrice: 10_000_00n })

describe('a modification', () => {
  it.each<[string, Partial<Modification>, string]>([
    [
      'Example 5 case A: 30 more at their stand-alone price of 95 are a contract of their own',
      { obligations: [products], added: [more] },
      'SEPARATE_CONTRACT: products 0 + 600000, more 0 + 285000',
    ],
    [
      'M1, Example 5 case B: 30 more at 80 and a credit of 15 on each delivered one',
      { obligations: [credited], added: [cheaper] },
      'PROSPECTIVE: products -90000 + 560000, more 0 + 280000',
    ],
    [
      'Example 6: Z at 300 joins Y, of which nothing is delivered, at equal stand-alone prices',
      {
        obligations: [delivered, undelivered],
        added: [added({ id: 'Z', price: 300_00n, standalonePrice: 500_00n })],
      },
      'PROSPECTIVE: X 0 + 0, Y 0 + 45000, Z 0 + 45000',
    ],
    [
      'M2, Example 7: year three at 80,000 and three more for 200,000',
      { obligations: [service], added: [years] },
      'PROSPECTIVE: service 0 + 7000000, years 0 + 21000000',
    ],
    [
      'Example 8: the exact 420 of 820 of 1,350,000',
      { obligations: [building] },
      'CUMULATIVE_CATCH_UP: building 9146341 + 65853659',
    ],
    [
      'Example 8 as printed, its progress rounded to 51.2%',
      { obligations: [{ ...building, completed: parseDecimal('0.512') }] },
      'CUMULATIVE_CATCH_UP: building 9120000 + 65880000',
    ],
    [
      'of a building, with distinct support below its stand-alone price',
      { obligations: [building], added: [support] },
      'MIXED: building 9146341 + 65853659, support 0 + 800000',
    ],
    [
      'that adds what becomes part of the building',
      {
        obligations: [{ ...building, priceChange: 200_000_00n }],
        added: [{ ...support, price: 150_000_00n, isDistinct: false, partOfId: 'building' }],
      },
      'CUMULATIVE_CATCH_UP: building 9146341 + 65853659',
    ],
    [
      'that ends what is left of a service',
      {
        obligations: [{ ...service, completed: rational(1n), priceChange: -100_000_00n }],
      },
      'PROSPECTIVE: service 0 + 0',
    ],
    [
      'that nobody has approved changes nothing yet',
      { isApproved: false, obligations: [credited], added: [cheaper] },
      'NOT_YET: products 0 + 600000',
    ],
    [
      'of nothing but the price of what was delivered',
      { obligations: [{ ...delivered, deliveredPriceChange: -20_00n }] },
      'PROSPECTIVE: X -2000 + 0',
    ],
  ])('%s', (_, modification, expected) => {
    expect(words(decide(modification).effect)).toBe(expected)
  })

  it('tells which test was answered how', () => {
    const { judgements } = decide({ obligations: [credited], added: [cheaper] })
    expect(judgements.map(({ paragraph, holds }) => `${paragraph} ${holds}`)).toEqual([
      '606-10-25-10 true',
      '606-10-25-12(a) true',
      '606-10-25-12(b) false',
      '606-10-25-13(a) true',
      '606-10-25-13(b) false',
    ])
  })

  it.each<[string, Partial<Modification>, string[]]>([
    ['M1', { obligations: [credited], added: [cheaper] }, ['CUMULATIVE_CATCH_UP: products -60000 + 810000']],
    ['M2', { obligations: [service], added: [years] }, ['CUMULATIVE_CATCH_UP: service -4000000 + 32000000']],
    ['Example 8', { obligations: [building] }, ['PROSPECTIVE: building 0 + 75000000']],
    [
      'Example 5 case A',
      { obligations: [products], added: [more] },
      ['PROSPECTIVE: products 0 + 590000, more 0 + 295000', 'CUMULATIVE_CATCH_UP: products -6000 + 891000'],
    ],
  ])('tells what the alternatives come to: %s', (_, modification, expected) => {
    expect(decide(modification).alternatives.map(words)).toEqual(expected)
  })
})

describe('to the cent', () => {
  it('M1: the remaining 90 items are 60 × 93.33 and 30 × 93.34', () => {
    const { obligations } = decide({ obligations: [credited], added: [cheaper] }).effect
    const items = obligations.flatMap(({ recognizedLater }, index) =>
      splitCumulative(
        recognizedLater,
        Array.from({ length: index === 0 ? 60 : 30 }, () => 1n),
      ),
    )
    const counts = Map.groupBy(items, String)
    expect([...counts].map(([item, same]) => `${same.length} × ${item}`).toSorted()).toEqual([
      '30 × 9334',
      '60 × 9333',
    ])
  })

  it('M2: 70,000.00 in each of the years 3 to 6, and what was recognised stays', () => {
    const { recognizedLater } = decide({ obligations: [service], added: [years] }).effect
    const recognized = [2027, 2028].map((year) => ({ period: december(year), amount: 100_000_00n }))
    const effect = { id: 'service', allocatedPrice: 480_000_00n, recognizedNow: 0n, recognizedLater }
    const entries = modifySchedule(recognized, effect, day('2029-01-01'), overFourYears)
    expect(entries.map((entry) => `${entry.period.year} ${entry.amount}`)).toEqual([
      '2027 10000000',
      '2028 10000000',
      '2029 7000000',
      '2030 7000000',
      '2031 7000000',
      '2032 7000000',
    ])
  })

  it('a price that falls on 16 May is cut on that day, and the rest goes on from there', () => {
    const term = range('2027-01-01', '2028-01-01')
    const { earned, left } = cutSchedule(365_00n, term, day('2027-05-16'))
    expect(earned.map((entry) => entry.amount)).toEqual([31_00n, 28_00n, 31_00n, 30_00n, 15_00n])
    const recognized = sum(earned.map((entry) => entry.amount))
    const sold = obligation({ id: 'sold', allocatedPrice: 365_00n, recognized, priceChange: -115_00n })
    const [effect] = decide({ obligations: [sold] }).effect.obligations
    if (effect === undefined) throw new Error('no effect')
    const plan = (rest: bigint) => scheduleEntries(rest, { start: day('2027-05-16'), end: term.end })
    const entries = modifySchedule(earned, effect, day('2027-05-16'), plan)
    expect(left).toBe(230_00n)
    expect(entries.slice(3, 7).map((entry) => entry.amount)).toEqual([30_00n, 23_00n, 15_00n, 15_50n])
    expect(sum(entries.map((entry) => entry.amount))).toBe(250_00n)
  })
})

it.each<[string, string, Partial<Modification>]>([
  ['OBLIGATIONS_MISSING', 'obligations', {}],
  ['DUPLICATE_ID', 'added', { obligations: [service, service] }],
  [
    'PROGRESS_INVALID',
    'obligations.0.completed',
    { obligations: [{ ...service, completed: rational(7n, 6n) }] },
  ],
  [
    'PROGRESS_INVALID',
    'obligations.0.completed',
    { obligations: [{ ...service, completed: rational(-1n) }] },
  ],
  [
    'STANDALONE_PRICE_MISSING',
    'obligations.0.remainingStandalonePrice',
    { obligations: [{ ...service, remainingStandalonePrice: 0n }] },
  ],
  ['AMOUNT_NEGATIVE', 'added.0.price', { added: [{ ...support, price: -1n }] }],
  ['STANDALONE_PRICE_MISSING', 'added.0.standalonePrice', { added: [{ ...support, standalonePrice: 0n }] }],
  ['REFERENCE_MISSING', 'added.0.partOfId', { added: [{ ...support, isDistinct: false }] }],
  [
    'REFERENCE_MISSING',
    'added.0.partOfId',
    { obligations: [service], added: [{ ...support, partOfId: 'X' }] },
  ],
])('%s at %s', (code, field, modification) => {
  const { violations } = decideModification({ isApproved: true, obligations: [], added: [], ...modification })
  expect(violations).toContainEqual(expect.objectContaining({ code, field }))
})

describe('under any treatment', () => {
  const price = fc.bigInt({ min: 0n, max: 10n ** 9n })
  const obligations = fc.array(
    fc
      .record({
        allocatedPrice: price,
        recognized: price,
        completed: fc.integer({ min: 0, max: 7 }).map((part) => rational(BigInt(part), 7n)),
        remainingStandalonePrice: price.map((value) => value + 1n),
        isRemainderDistinct: fc.boolean(),
        priceChange: amount,
        deliveredPriceChange: amount,
      })
      .map(obligation),
    { minLength: 1, maxLength: 4 },
  )
  const additions = fc.array(
    fc
      .record({ price, standalonePrice: price.map((value) => value + 1n), isDistinct: fc.boolean() })
      .map((fields) => added({ ...fields, partOfId: 'obligation-0' })),
    { maxLength: 3 },
  )

  it('no price is lost, and what was recognised stays', () => {
    fc.assert(
      fc.property(obligations, additions, (before, parts) => {
        const promised = before.map((each, place) => ({ ...each, id: `obligation-${place}` }))
        const extra = parts.map((each, place) => ({ ...each, id: `added-${place}` }))
        const { effect, alternatives } = decide({ obligations: promised, added: extra })
        const total = sum([
          ...promised.flatMap((part) => [part.allocatedPrice, part.priceChange, part.deliveredPriceChange]),
          ...extra.map((each) => each.price),
        ])
        for (const { obligations: effects } of [effect, ...alternatives]) {
          expect(sum(effects.map(({ allocatedPrice }) => allocatedPrice))).toBe(total)
          for (const { id, allocatedPrice, recognizedNow, recognizedLater } of effects) {
            const recognized = promised.find((each) => each.id === id)?.recognized ?? 0n
            expect(recognized + recognizedNow + recognizedLater).toBe(allocatedPrice)
          }
        }
      }),
      runs,
    )
  })

  it('a cut schedule earns the same months as before it was cut', () => {
    fc.assert(
      fc.property(amount, dates, fc.nat(1500), (value, term, days) => {
        const cut = term.start.add({ days })
        const { earned, left } = cutSchedule(value, term, cut)
        expect(sum(earned.map((entry) => entry.amount)) + left).toBe(value)
        const uncut = scheduleEntries(value, term)
        earned.slice(0, -1).forEach((entry, place) => expect(entry).toEqual(uncut[place]))
      }),
      runs,
    )
  })
})

function obligation(fields: Partial<ModifiedObligation>): ModifiedObligation {
  return {
    id: 'obligation',
    allocatedPrice: 0n,
    recognized: 0n,
    completed: rational(0n),
    remainingStandalonePrice: 1n,
    isRemainderDistinct: true,
    priceChange: 0n,
    deliveredPriceChange: 0n,
    ...fields,
  }
}

function added(fields: Partial<AddedObligation>): AddedObligation {
  return { id: 'added', price: 0n, standalonePrice: 1n, isDistinct: true, partOfId: null, ...fields }
}

function decide(modification: Partial<Modification>) {
  const outcome = decideModification({ isApproved: true, obligations: [], added: [], ...modification })
  if (outcome.value === undefined) throw new Error(JSON.stringify(outcome.violations))
  return outcome.value
}

/** The treatment, and what each obligation recognises now and later. */
function words({ treatment, obligations }: ModificationEffect): string {
  const effects = obligations.map(
    (effect) => `${effect.id} ${effect.recognizedNow} + ${effect.recognizedLater}`,
  )
  return `${treatment}: ${effects.join(', ')}`
}

function december(year: number): Temporal.PlainYearMonth {
  return Temporal.PlainYearMonth.from({ year, month: 12 })
}

function overFourYears(left: bigint): ScheduleEntry[] {
  return splitCumulative(left, [1n, 1n, 1n, 1n]).map((earned, later) => ({
    period: december(2029 + later),
    amount: earned,
  }))
}
