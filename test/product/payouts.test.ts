// Money that was received is in clearing until the processor pays it out: once all of it has, nothing is left there.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkInvariants } from '#platform/invariant.ts'
import { billingInvariants } from '#subgraphs/billing/store.ts'
import { erpInvariants } from '#subgraphs/erp/store.ts'
import { crossInvariants } from '#subgraphs/operations/store.ts'
import { day, dispute, paymentFact } from '#test/domain/documents.ts'
import { fxRate } from '#test/erp/books.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld, usd } from './flows.ts'

const ANSWER = 'workflow { id status } replayed userErrors { code message field }'
const PAYOUT = `mutation ($input: RecordPayoutInput!) { payload: recordPayout(input: $input) {
  entry { date purpose lines { account { role } debit { amount } credit { amount }
    functionalDebit { amount } functionalCredit { amount } } }
  inClearing { amount currency } ${ANSWER} } }`
const SETTLE = `mutation ($input: SettlePaymentInput!) { payload: settlePayment(input: $input) { ${ANSWER} } }`
const REFUND = `mutation ($input: RefundPaymentInput!) { payload: refundPayment(input: $input) { ${ANSWER} } }`

type Payload = FlowPayload & { readonly inClearing: { readonly amount: string } | null }

let world: FlowWorld
let count = 0
beforeAll(async () => {
  world = await openFlowWorld()
  await world.record({
    fxRates: [fxRate('EUR', 'USD', '1.10', '2026-06-01'), fxRate('EUR', 'USD', '1.20', '2026-06-15')],
  })
})
beforeEach(() => {
  count += 1
})
afterAll(() => world.close())

const payout = (amount: string, fields: object = {}): Promise<Payload> =>
  world.start(PAYOUT, {
    legalEntityId: 'entity-1',
    amount: usd(amount),
    paidOn: '2026-06-15',
    reference: `PO-${count}`,
    idempotencyKey: `payout-${count}`,
    ...fields,
  })
const pay = (id: string, fields: Parameters<typeof paymentFact>[0] = {}): Promise<unknown> =>
  world.record({ payments: [paymentFact({ id, receivedOn: day('2026-06-10'), allocations: [], ...fields })] })

it('a direct debit is under way, arrives, and is paid out with what else was received', async () => {
  await pay('pay_debit', { outcome: 'PENDING', amount: 540_00n })
  await pay('pay_card', { amount: 100_00n, fee: 3_00n })
  await pay('pay_contested', { amount: 60_00n })
  await world.start(SETTLE, {
    paymentId: 'pay_debit',
    outcome: 'SUCCEEDED',
    settledAt: '2026-06-14T09:00:00Z',
    fee: usd('1.50'),
    idempotencyKey: 'settle',
  })
  const refund = { paymentId: 'pay_card', amount: usd('20.00'), reason: 'Goodwill', idempotencyKey: 'refund' }
  await world.start(REFUND, refund)
  await world.record({
    disputes: [
      dispute({ id: 'dsp_1', paymentId: 'pay_contested', amount: 60_00n, openedOn: day('2026-06-12') }),
    ],
  })
  // 538.50 and 97.00, less 20.00; the 60.00 are at the payer's bank.
  expect(await payout('500.00')).toMatchObject({
    entry: { date: '2026-06-15', purpose: 'PAYOUT_RECEIVED' },
    inClearing: usd('115.50'),
    workflow: { status: 'COMPLETED' },
    userErrors: [],
  })
  expect(await payout('115.50', { reference: 'PO-last', idempotencyKey: 'last' })).toMatchObject({
    inClearing: usd('0.00'),
  })
})

it('takes back from the bank what was refunded after everything was paid out', async () => {
  await pay('pay_late', { amount: 10_00n })
  expect(await payout('10.00')).toMatchObject({ inClearing: usd('0.00') })
  const refund = {
    paymentId: 'pay_late',
    amount: usd('4.00'),
    reason: 'Goodwill',
    idempotencyKey: 'refund-late',
  }
  await world.start(REFUND, refund)
  expect(await payout('-4.00', { reference: 'PO-back', idempotencyKey: 'back' })).toMatchObject({
    inClearing: usd('0.00'),
    userErrors: [],
  })
})

it('leaves nothing behind in one currency only: what euros became worth since they came is realised', async () => {
  await pay('pay_euro', { currency: 'EUR', amount: 100_00n, receivedOn: day('2026-06-02') })
  const { entry, inClearing } = (await payout('100.00', {
    amount: { amount: '100.00', currency: 'EUR' },
  })) as Payload & { readonly entry: { readonly lines: readonly object[] } }
  expect(inClearing).toEqual({ amount: '0.00', currency: 'EUR' })
  expect(entry.lines).toMatchObject([
    { account: { role: 'BANK' }, debit: { amount: '100.00' }, functionalDebit: { amount: '120.00' } },
    {
      account: { role: 'CASH_CLEARING' },
      credit: { amount: '100.00' },
      functionalCredit: { amount: '110.00' },
    },
    { account: { role: 'FX_REALIZED' }, functionalCredit: { amount: '10.00' } },
  ])
})

it('50 times at once is posted once, and so is one reference under two keys', async () => {
  await pay('pay_once', { amount: 7_00n })
  const answers = await Promise.all(Array.from({ length: 50 }, () => payout('7.00')))
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
  expect(await payout('7.00', { idempotencyKey: 'another' })).toMatchObject({
    entry: null,
    workflow: { status: 'COMPENSATED' },
    userErrors: [{ code: 'DUPLICATE_ID', field: 'reference' }],
  })
})

describe('what cannot be', () => {
  it.each([
    ['nothing', { amount: usd('0.00') }, 'AMOUNT_INVALID', 'amount'],
    ['more decimals than there are', { amount: usd('1.005') }, 'AMOUNT_TOO_PRECISE', 'amount'],
    ['an unknown company', { legalEntityId: 'ent_none' }, 'REFERENCE_MISSING', 'legalEntityId'],
    ['no reference', { reference: ' ' }, 'REFERENCE_MISSING', 'reference'],
  ])('%s starts nothing', async (_, fields, code, field) => {
    expect(await payout('1.00', fields)).toMatchObject({
      entry: null,
      workflow: null,
      userErrors: [{ code, field }],
    })
  })

  it('a day without books waits for accounting', async () => {
    expect(await payout('1.00', { paidOn: '2010-01-01' })).toMatchObject({
      entry: null,
      workflow: { status: 'EXCEPTION' },
    })
  })
})

it('leaves the books in order', async () => {
  const invariants = [...billingInvariants, ...erpInvariants, ...crossInvariants]
  const findings = await checkInvariants(world.database.owner, invariants)
  expect(findings.filter(({ ids }) => ids.length > 0)).toEqual([])
})
