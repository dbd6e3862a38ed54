/** A transaction price over its obligations: the examples of ASC 606-10-55, their kin, and what is refused. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocate } from '#domain/allocation.ts'
import { sum } from '#domain/money.ts'
import { amount, runs } from './arbitraries.ts'
import type { AllocationTerms, PricedObligation, ResidualObligation } from '#domain/allocation.ts'

const [a, b, c] = [sold('A', 40_00n), sold('B', 55_00n), sold('C', 45_00n)]
const together = { obligationIds: ['B', 'C'], price: 60_00n }
const d: ResidualObligation = { id: 'D', basis: 'RESIDUAL', from: 15_00n, to: 45_00n, estimate: null }
const abcd = { obligations: [a, b, c, d], bundles: [together] }

describe('a transaction price is allocated', () => {
  it.each<[string, Partial<AllocationTerms>, string]>([
    [
      'M3, Example 33: by relative prices, 50 / 25 / 75 for 100',
      { obligations: [sold('A', 50_00n), estimated('B', 25_00n), estimated('C', 75_00n)] },
      'RELATIVE A 3333, B 1667, C 5000',
    ],
    [
      'M4, Example 34 case A: the discount belongs to B and C, regularly sold together at 60',
      { obligations: [a, b, c], bundles: [together] },
      'BUNDLE_DISCOUNT A 4000, B 3300, C 2700',
    ],
    [
      'Example 34 case B: the discount of the bundle first, then the residual of 30 in 15 to 45',
      { ...abcd, transactionPrice: 130_00n },
      'RESIDUAL A 4000, B 3300, C 2700, D 3000',
    ],
    [
      'Example 34 case C: a residual of 5 is out of range, so by relative prices with an estimate of 30',
      { ...abcd, transactionPrice: 105_00n, obligations: [a, b, c, { ...d, estimate: 30_00n }] },
      'RELATIVE A 2471, B 3397, C 2779, D 1853',
    ],
    [
      'by relative prices as well, where the residual of 46 is above the range',
      { ...abcd, transactionPrice: 146_00n, obligations: [a, b, c, { ...d, estimate: 30_00n }] },
      'RELATIVE A 3435, B 4724, C 3865, D 2576',
    ],
    [
      'to all, where the discount is another than that of the bundle',
      { obligations: [a, b, c], bundles: [together], transactionPrice: 110_00n },
      'RELATIVE A 3143, B 4321, C 3536',
    ],
    [
      'to the bundle with a difference of 1 in 40, which is substantially the same',
      { obligations: [a, b, c], bundles: [together], transactionPrice: 101_00n },
      'BUNDLE_DISCOUNT A 4000, B 3355, C 2745',
    ],
    [
      'to all, where one of the parts is never sold by itself',
      { obligations: [a, b, estimated('C', 45_00n)], bundles: [together] },
      'RELATIVE A 2857, B 3929, C 3214',
    ],
    [
      'to all, where all of the parts are sold together',
      { obligations: [b, c], bundles: [together], transactionPrice: 60_00n },
      'RELATIVE B 3300, C 2700',
    ],
    [
      'to two bundles, each at its own discount',
      {
        obligations: [a, b, c, sold('E', 30_00n), sold('F', 10_00n)],
        bundles: [together, { obligationIds: ['E', 'F'], price: 32_00n }],
        transactionPrice: 132_00n,
      },
      'BUNDLE_DISCOUNT A 4000, B 3300, C 2700, E 2400, F 800',
    ],
    [
      'to all, where the customer pays more than the parts cost',
      { obligations: [a, b, c], bundles: [together], transactionPrice: 150_00n },
      'RELATIVE A 4286, B 5893, C 4821',
    ],
    [
      'to several without a price by their estimates, each in its range',
      {
        obligations: [a, { ...d, estimate: 20_00n }, { ...d, id: 'E', estimate: 40_00n }],
        transactionPrice: 100_00n,
      },
      'RESIDUAL A 4000, D 2000, E 4000',
    ],
    ['to the only obligation', { obligations: [d], transactionPrice: 20_00n }, 'RESIDUAL D 2000'],
    ['of nothing, to what is free', { obligations: [sold('A', 0n)], transactionPrice: 0n }, 'RELATIVE A 0'],
  ])('%s', (_, terms, expected) => {
    expect(allocated(terms)).toBe(expected)
  })

  it('with the tests that were asked and how each was answered', () => {
    const { value } = allocate({ ...abcd, obligations: [a, b, c], transactionPrice: 110_00n })
    expect(value?.judgements.map(({ paragraph, holds }) => `${paragraph} ${holds}`)).toEqual([
      '606-10-32-37(a) true',
      '606-10-32-37(b) true',
      '606-10-32-37(c) false',
    ])
  })

  it('under another tolerance', () => {
    const terms = { obligations: [a, b, c], bundles: [together], transactionPrice: 101_00n }
    expect(allocate(terms, { discountTolerancePercent: 0n }).value?.method).toBe('RELATIVE')
  })
})

it.each<[string, string, Partial<AllocationTerms>]>([
  ['AMOUNT_NEGATIVE', 'transactionPrice', { transactionPrice: -1n }],
  ['OBLIGATIONS_MISSING', 'obligations', { obligations: [] }],
  ['DUPLICATE_ID', 'obligations', { obligations: [a, a] }],
  ['STANDALONE_PRICE_MISSING', 'obligations', { obligations: [sold('A', 0n)] }],
  ['AMOUNT_NEGATIVE', 'obligations.1.standalonePrice', { obligations: [a, sold('B', -1n)] }],
  ['RANGE_INVALID', 'obligations.0.to', { obligations: [{ ...d, to: 1n }] }],
  ['AMOUNT_NOT_POSITIVE', 'obligations.0.estimate', { obligations: [{ ...d, estimate: 0n }] }],
  ['ESTIMATE_MISSING', 'obligations.1.estimate', { obligations: [a, d, { ...d, id: 'E' }] }],
  ['RESIDUAL_OUT_OF_RANGE', 'obligations.3.estimate', { ...abcd, transactionPrice: 105_00n }],
  ['BUNDLES_OVERLAP', 'bundles', { ...abcd, bundles: [together, { obligationIds: ['A', 'B'], price: 1n }] }],
  ['AMOUNT_NOT_POSITIVE', 'bundles.0.price', { ...abcd, bundles: [{ ...together, price: 0n }] }],
  ['REFERENCE_MISSING', 'bundles.0.obligationIds', { ...abcd, obligations: [a, b] }],
  [
    'REFERENCE_MISSING',
    'bundles.0.obligationIds',
    { ...abcd, bundles: [{ ...together, obligationIds: ['D'] }] },
  ],
])('%s at %s', (code, field, terms) => {
  const { violations } = allocate({ transactionPrice: 100_00n, obligations: [], bundles: [], ...terms })
  expect(violations).toContainEqual(expect.objectContaining({ code, field }))
})

it('always sums to the transaction price', () => {
  const price = amount.map((value) => (value < 0n ? -value : value))
  const obligation = fc.record({
    basis: fc.constantFrom('OBSERVED' as const, 'ESTIMATED' as const, 'RESIDUAL' as const),
    standalonePrice: fc.bigInt({ min: 1n, max: 10n ** 6n }),
    to: price,
  })
  fc.assert(
    fc.property(
      price,
      fc.array(obligation, { minLength: 1, maxLength: 6 }),
      fc.nat(10 ** 6),
      (paid, parts, sale) => {
        const obligations = parts.map(({ basis, standalonePrice, to }, place) => {
          const id = `obligation-${place}`
          return basis === 'RESIDUAL'
            ? { id, basis, from: 0n, to, estimate: standalonePrice }
            : { id, basis, standalonePrice }
        })
        const obligationIds = obligations.filter(({ basis }) => basis !== 'RESIDUAL').map(({ id }) => id)
        const bundles = [{ obligationIds: obligationIds.slice(0, 3), price: BigInt(sale) + 1n }]
        const { value } = allocate({ transactionPrice: paid, obligations, bundles })
        expect(sum(value?.obligations.map(({ allocatedPrice }) => allocatedPrice) ?? [])).toBe(paid)
        expect(value?.obligations.map(({ id }) => id)).toEqual(obligations.map(({ id }) => id))
      },
    ),
    runs,
  )
})

function sold(id: string, standalonePrice: bigint): PricedObligation {
  return { id, basis: 'OBSERVED', standalonePrice }
}

function estimated(id: string, standalonePrice: bigint): PricedObligation {
  return { id, basis: 'ESTIMATED', standalonePrice }
}

/** The method, and the price of each obligation. */
function allocated(terms: Partial<AllocationTerms>): string {
  const { value } = allocate({ transactionPrice: 100_00n, obligations: [], bundles: [], ...terms })
  const prices = value?.obligations.map(({ id, allocatedPrice }) => `${id} ${allocatedPrice}`) ?? []
  return `${value?.method} ${prices.join(', ')}`
}
