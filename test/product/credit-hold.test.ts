// Row 12: accounting stops the credit of a customer in ERP; CRM shows it, and its renewal waits at a gate. Over a year
// that was sold for 12,000.00 on 1 January.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { creditProfile } from '#test/erp/books.ts'
import { brokenRules } from './amending.ts'
import { activate, sell } from './article.ts'
import { recordDeal, recordPlatform } from './deals.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld } from './flows.ts'

const SHOWN = `query ($id: ID!) { customer(id: $id) {
  standing { level reasons { code level } }
  billingFeedback { standing creditHold asOf }
  contracts(first: 5) { nodes { status } } invoices(first: 5) { totalCount } } }`
const RENEW = `mutation ($input: RenewContractInput!) { payload: renewContract(input: $input) {
  contract { status } successor { status startDate } invoice { total { amount } }
  workflow { id status failure { code message } steps { name status } } replayed userErrors { code field message } } }`
const PENDING = `{ approvals(first: 10, filter: { status: { in: [PENDING] } }) {
  nodes { id gate approver workflow { id } } } }`
const DECIDE = `mutation ($input: DecideApprovalInput!) { payload: decideApproval(input: $input) {
  workflow { id status } replayed userErrors { code field message } } }`

let world: FlowWorld
let stopping: (() => Promise<void>)[]
let contractId = ''
let customerId = ''
beforeAll(async () => {
  world = await openFlowWorld()
  world.clock.set('2026-01-01T12:00:00Z')
  stopping = [await world.startInsight(), await world.startOperations()]
  await recordPlatform(world)
  await activate(world, 'crm-led', 'January')
})
afterAll(async () => {
  await Promise.all(stopping.map((stop) => stop()))
  await world.close()
})

/** What ERP says of the customer's credit. */
async function erpSays(holdReason: string | null, sourceVersion: bigint): Promise<void> {
  const [profile] = await world.database.owner.rows<{ id: string }>({
    text: 'SELECT id FROM erp.credit_profile WHERE customer_id = $1',
    values: [customerId],
  })
  const fact = creditProfile({
    id: profile?.id ?? '',
    customerId,
    creditLimit: 50_000_00n,
    onHold: holdReason !== null,
    holdReason,
  })
  const externalRefs = fact.externalRefs.map((ref) => ({ ...ref, sourceVersion }))
  await world.record({ creditProfiles: [{ ...fact, externalRefs }] })
}

const shown = async (): Promise<unknown> => {
  const { data, errors } = await world.ask<{ customer: object }>(SHOWN, { id: customerId })
  if (!data) throw new Error(JSON.stringify(errors))
  return data.customer
}
const comesToShow = (expected: object): Promise<unknown> =>
  expect.poll(shown, { interval: 20 }).toMatchObject(expected)
const renew = (key: string): Promise<FlowPayload> => world.start(RENEW, { contractId, idempotencyKey: key })

const HELD = {
  standing: { level: 'HOLD', reasons: [{ code: 'CREDIT_HOLD', level: 'HOLD' }] },
  billingFeedback: { standing: 'HOLD', creditHold: true },
}
const NOT_RENEWED = { contracts: { nodes: [{ status: 'SIGNED' }] }, invoices: { totalCount: 1 } }

it('on 1 January it buys a year, and stands well', async () => {
  const { opportunityId, ...deal } = await recordDeal(world, 'acme')
  customerId = deal.customerId
  contractId = (await sell(world, opportunityId)).payload.contract.id
  await comesToShow({ standing: { level: 'GOOD', reasons: [] }, billingFeedback: null })
})

it('on 20 January ERP stops its credit: the customer is on hold, and CRM shows it', async () => {
  world.clock.set('2026-01-20T12:00:00Z')
  await erpSays('Insolvency filed', 1n)
  await comesToShow(HELD)
})

it('its renewal waits at the gate of accounting, and a no leaves everything as it was', async () => {
  const { workflow } = await renew('first')
  expect(workflow?.status).toBe('AWAITING_APPROVAL')
  expect(await shown()).toMatchObject(NOT_RENEWED)
  const { data } = await world.ask<{ approvals: { nodes: { id: string }[] } }>(PENDING)
  expect(data?.approvals.nodes).toMatchObject([
    { gate: 'credit-hold', approver: 'FINANCE', workflow: { id: workflow?.id } },
  ])
  const approvalId = data?.approvals.nodes[0]?.id
  await world.start(DECIDE, {
    approvalId,
    decision: 'REJECT',
    reason: 'Not before they pay',
    decidedBy: 'Fin',
  })
  await expect
    .poll(() => renew('first'))
    .toMatchObject({
      successor: null,
      invoice: null,
      workflow: {
        status: 'COMPENSATED',
        failure: { code: 'APPROVAL_REJECTED', message: 'credit-hold: Not before they pay' },
      },
      userErrors: [{ code: 'APPROVAL_REJECTED' }],
    })
  expect(await shown()).toMatchObject(NOT_RENEWED)
})

it('on 30 January ERP releases it: it stands well again, and is renewed without anybody being asked', async () => {
  world.clock.set('2026-01-30T12:00:00Z')
  await erpSays(null, 2n)
  await comesToShow({
    standing: { level: 'GOOD', reasons: [] },
    billingFeedback: { standing: 'GOOD', creditHold: false },
  })
  const answer = await renew('second')
  expect(answer).toMatchObject({
    contract: { status: 'RENEWED' },
    successor: { status: 'SIGNED', startDate: '2027-01-01' },
    workflow: { status: 'COMPLETED' },
    userErrors: [],
  })
  expect(await brokenRules(world)).toEqual([])
})
