// A deal whose closing a person holds up while its contract runs: each period is billed once, whoever comes first.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { billContractsDue, followContractTerms, workflowDesk } from '#product.ts'
import { monthly, quoteLine } from '#test/domain/deals.ts'
import { stated } from '#test/erp/books.ts'
import { customerFact, opportunityFact, quoteFact } from '#test/support/facts.ts'
import { silentLog } from '#test/support/log.ts'
import { ADDRESS } from './deals.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld } from './flows.ts'

const WORKFLOW = 'workflow { id status failure { code } } userErrors { code message field }'
const CLOSE = `mutation ($input: CloseOpportunityInput!) { payload: closeOpportunity(input: $input) {
  contract { id } ${WORKFLOW} } }`
const CANCEL = `mutation ($input: CancelContractInput!) { payload: cancelContract(input: $input) { ${WORKFLOW} } }`
const EXCEPTIONS = '{ exceptions(first: 10, filter: { status: { in: [OPEN] } }) { nodes { id } } }'
const RESOLVE = `mutation ($input: ResolveExceptionInput!) { payload: resolveException(input: $input) { ${WORKFLOW} } }`

let world: FlowWorld
beforeAll(async () => {
  world = await openFlowWorld()
})
afterAll(() => world.close())

/** Without a tax code nobody can say how much tax is due. */
const sell = (taxCode: string | null, sourceVersion: bigint): Promise<unknown> => {
  const externalRefs = stated('support').externalRefs.map((ref) => ({ ...ref, sourceVersion }))
  const product = { description: null, family: null, taxCode, active: true, sku: 'SUPPORT', name: 'Support' }
  return world.record({ products: [{ ...stated('support'), ...product, externalRefs }] })
}

const prices = [
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
] as const

/** Support for 310.00 a month for a year from 15 June on, of which the closing waits for a person; its contract. */
async function heldUp(): Promise<string> {
  world.clock.set('2026-06-15T12:00:00Z')
  await sell(null, 1n)
  await world.record({
    prices,
    customers: [customerFact({ id: 'cus_1', status: 'PROSPECT', address: ADDRESS })],
    opportunities: [opportunityFact({ id: 'opp_1', customerId: 'cus_1' })],
    quotes: [
      quoteFact({
        id: 'quo_1',
        opportunityId: 'opp_1',
        number: 'Q-1',
        status: 'ACCEPTED',
        lines: [quoteLine('support', 31_000n)],
      }),
    ],
  })
  const asked = { opportunityId: 'opp_1', closedOn: '2026-06-15', idempotencyKey: 'close-1' }
  const closed = await world.start<FlowPayload & { contract: { id: string } }>(CLOSE, asked)
  expect(closed).toMatchObject({ workflow: { status: 'EXCEPTION', failure: { code: 'TAX_CODE_MISSING' } } })
  return closed.contract.id
}

const owner = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  world.database.owner.rows<Row>({ text, values })

/** What a node does when it looks on a day. */
async function lookOn(date: string): Promise<void> {
  world.clock.set(`${date}T00:05:00Z`)
  const { database, clock } = world
  const desk = workflowDesk(database.of, clock, silentLog)
  await followContractTerms(database.of, desk, clock)
  await billContractsDue(database.of, desk, clock)
  const underWay = `SELECT id FROM operations.workflow WHERE ended_at IS NULL AND status <> 'EXCEPTION'`
  await expect.poll(() => owner(underWay), { timeout: 10_000, interval: 20 }).toEqual([])
}

/** The service of each line that was billed, and what it costs before tax. */
async function billed(contractId: string): Promise<string[]> {
  const rows = await owner<{ line: string }>(
    `SELECT concat_ws(' ', line->'servicePeriod'->>'start', line->>'amount') AS line
      FROM billing.invoice i CROSS JOIN LATERAL jsonb_array_elements(i.lines) AS line
      WHERE i.contract_id = $1 ORDER BY line->'servicePeriod'->>'start'`,
    [contractId],
  )
  return rows.map(({ line }) => line)
}

it('is billed by the deal once that goes on, and by the clock from then on', async () => {
  const contractId = await heldUp()
  await sell('txcd_10103001', 2n)
  await lookOn('2026-07-17')
  const cancel = { contractId, effectiveDate: '2026-07-17', idempotencyKey: 'cancel-1' }
  const message = 'What began the contract has still to bill it'
  expect((await world.start<FlowPayload>(CANCEL, cancel)).userErrors).toContainEqual({
    code: 'CONTRACT_BUSY',
    field: 'contractId',
    message,
  })
  const { data } = await world.ask<{ exceptions: { nodes: readonly { id: string }[] } }>(EXCEPTIONS)
  for (const { id: exceptionId } of data?.exceptions.nodes ?? []) {
    const retry = { exceptionId, action: 'RETRY', reason: 'There is a tax code', actor: 'jo' }
    expect(await world.start(RESOLVE, retry)).toMatchObject({ workflow: { status: 'COMPLETED' } })
  }
  const both = ['2026-06-15 31000', '2026-07-15 31000']
  expect(await billed(contractId)).toEqual(both)
  await lookOn('2026-08-16')
  expect(await billed(contractId)).toEqual([...both, '2026-08-15 31000'])
})
