// A credit note where an outside system masters billing: issued there once, under its number, with our tax. Over the
// graph of real nodes; the system's own log is the witness.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkInvariants } from '#platform/invariant.ts'
import { billingInvariants } from '#subgraphs/billing/store.ts'
import { erpInvariants } from '#subgraphs/erp/store.ts'
import { crossInvariants } from '#subgraphs/operations/store.ts'
import { type FlowPayload, usd } from './flows.ts'
import {
  openOutsideWorld,
  type OutsideWorld,
  SETTLED_MS,
  TIMEOUT_MS,
  WHATEVER_GOES_WRONG,
} from './outside-world.ts'

const CREDIT = `mutation ($input: IssueCreditNoteInput!) { answer: issueCreditNote(input: $input) {
  creditNote { number } workflow { id status } userErrors { code message field } } }`
const NOTES = `query ($id: ID!) { answer: invoice(id: $id) { status creditNotes {
  number reason net { amount } tax { amount } externalRefs { system externalId } } } }`
const EXCEPTIONS = `query { answer: exceptions(first: 100, filter: { status: { in: [OPEN] } }) {
  nodes { class message workflow { id } } } }`

let world: OutsideWorld
beforeAll(async () => {
  world = await openOutsideWorld()
}, 60_000)
afterAll(() => world.close())

/** Each test has an invoice of its own: 450.00 and 90.00 of tax, paid. */
let name = ''
let count = 0
beforeEach(async () => {
  count += 1
  name = String(count)
  await world.billing.control({ script: [], slowMs: 300, webhooks: null, duplicates: 'REPLAYED' })
  await world.paid(name)
})

interface Credited extends FlowPayload {
  readonly creditNote: { readonly number: string } | null
}

const credit = (amount: { amount: string; currency: string } = usd('45.00'), node = 0): Promise<Credited> => {
  const lines = [{ invoiceLineId: `line_${name}`, amount }]
  const input = { invoiceId: `inv_${name}`, reason: 'Outage', lines, idempotencyKey: `credit-${name}` }
  return world.ask(CREDIT, { input }, node)
}
const idOf = ({ workflow }: Credited): string => workflow?.id ?? ''
const notes = async (): Promise<object[]> =>
  (await world.ask<{ creditNotes: object[] }>(NOTES, { id: `inv_${name}` })).creditNotes
const exceptionOf = async (id: string) => {
  const { nodes } = await world.ask<{ nodes: { workflow: { id: string } }[] }>(EXCEPTIONS)
  return nodes.find(({ workflow }) => workflow.id === id)
}

describe('a credit note is issued once by the outside system', () => {
  it.each(WHATEVER_GOES_WRONG)(
    '%s',
    async (_, script, faults) => {
      await world.billing.control({ script, ...faults })
      const id = idOf(await credit())
      await world.becomes(id, 'COMPLETED')
      const [made, ...more] = world.effectsFor(id)
      expect(more).toEqual([])
      expect(made).toMatchObject({
        operation: 'issueCreditNote',
        effectKey: `${id}/issueCreditNote`,
        payload: {
          invoice: `out_inv_${name}`,
          currency: 'USD',
          minorUnits: '5400',
          taxMinorUnits: '900',
          reason: 'Outage',
          lines: [{ invoiceLineId: `line_${name}`, description: 'Service', minorUnits: '4500' }],
        },
      })
      expect(await notes()).toMatchObject([
        {
          number: made?.number,
          reason: 'Outage',
          net: { amount: '45.00' },
          tax: { amount: '9.00' },
          externalRefs: [{ system: 'revgraph' }, { system: 'billing-us', externalId: made?.externalId }],
        },
      ])
    },
    SETTLED_MS,
  )

  it('where the node is killed after it was sent and before that was recorded', async () => {
    const slow = async (): Promise<number> => (await world.billing.control({})).met.SLOW ?? 0
    const before = await slow()
    await world.billing.control({ script: ['SLOW'], slowMs: TIMEOUT_MS })
    const asked = credit().then(
      () => 'ANSWERED',
      () => 'BROKEN OFF',
    )
    await expect.poll(slow).toBe(before + 1)
    await world.kill()
    expect(await asked).toBe('BROKEN OFF')
    await world.revive()
    const id = idOf(await credit())
    await world.becomes(id, 'COMPLETED')
    expect(world.effectsFor(id)).toHaveLength(1)
    expect(await notes()).toHaveLength(1)
  }, 180_000)
})

it('what our own rules refuse is not sent', async () => {
  const answer = await credit(usd('450.01'))
  expect(answer).toMatchObject({ workflow: null, userErrors: [{ code: 'CREDIT_EXCEEDS_INVOICE' }] })
})

it('what the outside system refuses waits for a person, and nothing was issued', async () => {
  await world.billing.control({ script: ['REFUSE'] })
  const id = idOf(await credit())
  await world.becomes(id, 'EXCEPTION')
  expect(await exceptionOf(id)).toMatchObject({ class: 'STEP_REFUSED' })
  expect(await notes()).toEqual([])
})

it('one of another tax than ours is noted nowhere, and both figures are told to a person', async () => {
  await world.billing.control({ script: ['OVERTAX'] })
  const id = idOf(await credit())
  await world.becomes(id, 'EXCEPTION')
  const [made] = world.effectsFor(id)
  expect(await exceptionOf(id)).toMatchObject({
    class: 'TAX_MISMATCH',
    message:
      `billing-us issued ${made?.number} of 54.01 USD with tax of 9.01 USD, ` +
      'where ours is 54.00 USD with tax of 9.00 USD',
  })
  expect(await notes()).toEqual([])
})

it('Stripe issues that of an invoice of its own: what was paid goes to the credit balance', async () => {
  name = `jp-${count}`
  await world.paid(name, { system: 'stripe', legalEntityId: 'entity-jp', currency: 'JPY' })
  world.stripe.invoices.set(`out_inv_${name}`, { amountRemaining: 0, taxPercent: 20, lineIds: [] })
  world.stripe.faults.push('LOSE_ANSWER', 'LOSE_ANSWER')
  const id = idOf(await credit({ amount: '4500', currency: 'JPY' }))
  await world.becomes(id, 'COMPLETED')
  const [made, ...more] = world.stripe.made(`${id}/issueCreditNote`)
  expect(more).toEqual([])
  expect(made?.fields).toMatchObject({ amount: '5400', credit_amount: '5400', memo: 'Outage' })
  expect(await notes()).toMatchObject([{ externalRefs: [{}, { system: 'stripe', externalId: made?.id }] }])
})

it('leaves the books in order', async () => {
  const invariants = [...billingInvariants, ...erpInvariants, ...crossInvariants]
  const findings = await checkInvariants(world.database.owner, invariants)
  expect(findings.filter(({ ids }) => ids.length > 0)).toEqual([])
})
