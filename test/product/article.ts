/** A year at 12,000 that is sold on 1 January and costs 18,000 from day 120 on, under whichever model leads. */
import { expect } from 'vitest'
import { AMEND, type AmendPayload, previewed } from './amending.ts'
import type { FlowPayload, FlowWorld } from './flows.ts'

const ACTIVATE = `mutation ($input: ActivateModelInput!) { payload: activateModel(input: $input) {
  activation { model } userErrors { code message } } }`
const PENDING = '{ approvals(first: 10, filter: { status: { in: [PENDING] } }) { nodes { id gate } } }'
const APPROVE = `mutation ($input: DecideApprovalInput!) { payload: decideApproval(input: $input) {
  workflow { id status } replayed userErrors { code message field } } }`
const CLOSE = `mutation ($input: CloseOpportunityInput!) { payload: closeOpportunity(input: $input) {
  contract { id lines { id } } workflow { id status model steps { name } }
  replayed userErrors { code message field } } }`

/** A workflow that has come to its end. */
interface Ended<Payload> {
  readonly payload: Payload
  /** Names of its steps, in their order. */
  readonly order: string
  /** The gates that a second person opened. */
  readonly approved: readonly string[]
}

interface Contract {
  readonly id: string
  readonly lines: readonly { readonly id: string }[]
}

/** Has a model hold from now on, as its file says or by a text of its own. */
export async function activate(
  world: FlowWorld,
  model: string,
  since: string,
  source?: string,
): Promise<void> {
  const request = { model, source, actor: 'Jo', reason: 'Try it', idempotencyKey: `${model} ${since}` }
  expect((await world.start(ACTIVATE, request)).userErrors).toEqual([])
}

/** Sells the year on 1 January. */
export const sell = (world: FlowWorld, opportunityId: string) =>
  carryThrough<{ contract: Contract }>(world, CLOSE, {
    opportunityId,
    closedOn: '2026-01-01',
    idempotencyKey: `close ${opportunityId}`,
  })

/** Has it cost 18,000 a year from 1 May on, the 120th day after. */
export async function upgrade(
  world: FlowWorld,
  { id: contractId, lines: [line] }: Contract,
  currency: string,
): Promise<Ended<AmendPayload>> {
  const unitPrice = { amount: '18000.00', currency }
  const asked = { contractId, effectiveDate: '2026-05-01', changes: [{ lineId: line?.id, unitPrice }] }
  return carryThrough(world, AMEND, {
    ...(await previewed(world, asked)),
    idempotencyKey: `amend ${contractId}`,
  })
}

/** Starts a flow, agrees to what waits for somebody, and waits for its end. */
async function carryThrough<Payload>(
  world: FlowWorld,
  document: string,
  input: object,
): Promise<Ended<Payload & FlowPayload>> {
  const first = await world.start<Payload>(document, input)
  expect(first.userErrors).toEqual([])
  const approved = first.workflow?.status === 'AWAITING_APPROVAL' ? await approvePending(world) : []
  const ended = () => world.start<Payload>(document, input)
  await expect.poll(ended).toMatchObject({ workflow: { status: 'COMPLETED' } })
  const payload = await ended()
  const { steps } = payload.workflow as unknown as { steps: { name: string }[] }
  return { payload, order: steps.map(({ name }) => name).join(' '), approved }
}

/** Agrees as another person than asked for it. */
export async function approvePending(world: FlowWorld): Promise<string[]> {
  const { data } = await world.ask<{ approvals: { nodes: { id: string; gate: string }[] } }>(PENDING)
  const pending = data?.approvals.nodes ?? []
  for (const { id } of pending) {
    const decision = { approvalId: id, decision: 'APPROVE', reason: 'Terms are fine', decidedBy: 'Fin' }
    expect((await world.start(APPROVE, decision)).userErrors).toEqual([])
  }
  return pending.map(({ gate }) => gate)
}

/** All that the systems hold of a contract, without the names and the currency that differ from deal to deal. */
export async function heldOf(world: FlowWorld, contractId: string): Promise<object> {
  const [held] = await world.database.owner.rows<{ held: object }>({
    text: `SELECT json_build_object(
        'contract', (SELECT json_build_array(version, status, total_contract_value, start_date, end_date,
            (SELECT json_agg(json_build_array(l->'quantity', l->'unitPrice', l->'servicePeriod'))
              FROM jsonb_array_elements(lines) l))
          FROM crm.contract WHERE id = $1),
        'amendments', (SELECT json_agg(json_build_array(status, effective_date)) FROM crm.amendment
          WHERE contract_id = $1),
        'subscription', (SELECT json_build_array(version, status,
            (SELECT json_agg(json_build_array(i->'quantity', i->'unitPrice', i->'startDate', i->'endDate'))
              FROM jsonb_array_elements(items) i))
          FROM billing.subscription WHERE contract_id = $1),
        'invoices', (SELECT json_agg(json_build_array(status, subtotal, tax, total, balance, issue_date, due_date,
            (SELECT json_agg(json_build_array(l->'amount', l->'servicePeriod')) FROM jsonb_array_elements(lines) l))
            ORDER BY issue_date)
          FROM billing.invoice WHERE contract_id = $1),
        'balances', (SELECT json_object_agg(role, balance) FROM (
          SELECT l.role, sum(l.debit - l.credit) AS balance
          FROM erp.journal_line l JOIN erp.journal_entry e ON e.id = l.entry_id
          WHERE e.contract_id = $1 OR e.source_id IN (SELECT id FROM billing.invoice WHERE contract_id = $1)
          GROUP BY l.role ORDER BY l.role) r),
        'revenue', (SELECT json_agg(json_build_array(m.period, m.amount, m.superseded_by IS NULL)
            ORDER BY m.period, m.superseded_by IS NULL, m.amount)
          FROM erp.schedule_entry m JOIN erp.revenue_schedule s ON s.id = m.schedule_id WHERE s.contract_id = $1)
      ) AS held`,
    values: [contractId],
  })
  return held?.held ?? {}
}
