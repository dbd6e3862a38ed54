import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { jsonString } from '#gateway/answer/leaves.ts'
import { Lru } from '#gateway/lru.ts'
import { copy, merge } from '#gateway/fetch/merge.ts'
import { clientName, innerName } from '#gateway/names.ts'
import { compilePath } from '#gateway/plan/paths.ts'
import type { JsonObject } from '#gateway/request.ts'

describe('A string', () => {
  it('is written as JSON.stringify writes it', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => jsonString(text) === JSON.stringify(text)))
    for (const text of ['"', '\\', '\n', '\u0000', '\u001f', '\ud800', 'a\udfffb', '😀', '\u2028']) {
      expect(jsonString(text)).toBe(JSON.stringify(text))
    }
  })
})

describe('A name that a client chooses', () => {
  const names = fc.oneof(
    fc.stringMatching(/^[_A-Za-z][_0-9A-Za-z]*$/),
    fc.constantFrom(
      '__proto__',
      'constructor',
      'representations',
      '_client_x',
      '_client___proto__',
      'toString',
    ),
  )

  it('comes back as it was', () => {
    fc.assert(fc.property(names, (name) => clientName(innerName(name)) === name))
  })

  it('never meets another one or a property that every object has', () => {
    fc.assert(
      fc.property(names, names, (one, other) => {
        expect(innerName(one) === innerName(other)).toBe(one === other)
        expect(innerName(one) in {}).toBe(false)
      }),
    )
  })
})

describe('Merging', () => {
  const json = fc.dictionary(
    fc.constantFrom('a', 'b', 'c'),
    fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.integer(),
        fc.constant(null),
        tie('object'),
        fc.array(tie('object'), { maxLength: 2 }),
      ),
      object: fc.dictionary(fc.constantFrom('x', 'y'), tie('value')),
    })).value,
  ) as fc.Arbitrary<JsonObject>

  it('twice is merging once', () => {
    fc.assert(
      fc.property(json, json, (known, added) => {
        const once = copy(known) as JsonObject
        merge(once, copy(added) as JsonObject)
        const twice = copy(once) as JsonObject
        merge(twice, copy(added) as JsonObject)
        expect(twice).toEqual(once)
      }),
    )
  })

  it('into nothing is a copy', () => {
    fc.assert(
      fc.property(json, (added) => {
        const target: JsonObject = {}
        merge(target, added)
        expect(target).toEqual({ ...added })
      }),
    )
  })

  it('keeps what one side does not know', () => {
    const target: JsonObject = { address: { city: 'Ulm', street: null }, list: [{ a: 1 }, null], kept: 1 }
    merge(target, {
      address: { street: 'Main', city: null },
      list: [{ b: 2 }, { b: 3 }],
      kept: null,
      __typename: 'T',
    })
    expect(target).toEqual({
      address: { city: 'Ulm', street: 'Main' },
      list: [{ a: 1, b: 2 }, { b: 3 }],
      kept: 1,
      __typename: 'T',
    })
  })
})

describe('The cache', () => {
  it('holds the entries that were used last, and counts', () => {
    const cache = new Lru<number>(2)
    cache.set('a', 1)
    cache.set('b', 2)
    expect(cache.get('a')).toBe(1)
    cache.set('c', 3)
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3])
    expect(cache.counters).toEqual({ entries: 2, weight: 2, hits: 3, misses: 1, evictions: 1 })
  })

  it('forgets light entries for a heavy one, and does not keep what is heavier than all may be', () => {
    const cache = new Lru<string>(10, 6)
    for (const key of ['a', 'b', 'c']) cache.set(key, key, 2)
    cache.set('d', 'd', 3)
    expect([cache.get('a'), cache.get('b'), cache.get('c'), cache.get('d')]).toEqual([
      undefined,
      undefined,
      'c',
      'd',
    ])
    cache.set('d', 'e', 4)
    expect(cache.counters).toMatchObject({ entries: 2, weight: 6, evictions: 2 })
    cache.set('f', 'f', 7)
    expect(cache.counters).toMatchObject({ entries: 0, weight: 0 })
  })

  it('never holds more than it may', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')),
        (maxEntries, keys) => {
          const cache = new Lru<string>(maxEntries)
          for (const key of keys) expect(cache.getOrMake(key, () => key)).toBe(key)
          expect(cache.counters.entries).toBe(Math.min(maxEntries, new Set(keys).size))
        },
      ),
    )
  })

  it('keeps nothing of what could not be made', () => {
    const cache = new Lru<number>(1)
    expect(() =>
      cache.getOrMake('a', () => {
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(cache.counters.entries).toBe(0)
  })
})

/** Where a path leads to. */
function found(path: Parameters<typeof compilePath>[0], data: JsonObject): string[] {
  const trails: string[] = []
  compilePath(path, (name) => new Set([name]))(data, (_, trail) => trails.push(trail.join('.')))
  return trails
}

describe('A path of the plan', () => {
  it("finds the objects of a list of lists, whether it has one '@' or one for each level", () => {
    const data = { rows: [[{}, null], null, [[{}], {}]] }
    const trails = ['rows.0.0', 'rows.2.0.0', 'rows.2.1']
    expect(found([{ Field: 'rows' }, '@'], data)).toEqual(trails)
    expect(found([{ Field: 'rows' }, '@', '@'], data)).toEqual(trails)
  })
})
