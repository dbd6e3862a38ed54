// How long a request may last, however many fetches it takes.
import { isObjectType } from 'graphql'
import { expect, it } from 'vitest'

import { ask, gatewayOver, local } from './graph.ts'
import { createWorld } from './world.ts'

const limits = { runTimeoutMs: 300, fetchTimeoutMs: 3_600_000 }
const never = (): Promise<never> => new Promise(() => undefined)

it.each([
  ['its first fetch has no end', true, null, 'maybe', []],
  [
    'a further fetch has no end',
    false,
    [{ id: 'c1', deferred: null }],
    'maybe.0.deferred',
    ['erp.Customer c1'],
  ],
])(
  'A request ends at its deadline with what there is, where %s',
  async (_where, isAtOnce, maybe, place, asked) => {
    const world = createWorld()
    const [crm, erp] = [local('crm', world), local('erp', world)]
    const maybeField = crm.schema.getQueryType()?.getFields().maybe
    const customer = erp.schema.getType('Customer')
    const deferredField = isObjectType(customer) ? customer.getFields().deferred : undefined
    if (!maybeField || !deferredField) throw new Error('the fixture has other fields')
    if (isAtOnce) maybeField.resolve = never
    else maybeField.resolve = () => [world.customers.get('c1')]
    deferredField.resolve = never
    const gateway = gatewayOver(world, { subgraphs: [crm, local('billing', world), erp], limits })
    const { data, errors } = await ask(gateway, '{ maybe { id deferred } }')
    expect(data).toEqual({ maybe })
    expect(errors?.map(({ path, extensions }) => [path?.join('.'), extensions.code])).toEqual([
      [place, 'SUBGRAPH_TIMEOUT'],
    ])
    expect(world.resolvedReferences).toEqual(asked)
  },
)
