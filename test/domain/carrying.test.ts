/** What a balance in a foreign currency is carried at while it is used up: nothing is lost, nothing stays behind. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { release } from '#domain/carrying.ts'
import { runs } from './arbitraries.ts'

it.each([
  ['a third', 100n, { amount: 100n, worth: 37n }, { amount: 200n, worth: 73n }],
  ['all', 300n, { amount: 300n, worth: 110n }, { amount: 0n, worth: 0n }],
  ['more than there is', 400n, { amount: 300n, worth: 110n }, { amount: 0n, worth: 0n }],
  ['nothing', 0n, { amount: 0n, worth: 0n }, { amount: 300n, worth: 110n }],
])('of 300 worth 110, %s', (_, part, released, left) => {
  expect(release({ amount: 300n, worth: 110n }, part)).toEqual({ released, left })
})

it('parts of a balance are worth the balance', () => {
  const parts = fc.array(fc.bigInt({ min: 1n, max: 10n ** 9n }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(parts, fc.bigInt({ min: 0n, max: 10n ** 12n }), (amounts, worth) => {
      let left = { amount: amounts.reduce((total, amount) => total + amount, 0n), worth }
      let worthOfParts = 0n
      for (const amount of amounts) {
        const taken = release(left, amount)
        worthOfParts += taken.released.worth
        left = taken.left
      }
      expect(worthOfParts).toBe(worth)
      expect(left).toEqual({ amount: 0n, worth: 0n })
    }),
    runs,
  )
})
