// A deal that something broken has stopped is called off by a person: whoever asks for it again is told why it came to
// nothing, as of any other refusal.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { recordDeal, recordPlatform } from './deals.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld } from './flows.ts'

const CLOSE = `mutation ($input: CloseOpportunityInput!) { payload: closeOpportunity(input: $input) {
  workflow { id status failure { code } } replayed userErrors { code message field } } }`
const EXCEPTIONS = `{ exceptions(first: 10, filter: { status: { in: [OPEN] } }) { nodes { id class } } }`
const RESOLVE = `mutation ($input: ResolveExceptionInput!) { payload: resolveException(input: $input) {
  workflow { id status } replayed userErrors { code message } } }`

let world: FlowWorld
beforeAll(async () => {
  world = await openFlowWorld()
  await recordPlatform(world)
})
afterAll(() => world.close())

const inDatabase = (text: string): Promise<object[]> => world.database.owner.rows({ text, values: [] })

/** Nobody can open a subscription, for a reason that nobody foresaw. */
async function breakSubscriptions(): Promise<void> {
  await inDatabase(`CREATE FUNCTION billing.fail() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$`)
  await inDatabase(`CREATE TRIGGER fail BEFORE INSERT ON billing.subscription
    FOR EACH STATEMENT EXECUTE FUNCTION billing.fail()`)
}

it('the same request again says so', async () => {
  const { opportunityId } = await recordDeal(world, 'acme')
  await breakSubscriptions()
  const close = () =>
    world.start<FlowPayload>(CLOSE, { opportunityId, closedOn: '2026-06-15', idempotencyKey: 'acme' })
  expect(await close()).toMatchObject({ workflow: { status: 'EXCEPTION', failure: { code: 'DEFECT' } } })

  const { data } = await world.ask<{ exceptions: { nodes: { id: string }[] } }>(EXCEPTIONS)
  const exceptionId = data?.exceptions.nodes[0]?.id
  const decision = { exceptionId, action: 'COMPENSATE', reason: 'They cannot wait', actor: 'Jo' }
  expect(await world.start(RESOLVE, decision)).toMatchObject({ workflow: { status: 'COMPENSATED' } })
  expect(await close()).toMatchObject({
    workflow: { status: 'COMPENSATED' },
    replayed: true,
    userErrors: [{ code: 'DEFECT', message: 'An error that nobody foresaw: the log of the node has it' }],
  })
})
