// Row 36: tax is quoted or refused, and never a silent zero, also where the provider of a region does not answer.
// Row 46: a region that no rule leads from is ROUTE_MISSING, also for a bill that is due.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { customerFact } from '#test/support/facts.ts'
import { brokenRules } from './amending.ts'
import { activate } from './article.ts'
import { ADDRESS, recordDeal, recordPlatform } from './deals.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld, usd } from './flows.ts'
import { changedModel } from './model-text.ts'

const QUOTE = `query ($input: QuoteTaxInput!) { quoteTax(input: $input) {
  provider isFallback route tax { amount currency } userErrors { code message } } }`
const CLOSE = `mutation ($input: CloseOpportunityInput!) { payload: closeOpportunity(input: $input) {
  contract { id } workflow { id status failure { code message } } replayed userErrors { code field message } } }`
const EXCEPTIONS = `{ exceptions(first: 10, filter: { status: { in: [OPEN] } }) {
  nodes { id class step owner openedAt dueAt moneyAtRisk { amount currency } } } }`
const RESOLVE = `mutation ($input: ResolveExceptionInput!) { payload: resolveException(input: $input) {
  workflow { id status } replayed userErrors { code field message } } }`
const INVOICES = `query ($id: ID!) { customer(id: $id) {
  invoices(first: 5) { nodes { tax { amount } total { amount } } } } }`

let world: FlowWorld
let count = 0
let [customerId, opportunityId] = ['', '']
beforeAll(async () => {
  world = await openFlowWorld()
  await recordPlatform(world)
})
afterAll(() => world.close())
beforeEach(async () => {
  count += 1
  ;({ customerId, opportunityId } = await recordDeal(world, String(count)))
})

/** Has the sales tax of the United States reckoned by somebody who is not there. */
const withProvider = (fallback: string | null): Promise<void> =>
  activate(
    world,
    'crm-led',
    `provider ${count}`,
    changedModel('crm-led', ({ routes }) => ({
      routes: routes.map((route) =>
        route.name === 'us-sales-tax' ? { ...route, to: 'elsewhere', fallback } : route,
      ),
    })),
  )
const quoted = async (): Promise<unknown> => {
  const input = { customerId, currency: 'USD', lines: [{ taxCode: 'txcd_10103001', net: '12000.00' }] }
  const { data, errors } = await world.ask<{ quoteTax: object }>(QUOTE, { input })
  if (!data) throw new Error(JSON.stringify(errors))
  return data.quoteTax
}
const close = (): Promise<FlowPayload> =>
  world.start(CLOSE, { opportunityId, closedOn: '2026-06-15', idempotencyKey: `close ${count}` })
const invoices = async (): Promise<object[] | undefined> => {
  const { data } = await world.ask<{ customer: { invoices: { nodes: object[] } } }>(INVOICES, {
    id: customerId,
  })
  return data?.customer.invoices.nodes
}
const waiting = async () => {
  const { data } = await world.ask<{ exceptions: { nodes: { id: string }[] } }>(EXCEPTIONS)
  return data?.exceptions.nodes ?? []
}
const retry = async (): Promise<void> => {
  const [exception] = await waiting()
  const decision = { action: 'RETRY', reason: 'It is mended', actor: 'Jo' }
  await world.start(RESOLVE, { exceptionId: exception?.id, ...decision })
  await expect.poll(close).toMatchObject({ workflow: { status: 'COMPLETED' } })
}
const moveTo = (country: string, region: string | null, sourceVersion: bigint): Promise<unknown> =>
  world.record({
    customers: [
      customerFact({
        id: customerId,
        legalName: 'Acme Inc.',
        status: 'PROSPECT',
        address: { ...ADDRESS, country, region },
        sourceVersion,
      }),
    ],
  })

const BILLED = [{ tax: { amount: '480.00' }, total: { amount: '12480.00' } }]

describe('a tax provider that is not there', () => {
  it('is stood in for by the declared fallback, which says so', async () => {
    await withProvider('rules')
    expect(await quoted()).toEqual({
      provider: 'rules',
      isFallback: true,
      route: 'us-sales-tax',
      tax: usd('480.00'),
      userErrors: [],
    })
    expect(await close()).toMatchObject({ workflow: { status: 'COMPLETED' } })
    expect(await invoices()).toEqual(BILLED)
  })

  it('without a fallback has nothing quoted, and a deal wait for the platform without an invoice', async () => {
    await withProvider(null)
    expect(await quoted()).toMatchObject({
      provider: null,
      tax: null,
      userErrors: [{ code: 'TAX_UNAVAILABLE', message: 'elsewhere is not set up' }],
    })
    expect(await close()).toMatchObject({
      workflow: { status: 'EXCEPTION', failure: { code: 'TAX_UNAVAILABLE' } },
    })
    expect(await invoices()).toEqual([])
    expect(await waiting()).toMatchObject([
      {
        class: 'TAX_UNAVAILABLE',
        step: 'draftInvoice',
        owner: 'PLATFORM',
        openedAt: '2026-06-15T12:00:00Z',
        dueAt: '2026-06-15T16:00:00Z',
        moneyAtRisk: usd('12000.00'),
      },
    ])

    await activate(world, 'crm-led', `mended ${count}`)
    await retry()
    expect(await invoices()).toEqual(BILLED)
  })
})

describe('a country that no route leads from', () => {
  it('is ROUTE_MISSING for a deal, of which nothing is begun', async () => {
    await moveTo('BR', null, 2n)
    expect(await close()).toMatchObject({
      contract: null,
      workflow: null,
      userErrors: [{ code: 'ROUTE_MISSING' }],
    })
    expect(await invoices()).toEqual([])
  })

  it('to which the customer moved before its bill is ROUTE_MISSING as well, for sales operations', async () => {
    await withProvider(null)
    await close()
    await moveTo('BR', null, 2n)
    await activate(world, 'crm-led', `back ${count}`)
    const [exception] = await waiting()
    await world.start(RESOLVE, { exceptionId: exception?.id, action: 'RETRY', reason: 'Again', actor: 'Jo' })
    await expect
      .poll(close)
      .toMatchObject({ workflow: { status: 'EXCEPTION', failure: { code: 'ROUTE_MISSING' } } })
    expect(await waiting()).toMatchObject([{ class: 'ROUTE_MISSING', owner: 'SALES_OPERATIONS' }])
    expect(await invoices()).toEqual([])

    await moveTo('US', 'NY', 3n)
    await retry()
    expect(await invoices()).toEqual(BILLED)
  })
})

it('leaves the books in order', async () => expect(await brokenRules(world)).toEqual([]))
