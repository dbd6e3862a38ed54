// Any object by its global id: insight names its type, and the system that keeps it tells the rest.
import { isObjectType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { systemClock } from '#platform/clock.ts'
import { canonicalId, ID_PREFIXES, type IdKind } from '#platform/ids.ts'
import { ask, failuresOf } from '#test/support/ask.ts'
import { insightWithoutStore } from './support.ts'

const subgraph = insightWithoutStore(systemClock)
const NODE = 'query ($id: ID!) { node(id: $id) { __typename id } }'

/** Parts of other objects, and what the graph only takes in, which have no page of their own in it. */
const PARTS: readonly IdKind[] = [
  'contractLine',
  'subscriptionItem',
  'invoiceLine',
  'creditNoteLine',
  'allocation',
  'creditProfile',
  'accountRule',
  'payout',
]
const NAMES: Partial<Record<IdKind, string>> = { subscription: 'BillingSubscription' }
const KINDS = (Object.keys(ID_PREFIXES) as IdKind[]).filter((kind) => !PARTS.includes(kind))
const typeOf = (kind: IdKind): string => NAMES[kind] ?? kind.replace(/^./, (letter) => letter.toUpperCase())

describe('node', () => {
  it.each(KINDS.map((kind) => [kind, typeOf(kind)] as const))('of a %s is a %s', async (kind, typename) => {
    const id = canonicalId(kind, 'stripe', 'acct_1', 'object', '1')
    expect(await ask(subgraph, NODE, { id })).toEqual({ node: { __typename: typename, id } })
  })

  it('can be every type that is a Node', () => {
    const nodes = Object.values(subgraph.schema.getTypeMap()).filter(
      (type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node'),
    )
    expect(nodes.map(({ name }) => name).toSorted()).toEqual(KINDS.map(typeOf).toSorted())
  })

  it.each([
    ...PARTS.map((kind) => [`a part: ${kind}`, canonicalId(kind, 'stripe', 'acct_1', 'object', '1')]),
    ['an unknown kind', 'xyz_0123456789'],
    ['a prefix alone', 'cus_'],
    ['nothing', ''],
    ['the name of a type', 'Customer'],
    ['the name of what every object has', 'constructor_1'],
  ])('is NOT_FOUND for %s', async (_, id) => {
    expect(await failuresOf(subgraph, NODE, { id })).toEqual(['NOT_FOUND at node'])
  })
})
