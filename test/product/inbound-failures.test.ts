// A webhook that its sender signed and we cannot read may tell of a payment: a person sees it, once.
import { createHmac, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { systemClock } from '#platform/clock.ts'
import { invoiceFact, invoiceLine } from '#test/domain/documents.ts'
import { openOutsideWorld, type OutsideWorld, SETTLED_MS } from './outside-world.ts'

const WAITING = `{ answer: exceptions(first: 100, filter: { class: { in: [INBOUND_FAILED] } }) { nodes {
  id class code step field message status owner attempts payload decisions { action actor reason }
  workflow { id } webhook { connector webhookId receivedAt } } } }`
const FAILED = '{ answer: failedTransactions { class count owner } }'
const DECIDE = `mutation ($input: ResolveExceptionInput!) { answer: resolveException(input: $input) {
  exception { status } workflow { id } userErrors { code field } } }`

interface Waiting {
  readonly id: string
  readonly status: string
  readonly message: string
  readonly attempts: number
  readonly webhook: { readonly webhookId: string }
}

let world: OutsideWorld
let count = 0
let webhookId: string
beforeAll(async () => {
  world = await openOutsideWorld()
}, 60_000)
beforeEach(() => {
  count += 1
  webhookId = `msg_${count}`
})
afterAll(() => world.close())

/** Delivers a body, signed, to one of the two nodes. */
async function deliver(body: string, node = 0): Promise<number> {
  const timestamp = String(Math.floor(systemClock.now().epochMilliseconds / 1_000))
  const key = Buffer.from(world.secret.replace('whsec_', ''), 'base64')
  const signature = createHmac('sha256', key).update(`${webhookId}.${timestamp}.${body}`).digest('base64')
  const headers = {
    'webhook-id': webhookId,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  }
  return (await fetch(world.hookOf('billing-us', node), { method: 'POST', headers, body })).status
}

/** That a payment of 540.00 for the invoice of this test has settled; its amount may be told as anything. */
const settled = (minorUnits: unknown): string =>
  JSON.stringify({
    type: 'payment.settled',
    timestamp: '2026-06-01T12:00:00Z',
    data: {
      externalId: `pay_${count}`,
      version: '1',
      customerId: 'customer-1',
      legalEntityId: 'entity-1',
      invoiceId: `inv_${count}`,
      currency: 'USD',
      minorUnits,
      receivedOn: '2026-06-01',
    },
  })

const waiting = async (): Promise<Waiting[]> => {
  const { nodes } = await world.ask<{ nodes: Waiting[] }>(WAITING)
  return nodes.filter(({ webhook }) => webhook.webhookId === webhookId)
}
const becomes = (fields: object): Promise<unknown> => expect.poll(waiting).toMatchObject([fields])
const decide = async (action: string, fields: object = {}): Promise<unknown> => {
  const exceptionId = (await waiting())[0]?.id
  const input = { exceptionId, action, reason: 'Their new format', actor: 'Jo', ...fields }
  return world.ask(DECIDE, { input: { ...input, idempotencyKey: randomUUID() } })
}
const refusal = (field: string) => ({ userErrors: [{ code: 'STATUS_FORBIDS', field }] })
const failed = async (): Promise<number | undefined> => {
  const classes = await world.ask<readonly { class: string; count: number }[]>(FAILED)
  return classes.find(({ class: name }) => name === 'INBOUND_FAILED')?.count
}
/** What was told of the exception of this test, in its order. */
const told = async (): Promise<string[]> => {
  const rows = await world.database.owner.rows<{ type: string }>({
    text: `SELECT e.type FROM operations.event e JOIN operations.exception x ON x.id = e.aggregate_id
      WHERE x.webhook_id = $1 ORDER BY e.version`,
    values: [webhookId],
  })
  return rows.map(({ type }) => type.replace('revgraph.operations.exception.', ''))
}

it.each<[string, () => string, string]>([
  ['an amount that is none', () => settled('1,540'), 'minorUnits is not there, or cannot be read'],
  ['no JSON', () => '{ "type": "payment.settled", ', 'It is no JSON object'],
  ['another shape', () => '{ "event": { "kind": "payment" } }', 'type is not there, or cannot be read'],
])('%s is one thing for a person, though both nodes are told of it twice', async (_, bodyOf, reason) => {
  const [before, body] = [(await failed()) ?? 0, bodyOf()]
  const answers = await Promise.all([0, 1, 0, 1].map((node) => deliver(body, node)))
  expect(answers).toEqual([204, 204, 204, 204])
  await becomes({
    class: 'INBOUND_FAILED',
    code: 'WEBHOOK_UNREADABLE',
    step: 'billing-us',
    message: `billing-us sent the webhook ${webhookId}, which cannot be read: ${reason}`,
    status: 'OPEN',
    owner: 'PLATFORM',
    attempts: 1,
    payload: body,
    workflow: null,
    webhook: { connector: 'billing-us', webhookId },
  })
  expect(await deliver(body, 1)).toBe(204)
  expect(await failed()).toBe(before + 1)
  expect(await told()).toEqual(['opened.v1'])
})

it(
  'is taken in again where a person says so: opened again while nobody can read it, and then its payment is known',
  async () => {
    const lines = [invoiceLine(540_00n, { id: `line_${count}` })]
    await world.record({ invoices: [invoiceFact({ id: `inv_${count}`, number: `T-${count}`, lines })] })
    await deliver(settled({ cents: 54_000 }))
    await becomes({ status: 'OPEN' })
    expect(await decide('RETRY')).toMatchObject({ exception: { status: 'IN_PROGRESS' }, userErrors: [] })
    await becomes({ status: 'OPEN', attempts: 2 })
    // Stands for a version of the program that can read it: what came is another text from here on.
    await world.database.owner.rows({
      text: 'UPDATE operations.inbound_webhook SET body = $2 WHERE webhook_id = $1',
      values: [webhookId, settled('54000')],
    })
    await decide('RETRY')
    await becomes({ status: 'RESOLVED', decisions: [{ action: 'RETRY' }, { action: 'RETRY', actor: 'Jo' }] })
    const [invoice] = await world.database.owner.rows({
      text: 'SELECT status, balance FROM billing.invoice WHERE id = $1',
      values: [`inv_${count}`],
    })
    expect(invoice).toEqual({ status: 'PAID', balance: 0n })
    expect(await told()).toEqual(['opened.v1', 'takenUp.v1', 'reopened.v1', 'takenUp.v1', 'resolved.v1'])
    expect(await decide('RETRY')).toMatchObject(refusal('exceptionId'))
  },
  SETTLED_MS,
)

it('what another system signed is not edited, and is closed by a reason for good', async () => {
  await deliver(settled(null))
  await becomes({ status: 'OPEN' })
  expect(await decide('EDIT_AND_RETRY', { payload: settled('1') })).toMatchObject(refusal('exceptionId'))
  expect(await decide('COMPENSATE')).toMatchObject(refusal('exceptionId'))
  expect(await decide('ACCEPT')).toMatchObject(refusal('action'))
  await decide('RESOLVE', { reason: 'A test of theirs' })
  await becomes({ status: 'RESOLVED', decisions: [{ action: 'RESOLVE', reason: 'A test of theirs' }] })
  await deliver(settled(null), 1)
  expect(await decide('RETRY')).toMatchObject(refusal('exceptionId'))
  expect(await told()).toEqual(['opened.v1', 'resolved.v1'])
})
