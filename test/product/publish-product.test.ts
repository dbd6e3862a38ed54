// A product goes on sale over the graph only once every company of ours knows how to post it (row 17).
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stated } from '#test/erp/books.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld } from './flows.ts'

const PUBLISH = `mutation ($input: PublishProductInput!) { payload: publishProduct(input: $input) {
  product { id active } workflow { id status } replayed userErrors { code field message } } }`

let world: FlowWorld
beforeAll(async () => {
  world = await openFlowWorld()
  await world.record({
    products: [
      {
        ...stated('platform'),
        sku: 'PLATFORM',
        name: 'Platform',
        description: null,
        family: null,
        taxCode: 'txcd_10103001',
        active: false,
      },
    ],
    prices: ['USD', 'EUR', 'JPY'].map((currency) => ({
      ...stated(`price ${currency}`),
      productId: 'platform',
      nickname: null,
      currency,
      unitAmount: '1200000',
      interval: { unit: 'YEAR', count: 1 },
      usage: 'LICENSED',
      tiersMode: null,
      tiers: [],
      active: true,
    })),
  })
})
afterAll(() => world.close())

const publish = (productId: string, key: string): Promise<FlowPayload> =>
  world.start(PUBLISH, { productId, idempotencyKey: key })

/** Has the rule for deferred revenue be one of another company. */
const moveRule = (from: string, to: string): Promise<unknown> =>
  world.database.owner.rows({
    text: `UPDATE erp.account_rule SET legal_entity_id = $2
      WHERE role = 'DEFERRED_REVENUE' AND legal_entity_id = $1`,
    values: [from, to],
  })

it('is refused without posting rules, which names it, and nothing is started', async () => {
  await moveRule('entity-jp', 'sold')
  expect(await publish('platform', 'first')).toEqual({
    product: null,
    workflow: null,
    replayed: false,
    userErrors: [
      {
        code: 'MAPPING_MISSING',
        field: 'family',
        message: 'No posting rule says to which DEFERRED_REVENUE account JP posts PLATFORM',
      },
    ],
  })
})

it('is put on sale once the rules are there, once for its key', async () => {
  await moveRule('sold', 'entity-jp')
  const first = await publish('platform', 'first')
  expect(first).toMatchObject({
    product: { id: 'platform', active: true },
    workflow: { status: 'COMPLETED' },
    userErrors: [],
  })
  expect(await publish('platform', 'first')).toEqual({ ...first, replayed: true })
})

it('is refused where nobody knows it', async () => {
  expect(await publish('none', 'none')).toMatchObject({
    product: null,
    workflow: null,
    userErrors: [{ code: 'REFERENCE_MISSING', field: 'productId' }],
  })
})
