// What becomes of a payment: it settles, is refunded and is disputed, each once for a step.
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import type { PaymentDraft } from '#domain/payment-draft.ts'
import { ownId } from '#platform/own-facts.ts'
import { closeDispute, openDispute } from '#subgraphs/billing/commands/dispute-payment.ts'
import { recordPayment } from '#subgraphs/billing/commands/record-payment.ts'
import { refundPayment } from '#subgraphs/billing/commands/refund-payment.ts'
import { settlePayment } from '#subgraphs/billing/commands/settle-payment.ts'
import { day, refundFact } from '#test/domain/documents.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { eventsOf, record } from '../support.ts'
import {
  atOnce,
  AT_ONCE,
  effect,
  expectOneEffect,
  expectRefusal,
  expectSoundBooks,
  invoiceOf,
  issue,
  madeInStripe,
  openDesk,
  paymentDraft,
  paymentOf,
  valueOf,
} from './desk.ts'

let database: TestDatabase
let invoiceId: string
beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(async () => {
  await database.reset()
  await openDesk(database)
  invoiceId = await issue(database, 'wfl_0/invoice')
})
afterAll(() => database.close())

const db = () => database.of('billing')

async function pay(fields: Partial<PaymentDraft> = {}, key = 'wfl_0/payment'): Promise<string> {
  const draft = paymentDraft({ allocations: [{ invoiceId, amount: 10_000n }], ...fields })
  return valueOf(await recordPayment(db(), effect(key), draft)).paymentId
}

type Settling = Parameters<typeof settlePayment>[2]
const settle = (paymentId: string, fields: Partial<Settling> = {}, key = 'wfl_1/settle') =>
  settlePayment(db(), effect(key), {
    paymentId,
    outcome: 'SUCCEEDED',
    settledAt: Temporal.Instant.from('2026-06-18T02:00:00Z'),
    fee: 35n,
    failureCode: null,
    failureMessage: null,
    ...fields,
  })

type Refunding = Parameters<typeof refundPayment>[2]
const refund = (paymentId: string, fields: Partial<Refunding> = {}, key = 'wfl_1/refund') =>
  refundPayment(db(), effect(key), {
    paymentId,
    currency: 'USD',
    amount: 4_000n,
    reason: 'Goodwill',
    refundedOn: day('2026-06-20'),
    creditNoteId: null,
    ...fields,
  })

type Opening = Parameters<typeof openDispute>[2]
const dispute = (paymentId: string, fields: Partial<Opening> = {}, key = 'wfl_1/dispute') =>
  openDispute(db(), effect(key), {
    paymentId,
    currency: 'USD',
    amount: 10_000n,
    fundsWithdrawn: true,
    reason: 'fraudulent',
    openedOn: day('2026-06-20'),
    evidenceDueOn: day('2026-07-04'),
    ...fields,
  })

const close = (disputeId: string, closedOn = '2026-08-01', key = 'wfl_2/dispute') =>
  closeDispute(db(), effect(key), { disputeId, outcome: 'WON', closedOn: day(closedOn) })

describe('a payment that settles later', () => {
  test('pays its invoice once it succeeds, on the day on which it did', async () => {
    const paymentId = await pay({ outcome: 'PENDING' })
    await expectOneEffect(database, () => settle(paymentId))
    expect(await paymentOf(database, paymentId)).toMatchObject({
      status: 'SUCCEEDED',
      fee: 35n,
      receivedOn: day('2026-06-17'),
      allocations: [{ applied: 10_000n }],
    })
    expect(await invoiceOf(database, invoiceId)).toMatchObject({ status: 'PAID', paidOn: day('2026-06-17') })
    expect(await eventsOf(database, paymentId)).toEqual(['payment.created', 'payment.received'])
    await expectSoundBooks(database)
  })

  test('leaves its invoice owed where it fails', async () => {
    const paymentId = await pay({ outcome: 'PENDING' })
    await expectOneEffect(database, () =>
      settle(paymentId, { outcome: 'FAILED', fee: 0n, failureCode: 'insufficient_funds' }),
    )
    expect(await paymentOf(database, paymentId)).toMatchObject({
      status: 'FAILED',
      failureCode: 'insufficient_funds',
      unapplied: 0n,
    })
    expect(await invoiceOf(database, invoiceId)).toMatchObject({ status: 'OPEN', balance: 10_000n })
  })

  test('is cash on account where its invoice was paid meanwhile', async () => {
    const paymentId = await pay({ outcome: 'PENDING' })
    await pay({}, 'wfl_2/payment')
    await settle(paymentId)
    expect(await paymentOf(database, paymentId)).toMatchObject({ status: 'SUCCEEDED', unapplied: 10_000n })
    await expectSoundBooks(database)
  })

  test('settles at once with others for its invoice, while one is refunded and disputed', async () => {
    const kept = await pay({ amount: 1_000n, allocations: [{ invoiceId, amount: 1_000n }] })
    const pending = await Promise.all(
      ['a', 'b', 'c', 'd'].map((key) =>
        pay({ outcome: 'PENDING', amount: 1_000n, allocations: [{ invoiceId, amount: 1_000n }] }, key),
      ),
    )
    const part = { amount: 500n, allocations: [{ invoiceId, amount: 500n }] }
    await atOnce<unknown>([
      ...pending.map((id) => () => settle(id, {}, `wfl_${id}/settle`)),
      ...['e', 'f', 'g'].map((key) => () => pay(part, key)),
      () => refund(kept, { amount: 300n }),
      () => dispute(kept, { amount: 100n }),
    ])
    expect(await invoiceOf(database, invoiceId)).toMatchObject({ allocated: 6_500n, balance: 3_500n })
    await expectSoundBooks(database)
  })

  test('is not settled twice, or for more than it brought', async () => {
    const paymentId = await pay({ outcome: 'PENDING' })
    await expectRefusal(database, () => settle(paymentId, { fee: 10_001n }), ['AMOUNT_INVALID fee'])
    await expectRefusal(database, () => settle(paymentId, { outcome: 'FAILED', fee: 1n }), [
      'AMOUNT_INVALID fee',
    ])
    await expectRefusal(database, () => settle('pay_none'), ['REFERENCE_MISSING paymentId'])
    await settle(paymentId)
    await expectRefusal(database, () => settle(paymentId, {}, 'wfl_2/settle'), ['STATUS_FORBIDS paymentId'])
  })
})

describe('a refund', () => {
  it('is made once, and takes what is on account first', async () => {
    const paymentId = await pay({ amount: 11_000n })
    await expectOneEffect(database, () => refund(paymentId))
    expect(await paymentOf(database, paymentId)).toMatchObject({
      status: 'PARTIALLY_REFUNDED',
      refunded: 4_000n,
      unapplied: 0n,
    })
    expect((await eventsOf(database, paymentId)).at(-1)).toBe('payment.refunded')
    await expectSoundBooks(database)
  })

  test.each<{ name: string; fields: Partial<Refunding>; refused: readonly string[] }>([
    { name: 'nothing', fields: { amount: 0n }, refused: ['AMOUNT_NOT_POSITIVE amount'] },
    { name: 'more than came', fields: { amount: 10_001n }, refused: ['REFUND_EXCEEDS_PAYMENT amount'] },
    { name: 'another currency', fields: { currency: 'EUR' }, refused: ['CURRENCY_MISMATCH currency'] },
    { name: 'before it came', fields: { refundedOn: day('2026-06-14') }, refused: ['DATE_ORDER refundedOn'] },
    {
      name: 'for no credit note',
      fields: { creditNoteId: 'crn_x' },
      refused: ['REFERENCE_MISSING creditNoteId'],
    },
    { name: 'of no payment', fields: { paymentId: 'pay_none' }, refused: ['REFERENCE_MISSING paymentId'] },
  ])('is refused: $name', async ({ fields, refused }) => {
    const paymentId = await pay()
    await expectRefusal(database, () => refund(paymentId, fields), refused)
  })

  it('is refused of a payment that did not arrive, or that the bank called back', async () => {
    const pending = await pay({ outcome: 'PENDING' })
    await expectRefusal(database, () => refund(pending), ['STATUS_FORBIDS paymentId'])
    const disputed = await pay({}, 'wfl_2/payment')
    await dispute(disputed)
    await expectRefusal(database, () => refund(disputed), ['STATUS_FORBIDS paymentId'])
  })

  it('of 50 at once, no more than the payment is given back', async () => {
    const paymentId = await pay()
    const outcomes = await atOnce(
      Array.from(
        { length: AT_ONCE },
        (_, place) => () => refund(paymentId, { amount: 900n }, `wfl_${place}/refund`),
      ),
    )
    expect(outcomes.filter(({ violations }) => violations === undefined)).toHaveLength(11)
    expect(await paymentOf(database, paymentId)).toMatchObject({ refunded: 9_900n })
    await expectSoundBooks(database)
  })
})

describe('a dispute', () => {
  it('is opened once and closed once', async () => {
    const paymentId = await pay()
    const { disputeId } = await expectOneEffect(database, () => dispute(paymentId))
    expect(await paymentOf(database, paymentId)).toMatchObject({ status: 'DISPUTED' })
    await expectOneEffect(database, () => close(disputeId))
    expect(await paymentOf(database, paymentId)).toMatchObject({ status: 'SUCCEEDED' })
    expect(await eventsOf(database, disputeId)).toEqual(['dispute.opened', 'dispute.closed'])
    await expectSoundBooks(database)
  })

  test.each<{ name: string; fields: Partial<Opening>; refused: readonly string[] }>([
    { name: 'about nothing', fields: { amount: 0n }, refused: ['AMOUNT_NOT_POSITIVE amount'] },
    { name: 'about more than came', fields: { amount: 10_001n }, refused: ['AMOUNT_INVALID amount'] },
    { name: 'in another currency', fields: { currency: 'EUR' }, refused: ['CURRENCY_MISMATCH currency'] },
    { name: 'before it came', fields: { openedOn: day('2026-06-14') }, refused: ['DATE_ORDER openedOn'] },
    { name: 'of no payment', fields: { paymentId: 'pay_none' }, refused: ['REFERENCE_MISSING paymentId'] },
  ])('is not opened $name', async ({ fields, refused }) => {
    const paymentId = await pay()
    await expectRefusal(database, () => dispute(paymentId, fields), refused)
  })

  it('is not opened twice at once, nor closed twice', async () => {
    const paymentId = await pay()
    const { disputeId } = valueOf(await dispute(paymentId))
    await expectRefusal(database, () => dispute(paymentId, {}, 'wfl_9/dispute'), ['STATUS_FORBIDS paymentId'])
    await expectRefusal(database, () => close(disputeId, '2026-06-19'), ['DATE_ORDER closedOn'])
    await expectRefusal(database, () => close('dsp_none'), ['REFERENCE_MISSING disputeId'])
    await close(disputeId)
    await expectRefusal(database, () => close(disputeId, '2026-08-01', 'wfl_9/dispute'), [
      'STATUS_FORBIDS disputeId',
    ])
  })
})

test('a refund that failed outside does not stand for the one that was made there after it', async () => {
  const paymentId = await pay()
  const failed = refundFact({
    id: ownId('refund', 'wfl_1/refund'),
    externalRefs: [madeInStripe('refund', 're_1')],
    paymentId,
    status: 'FAILED',
    amount: 4_000n,
  })
  await record(database, { refunds: [failed] })
  valueOf(await refund(paymentId, { madeAs: madeInStripe('refund', 're_2') }))
  expect(await paymentOf(database, paymentId)).toMatchObject({ refunded: 4_000n })
  await expectSoundBooks(database)
})
