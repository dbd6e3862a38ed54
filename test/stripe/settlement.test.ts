import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sum } from '#domain/money.ts'
import { settle, type Settled } from '#domain/settlement.ts'
import {
  planSettlement,
  type CreditGiven,
  type InvoiceDue,
  type MoneyIn,
} from '#subgraphs/billing/stripe/allocate.ts'
import type { StripeObject } from '#subgraphs/billing/stripe/fields.ts'
import {
  at,
  charge,
  creditNote,
  factOf,
  gapNames,
  invoice,
  line,
  list,
  mapAll,
  paidInvoice,
  paymentIntent,
  refund,
  type Mapped,
} from './fixtures.ts'

describe('what Stripe calls settled is settled by our rules', () => {
  test('a payment intent pays its invoice', () => {
    const { mapped, state } = settled([paidInvoice(), paymentIntent(), charge()])
    expect(state('invoices', 'in_1')).toMatchObject({ status: 'PAID', allocated: 2000n, balance: 0n })
    expect(mapped.facts.payments).toHaveLength(1)
  })

  test('an invoice marked as paid elsewhere gets a payment of its own; its cancelled intent stays a failure', () => {
    const { mapped, state } = settled([
      paidInvoice(),
      paymentIntent({ status: 'canceled', amount_received: 0 }),
    ])
    expect(state('invoices', 'in_1')).toMatchObject({ status: 'PAID', allocated: 2000n })
    expect(factOf(mapped, 'payments', 'in_1')).toMatchObject({
      outcome: 'SUCCEEDED',
      method: 'OTHER',
      amount: 2000n,
    })
    expect(factOf(mapped, 'payments', 'pi_1').outcome).toBe('FAILED')
    expect(gapNames(mapped)).toEqual([])
  })

  test('what a payment of ours settled elsewhere is ours: of it, or a refund, our own id alone tells', () => {
    const noted = { metadata: { revgraph_payment: 'in_1 pay_ours' } }
    const { facts } = mapAll([paidInvoice(noted), creditNote({ out_of_band_amount: 500 })])
    expect(facts.payments).toEqual([])
    expect(facts.refunds).toMatchObject([{ paymentId: 'pay_ours', amount: 500n }])
  })

  test('one payment of ours that settled two invoices is told by neither', () => {
    const invoices = ['in_1', 'in_2'].map((id) =>
      paidInvoice({ id, metadata: { revgraph_payment: `${id} pay_ours` } }),
    )
    expect(mapAll(invoices).facts.payments).toEqual([])
  })

  test('beside a payment of ours, what Stripe itself took of the invoice stays a payment', () => {
    const half = { amount: 800, amount_received: 800 }
    const noted = { metadata: { revgraph_payment: 'in_1 pay_ours' } }
    const { facts } = mapAll([paidInvoice(noted), paymentIntent(half)])
    expect(facts.payments).toMatchObject([{ amount: 800n, allocations: [{ amount: 800n }] }])
  })

  test('a copy of an invoice that a payment of ours settled was paid by another one', () => {
    const copy = paidInvoice({ id: 'in_2', metadata: { revgraph_payment: 'in_1 pay_ours' } })
    expect(mapAll([copy]).facts.payments).toMatchObject([{ amount: 2000n }])
  })

  test('the rest beyond a part payment stays open', () => {
    const half = { amount: 800, amount_received: 800 }
    const { state } = settled([invoice({ amount_paid: 800, amount_remaining: 1200 }), paymentIntent(half)])
    expect(state('invoices', 'in_1')).toMatchObject({ status: 'PARTIALLY_PAID', balance: 1200n })
  })

  test('a payment that the invoice names but that is not there is made under the id of the named one', () => {
    const late = [paymentIntent()]
    const before = settled([paidInvoice({ payment_intent: 'pi_1' })])
    expect(before.state('invoices', 'in_1').status).toBe('PAID')
    expect(gapNames(before.mapped)).toEqual(['DANGLING_REFERENCE invoice.payment_intent'])
    const after = settled([paidInvoice({ payment_intent: 'pi_1' }), ...late])
    expect(after.mapped.facts.payments.map(({ id }) => id)).toEqual(
      before.mapped.facts.payments.map(({ id }) => id),
    )
    expect(gapNames(after.mapped)).toEqual([])
  })

  test('an invoice that was marked as paid elsewhere does not count on the payment that it names', () => {
    const { mapped, state } = settled([paidInvoice({ payment_intent: 'pi_gone', paid_out_of_band: true })])
    expect(state('invoices', 'in_1').status).toBe('PAID')
    expect(mapped.facts.payments[0]?.externalRefs[0]).toMatchObject({
      objectType: 'invoice_payment',
      externalId: 'in_1',
    })
    expect(gapNames(mapped)).toEqual(['DANGLING_REFERENCE invoice.payment_intent'])
  })

  test('a charge without payment intent is a payment; one whose intent is not there stands in for it', () => {
    const old = settled([paidInvoice({ charge: 'ch_1' }), charge({ payment_intent: null })])
    expect(factOf(old.mapped, 'payments', 'ch_1')).toMatchObject({ amount: 2000n, fee: 88n })
    expect(old.state('invoices', 'in_1').status).toBe('PAID')
    const orphan = settled([paidInvoice({ charge: 'ch_1' }), charge()])
    expect(orphan.state('invoices', 'in_1').status).toBe('PAID')
    expect(gapNames(orphan.mapped)).toEqual(['DANGLING_REFERENCE charge.payment_intent'])
    const whole = settled([paidInvoice(), paymentIntent(), charge()])
    expect(orphan.mapped.facts.payments[0]?.id).toBe(whole.mapped.facts.payments[0]?.id)
  })

  test('of several charges of one payment intent the one that succeeded tells its story', () => {
    const failed = charge({
      id: 'ch_0',
      status: 'failed',
      failure_code: 'card_declined',
      balance_transaction: null,
      created: at('2026-02-05'),
    })
    const { mapped } = settled([
      paidInvoice(),
      paymentIntent(),
      charge({ created: at('2026-02-04') }),
      failed,
    ])
    expect(mapped.facts.payments).toMatchObject([
      { fee: 88n, failureCode: null, receivedOn: day('2026-02-04') },
    ])
  })

  test('a fee in another currency is left out, with a word about it', () => {
    const { mapped } = settled([
      paidInvoice(),
      paymentIntent(),
      charge({ balance_transaction: { fee: 80, currency: 'eur' } }),
    ])
    expect(mapped.facts.payments).toMatchObject([{ fee: 0n }])
    expect(gapNames(mapped)).toEqual(['APPROXIMATED payment_intent.balance_transaction.fee'])
  })

  test('a credit note before payment takes its part; the payment settles the rest', () => {
    const before = creditNote({ pre_payment_amount: 500, post_payment_amount: 0 })
    const { state } = settled([
      paidInvoice({ pre_payment_credit_notes_amount: 500, amount_paid: 1500 }),
      paymentIntent({ amount: 1500, amount_received: 1500 }),
      before,
    ])
    expect(state('invoices', 'in_1')).toMatchObject({ status: 'PAID', allocated: 1500n, credited: 500n })
    expect(state('payments', 'pi_1').unapplied).toBe(0n)
  })

  test('a credit note after payment, refunded: the refund takes what it freed', () => {
    const note = creditNote({ refunds: [{ refund: 're_1', amount_refunded: 500 }] })
    const { state } = settled([paidInvoice(), paymentIntent(), note, refund()])
    expect(state('invoices', 'in_1')).toMatchObject({
      status: 'PAID',
      allocated: 1500n,
      credited: 500n,
      balance: 0n,
    })
    expect(state('payments', 'pi_1')).toMatchObject({ status: 'PARTIALLY_REFUNDED', unapplied: 0n })
  })

  test('a credit note after payment, given back outside of Stripe: a refund is made of it', () => {
    const { mapped, state } = settled([
      paidInvoice(),
      paymentIntent(),
      creditNote({ out_of_band_amount: 500 }),
    ])
    expect(mapped.facts.refunds).toMatchObject([
      { amount: 500n, status: 'SUCCEEDED', creditNoteId: factOf(mapped, 'creditNotes', 'cn_1').id },
    ])
    expect(state('payments', 'pi_1')).toMatchObject({ status: 'PARTIALLY_REFUNDED', unapplied: 0n })
  })

  test('a credit note onto the balance: the cash waits on account and pays the next invoice', () => {
    const note = creditNote({ customer_balance_transaction: 'cbtxn_1' })
    const next = paidInvoice({
      id: 'in_2',
      number: 'ADA-0002',
      total: 300,
      amount_paid: 0,
      starting_balance: -500,
      ending_balance: -200,
      lines: list([line({ id: 'il_2', amount: 300 })]),
      status_transitions: { finalized_at: at('2026-03-01'), paid_at: at('2026-03-01') },
    })
    const first = settled([paidInvoice(), paymentIntent(), note])
    expect(first.state('payments', 'pi_1').unapplied).toBe(500n)
    const { mapped, state } = settled([paidInvoice(), paymentIntent(), note, next])
    expect(state('invoices', 'in_2')).toMatchObject({ status: 'PAID', allocated: 300n })
    expect(state('payments', 'pi_1').unapplied).toBe(200n)
    expect(mapped.facts.payments).toHaveLength(1)
    expect(gapNames(mapped)).toEqual([])
  })

  test('credit that is younger than an invoice cannot have paid it', () => {
    const note = creditNote({ customer_balance_transaction: 'cbtxn_1', created: at('2026-04-01') })
    const used = { amount_paid: 0, starting_balance: -2000, ending_balance: 0 }
    const next = paidInvoice({ id: 'in_2', number: 'ADA-0002', lines: list([line({ id: 'il_2' })]), ...used })
    const { mapped, state } = settled([paidInvoice(), paymentIntent(), note, next])
    expect(state('payments', 'pi_1').unapplied).toBe(500n)
    expect(gapNames(mapped)).toEqual(['DANGLING_REFERENCE invoice.starting_balance'])
  })

  test('balance of unknown origin pays as a payment of its own, with a word about it', () => {
    const { mapped, state } = settled([
      paidInvoice({ amount_paid: 0, starting_balance: -2000, ending_balance: 0 }),
    ])
    expect(state('invoices', 'in_1').status).toBe('PAID')
    expect(mapped.facts.payments[0]?.externalRefs[0]?.objectType).toBe('customer_balance')
    expect(gapNames(mapped)).toEqual(['DANGLING_REFERENCE invoice.starting_balance'])
  })

  test('one payment for two invoices is shared as Stripe shares it', () => {
    const { state } = settled([
      paidInvoice(),
      paidInvoice({ id: 'in_2', number: 'ADA-0002', lines: list([line({ id: 'il_2' })]) }),
      paymentIntent({ amount: 4000, amount_received: 4000, payment_details: null }),
      part('inpay_1', 'in_1', 2000),
      part('inpay_2', 'in_2', 2000),
    ])
    expect([state('invoices', 'in_1').status, state('invoices', 'in_2').status]).toEqual(['PAID', 'PAID'])
  })

  test('a void invoice owes nothing, an uncollectible one writes off what is left', () => {
    const left = { amount_remaining: 2000 }
    const { state } = settled([
      invoice({ status: 'void', status_transitions: { voided_at: at('2026-02-09') }, ...left }),
      invoice({ id: 'in_2', status: 'uncollectible', ...left }),
    ])
    expect(state('invoices', 'in_1')).toMatchObject({ status: 'VOID', balance: 0n })
    expect(state('invoices', 'in_2')).toMatchObject({ status: 'UNCOLLECTIBLE', writtenOff: 2000n })
  })
})

describe('the plan', () => {
  const amount = fc.bigInt(0n, 10_000n)
  const dues = fc
    .array(fc.record({ settled: amount, share: fc.nat(4), at: fc.bigInt(0n, 9n) }), { maxLength: 8 })
    .map((rows) =>
      rows.map((row, index): InvoiceDue => ({
        externalId: `in_${index}`,
        customer: `cus_${index % 2}`,
        currency: 'USD',
        settled: row.settled,
        fromBalance: (row.settled * BigInt(row.share)) / 4n,
        at: row.at,
        names: [],
      })),
    )
  const payments = fc
    .array(
      fc.record({
        amount,
        at: fc.bigInt(0n, 9n),
        captured: fc.boolean(),
        invoice: fc.nat(8),
        second: fc.nat(8),
      }),
      {
        maxLength: 8,
      },
    )
    .map((rows) =>
      rows.map((row, index): MoneyIn => ({
        ref: { objectType: 'payment_intent', externalId: `pi_${index}` },
        customer: null,
        currency: 'USD',
        amount: row.amount,
        captured: row.captured,
        at: row.at,
        invoices: new Map([row.invoice, row.second].map((target) => [`in_${target}`, null])),
      })),
    )
  const credits = fc
    .array(fc.record({ toBalance: amount, outOfBand: amount, at: fc.bigInt(0n, 9n), invoice: fc.nat(8) }), {
      maxLength: 4,
    })
    .map((rows) =>
      rows.map(({ invoice: target, ...row }, index): CreditGiven => ({
        ...row,
        externalId: `cn_${index}`,
        invoice: `in_${target}`,
        customer: `cus_${target % 2}`,
        currency: 'USD',
      })),
    )

  test('settles each invoice by what Stripe says, never by more than there is', () => {
    fc.assert(
      fc.property(dues, payments, credits, (invoices, money, given) => {
        const plan = planSettlement(invoices, money, given)
        const made = [...plan.made.values()].flat()
        const captured = new Set(
          money.filter((it) => it.captured).map((it) => `payment_intent:${it.ref.externalId}`),
        )
        const shares = [...plan.allocations].flatMap(([key, parts]) =>
          [...parts].map(([target, share]) => ({ key, target, share })),
        )
        for (const due of invoices) {
          const paid = sum(
            shares
              .filter(
                (it) =>
                  it.target === due.externalId &&
                  (captured.has(it.key) || !it.key.startsWith('payment_intent')),
              )
              .map((it) => it.share),
          )
          const credited = given.filter((it) => it.invoice === due.externalId)
          const takenBack = sum(credited.map((it) => it.toBalance + it.outOfBand))
          expect(paid <= due.settled).toBe(true)
          expect(paid + takenBack >= due.settled).toBe(true)
        }
        for (const it of money) {
          const parts = shares.filter(({ key }) => key === `payment_intent:${it.ref.externalId}`)
          expect(sum(parts.map(({ share }) => share)) <= it.amount).toBe(true)
        }
        for (const it of made) {
          const key = `${it.ref.objectType}:${it.ref.externalId}`
          expect(
            sum(shares.filter((share) => share.key === key).map(({ share }) => share)) <= it.amount,
          ).toBe(true)
        }
        expect(shares.every(({ share }) => share > 0n)).toBe(true)
      }),
    )
  })
})

/** A part of one payment, for one invoice. */
const part = (id: string, ofInvoice: string, paid: number): StripeObject => ({
  id,
  object: 'invoice_payment',
  invoice: ofInvoice,
  amount_paid: paid,
  currency: 'usd',
  payment: { type: 'payment_intent', payment_intent: 'pi_1' },
  status: 'paid',
})

interface Story {
  readonly mapped: Mapped
  state: <Kind extends 'invoices' | 'payments'>(
    kind: Kind,
    externalId: string,
  ) => NonNullable<ReturnType<Settled[Kind]['get']>>
}

/** Maps objects and settles what they become; nothing may contradict itself. */
function settled(objects: readonly StripeObject[]): Story {
  const mapped = mapAll(objects)
  const result = settle(mapped.facts)
  expect(result.violations).toEqual([])
  return {
    mapped,
    state: (kind, externalId) => {
      const state = result[kind].get(factOf(mapped, kind, externalId).id)
      if (state === undefined) throw new Error(`${externalId} is not settled`)
      return state as never
    },
  }
}

const day = (date: string) => Temporal.PlainDate.from(date)
