import { describe, expect, it } from 'vitest'
import { ownId } from '#platform/own-facts.ts'
import type { StripeObject } from '#subgraphs/billing/stripe/fields.ts'
import {
  at,
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
  price,
  product,
  refund,
  subscription,
  subscriptionItem,
} from './fixtures.ts'
import { ACCOUNT } from './memory.ts'

const exclusive = (amount: number, taxable: number, rate = 'txr_a'): StripeObject => ({
  amount,
  taxable_amount: taxable,
  tax_behavior: 'exclusive',
  tax_rate_details: { tax_rate: rate },
})
const inclusive = (amount: number, taxable: number): StripeObject => ({
  ...exclusive(amount, taxable),
  tax_behavior: 'inclusive',
})
const rates = [
  { id: 'txr_a', object: 'tax_rate', percentage: 8.875, country: 'US', state: 'NY', jurisdiction: 'NY' },
  { id: 'txr_b', object: 'tax_rate', percentage: 2, country: 'CA', state: 'QC' },
]

describe('customers', () => {
  it.each([
    [{}, 'Ada Ltd'],
    [{ name: null }, 'books@ada.example'],
    [{ name: '', email: null, description: 'The first one' }, 'The first one'],
    [{ name: null, email: null }, 'cus_ada'],
  ])('with %j is called %s', (changes, name) => {
    expect(factOf(mapAll([customer(changes)]), 'customers', 'cus_ada').name).toBe(name)
  })

  it('bring their address and tax ids', () => {
    const address = {
      line1: '1 Main St',
      line2: 'Floor 2',
      city: 'Albany',
      postal_code: '12201',
      state: 'NY',
      country: 'US',
    }
    const taxIds = list([{ id: 'txi_1', object: 'tax_id', type: 'eu_vat', value: 'DE123456789' }])
    expect(factOf(mapAll([customer({ address, tax_ids: taxIds })]), 'customers', 'cus_ada')).toMatchObject({
      address: {
        line1: '1 Main St, Floor 2',
        city: 'Albany',
        postalCode: '12201',
        region: 'NY',
        country: 'US',
      },
      taxIds: [{ type: 'eu_vat', value: 'DE123456789' }],
    })
  })

  it('are told of as far as Stripe can tell: not whose they are, nor where or among whom they count', () => {
    const told = Object.keys(factOf(mapAll([customer()]), 'customers', 'cus_ada'))
    for (const untold of ['parentId', 'domain', 'region', 'segment', 'owner'])
      expect(told).not.toContain(untold)
  })

  it('without a currency have that of the books; deleted ones are inactive', () => {
    const mapped = mapAll([{ id: 'cus_ada', object: 'customer', deleted: true }])
    expect(factOf(mapped, 'customers', 'cus_ada')).toMatchObject({ currency: 'USD', status: 'INACTIVE' })
  })
})

describe('catalogue', () => {
  it('the stock keeping unit is the one in the metadata, else the id', () => {
    expect(factOf(mapAll([product()]), 'products', 'prod_seat').sku).toBe('prod_seat')
    expect(factOf(mapAll([product({ metadata: { sku: 'SEAT' } })]), 'products', 'prod_seat').sku).toBe('SEAT')
  })

  it('a price finer than a cent stays exact, and in a subscription is rounded with a word about it', () => {
    const fine = price({ unit_amount: null, unit_amount_decimal: '0.55' })
    const mapped = mapAll([fine, subscription({ items: list([subscriptionItem({ price: fine })]) })])
    expect(factOf(mapped, 'prices', 'price_seat').unitAmount).toBe('0.55')
    expect(mapped.facts.subscriptions[0]?.items[0]?.unitPrice).toBe(1n)
    expect(gapNames(mapped)).toEqual(['APPROXIMATED subscription.items.price.unit_amount_decimal'])
  })

  it('tiers keep their limits and amounts', () => {
    const tiers = [
      { up_to: 10, unit_amount: 500, unit_amount_decimal: '500', flat_amount: 1000 },
      { up_to: null, unit_amount: null, unit_amount_decimal: '12.5', flat_amount: null },
    ]
    const tiered = price({ unit_amount: null, unit_amount_decimal: null, tiers_mode: 'graduated', tiers })
    expect(factOf(mapAll([tiered]), 'prices', 'price_seat')).toMatchObject({
      unitAmount: null,
      tiersMode: 'GRADUATED',
      tiers: [
        { upTo: '10', unitAmount: '500', flatAmount: 1000n },
        { upTo: null, unitAmount: '12.5', flatAmount: 0n },
      ],
    })
  })
})

describe('subscriptions', () => {
  it('an item that was added later starts later, one that came with a backdated subscription starts with it', () => {
    const items = list([
      subscriptionItem(),
      subscriptionItem({ id: 'si_2', created: at('2026-02-11') }),
      subscriptionItem({
        id: 'si_3',
        quantity: undefined,
        price: price({ recurring: { interval: 'year', usage_type: 'metered' } }),
      }),
    ])
    const mapped = mapAll([subscription({ start_date: at('2026-01-15'), items })])
    expect(
      mapped.facts.subscriptions[0]?.items.map((item) => [
        item.startDate.toString(),
        item.quantity,
        item.interval.unit,
      ]),
    ).toEqual([
      ['2026-01-15', '2', 'MONTH'],
      ['2026-02-11', '2', 'MONTH'],
      ['2026-01-15', '0', 'YEAR'],
    ])
  })

  it('times become dates where the books are kept', () => {
    const tokyo = { ...ACCOUNT, legalEntity: { ...ACCOUNT.legalEntity, timeZone: 'Asia/Tokyo' } }
    const late = { start_date: at('2026-02-01') + 16 * 3600 }
    expect(factOf(mapAll([subscription(late)]), 'subscriptions', 'sub_1').startDate.toString()).toBe(
      '2026-02-01',
    )
    expect(factOf(mapAll([subscription(late)], tokyo), 'subscriptions', 'sub_1').startDate.toString()).toBe(
      '2026-02-02',
    )
  })
})

describe('invoices', () => {
  it.each([
    ['no tax', { total: 2000 }, [2000n], []],
    [
      'tax on top',
      { total: 2178, total_taxes: [exclusive(178, 2000)] },
      [2000n],
      [['NY', '8.875', 2000n, 178n]],
    ],
    [
      'tax within the price',
      {
        total: 2000,
        lines: list([line({ taxes: [inclusive(163, 1837)] })]),
        total_taxes: [inclusive(163, 1837)],
      },
      [1837n],
      [['NY', '8.875', 1837n, 163n]],
    ],
    [
      'two taxes, one of them on two lines',
      {
        total: 2256,
        lines: list([line({ amount: 1500 }), line({ id: 'il_2', amount: 500 })]),
        total_taxes: [exclusive(133, 1500), exclusive(44, 500), exclusive(79, 2000, 'txr_b')],
      },
      [1500n, 500n],
      [
        ['NY', '8.875', 2000n, 177n],
        ['CA-QC', '2', 2000n, 79n],
      ],
    ],
    [
      'a discount that the amount does not have taken off',
      { total: 1800, lines: list([line({ discount_amounts: [{ amount: 200, discount: 'di_1' }] })]) },
      [1800n],
      [],
    ],
    [
      'a discount that the amount has taken off',
      {
        total: 1800,
        lines: list([line({ amount: 1800, discount_amounts: [{ amount: 200, discount: 'di_1' }] })]),
      },
      [1800n],
      [],
    ],
    [
      'a credit grant that counts before tax',
      {
        total: 1700,
        lines: list([
          line({
            discount_amounts: [{ amount: 200, discount: 'di_1' }],
            pretax_credit_amounts: [
              { amount: 200, type: 'discount', discount: 'di_1' },
              { amount: 100, type: 'credit_balance_transaction', credit_balance_transaction: 'cbt_1' },
            ],
          }),
        ]),
      },
      [1700n],
      [],
    ],
    [
      'shipping',
      { total: 2500, amount_shipping: 500, shipping_cost: { amount_subtotal: 500 } },
      [2000n, 500n],
      [],
    ],
    [
      'a credit for unused time',
      { total: 1400, lines: list([line(), line({ id: 'il_2', amount: -600 })]) },
      [2000n, -600n],
      [],
    ],
    ['reverse charge', { total: 2000, total_taxes: [exclusive(0, 2000)] }, [2000n], [['NY', '0', 2000n, 0n]]],
  ] as const)('with %s come to the total that Stripe states', (_name, changes, amounts, taxes) => {
    const mapped = mapAll([invoice(changes), ...rates])
    const fact = factOf(mapped, 'invoices', 'in_1')
    expect(fact.lines.map(({ amount }) => amount)).toEqual(amounts)
    expect(fact.taxLines.map((tax) => [tax.jurisdiction, tax.rate, tax.taxable, tax.amount])).toEqual(taxes)
    expect(gapNames(mapped)).toEqual([])
  })

  it('a rate that is not known is derived from the amounts, with a word about it', () => {
    const mapped = mapAll([invoice({ total: 2178, total_taxes: [exclusive(178, 2000)] })])
    expect(mapped.facts.invoices[0]?.taxLines).toEqual([
      { jurisdiction: 'txr_a', rate: '8.9', taxable: 2000n, amount: 178n },
    ])
    expect(gapNames(mapped)).toEqual(['APPROXIMATED invoice.taxes.rate'])
  })

  it('a total that lines do not come to is balanced by a line that says so', () => {
    const mapped = mapAll([invoice({ total: 2100 })])
    expect(mapped.facts.invoices[0]?.lines.map(({ amount }) => amount)).toEqual([2000n, 100n])
    expect(mapped.gaps).toMatchObject([{ kind: 'INVALID', objectType: 'invoice', path: 'total', count: 1 }])
    expect(mapped.gaps[0]?.examples[0]?.value).toContain('2100')
  })

  it('a negative total breaks a rule of the model: no fact, but a gap', () => {
    const mapped = mapAll([
      invoice({ total: -500, amount_remaining: 0, lines: list([line({ amount: -500 })]) }),
    ])
    expect(mapped.facts.invoices).toEqual([])
    expect(mapped.gaps[0]?.examples[0]?.value).toContain('TOTAL_NEGATIVE')
  })

  it.each([
    [{ due_date: at('2026-03-03') }, '2026-02-01', '2026-03-03', []],
    [{}, '2026-02-01', '2026-02-01', []],
    [{ due_date: at('2026-01-20') }, '2026-02-01', '2026-02-01', ['INVALID invoice.due_date']],
    [
      { effective_at: null, status_transitions: { finalized_at: at('2026-02-02') } },
      '2026-02-02',
      '2026-02-02',
      [],
    ],
    [{ effective_at: null, status_transitions: {}, status: 'draft' }, '2026-02-01', '2026-02-01', []],
  ])('with %j are issued on %s and due on %s', (changes, issued, due, gaps) => {
    const mapped = mapAll([invoice(changes)])
    const fact = factOf(mapped, 'invoices', 'in_1')
    expect([fact.issueDate.toString(), fact.dueDate.toString()]).toEqual([issued, due])
    expect(gapNames(mapped)).toEqual(gaps)
  })

  it('drafts have no number, and deleted ones no lines', () => {
    expect(factOf(mapAll([invoice({ status: 'draft' })]), 'invoices', 'in_1').number).toBeNull()
    expect(factOf(mapAll([invoice({ status: 'deleted' })]), 'invoices', 'in_1').lines).toEqual([])
  })

  it('what is delivered at once has no service period, and a line without words takes the product’s', () => {
    const moment = { start: at('2026-02-01'), end: at('2026-02-01') }
    const mapped = mapAll([invoice({ lines: list([line({ period: moment, description: null })]) })])
    expect(mapped.facts.invoices[0]?.lines[0]).toMatchObject({ servicePeriod: null, description: 'Seat' })
  })
})

describe('credit notes, refunds, disputes', () => {
  it('a credit note without lines credits its amount in one', () => {
    const mapped = mapAll([invoice(), creditNote()])
    expect(factOf(mapped, 'creditNotes', 'cn_1')).toMatchObject({
      number: 'ADA-0001-CN-01',
      lines: [{ amount: 500n, invoiceLineId: null, servicePeriod: null }],
    })
  })

  it('lines of a credit note name the lines that they correct', () => {
    const lines = list([
      {
        id: 'cnli_1',
        object: 'credit_note_line_item',
        amount: 600,
        discount_amount: 100,
        invoice_line_item: 'il_1',
        type: 'invoice_line_item',
      },
    ])
    const mapped = mapAll([invoice(), creditNote({ lines })])
    const [invoiced] = mapped.facts.invoices[0]?.lines ?? []
    expect(mapped.facts.creditNotes[0]?.lines).toMatchObject([{ amount: 500n, invoiceLineId: invoiced?.id }])
  })

  it('a refund that we had made is the one that the step made, with the reason that it was given', () => {
    const metadata = { revgraph_reference: 'wfl_1/refundPayment', revgraph_reason: 'Goodwill' }
    const mapped = mapAll([paymentIntent(), refund({ metadata })])
    expect(factOf(mapped, 'refunds', 're_1')).toMatchObject({
      id: ownId('refund', 'wfl_1/refundPayment'),
      reason: 'Goodwill',
    })
  })

  it('a refund that failed is not taken for the one that was made after it', () => {
    const metadata = { revgraph_reference: 'wfl_1/refundPayment' }
    const [failed, made] = [refund({ metadata, status: 'failed' }), refund({ id: 're_2', metadata })]
    const mapped = mapAll([paymentIntent(), failed, made])
    expect(factOf(mapped, 'refunds', 're_2').id).toBe(ownId('refund', 'wfl_1/refundPayment'))
    expect(factOf(mapped, 'refunds', 're_1').id).not.toBe(ownId('refund', 'wfl_1/refundPayment'))
  })

  it('a credit note that we had issued is the one that the step made, with the reason that it was given', () => {
    const metadata = { revgraph_reference: 'wfl_1/issueCreditNote', revgraph_reason: 'Outage' }
    const mapped = mapAll([invoice(), creditNote({ metadata })])
    expect(factOf(mapped, 'creditNotes', 'cn_1')).toMatchObject({
      id: ownId('creditNote', 'wfl_1/issueCreditNote'),
      reason: 'Outage',
    })
  })

  it('a refund names its payment, also by the charge alone, and its credit note', () => {
    const note = creditNote({ refunds: [{ refund: 're_1', amount_refunded: 500, type: 'refund' }] })
    const mapped = mapAll([invoice(), paymentIntent(), charge(), note, refund({ payment_intent: null })])
    expect(factOf(mapped, 'refunds', 're_1')).toMatchObject({
      paymentId: factOf(mapped, 'payments', 'pi_1').id,
      creditNoteId: factOf(mapped, 'creditNotes', 'cn_1').id,
    })
    expect(gapNames(mapped)).toEqual([])
  })

  it.each([
    ['payment intent', [paymentIntent(), dispute()]],
    ['charge alone', [charge({ payment_intent: null }), dispute({ payment_intent: null })]],
    ['charge, whose intent is not there', [charge(), dispute({ payment_intent: null })]],
  ])('a dispute reaches the customer of its payment, known by its %s', (_, objects) => {
    const mapped = mapAll([customer(), invoice(), ...objects])
    const [{ id } = { id: null }] = mapped.facts.customers
    expect(id).not.toBeNull()
    expect(factOf(mapped, 'disputes', 'dp_1').customerId).toBe(id)
  })

  it('a closed dispute is dated by the last movement of its money', () => {
    const movements = [{ created: at('2026-02-20') }, { created: at('2026-04-01') }]
    const mapped = mapAll([
      invoice(),
      paymentIntent(),
      dispute({ status: 'won', balance_transactions: movements }),
    ])
    const fact = factOf(mapped, 'disputes', 'dp_1')
    expect([fact.openedOn, fact.evidenceDueOn, fact.closedOn].map(String)).toEqual([
      '2026-02-20',
      '2026-03-01',
      '2026-04-01',
    ])
  })
})
