// A payment that came elsewhere, of an invoice of Stripe's: noted there through its real SDK, once.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SendAnswer } from '#domain/effect.ts'
import { type Connector, deadlineIn, type OutsideRequest } from '#platform/connector.ts'
import { type WriteServer, writeServer } from './write-server.ts'
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
const changes = () => stripe.calls.filter(({ method }) => method === 'POST')

const standing = () => stripe.invoices.get('in_7')

describe('a payment that came elsewhere', () => {
  const payment = request('recordPayment', {
    invoice: 'in_7',
    paymentId: 'pay_ours',
    currency: 'USD',
    minorUnits: '500000',
  })
  it('is noted on the invoice before that is paid, and found by both', async () => {
    expect(await find(payment)).toEqual({ kind: 'ABSENT' })
    expect(await send(payment)).toMatchObject({ kind: 'APPLIED', document: { externalId: 'in_7' } })
    expect(await find(payment)).toMatchObject({ kind: 'FOUND', document: { externalId: 'in_7' } })
    expect(changes()).toMatchObject([
      { path: '/v1/invoices/in_7', body: { 'metadata[revgraph_payment]': 'in_7 pay_ours' } },
      {
        path: '/v1/invoices/in_7/pay',
        idempotencyKey: 'wfl_1/step',
        body: { paid_out_of_band: 'true' },
      },
    ])
    await send({ ...payment, idempotencyKey: 'another' })
    expect(changes()).toHaveLength(2)
  })

  it('that Stripe refuses leaves no note: what is paid there later is another payment', async () => {
    stripe.faults.push(undefined, 400)
    expect(await send(payment)).toMatchObject({ kind: 'REFUSED' })
    expect(standing()).toMatchObject({ amountRemaining: 500_000, metadata: { revgraph_payment: '' } })
  })

  it('settles an invoice that was given up there as well', async () => {
    stripe.invoices.set('in_7', {
      amountRemaining: 500_000,
      taxPercent: 0,
      lineIds: [],
      status: 'uncollectible',
    })
    expect(await send(payment)).toMatchObject({ kind: 'APPLIED' })
    expect(standing()).toMatchObject({ status: 'paid', metadata: { revgraph_payment: 'in_7 pay_ours' } })
  })

  it('of which the answer is lost is paid once, and stays noted', async () => {
    stripe.faults.push(undefined, 'LOSE_ANSWER', 'LOSE_ANSWER')
    expect(await send(payment)).toMatchObject({ kind: 'UNKNOWN' })
    expect(await find(payment)).toMatchObject({ kind: 'FOUND' })
    expect(standing()).toMatchObject({ status: 'paid', metadata: { revgraph_payment: 'in_7 pay_ours' } })
  })

  it.each([
    ['more than is owed there', { amountRemaining: 400_000 }, 'PAID_THERE'],
    ['an invoice that was paid there', { status: 'paid' as const, amountRemaining: 0 }, 'INVOICE_NOT_OPEN'],
  ])('of %s is refused, and nothing is done', async (_, invoiceThere, code) => {
    stripe.invoices.set('in_7', { taxPercent: 0, lineIds: [], ...invoiceThere })
    expect(await send(payment)).toMatchObject({ kind: 'REFUSED', code })
    expect(changes()).toEqual([])
  })
})
