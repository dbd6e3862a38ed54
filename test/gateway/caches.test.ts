// What the gateway remembers of documents: bounded, however many different ones it meets.
import { describe, expect, it } from 'vitest'

import type { Gateway } from '#gateway/server.ts'
import { usedBytes } from '#test/support/memory.ts'

import { ask, gatewayOver } from './graph.ts'
import { createWorld } from './world.ts'

const limits = {
  maxCachedDocuments: 20,
  maxCachedOperations: 10,
  maxCachedSubgraphOperations: 10,
  maxCachedDocumentChars: 2_000,
  maxCachedOperationFields: 60,
}

/** Documents of which no two are the same, each executed once. */
async function executeDistinct(gateway: Gateway, count: number, prefix: string): Promise<void> {
  for (let serial = 0; serial < count; serial += 1) {
    const more = 'name region tier since email '.repeat(serial % 5)
    const { errors } = await ask(gateway, `{ customers { ${prefix}${serial}: id ${more} rating } }`)
    expect(errors).toBeUndefined()
  }
}

describe('What is remembered of documents', () => {
  it('is bounded in number and in weight, and counted', async () => {
    const gateway = gatewayOver(createWorld(), { limits })
    await executeDistinct(gateway, 100, 'a')
    const { documents, operations, 'subgraph.crm': subgraph } = gateway.cacheCounters()
    expect(documents?.entries).toBeLessThanOrEqual(20)
    expect(documents?.weight).toBeLessThanOrEqual(2_000)
    expect(operations?.weight).toBeLessThanOrEqual(60)
    expect(operations).toMatchObject({ hits: 0, misses: 100, evictions: 100 - (operations?.entries ?? 0) })
    expect(subgraph?.entries).toBe(10)
  })

  it('is found again', async () => {
    const gateway = gatewayOver(createWorld())
    for (const first of [1, 2, 3])
      await ask(gateway, 'query ($first: Int) { customers(first: $first) { id } }', { first })
    expect(gateway.cacheCounters()).toMatchObject({
      documents: { entries: 1, hits: 2, misses: 1 },
      operations: { entries: 1, weight: 2, hits: 2, misses: 1 },
      'subgraph.crm': { entries: 1 },
    })
  })

  it('takes no more memory after many documents, not even in the code cache of V8', async () => {
    const gateway = gatewayOver(createWorld(), { limits })
    await executeDistinct(gateway, 40, 'a')
    const before = usedBytes()
    await executeDistinct(gateway, 200, 'b')
    // Each document that stayed in memory would take thirty kilobytes and more.
    expect(usedBytes() - before).toBeLessThan(200 * 10_000)
  })
})
