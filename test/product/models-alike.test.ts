// The same deal under each workflow model: other steps come first, and the documents and balances are the same.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FlowPayload, type FlowWorld, openFlowWorld } from './flows.ts'
import { recordDeal, recordPlatform } from './deals.ts'

const MODELS = ['crm-led', 'billing-led', 'erp-led', 'event-driven']
const ACTIVATE = `mutation ($input: ActivateModelInput!) { payload: activateModel(input: $input) {
  activation { model } userErrors { code message } } }`
const PENDING = '{ approvals(first: 10, filter: { status: { in: [PENDING] } }) { nodes { id } } }'
const APPROVE = `mutation ($input: DecideApprovalInput!) { payload: decideApproval(input: $input) {
  workflow { id status } replayed userErrors { code message field } } }`
const CLOSE = `mutation ($input: CloseOpportunityInput!) { payload: closeOpportunity(input: $input) {
  contract { id } workflow { id status model steps { name } } replayed userErrors { code message field } } }`

interface Payload extends FlowPayload {
  readonly contract: { readonly id: string }
  readonly workflow: FlowPayload['workflow'] & { readonly steps: readonly { readonly name: string }[] }
}

let world: FlowWorld
beforeAll(async () => {
  world = await openFlowWorld()
  await recordPlatform(world)
})
afterAll(() => world.close())

/** Agrees to what waits for somebody, as another person than asked for it. */
async function approvePending(): Promise<number> {
  const { data } = await world.ask<{ approvals: { nodes: { id: string }[] } }>(PENDING)
  const pending = data?.approvals.nodes ?? []
  for (const { id } of pending) {
    const decision = { approvalId: id, decision: 'APPROVE', reason: 'Terms are fine', decidedBy: 'Fin' }
    expect((await world.start(APPROVE, decision)).userErrors).toEqual([])
  }
  return pending.length
}

/** All that the systems hold of a contract, without the names that differ from deal to deal. */
const heldOf = async (contractId: string): Promise<unknown> => {
  const [held] = await world.database.owner.rows<{ held: unknown }>({
    text: `SELECT json_build_object(
        'contract', (SELECT json_build_array(status, total_contract_value, start_date, end_date)
          FROM crm.contract WHERE id = $1),
        'subscription', (SELECT json_build_array(status, items->0->'quantity', items->0->'unitPrice')
          FROM billing.subscription WHERE contract_id = $1),
        'invoice', (SELECT json_build_array(status, subtotal, tax, total, balance, issue_date, due_date)
          FROM billing.invoice WHERE contract_id = $1),
        'lines', (SELECT json_agg(json_build_array(a.code, l.debit, l.credit) ORDER BY a.code)
          FROM erp.journal_line l JOIN erp.journal_entry e ON e.id = l.entry_id
          JOIN erp.ledger_account a ON a.id = l.account_id
          JOIN billing.invoice i ON i.id = e.source_id WHERE i.contract_id = $1),
        'revenue', (SELECT json_agg(json_build_array(m.period, m.amount) ORDER BY m.period)
          FROM erp.schedule_entry m JOIN erp.revenue_schedule s ON s.id = m.schedule_id WHERE s.contract_id = $1)
      ) AS held`,
    values: [contractId],
  })
  return held?.held
}

it('ends in the same documents, balances and schedules', async () => {
  const orders: string[] = []
  const held: unknown[] = []
  const approvals: number[] = []
  for (const model of MODELS) {
    const request = { actor: 'Jo', reason: 'Try it', idempotencyKey: `activate ${model}` }
    const activated = await world.start<{ activation: object | null }>(ACTIVATE, { model, ...request })
    expect(activated.userErrors).toEqual([])
    const { opportunityId } = await recordDeal(world, model)
    const input = { opportunityId, closedOn: '2026-06-15', idempotencyKey: model }
    await world.start<Payload>(CLOSE, input)
    approvals.push(await approvePending())
    const ended = (): Promise<Payload> => world.start<Payload>(CLOSE, input)
    await expect.poll(ended, { timeout: 10_000 }).toMatchObject({ workflow: { status: 'COMPLETED' } })
    const { contract, workflow } = await ended()
    expect(workflow).toMatchObject({ status: 'COMPLETED', model })
    orders.push(workflow.steps.map(({ name }) => name).join(' '))
    held.push(await heldOf(contract.id))
  }
  // Accounting looks first where ERP leads.
  expect(approvals).toEqual([0, 0, 1, 0])
  expect(new Set(orders).size).toBeGreaterThan(2)
  expect(held).toEqual(held.map(() => held[0]))
  expect(JSON.stringify(held[0])).toContain('1248000')
})
