// What nobody means well by: it is refused by a code that names it, starts nothing, and says nothing of the inside.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { day, dispute, invoiceFact, invoiceLine, paymentFact } from '#test/domain/documents.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld, usd } from './flows.ts'

const LONG = 'x'.repeat(1_001)
const [NUL, HALF_A_PAIR] = ['a\0b', '\ud800']

let world: FlowWorld
beforeAll(async () => {
  world = await openFlowWorld()
  const allocations = [{ id: 'alc_1', invoiceId: 'inv_paid', amount: 540_00n }]
  await world.record({
    invoices: ['inv_owed', 'inv_paid'].map((id) =>
      invoiceFact({ id, number: id, lines: [invoiceLine(540_00n, { id: `line_${id}` })] }),
    ),
    payments: [
      paymentFact({ id: 'pay_1', amount: 540_00n, allocations }),
      ...['pay_early', 'pay_disputed'].map((id) =>
        paymentFact({ id, amount: 1_00n, receivedOn: day('2025-06-10') }),
      ),
      paymentFact({ id: 'pay_pending', outcome: 'PENDING', amount: 1_00n, receivedOn: day('2026-06-10') }),
    ],
    disputes: [
      dispute({ id: 'dsp_1', paymentId: 'pay_disputed', amount: 1_00n, openedOn: day('2025-06-11') }),
    ],
  })
})
afterAll(() => world.close())

/** A good request of each kind, of which one field is changed. */
const GOOD = {
  recordPayment: {
    customerId: 'customer-1',
    amount: usd('540.00'),
    method: 'BANK_TRANSFER',
    receivedAt: '2026-06-15T09:00:00Z',
    allocations: [{ invoiceId: 'inv_owed', amount: usd('540.00') }],
  },
  settlePayment: { paymentId: 'pay_pending', outcome: 'SUCCEEDED', settledAt: '2026-06-14T09:00:00Z' },
  recordPayout: { legalEntityId: 'entity-1', amount: usd('1.00'), paidOn: '2026-06-10', reference: 'r-1' },
  refundPayment: { paymentId: 'pay_1', amount: usd('1.00'), reason: 'Goodwill' },
  writeOffInvoice: { invoiceId: 'inv_owed', reason: 'Bankrupt' },
  openDispute: { paymentId: 'pay_1', amount: usd('1.00'), reason: 'fraudulent', openedOn: '2026-06-10' },
  closeDispute: { disputeId: 'dsp_1', outcome: 'LOST', closedOn: '2026-06-12' },
  issueCreditNote: {
    invoiceId: 'inv_owed',
    reason: 'Late delivery',
    lines: [{ invoiceLineId: 'line_inv_owed', amount: usd('1.00') }],
  },
  billUsage: { subscriptionId: 'sub_none', month: '2026-05' },
  upsertCustomer: {
    externalRefs: [{ system: 'hubspot', externalId: '77' }],
    name: 'Globex',
    currency: 'USD',
    owner: { name: 'Ada', email: 'ada@example.com' },
  },
} as const
type Mutation = keyof typeof GOOD

const documentOf = (mutation: Mutation): string => {
  const type = `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input!`
  return `mutation ($input: ${type}) { payload: ${mutation}(input: $input) {
    workflow { id status } replayed userErrors { code field message } } }`
}
const inputOf = (mutation: Mutation, fields: object): object => ({
  ...GOOD[mutation],
  idempotencyKey: 'hostile',
  ...fields,
})
const refusalOf = async (mutation: Mutation, fields: object) => {
  const { workflow, userErrors } = await world.start<FlowPayload>(
    documentOf(mutation),
    inputOf(mutation, fields),
  )
  expect(workflow).toBeNull()
  expect(await started()).toBe(0)
  return userErrors
}
const errorOf = async (document: string, variables: object): Promise<unknown> => {
  const { data, errors } = await world.ask(document, variables)
  expect(data ?? null).toBeNull()
  expect(await started()).toBe(0)
  return errors?.map(({ extensions }) => extensions['code'])
}

async function started(): Promise<number> {
  const [row] = await world.database.owner.rows<{ count: number }>({
    text: 'SELECT count(*)::int AS count FROM operations.workflow',
    values: [],
  })
  return row?.count ?? -1
}

describe('a text that no store can keep', () => {
  it.each<[Mutation, object]>([
    ['recordPayment', { idempotencyKey: NUL }],
    ['recordPayment', { idempotencyKey: HALF_A_PAIR }],
    ['recordPayment', { customerId: NUL }],
    ['refundPayment', { reason: NUL }],
    ['refundPayment', { reason: HALF_A_PAIR }],
    ['upsertCustomer', { owner: { name: NUL, email: 'x' } }],
    ['upsertCustomer', { externalRefs: [{ system: 'x', externalId: HALF_A_PAIR }] }],
  ])('in %s is BAD_USER_INPUT: %j', async (mutation, fields) => {
    const input = inputOf(mutation, fields)
    expect(await errorOf(documentOf(mutation), { input })).toEqual(['BAD_USER_INPUT'])
  })

  it('is so as well where it stands in the document itself', async () => {
    const document = String.raw`mutation { refundPayment(input: { paymentId: "pay_1", reason: "a\u0000b",
      amount: { amount: "1.00", currency: "USD" }, idempotencyKey: "k" }) { workflow { id } } }`
    const { errors } = await world.ask(document)
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
    expect(await started()).toBe(0)
  })
})

describe('a text without end is TEXT_TOO_LONG', () => {
  it.each<[Mutation, object, string]>([
    ['refundPayment', { reason: LONG }, 'reason'],
    ['writeOffInvoice', { reason: LONG }, 'reason'],
    ['openDispute', { reason: LONG }, 'reason'],
    ['issueCreditNote', { reason: LONG }, 'reason'],
    ['recordPayout', { reference: LONG }, 'reference'],
    ['upsertCustomer', { name: LONG }, 'name'],
    ['upsertCustomer', { owner: { name: LONG, email: 'x' } }, 'owner.name'],
    ['upsertCustomer', { externalRefs: [{ system: 'x', externalId: '1', url: LONG }] }, 'externalRefs.0.url'],
  ])('in %s', async (mutation, fields, field) => {
    expect(await refusalOf(mutation, fields)).toMatchObject([{ code: 'TEXT_TOO_LONG', field }])
  })
})

describe('money that is to move on a day to come has not moved: DATE_ORDER', () => {
  it.each<[Mutation, object, string]>([
    ['recordPayment', { receivedAt: '2026-06-17T00:00:00Z' }, 'receivedAt'],
    ['recordPayment', { receivedAt: '9999-12-31T23:59:59Z' }, 'receivedAt'],
    ['settlePayment', { settledAt: '2026-06-17T00:00:00Z' }, 'settledAt'],
    ['recordPayout', { paidOn: '2026-06-17' }, 'paidOn'],
  ])('%s: %j', async (mutation, fields, field) => {
    expect(await refusalOf(mutation, fields)).toMatchObject([{ code: 'DATE_ORDER', field }])
  })
})

describe('what is said to have happened before there are books of it: DATE_ORDER', () => {
  it.each<[Mutation, object, string]>([
    ['recordPayment', { receivedAt: '0001-01-02T00:00:00Z' }, 'receivedAt'],
    ['recordPayment', { receivedAt: '1999-12-31T23:59:59Z' }, 'receivedAt'],
    ['settlePayment', { settledAt: '1999-12-31T23:59:59Z' }, 'settledAt'],
    ['recordPayout', { paidOn: '1999-12-31' }, 'paidOn'],
    ['recordPayment', { receivedAt: '2025-12-31T23:59:59Z' }, 'receivedAt'],
    ['settlePayment', { settledAt: '2025-12-31T23:59:59Z' }, 'settledAt'],
    ['openDispute', { paymentId: 'pay_early', openedOn: '2025-12-31' }, 'openedOn'],
    ['closeDispute', { closedOn: '2025-12-31' }, 'closedOn'],
  ])('%s: %j', async (mutation, fields, field) => {
    expect(await refusalOf(mutation, fields)).toMatchObject([{ code: 'DATE_ORDER', field }])
  })
})

describe('a time before or after all calendars is BAD_USER_INPUT', () => {
  it.each<[Mutation, object]>([
    ['recordPayment', { receivedAt: '0001-01-01T00:00:00+18:00' }],
    ['recordPayment', { receivedAt: '9999-12-31T23:59:59-18:00' }],
    ['billUsage', { month: '0001-01' }],
    ['billUsage', { month: '9999-12' }],
  ])('%s: %j', async (mutation, fields) => {
    expect(await errorOf(documentOf(mutation), { input: inputOf(mutation, fields) })).toEqual([
      'BAD_USER_INPUT',
    ])
  })
})

describe('the id of something else is that of nothing', () => {
  it.each<[Mutation, object, string]>([
    [
      'recordPayment',
      { allocations: [{ invoiceId: 'pay_1', amount: usd('1.00') }] },
      'allocations.0.invoiceId',
    ],
    ['settlePayment', { paymentId: 'inv_paid' }, 'paymentId'],
    ['refundPayment', { paymentId: 'customer-1' }, 'paymentId'],
    ['openDispute', { paymentId: '__proto__' }, 'paymentId'],
    ['writeOffInvoice', { invoiceId: 'pay_1' }, 'invoiceId'],
    ['issueCreditNote', { invoiceId: 'constructor' }, 'invoiceId'],
    ['recordPayout', { legalEntityId: 'customer-1' }, 'legalEntityId'],
    ['billUsage', { subscriptionId: 'inv_owed' }, 'subscriptionId'],
    ['upsertCustomer', { legalEntityId: 'customer-1' }, 'legalEntityId'],
  ])('%s: %j', async (mutation, fields, field) => {
    expect(await refusalOf(mutation, fields)).toMatchObject([{ code: 'REFERENCE_MISSING', field }])
  })
})

describe('an amount beyond what there is', () => {
  it.each<[Mutation, object, string, string]>([
    ['recordPayment', { amount: usd('9'.repeat(30)) }, 'AMOUNT_INVALID', 'amount'],
    ['recordPayment', { amount: usd('-1.00') }, 'AMOUNT_NOT_POSITIVE', 'amount'],
    ['refundPayment', { amount: usd('-1.00') }, 'AMOUNT_NOT_POSITIVE', 'amount'],
    ['refundPayment', { amount: usd('540.01') }, 'REFUND_EXCEEDS_PAYMENT', 'amount'],
    ['refundPayment', { amount: usd('0.001') }, 'AMOUNT_TOO_PRECISE', 'amount'],
    ['openDispute', { amount: usd('0.00') }, 'AMOUNT_NOT_POSITIVE', 'amount'],
    ['settlePayment', { fee: usd('-0.01') }, 'AMOUNT_NEGATIVE', 'fee'],
    ['recordPayout', { amount: usd('9223372036854775807') }, 'AMOUNT_INVALID', 'amount'],
  ])('%s: %j is %s', async (mutation, fields, code, field) => {
    expect(await refusalOf(mutation, fields)).toMatchObject([{ code, field }])
  })
})
