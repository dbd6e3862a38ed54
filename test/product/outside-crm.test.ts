// Where an outside system masters CRM: it is told once that a deal was won, and how customers stand, the newest last.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { invoiceFact, invoiceLine, paymentFact } from '#test/domain/documents.ts'
import type { Fault } from '#test/simulators/faults.ts'
import { type LoggedEffect, readEffects } from '#test/simulators/log.ts'
import { type FlowPayload, usd } from './flows.ts'
import { type DealWorld, openDealWorld } from './outside-deals.ts'
import { SETTLED_MS } from './outside-world.ts'

const CONTRACT = 'query ($id: ID!) { answer: opportunity(id: $id) { stage contract { number } } }'
const SHOWN = `query ($id: ID!) { answer: customer(id: $id) {
  billingFeedback { standing disputeOpen dunningPaused creditHold asOf } } }`
const OPEN = `mutation ($input: OpenDisputeInput!) { answer: openDispute(input: $input) {
  dispute { id } workflow { id status } replayed userErrors { code message field } } }`
const CLOSE = `mutation ($input: CloseDisputeInput!) { answer: closeDispute(input: $input) {
  workflow { id status } replayed userErrors { code message field } } }`

let world: DealWorld
let count = 0
beforeAll(async () => {
  world = await openDealWorld()
}, 60_000)
beforeEach(async () => {
  count += 1
  await world.crm.control({ script: [], isDown: false })
})
afterAll(() => world.shut())

const toldOf = (operation: string, name: string): LoggedEffect[] =>
  readEffects(world.crm.logPath).filter(
    (effect) => effect.operation === operation && Object.values(effect.payload as object).includes(name),
  )

it.each<[string, Fault[]]>([
  ['where all goes well', []],
  ['whose answer is lost', ['LOSE_ANSWER']],
  ['of which everything goes wrong', ['UNAVAILABLE', 'LOSE_REQUEST', 'FAIL_AFTER', 'RATE_LIMIT']],
])(
  'a deal that was won is told once, %s',
  async (_, script) => {
    await world.crm.control({ script })
    const opportunityId = await world.offered(`won${count}`, 'US')
    const id = await world.close(opportunityId)
    await world.becomes(id, 'COMPLETED')
    const { contract } = await world.ask<{ contract: { number: string } }>(CONTRACT, { id: opportunityId })
    const [won, ...more] = toldOf('updateOpportunity', `crm_won${count}`)
    expect(more).toEqual([])
    expect(won).toMatchObject({
      effectKey: `${id}/winOpportunity`,
      payload: {
        stage: 'WON',
        minorUnits: '1200000',
        currency: 'USD',
        closedOn: '2026-11-01',
        contractNumber: contract.number,
      },
    })
  },
  SETTLED_MS,
)

it('a refusal waits for a person, and the deal stays won', async () => {
  await world.crm.control({ script: ['REFUSE'] })
  const opportunityId = await world.offered(`refused${count}`, 'US')
  await world.becomes(await world.close(opportunityId), 'EXCEPTION')
  expect(await world.ask(CONTRACT, { id: opportunityId })).toMatchObject({ stage: 'WON' })
})

interface Standing {
  readonly disputeOpen: boolean
  readonly asOf: string
}
const at = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds
const standings = (name: string): Standing[] =>
  toldOf('updateStanding', name).map(({ payload }) => payload as Standing)

it('of a standing that changed while the CRM was down, it ends with the newest', async () => {
  const customerId = `cus_stands${count}`
  await world.offered(`stands${count}`, 'US')
  const [invoiceId, paymentId] = [`inv_stands${count}`, `pay_stands${count}`]
  await world.record({
    invoices: [
      invoiceFact({ id: invoiceId, customerId, number: `S-${count}`, lines: [invoiceLine(540_00n)] }),
    ],
    payments: [
      paymentFact({
        id: paymentId,
        customerId,
        amount: 540_00n,
        allocations: [{ id: `alc_stands${count}`, invoiceId, amount: 540_00n }],
      }),
    ],
  })
  await world.crm.control({ isDown: true })
  const opened = await world.ask<FlowPayload & { dispute: { id: string } }>(OPEN, {
    input: {
      paymentId,
      amount: usd('540.00'),
      reason: 'Not received',
      openedOn: '2026-11-03',
      idempotencyKey: `open-${count}`,
    },
  })
  const closing = { disputeId: opened.dispute.id, outcome: 'WON', closedOn: '2026-11-10' }
  const closed = await world.ask<FlowPayload>(CLOSE, {
    input: { ...closing, idempotencyKey: `close-${count}` },
  })
  await world.crm.control({ isDown: false })
  for (const { workflow } of [opened, closed]) await world.becomes(workflow?.id ?? '', 'COMPLETED')
  // What another workflow noted meanwhile, that one tells: it may still be at it where these two have ended. One that
  // found the same later has told of it with a later instant than the one from which CRM shows it.
  await expect
    .poll(
      async () => {
        const shown = await world.ask<{ billingFeedback: Standing }>(SHOWN, { id: customerId })
        const { disputeOpen, asOf } = shown.billingFeedback
        const last = standings(`crm_stands${count}`).at(-1)
        return [last?.disputeOpen === disputeOpen, last !== undefined && at(last.asOf) >= at(asOf)]
      },
      { timeout: SETTLED_MS },
    )
    .toEqual([true, true])
  const instants = standings(`crm_stands${count}`).map(({ asOf }) => at(asOf))
  expect(instants.at(-1)).toBe(Math.max(...instants))
})
