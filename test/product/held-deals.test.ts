// A deal whose closing a person holds up while its contract runs: each period is billed once, whoever comes first.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { quoteLine } from '#test/domain/deals.ts'
import { stated } from '#test/erp/books.ts'
import { customerFact, opportunityFact, quoteFact } from '#test/support/facts.ts'
import { ADDRESS } from './deals.ts'
import type { FlowPayload, FlowWorld } from './flows.ts'
import { AUGUST, billedFor, JULY, JUNE, lookOn, openMonthlyWorld } from './monthly.ts'

const WORKFLOW = 'workflow { id status failure { code } } userErrors { code message field }'
const CLOSE = `mutation ($input: CloseOpportunityInput!) { payload: closeOpportunity(input: $input) {
  contract { id } ${WORKFLOW} } }`
const CANCEL = `mutation ($input: CancelContractInput!) { payload: cancelContract(input: $input) { ${WORKFLOW} } }`
const EXCEPTIONS = '{ exceptions(first: 10, filter: { status: { in: [OPEN] } }) { nodes { id } } }'
const RESOLVE = `mutation ($input: ResolveExceptionInput!) { payload: resolveException(input: $input) { ${WORKFLOW} } }`

let world: FlowWorld
beforeAll(async () => {
  world = await openMonthlyWorld()
})
afterAll(() => world.close())

/** Without a tax code nobody can say how much tax is due. */
const sell = (taxCode: string | null, sourceVersion: bigint): Promise<unknown> => {
  const externalRefs = stated('support').externalRefs.map((ref) => ({ ...ref, sourceVersion }))
  const product = { description: null, family: null, taxCode, active: true, sku: 'SUPPORT', name: 'Support' }
  return world.record({ products: [{ ...stated('support'), ...product, externalRefs }] })
}

/** Support for 310.00 a month for a year from 15 June on, of which the closing waits for a person; its contract. */
async function heldUp(): Promise<string> {
  world.clock.set('2026-06-15T12:00:00Z')
  await sell(null, 2n)
  await world.record({
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

it('is billed by the deal once that goes on, and by the clock from then on', async () => {
  const contractId = await heldUp()
  await sell('txcd_10103001', 3n)
  await lookOn(world, '2026-07-17')
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
  expect(await billedFor(world, contractId)).toEqual([JUNE, JULY])
  await lookOn(world, '2026-08-16')
  expect(await billedFor(world, contractId)).toEqual([JUNE, JULY, AUGUST])
})
