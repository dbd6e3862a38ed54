// Equal representations are one entity: the number of each tells which, and how many different ones there are.
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'

import { Numbering } from '#gateway/fetch/numbering.ts'
import type { JsonObject } from '#gateway/request.ts'

const numbersOf = (representations: readonly JsonObject[]): number[] => {
  const numbering = new Numbering()
  return representations.map((representation) => numbering.numberOf(representation))
}

describe('Representations', () => {
  it.each<[string, JsonObject[], number[]]>([
    [
      'alike are one',
      [
        { __typename: 'A', id: '1' },
        { __typename: 'A', id: '1' },
      ],
      [0, 0],
    ],
    [
      'of two types are two',
      [
        { __typename: 'A', id: '1' },
        { __typename: 'B', id: '1' },
      ],
      [0, 1],
    ],
    [
      'with a number and its text are two',
      [
        { __typename: 'A', id: 1 },
        { __typename: 'A', id: '1' },
      ],
      [0, 1],
    ],
    [
      'with nothing and its text are two',
      [
        { __typename: 'A', id: null },
        { __typename: 'A', id: 'null' },
      ],
      [0, 1],
    ],
    ['with the type alone are one', [{ __typename: 'A' }, { __typename: 'A' }], [0, 0]],
    [
      'with an object and its text are two',
      [
        { __typename: 'A', key: { id: '1' } },
        { __typename: 'A', key: '{"id":"1"}' },
      ],
      [0, 1],
    ],
    [
      'whose values are divided otherwise are two',
      [
        { __typename: 'A', id: 'ab', of: 'c' },
        { __typename: 'A', id: 'a', of: 'bc' },
      ],
      [0, 1],
    ],
  ])('%s', (_, representations, numbers) => {
    expect(numbersOf(representations)).toEqual(numbers)
  })

  it('have the number of the first that is equal, whatever they are made of', () => {
    const value = fc.oneof(fc.constantFrom('a', 'b', 1, true, null), fc.array(fc.constantFrom('a', 1)))
    const representation = fc.record({ __typename: fc.constantFrom('A', 'B'), id: value, of: value })
    fc.assert(
      fc.property(fc.array(representation), (representations) => {
        const texts = representations.map((made) => JSON.stringify(made))
        const distinct = [...new Set(texts)]
        expect(numbersOf(representations)).toEqual(texts.map((text) => distinct.indexOf(text)))
      }),
    )
  })
})
