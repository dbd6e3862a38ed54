// Row 18: where accounting leads, it approves before anything is billed; until then billing and the books hold nothing,
// and if it says no they never do.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AMEND, type AmendPayload, brokenRules, previewed } from './amending.ts'
import { activate, approvePending } from './article.ts'
import { ADDRESS, recordDeal, recordPlatform } from './deals.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld, usd } from './flows.ts'
import { changedModel } from './model-text.ts'
import { billedFor, JULY, JUNE, lookOn, recordSupport, signMonthly } from './monthly.ts'

const ANSWER = 'workflow { id status failure { code message } } replayed userErrors { code message field }'
const CLOSE = `mutation ($input: CloseOpportunityInput!) { payload: closeOpportunity(input: $input) {
  contract { id lines { id } } ${ANSWER} } }`
const BILLED = `query ($id: ID!) { customer(id: $id) {
  contracts(first: 5) { nodes { status version totalContractValue { amount }
    subscriptions { status version } revenueSchedules { version } } }
  invoices(first: 5) { nodes { subtotal { amount } tax { amount } posting { status }
    creditNotes { net { amount } } } } } }`
const PENDING = `{ approvals(first: 10, filter: { status: { in: [PENDING] } }) {
  nodes { id gate approver moneyAtRisk { amount currency } } } }`
const DECIDE = `mutation ($input: DecideApprovalInput!) { payload: decideApproval(input: $input) { ${ANSWER} } }`

type Closed = FlowPayload & {
  readonly contract: { readonly id: string; readonly lines: [{ id: string }] } | null
}

let world: FlowWorld
beforeAll(async () => {
  world = await openFlowWorld()
  world.clock.set('2026-01-01T12:00:00Z')
  await recordPlatform(world)
  await activate(world, 'erp-led', 'January')
})
afterAll(() => world.close())

const close = (opportunityId: string): Promise<Closed> =>
  world.start<Closed>(CLOSE, { opportunityId, closedOn: '2026-01-01', idempotencyKey: opportunityId })

const held = async (customerId: string): Promise<unknown> => {
  const { data, errors } = await world.ask<{ customer: object }>(BILLED, { id: customerId })
  if (!data) throw new Error(JSON.stringify(errors))
  return data.customer
}
const pending = async () => {
  const { data } = await world.ask<{ approvals: { nodes: { id: string }[] } }>(PENDING)
  return data?.approvals.nodes ?? []
}
/** Entries of the books for what billing has of a customer. */
const entries = async (customerId: string): Promise<object[]> =>
  world.database.owner.rows({
    text: `SELECT e.purpose FROM erp.journal_entry e JOIN billing.invoice i ON i.id = e.source_id
      WHERE i.customer_id = $1`,
    values: [customerId],
  })

const YEAR = {
  subscriptions: [{ status: 'ACTIVE', version: 1 }],
  revenueSchedules: [{ version: 1 }],
}

describe('a deal of 12,000.00', () => {
  it('is neither subscribed nor billed nor posted before accounting agrees, and all of it after', async () => {
    const { customerId, opportunityId } = await recordDeal(world, 'acme')
    expect(await close(opportunityId)).toMatchObject({ workflow: { status: 'AWAITING_APPROVAL' } })
    expect(await held(customerId)).toMatchObject({
      contracts: { nodes: [{ status: 'SIGNED', subscriptions: [], revenueSchedules: [] }] },
      invoices: { nodes: [] },
    })
    expect(await pending()).toMatchObject([
      { gate: 'finance-approval', approver: 'FINANCE', moneyAtRisk: usd('12000.00') },
    ])

    await approvePending(world)
    await expect.poll(() => close(opportunityId)).toMatchObject({ workflow: { status: 'COMPLETED' } })
    expect(await held(customerId)).toMatchObject({
      contracts: { nodes: [YEAR] },
      invoices: {
        nodes: [
          { subtotal: { amount: '12000.00' }, tax: { amount: '480.00' }, posting: { status: 'POSTED' } },
        ],
      },
    })
    expect(await entries(customerId)).toHaveLength(1)
  })

  it('that accounting rejects was never billed, and its contract is taken back', async () => {
    const { customerId, opportunityId } = await recordDeal(world, 'globex')
    await close(opportunityId)
    const [approval] = await pending()
    await world.start(DECIDE, {
      approvalId: approval?.id,
      decision: 'REJECT',
      reason: 'Not on these terms',
      decidedBy: 'Fin',
    })
    await expect
      .poll(() => close(opportunityId))
      .toMatchObject({
        workflow: {
          status: 'COMPENSATED',
          failure: { code: 'APPROVAL_REJECTED', message: 'finance-approval: Not on these terms' },
        },
        userErrors: [{ code: 'APPROVAL_REJECTED' }],
      })
    expect(await held(customerId)).toMatchObject({
      contracts: { nodes: [{ status: 'TERMINATED', subscriptions: [], revenueSchedules: [] }] },
      invoices: { nodes: [] },
    })
    expect(await entries(customerId)).toEqual([])
  })
})

describe('a contract that accounting agreed to', () => {
  let [customerId, contractId] = ['', '']

  it('is not upgraded to 18,000.00 from 1 May on before it agrees', async () => {
    const deal = await recordDeal(world, 'initech')
    customerId = deal.customerId
    await close(deal.opportunityId)
    await approvePending(world)
    await expect.poll(() => close(deal.opportunityId)).toMatchObject({ workflow: { status: 'COMPLETED' } })
    const { contract } = await close(deal.opportunityId)
    contractId = contract?.id ?? ''
    const before = await held(customerId)

    world.clock.set('2026-05-01T12:00:00Z')
    const change = { lineId: contract?.lines[0].id, unitPrice: usd('18000.00') }
    const asked = { contractId, effectiveDate: '2026-05-01', changes: [change] }
    const input = { ...(await previewed(world, asked)), idempotencyKey: 'upgrade' }
    expect(await world.start<AmendPayload>(AMEND, input)).toMatchObject({
      workflow: { status: 'AWAITING_APPROVAL' },
    })
    expect(await held(customerId)).toEqual(before)

    await approvePending(world)
    await expect
      .poll(() => world.start<AmendPayload>(AMEND, input))
      .toMatchObject({ workflow: { status: 'COMPLETED' } })
    expect(await held(customerId)).toMatchObject({
      contracts: {
        nodes: [{ version: 2, totalContractValue: { amount: '16027.40' }, subscriptions: [{ version: 2 }] }],
      },
      invoices: {
        nodes: expect.arrayContaining([
          expect.objectContaining({ subtotal: { amount: '4027.40' }, posting: { status: 'POSTED' } }),
        ]) as unknown,
      },
    })
  })

  it.each([
    ['suspendContract', '2026-06-01'],
    ['resumeContract', '2026-06-11'],
    ['cancelContract', '2026-09-01'],
  ])('%s from %s on gives back and charges nothing before it agrees', async (mutation, effectiveDate) => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`
    const document = `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { ${ANSWER} } }`
    const input = { contractId, effectiveDate, idempotencyKey: mutation }
    const before = await held(customerId)
    expect(await world.start(document, input)).toMatchObject({ workflow: { status: 'AWAITING_APPROVAL' } })
    expect(await held(customerId)).toEqual(before)
    await approvePending(world)
    await expect.poll(() => world.start(document, input)).toMatchObject({ workflow: { status: 'COMPLETED' } })
    expect(await held(customerId)).not.toEqual(before)
  })
})

it('a bill of a running contract waits as well where the model says so, however often it is looked for', async () => {
  const gates = [{ gate: 'finance-approval', before: 'issueInvoice' }]
  const source = changedModel('crm-led', ({ flows }) => ({ flows: { ...flows, billContract: { gates } } }))
  await recordSupport(world)
  world.clock.set('2026-06-15T12:00:00Z')
  await activate(world, 'crm-led', 'June')
  const { contractId } = await signMonthly(world, 'monthly', ADDRESS)
  await activate(world, 'crm-led', 'bills', source)
  await lookOn(world, '2026-07-16')
  await lookOn(world, '2026-07-17')
  expect(await billedFor(world, contractId)).toEqual([JUNE])
  expect(await pending()).toMatchObject([{ gate: 'finance-approval' }])
  await approvePending(world)
  await expect.poll(() => billedFor(world, contractId)).toEqual([JUNE, JULY])
  await lookOn(world, '2026-07-18')
  expect(await billedFor(world, contractId)).toEqual([JUNE, JULY])
})

it('leaves the books in order', async () => expect(await brokenRules(world)).toEqual([]))
