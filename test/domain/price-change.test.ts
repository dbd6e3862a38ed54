/** A transaction price that turns out another, ASC 606-10-32-42 to 45: what is recognised at once, and what later. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sum } from '#domain/money.ts'
import { allocatePriceChange } from '#domain/price-change.ts'
import { rational } from '#domain/rational.ts'
import { amount, runs } from './arbitraries.ts'
import type { RepricedObligation } from '#domain/price-change.ts'

const x = obligation({ id: 'X', allocatedPrice: 600_00n, recognized: 600_00n, completed: rational(1n) })
const y = obligation({ id: 'Y', allocatedPrice: 600_00n })
const half = obligation({
  id: 'half',
  allocatedPrice: 600_00n,
  recognized: 300_00n,
  completed: rational(1n, 2n),
})

it.each<[string, bigint, RepricedObligation[], string]>([
  ['Example 6: 40 more, X delivered and Y not', 40_00n, [x, y], 'X 2000 + 0, Y 0 + 62000'],
  ['a rebate takes back what was delivered', -100_00n, [x, half], 'X -5000 + 0, half -2500 + 27500'],
  ['a bonus for Y alone', 40_00n, [y], 'Y 0 + 64000'],
  [
    'by the prices of the start',
    30_00n,
    [
      { ...x, standalonePrice: 200n },
      { ...y, standalonePrice: 100n },
    ],
    'X 2000 + 0, Y 0 + 61000',
  ],
])('%s', (_, change, obligations, expected) => {
  const { value = [] } = allocatePriceChange(change, obligations)
  expect(
    value.map((effect) => `${effect.id} ${effect.recognizedNow} + ${effect.recognizedLater}`).join(', '),
  ).toBe(expected)
})

it.each<[string, string, RepricedObligation[]]>([
  ['OBLIGATIONS_MISSING', 'obligations', []],
  ['STANDALONE_PRICE_MISSING', 'obligations', [{ ...x, standalonePrice: 0n }]],
  ['AMOUNT_NEGATIVE', 'obligations.1.standalonePrice', [x, { ...y, standalonePrice: -1n }]],
  ['PROGRESS_INVALID', 'obligations.0.completed', [{ ...x, completed: rational(3n, 2n) }]],
])('%s at %s', (code, field, obligations) => {
  const { violations } = allocatePriceChange(1n, obligations)
  expect(violations).toContainEqual(expect.objectContaining({ code, field }))
})

it('always sums to the change, and leaves what was recognised', () => {
  const price = fc.bigInt({ min: 0n, max: 10n ** 9n })
  const any = fc
    .record({
      allocatedPrice: price,
      recognized: price,
      standalonePrice: price.map((value) => value + 1n),
      completed: fc.integer({ min: 0, max: 7 }).map((part) => rational(BigInt(part), 7n)),
    })
    .map(obligation)
  fc.assert(
    fc.property(amount, fc.array(any, { minLength: 1, maxLength: 5 }), (change, before) => {
      const { value = [] } = allocatePriceChange(change, before)
      const total = sum(before.map(({ allocatedPrice }) => allocatedPrice))
      expect(sum(value.map(({ allocatedPrice }) => allocatedPrice))).toBe(total + change)
      value.forEach(({ allocatedPrice, recognizedNow, recognizedLater }, place) => {
        expect((before[place]?.recognized ?? 0n) + recognizedNow + recognizedLater).toBe(allocatedPrice)
      })
    }),
    runs,
  )
})

function obligation(fields: Partial<RepricedObligation>): RepricedObligation {
  return {
    id: 'obligation',
    allocatedPrice: 0n,
    recognized: 0n,
    completed: rational(0n),
    standalonePrice: 500_00n,
    ...fields,
  }
}
