// Recording a payment over the graph, as consumers do: one effect in billing and in the books, whatever is asked again.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chartOfAccounts, rulesOfChart } from '#domain/chart.ts'
import { invoiceFact, invoiceLine } from '#test/domain/documents.ts'
import { customerFact } from '#test/support/facts.ts'
import { legalEntityFact, period, stated } from '#test/erp/books.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld, usd } from './flows.ts'

const RECORD = `mutation RecordPayment($input: RecordPaymentInput!) {
  payload: recordPayment(input: $input) {
    payment {
      id status amount { amount currency }
      allocations { invoice { number status balance { amount } } amount { amount } }
    }
    workflow { id status steps { name system status } }
    replayed
    userErrors { code message field }
  }
}`

type Payload = FlowPayload & { readonly payment: { readonly id: string } | null }

let world: FlowWorld
let count = 0
let invoiceId: string
beforeAll(async () => {
  world = await openFlowWorld()
})
beforeEach(async () => {
  count += 1
  invoiceId = `inv_${count}`
  await world.record({
    invoices: [invoiceFact({ id: invoiceId, number: `N-${count}`, lines: [invoiceLine(540_00n)] })],
  })
})
afterAll(() => world.close())

const input = (fields: object = {}) => ({
  customerId: 'customer-1',
  amount: usd('540.00'),
  method: 'BANK_TRANSFER',
  receivedAt: '2026-06-15T09:00:00Z',
  allocations: [{ invoiceId, amount: usd('540.00') }],
  idempotencyKey: `key-${count}`,
  ...fields,
})
const sent = (fields?: object): Promise<Payload> => world.start(RECORD, input(fields))

/** Payments of billing, and the entries that the books have of them. */
const effects = async (): Promise<object[]> =>
  world.database.owner.rows({
    text: `SELECT p.id, (SELECT count(*)::int FROM erp.journal_entry e WHERE e.source_id = p.id) AS entries
      FROM billing.payment p JOIN billing.allocation a ON a.payment_id = p.id WHERE a.invoice_id = $1`,
    values: [invoiceId],
  })

it('settles the invoice, posts the money, and tells each step', async () => {
  expect(await sent()).toMatchObject({
    payment: {
      status: 'SUCCEEDED',
      amount: usd('540.00'),
      allocations: [
        { invoice: { status: 'PAID', balance: { amount: '0.00' } }, amount: { amount: '540.00' } },
      ],
    },
    workflow: {
      status: 'COMPLETED',
      steps: [
        { name: 'recordPayment', system: 'BILLING', status: 'DONE' },
        { name: 'postPayment', system: 'ERP', status: 'DONE' },
      ],
    },
    replayed: false,
    userErrors: [],
  })
  expect(await effects()).toMatchObject([{ entries: 1 }])
})

it('50 times at once is one payment, and all are told of it', async () => {
  const payloads = await Promise.all(Array.from({ length: 50 }, () => sent()))
  expect(new Set(payloads.map(({ payment }) => payment?.id)).size).toBe(1)
  expect(payloads.filter(({ replayed }) => !replayed)).toHaveLength(1)
  expect(await effects()).toHaveLength(1)
})

it('is answered the same when it is asked again, although the invoice is paid by then', async () => {
  const first = await sent()
  expect(await sent()).toEqual({ ...first, replayed: true })
})

it('refuses a key that was used for other input', async () => {
  await sent()
  await expect(sent({ method: 'CARD' })).rejects.toThrow('IDEMPOTENCY_KEY_REUSED')
})

describe('bad input starts nothing and leaves the key free', () => {
  it.each([
    ['no money', { amount: usd('0.00') }, 'AMOUNT_NOT_POSITIVE', 'amount'],
    ['too many decimals', { amount: usd('1.005') }, 'AMOUNT_TOO_PRECISE', 'amount'],
    [
      'less money than is meant for invoices',
      { amount: usd('539.99') },
      'ALLOCATION_EXCEEDS_PAYMENT',
      'allocations',
    ],
    ['nothing that it pays', { allocations: [] }, 'REFERENCE_MISSING', 'allocations'],
    [
      'an unknown invoice',
      { allocations: [{ invoiceId: 'inv_none', amount: usd('1.00') }] },
      'REFERENCE_MISSING',
      'allocations.0.invoiceId',
    ],
    ['another customer', { customerId: 'customer-2' }, 'CUSTOMER_MISMATCH', 'allocations.0.invoiceId'],
  ])('%s', async (_, fields, code, field) => {
    const refused = await sent(fields)
    expect(refused).toMatchObject({ payment: null, workflow: null, replayed: false })
    expect(refused.userErrors).toContainEqual(expect.objectContaining({ code, field }))
    expect(await effects()).toEqual([])
    expect(await sent()).toMatchObject({ workflow: { status: 'COMPLETED' }, replayed: false })
  })

  it('nothing for an invoice', async () => {
    const nothing = await sent({ allocations: [{ invoiceId, amount: usd('0.00') }] })
    expect(nothing).toMatchObject({
      workflow: null,
      userErrors: [{ code: 'AMOUNT_NOT_POSITIVE', field: 'allocations.0.amount' }],
    })
  })

  it('more than is owed', async () => {
    const more = { amount: usd('600.00'), allocations: [{ invoiceId, amount: usd('600.00') }] }
    expect((await sent(more)).userErrors).toMatchObject([{ code: 'ALLOCATION_EXCEEDS_BALANCE' }])
  })
})

describe('a day before the books of the company begin', () => {
  it('is refused, and the customer pays on another day', async () => {
    expect(await sent({ receivedAt: '2025-12-31T23:59:59Z' })).toMatchObject({
      payment: null,
      workflow: null,
      userErrors: [
        {
          code: 'DATE_ORDER',
          field: 'receivedAt',
          message: 'There are no books before 2026-01-01',
        },
      ],
    })
    expect(await sent()).toMatchObject({
      payment: { status: 'SUCCEEDED' },
      workflow: { status: 'COMPLETED' },
    })
  })

  it('is the day where the company is', async () => {
    const id = 'entity-nz'
    await world.record({
      legalEntities: [legalEntityFact({ id, code: 'NZ', timeZone: 'Pacific/Auckland' })],
      ledgerAccounts: chartOfAccounts(id, (code) => stated(`acc_nz_${code}`)),
      accountRules: rulesOfChart(id, (code) => stated(`arl_nz_${code}`)),
      accountingPeriods: [period(id, '2026-01')],
      invoices: [
        invoiceFact({ id: 'inv_nz', number: 'NZ-1', legalEntityId: id, lines: [invoiceLine(1_00n)] }),
      ],
    })
    const paid = { amount: usd('1.00'), allocations: [{ invoiceId: 'inv_nz', amount: usd('1.00') }] }
    expect(await sent({ ...paid, receivedAt: '2025-12-31T10:59:59Z' })).toMatchObject({
      userErrors: [{ code: 'DATE_ORDER', field: 'receivedAt' }],
    })
    expect(await sent({ ...paid, receivedAt: '2025-12-31T11:00:00Z' })).toMatchObject({
      workflow: { status: 'COMPLETED' },
    })
  })
})

const owed = (id: string, customerId: string) =>
  invoiceFact({ id, number: id, customerId, lines: [invoiceLine(100_00n, { id: `line_${id}` })] })
const part = (id: string) => ({ invoiceId: id, amount: usd('100.00') })

describe('who carries on for a customer that was merged', () => {
  const MERGE = `mutation ($input: MergeCustomersInput!) { payload: mergeCustomers(input: $input) {
    workflow { id status } replayed userErrors { code message field } } }`
  const PAID = `query ($id: ID!) { payment(id: $id) { customer { id } } }`
  const [survivorId, mergedId] = ['customer-survivor', 'customer-merged']
  beforeAll(async () => {
    await world.record({
      customers: [survivorId, mergedId].map((id) => customerFact({ id, name: id })),
      invoices: [
        ...['inv_a', 'inv_b', 'inv_c'].map((id) => owed(id, mergedId)),
        ...['inv_d', 'inv_e'].map((id) => owed(id, survivorId)),
      ],
    })
    const merging = { survivorId, mergedId, idempotencyKey: 'merge' }
    expect(await world.start(MERGE, merging)).toMatchObject({ workflow: { status: 'COMPLETED' } })
  })

  /** Debits less credits of receivables in the books, by customer. */
  const receivables = () =>
    world.database.owner.rows<{ readonly customer: string; readonly owed: number }>({
      text: `SELECT customer_id AS customer, sum(debit - credit)::int AS owed FROM erp.journal_line
        WHERE role = 'RECEIVABLES' AND customer_id = ANY($1) GROUP BY 1 ORDER BY 1`,
      values: [[survivorId, mergedId]],
    })

  it.each([
    ['the invoices of that one', survivorId, 'inv_a', mergedId],
    ['its own, under the id that was merged', mergedId, 'inv_d', survivorId],
  ])('pays %s, which goes down in the books where it is owed', async (_, customerId, id, owner) => {
    const before = await receivables()
    const paid = await sent({ customerId, amount: usd('100.00'), allocations: [part(id)] })
    expect(paid).toMatchObject({ workflow: { status: 'COMPLETED' }, userErrors: [] })
    expect((await world.ask(PAID, { id: paid.payment?.id })).data).toMatchObject({
      payment: { customer: { id: owner } },
    })
    expect(await receivables()).toEqual(
      before.map(({ customer, owed: was }) => ({ customer, owed: customer === owner ? was - 100_00 : was })),
    )
  })

  it('pays those of both by a payment each', async () => {
    const both = { amount: usd('200.00'), allocations: [part('inv_b'), part('inv_e')] }
    expect(await sent({ customerId: survivorId, ...both })).toMatchObject({
      workflow: null,
      userErrors: [{ code: 'CUSTOMER_MISMATCH', field: 'allocations.1.invoiceId' }],
    })
  })

  it('pays for nobody else', async () => {
    const other = { customerId: 'customer-1', amount: usd('100.00'), allocations: [part('inv_c')] }
    expect((await sent(other)).userErrors).toMatchObject([{ code: 'CUSTOMER_MISMATCH' }])
  })
})

it('shows in the list of workflows and by its id', async () => {
  const { workflow } = await sent()
  const { data } = await world.ask<Record<string, unknown>>(
    `query ($id: ID!) {
      workflow(id: $id) { flow model subject customer { name } steps { kind attempts effectKey } endedAt }
      workflows(first: 1, filter: { flow: { in: ["recordPayment"] }, status: { in: [COMPLETED] } }) { nodes { id } }
    }`,
    { id: workflow?.id },
  )
  expect(data).toMatchObject({
    workflow: {
      flow: 'recordPayment',
      subject: 'payments:customer-1',
      customer: { name: 'Acme' },
      steps: [
        { kind: 'PIVOT', attempts: 1, effectKey: `${workflow?.id ?? ''}/recordPayment` },
        { kind: 'RETRIABLE', attempts: 1 },
      ],
    },
  })
})
