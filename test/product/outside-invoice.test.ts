// Where an outside system masters billing: what our flows have to bill it issues, under its number, to its customer,
// and once, whatever dies, answers late or refuses. Over the graph of real nodes; its own log is the witness.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemClock, today } from '#platform/clock.ts'
import { checkInvariants } from '#platform/invariant.ts'
import { billingInvariants } from '#subgraphs/billing/store.ts'
import { erpInvariants } from '#subgraphs/erp/store.ts'
import { crossInvariants } from '#subgraphs/operations/store.ts'
import { makeSecret } from '#subgraphs/operations/webhooks/sign.ts'
import type { Fault } from '#test/simulators/faults.ts'
import { type LoggedEffect, readEffects } from '#test/simulators/log.ts'
import { type Simulator, startSimulator } from '#test/simulators/start.ts'
import { type WriteServer, writeServer } from '#test/stripe/write-server.ts'
import { type Company, openSellingWorld, type SellingWorld } from './outside-deals.ts'
import { SETTLED_MS, settingsOf, TIMEOUT_MS, WHATEVER_GOES_WRONG } from './outside-world.ts'

const INVOICE = `query ($id: ID!) { answer: invoice(id: $id) {
  id number status total { amount } balance { amount } contract { id }
  externalRefs { system objectType externalId } posting { status } } }`
const CUSTOMER = `query ($id: ID!) { answer: customer(id: $id) {
  externalRefs { system objectType externalId } } }`
const EXCEPTIONS = `query { answer: exceptions(first: 100, filter: { status: { in: [OPEN] } }) {
  nodes { id class code owner workflow { id } } } }`
const RESOLVE = `mutation ($input: ResolveExceptionInput!) { answer: resolveException(input: $input) {
  workflow { status } userErrors { code message } } }`
const AMEND = `mutation ($input: AmendContractInput!) { answer: amendContract(input: $input) {
  workflow { id status } userErrors { code message field } } }`
const PREVIEW = `query ($input: AmendmentInput!) { answer: previewAmendment(input: $input) { previewHash } }`

interface ShownInvoice {
  readonly id: string
  readonly number: string
  readonly status: string
  readonly contract: { readonly id: string } | null
  readonly externalRefs: readonly Ref[]
}
interface Ref {
  readonly system: string
  readonly objectType: string
  readonly externalId: string
}

let world: SellingWorld
let billing: Simulator
let stripe: WriteServer
const secret = makeSecret()
beforeAll(async () => {
  ;[billing, stripe] = await Promise.all([startSimulator('billing'), writeServer()])
  world = await openSellingWorld(settingsOf(billing, stripe, secret))
}, 60_000)
afterAll(async () => {
  await Promise.all([world.shut(), billing.stop(), stripe.close()])
})

let count = 0
beforeEach(async () => {
  count += 1
  const noFaults = { script: [], slowMs: 300, isDown: false, duplicates: 'REPLAYED' } as const
  await billing.control({ ...noFaults, webhooks: null })
  stripe.faults.length = 0
})

const sold = async (company: Company, node = 0): Promise<string> =>
  world.close(await world.offered(`deal${count}`, company), node)

const effectsFor = (workflowId: string): LoggedEffect[] =>
  readEffects(billing.logPath).filter(({ effectKey }) => effectKey.startsWith(workflowId))

/** The invoices that a workflow issued, as the graph shows them. */
async function invoicesOf(workflowId: string): Promise<ShownInvoice[]> {
  const rows = await world.database.owner.rows<{ id: string }>({
    text: `SELECT DISTINCT s->'result'->>'invoiceId' AS id
      FROM operations.workflow w, jsonb_array_elements(w.steps) s
      WHERE w.id = $1 AND s->'result'->>'invoiceId' IS NOT NULL`,
    values: [workflowId],
  })
  return Promise.all(rows.map(({ id }) => world.ask<ShownInvoice>(INVOICE, { id })))
}

interface Waiting {
  readonly id: string
  readonly class: string
  readonly code: string
  readonly owner: string
  readonly workflow: { readonly id: string } | null
}

const exceptionOf = async (workflowId: string): Promise<Waiting | undefined> =>
  (await world.ask<{ nodes: readonly Waiting[] }>(EXCEPTIONS)).nodes.find(
    ({ workflow }) => workflow?.id === workflowId,
  )

/** Decides about what a workflow waits for. */
async function resolverOf(workflowId: string) {
  const exceptionId = (await exceptionOf(workflowId))?.id
  return (action: string, externalId: string | null = null) => {
    const input = { exceptionId, action, externalId, reason: 'Looked there', actor: 'frida' }
    return world.ask(RESOLVE, { input })
  }
}

const voidThere = (externalId: string | null | undefined): Promise<unknown> =>
  fetch(`${billing.url}/void`, { method: 'POST', body: JSON.stringify({ externalId }) })

const customerRefs = async (name: string): Promise<readonly Ref[]> =>
  (await world.ask<{ externalRefs: readonly Ref[] }>(CUSTOMER, { id: `cus_${name}` })).externalRefs

describe('a deal makes the customer and its first invoice there, once', () => {
  it.each(WHATEVER_GOES_WRONG)(
    '%s',
    async (_, script, faults) => {
      await billing.control({ script, ...faults })
      const id = await sold('US')
      await world.becomes(id, 'COMPLETED')
      const [customer, invoice, ...more] = effectsFor(id)
      expect(more).toEqual([])
      expect(customer).toMatchObject({
        operation: 'createCustomer',
        payload: { customerId: `cus_deal${count}`, name: `deal${count}` },
      })
      expect(invoice).toMatchObject({
        operation: 'issueInvoice',
        effectKey: `${id}/issueInvoice`,
        payload: {
          customer: customer?.externalId,
          minorUnits: '1200000',
          taxMinorUnits: '0',
          currency: 'USD',
        },
      })
      const [shown, ...others] = await invoicesOf(id)
      expect(others).toEqual([])
      expect(shown).toMatchObject({
        number: invoice?.number,
        total: { amount: '12000.00' },
        posting: { status: 'POSTED' },
        contract: {},
      })
      expect(shown?.externalRefs).toContainEqual({
        system: 'billing-us',
        objectType: 'invoice',
        externalId: invoice?.externalId,
      })
      expect(await customerRefs(`deal${count}`)).toContainEqual({
        system: 'billing-us',
        objectType: 'customer',
        externalId: customer?.externalId,
      })
    },
    SETTLED_MS,
  )

  it('whose nodes are killed after it was sent and before that was recorded', async () => {
    const slow = async (): Promise<number> => (await billing.control({})).met.SLOW ?? 0
    const before = await slow()
    await billing.control({ script: ['NONE', 'SLOW'], slowMs: TIMEOUT_MS })
    const opportunityId = await world.offered(`deal${count}`, 'US')
    const asked = world.close(opportunityId).then(
      () => 'ANSWERED',
      () => 'BROKEN OFF',
    )
    await expect.poll(slow, { timeout: SETTLED_MS }).toBe(before + 1)
    await world.kill()
    expect(await asked).toBe('BROKEN OFF')
    await world.revive()
    const id = await world.close(opportunityId)
    await world.becomes(id, 'COMPLETED')
    expect(effectsFor(id)).toMatchObject([{ operation: 'createCustomer' }, { operation: 'issueInvoice' }])
  }, 180_000)
})

it('a customer that was made there is not made again for its next deal', async () => {
  await world.becomes(await sold('US'), 'COMPLETED')
  const next = await world.close(await world.offered(`again${count}`, 'US', { customer: `deal${count}` }), 1)
  await world.becomes(next, 'COMPLETED')
  expect(effectsFor(next)).toMatchObject([{ operation: 'issueInvoice' }])
})

it('in Stripe it is a customer and an invoice with its number', async () => {
  const id = await sold('JP')
  await world.becomes(id, 'COMPLETED')
  const [invoice] = await invoicesOf(id)
  const [made, ...more] = stripe.made(`${id}/issueInvoice`)
  expect(more).toEqual([])
  expect(made).toMatchObject({ status: 'open', number: invoice?.number })
  expect(invoice?.externalRefs).toContainEqual({
    system: 'stripe',
    objectType: 'invoice',
    externalId: made?.id,
  })
  const [customer] = stripe.made(`${id}/issueInvoice/customer/cus_deal${count}`)
  expect(made?.fields['customer']).toBe(customer?.id)
})

it('what an amendment bills goes there as well, and what it gives back of that', async () => {
  const id = await sold('US')
  await world.becomes(id, 'COMPLETED')
  const [first] = await invoicesOf(id)
  const contractId = first?.contract?.id ?? ''
  const lineId = await lineOf(contractId)
  const more = await amended(contractId, lineId, '18000.00')
  expect(effectsFor(more)).toMatchObject([{ operation: 'issueInvoice' }])
  const less = await amended(contractId, lineId, '6000.00')
  expect(effectsFor(less).map(({ operation }) => operation)).toEqual(
    expect.arrayContaining(['issueCreditNote']),
  )
}, 60_000)

async function lineOf(contractId: string): Promise<string> {
  const query = 'query ($id: ID!) { answer: contract(id: $id) { lines { id } } }'
  const { lines } = await world.ask<{ lines: { id: string }[] }>(query, { id: contractId })
  return lines[0]?.id ?? ''
}

/** Changes the price of a line from tomorrow on; the id of the workflow once it has completed. */
async function amended(contractId: string, lineId: string, price: string): Promise<string> {
  const id = await amend(contractId, lineId, price)
  await world.becomes(id, 'COMPLETED')
  return id
}

async function amend(contractId: string, lineId: string, price: string): Promise<string> {
  const change = {
    contractId,
    effectiveDate: today(systemClock).add({ days: 1 }).toString(),
    changes: [{ lineId, unitPrice: { amount: price, currency: 'USD' } }],
  }
  const { previewHash } = await world.ask<{ previewHash: string }>(PREVIEW, { input: change })
  const input = { ...change, previewHash, idempotencyKey: `amend ${contractId} ${price}` }
  const { workflow, userErrors } = await world.ask<{
    workflow: { id: string } | null
    userErrors: readonly object[]
  }>(AMEND, { input })
  expect(userErrors).toEqual([])
  return workflow?.id ?? ''
}

it('a document of an amendment with another tax is issued anew once it is voided, not called off before', async () => {
  const deal = await sold('US')
  await world.becomes(deal, 'COMPLETED')
  const [first] = await invoicesOf(deal)
  const contractId = first?.contract?.id ?? ''
  await billing.control({ script: ['OVERTAX'] })
  const id = await amend(contractId, await lineOf(contractId), '18000.00')
  await world.becomes(id, 'EXCEPTION')
  const resolve = await resolverOf(id)
  expect(await resolve('COMPENSATE', null)).toMatchObject({ userErrors: [{ code: 'STATUS_FORBIDS' }] })
  const externalId = effectsFor(id)[0]?.externalId ?? null
  await voidThere(externalId)
  expect(await resolve('SEND_AGAIN', externalId)).toMatchObject({ userErrors: [] })
  await world.becomes(id, 'COMPLETED')
  expect(effectsFor(id)).toMatchObject([{}, { idempotencyKey: `${id}/issueAdjustment/1~1` }])
}, 60_000)

/** An amendment that gives back of two invoices, and something happens to the second credit note. */
async function halfCredited(fault: Fault) {
  const deal = await sold('US')
  await world.becomes(deal, 'COMPLETED')
  const [first] = await invoicesOf(deal)
  const contractId = first?.contract?.id ?? ''
  const lineId = await lineOf(contractId)
  await amended(contractId, lineId, '18000.00')
  await billing.control({ script: ['NONE', fault] })
  const id = await amend(contractId, lineId, '1000.00')
  await world.becomes(id, 'EXCEPTION')
  return { id, resolve: await resolverOf(id) }
}

describe('a credit note of an amendment that is noted here stays, whatever becomes of the next one', () => {
  it('which it refuses: there is nothing to void, and RETRY goes on with it', async () => {
    const { id, resolve } = await halfCredited('REFUSE')
    const [made] = effectsFor(id)
    for (const externalId of [made?.externalId ?? '', null])
      expect(await resolve('SEND_AGAIN', externalId)).toMatchObject({
        userErrors: [{ code: 'STATUS_FORBIDS', message: expect.stringContaining('RETRY') as string }],
      })
    expect(await resolve('COMPENSATE', made?.externalId)).toMatchObject({
      userErrors: [{ code: 'STATUS_FORBIDS', message: expect.stringContaining('noted') as string }],
    })
    expect(await resolve('RETRY')).toMatchObject({ userErrors: [] })
    await world.becomes(id, 'COMPLETED')
    expect(effectsFor(id)).toMatchObject([made ?? {}, { effectKey: `${id}/issueAdjustment/2` }])
  }, 60_000)

  it('which has another tax: that one alone is voided there and issued anew', async () => {
    const { id, resolve } = await halfCredited('OVERTAX')
    const [made, other] = effectsFor(id)
    expect(await resolve('SEND_AGAIN', made?.externalId)).toMatchObject({
      userErrors: [{ message: expect.stringContaining(other?.externalId ?? '') as string }],
    })
    await voidThere(other?.externalId)
    expect(await resolve('SEND_AGAIN', other?.externalId)).toMatchObject({ userErrors: [] })
    await world.becomes(id, 'COMPLETED')
    expect(effectsFor(id)).toMatchObject([{}, {}, { idempotencyKey: `${id}/issueAdjustment/2~1` }])
  }, 60_000)
})

it('a customer that it refused is asked for again by the next deal, once the first was called off', async () => {
  await billing.control({ script: ['REFUSE'] })
  const first = await sold('US')
  await world.becomes(first, 'EXCEPTION')
  const resolve = await resolverOf(first)
  expect(await resolve('COMPENSATE')).toMatchObject({ userErrors: [] })
  await world.becomes(first, 'COMPENSATED')
  const next = await world.close(await world.offered(`next${count}`, 'US', { customer: `deal${count}` }), 1)
  await world.becomes(next, 'COMPLETED')
  expect(effectsFor(first)).toMatchObject([{ operation: 'createCustomer' }])
  expect(effectsFor(next)).toMatchObject([{ operation: 'issueInvoice' }])
})

it('an invoice that it refuses is for finance, who has it tried again: nothing of the deal is taken back', async () => {
  await billing.control({ script: ['NONE', 'REFUSE'] })
  const id = await sold('US')
  await world.becomes(id, 'EXCEPTION')
  const exception = await exceptionOf(id)
  expect(exception).toMatchObject({ code: 'OUTSIDE_REFUSED' })
  const resolve = await resolverOf(id)
  await resolve('RETRY')
  await world.becomes(id, 'COMPLETED')
  expect(effectsFor(id)).toMatchObject([
    { operation: 'createCustomer' },
    { operation: 'issueInvoice', idempotencyKey: `${id}/issueInvoice~1` },
  ])
})

it('an invoice of another tax is for finance, and is issued anew once it is voided there (row 47)', async () => {
  await billing.control({ script: ['NONE', 'OVERTAX'] })
  const id = await sold('US')
  await world.becomes(id, 'EXCEPTION')
  const exception = await exceptionOf(id)
  expect(exception).toMatchObject({ class: 'TAX_MISMATCH', owner: 'FINANCE' })
  expect(await invoicesOf(id)).toEqual([])
  const externalId = effectsFor(id)[1]?.externalId
  await voidThere(externalId)
  const resolve = await resolverOf(id)
  expect(await resolve('SEND_AGAIN', externalId)).toMatchObject({ userErrors: [] })
  await world.becomes(id, 'COMPLETED')
  const [, , again, ...more] = effectsFor(id)
  expect(more).toEqual([])
  expect(again).toMatchObject({ operation: 'issueInvoice', idempotencyKey: `${id}/issueInvoice~1` })
  expect(await invoicesOf(id)).toMatchObject([{ number: again?.number, total: { amount: '12000.00' } }])
})

it.each<[string, Fault, string]>([
  ['made there is adopted', 'LOSE_ANSWER', 'ADOPT'],
  ['not made there is sent again', 'LOSE_REQUEST', 'SEND_AGAIN'],
])(
  'where neither a search nor its memory helps, a person looks: what was %s',
  async (_, fault, action) => {
    // The German billing promises neither, though it is the same.
    await billing.control({ script: ['NONE', fault], duplicates: 'ACCEPTED' })
    const id = await sold('DE')
    await world.becomes(id, 'EXCEPTION')
    const exceptionId = (await exceptionOf(id))?.id
    const made = effectsFor(id).find(({ operation }) => operation === 'issueInvoice')
    const input = {
      exceptionId,
      action,
      externalId: made?.externalId ?? null,
      documentNumber: made?.number ?? null,
      reason: 'Looked there',
      actor: 'mary',
      idempotencyKey: `${action} ${count}`,
    }
    expect(await world.ask(RESOLVE, { input })).toMatchObject({ userErrors: [] })
    await world.becomes(id, 'COMPLETED')
    expect(effectsFor(id).map(({ operation }) => operation)).toEqual(['createCustomer', 'issueInvoice'])
    const [invoice] = await invoicesOf(id)
    expect(invoice?.number).toBe(effectsFor(id)[1]?.number)
  },
  SETTLED_MS,
)

it('an invoice that the customer pays there is paid here', async () => {
  const id = await sold('US')
  await world.becomes(id, 'COMPLETED')
  const [invoice] = await invoicesOf(id)
  const url = world.hookOf('billing-us')
  await billing.control({ webhooks: { url, secret, duplicated: 100, missing: 0, isReordered: false } })
  const [issued] = effectsFor(id).filter(({ operation }) => operation === 'issueInvoice')
  const body = {
    operation: 'payInvoice',
    reference: `paid ${id}`,
    payload: { ...(issued?.payload as object), receivedOn: '2026-11-02' },
  }
  await fetch(`${billing.url}/own`, { method: 'POST', body: JSON.stringify(body) })
  await expect
    .poll(() => world.ask(INVOICE, { id: invoice?.id }), { timeout: SETTLED_MS })
    .toMatchObject({ status: 'PAID', balance: { amount: '0.00' } })
})

it('leaves the books in order, once they have met what was told last', async () => {
  const invariants = [...billingInvariants, ...erpInvariants, ...crossInvariants]
  const broken = async (): Promise<unknown[]> => {
    const findings = await checkInvariants(world.database.owner, invariants)
    return findings.filter(({ ids }) => ids.length > 0)
  }
  await expect.poll(broken, { timeout: SETTLED_MS }).toEqual([])
})
