import { parseArgs } from 'node:util'

import { anyRequest, gatewayOver } from '#test/gateway/graph.ts'
import { createWorld } from '#test/gateway/world.ts'
import { closeAll } from '#test/support/closing.ts'

import type { Campaign } from './campaign.ts'

/** Documents between two looks at the memory. */
const STEP = 10_000
/** How much more memory the end may take than the time when the caches were full. */
const MAX_GROWTH = 1.2
const BYTES_PER_MEGABYTE = 1_048_576

/**
 * `npm run campaign -- documents [--count 100000]`: documents that are all different, each executed once, most of
 * them small and some near the limits. The caches must keep the memory flat once they are full.
 */
export const runDocuments: Campaign = async (options) => {
  const { values } = parseArgs({
    args: [...options],
    options: { count: { type: 'string', default: '100000' } },
  })
  const gateway = gatewayOver(createWorld())
  const megabytes: number[] = []
  for (let serial = 1; serial <= Number(values.count); serial += 1) {
    const { body } = await gateway.execute({ query: documentOf(serial) }, anyRequest())
    if (!body.startsWith('{"data"')) throw new Error(`document ${serial} was not answered: ${body}`)
    if (serial % STEP === 0) megabytes.push(look(serial, gateway.cacheCounters()))
  }
  closeAll()
  // The second look is the first that finds every cache full.
  const [, full = Infinity] = megabytes
  const isFlat = (megabytes.at(-1) ?? 0) <= full * MAX_GROWTH
  process.stdout.write(isFlat ? 'memory is flat\n' : `memory grew from ${full} to ${megabytes.at(-1)} MB\n`)
  return { passed: isFlat ? 1 : 0, failed: isFlat ? 0 : 1 }
}

/** One document in fifty is large: a thousand fields. */
function documentOf(serial: number): string {
  const isLarge = serial % 50 === 0
  const fields = Array.from({ length: isLarge ? 50 : 1 }, (_, index) => `f${serial}_${index}: name rating`)
  const repeated = 'id name email region tier since deferred '.repeat(isLarge ? 120 : 1)
  return `query Q${serial} { customers(first: ${(serial % 9) + 1}) { ${fields.join(' ')} ${repeated} } }`
}

/** Resident memory after a collection: what waits to be collected is not kept. */
function look(serial: number, counters: object): number {
  globalThis.gc?.()
  const megabytes = Math.round(process.memoryUsage.rss() / BYTES_PER_MEGABYTE)
  const caches = Object.entries(counters as Record<string, { entries: number; weight: number }>)
  const held = caches.map(([name, { entries, weight }]) => `${name} ${entries}/${weight}`)
  const heap = Math.round(process.memoryUsage().heapUsed / BYTES_PER_MEGABYTE)
  process.stdout.write(
    `${serial} documents: ${megabytes} MB resident, ${heap} MB of heap; ${held.join(', ')}\n`,
  )
  return megabytes
}
