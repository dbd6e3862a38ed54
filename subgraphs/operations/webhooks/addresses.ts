import { lookup as lookUp, type LookupAddress } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/**
 * Addresses that no name on the internet should lead to, by the registries of special-purpose addresses (RFC 6890):
 * whoever names an endpoint must not reach what stands behind our walls.
 */
const REFUSED: readonly (readonly [network: string, prefix: number, what: string])[] = [
  ['0.0.0.0', 8, 'unspecified'],
  ['10.0.0.0', 8, 'private'],
  ['100.64.0.0', 10, 'shared by carriers (CGNAT)'],
  ['127.0.0.0', 8, 'loopback'],
  ['169.254.0.0', 16, 'link-local'],
  ['172.16.0.0', 12, 'private'],
  ['192.0.0.0', 24, 'assigned to protocols'],
  ['192.0.2.0', 24, 'documentation'],
  ['192.88.99.0', 24, 'a relay of 6to4'],
  ['192.168.0.0', 16, 'private'],
  ['198.18.0.0', 15, 'benchmarking'],
  ['198.51.100.0', 24, 'documentation'],
  ['203.0.113.0', 24, 'documentation'],
  ['224.0.0.0', 4, 'multicast'],
  ['240.0.0.0', 4, 'reserved or broadcast'],
  // Of IPv6, 2000::/3 is what the internet uses: it leaves out loopback, mapped and translated IPv4 (NAT64), and ULA.
  ['::', 3, 'not global'],
  ['4000::', 2, 'not global'],
  ['8000::', 1, 'not global'],
  ['2001::', 23, 'assigned to protocols, Teredo among them'],
  ['2001:db8::', 32, 'documentation'],
  ['2002::', 16, 'IPv4 within 6to4'],
  ['3fff::', 20, 'documentation'],
]

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

const refusedBlocks = REFUSED.map(([network, prefix, what]) => ({
  what,
  block: blockOf(network, prefix),
  family: familyOf(network),
}))

function blockOf(network: string, prefix: number): BlockList {
  const block = new BlockList()
  block.addSubnet(network, prefix, familyOf(network))
  return block
}

/** Which addresses may be reached beside those of the internet. */
export interface AllowedAddresses {
  readonly has: (address: string) => boolean
}

/** Networks in CIDR notation, or single addresses: `10.1.0.0/16`, `127.0.0.1`. */
export function allowAddresses(networks: readonly string[]): AllowedAddresses {
  const allowed = new BlockList()
  for (const named of networks) {
    const [network = '', prefix] = named.split('/')
    if (prefix === undefined) allowed.addAddress(network, familyOf(network))
    else allowed.addSubnet(network, Number(prefix), familyOf(network))
  }
  return { has: (address) => allowed.check(address, familyOf(address)) }
}

/** Why an address must not be connected to; undefined where it may. */
export function refusalOf(address: string, allowed: AllowedAddresses): string | undefined {
  if (isIP(address) === 0) return 'no address'
  if (allowed.has(address)) return undefined
  // A scope (`fe80::1%eth0`) says on which link, which changes nothing.
  const plain = address.replace(/%.*$/, '')
  const family = familyOf(plain)
  return refusedBlocks.find(({ block, family: own }) => own === family && block.check(plain, family))?.what
}

/** An address that must not be connected to. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused'
}

type Resolve = typeof lookUp

/**
 * Finds addresses for a connection and refuses it where one of them must not be reached. It is asked when connecting
 * and its answer is what is connected to, so a name that leads elsewhere than it did before gains nothing.
 */
export function checkedLookup(allowed: AllowedAddresses, resolve: Resolve = lookUp): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error !== null) return callback(error, '')
      const [first] = addresses
      const refused = addresses.flatMap(({ address }) => refusalOf(address, allowed) ?? [])
      if (first === undefined || refused.length > 0)
        return callback(
          new AddressRefused(`${hostname} leads to an address that is ${refused.join(', ')}`),
          '',
        )
      if (options.all === true) return callback(null, addresses)
      return callback(null, first.address, first.family)
    })
  }
}
