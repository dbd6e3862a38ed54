// Global ids: the same object always has the same, no two objects share one, and each tells its kind.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalId, ID_PREFIXES, type IdKind, kindOfId } from '#platform/ids.ts'

const KINDS = Object.keys(ID_PREFIXES) as IdKind[]

describe('the id of an object', () => {
  it('is the same whenever it is asked for, so that facts may name what has not arrived yet', () => {
    const id = canonicalId('customer', 'stripe', 'acct_1', 'customer', 'cus_9')
    expect(id).toBe(canonicalId('customer', 'stripe', 'acct_1', 'customer', 'cus_9'))
    // Ids are kept by clients: they may never change from one version of the code to the next.
    expect(id).toMatchInlineSnapshot(`"cus_wKVzLL99xhDw22VbpPnMQM"`)
  })

  it.each<[string, Parameters<typeof canonicalId>]>([
    ['kind', ['contact', 'stripe', 'acct_1', 'customer', 'cus_9']],
    ['system', ['customer', 'chargebee', 'acct_1', 'customer', 'cus_9']],
    ['instance', ['customer', 'stripe', 'acct_2', 'customer', 'cus_9']],
    ['type there', ['customer', 'stripe', 'acct_1', 'account', 'cus_9']],
    ['id there', ['customer', 'stripe', 'acct_1', 'customer', 'cus_8']],
    ['border between its parts', ['customer', 'stripe', 'acct_1c', 'ustomer', 'cus_9']],
  ])('is another for another %s', (_, name) => {
    expect(canonicalId(...name)).not.toBe(canonicalId('customer', 'stripe', 'acct_1', 'customer', 'cus_9'))
  })

  it('needs no escaping anywhere, whatever the id in the other system', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), fc.string({ unit: 'binary' }), (kind, externalId) => {
        expect(canonicalId(kind, 'stripe', 'acct_1', 'object', externalId)).toMatch(
          /^[a-z]+_[A-Za-z0-9]{22}$/,
        )
      }),
    )
  })

  it('is no other of 100,000', () => {
    const ids = new Set<string>()
    for (let i = 0; i < 100_000; i += 1)
      ids.add(canonicalId('invoice', 'stripe', 'acct_1', 'invoice', `in_${i}`))
    expect(ids.size).toBe(100_000)
  })
})

describe('the kind of an id', () => {
  it.each(KINDS)('is told by it: %s', (kind) => {
    expect(kindOfId(canonicalId(kind, 'stripe', 'acct_1', 'object', '1'))).toBe(kind)
  })

  it('has a prefix of its own', () => {
    expect(new Set(Object.values(ID_PREFIXES)).size).toBe(KINDS.length)
  })

  it.each([
    '',
    '_',
    'cus',
    'cus_',
    'nope_123',
    '_cus',
    'CUS_1',
    ' cus_1',
    '__proto___x',
    'constructor_x',
    '💥_1',
  ])('is none for garbage: "%s"', (id) => {
    expect(kindOfId(id)).toBeUndefined()
  })
})
