import { describe, expect, it } from 'vitest'
import {
  charge,
  creditNote,
  customer,
  dispute,
  factOf,
  gapNames,
  invoice,
  line,
  list,
  mapAll,
  paymentIntent,
  refund,
  subscription,
} from './fixtures.ts'

describe('words', () => {
  it.each([
    ['incomplete', 'INCOMPLETE'],
    ['incomplete_expired', 'INCOMPLETE_EXPIRED'],
    ['trialing', 'TRIALING'],
    ['active', 'ACTIVE'],
    ['past_due', 'PAST_DUE'],
    ['canceled', 'CANCELED'],
    ['unpaid', 'UNPAID'],
    ['paused', 'PAUSED'],
  ])('a subscription that is %s is %s', (status, ours) => {
    expect(factOf(mapAll([subscription({ status })]), 'subscriptions', 'sub_1').status).toBe(ours)
  })

  it.each([
    ['draft', 'DRAFT'],
    ['deleted', 'DRAFT'],
    ['open', 'ISSUED'],
    ['paid', 'ISSUED'],
    ['void', 'VOID'],
    ['uncollectible', 'UNCOLLECTIBLE'],
  ])('an invoice that is %s is %s', (status, ours) => {
    expect(factOf(mapAll([invoice({ status })]), 'invoices', 'in_1').lifecycle).toBe(ours)
  })

  it.each([
    ['succeeded', null, 'SUCCEEDED', null],
    ['processing', null, 'PENDING', null],
    ['requires_action', null, 'PENDING', null],
    ['requires_capture', null, 'PENDING', null],
    ['requires_confirmation', null, 'PENDING', null],
    ['requires_payment_method', null, 'PENDING', null],
    [
      'requires_payment_method',
      { code: 'card_declined', decline_code: 'insufficient_funds' },
      'FAILED',
      'insufficient_funds',
    ],
    ['requires_payment_method', { code: 'card_declined' }, 'FAILED', 'card_declined'],
    ['canceled', null, 'FAILED', 'canceled'],
    ['succeeded', { code: 'card_declined' }, 'SUCCEEDED', null],
  ])('a payment intent that is %s after the error %j is %s', (status, error, outcome, failureCode) => {
    const mapped = mapAll([invoice(), paymentIntent({ status, last_payment_error: error })])
    expect(factOf(mapped, 'payments', 'pi_1')).toMatchObject({ outcome, failureCode })
  })

  it.each([
    ['pending', 'PENDING'],
    ['requires_action', 'PENDING'],
    ['succeeded', 'SUCCEEDED'],
    ['failed', 'FAILED'],
    ['canceled', 'CANCELED'],
    [null, 'SUCCEEDED'],
  ])('a refund that is %s is %s', (status, ours) => {
    expect(factOf(mapAll([paymentIntent(), refund({ status })]), 'refunds', 're_1').status).toBe(ours)
  })

  it.each([
    ['warning_needs_response', 'NEEDS_RESPONSE', false],
    ['warning_under_review', 'UNDER_REVIEW', false],
    ['warning_closed', 'WON', false],
    ['needs_response', 'NEEDS_RESPONSE', true],
    ['under_review', 'UNDER_REVIEW', true],
    ['won', 'WON', true],
    ['lost', 'LOST', true],
    ['prevented', 'WON', false],
  ])('a dispute that is %s is %s; that it withdrew the money is %s', (status, ours, fundsWithdrawn) => {
    const fact = factOf(mapAll([paymentIntent(), dispute({ status })]), 'disputes', 'dp_1')
    expect(fact).toMatchObject({ status: ours, fundsWithdrawn })
  })

  it('a dispute that moved money withdrew it, whatever its status', () => {
    const moved = dispute({ status: 'warning_closed', balance_transactions: [{ amount: -2000 }] })
    expect(factOf(mapAll([paymentIntent(), moved]), 'disputes', 'dp_1').fundsWithdrawn).toBe(true)
  })

  it.each([
    ['subscription', 'subscriptions', subscription],
    ['invoice', 'invoices', invoice],
    ['payment_intent', 'payments', paymentIntent],
    ['credit_note', 'creditNotes', creditNote],
    ['refund', 'refunds', refund],
    ['dispute', 'disputes', dispute],
  ] as const)('a %s of an unknown status is no fact, but a gap', (objectType, kind, make) => {
    const mapped = mapAll([make({ status: 'teleported' })])
    expect(mapped.facts[kind]).toEqual([])
    const unknown = mapped.gaps.filter(({ kind: gapKind }) => gapKind === 'UNKNOWN_ENUM')
    expect(unknown).toMatchObject([
      { objectType, path: 'status', count: 1, examples: [{ value: 'teleported' }] },
    ])
  })

  it('words of the language itself are unknown words too', () => {
    expect(gapNames(mapAll([refund({ status: 'constructor' })]))).toContain('UNKNOWN_ENUM refund.status')
  })

  it('an unknown detail does not cost the document', () => {
    const mapped = mapAll([
      invoice(),
      paymentIntent(),
      charge({ payment_method_details: { type: 'seashells' } }),
    ])
    expect(factOf(mapped, 'payments', 'pi_1').method).toBe('OTHER')
    expect(gapNames(mapped)).toEqual(['UNKNOWN_ENUM payment_intent.payment_method_details.type'])
  })
})

describe('nothing is dropped silently', () => {
  it('an unknown field that says something is reported, also in a line', () => {
    const mapped = mapAll([
      invoice({
        carbon_offset: 12,
        lines: list([line({ aura: 'blue' })]),
        quiet: null,
        empty: [],
        none: { nested: [] },
      }),
    ])
    expect(gapNames(mapped)).toEqual([
      'UNMAPPED_FIELD invoice.carbon_offset',
      'UNMAPPED_FIELD invoice.lines.aura',
    ])
  })

  it('a reference to an object that is not there keeps its id, under which the object arrives', () => {
    const before = mapAll([invoice({ customer: 'cus_late' })])
    expect(gapNames(before)).toEqual(['DANGLING_REFERENCE invoice.customer'])
    const after = mapAll([invoice({ customer: 'cus_late' }), customer({ id: 'cus_late' })])
    expect(gapNames(after)).toEqual([])
    expect(factOf(after, 'customers', 'cus_late').id).toBe(before.facts.invoices[0]?.customerId)
  })

  it.each([
    ['an amount that is not whole', invoice({ total: 20.5 }), 'INVALID invoice.total'],
    ['an amount as text', refund({ amount: '500' }), 'INVALID refund.amount'],
    ['no customer', invoice({ customer: null }), 'INVALID invoice.customer'],
    ['an unknown currency', paymentIntent({ currency: 'zzz' }), 'INVALID payment_intent.currency'],
    ['nothing received', paymentIntent({ amount_received: 0 }), 'INVALID payment_intent.amount'],
  ])('an object with %s gives no fact, but a gap', (_name, object, gap) => {
    const mapped = mapAll([object])
    expect(gapNames(mapped)).toContain(gap)
    expect([...mapped.facts.invoices, ...mapped.facts.refunds, ...mapped.facts.payments]).toEqual([])
  })

  it('a kind of object that is not known is reported', () => {
    expect(gapNames(mapAll([{ id: 'x_1', object: 'hologram' }]))).toEqual(['UNKNOWN_ENUM hologram.object'])
  })

  it('gaps are counted, with a few examples', () => {
    const mapped = mapAll(Array.from({ length: 9 }, (_, i) => customer({ id: `cus_${i}`, mood: 'fine' })))
    expect(mapped.gaps).toMatchObject([{ count: 9, path: 'mood' }])
    expect(mapped.gaps[0]?.examples).toHaveLength(3)
  })
})
