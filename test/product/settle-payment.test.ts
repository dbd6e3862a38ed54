// A direct debit is under way for days: until it arrives nothing is paid, and the books have it on that day.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkInvariants } from '#platform/invariant.ts'
import { billingInvariants } from '#subgraphs/billing/store.ts'
import { erpInvariants } from '#subgraphs/erp/store.ts'
import { crossInvariants } from '#subgraphs/operations/store.ts'
import { day, invoiceFact, invoiceLine, paymentFact } from '#test/domain/documents.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld, usd } from './flows.ts'

const SETTLE = `mutation ($input: SettlePaymentInput!) { payload: settlePayment(input: $input) {
  payment { status receivedAt failure { code } allocations { invoice { status balance { amount } } } }
  workflow { id status steps { name status } } replayed userErrors { code message field } } }`

let world: FlowWorld
let count = 0
beforeAll(async () => {
  world = await openFlowWorld()
})
beforeEach(async () => {
  count += 1
  await world.record({
    invoices: [
      invoiceFact({
        id: `inv_${count}`,
        number: `N-${count}`,
        lines: [invoiceLine(540_00n, { id: `line_${count}` })],
      }),
    ],
    payments: [
      paymentFact({
        id: `pay_${count}`,
        outcome: 'PENDING',
        amount: 540_00n,
        method: 'DIRECT_DEBIT',
        receivedOn: day('2026-06-10'),
        allocations: [{ id: `alc_${count}`, invoiceId: `inv_${count}`, amount: 540_00n }],
      }),
    ],
  })
})
afterAll(() => world.close())

const settle = (fields: object = {}): Promise<FlowPayload> =>
  world.start(SETTLE, {
    paymentId: `pay_${count}`,
    outcome: 'SUCCEEDED',
    settledAt: '2026-06-14T09:00:00Z',
    fee: usd('1.50'),
    idempotencyKey: `settle-${count}`,
    ...fields,
  })
/** Lines of the payment in the books, by day. */
const booked = (): Promise<object[]> =>
  world.database.owner.rows({
    text: `SELECT e.date::text AS day, l.role, (l.debit - l.credit)::int AS amount FROM erp.journal_line l
      JOIN erp.journal_entry e ON e.id = l.entry_id WHERE e.source_id = $1 ORDER BY l.role`,
    values: [`pay_${count}`],
  })

it('pays its invoice and is posted, less the fee, on the day on which it arrives', async () => {
  expect(await booked()).toEqual([])
  expect(await settle()).toMatchObject({
    payment: {
      status: 'SUCCEEDED',
      receivedAt: '2026-06-14T09:00:00Z',
      allocations: [{ invoice: { status: 'PAID', balance: { amount: '0.00' } } }],
    },
    workflow: {
      status: 'COMPLETED',
      steps: [
        { name: 'settlePayment', status: 'DONE' },
        { name: 'postPayment', status: 'DONE' },
      ],
    },
    userErrors: [],
  })
  expect(await booked()).toEqual([
    { day: '2026-06-14', role: 'CASH_CLEARING', amount: 538_50 },
    { day: '2026-06-14', role: 'PROCESSOR_FEES', amount: 1_50 },
    { day: '2026-06-14', role: 'RECEIVABLES', amount: -540_00 },
  ])
})

it('leaves its invoice owed where it fails, and the books as they are', async () => {
  const failed = { outcome: 'FAILED', fee: null, failureCode: 'insufficient_funds' }
  expect(await settle(failed)).toMatchObject({
    payment: {
      status: 'FAILED',
      failure: { code: 'insufficient_funds' },
      allocations: [{ invoice: { status: 'OPEN', balance: { amount: '540.00' } } }],
    },
    workflow: { status: 'COMPLETED' },
  })
  expect(await booked()).toEqual([])
})

it('50 times at once arrives once', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => settle()))
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
  expect(await booked()).toHaveLength(3)
})

describe('what cannot be starts nothing', () => {
  it.each([
    ['an unknown payment', { paymentId: 'pay_none' }, 'REFERENCE_MISSING', 'paymentId'],
    ['a fee above it', { fee: usd('540.01') }, 'AMOUNT_INVALID', 'fee'],
    ['a negative fee', { fee: usd('-0.01') }, 'AMOUNT_NEGATIVE', 'fee'],
    ['a fee in another currency', { fee: { amount: '1.00', currency: 'EUR' } }, 'CURRENCY_MISMATCH', 'fee'],
    ['a fee of a failure', { outcome: 'FAILED' }, 'AMOUNT_INVALID', 'fee'],
    ['an arrival that failed', { failureCode: 'expired' }, 'STATUS_FORBIDS', 'failureCode'],
  ])('%s', async (_, fields, code, field) => {
    expect(await settle(fields)).toMatchObject({
      payment: null,
      workflow: null,
      userErrors: [{ code, field }],
    })
  })

  it('what arrived already', async () => {
    await settle()
    expect((await settle({ idempotencyKey: `again-${count}` })).userErrors).toMatchObject([
      { code: 'STATUS_FORBIDS', field: 'paymentId' },
    ])
  })
})

it('leaves the books in order', async () => {
  const invariants = [...billingInvariants, ...erpInvariants, ...crossInvariants]
  const findings = await checkInvariants(world.database.owner, invariants)
  expect(findings.filter(({ ids }) => ids.length > 0)).toEqual([])
})
