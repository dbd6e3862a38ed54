// A write-off where an outside system issued the invoice: given up there once, then here. Over the graph of real nodes;
// the system's own log is the witness.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FlowPayload } from './flows.ts'
import {
  openOutsideWorld,
  type OutsideWorld,
  SETTLED_MS,
  TIMEOUT_MS,
  WHATEVER_GOES_WRONG,
} from './outside-world.ts'

const WRITE_OFF = `mutation ($input: WriteOffInvoiceInput!) { answer: writeOffInvoice(input: $input) {
  workflow { id status } userErrors { code message field } } }`
const INVOICE = 'query ($id: ID!) { answer: invoice(id: $id) { status } }'

let world: OutsideWorld
beforeAll(async () => {
  world = await openOutsideWorld()
}, 60_000)
afterAll(() => world.close())

/** Each test has an invoice of its own that nobody has paid. */
let invoiceId = ''
let count = 0
beforeEach(async () => {
  count += 1
  await world.billing.control({ script: [], slowMs: 300, webhooks: null, duplicates: 'REPLAYED' })
  invoiceId = await world.owed(String(count))
})

const writeOff = async (): Promise<string> => {
  const input = { invoiceId, reason: 'Insolvent', idempotencyKey: `write off ${invoiceId}` }
  const { workflow } = await world.ask<FlowPayload>(WRITE_OFF, { input })
  return workflow?.id ?? ''
}
const status = async (): Promise<string> =>
  (await world.ask<{ status: string }>(INVOICE, { id: invoiceId })).status

describe('an invoice is given up once in the outside system', () => {
  it.each(WHATEVER_GOES_WRONG)(
    '%s',
    async (_, script, faults) => {
      await world.billing.control({ script, ...faults })
      const id = await writeOff()
      await world.becomes(id, 'COMPLETED')
      expect(world.effectsFor(id)).toMatchObject([
        { operation: 'writeOffInvoice', payload: { invoice: `out_${invoiceId}`, invoiceId } },
      ])
      expect(await status()).toBe('UNCOLLECTIBLE')
    },
    SETTLED_MS,
  )

  it('where the node is killed after it was sent and before that was recorded', async () => {
    const slow = async (): Promise<number> => (await world.billing.control({})).met.SLOW ?? 0
    const before = await slow()
    await world.billing.control({ script: ['SLOW'], slowMs: TIMEOUT_MS })
    const asked = writeOff().then(
      () => 'ANSWERED',
      () => 'BROKEN OFF',
    )
    await expect.poll(slow).toBe(before + 1)
    await world.kill()
    expect(await asked).toBe('BROKEN OFF')
    await world.revive()
    const id = await writeOff()
    await world.becomes(id, 'COMPLETED')
    expect(world.effectsFor(id)).toHaveLength(1)
    expect(await status()).toBe('UNCOLLECTIBLE')
  }, 180_000)
})

it('what the outside system refuses waits for a person, and is still owed', async () => {
  await world.billing.control({ script: ['REFUSE'] })
  await world.becomes(await writeOff(), 'EXCEPTION')
  expect(await status()).toBe('OPEN')
})

it('an invoice of Stripe is marked uncollectible there, also where the answers are lost', async () => {
  invoiceId = await world.owed(`jp-${count}`, {
    system: 'stripe',
    legalEntityId: 'entity-jp',
    currency: 'JPY',
  })
  const invoice = { amountRemaining: 54_000, taxPercent: 20, lineIds: [] }
  world.stripe.invoices.set(`out_${invoiceId}`, invoice)
  world.stripe.faults.push('LOSE_ANSWER', 'LOSE_ANSWER')
  await world.becomes(await writeOff(), 'COMPLETED')
  expect(world.stripe.invoices.get(`out_${invoiceId}`)).toMatchObject({ status: 'uncollectible' })
  expect(await status()).toBe('UNCOLLECTIBLE')
})
