// A payer contests a payment: CRM shows it, nobody is reminded meanwhile, and the books know where the money is.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkInvariants } from '#platform/invariant.ts'
import { billingInvariants } from '#subgraphs/billing/store.ts'
import { erpInvariants } from '#subgraphs/erp/store.ts'
import { crossInvariants } from '#subgraphs/operations/store.ts'
import { day, dispute, invoiceFact, invoiceLine, paymentFact } from '#test/domain/documents.ts'
import { customerFact } from '#test/support/facts.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld, usd } from './flows.ts'

const ANSWER =
  'workflow { id status steps { name system status } } replayed userErrors { code message field }'
const OPEN = `mutation ($input: OpenDisputeInput!) { payload: openDispute(input: $input) {
  dispute { id status amount { amount } payment { status } } ${ANSWER} } }`
const CLOSE = `mutation ($input: CloseDisputeInput!) { payload: closeDispute(input: $input) {
  dispute { id status closedOn payment { status } } ${ANSWER} } }`
const SHOWN = `query ($customer: ID!, $owed: ID!) {
  customer(id: $customer) { standing { level } billingFeedback { standing disputeOpen dunningPaused } }
  invoice(id: $owed) { dunning { status nextAttemptOn } }
}`

type Payload = FlowPayload & { readonly dispute: { readonly id: string } | null }

let world: FlowWorld
let stopping: (() => Promise<void>)[]
let count = 0
let [customerId, paidId, owedId, paymentId] = ['', '', '', '']
beforeAll(async () => {
  world = await openFlowWorld()
  stopping = [await world.startInsight(), await world.startOperations()]
})
/** A customer who paid one invoice of 540.00 in May, and has been late with another one of 100.00 since June. */
beforeEach(async () => {
  count += 1
  customerId = `cus_${count}`
  paidId = `inv_paid_${count}`
  owedId = `inv_owed_${count}`
  paymentId = `pay_${count}`
  const invoiceOf = (id: string, amount: bigint, issued: string, due: string) =>
    invoiceFact({
      id,
      customerId,
      number: id,
      issueDate: day(issued),
      dueDate: day(due),
      lines: [invoiceLine(amount, { id: `line_${id}` })],
    })
  await world.record({
    customers: [customerFact({ id: customerId })],
    invoices: [
      invoiceOf(paidId, 540_00n, '2026-04-01', '2026-05-01'),
      invoiceOf(owedId, 100_00n, '2026-05-02', '2026-06-01'),
    ],
    payments: [
      paymentFact({
        id: paymentId,
        customerId,
        amount: 540_00n,
        receivedOn: day('2026-05-01'),
        allocations: [{ id: `alc_${count}`, invoiceId: paidId, amount: 540_00n }],
      }),
    ],
  })
})
afterAll(async () => {
  await Promise.all(stopping.map((stop) => stop()))
  await world.close()
})

const opening = (fields: object = {}) => ({
  paymentId,
  amount: usd('540.00'),
  reason: 'fraudulent',
  openedOn: '2026-06-10',
  evidenceDueOn: '2026-06-24',
  idempotencyKey: `open-${count}`,
  ...fields,
})
const open = (fields?: object): Promise<Payload> => world.start<Payload>(OPEN, opening(fields))
const close = (disputeId: string | undefined, outcome: string, key = `close-${count}`): Promise<Payload> =>
  world.start<Payload>(CLOSE, { disputeId, outcome, closedOn: '2026-06-14', idempotencyKey: key })

const shown = async (): Promise<unknown> => {
  const { data, errors } = await world.ask<unknown>(SHOWN, { customer: customerId, owed: owedId })
  if (!data) throw new Error(JSON.stringify(errors))
  return data
}
const comesToShow = (expected: object): Promise<unknown> =>
  expect.poll(shown, { interval: 20 }).toMatchObject(expected)

/** Debits less credits by account, of what was posted for disputes of the payment. */
async function books(): Promise<Record<string, bigint>> {
  const rows = await world.database.owner.rows<{ role: string; balance: bigint }>({
    text: `SELECT l.role, sum(l.debit - l.credit)::bigint AS balance FROM erp.journal_line l
      JOIN erp.journal_entry e ON e.id = l.entry_id JOIN billing.dispute d ON d.id = e.source_id
      WHERE d.payment_id = $1 GROUP BY l.role`,
    values: [paymentId],
  })
  return Object.fromEntries(
    rows.filter(({ balance }) => balance !== 0n).map(({ role, balance }) => [role, balance]),
  )
}

const CONTESTED = {
  customer: { billingFeedback: { disputeOpen: true, dunningPaused: true } },
  invoice: { dunning: { status: 'PAUSED' } },
}
const OVER = {
  customer: { billingFeedback: { disputeOpen: false, dunningPaused: false } },
  invoice: { dunning: { status: 'ACTIVE', nextAttemptOn: '2026-06-14' } },
}

describe('told by a mutation', () => {
  it('is in the books, pauses the collection of what is overdue, and shows in CRM', async () => {
    expect(await open()).toMatchObject({
      dispute: { status: 'NEEDS_RESPONSE', amount: { amount: '540.00' }, payment: { status: 'DISPUTED' } },
      workflow: {
        status: 'COMPLETED',
        steps: [
          { name: 'openDispute', system: 'BILLING' },
          { name: 'postDispute', system: 'ERP' },
          { name: 'steerCollection', system: 'BILLING' },
          { name: 'readStanding', system: 'OPERATIONS' },
          { name: 'showStanding', system: 'CRM' },
        ],
      },
      userErrors: [],
    })
    expect(await shown()).toMatchObject(CONTESTED)
    expect(await books()).toEqual({ DISPUTED_CASH: 540_00n, CASH_CLEARING: -540_00n })
    await comesToShow({
      customer: { standing: { level: 'AT_RISK' }, billingFeedback: { standing: 'AT_RISK' } },
    })
  })

  it.each([
    ['WON', 'SUCCEEDED', {}],
    ['LOST', 'DISPUTED', { DISPUTE_LOSSES: 540_00n, CASH_CLEARING: -540_00n }],
  ])(
    'is over once it is %s: collection goes on, and the money is where it belongs',
    async (outcome, status, left) => {
      const { dispute: opened } = await open()
      expect(await close(opened?.id, outcome)).toMatchObject({
        dispute: { status: outcome, closedOn: '2026-06-14', payment: { status } },
        workflow: { status: 'COMPLETED' },
      })
      expect(await shown()).toMatchObject(OVER)
      expect(await books()).toEqual(left)
    },
  )

  it('50 times at once is one dispute, and one decision', async () => {
    const opened = await Promise.all(Array.from({ length: 50 }, () => open()))
    expect(new Set(opened.map((payload) => payload.dispute?.id)).size).toBe(1)
    const closed = await Promise.all(Array.from({ length: 50 }, () => close(opened[0]?.dispute?.id, 'WON')))
    expect(closed.filter(({ replayed }) => !replayed)).toHaveLength(1)
    expect(await books()).toEqual({})
  })

  it.each([
    ['an unknown payment', { paymentId: 'pay_none' }, 'REFERENCE_MISSING', 'paymentId'],
    ['more than was paid', { amount: usd('540.01') }, 'AMOUNT_INVALID', 'amount'],
    ['nothing', { amount: usd('0.00') }, 'AMOUNT_NOT_POSITIVE', 'amount'],
    ['another currency', { amount: { amount: '1.00', currency: 'EUR' } }, 'CURRENCY_MISMATCH', 'currency'],
    ['a day before it came', { openedOn: '2026-04-30' }, 'DATE_ORDER', 'openedOn'],
    ['a day to come', { openedOn: '2026-06-17' }, 'DATE_ORDER', 'openedOn'],
    ['no reason', { reason: ' ' }, 'REASON_MISSING', 'reason'],
  ])('about %s starts nothing', async (_, fields, code, field) => {
    expect(await open(fields)).toMatchObject({ dispute: null, workflow: null, userErrors: [{ code, field }] })
    expect(await books()).toEqual({})
  })

  it('is not opened twice, nor closed twice, nor closed before it was opened or on a day to come', async () => {
    const { dispute: opened } = await open()
    expect((await open({ idempotencyKey: `again-${count}` })).userErrors).toMatchObject([
      { code: 'STATUS_FORBIDS', field: 'paymentId' },
    ])
    for (const closedOn of ['2026-06-09', '2026-06-17']) {
      const wrong = { disputeId: opened?.id, outcome: 'WON', closedOn, idempotencyKey: `wrong-${count}` }
      expect((await world.start<Payload>(CLOSE, wrong)).userErrors).toMatchObject([
        { code: 'DATE_ORDER', field: 'closedOn' },
      ])
    }
    await close(opened?.id, 'WON')
    expect((await close(opened?.id, 'LOST', `again-${count}`)).userErrors).toMatchObject([
      { code: 'STATUS_FORBIDS', field: 'disputeId' },
    ])
    expect((await close('dsp_none', 'WON', `none-${count}`)).userErrors).toMatchObject([
      { code: 'REFERENCE_MISSING', field: 'disputeId' },
    ])
  })
})

describe('that was lost of a part of the payment', () => {
  const REFUND = `mutation ($input: RefundPaymentInput!) { payload: refundPayment(input: $input) {
    payment { amountRefunded { amount } } ${ANSWER} } }`
  const refund = (amount: string) =>
    world.start(REFUND, {
      paymentId,
      amount: usd(amount),
      reason: 'Goodwill',
      idempotencyKey: `${count}-${amount}`,
    })
  beforeEach(async () => {
    const { dispute: opened } = await open({ amount: usd('300.00') })
    expect(await refund('240.00')).toMatchObject({
      userErrors: [{ code: 'STATUS_FORBIDS', field: 'paymentId' }],
    })
    await close(opened?.id, 'LOST')
  })

  it('leaves the rest to give back, and no more', async () => {
    const message = '0.01 USD above what is left of the payment'
    expect(await refund('240.01')).toMatchObject({
      userErrors: [{ code: 'REFUND_EXCEEDS_PAYMENT', message }],
    })
    expect(await refund('240.00')).toMatchObject({
      payment: { amountRefunded: { amount: '240.00' } },
      workflow: { status: 'COMPLETED' },
    })
  })

  it('leaves the rest to be contested, and no more', async () => {
    const another = (amount: string) => open({ amount: usd(amount), idempotencyKey: `${count}-${amount}` })
    expect((await another('240.01')).userErrors).toMatchObject([{ code: 'AMOUNT_INVALID', field: 'amount' }])
    const { dispute: second } = await another('240.00')
    await close(second?.id, 'LOST', `second-${count}`)
    expect(await books()).toEqual({ DISPUTE_LOSSES: 540_00n, CASH_CLEARING: -540_00n })
  })
})

/** As the processor states it, and states it again. */
const stated = (version: bigint, fields: Parameters<typeof dispute>[0]) =>
  world.record({
    disputes: [
      dispute({
        id: `dsp_${count}`,
        paymentId,
        customerId,
        amount: 540_00n,
        openedOn: day('2026-06-10'),
        externalRefs: [
          {
            system: 'stripe',
            instance: 'test',
            objectType: 'dispute',
            externalId: `dp_${count}`,
            url: null,
            sourceVersion: version,
          },
        ],
        ...fields,
      }),
    ],
  })
const followed = async (): Promise<number> => {
  const rows = await world.database.owner.rows({
    text: `SELECT FROM operations.workflow WHERE flow = 'followDispute' AND customer_id = $1`,
    values: [customerId],
  })
  return rows.length
}

describe('told by the payment processor', () => {
  it('does the same in every system, once for each thing that happened', async () => {
    await stated(1n, {})
    await comesToShow(CONTESTED)
    expect(await books()).toEqual({ DISPUTED_CASH: 540_00n, CASH_CLEARING: -540_00n })
    await stated(1n, {})
    await stated(2n, { status: 'LOST', closedOn: day('2026-06-14') })
    await comesToShow(OVER)
    expect(await books()).toEqual({ DISPUTE_LOSSES: 540_00n, CASH_CLEARING: -540_00n })
    expect(await followed()).toBe(2)
  })

  it('is decided by whoever says so first', async () => {
    await stated(1n, {})
    await comesToShow(CONTESTED)
    await close(`dsp_${count}`, 'WON')
    await comesToShow(OVER)
    expect(await followed()).toBe(1)
  })

  it('of a payer whom nobody knows is in the books, and nowhere else', async () => {
    await stated(1n, { customerId: null })
    expect(await books()).toEqual({ DISPUTED_CASH: 540_00n, CASH_CLEARING: -540_00n })
  })
})

it('of two, the first to be closed has nobody reminded yet', async () => {
  const { dispute: first } = await open()
  const second = `pay_second_${count}`
  await world.record({
    payments: [
      paymentFact({ id: second, customerId, amount: 5_00n, receivedOn: day('2026-05-01'), allocations: [] }),
    ],
  })
  const { dispute: other } = await open({
    paymentId: second,
    amount: usd('5.00'),
    idempotencyKey: `second-${count}`,
  })
  await close(first?.id, 'LOST')
  expect(await shown()).toMatchObject(CONTESTED)
  await close(other?.id, 'WON', `close-second-${count}`)
  expect(await shown()).toMatchObject(OVER)
})

it('leaves what somebody else paused as it is', async () => {
  const nextAttemptOn = null
  const externalRefs = [
    {
      system: 'stripe',
      instance: 'test',
      objectType: 'dunning',
      externalId: `du_${count}`,
      url: null,
      sourceVersion: 1n,
    },
  ]
  await world.record({
    dunning: [
      { id: `dun_${count}`, externalRefs, invoiceId: owedId, status: 'PAUSED', attempts: 2, nextAttemptOn },
    ],
  })
  const { dispute: opened } = await open()
  await close(opened?.id, 'WON')
  expect(await shown()).toMatchObject({
    customer: { billingFeedback: { disputeOpen: false, dunningPaused: true } },
    invoice: { dunning: { status: 'PAUSED' } },
  })
})

it('leaves the books in order', async () => {
  const invariants = [...billingInvariants, ...erpInvariants, ...crossInvariants]
  const findings = await checkInvariants(world.database.owner, invariants)
  expect(findings.filter(({ ids }) => ids.length > 0)).toEqual([])
})
