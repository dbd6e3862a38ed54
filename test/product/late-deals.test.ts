// A deal that the customer agreed to and whose closing is held up (row 2): not won in CRM yet, and late all the same.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { quoteLine, yearly } from '#test/domain/deals.ts'
import { stated } from '#test/erp/books.ts'
import { customerFact, opportunityFact, quoteFact } from '#test/support/facts.ts'
import { ADDRESS } from './deals.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld, usd } from './flows.ts'

const CLOSE = `mutation ($input: CloseOpportunityInput!) { payload: closeOpportunity(input: $input) {
  contract { id } workflow { id status failure { code } } replayed userErrors { code field } } }`
const LATE = `{ processHealth { lateInvoices { count totals { amount currency }
  deals { opportunity { id stage } customer { id } contract { id } amount { amount currency }
    wonOn dueOn ageDays owner } } } }`
const EXCEPTIONS = `{ exceptions(first: 10, filter: { status: { in: [OPEN] } }) { nodes { id owner } } }`
const RESOLVE = `mutation ($input: ResolveExceptionInput!) { payload: resolveException(input: $input) {
  workflow { id status } replayed userErrors { code } } }`

let world: FlowWorld
beforeAll(async () => {
  world = await openFlowWorld()
})
afterAll(() => world.close())

const lateInvoices = async () => {
  const { data, errors } = await world.ask<{ processHealth: { lateInvoices: object } }>(LATE)
  expect(errors).toBeUndefined()
  return data?.processHealth.lateInvoices
}

/** What billing sells; without a tax code nobody can say how much tax is due. */
const sellPlatform = (taxCode: string | null, sourceVersion: bigint) =>
  world.record({
    products: [
      {
        ...stated('platform'),
        externalRefs: stated('platform').externalRefs.map((ref) => ({ ...ref, sourceVersion })),
        description: null,
        family: null,
        taxCode,
        active: true,
        sku: 'PLATFORM',
        name: 'Platform',
      },
    ],
  })

it('it is told with its amount, age and the owner of what holds it up, until it is billed', async () => {
  await sellPlatform(null, 1n)
  await world.record({
    prices: [
      {
        ...stated('price USD'),
        productId: 'platform',
        nickname: null,
        currency: 'USD',
        unitAmount: '1200000',
        interval: yearly,
        usage: 'LICENSED',
        tiersMode: null,
        tiers: [],
        active: true,
      },
    ],
    customers: [customerFact({ id: 'cus_acme', legalName: 'Acme', status: 'PROSPECT', address: ADDRESS })],
    opportunities: [opportunityFact({ id: 'opp_acme', customerId: 'cus_acme' })],
    quotes: [
      quoteFact({
        id: 'quo_acme',
        opportunityId: 'opp_acme',
        number: 'Q-1',
        status: 'ACCEPTED',
        lines: [quoteLine('platform', 1_200_000n)],
      }),
    ],
  })
  const closing = { opportunityId: 'opp_acme', closedOn: '2026-06-15', idempotencyKey: 'acme' }
  const stuck = await world.start<FlowPayload & { contract: object }>(CLOSE, closing)
  expect(stuck).toMatchObject({ workflow: { status: 'EXCEPTION', failure: { code: 'TAX_CODE_MISSING' } } })

  // In time until the third day after.
  world.clock.set('2026-06-18T12:00:00Z')
  expect(await lateInvoices()).toEqual({ count: 0, totals: [], deals: [] })
  world.clock.set('2026-06-19T12:00:00Z')
  expect(await lateInvoices()).toEqual({
    count: 1,
    totals: [usd('12000.00')],
    deals: [
      {
        opportunity: { id: 'opp_acme', stage: 'OPEN' },
        customer: { id: 'cus_acme' },
        contract: stuck.contract,
        amount: usd('12000.00'),
        wonOn: '2026-06-15',
        dueOn: '2026-06-18',
        ageDays: 4,
        owner: 'FINANCE',
      },
    ],
  })

  await sellPlatform('txcd_10103001', 2n)
  const { data } = await world.ask<{ exceptions: { nodes: { id: string; owner: string }[] } }>(EXCEPTIONS)
  const exceptionId = data?.exceptions.nodes[0]?.id
  await world.start(RESOLVE, { exceptionId, action: 'RETRY', reason: 'It has a tax code', actor: 'Jo' })
  await expect.poll(() => world.start(CLOSE, closing)).toMatchObject({ workflow: { status: 'COMPLETED' } })
  expect(await lateInvoices()).toEqual({ count: 0, totals: [], deals: [] })
})
