// A payment that came elsewhere, of an invoice that Stripe issued: Stripe expects no more of it, and the next import
// does not take it for a payment of its own. Over the graph of real nodes.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Facts } from '#domain/facts.ts'
import { checkInvariants } from '#platform/invariant.ts'
import { billingInvariants } from '#subgraphs/billing/store.ts'
import type { StripeObject } from '#subgraphs/billing/stripe/fields.ts'
import { stripeId } from '#subgraphs/billing/stripe/mapping.ts'
import { erpInvariants } from '#subgraphs/erp/store.ts'
import { crossInvariants } from '#subgraphs/operations/store.ts'
import { invoice, line, list, mapAll, paidInvoice } from '#test/stripe/fixtures.ts'
import { ACCOUNT } from '#test/stripe/memory.ts'
import type { FlowPayload } from './flows.ts'
import { openOutsideWorld, type OutsideWorld, SETTLED_MS } from './outside-world.ts'

const RECORD = `mutation ($input: RecordPaymentInput!) { answer: recordPayment(input: $input) {
  payment { id } workflow { id status } userErrors { code message field } } }`
const INVOICE = 'query ($id: ID!) { answer: invoice(id: $id) { status balance { amount } } }'

interface Recorded extends FlowPayload {
  readonly payment: { readonly id: string } | null
}

let world: OutsideWorld
beforeAll(async () => {
  world = await openOutsideWorld()
}, 60_000)
afterAll(() => world.close())

/** Each test has an invoice of Stripe of its own, of 54,000 yen, that nobody has paid. */
let invoiceId = ''
let count = 0
beforeEach(async () => {
  count += 1
  world.stripe.faults.length = 0
  invoiceId = await owed(`jp-${count}`)
})

async function owed(name: string): Promise<string> {
  const id = await world.owed(name, { system: 'stripe', legalEntityId: 'entity-jp', currency: 'JPY' })
  world.stripe.invoices.set(`out_${id}`, { amountRemaining: 54_000, taxPercent: 20, lineIds: [] })
  return id
}

async function pay(amounts: Readonly<Record<string, string>>, key = ''): Promise<Recorded> {
  const allocations = Object.entries(amounts).map(([id, amount]) => ({
    invoiceId: id,
    amount: { amount, currency: 'JPY' },
  }))
  const total = Object.values(amounts).reduce((sum, amount) => sum + BigInt(amount), 0n)
  const input = {
    customerId: 'customer-1',
    amount: { amount: String(total), currency: 'JPY' },
    method: 'BANK_TRANSFER',
    receivedAt: '2026-11-02T09:00:00Z',
    allocations,
    idempotencyKey: `pay ${count} ${key}`,
  }
  return world.ask<Recorded>(RECORD, { input })
}
const standing = (id = invoiceId) => world.stripe.invoices.get(`out_${id}`)
const invoiceNow = (id = invoiceId): Promise<object> => world.ask(INVOICE, { id })

it(
  'that settles an invoice marks it paid there once, also where the answers are lost',
  async () => {
    world.stripe.faults.push(undefined, 'LOSE_ANSWER', 'LOSE_ANSWER')
    const { workflow, payment } = await pay({ [invoiceId]: '54000' })
    await world.becomes(workflow?.id ?? '', 'COMPLETED')
    expect(standing()).toMatchObject({
      status: 'paid',
      metadata: { revgraph_payment: expect.stringMatching(new RegExp(`^out_${invoiceId} pay_`)) as string },
    })
    if (payment !== null)
      expect(standing()?.metadata).toEqual({ revgraph_payment: `out_${invoiceId} ${payment.id}` })
    expect(await invoiceNow()).toMatchObject({ status: 'PAID', balance: { amount: '0' } })
  },
  SETTLED_MS,
)

it('of a part is told to nobody, and the one that settles the rest stands for both there', async () => {
  await pay({ [invoiceId]: '20000' }, 'part')
  expect(standing()).toEqual({ amountRemaining: 54_000, taxPercent: 20, lineIds: [] })
  expect(await invoiceNow()).toMatchObject({ status: 'PARTIALLY_PAID' })
  const { payment } = await pay({ [invoiceId]: '34000' }, 'rest')
  expect(standing()).toMatchObject({
    status: 'paid',
    metadata: { revgraph_payment: `out_${invoiceId} ${payment?.id}` },
  })
})

it('of two invoices marks both', async () => {
  const other = await owed(`jp-${count}-other`)
  const { payment, userErrors } = await pay({ [invoiceId]: '54000', [other]: '54000' })
  expect(userErrors).toEqual([])
  for (const id of [invoiceId, other])
    expect(standing(id)).toMatchObject({
      status: 'paid',
      metadata: { revgraph_payment: `out_${id} ${payment?.id}` },
    })
})

it('is not counted again by the next import, as one that somebody else marked paid there is', async () => {
  const metadata = await paidOf('in_ours', true)
  expect(metadata).toEqual({ revgraph_payment: expect.stringMatching(/^in_ours pay_/) as string })
  await world.record(imported(paidInvoice({ ...YEN, id: 'in_ours', metadata: { ...metadata } })))
  expect(await paymentsOf(idThere('in_ours'))).toMatchObject([{ method: 'BANK_TRANSFER', applied: '2000' }])
  await paidOf('in_theirs', false)
  await world.record(imported(paidInvoice({ ...YEN, id: 'in_theirs' })))
  expect(await paymentsOf(idThere('in_theirs'))).toMatchObject([{ method: 'OTHER', applied: '2000' }])
})

/** What Stripe has of an invoice of 2,000 yen that an import brought, and that a payment of ours settles or not. */
async function paidOf(externalId: string, byOurs: boolean) {
  await world.record(imported(invoice({ ...YEN, id: externalId })))
  world.stripe.invoices.set(externalId, { amountRemaining: 2_000, taxPercent: 0, lineIds: [] })
  if (byOurs) {
    const { userErrors } = await pay({ [idThere(externalId)]: '2000' }, externalId)
    expect(userErrors).toEqual([])
  }
  return world.stripe.invoices.get(externalId)?.metadata
}

const YEN = { currency: 'jpy', lines: list([line({ currency: 'jpy' })]) }
const ACCOUNT_THERE = { ...ACCOUNT, instance: 'acct_1' }
const idThere = (externalId: string): string => stripeId(ACCOUNT_THERE, 'invoice', 'invoice', externalId)

/** What an import tells of an invoice, as of our customer and company. */
function imported(object: StripeObject): Pick<Facts, 'invoices' | 'payments'> {
  const ours = { customerId: 'customer-1', legalEntityId: 'entity-jp' }
  const { invoices, payments } = mapAll([object], ACCOUNT_THERE).facts
  return {
    invoices: invoices.map((fact) => ({ ...fact, ...ours, number: `Y-${String(object['id'])}` })),
    payments: payments.map((fact) => ({ ...fact, ...ours })),
  }
}

const paymentsOf = (id: string): Promise<object[]> =>
  world.database.owner.rows({
    text: `SELECT p.method, a.applied::text AS applied
      FROM billing.allocation a JOIN billing.payment p ON p.id = a.payment_id WHERE a.invoice_id = $1`,
    values: [id],
  })

// The last of them: what else the customer pays waits for the person as well.
it('of an invoice that was paid in Stripe meanwhile waits for a person, and nothing is counted', async () => {
  world.stripe.invoices.set(`out_${invoiceId}`, {
    amountRemaining: 0,
    taxPercent: 20,
    lineIds: [],
    status: 'paid',
  })
  const { workflow } = await pay({ [invoiceId]: '54000' })
  await world.becomes(workflow?.id ?? '', 'EXCEPTION')
  expect(await invoiceNow()).toMatchObject({ status: 'OPEN', balance: { amount: '54000' } })
})

it('leaves the books in order', async () => {
  const invariants = [...billingInvariants, ...erpInvariants, ...crossInvariants]
  const findings = await checkInvariants(world.database.owner, invariants)
  expect(findings.filter(({ ids }) => ids.length > 0)).toEqual([])
})
