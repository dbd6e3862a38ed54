// A refund where an outside system masters billing: it happens there once, whatever dies, answers late or refuses, and
// what that system tells of itself is taken in once. Over the graph of real nodes; the system's own log is the witness.
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkInvariants } from '#platform/invariant.ts'
import { billingInvariants } from '#subgraphs/billing/store.ts'
import { erpInvariants } from '#subgraphs/erp/store.ts'
import { crossInvariants } from '#subgraphs/operations/store.ts'
import { invoiceFact, invoiceLine } from '#test/domain/documents.ts'
import type { Fault } from '#test/simulators/faults.ts'
import { type FlowPayload, usd } from './flows.ts'
import {
  openOutsideWorld,
  type OutsideWorld,
  SETTLED_MS,
  type ShownPayment,
  TIMEOUT_MS,
  WHATEVER_GOES_WRONG,
} from './outside-world.ts'

const REFUND = `mutation ($input: RefundPaymentInput!) { answer: refundPayment(input: $input) {
  payment { status refunds { status } } workflow { id status } replayed userErrors { code message field } } }`
const PAYMENT = 'query ($id: ID!) { answer: payment(id: $id) { status refunds { status } } }'
const EXCEPTIONS = `query { answer: exceptions(first: 100, filter: { status: { in: [OPEN] } }) {
  nodes { id class code message workflow { id status } } } }`
const RESOLVE = `mutation ($input: ResolveExceptionInput!) { answer: resolveException(input: $input) {
  workflow { status } userErrors { code message } } }`

let world: OutsideWorld
beforeAll(async () => {
  world = await openOutsideWorld()
}, 60_000)
afterAll(() => world.close())

/** Each test has a payment of its own, of 540.00, which the American billing took. */
let paymentId = ''
let count = 0
beforeEach(async () => {
  count += 1
  const noFaults = { script: [], slowMs: 300, webhooks: null, duplicates: 'REPLAYED' } as const
  await world.billing.control(noFaults)
  paymentId = await world.paid(String(count))
})

interface Refunded extends FlowPayload {
  readonly payment: ShownPayment | null
}

function refund(fields: object = {}, node = 0): Promise<Refunded> {
  const input = { paymentId, amount: usd('40.00'), reason: 'Goodwill', idempotencyKey: `refund-${count}` }
  return world.ask(REFUND, { input: { ...input, ...fields } }, node)
}
const idOf = ({ workflow }: Refunded): string => workflow?.id ?? ''
const refundsKept = (): Promise<string[]> => world.refundsOf(paymentId)

describe('a refund happens once in the outside system', () => {
  it.each(WHATEVER_GOES_WRONG)(
    '%s',
    async (_, script, faults) => {
      await world.billing.control({ script, ...faults })
      const id = idOf(await refund())
      await world.becomes(id, 'COMPLETED')
      const [effect, ...more] = world.effectsFor(id)
      expect(more).toEqual([])
      expect(effect).toMatchObject({
        operation: 'refundPayment',
        effectKey: `${id}/refundPayment`,
        payload: { payment: `out_${paymentId}`, minorUnits: '4000', currency: 'USD', reason: 'Goodwill' },
      })
      expect(await refundsKept()).toEqual([expect.stringContaining(effect?.externalId ?? '')])
    },
    SETTLED_MS,
  )

  it('that is asked for ten times at two nodes at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => refund({}, n % 2)))
    const [id, ...others] = new Set(answers.map(idOf))
    expect(others).toEqual([])
    await world.becomes(id ?? '', 'COMPLETED')
    expect(world.effectsFor(id ?? '')).toHaveLength(1)
  })

  it('whose node is killed after it was sent and before that was recorded', async () => {
    const slow = async (): Promise<number> => (await world.billing.control({})).met.SLOW ?? 0
    const before = await slow()
    await world.billing.control({ script: ['SLOW'], slowMs: TIMEOUT_MS })
    const asked = refund().then(
      () => 'ANSWERED',
      () => 'BROKEN OFF',
    )
    // Whichever node carries it out: it is gone before the outside system has done it.
    await expect.poll(slow).toBe(before + 1)
    await world.kill()
    expect(await asked).toBe('BROKEN OFF')
    await world.revive()
    const { workflow } = await refund()
    await world.becomes(workflow?.id ?? '', 'COMPLETED')
    expect(world.effectsFor(workflow?.id ?? '')).toHaveLength(1)
    expect(await refundsKept()).toHaveLength(1)
  }, 180_000)
})

const refusedOne = async () => {
  await world.billing.control({ script: ['REFUSE'] })
  const answer = await refund()
  expect(answer).toMatchObject({ workflow: { status: 'EXCEPTION' } })
  const id = idOf(answer)
  expect(await refundsKept()).toEqual([])
  return { id, exceptionId: await exceptionOf(id, { class: 'STEP_REFUSED', code: 'OUTSIDE_REFUSED' }) }
}
async function exceptionOf(id: string, expected: object): Promise<string> {
  const { nodes: open } = await world.ask<{
    nodes: { id: string; workflow: { id: string } }[]
  }>(EXCEPTIONS)
  const exception = open.find(({ workflow }) => workflow.id === id)
  expect(exception).toMatchObject(expected)
  return exception?.id ?? ''
}
const resolve = (exceptionId: string, action: string, fields: object = {}) =>
  world.ask(RESOLVE, {
    input: {
      exceptionId,
      action,
      reason: 'Mended',
      actor: 'mary',
      idempotencyKey: `${action}-${count}`,
      ...fields,
    },
  })

describe('a refund that the outside system refuses', () => {
  it('is tried again by a person, under a key of its own, and happens once', async () => {
    const { id, exceptionId } = await refusedOne()
    await resolve(exceptionId, 'RETRY')
    await world.becomes(id, 'COMPLETED')
    expect(world.effectsFor(id)).toMatchObject([
      { effectKey: `${id}/refundPayment`, idempotencyKey: `${id}/refundPayment~1` },
    ])
    expect(await refundsKept()).toHaveLength(1)
  })

  it('is called off by a person, and nothing has happened', async () => {
    const { id, exceptionId } = await refusedOne()
    await resolve(exceptionId, 'COMPENSATE')
    await world.becomes(id, 'COMPENSATED')
    expect(world.effectsFor(id)).toEqual([])
    expect(await world.ask(PAYMENT, { id: paymentId })).toMatchObject({ status: 'SUCCEEDED', refunds: [] })
  })
})

/** A refund of which nobody can tell whether it happened. */
const inDoubt = async (fault: Fault) => {
  paymentId = await world.paid(`de-${count}`, {
    system: 'billing-de',
    legalEntityId: 'entity-de',
    currency: 'EUR',
  })
  await world.billing.control({ script: [fault], duplicates: 'ACCEPTED' })
  const id = idOf(await refund({ amount: { amount: '40.00', currency: 'EUR' } }))
  await world.becomes(id, 'EXCEPTION')
  return { id, exceptionId: await exceptionOf(id, { class: 'OUTCOME_UNKNOWN' }) }
}

describe('where the outside system can neither be searched nor told repetitions', () => {
  it('a lost answer is for a person, who finds what was made there', async () => {
    const { id, exceptionId } = await inDoubt('LOSE_ANSWER')
    const [made] = world.effectsFor(id)
    await resolve(exceptionId, 'ADOPT', { externalId: made?.externalId })
    await world.becomes(id, 'COMPLETED')
    expect(world.effectsFor(id)).toHaveLength(1)
    expect(await refundsKept()).toEqual([expect.stringContaining(made?.externalId ?? '')])
  })

  it('a lost request is for a person, who finds that nothing was made', async () => {
    const { id, exceptionId } = await inDoubt('LOSE_REQUEST')
    await resolve(exceptionId, 'SEND_AGAIN')
    await world.becomes(id, 'COMPLETED')
    expect(world.effectsFor(id)).toHaveLength(1)
    expect(await refundsKept()).toHaveLength(1)
  })

  it.each([
    ['called off', 'COMPENSATE', {}],
    ['changed', 'EDIT_AND_RETRY', { payload: {} }],
    ['taken for done without a name', 'ADOPT', { externalId: ' ' }],
  ])('it is not %s before somebody has looked', async (_, action, fields) => {
    const { id, exceptionId } = await inDoubt('LOSE_ANSWER')
    expect(await resolve(exceptionId, action, fields)).toMatchObject({ userErrors: [{}] })
    await world.becomes(id, 'EXCEPTION')
    expect(await refundsKept()).toEqual([])
  })
})

it('a lost answer of Stripe is found there by our reference', async () => {
  const [currency, legalEntityId] = ['JPY', 'entity-jp']
  paymentId = await world.paid(`jp-${count}`, { system: 'stripe', legalEntityId, currency })
  // Stripe's client itself sends once more, under the same key, where a connection ends without an answer.
  world.stripe.faults.push('LOSE_ANSWER', 'LOSE_ANSWER')
  const id = idOf(await refund({ amount: { amount: '400', currency } }))
  await world.becomes(id, 'COMPLETED')
  const [made, ...more] = world.stripe.made(`${id}/refundPayment`)
  expect(more).toEqual([])
  expect(made?.fields).toMatchObject({ payment_intent: `out_${paymentId}`, amount: '400' })
  expect(world.stripe.calls.map(({ method }) => method)).toEqual(['POST', 'POST', 'GET'])
  expect(await refundsKept()).toEqual([expect.stringContaining(made?.id ?? '')])
})

it('a refund that Stripe has not made yet is pending here as well', async () => {
  const [currency, legalEntityId] = ['JPY', 'entity-jp']
  paymentId = await world.paid(`jp-${count}`, { system: 'stripe', legalEntityId, currency })
  world.stripe.refundStatus = 'pending'
  const id = idOf(await refund({ amount: { amount: '400', currency } }))
  await world.becomes(id, 'COMPLETED')
  expect(await world.ask(PAYMENT, { id: paymentId })).toMatchObject({ refunds: [{ status: 'PENDING' }] })
})

it('a payment that the outside system does not know is given back by whoever took it', async () => {
  const id = await world.paid(`bank-${count}`, { system: 'bank' })
  const answer = await refund({ paymentId: id })
  expect(answer).toMatchObject({ workflow: { status: 'COMPLETED' }, payment: { refunds: [{}] } })
  expect(world.effectsFor(idOf(answer))).toEqual([])
})

const listen = (faults: object = {}) =>
  world.billing.control({
    webhooks: {
      url: world.hookOf('billing-us'),
      secret: world.secret,
      duplicated: 0,
      missing: 0,
      isReordered: false,
      ...faults,
    },
  })
const statuses = async (): Promise<string[]> => {
  const kept = await world.database.owner.rows<{ status: string }>({
    text: `SELECT status FROM operations.inbound_webhook WHERE body LIKE '%' || $1 || '%'`,
    values: [`inv_told_${count}`],
  })
  return kept.map(({ status }) => status)
}

describe('what the outside system tells of itself', () => {
  it.each([
    ['in order', {}],
    ['twice', { duplicated: 100 }],
    ['in the wrong order and twice', { isReordered: true, duplicated: 100 }],
  ])(
    'of a payment, %s, settles the invoice once, and is given back where it came from',
    async (_, faults) => {
      const invoiceId = `inv_told_${count}`
      const lines = [invoiceLine(540_00n, { id: `line_told_${count}` })]
      await world.record({ invoices: [invoiceFact({ id: invoiceId, number: `T-${count}`, lines })] })
      await listen(faults)
      const payload = {
        invoiceId,
        customerId: 'customer-1',
        legalEntityId: 'entity-1',
        currency: 'USD',
        minorUnits: '54000',
        receivedOn: '2026-06-01',
      }
      await fetch(`${world.billing.url}/effects`, {
        method: 'POST',
        headers: { 'idempotency-key': `theirs-${count}` },
        body: JSON.stringify({ operation: 'recordPayment', reference: `theirs-${count}`, payload }),
      })
      await expect.poll(statuses).toEqual(['TAKEN', 'TAKEN'])
      const [told, ...more] = await world.database.owner.rows<{ id: string; status: string }>({
        text: `SELECT p.id, p.status FROM billing.payment p JOIN billing.allocation a ON a.payment_id = p.id
        WHERE a.invoice_id = $1`,
        values: [invoiceId],
      })
      expect(more).toEqual([])
      expect(told).toMatchObject({ status: 'SUCCEEDED' })
      paymentId = told?.id ?? ''
      const id = idOf(await refund())
      await world.becomes(id, 'COMPLETED')
      expect(world.effectsFor(id)).toHaveLength(1)
      await pause(TIMEOUT_MS)
      expect(await refundsKept()).toHaveLength(1)
    },
    SETTLED_MS,
  )

  it(
    'of a refund before we have noted it ourselves is the same refund',
    async () => {
      await listen({ duplicated: 100 })
      // It tells what it did, and then answers late: the whole payment is given back by then.
      await world.billing.control({
        script: ['LOSE_ANSWER', 'UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE'],
      })
      const id = idOf(await refund({ amount: usd('540.00') }))
      await world.becomes(id, 'COMPLETED')
      expect(world.effectsFor(id)).toHaveLength(1)
      expect(await refundsKept()).toHaveLength(1)
      expect(await world.ask(PAYMENT, { id: paymentId })).toMatchObject({ status: 'REFUNDED' })
    },
    SETTLED_MS,
  )

  it.each([
    ['at an address of nobody', 'billing-de', 404],
    ['that nobody signed', 'billing-us', 401],
  ])('is not believed %s', async (_, name, status) => {
    expect((await fetch(world.hookOf(name), { method: 'POST', body: '{}' })).status).toBe(status)
  })
})

it('leaves the books in order', async () => {
  const invariants = [...billingInvariants, ...erpInvariants, ...crossInvariants]
  const findings = await checkInvariants(world.database.owner, invariants)
  expect(findings.filter(({ ids }) => ids.length > 0)).toEqual([])
})
