// How long a request may last, however many fetches it takes.
import { setTimeout as sleep } from 'node:timers/promises'

import { describe, expect, it } from 'vitest'

import { ask, gatewayOver, local } from './graph.ts'
import { createWorld } from './world.ts'

describe('A request that has lasted too long', () => {
  const runTimeoutMs = 200
  const slowMs = 2 * runTimeoutMs

  it('begins no further fetch, and is answered with what there is', async () => {
    const world = createWorld()
    const crm = local('crm', world)
    const maybe = crm.schema.getQueryType()?.getFields().maybe
    if (!maybe) throw new Error('the fixture has no maybe')
    maybe.resolve = () => sleep(slowMs, [world.customers.get('c1')])
    const subgraphs = [crm, local('billing', world), local('erp', world)]
    const gateway = gatewayOver(world, { subgraphs, limits: { runTimeoutMs } })
    const { data, errors } = await ask(gateway, '{ maybe { id deferred } }')
    expect(data).toEqual({ maybe: [{ id: 'c1', deferred: null }] })
    expect(errors?.map(({ path, extensions }) => [path?.join('.'), extensions.code])).toEqual([
      ['maybe.0.deferred', 'SUBGRAPH_TIMEOUT'],
    ])
    expect(world.resolvedReferences).toEqual([])
  })
})
