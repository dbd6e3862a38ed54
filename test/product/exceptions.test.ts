// Operators at work over the graph, by the documents that they send: what is stuck, its money, and getting it going.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { invoiceFact, invoiceLine } from '#test/domain/documents.ts'
import { fxRate } from '#test/erp/books.ts'
import { customerFact } from '#test/support/facts.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld } from './flows.ts'

const EXCEPTIONS = `query Exceptions($first: Int!) {
  exceptions(
    first: $first
    filter: { status: { in: [OPEN, ASSIGNED] } }
    orderBy: { field: MONEY_AT_RISK, direction: DESC }
  ) {
    totalCount
    nodes {
      id class status owner dueAt moneyAtRisk { amount currency } message
      workflow { id status steps { name system status attempts error { code message } } }
    }
  }
}`
const RESOLVE = `mutation ResolveException($input: ResolveExceptionInput!) {
  resolveException(input: $input) { exception { id status } workflow { id status } userErrors { code message field } }
}`
const DECIDE = `mutation DecideApproval($input: DecideApprovalInput!) {
  decideApproval(input: $input) {
    approval { id status gate requestedBy decidedBy }
    workflow { id status }
    userErrors { code message field }
  }
}`
const RECORD = `mutation ($input: RecordPaymentInput!) {
  payload: recordPayment(input: $input) { workflow { id status } replayed userErrors { code message field } }
}`

interface Listed {
  readonly id: string
  readonly class: string
  readonly owner: string
  readonly moneyAtRisk: { readonly amount: string; readonly currency: string }
}

let world: FlowWorld
beforeAll(async () => {
  world = await openFlowWorld()
})
afterAll(() => world.close())

const ask = async <Data>(query: string, variables: object): Promise<Data> => {
  const { data, errors } = await world.ask<Data>(query, variables)
  if (!data || errors) throw new Error(JSON.stringify(errors))
  return data
}
const list = async (): Promise<readonly Listed[]> =>
  (await ask<{ exceptions: { nodes: readonly Listed[] } }>(EXCEPTIONS, { first: 10 })).exceptions.nodes
const resolve = async (input: object): Promise<Record<string, unknown>> =>
  (await ask<{ resolveException: Record<string, unknown> }>(RESOLVE, { input })).resolveException
const decide = async (input: object): Promise<Record<string, unknown>> =>
  (await ask<{ decideApproval: Record<string, unknown> }>(DECIDE, { input })).decideApproval

/** A payment, by a customer of its own, in a currency of which the books have no rate. */
const stuckPayment = async (id: string, currency: string, minorUnits: bigint, amount: string) => {
  const customerId = `customer-of-${id}`
  await world.record({
    customers: [customerFact({ id: customerId })],
    invoices: [invoiceFact({ id, number: id, customerId, currency, lines: [invoiceLine(minorUnits)] })],
  })
  const paid = { amount, currency }
  return world.start<FlowPayload>(RECORD, {
    customerId,
    amount: paid,
    method: 'BANK_TRANSFER',
    receivedAt: '2026-06-15T09:00:00Z',
    allocations: [{ invoiceId: id, amount: paid }],
    idempotencyKey: id,
  })
}

it('shows postings that the books refuse by their money, and has them done once the rate is there', async () => {
  expect(await stuckPayment('inv_small', 'CHF', 540_00n, '540.00')).toMatchObject({
    workflow: { status: 'EXCEPTION' },
  })
  await stuckPayment('inv_large', 'CHF', 9_000_00n, '9000.00')
  const listed = await list()
  expect(listed).toMatchObject([
    { moneyAtRisk: { amount: '9000.00', currency: 'CHF' }, class: 'POSTING_REJECTED', owner: 'FINANCE' },
    {
      status: 'OPEN',
      dueAt: '2026-06-16T12:00:00Z',
      moneyAtRisk: { amount: '540.00', currency: 'CHF' },
      workflow: {
        status: 'EXCEPTION',
        steps: [
          { name: 'recordPayment', status: 'DONE' },
          { name: 'postPayment', system: 'ERP', status: 'FAILED', error: { code: 'RATE_MISSING' } },
        ],
      },
    },
  ])
  const small = listed[1]?.id ?? ''
  // Too early: it is stuck again, and says so at once.
  expect(await resolve({ exceptionId: small, action: 'RETRY', reason: 'Try' })).toMatchObject({
    exception: { status: 'OPEN' },
    workflow: { status: 'EXCEPTION' },
    userErrors: [],
  })
  await world.record({ fxRates: [fxRate('CHF', 'USD', '1.1', '2026-01-01')] })
  for (const { id } of listed)
    expect(await resolve({ exceptionId: id, action: 'RETRY', reason: 'The rate is there' })).toMatchObject({
      exception: { id, status: 'RESOLVED' },
      workflow: { status: 'COMPLETED' },
      userErrors: [],
    })
  expect(await list()).toEqual([])
})

it('keeps an edit of a payment from going on until another person has approved it', async () => {
  await stuckPayment('inv_edit', 'SEK', 700_00n, '700.00')
  const [{ id } = { id: '' }] = await list()
  const payload = await ask<{ exception: { payload: Record<string, unknown> } }>(
    'query ($id: ID!) { exception(id: $id) { payload } }',
    { id },
  )
  const edited = {
    exceptionId: id,
    action: 'EDIT_AND_RETRY',
    reason: 'It came by wire',
    payload: { ...payload.exception.payload, method: 'DIRECT_DEBIT' },
  }
  expect(await resolve(edited)).toMatchObject({ userErrors: [{ code: 'ACTOR_MISSING', field: 'actor' }] })
  expect(await resolve({ ...edited, actor: 'mary', idempotencyKey: 'edit-1' })).toMatchObject({
    exception: { status: 'AWAITING_APPROVAL' },
    workflow: { status: 'EXCEPTION' },
    userErrors: [],
  })
  const { approvals, exception } = await ask<{
    approvals: { nodes: readonly { id: string }[] }
    exception: object
  }>(
    `query ($id: ID!) {
      approvals(first: 5, filter: { status: { in: [PENDING] } }) { nodes { id approver moneyAtRisk { amount } } }
      exception(id: $id) { edits { version status changes { path before after } } approval { id } }
    }`,
    { id },
  )
  expect(approvals.nodes).toMatchObject([{ approver: 'FINANCE', moneyAtRisk: { amount: '700.00' } }])
  expect(exception).toMatchObject({
    edits: [{ version: 2, changes: [{ path: 'method', before: 'BANK_TRANSFER', after: 'DIRECT_DEBIT' }] }],
    approval: { id: approvals.nodes[0]?.id },
  })
  const decision = {
    approvalId: approvals.nodes[0]?.id,
    decision: 'APPROVE',
    reason: 'Seen on the statement',
  }
  expect(await decide(decision)).toMatchObject({ userErrors: [{ code: 'ACTOR_MISSING' }] })
  expect(await decide({ ...decision, decidedBy: 'mary' })).toMatchObject({
    userErrors: [{ code: 'SELF_APPROVAL', field: 'decidedBy' }],
  })
  await world.record({ fxRates: [fxRate('SEK', 'USD', '0.1', '2026-01-01')] })
  expect(await decide({ ...decision, decidedBy: 'frida' })).toMatchObject({
    approval: { status: 'APPROVED', gate: 'payload-edit', requestedBy: 'mary', decidedBy: 'frida' },
    workflow: { status: 'COMPLETED' },
    userErrors: [],
  })
})

it('does one thing about many, as many as a dry run counted', async () => {
  const document = `mutation ($input: ResolveExceptionsInput!) { resolveExceptions(input: $input) {
    count doneCount refused { exception { id } code } replayed userErrors { code field }
  } }`
  await stuckPayment('inv_bulk_1', 'NOK', 100_00n, '100.00')
  await stuckPayment('inv_bulk_2', 'NOK', 200_00n, '200.00')
  const input = {
    filter: { status: { in: ['OPEN'] }, class: { in: ['POSTING_REJECTED'] } },
    action: 'COMPENSATE',
    reason: 'All of a kind',
    dryRun: true,
    idempotencyKey: 'bulk-1',
  }
  const send = async (fields: object): Promise<object> =>
    (await ask<{ resolveExceptions: object }>(document, { input: { ...input, ...fields } })).resolveExceptions
  expect(await send({})).toMatchObject({ count: 2, doneCount: 0, userErrors: [] })
  const real = { dryRun: false, idempotencyKey: 'bulk-2' }
  expect(await send({ ...real, expectedCount: 1 })).toMatchObject({
    count: 2,
    doneCount: 0,
    userErrors: [{ code: 'COUNT_CHANGED', field: 'expectedCount' }],
  })
  const past = { ...real, expectedCount: 2, idempotencyKey: 'bulk-3' }
  expect(await send(past)).toMatchObject({
    count: 2,
    doneCount: 0,
    refused: [{ code: 'STATUS_FORBIDS' }, { code: 'STATUS_FORBIDS' }],
  })
  const assigned = { ...past, action: 'ASSIGN', assignee: 'jo', idempotencyKey: 'bulk-4' }
  expect(await send(assigned)).toMatchObject({ count: 2, doneCount: 2, refused: [], replayed: false })
  expect(await send(assigned)).toMatchObject({ doneCount: 2, replayed: true })
  expect(await list()).toMatchObject([{ status: 'ASSIGNED' }, { status: 'ASSIGNED' }])
})
