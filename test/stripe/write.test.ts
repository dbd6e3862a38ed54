// What workflows do in Stripe, through its real SDK: under our key, with our reference, once.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SendAnswer } from '#domain/effect.ts'
import { canonicalId } from '#platform/ids.ts'
import { type Connector, deadlineIn, type OutsideRequest } from '#platform/connector.ts'
import { carryOut } from '#subgraphs/operations/effects/carry-out.ts'
import { memoryStore } from '#test/effects/world.ts'
import { type StripeFault, type WriteServer, writeServer } from './write-server.ts'
import { connectorAt, request, timeoutMs } from './writing.ts'

let stripe: WriteServer
let connector: Connector
beforeEach(async () => {
  stripe = await writeServer()
  stripe.invoices.set('in_7', { amountRemaining: 500_000, taxPercent: 25, lineIds: ['il_1', 'il_2'] })
  connector = connectorAt(stripe.port)
})
afterEach(() => stripe.close())

const send = (one: OutsideRequest): Promise<SendAnswer> => connector.send(one, deadlineIn(timeoutMs))
const find = (one: OutsideRequest) => connector.find(one, deadlineIn(timeoutMs))

const customer = request('createCustomer', {
  customerId: 'cus_ours',
  name: "Smith's & Sons",
  email: 'pay@smith.example',
})
const subscription = request('createSubscription', {
  customer: 'cus_7',
  items: [{ price: 'price_1', quantity: 25 }],
  daysUntilDue: 30,
})
const invoice = request('issueInvoice', {
  customer: 'cus_7',
  currency: 'USD',
  minorUnits: '1350000',
  taxMinorUnits: '100000',
  issuedOn: '2026-01-02',
  dueOn: '2026-02-01',
  daysUntilDue: 30,
  customerId: 'cus_ours',
  contractId: 'con_ours',
  subscriptionId: 'sub_ours',
  lines: [
    {
      invoiceLineId: 'ivl_1',
      description: 'Platform',
      minorUnits: '1200000',
      quantity: '25',
      discountMinorUnits: '0',
      start: '2026-01-01',
      end: '2027-01-01',
      productId: 'prd_1',
      subscriptionItemId: 'sui_1',
      contractLineId: 'col_1',
    },
    { invoiceLineId: 'ivl_2', description: 'Onboarding', minorUnits: '50000', quantity: '1' },
  ],
  taxes: [{ jurisdiction: 'US-NY', rate: '8', taxableMinorUnits: '1250000', minorUnits: '100000' }],
})
const creditNote = request('issueCreditNote', {
  invoice: 'in_7',
  currency: 'ISK',
  minorUnits: '1500',
  taxMinorUnits: '300',
  reason: 'Too many seats',
  lines: [{ invoiceLineId: 'line_of_ours', minorUnits: '1200' }],
})
const refund = request('refundPayment', { payment: 'pi_7', currency: 'JPY', minorUnits: '900' })

describe('what is sent', () => {
  const marked = { 'metadata[revgraph_reference]': 'wfl_1/step', 'metadata[revgraph_key]': 'wfl_1/step' }
  it.each([
    [
      'a customer',
      customer,
      '/v1/customers',
      { name: "Smith's & Sons", email: 'pay@smith.example', 'metadata[revgraph_id]': 'cus_ours' },
    ],
    [
      'a subscription that is invoiced',
      subscription,
      '/v1/subscriptions',
      {
        customer: 'cus_7',
        'items[0][price]': 'price_1',
        'items[0][quantity]': '25',
        collection_method: 'send_invoice',
        days_until_due: '30',
      },
    ],
    ['a refund', refund, '/v1/refunds', { payment_intent: 'pi_7', amount: '900' }],
    [
      'a refund of a charge, for a reason of our own',
      request('refundPayment', {
        ...refund.payload,
        payment: 'ch_7',
        paymentType: 'charge',
        reason: 'Goodwill',
      }),
      '/v1/refunds',
      { charge: 'ch_7', amount: '900', 'metadata[revgraph_reason]': 'Goodwill' },
    ],
  ])('%s', async (_, one, path, body) => {
    expect(await send(one)).toMatchObject({ kind: 'APPLIED' })
    expect(stripe.calls).toEqual([
      { method: 'POST', path, idempotencyKey: 'wfl_1/step', body: { ...body, ...marked } },
    ])
  })

  it('an invoice: a draft, its lines, and then the number', async () => {
    expect(await send(invoice)).toEqual({
      kind: 'APPLIED',
      document: { externalId: 'in_1', url: null, details: { number: 'ACME-1' } },
    })
    const made = changes()
    expect(made.map(({ path, idempotencyKey }) => [path, idempotencyKey])).toEqual([
      ['/v1/invoices', 'wfl_1/step/draft'],
      ['/v1/invoices/in_1/add_lines', 'wfl_1/step/lines'],
      ['/v1/invoices/in_1/finalize', 'wfl_1/step/finalize'],
    ])
    expect(made[0]?.body).toMatchObject({
      customer: 'cus_7',
      currency: 'usd',
      days_until_due: '30',
      // Midnight in New York, where the books are kept.
      effective_at: '1767330000',
      auto_advance: 'false',
      pending_invoice_items_behavior: 'exclude',
      'metadata[revgraph_details]':
        '{"customerId":"cus_ours","contractId":"con_ours","subscriptionId":"sub_ours","dueOn":"2026-02-01"}',
      ...marked,
    })
    expect(made[1]?.body).toMatchObject({
      'lines[0][description]': 'Platform',
      'lines[0][amount]': '1200000',
      'lines[0][discountable]': 'false',
      'lines[0][period][start]': '1767243600',
      'lines[0][period][end]': '1798779600',
      'lines[1][description]': 'Onboarding',
      'lines[1][amount]': '50000',
    })
  })

  it('the tax of an invoice as we say it, shared out over its lines', async () => {
    await send(invoice)
    expect(changes()[1]?.body).toMatchObject({
      'lines[0][tax_amounts][0][amount]': '96000',
      'lines[0][tax_amounts][0][taxable_amount]': '1200000',
      'lines[0][tax_amounts][0][tax_rate_data][jurisdiction]': 'US-NY',
      'lines[0][tax_amounts][0][tax_rate_data][percentage]': '8',
      'lines[1][tax_amounts][0][amount]': '4000',
      'lines[1][tax_amounts][0][taxable_amount]': '50000',
    })
  })

  it('lines that take something off, which bear no tax', async () => {
    const [platform] = invoice.payload['lines'] as object[]
    const unused = { invoiceLineId: 'ivl_2', description: 'Unused time', minorUnits: '-200000' }
    const taxes = [{ jurisdiction: 'US-NY', rate: '8', taxableMinorUnits: '1000000', minorUnits: '80000' }]
    const amounts = { minorUnits: '1080000', taxMinorUnits: '80000' }
    const one = request('issueInvoice', { ...invoice.payload, ...amounts, lines: [platform, unused], taxes })
    expect(await send(one)).toMatchObject({ kind: 'APPLIED' })
    expect(changes()[1]?.body).toMatchObject({
      'lines[0][tax_amounts][0][amount]': '80000',
      'lines[1][amount]': '-200000',
    })
    expect(changes()[1]?.body).not.toHaveProperty('lines[1][tax_amounts][0][amount]')
  })

  it('no invoice that comes to another total: its draft is taken away', async () => {
    const one = request('issueInvoice', {
      ...invoice.payload,
      minorUnits: '1350001',
      taxMinorUnits: '100001',
    })
    expect(await send(one)).toEqual({
      kind: 'REFUSED',
      code: 'TAX_MISMATCH',
      message:
        'Stripe comes to 13500.00 USD with tax of 1000.00 USD, where ours is 13500.01 USD with tax of 1000.01 USD',
    })
    expect(stripe.made('wfl_1/step')).toEqual([])
  })
})

const changes = () => stripe.calls.filter(({ method }) => method === 'POST')

describe('a credit note', () => {
  const byLines = request('issueCreditNote', {
    ...creditNote.payload,
    lines: [
      {
        invoiceLineId: canonicalId('invoiceLine', 'stripe', 'acct_1', 'line_item', 'il_2'),
        minorUnits: '1200',
      },
    ],
  })
  const memo = { memo: 'Too many seats', 'metadata[revgraph_reason]': 'Too many seats' }

  it('gives back lines that Stripe has, and their tax, in the unit that it counts krona in', async () => {
    expect(await send(byLines)).toMatchObject({ kind: 'APPLIED' })
    expect(changes()).toMatchObject([
      {
        path: '/v1/credit_notes',
        idempotencyKey: 'wfl_1/step',
        body: {
          invoice: 'in_7',
          'lines[0][type]': 'invoice_line_item',
          'lines[0][invoice_line_item]': 'il_2',
          'lines[0][amount]': '120000',
          ...memo,
        },
      },
    ])
  })

  it('gives back an amount where Stripe has other lines', async () => {
    await send(creditNote)
    const [{ body } = {}] = changes()
    expect(body).toMatchObject({ invoice: 'in_7', amount: '150000', ...memo })
    expect(body).not.toHaveProperty('credit_amount')
  })

  it.each([
    ['all of a paid invoice', 0, '150000'],
    ['what is above the rest of one that is partly paid', 100_000, '50000'],
  ])('gives %s to the credit balance', async (_, amountRemaining, credited) => {
    stripe.invoices.set('in_7', { amountRemaining, taxPercent: 25, lineIds: [] })
    await send(creditNote)
    expect(changes()).toMatchObject([{ body: { amount: '150000', credit_amount: credited } }])
  })

  it('whose tax Stripe reckons in another way is not made', async () => {
    stripe.invoices.set('in_7', { amountRemaining: 500_000, taxPercent: 20, lineIds: ['il_2'] })
    expect(await send(byLines)).toEqual({
      kind: 'REFUSED',
      code: 'TAX_MISMATCH',
      message: 'Stripe comes to 1440 ISK with tax of 240 ISK, where ours is 1500 ISK with tax of 300 ISK',
    })
    expect(changes()).toEqual([])
  })
})

describe('a write-off', () => {
  const writeOff = request('writeOffInvoice', { invoice: 'in_7' })

  it('marks an invoice uncollectible, and is found by that', async () => {
    expect(await find(writeOff)).toEqual({ kind: 'ABSENT' })
    const sent = await send(writeOff)
    expect(sent).toMatchObject({ kind: 'APPLIED', document: { externalId: 'in_7' } })
    expect(await find(writeOff)).toEqual({ ...sent, kind: 'FOUND' })
    expect(changes()).toMatchObject([
      { path: '/v1/invoices/in_7/mark_uncollectible', idempotencyKey: 'wfl_1/step' },
    ])
  })

  it('of an invoice that is so already changes nothing', async () => {
    await send(writeOff)
    expect(await send({ ...writeOff, idempotencyKey: 'another' })).toMatchObject({ kind: 'APPLIED' })
    expect(changes()).toHaveLength(1)
  })
})

describe('a refund', () => {
  it('whose money has not gone back yet says so', async () => {
    stripe.refundStatus = 'pending'
    const document = { externalId: 're_1', url: null, details: { status: 'PENDING' } }
    expect(await send(refund)).toEqual({ kind: 'APPLIED', document })
    expect(await find(refund)).toEqual({ kind: 'FOUND', document })
  })

  it.each(['failed', 'canceled'])(
    'that %s at once is refused, and nothing is found of it',
    async (status) => {
      stripe.refundStatus = status
      expect(await send(refund)).toMatchObject({ kind: 'REFUSED', code: 'refund_failed' })
      expect(await find(refund)).toEqual({ kind: 'ABSENT' })
    },
  )
})

describe('what was made is found by our reference', () => {
  it.each([
    ['a customer', customer],
    ['a subscription', subscription],
    ['an invoice', invoice],
    ['a credit note', creditNote],
    ['a refund', refund],
  ])('%s', async (_, one) => {
    expect(await find(one)).toEqual({ kind: 'ABSENT' })
    const sent = await send(one)
    expect(await find(one)).toEqual({ ...sent, kind: 'FOUND' })
    expect(await find({ ...one, effectKey: "wfl_2/st'ep" })).toEqual({ kind: 'ABSENT' })
  })

  it.each([
    ['an invoice', invoice],
    ['a credit note', creditNote],
  ])('unless it was voided there: %s', async (_, one) => {
    await send(one)
    for (const made of stripe.made(one.effectKey)) made.status = 'void'
    expect(await find(one)).toEqual({ kind: 'ABSENT' })
  })

  it('twice is told, with both', async () => {
    await send(refund)
    await send({ ...refund, idempotencyKey: 'another' })
    expect(await find(refund)).toEqual({ kind: 'SEVERAL', externalIds: ['re_2', 're_1'] })
  })
})

describe('a lost answer', () => {
  it.each([
    ['of a refund', refund, ['LOSE_ANSWER', 'LOSE_ANSWER']],
    ['of a draft', invoice, ['LOSE_ANSWER', 'LOSE_ANSWER']],
    ['of the lines', invoice, [undefined, 'LOSE_ANSWER', 'LOSE_ANSWER']],
    ['of the last step', invoice, [undefined, undefined, 'LOSE_ANSWER', 'LOSE_ANSWER']],
  ] as const)('%s leaves a doubt, and sending again makes nothing twice', async (_, one, faults) => {
    // The SDK itself tries once more where a connection was closed: both answers are lost.
    stripe.faults.push(...faults)
    expect(await send(one)).toMatchObject({ kind: 'UNKNOWN' })
    const again = await send(one)
    expect(again).toMatchObject({ kind: 'APPLIED' })
    expect(await find(one)).toEqual({ ...again, kind: 'FOUND' })
    const [made, ...others] = stripe.made('wfl_1/step')
    expect(others).toEqual([])
    expect(made?.lines).toHaveLength(one === invoice ? 2 : 0)
  })

  it('is adopted by the protocol, which finds what was made', async () => {
    stripe.faults.push('LOSE_ANSWER', 'LOSE_ANSWER')
    const clock = { nowMs: 0 }
    const carrying = {
      store: memoryStore(clock),
      random: () => 1,
      pause: async (delayMs: number) => Promise.resolve(void (clock.nowMs += delayMs)),
    }
    const { effectKey, operation, payload } = refund
    const carried = await carryOut(carrying, connector, { effectKey, operation, payload, revision: 0 })
    expect(carried).toMatchObject({ kind: 'APPLIED', document: { externalId: 're_1' } })
    expect(stripe.made(effectKey)).toHaveLength(1)
    expect(stripe.calls.map(({ method }) => method)).toEqual(['POST', 'POST', 'GET'])
  })

  it('a draft is no invoice', async () => {
    stripe.faults.push(undefined, 'LOSE_REQUEST', 'LOSE_REQUEST')
    expect(await send(invoice)).toMatchObject({ kind: 'UNKNOWN' })
    expect(await find(invoice)).toEqual({ kind: 'ABSENT' })
  })
})

describe('what an error means', () => {
  it.each<[string, StripeFault, Partial<SendAnswer> & object]>([
    ['a request that is wrong', 400, { kind: 'REFUSED', code: 'planned_400' }],
    ['a card that is declined', 402, { kind: 'REFUSED', code: 'planned' }],
    ['a key without the right', 403, { kind: 'TRANSIENT', retryAfterMs: null }],
    ['the same key at work', 409, { kind: 'UNKNOWN' }],
    ['too many requests', 429, { kind: 'TRANSIENT', retryAfterMs: 30_000 }],
    ['a failure inside', 500, { kind: 'UNKNOWN' }],
  ])('%s', async (_, fault, answer) => {
    stripe.faults.push(fault)
    expect(await send(refund)).toMatchObject(answer)
    expect(stripe.made('wfl_1/step')).toEqual([])
  })

  it('a key that was used for something else: that may be the same, before somebody corrected its name', async () => {
    stripe.faults.push('LOSE_ANSWER', 'LOSE_ANSWER')
    await send(customer)
    const corrected = { ...customer, payload: { ...customer.payload, name: 'Smith & Sons' } }
    expect(await send(corrected)).toMatchObject({ kind: 'UNKNOWN' })
    expect(await find(corrected)).toMatchObject({ kind: 'FOUND' })
  })

  it('no connection: nothing was sent', async () => {
    connector = connectorAt(1)
    expect(await send(refund)).toMatchObject({ kind: 'TRANSIENT' })
    expect(await find(refund)).toMatchObject({ kind: 'TRANSIENT' })
  })

  it.each([
    ['no amount', { payment: 'pi_7', currency: 'USD' }],
    ['an amount that is no whole number', { payment: 'pi_7', currency: 'USD', minorUnits: '1.5' }],
    ['an unknown currency', { payment: 'pi_7', currency: 'XXQ', minorUnits: '1' }],
  ])('a payload with %s is refused, and nothing is sent', async (_, payload) => {
    expect(await send(request('refundPayment', payload))).toMatchObject({
      kind: 'REFUSED',
      code: 'PAYLOAD_INVALID',
    })
    expect(stripe.calls).toEqual([])
  })

  it('Stripe cannot be asked for what is no operation', async () => {
    expect(await send(request('makeCoffee', {}))).toMatchObject({ code: 'OPERATION_UNKNOWN' })
  })
})
