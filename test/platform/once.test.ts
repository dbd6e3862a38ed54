import { expect, it } from 'vitest'
import { once } from '#platform/once.ts'

it('What is made once is made when it is first asked for, and is the same ever after', () => {
  const made: object[] = []
  const ask = once(() => {
    const value = {}
    made.push(value)
    return value
  })
  expect(made).toEqual([])
  expect([ask(), ask()]).toEqual([made[0], made[0]])
  expect(made).toHaveLength(1)
})
