/** What a balance in a foreign currency is carried at while it is used up: nothing is lost, nothing stays behind. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nothing, release } from '#domain/carrying.ts'
import { runs } from './arbitraries.ts'

it.each([
  ['a third', 100n, { amount: 100n, worth: 37n }],
  ['all', 300n, { amount: 300n, worth: 110n }],
  ['more than there is', 400n, { amount: 300n, worth: 110n }],
  ['nothing', 0n, nothing],
])('of 300 worth 110, %s', (_, part, released) => {
  expect(release({ amount: 300n, worth: 110n }, part)).toEqual(released)
})

it('parts of a balance are worth the balance', () => {
  const parts = fc.array(fc.bigInt({ min: 1n, max: 10n ** 9n }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(parts, fc.bigInt({ min: 0n, max: 10n ** 12n }), (amounts, worth) => {
      let left = { amount: amounts.reduce((total, amount) => total + amount, 0n), worth }
      for (const part of amounts) {
        const taken = release(left, part)
        expect(taken.amount).toBe(part)
        left = { amount: left.amount - taken.amount, worth: left.worth - taken.worth }
      }
      expect(left).toEqual(nothing)
    }),
    runs,
  )
})
