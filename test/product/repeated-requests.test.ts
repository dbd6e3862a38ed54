// A client that asks again (row 30): while its first request goes on it is told how far that is, and a key that it used
// for something else is refused, whatever that was.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { invoiceFact, invoiceLine } from '#test/domain/documents.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld, usd } from './flows.ts'
import { whileLocked } from './locked.ts'

const PAYLOAD = 'workflow { id status steps { name status } } replayed userErrors { code message field }'
const RECORD = `mutation ($input: RecordPaymentInput!) { payload: recordPayment(input: $input) { ${PAYLOAD} } }`
const WRITE_OFF = `mutation ($input: WriteOffInvoiceInput!) { payload: writeOffInvoice(input: $input) { ${PAYLOAD} } }`
const ACTIVATE = `mutation ($input: ActivateModelInput!) { payload: activateModel(input: $input) {
  activation { model } replayed userErrors { code } } }`

let world: FlowWorld
let count = 0
let invoiceId: string
beforeAll(async () => {
  world = await openFlowWorld()
})
beforeEach(async () => {
  count += 1
  invoiceId = `inv_${count}`
  await world.record({
    invoices: [invoiceFact({ id: invoiceId, number: `N-${count}`, lines: [invoiceLine(540_00n)] })],
  })
})
afterAll(() => world.close())

const pay = (idempotencyKey = `key-${count}`): Promise<FlowPayload> =>
  world.start(RECORD, {
    customerId: 'customer-1',
    amount: usd('540.00'),
    method: 'BANK_TRANSFER',
    receivedAt: '2026-06-15T09:00:00Z',
    allocations: [{ invoiceId, amount: usd('540.00') }],
    idempotencyKey,
  })
const writeOff = (idempotencyKey = `key-${count}`): Promise<FlowPayload> =>
  world.start(WRITE_OFF, { invoiceId, reason: 'Insolvent', idempotencyKey })
const activate = (idempotencyKey: string) =>
  world.start(ACTIVATE, { model: 'crm-led', actor: 'Jo', reason: 'As before', idempotencyKey })

const payments = (): Promise<object[]> =>
  world.database.owner.rows({
    text: `SELECT count(*)::int AS payments FROM billing.payment p
      WHERE EXISTS (SELECT FROM billing.allocation a WHERE a.payment_id = p.id AND a.invoice_id = $1)`,
    values: [invoiceId],
  })

const codeOf = (error: unknown): string => String(error).match(/IDEMPOTENCY_KEY_REUSED/)?.[0] ?? String(error)

const begun = async (): Promise<object[]> =>
  world.database.owner.rows({
    text: `SELECT status FROM operations.workflow WHERE steps @> '[{"name": "recordPayment", "status": "DONE"}]'`,
    values: [],
  })

it('is told how far the first request is, and gets the end of it once it is there', async () => {
  await whileLocked(world, ['erp.journal_entry'], async () => {
    const first = pay()
    await expect.poll(begun).toHaveLength(1)
    const [told, again] = await Promise.all([first, pay()])
    expect([told.replayed, again.replayed]).toEqual([false, true])
    expect(again.workflow).toMatchObject({
      id: told.workflow?.id,
      status: expect.stringMatching(/^(RUNNING|RETRYING)$/) as unknown,
      steps: [
        { name: 'recordPayment', status: 'DONE' },
        { name: 'postPayment', status: 'RUNNING' },
      ],
    })
  })
  await expect
    .poll(() => pay())
    .toMatchObject({ workflow: { status: 'COMPLETED' }, replayed: true, userErrors: [] })
  expect(await payments()).toEqual([{ payments: 1 }])
}, 60_000)

describe('a key that was used is refused, and nothing is done', () => {
  it('for another flow, of one that was carried out', async () => {
    await pay()
    await expect(writeOff()).rejects.toThrow(
      `The idempotency key \\"key-${count}\\" was used for recordPayment.`,
    )
    expect(await pay()).toMatchObject({ replayed: true })
  })

  it('for another mutation that no flow is behind, and the other way round', async () => {
    await pay()
    await expect(activate(`key-${count}`)).rejects.toThrow('IDEMPOTENCY_KEY_REUSED')
    expect(await activate(`model-${count}`)).toMatchObject({ replayed: false })
    await expect(pay(`model-${count}`)).rejects.toThrow('IDEMPOTENCY_KEY_REUSED')
  })

  it('for another one at the same moment, 50 times of both', async () => {
    const asked = Array.from({ length: 25 }, () => [pay(), activate(`key-${count}`)]).flat()
    const answers = await Promise.all(asked.map((each) => each.catch(codeOf)))
    expect(answers.filter((each) => each === 'IDEMPOTENCY_KEY_REUSED')).toHaveLength(25)
    expect(answers.filter((each) => typeof each !== 'string' && !each.replayed)).toHaveLength(1)
  })

  it('but not where it was refused: what started nothing leaves it free', async () => {
    invoiceId = 'inv_none'
    expect(await pay()).toMatchObject({ workflow: null })
    invoiceId = `inv_${count}`
    expect(await writeOff()).toMatchObject({ workflow: { status: 'COMPLETED' } })
  })
})
