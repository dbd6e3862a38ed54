/** What reports are reckoned from: roll-forwards, buckets of days, and documents as they stood on a day. */
import { describe, expect, it } from 'vitest'
import { bucketsUpTo, ageingBuckets } from '#domain/ageing.ts'
import { documentsOn } from '#domain/as-of.ts'
import { rollForward } from '#domain/roll-forward.ts'
import { holdings, trialBalance } from '#domain/trial-balance.ts'
import { creditNoteFact, day, invoiceFact, paymentFact, refundFact } from './documents.ts'

describe('a roll-forward', () => {
  it('opens each period with what the one before closed with, also after one without a movement', () => {
    const movements = [
      { billed: 100n, recognized: 30n, adjusted: 0n },
      undefined,
      { billed: 0n, recognized: 50n, adjusted: -25n },
    ]
    expect(rollForward(5n, movements).map(({ opening, closing }) => [opening, closing])).toEqual([
      [5n, 75n],
      [75n, 75n],
      [75n, 0n],
    ])
  })
})

describe('ageing buckets', () => {
  it('have the published names for the published days', () => {
    expect(bucketsUpTo([0, 30, 60, 90])).toEqual({ value: ageingBuckets })
    expect(bucketsUpTo([7]).value?.map(({ bucket }) => bucket)).toEqual(['up-to-7', 'over-7'])
  })

  it.each([[[]], [[30, 30]], [[60, 30]], [[-1]], [[0.5]], [Array.from({ length: 12 }, (_, days) => days)]])(
    'of %j are refused',
    (days) => {
      expect(bucketsUpTo(days)).toMatchObject({ violations: [{ code: 'RANGE_INVALID', field: 'buckets' }] })
    },
  )
})

describe('documents on a day', () => {
  const none = { invoices: [], payments: [], creditNotes: [], refunds: [], disputes: [] }
  const on = (date: string, documents: object) => documentsOn(day(date), { ...none, ...documents })

  it.each([
    ['before it is issued', '2026-01-09', []],
    ['from its issue on', '2026-01-10', ['ISSUED']],
    ['until the day before it is cancelled', '2026-02-01', ['ISSUED']],
    ['from the day on which it is cancelled', '2026-02-02', ['VOID']],
  ])('an invoice that is cancelled later, %s', (_, date, lifecycles) => {
    const invoice = invoiceFact({
      issueDate: day('2026-01-10'),
      lifecycle: 'VOID',
      closedOn: day('2026-02-02'),
    })
    expect(on(date, { invoices: [invoice] }).invoices.map(({ lifecycle }) => lifecycle)).toEqual(lifecycles)
  })

  it('a credit note counts until it is cancelled, payments and refunds from their own days on', () => {
    const creditNotes = [
      creditNoteFact({ issuedOn: day('2026-01-15'), status: 'VOID', voidedOn: day('2026-03-01') }),
    ]
    const payments = [paymentFact({ receivedOn: day('2026-01-20') })]
    const refunds = [refundFact({ refundedOn: day('2026-02-01') })]
    const statuses = (date: string) => {
      const found = on(date, { creditNotes, payments, refunds })
      return [
        found.creditNotes.map(({ status }) => status).join(''),
        found.payments.length,
        found.refunds.length,
      ]
    }
    expect(statuses('2026-01-14')).toEqual(['', 0, 0])
    expect(statuses('2026-01-20')).toEqual(['ISSUED', 1, 0])
    expect(statuses('2026-02-28')).toEqual(['ISSUED', 1, 1])
    expect(statuses('2026-03-01')).toEqual(['VOID', 1, 1])
  })
})

it('an account holds its currencies, and what is worth something alone in that of the books', () => {
  const { accounts } = trialBalance([
    {
      accountId: 'a',
      currency: 'USD',
      debit: 100n,
      credit: 30n,
      functionalDebit: 95n,
      functionalCredit: 27n,
      worthAlone: 5n,
    },
  ])
  expect(accounts.map((account) => holdings(account, 'EUR'))).toEqual([
    [
      { currency: 'EUR', amount: 5n },
      { currency: 'USD', amount: 70n },
    ],
  ])
})
