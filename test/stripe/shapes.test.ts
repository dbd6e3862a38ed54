import { describe, expect, it } from 'vitest'
import type { StripeObject } from '#subgraphs/billing/stripe/fields.ts'
import {
  at,
  charge,
  creditNote,
  customer,
  factOf,
  gapNames,
  invoice,
  line,
  list,
  mapAll,
  paidInvoice,
  paymentIntent,
  price,
  subscription,
  subscriptionItem,
} from './fixtures.ts'

/** An object without some fields, and with others: how the older API wrote it. */
function older(object: StripeObject, without: readonly string[], changes: StripeObject): StripeObject {
  const rest = Object.entries(object).filter(([field]) => !without.includes(field))
  return { ...Object.fromEntries(rest), ...changes }
}

const plan = {
  id: 'price_seat',
  object: 'plan',
  currency: 'usd',
  amount: 1000,
  amount_decimal: '1000',
  interval: 'month',
  interval_count: 1,
  product: 'prod_seat',
  usage_type: 'licensed',
}

describe('the same object in the shape of 2026 and in an older one gives the same fact', () => {
  it('subscription: periods on items, currency, price', () => {
    const today = subscription()
    const item = older(subscriptionItem(), ['price', 'current_period_start', 'current_period_end'], { plan })
    const before = older(today, ['currency'], {
      current_period_start: at('2026-02-01'),
      current_period_end: at('2026-03-01'),
      items: list([item]),
      plan,
      quantity: 2,
    })
    same('subscriptions', [today], [before])
    expect(factOf(mapAll([today]), 'subscriptions', 'sub_1')).toMatchObject({
      status: 'ACTIVE',
      currency: 'USD',
      items: [{ quantity: '2', unitPrice: 1000n, interval: { unit: 'MONTH', count: 1 } }],
    })
  })

  it('subscription: cancelled at the end of the period', () => {
    const today = subscription({ cancel_at_period_end: true, cancel_at: at('2026-03-01') })
    same('subscriptions', [today], [subscription({ cancel_at_period_end: true })])
  })

  it('invoice: parents of invoice and line, price, taxes', () => {
    const rate = { id: 'txr_de', object: 'tax_rate', percentage: 19, country: 'DE', jurisdiction: 'DE' }
    const tax = { amount: 380, taxable_amount: 2000 }
    const today = invoice({
      total: 2380,
      amount_remaining: 2380,
      parent: { type: 'subscription_details', subscription_details: { subscription: 'sub_1' } },
      lines: list([
        line({
          parent: {
            type: 'subscription_item_details',
            subscription_item_details: { subscription: 'sub_1', subscription_item: 'si_1' },
          },
          taxes: [{ ...tax, tax_behavior: 'exclusive', tax_rate_details: { tax_rate: 'txr_de' } }],
        }),
      ]),
      total_taxes: [{ ...tax, tax_behavior: 'exclusive', tax_rate_details: { tax_rate: 'txr_de' } }],
    })
    const oldLine = older(line(), ['pricing', 'taxes'], {
      price: price(),
      plan,
      subscription: 'sub_1',
      subscription_item: 'si_1',
      type: 'subscription',
      tax_amounts: [{ ...tax, inclusive: false, tax_rate: 'txr_de' }],
      tax_rates: [rate],
    })
    const before = older(today, ['parent', 'total_taxes'], {
      subscription: 'sub_1',
      tax: 380,
      lines: list([oldLine]),
      total_tax_amounts: [{ ...tax, inclusive: false, tax_rate: 'txr_de' }],
    })
    same('invoices', [today, rate, subscription()], [before, subscription()])
    expect(factOf(mapAll([today, rate, subscription()]), 'invoices', 'in_1')).toMatchObject({
      taxLines: [{ jurisdiction: 'DE', rate: '19', taxable: 2000n, amount: 380n }],
      lines: [{ amount: 2000n, servicePeriod: { start: day('2026-02-01'), end: day('2026-03-01') } }],
    })
  })

  it('payment: from the order of the intent, from the list of invoice payments, or from fields of either side', () => {
    const intent = paymentIntent({ latest_charge: 'ch_1' })
    const plainIntent = older(intent, ['payment_details'], {})
    const invoicePayment = {
      id: 'inpay_1',
      object: 'invoice_payment',
      invoice: 'in_1',
      amount_paid: 2000,
      currency: 'usd',
      payment: { type: 'payment_intent', payment_intent: 'pi_1' },
      status: 'paid',
    }
    const ways = [
      [paidInvoice(), intent, charge()],
      [paidInvoice(), plainIntent, charge(), invoicePayment],
      [paidInvoice({ payments: list([invoicePayment]) }), plainIntent, charge()],
      [paidInvoice({ payment_intent: 'pi_1', charge: 'ch_1' }), plainIntent, charge()],
      [paidInvoice(), { ...plainIntent, invoice: 'in_1' }, charge()],
      [paidInvoice(), plainIntent, charge({ invoice: 'in_1' })],
      [
        paidInvoice({ charge: 'ch_1' }),
        { ...older(plainIntent, ['latest_charge'], {}), charges: list([charge()]) },
      ],
    ]
    for (const way of ways) same('payments', ways[0] ?? [], way)
    expect(mapAll(ways[0] ?? []).facts.payments).toMatchObject([
      { outcome: 'SUCCEEDED', amount: 2000n, fee: 88n, method: 'CARD', allocations: [{ amount: 2000n }] },
    ])
  })

  it('credit note: taxes', () => {
    const rate = { id: 'txr_de', object: 'tax_rate', percentage: 19, jurisdiction: 'DE' }
    const tax = { amount: 80, taxable_amount: 420 }
    const today = creditNote({
      total_taxes: [{ ...tax, tax_behavior: 'exclusive', tax_rate_details: { tax_rate: 'txr_de' } }],
    })
    const before = older(today, ['total_taxes', 'refunds'], {
      tax_amounts: [{ ...tax, inclusive: false, tax_rate: 'txr_de' }],
    })
    same('creditNotes', [today, rate, invoice()], [before, rate, invoice()])
  })

  it('references as ids and as whole objects', () => {
    same('invoices', [invoice()], [invoice({ customer: customer() })])
    same(
      'payments',
      [paidInvoice(), paymentIntent()],
      [paidInvoice(), paymentIntent({ customer: customer() })],
    )
  })
})

/** Both sets of objects give the same facts of a kind, and neither leaves anything unexplained. */
function same(
  kind: 'subscriptions' | 'invoices' | 'payments' | 'creditNotes',
  today: readonly StripeObject[],
  before: readonly StripeObject[],
): void {
  const [now, then] = [mapAll(today), mapAll(before)]
  expect(now.facts[kind]).toHaveLength(1)
  expect(then.facts[kind]).toEqual(now.facts[kind])
  expect([...gapNames(now), ...gapNames(then)]).toEqual([])
}

const day = (date: string) => Temporal.PlainDate.from(date)
