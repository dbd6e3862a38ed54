// A won deal over the graph, as consumers close it: contract, subscription, invoice with tax, posting, revenue, CRM.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkInvariants } from '#platform/invariant.ts'
import { billingInvariants } from '#subgraphs/billing/store.ts'
import { erpInvariants } from '#subgraphs/erp/store.ts'
import { crossInvariants } from '#subgraphs/operations/store.ts'
import { customerFact, opportunityFact } from '#test/support/facts.ts'
import { ADDRESS, recordDeal, recordPlatform } from './deals.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld } from './flows.ts'

const CLOSE = `mutation CloseOpportunity($input: CloseOpportunityInput!) {
  payload: closeOpportunity(input: $input) {
    opportunity { id stage }
    contract { id number status totalContractValue { amount currency } }
    workflow { id status model steps { name system kind status attempts } failure { code message } }
    replayed
    userErrors { code message field }
  }
}`

const PROGRESS = readFileSync(
  new URL('../../schema/examples/workflow-progress.graphql', import.meta.url),
  'utf8',
)

const RESOLVE = `mutation ($input: ResolveExceptionInput!) {
  resolveException(input: $input) { exception { status } workflow { status } userErrors { code message } }
}`

interface Payload extends FlowPayload {
  readonly contract: { readonly id: string; readonly number: string } | null
}

let world: FlowWorld
let count = 0
let opportunityId: string
beforeAll(async () => {
  world = await openFlowWorld()
  await recordPlatform(world)
})
beforeEach(async () => {
  count += 1
  const recorded = await recordDeal(world, String(count))
  opportunityId = recorded.opportunityId
})
afterAll(() => world.close())

const close = (fields: object = {}): Promise<Payload> =>
  world.start(CLOSE, { opportunityId, closedOn: '2026-06-15', idempotencyKey: `key-${count}`, ...fields })

/** What the deal came to in billing and the books. */
const effects = (): Promise<object[]> =>
  world.database.owner.rows({
    text: `SELECT
        (SELECT count(*)::int FROM crm.contract WHERE opportunity_id = $1) AS contracts,
        (SELECT count(*)::int FROM billing.subscription s JOIN crm.contract c ON c.id = s.contract_id
          WHERE c.opportunity_id = $1) AS subscriptions,
        (SELECT json_agg(json_build_object('total', i.total::text, 'status', i.status))
          FROM billing.invoice i JOIN crm.contract c ON c.id = i.contract_id WHERE c.opportunity_id = $1) AS invoices,
        (SELECT count(*)::int FROM erp.journal_entry e JOIN billing.invoice i ON i.id = e.source_id
          JOIN crm.contract c ON c.id = i.contract_id WHERE c.opportunity_id = $1) AS entries,
        (SELECT sum(allocated_price)::text FROM erp.revenue_schedule s JOIN crm.contract c ON c.id = s.contract_id
          WHERE c.opportunity_id = $1) AS revenue`,
    values: [opportunityId],
  })

const ALL_OF_IT = {
  contracts: 1,
  subscriptions: 1,
  invoices: [{ total: '1248000', status: 'OPEN' }],
  entries: 1,
  revenue: '1200000',
}

it('becomes a contract, a subscription, an invoice with tax, its posting and its schedule', async () => {
  expect(await close()).toMatchObject({
    opportunity: { id: opportunityId, stage: 'WON' },
    contract: { status: 'SIGNED', totalContractValue: { amount: '12000.00', currency: 'USD' } },
    workflow: { status: 'COMPLETED', model: 'crm-led' },
    userErrors: [],
  })
  expect(await effects()).toEqual([ALL_OF_IT])
})

it('tells of each step as it is taken', async () => {
  const watch = world.watch<{ workflowProgress: { workflow: { status: string } } }>(
    'subscription { workflowProgress { cursor workflow { status steps { name status } } } }',
  )
  await close()
  const told: string[] = []
  while (told.at(-1) !== 'COMPLETED') {
    const next = await watch.next()
    told.push(next?.data?.workflowProgress.workflow.status ?? 'nothing')
  }
  watch.leave()
  // Accepted with its first step begun, then told of after each of the nine.
  expect(told).toEqual([...Array.from({ length: 9 }, () => 'RUNNING'), 'COMPLETED'])
})

it('20 times at once is one deal', async () => {
  const payloads = await Promise.all(Array.from({ length: 20 }, () => close()))
  expect(new Set(payloads.map(({ contract }) => contract?.number)).size).toBe(1)
  expect(await effects()).toEqual([ALL_OF_IT])
})

describe('starts nothing', () => {
  it.each([
    ['for an unknown deal', { opportunityId: 'opp_none' }, 'REFERENCE_MISSING', 'opportunityId'],
    ['on a day to come', { closedOn: '2026-06-17' }, 'DATE_ORDER', 'closedOn'],
    ['before there are books of it', { closedOn: '2025-12-31' }, 'DATE_ORDER', 'closedOn'],
    ['in another century', { closedOn: '1926-06-15' }, 'DATE_ORDER', 'closedOn'],
    ['without a quote', null, 'LINES_MISSING', 'quote'],
  ])('%s', async (_, fields, code, field) => {
    if (fields === null)
      await world.record({
        opportunities: [opportunityFact({ id: `bare_${count}`, customerId: `cus_${count}` })],
      })
    const refused = await close(fields ?? { opportunityId: `bare_${count}` })
    expect(refused).toMatchObject({ contract: null, workflow: null })
    expect(refused.userErrors).toContainEqual(expect.objectContaining({ code, field }))
  })

  it('for a deal that is won already', async () => {
    await close()
    const again = await close({ idempotencyKey: `other-${count}` })
    expect(again.userErrors).toContainEqual(expect.objectContaining({ code: 'STATUS_FORBIDS' }))
    expect(await effects()).toEqual([ALL_OF_IT])
  })
})

it('waits for a person where nobody knows the tax, and goes on from there once it is mended', async () => {
  await moveTo('ZZ', 2n)
  const { workflow } = await close()
  expect(workflow).toMatchObject({ status: 'EXCEPTION', failure: { code: 'TAX_RULE_MISSING' } })
  expect(await effects()).toMatchObject([{ contracts: 1, subscriptions: 1, invoices: null }])

  await moveTo('NY', 3n)
  await retry(workflow?.id)
  await expect.poll(effects).toEqual([ALL_OF_IT])
})

it('tells whoever watches one deal of that one alone, by the document of consumers', async () => {
  await moveTo('ZZ', 2n)
  const { workflow } = await close()
  const watch = world.watch<{ workflowProgress: { workflow: { id: string; status: string } } }>(PROGRESS, {
    id: workflow?.id,
  })
  await recordDeal(world, `other-${count}`)
  await close({ opportunityId: `opp_other-${count}`, idempotencyKey: `other-${count}` })
  await moveTo('NY', 3n)
  await retry(workflow?.id)
  const next = await watch.next()
  watch.leave()
  expect(next).toMatchObject({ data: { workflowProgress: { workflow: { id: workflow?.id } } } })
})

it('lets nobody wait for what becomes of a workflow that there is not', async () => {
  const watch = world.watch(PROGRESS, { id: 'wfl_none' })
  expect(await watch.next()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] })
  watch.leave()
})

/** The customer's address is now in this region. */
const moveTo = (region: string, sourceVersion: bigint): Promise<unknown> => {
  const moved = { id: `cus_${count}`, legalName: 'Acme Inc.', address: { ...ADDRESS, region } }
  return world.record({ customers: [customerFact({ ...moved, status: 'PROSPECT', sourceVersion })] })
}

/** Somebody has a stuck workflow go on. */
async function retry(workflowId: string | undefined): Promise<void> {
  const { data } = await world.ask<{ exceptions: { nodes: { id: string; workflow: { id: string } }[] } }>(
    '{ exceptions(first: 10) { nodes { id class owner workflow { id } } } }',
  )
  const exception = data?.exceptions.nodes.find((each) => each.workflow.id === workflowId)
  const retrying = { exceptionId: exception?.id, action: 'RETRY', reason: 'Address mended' }
  await world.ask(RESOLVE, { input: { ...retrying, actor: 'Jo', idempotencyKey: `retry-${count}` } })
}

it('leaves every system in order', async () => {
  const invariants = [...billingInvariants, ...erpInvariants, ...crossInvariants]
  const findings = await checkInvariants(world.database.owner, invariants)
  expect(
    findings.filter(({ ids }) => ids.length > 0).map(({ invariant, ids }) => [invariant.name, ids]),
  ).toEqual([])
})
