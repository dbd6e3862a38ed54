/** Contracts that are billed by the month: support for 310.00, signed by a flow and billed by the clock. */
import { expect } from 'vitest'
import type { CustomerFact } from '#domain/crm.ts'
import { billContractsDue, followContractTerms, workflowDesk } from '#product.ts'
import { monthly, quoteLine } from '#test/domain/deals.ts'
import { stated } from '#test/erp/books.ts'
import { customerFact, opportunityFact, quoteFact } from '#test/support/facts.ts'
import { silentLog } from '#test/support/log.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld } from './flows.ts'

const CLOSE = `mutation ($input: CloseOpportunityInput!) { payload: closeOpportunity(input: $input) {
  contract { id lines { id } } workflow { id status } userErrors { code message field } } }`

type Closed = FlowPayload & { readonly contract: { readonly id: string; readonly lines: [{ id: string }] } }

/** What was signed. */
export interface Signed {
  readonly contractId: string
  readonly lineId: string
}

/** Opens a world that sells it. */
export async function openMonthlyWorld(): Promise<FlowWorld> {
  const world = await openFlowWorld()
  await recordSupport(world)
  return world
}

/** Has it on sale. */
export async function recordSupport(world: FlowWorld): Promise<void> {
  const product = { description: null, family: null, taxCode: 'txcd_10103001', active: true }
  await world.record({
    products: [{ ...stated('support'), ...product, sku: 'SUPPORT', name: 'Support' }],
    prices: [
      {
        ...stated('price_support'),
        productId: 'support',
        nickname: null,
        currency: 'USD',
        unitAmount: '31000',
        interval: monthly,
        usage: 'LICENSED',
        tiersMode: null,
        tiers: [],
        active: true,
      },
    ],
  })
}

/** Has a new customer, `cus_` and the name, sign for a year from 15 June on. */
export async function signMonthly(
  world: FlowWorld,
  name: string,
  address: CustomerFact['address'],
): Promise<Signed> {
  const [customerId, opportunityId] = [`cus_${name}`, `opp_${name}`]
  await world.record({
    customers: [customerFact({ id: customerId, status: 'PROSPECT', address })],
    opportunities: [opportunityFact({ id: opportunityId, customerId })],
    quotes: [
      quoteFact({
        id: `quo_${name}`,
        opportunityId,
        number: `Q-${name}`,
        status: 'ACCEPTED',
        lines: [quoteLine('support', 31_000n)],
      }),
    ],
  })
  const deal = { opportunityId, closedOn: '2026-06-15', idempotencyKey: `close-${name}` }
  const { contract } = await world.start<Closed>(CLOSE, deal)
  return { contractId: contract.id, lineId: contract.lines[0].id }
}

/** Workflows that go on by themselves. */
export const underWay = (world: FlowWorld): Promise<object[]> =>
  world.database.owner.rows({
    text: `SELECT id FROM operations.workflow
      WHERE ended_at IS NULL AND status NOT IN ('AWAITING_APPROVAL', 'EXCEPTION')`,
    values: [],
  })

/** What a node does when it looks on a day, until all that it began is done. */
export async function lookOn(world: FlowWorld, date: string): Promise<void> {
  world.clock.set(`${date}T00:05:00Z`)
  const { database, clock } = world
  const desk = workflowDesk(database.of, clock, silentLog)
  await followContractTerms(database.of, desk, clock)
  await billContractsDue(database.of, desk, clock)
  await expect.poll(() => underWay(world), { interval: 20 }).toEqual([])
}

/** All that was billed for a contract: the service of each line, and what it costs before tax. */
export async function billedFor(world: FlowWorld, contractId: string): Promise<string[]> {
  const rows = await world.database.owner.rows<{ line: string }>({
    text: `SELECT concat_ws(' ', line->'servicePeriod'->>'start', line->'servicePeriod'->>'end', line->>'amount')
        AS line
      FROM billing.invoice i CROSS JOIN LATERAL jsonb_array_elements(i.lines) AS line
      WHERE i.contract_id = $1 ORDER BY i.number, line->'servicePeriod'->>'start'`,
    values: [contractId],
  })
  return rows.map(({ line }) => line)
}

export const JUNE = '2026-06-15 2026-07-15 31000'
export const JULY = '2026-07-15 2026-08-15 31000'
export const AUGUST = '2026-08-15 2026-09-15 31000'
