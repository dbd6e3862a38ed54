import { hash } from 'node:crypto'

/** Bytes of one hash. */
const HASH_BYTES = 32
/** Stands before two hashes that are hashed together, so that no leaf passes for an inner node (RFC 6962, 2.1). */
const INNER_NODE = Buffer.of(1)

/** The hashes that lie one after the other in a text of bytes. */
export function hashesIn(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length / HASH_BYTES }, (_, place) =>
    bytes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES),
  )
}

/**
 * What proves that a hash stands at a place of a Merkle tree: the hashes beside its way up to the root, from the
 * bottom (RFC 6962, 2.1.1). The last node of an odd level goes up as it is.
 */
export function auditPath(hashes: readonly Buffer[], place: number): Buffer[] {
  if (hashes.length <= 1) return []
  const sibling = hashes[place % 2 === 0 ? place + 1 : place - 1]
  const above = auditPath(levelAbove(hashes), Math.floor(place / 2))
  return sibling === undefined ? above : [sibling, ...above]
}

function levelAbove(hashes: readonly Buffer[]): Buffer[] {
  return Array.from({ length: Math.ceil(hashes.length / 2) }, (_, pair) => {
    const [left, right] = hashes.slice(2 * pair, 2 * pair + 2)
    if (left === undefined || right === undefined) return left ?? Buffer.alloc(0)
    return hash('sha256', Buffer.concat([INNER_NODE, left, right]), 'buffer')
  })
}
