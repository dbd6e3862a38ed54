// A refund where an outside system masters billing: it happens there once, whatever dies, answers late or refuses, and
// what that system tells of itself is taken in once. Over the graph of real nodes; the system's own log is the witness.
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '#platform/clock.ts'
import { checkInvariants } from '#platform/invariant.ts'
import { createRecordFacts } from '#product.ts'
import { billingInvariants } from '#subgraphs/billing/store.ts'
import { erpInvariants } from '#subgraphs/erp/store.ts'
import { crossInvariants } from '#subgraphs/operations/store.ts'
import { makeSecret } from '#subgraphs/operations/webhooks/sign.ts'
import { invoiceFact, invoiceLine, paymentFact } from '#test/domain/documents.ts'
import { openingFacts } from '#test/erp/books.ts'
import type { Fault } from '#test/simulators/faults.ts'
import { type LoggedEffect, readEffects } from '#test/simulators/log.ts'
import { type Simulator, startSimulator } from '#test/simulators/start.ts'
import { type WriteServer, writeServer } from '#test/stripe/write-server.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { customerFact } from '#test/support/facts.ts'
import { type FlowPayload, usd } from './flows.ts'
import { type NodeProcess, startNode } from './node-process.ts'

const REFUND = `mutation ($input: RefundPaymentInput!) { answer: refundPayment(input: $input) {
  payment { status refunds { amount { amount } status externalRefs { system externalId } } }
  workflow { id status } replayed userErrors { code message field } } }`
const PAYMENT = `query ($id: ID!) { answer: payment(id: $id) {
  status refunds { amount { amount } status externalRefs { system externalId } } } }`
const WORKFLOW = `query ($id: ID!) { answer: workflow(id: $id) { status failure { code message } } }`
const EXCEPTIONS = `query { answer: exceptions(first: 100, filter: { status: { in: [OPEN] } }) {
  nodes { id class code message workflow { id } } } }`
const RESOLVE = `mutation ($input: ResolveExceptionInput!) { answer: resolveException(input: $input) {
  workflow { status } userErrors { code message } } }`

/** Shorter than a workflow's lease, so that a time-out is over before another node takes it. */
const TIMEOUT_MS = 1_000
const SETTLED_MS = 30_000
const DAY_MS = 86_400_000

const secret = makeSecret()
let database: TestDatabase
let billing: Simulator
let stripe: WriteServer
let nodes: NodeProcess[]
let record: ReturnType<typeof createRecordFacts>
beforeAll(async () => {
  ;[database, billing, stripe] = await Promise.all([
    openTestDatabase(),
    startSimulator('billing'),
    writeServer(),
  ])
  record = createRecordFacts(database.of, systemClock, 'test')
  await record({ ...openingFacts(), customers: [customerFact({ id: 'customer-1' })] })
  nodes = await Promise.all([startOne(), startOne()])
}, 60_000)
afterAll(async () => {
  await Promise.all([...nodes.map((node) => node.kill()), billing.stop(), stripe.close()])
  await database.close()
})

/** The American billing tells repetitions by their key, the German one promises nothing, the Japanese is Stripe. */
const startOne = (): Promise<NodeProcess> => {
  const http = { kind: 'http', system: 'BILLING', url: billing.url, timeoutMs: TIMEOUT_MS }
  const connectors = [
    { ...http, name: 'billing-us', legalEntity: 'US', deduplicatesForMs: DAY_MS, webhookSecrets: [secret] },
    { ...http, name: 'billing-de', legalEntity: 'DE' },
    { kind: 'stripe', system: 'BILLING', legalEntity: 'JP' },
  ]
  return startNode(database.url, {
    CONNECTORS: JSON.stringify(connectors),
    STRIPE_API_KEY: 'sk_test_1',
    STRIPE_INSTANCE: 'acct_1',
    STRIPE_HOST: '127.0.0.1',
    STRIPE_PORT: String(stripe.port),
    STRIPE_PROTOCOL: 'http',
    LOG_LEVEL: 'error',
  })
}

async function ask<Answer>(query: string, variables: object = {}, node = nodes[0]): Promise<Answer> {
  const response = await fetch(`http://${node?.url ?? ''}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = (await response.json()) as { data?: { answer: Answer } | null; errors?: unknown }
  if (!data || errors) throw new Error(JSON.stringify(errors))
  return data.answer
}

/** Each test has a paid invoice of its own, of 540.00, whose payment billing of the company took. */
let paymentId = ''
let count = 0
beforeEach(async () => {
  count += 1
  await billing.control({ script: [], slowMs: 300, isDown: false, webhooks: null })
  paymentId = await paid({})
})

const takenBy = (system: string, externalId: string) => ({
  system,
  externalId,
  instance: system === 'stripe' ? 'acct_1' : 'default',
  objectType: system === 'stripe' ? 'payment_intent' : 'payment',
  url: null,
  sourceVersion: 1n,
})

async function paid({
  system = 'billing-us',
  legalEntityId = 'entity-1',
  currency = 'USD',
}): Promise<string> {
  const [id, invoiceId] = [`pay_${system}_${count}`, `inv_${system}_${count}`]
  const of = { legalEntityId, currency }
  const lines = [invoiceLine(540_00n, { id: `line_${system}_${count}` })]
  await record({
    invoices: [invoiceFact({ ...of, id: invoiceId, number: `N-${system}-${count}`, lines })],
    payments: [
      paymentFact({
        ...of,
        id,
        externalRefs: [takenBy(system, `out_${id}`)],
        amount: 540_00n,
        allocations: [{ id: `alc_${system}_${count}`, invoiceId, amount: 540_00n }],
      }),
    ],
  })
  return id
}

interface Refunded extends FlowPayload {
  readonly payment: Payment | null
}
interface Payment {
  readonly status: string
  readonly refunds: readonly { readonly externalRefs: readonly { readonly externalId: string }[] }[]
}

const refund = (fields: object = {}, node = nodes[0]): Promise<Refunded> =>
  ask(
    REFUND,
    {
      input: {
        paymentId,
        amount: usd('40.00'),
        reason: 'Goodwill',
        idempotencyKey: `refund-${count}`,
        ...fields,
      },
    },
    node,
  )
const idOf = ({ workflow }: Refunded): string => workflow?.id ?? ''

/** Waits until a workflow is where it ends or waits for a person. */
async function becomes(id: string, status: string, node = nodes[0]): Promise<void> {
  await expect.poll(() => ask(WORKFLOW, { id }, node), { timeout: SETTLED_MS }).toMatchObject({ status })
}

/** What the outside system did for a workflow. */
const effectsFor = (workflowId: string): LoggedEffect[] =>
  readEffects(billing.logPath).filter(({ effectKey }) => effectKey.startsWith(workflowId))

/** The refunds of the test's payment in our own store, by what the outside system calls them. */
async function refundsKept(): Promise<string[]> {
  const { refunds } = await ask<Payment>(PAYMENT, { id: paymentId })
  return refunds.map(({ externalRefs }) => externalRefs.map(({ externalId }) => externalId).join())
}

describe('a refund happens once in the outside system', () => {
  it.each<[string, Fault[], object]>([
    ['where all goes well', [], {}],
    ['whose answer is lost', ['LOSE_ANSWER'], {}],
    ['whose request is lost', ['LOSE_REQUEST'], {}],
    ['in a burst of 503', ['UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE'], {}],
    ['that answers 429 and says when to come again', ['RATE_LIMIT'], {}],
    ['that answers 500 after all', ['FAIL_AFTER'], {}],
    ['that answers after the time-out', ['SLOW'], { slowMs: TIMEOUT_MS * 2 }],
    ['of which everything goes wrong', ['LOSE_REQUEST', 'UNAVAILABLE', 'LOSE_ANSWER', 'RATE_LIMIT'], {}],
  ])(
    '%s',
    async (_, script, faults) => {
      await billing.control({ script, ...faults })
      const id = idOf(await refund())
      await becomes(id, 'COMPLETED')
      const [effect, ...more] = effectsFor(id)
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
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => refund({}, nodes[n % 2])))
    const [id, ...others] = new Set(answers.map(idOf))
    expect(others).toEqual([])
    await becomes(id ?? '', 'COMPLETED')
    expect(effectsFor(id ?? '')).toHaveLength(1)
  })

  it('whose node is killed after it was sent and before that was recorded', async () => {
    const slow = async (): Promise<number> => (await billing.control({})).met.SLOW ?? 0
    const before = await slow()
    await billing.control({ script: ['SLOW'], slowMs: TIMEOUT_MS })
    const asked = refund().then(
      () => 'ANSWERED',
      () => 'BROKEN OFF',
    )
    // Whichever node carries it out: it is gone before the outside system has done it.
    await expect.poll(slow).toBe(before + 1)
    await Promise.all(nodes.map((node) => node.kill()))
    expect(await asked).toBe('BROKEN OFF')
    nodes = await Promise.all([startOne(), startOne()])
    const { workflow } = await refund()
    await becomes(workflow?.id ?? '', 'COMPLETED')
    expect(effectsFor(workflow?.id ?? '')).toHaveLength(1)
    expect(await refundsKept()).toHaveLength(1)
  }, 60_000)
})

const refusedOne = async () => {
  await billing.control({ script: ['REFUSE'] })
  const answer = await refund()
  expect(answer).toMatchObject({ workflow: { status: 'EXCEPTION' } })
  const { nodes: open } = await ask<{ nodes: { id: string; workflow: { id: string } }[] }>(EXCEPTIONS)
  const exception = open.find(({ workflow }) => workflow.id === idOf(answer))
  expect(exception).toMatchObject({ class: 'STEP_REFUSED', code: 'OUTSIDE_REFUSED' })
  expect(await refundsKept()).toEqual([])
  return { id: idOf(answer), exceptionId: exception?.id ?? '' }
}
const resolve = (exceptionId: string, action: string) =>
  ask(RESOLVE, {
    input: { exceptionId, action, reason: 'Mended', actor: 'mary', idempotencyKey: `${action}-${count}` },
  })

describe('a refund that the outside system refuses', () => {
  it('is tried again by a person, under a key of its own, and happens once', async () => {
    const { id, exceptionId } = await refusedOne()
    await resolve(exceptionId, 'RETRY')
    await becomes(id, 'COMPLETED')
    expect(effectsFor(id)).toMatchObject([
      { effectKey: `${id}/refundPayment`, idempotencyKey: `${id}/refundPayment~1` },
    ])
    expect(await refundsKept()).toHaveLength(1)
  })

  it('is called off by a person, and nothing has happened', async () => {
    const { id, exceptionId } = await refusedOne()
    await resolve(exceptionId, 'COMPENSATE')
    await becomes(id, 'COMPENSATED')
    expect(effectsFor(id)).toEqual([])
    expect(await ask(PAYMENT, { id: paymentId })).toMatchObject({ status: 'SUCCEEDED', refunds: [] })
  })
})

it('a lost answer is for a person where the outside system can neither be searched nor told repetitions', async () => {
  const german = { system: 'billing-de', legalEntityId: 'entity-de', currency: 'EUR' }
  const amount = { amount: '40.00', currency: 'EUR' }
  const id = await paid(german)
  await billing.control({ script: ['LOSE_ANSWER'] })
  const answer = await refund({ paymentId: id, amount })
  await becomes(idOf(answer), 'EXCEPTION')
  expect(await ask(WORKFLOW, { id: idOf(answer) })).toMatchObject({ failure: { code: 'OUTCOME_UNKNOWN' } })
  expect(effectsFor(idOf(answer))).toHaveLength(1)
})

it('a lost answer of Stripe is found there by our reference', async () => {
  const [currency, legalEntityId] = ['JPY', 'entity-jp']
  paymentId = await paid({ system: 'stripe', legalEntityId, currency })
  // Stripe's client itself sends once more, under the same key, where a connection ends without an answer.
  stripe.faults.push('LOSE_ANSWER', 'LOSE_ANSWER')
  const id = idOf(await refund({ amount: { amount: '400', currency } }))
  await becomes(id, 'COMPLETED')
  const [made, ...more] = stripe.made(`${id}/refundPayment`)
  expect(more).toEqual([])
  expect(made?.fields).toMatchObject({ payment_intent: `out_${paymentId}`, amount: '400' })
  expect(stripe.calls.map(({ method }) => method)).toEqual(['POST', 'POST', 'GET'])
  expect(await refundsKept()).toEqual([expect.stringContaining(made?.id ?? '')])
})

it('a payment that the outside system does not know is given back by whoever took it', async () => {
  const id = await paid({ system: 'bank' })
  const answer = await refund({ paymentId: id })
  expect(answer).toMatchObject({ workflow: { status: 'COMPLETED' }, payment: { refunds: [{}] } })
  expect(effectsFor(idOf(answer))).toEqual([])
})

const hookOf = (name: string): string => `http://${nodes[0]?.url.replace('/graphql', `/hooks/${name}`) ?? ''}`
const listen = (faults: object = {}) =>
  billing.control({
    webhooks: {
      url: hookOf('billing-us'),
      secret,
      duplicated: 0,
      missing: 0,
      isReordered: false,
      ...faults,
    },
  })
const statuses = async (): Promise<string[]> => {
  const kept = await database.owner.rows<{ status: string }>({
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
      await record({ invoices: [invoiceFact({ id: invoiceId, number: `T-${count}`, lines })] })
      await listen(faults)
      const payload = {
        invoiceId,
        customerId: 'customer-1',
        legalEntityId: 'entity-1',
        currency: 'USD',
        minorUnits: '54000',
        receivedOn: '2026-06-01',
      }
      await fetch(`${billing.url}/effects`, {
        method: 'POST',
        headers: { 'idempotency-key': `theirs-${count}` },
        body: JSON.stringify({ operation: 'recordPayment', reference: `theirs-${count}`, payload }),
      })
      await expect.poll(statuses, { timeout: 10_000 }).toEqual(['TAKEN', 'TAKEN'])
      const [told, ...more] = await database.owner.rows<{ id: string; status: string }>({
        text: `SELECT p.id, p.status FROM billing.payment p JOIN billing.allocation a ON a.payment_id = p.id
        WHERE a.invoice_id = $1`,
        values: [invoiceId],
      })
      expect(more).toEqual([])
      expect(told).toMatchObject({ status: 'SUCCEEDED' })
      paymentId = told?.id ?? ''
      const id = idOf(await refund())
      await becomes(id, 'COMPLETED')
      expect(effectsFor(id)).toHaveLength(1)
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
      await billing.control({
        script: ['LOSE_ANSWER', 'UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE'],
      })
      const id = idOf(await refund({ amount: usd('540.00') }))
      await becomes(id, 'COMPLETED')
      expect(effectsFor(id)).toHaveLength(1)
      expect(await refundsKept()).toHaveLength(1)
      expect(await ask(PAYMENT, { id: paymentId })).toMatchObject({ status: 'REFUNDED' })
    },
    SETTLED_MS,
  )

  it.each([
    ['at an address of nobody', 'billing-de', 404],
    ['that nobody signed', 'billing-us', 401],
  ])('is not believed %s', async (_, name, status) => {
    expect((await fetch(hookOf(name), { method: 'POST', body: '{}' })).status).toBe(status)
  })
})

it('leaves the books in order', async () => {
  const invariants = [...billingInvariants, ...erpInvariants, ...crossInvariants]
  const findings = await checkInvariants(database.owner, invariants)
  expect(findings.filter(({ ids }) => ids.length > 0)).toEqual([])
})
