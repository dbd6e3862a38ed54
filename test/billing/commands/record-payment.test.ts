// Payments are recorded once for a step, and settle what they are meant for or nothing.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PaymentDraft } from '#domain/payment-draft.ts'
import { recordPayment } from '#subgraphs/billing/commands/record-payment.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { eventsOf } from '../support.ts'
import {
  AT_ONCE,
  atOnce,
  draftLine,
  effect,
  expectOneEffect,
  expectRefusal,
  expectSoundBooks,
  invoiceOf,
  issue,
  openDesk,
  paymentDraft,
  paymentOf,
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

const command = (draft: PaymentDraft, key = 'wfl_1/payment') =>
  recordPayment(database.of('billing'), effect(key), draft)

test('a payment is recorded once, whatever tries it, on the day that it was in its company', async () => {
  const draft = paymentDraft({
    receivedAt: Temporal.Instant.from('2026-06-15T01:00:00Z'),
    allocations: [{ invoiceId, amount: 6_000n }],
  })
  const { paymentId } = await expectOneEffect(database, () => command(draft))
  const payment = await paymentOf(database, paymentId)
  expect(payment).toMatchObject({
    status: 'SUCCEEDED',
    unapplied: 4_000n,
    allocations: [{ applied: 6_000n }],
  })
  expect(payment?.receivedOn.toString()).toBe('2026-06-14')
  expect(await invoiceOf(database, invoiceId)).toMatchObject({ status: 'PARTIALLY_PAID', balance: 4_000n })
  expect(await eventsOf(database, paymentId)).toEqual(['payment.received'])
  expect(await eventsOf(database, invoiceId)).toEqual(['invoice.issued', 'invoice.changed'])
  await expectSoundBooks(database)
})

test('a payment that settles later takes nothing yet', async () => {
  const draft = paymentDraft({ outcome: 'PENDING', allocations: [{ invoiceId, amount: 10_000n }] })
  const { paymentId } = await expectOneEffect(database, () => command(draft))
  expect(await paymentOf(database, paymentId)).toMatchObject({ status: 'PENDING', unapplied: 0n })
  expect(await invoiceOf(database, invoiceId)).toMatchObject({ status: 'OPEN', balance: 10_000n })
})

interface Refusal {
  readonly name: string
  readonly draft: () => Partial<PaymentDraft>
  readonly refused: readonly string[]
}

const to = (amount: bigint): Pick<PaymentDraft, 'allocations'> => ({ allocations: [{ invoiceId, amount }] })

const refusals: readonly Refusal[] = [
  { name: 'of nothing', draft: () => ({ amount: 0n }), refused: ['AMOUNT_NOT_POSITIVE amount'] },
  {
    name: 'that costs more than it brings',
    draft: () => ({ fee: 10_001n }),
    refused: ['AMOUNT_INVALID fee'],
  },
  {
    name: 'that is less than its parts',
    draft: () => ({ amount: 9_999n, ...to(10_000n) }),
    refused: ['ALLOCATION_EXCEEDS_PAYMENT allocations'],
  },
  {
    name: 'of more than is owed',
    draft: () => ({ amount: 10_001n, ...to(10_001n) }),
    refused: ['ALLOCATION_EXCEEDS_BALANCE allocations.0.amount'],
  },
  {
    name: 'in a foreign currency',
    draft: () => ({ currency: 'EUR', ...to(10_000n) }),
    refused: ['CURRENCY_MISMATCH currency'],
  },
  {
    name: 'of another customer',
    draft: () => ({ customerId: 'customer-2', ...to(10_000n) }),
    refused: ['CUSTOMER_MISMATCH allocations.0.invoiceId'],
  },
  {
    name: 'to another company',
    draft: () => ({ legalEntityId: 'entity-2', ...to(10_000n) }),
    refused: ['LEGAL_ENTITY_MISMATCH allocations.0.invoiceId'],
  },
  {
    name: 'for an invoice that is not there',
    draft: () => ({ allocations: [{ invoiceId: 'inv_none', amount: 1n }] }),
    refused: ['REFERENCE_MISSING allocations.0.invoiceId'],
  },
  {
    name: 'that names an invoice twice',
    draft: () => ({
      allocations: [
        { invoiceId, amount: 5_000n },
        { invoiceId, amount: 5_000n },
      ],
    }),
    refused: ['DUPLICATE_ID allocations'],
  },
]

describe('refuses a payment', () => {
  test.each(refusals)('$name', ({ draft, refused }) =>
    expectRefusal(database, () => command(paymentDraft(draft())), refused),
  )

  test('for an invoice that is paid', async () => {
    await command(paymentDraft(to(10_000n)))
    await expectRefusal(database, () => command(paymentDraft(to(1n)), 'wfl_2/payment'), [
      'STATUS_FORBIDS allocations.0.invoiceId',
    ])
  })
})

test('of 50 payments at once for two invoices, only what is owed is taken', async () => {
  const other = await issue(database, 'wfl_9/invoice', { lines: [draftLine(5_000n)] })
  const outcomes = await atOnce(
    Array.from(
      { length: AT_ONCE },
      (_, place) => () =>
        command(
          paymentDraft({
            amount: 1_000n,
            allocations: [{ invoiceId: place % 2 === 0 ? other : invoiceId, amount: 1_000n }],
          }),
          `wfl_${place}/payment`,
        ),
    ),
  )
  expect(outcomes.filter(({ violations }) => violations === undefined)).toHaveLength(15)
  expect(await invoiceOf(database, invoiceId)).toMatchObject({ status: 'PAID', balance: 0n })
  expect(await invoiceOf(database, other)).toMatchObject({ status: 'PAID', balance: 0n })
  await expectSoundBooks(database)
})
