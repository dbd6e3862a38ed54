import type { IncomingMessage } from 'node:http'

/** Who shares a quota. Anonymous clients are told apart by the network that they come from. */
export function clientOf({ socket }: Pick<IncomingMessage, 'socket'>): string {
  return `anonymous ${networkOf(socket.remoteAddress ?? '')}`
}

const IPV4_IN_IPV6 = '::ffff:'
const GROUPS = 8
/** Every customer of a provider has at least so much of IPv6: all addresses of a /64. */
const NETWORK_GROUPS = 4

/** An IPv4 address, or the first 64 bits of an IPv6 one, from an address as Node writes it. */
export function networkOf(address: string): string {
  if (address.startsWith(IPV4_IN_IPV6)) return address.slice(IPV4_IN_IPV6.length)
  if (!address.includes(':')) return address
  const [before = [], after = []] = address
    .split('::')
    .map((part) => part.split(':').filter((group) => group !== ''))
  const omitted = Array.from({ length: GROUPS - before.length - after.length }, () => '0')
  return [...before, ...omitted, ...after].slice(0, NETWORK_GROUPS).join(':')
}
