// A payment changes how a customer stands: in the graph, and in CRM within moments. One event starts one workflow.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { day, invoiceFact, invoiceLine } from '#test/domain/documents.ts'
import { creditProfile } from '#test/erp/books.ts'
import { customerFact } from '#test/support/facts.ts'
import { type FlowWorld, openFlowWorld, usd } from './flows.ts'

const RECORD = `mutation ($input: RecordPaymentInput!) { payload: recordPayment(input: $input) {
  workflow { id status } replayed userErrors { code field } } }`
const SHOWN = `query ($id: ID!) { customer(id: $id) {
  standing { level } billingFeedback { standing disputeOpen dunningPaused creditHold } } }`

let world: FlowWorld
let stopping: (() => Promise<void>)[]
let count = 0
let customerId: string
beforeAll(async () => {
  world = await openFlowWorld()
  stopping = [await world.startInsight(), await world.startOperations()]
})
beforeEach(async () => {
  count += 1
  customerId = `cus_${count}`
  await world.record({ customers: [customerFact({ id: customerId })] })
})
afterAll(async () => {
  await Promise.all(stopping.map((stop) => stop()))
  await world.close()
})

/** An invoice of 540.00 that has been due for seven weeks. */
const owe = (): Promise<unknown> =>
  world.record({
    invoices: [
      invoiceFact({
        id: `inv_${count}`,
        customerId,
        number: `N-${count}`,
        issueDate: day('2026-03-27'),
        dueDate: day('2026-04-27'),
        lines: [invoiceLine(540_00n)],
      }),
    ],
  })

const shown = async (): Promise<unknown> => {
  const { data, errors } = await world.ask<{ customer: unknown }>(SHOWN, { id: customerId })
  if (!data) throw new Error(JSON.stringify(errors))
  return data.customer
}
const comesToShow = (expected: object): Promise<unknown> =>
  expect.poll(shown, { interval: 20 }).toMatchObject(expected)

const workflowsOf = async (): Promise<number | undefined> => {
  const [row] = await world.database.owner.rows<{ n: number }>({
    text: `SELECT count(*)::int AS n FROM operations.workflow WHERE flow = 'shareStanding' AND customer_id = $1`,
    values: [customerId],
  })
  return row?.n
}

it('CRM shows that a customer is late, and that it is not any more once it has paid', async () => {
  await owe()
  await comesToShow({ standing: { level: 'AT_RISK' }, billingFeedback: { standing: 'AT_RISK' } })
  await world.start(RECORD, {
    customerId,
    amount: usd('540.00'),
    method: 'BANK_TRANSFER',
    receivedAt: '2026-06-15T09:00:00Z',
    allocations: [{ invoiceId: `inv_${count}`, amount: usd('540.00') }],
    idempotencyKey: `pay-${count}`,
  })
  await comesToShow({ standing: { level: 'GOOD' }, billingFeedback: { standing: 'GOOD', creditHold: false } })
  expect(await workflowsOf()).toBe(2)
})

it('tells of a credit hold, and of nothing where a customer has always stood well', async () => {
  expect(await shown()).toMatchObject({ billingFeedback: null })
  await world.record({
    creditProfiles: [{ ...creditProfile(), customerId, onHold: true, holdReason: 'Insolvent' }],
  })
  await comesToShow({ billingFeedback: { standing: 'HOLD', creditHold: true } })
  expect(await workflowsOf()).toBe(1)
})
