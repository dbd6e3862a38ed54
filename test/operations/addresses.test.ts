// Whoever names an endpoint must not reach what stands behind our walls, whatever the name led to before.
import type { LookupAddress } from 'node:dns'
import { describe, expect, it } from 'vitest'
import { allowAddresses, checkedLookup, refusalOf } from '#subgraphs/operations/webhooks/addresses.ts'

const NOTHING = allowAddresses([])

describe('an address is', () => {
  it.each([
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '100::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    'not an address',
  ])('refused: %s', (address) => {
    expect(refusalOf(address, NOTHING)).toBeDefined()
  })

  it.each([
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.1',
    '100.63.255.255',
    '100.128.0.1',
    '126.0.0.1',
    '172.15.255.255',
    '172.32.0.1',
    '223.255.255.255',
    '2606:4700::1111',
    '2a00:1450:4001::1',
  ])('reached: %s', (address) => {
    expect(refusalOf(address, NOTHING)).toBeUndefined()
  })

  it('reached where the configuration allows it, and no other', () => {
    const allowed = allowAddresses(['10.1.0.0/16', '127.0.0.1', 'fd00::/8'])
    const reached = ['10.1.2.3', '127.0.0.1', 'fd00::1'].map((address) => refusalOf(address, allowed))
    expect(reached).toEqual([undefined, undefined, undefined])
    const refused = ['10.2.0.1', '127.0.0.2', 'fe80::1'].map((address) => refusalOf(address, allowed))
    expect(refused).toEqual(['private', 'loopback', 'not global'])
  })
})

/** Leads to one set of addresses after the other, as a name whose owner means ill does. */
const rebinding = (...answers: string[][]) =>
  ((_: string, __: object, callback: (error: null, found: LookupAddress[]) => void) => {
    const [next = []] = answers.splice(0, 1)
    callback(
      null,
      next.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }) as never

const lookUp = (lookup: ReturnType<typeof checkedLookup>, all = true) =>
  new Promise<unknown>((resolve) => {
    lookup('hook.example', { all }, (error, found, family) =>
      resolve(error?.message ?? (all ? found : [found, family])),
    )
  })

describe('a name', () => {
  it('that led outside and now leads inside is refused when it is connected to', async () => {
    const lookup = checkedLookup(NOTHING, rebinding(['1.1.1.1'], ['127.0.0.1']))
    expect(await lookUp(lookup)).toEqual([{ address: '1.1.1.1', family: 4 }])
    expect(await lookUp(lookup)).toBe('hook.example leads to an address that is loopback')
  })

  it('that leads outside and inside at once is refused', async () => {
    const lookup = checkedLookup(NOTHING, rebinding(['1.1.1.1', '10.0.0.1']))
    expect(await lookUp(lookup)).toBe('hook.example leads to an address that is private')
  })

  it('that leads nowhere is refused', async () => {
    expect(await lookUp(checkedLookup(NOTHING, rebinding([])))).toContain('leads to an address')
  })

  it('is looked up for who wants one address only', async () => {
    expect(await lookUp(checkedLookup(NOTHING, rebinding(['2606:4700::1'])), false)).toEqual([
      '2606:4700::1',
      6,
    ])
  })
})
