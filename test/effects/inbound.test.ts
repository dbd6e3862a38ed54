// What an outside system tells us by webhooks has one effect, however often, late or disordered it comes.
import { createHmac, randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ManualClock, manualClock, systemClock } from '#platform/clock.ts'
import { carryOut } from '#subgraphs/operations/effects/carry-out.ts'
import { forgetWebhooks } from '#subgraphs/operations/inbound-store.ts'
import { forgetTakenIn } from '#subgraphs/operations/inbound/forget.ts'
import { createHooks } from '#subgraphs/operations/inbound/receive.ts'
import { takeInWebhooks } from '#subgraphs/operations/inbound/take-in.ts'
import { makeSecret } from '#subgraphs/operations/webhooks/sign.ts'
import { record } from '#test/billing/support.ts'
import { invoiceFact, invoiceLine } from '#test/domain/documents.ts'
import { type Simulator, startSimulator } from '#test/simulators/start.ts'
import type { WebhookFaults } from '#test/simulators/webhooks.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { silentLog } from '#test/support/log.ts'
import { BY_KEY, carryingIn, connectorTo } from './support.ts'

/** Shows a later time whenever it is looked at: what comes later is received later. */
const ticking = {
  now: () => {
    clock.advance({ milliseconds: 1 })
    return clock.now()
  },
}

const secrets = [makeSecret(), makeSecret()] as const
let clock: ManualClock
let database: TestDatabase
let billing: Simulator
let server: Server
let url: string

beforeAll(async () => {
  clock = manualClock(systemClock.now().toString())
  ;[database, billing] = await Promise.all([openTestDatabase(), startSimulator('billing')])
  const sources = [{ name: 'billing-outside', secrets }]
  const hooks = createHooks({ db: database.of('operations'), clock: ticking, sources })
  server = createServer((request, response) => void hooks(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/billing-outside`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await Promise.all([database.close(), billing.stop()])
})

/** Each test has an invoice of its own, of 120.00 USD. */
let invoiceId: string
let number = 0
beforeEach(async () => {
  number += 1
  invoiceId = `inv_outside${number}`
  const lines = [invoiceLine(12_000n)]
  await record(database, { invoices: [invoiceFact({ id: invoiceId, number: `US-${number}`, lines })] })
})

const takeIn = (): Promise<number> =>
  takeInWebhooks({
    db: database.of('operations'),
    clock,
    log: silentLog,
    rules: () => Promise.resolve([]),
    recordFacts: async (facts) => (await record(database, facts)).counts,
  })

const keptWebhooks = () =>
  database.owner.rows<{ id: string; status: string; attempts: number; note: string | null }>({
    text: `SELECT webhook_id AS id, status, attempts, note FROM operations.inbound_webhook
      WHERE body LIKE '%' || $1 || '%' ORDER BY webhook_id`,
    values: [invoiceId],
  })

/** What was told of the exception of a webhook. */
const toldOf = (webhookId: string) =>
  database.owner.rows({
    text: `SELECT split_part(type, '.', 4) AS event, data->>'code' AS code, data->>'attempts' AS attempts
      FROM operations.event WHERE data->>'webhookId' = $1 ORDER BY version`,
    values: [webhookId],
  })

/** What is known of the payments of the test's invoice, and what of it is still owed. */
async function paid(): Promise<{ payments: unknown[]; balance: bigint | undefined }> {
  const payments = await database.owner.rows({
    text: `SELECT p.status, p.amount, p.version FROM billing.payment p
      JOIN billing.allocation a ON a.payment_id = p.id WHERE a.invoice_id = $1`,
    values: [invoiceId],
  })
  const [invoice] = await database.owner.rows<{ balance: bigint }>({
    text: 'SELECT balance FROM billing.invoice WHERE id = $1',
    values: [invoiceId],
  })
  return { payments, balance: invoice?.balance }
}

const payload = () => ({
  invoiceId,
  customerId: 'customer-1',
  legalEntityId: 'entity-1',
  currency: 'USD',
  minorUnits: '12000',
  receivedOn: '2026-02-01',
})

/** Has the outside system make something, and waits until it has told of it. */
async function outsideMakes(operation: string, faults: Partial<WebhookFaults>, told: number): Promise<void> {
  const webhooks = { url, secret: secrets[0], duplicated: 0, missing: 0, isReordered: false, ...faults }
  await billing.control({ webhooks })
  const request = { effectKey: `wfl_${number}/pay`, operation, payload: payload(), revision: 0 }
  await carryOut(carryingIn(database.of('operations')), connectorTo(billing.url, BY_KEY), request)
  await expect.poll(keptWebhooks).toHaveLength(told)
}

const settled = (version: number) => ({
  payments: [{ status: 'SUCCEEDED', amount: 12_000n, version }],
  balance: 0n,
})

describe('a payment of an outside billing system', () => {
  it.each<[string, Partial<WebhookFaults>]>([
    ['in order', {}],
    ['each told twice', { duplicated: 100 }],
    ['in the wrong order', { isReordered: true }],
    ['in the wrong order and twice', { isReordered: true, duplicated: 100 }],
  ])('settles the invoice once: %s', async (_, faults) => {
    await outsideMakes('recordPayment', faults, 2)
    expect(await takeIn()).toBe(2)
    expect(await paid()).toMatchObject(settled(faults.isReordered === true ? 1 : 2))
    expect(await takeIn()).toBe(0)
  })

  it('that overtakes what was taken in is not undone by it', async () => {
    await outsideMakes('recordPayment', { isReordered: true }, 2)
    await takeIn()
    // The whole story once more, under other ids, as a system does that lost its place.
    const { externalId } = JSON.parse(await bodyOfKept()) as { externalId: string }
    await post(eventOf('payment.created', { externalId, version: '1' }))
    expect(await takeIn()).toBe(1)
    expect(await paid()).toMatchObject(settled(1))
  })

  it('is known by its invoice where only that is told of', async () => {
    await outsideMakes('payInvoice', { duplicated: 100 }, 1)
    await takeIn()
    expect(await paid()).toMatchObject(settled(1))
  })
})

/** The object in the newest event that was kept. */
async function bodyOfKept(): Promise<string> {
  const [row] = await database.owner.rows<{ data: string }>({
    text: `SELECT body::jsonb->>'data' AS data FROM operations.inbound_webhook WHERE body LIKE '%' || $1 || '%'`,
    values: [invoiceId],
  })
  return row?.data ?? ''
}

const disputes = () =>
  database.owner.rows({
    text: `SELECT status, amount, opened_on::text AS "openedOn", closed_on::text AS "closedOn"
      FROM billing.dispute WHERE payment_id = $1`,
    values: [`pay_contested${number}`],
  })

const about = (version: string) => ({
  paymentId: `pay_contested${number}`,
  externalId: `dp_${number}`,
  version,
  reason: 'fraudulent',
  openedOn: '2026-03-01',
})

const opened = (): string => eventOf('dispute.opened', about('1'))
const lost = (): string =>
  eventOf('dispute.closed', { ...about('2'), outcome: 'LOST', closedOn: '2026-03-20' })

describe('a dispute of an outside billing system', () => {
  const told = { amount: 12_000n, openedOn: '2026-03-01' }

  it('is open until it is told how it ended', async () => {
    await post(opened())
    await takeIn()
    expect(await disputes()).toEqual([{ ...told, status: 'NEEDS_RESPONSE', closedOn: null }])
    await post(lost())
    await takeIn()
    expect(await disputes()).toEqual([{ ...told, status: 'LOST', closedOn: '2026-03-20' }])
  })

  it('is not opened again by what comes late and twice', async () => {
    for (const body of [lost(), opened(), lost(), opened()]) await post(body)
    expect(await takeIn()).toBe(4)
    expect(await disputes()).toEqual([{ ...told, status: 'LOST', closedOn: '2026-03-20' }])
  })
})

const eventOf = (type: string, changes: object): string =>
  JSON.stringify({
    type,
    timestamp: clock.now().toString(),
    data: { ...payload(), externalId: `pay_${number}`, version: '1', ...changes },
  })

interface Posting {
  readonly id?: string | null
  readonly ageSeconds?: number
  readonly secret?: string
  readonly signatureOf?: string
}

/** Posts a body as a sender does that may get something wrong; the status of the answer. */
async function post(body: string, posting: Posting = {}): Promise<number> {
  const { id = randomUUID(), ageSeconds = 0, secret = secrets[0], signatureOf = body } = posting
  const timestamp = String(Math.floor(clock.now().epochMilliseconds / 1_000) - ageSeconds)
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${signatureOf}`).digest('base64')
  const headers = {
    ...(id === null ? {} : { 'webhook-id': id }),
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  }
  return (await fetch(url, { method: 'POST', headers, body })).status
}

describe('a webhook is believed only', () => {
  const [five, six] = [300, 360]
  it.each<[string, Posting, number]>([
    ['as it was signed', {}, 204],
    ['with the other secret, while one takes the place of the other', { secret: secrets[1] }, 204],
    ['with a secret that is ours', { secret: makeSecret() }, 401],
    ['where nothing was changed', { signatureOf: '{}' }, 401],
    ['with an id', { id: null }, 401],
    ['five minutes after it was sent', { ageSeconds: five }, 204],
    ['not six minutes after', { ageSeconds: six }, 401],
    ['not six minutes before', { ageSeconds: -six }, 401],
  ])('%s', async (_, posting, status) => {
    expect(await post(eventOf('payment.settled', {}), posting)).toBe(status)
    expect(await keptWebhooks()).toHaveLength(status === 204 ? 1 : 0)
  })

  it('at the address of its source, by POST, and of less than 1 MB', async () => {
    expect((await fetch(`${url}-other`, { method: 'POST' })).status).toBe(404)
    expect((await fetch(url)).status).toBe(405)
    expect(await post('x'.repeat(1_048_577))).toBe(413)
  })

  it('once by its id, whatever comes under it later', async () => {
    expect(await post(eventOf('payment.settled', {}), { id: `one-${number}` })).toBe(204)
    expect(await post(eventOf('payment.settled', { minorUnits: '1' }), { id: `one-${number}` })).toBe(204)
    await takeIn()
    expect(await paid()).toMatchObject(settled(1))
  })
})

describe('what cannot be taken in is kept, with the reason', () => {
  it.each([
    [
      'a type of which nothing is known',
      eventOf.bind(null, 'subscription.paused', {}),
      'IGNORED',
      'Nothing is known',
    ],
    ['no amount', eventOf.bind(null, 'payment.settled', { minorUnits: '1.5' }), 'FAILED', 'minorUnits'],
    ['no such currency', eventOf.bind(null, 'payment.settled', { currency: 'XXQ' }), 'FAILED', 'currency'],
    [
      'no such day',
      eventOf.bind(null, 'payment.settled', { receivedOn: '2026-02-30' }),
      'FAILED',
      'receivedOn',
    ],
    [
      'no outcome',
      eventOf.bind(null, 'dispute.closed', { paymentId: 'pay_1', outcome: 'DRAWN' }),
      'FAILED',
      'outcome',
    ],
    ['no object', () => JSON.stringify([invoiceId]), 'FAILED', 'no JSON object'],
    ['no JSON', () => `{ "${invoiceId}"`, 'FAILED', 'no JSON object'],
  ])('%s', async (_, body, status, note) => {
    expect(await post(body())).toBe(204)
    await takeIn()
    expect(await keptWebhooks()).toMatchObject([{ status, note: expect.stringContaining(note) as string }])
  })

  it('trouble of our own is tried again, later and later, and then given up visibly', async () => {
    await post(eventOf('payment.settled', {}))
    const takeInDown = (): Promise<number> =>
      takeInWebhooks({
        db: database.of('operations'),
        clock,
        log: silentLog,
        rules: () => Promise.resolve([]),
        recordFacts: () => Promise.reject(new Error('billing is down')),
      })
    expect(await takeInDown()).toBe(0)
    expect(await keptWebhooks()).toMatchObject([{ status: 'PENDING', attempts: 1, note: 'billing is down' }])
    expect(await takeInDown()).toBe(0)
    expect(await keptWebhooks()).toMatchObject([{ attempts: 1 }])
    clock.advance({ seconds: 1 })
    expect(await takeIn()).toBe(1)
    expect(await paid()).toMatchObject(settled(1))

    await post(eventOf('payment.settled', { externalId: `other_${number}` }), { id: `zz-${number}` })
    for (let attempt = 0; attempt < 15; attempt += 1) {
      await takeInDown()
      clock.advance({ seconds: 16 })
    }
    expect((await keptWebhooks()).at(-1)).toMatchObject({ status: 'FAILED', attempts: 15 })
    expect(await toldOf(`zz-${number}`)).toEqual([
      { event: 'opened', code: 'WEBHOOK_NOT_RECORDED', attempts: '15' },
    ])
  })

  it('and told to a person once, whichever of two nodes comes first', async () => {
    await post(eventOf('payment.settled', { minorUnits: '1.5' }), { id: `ww-${number}` })
    await Promise.all([takeIn(), takeIn()])
    expect(await toldOf(`ww-${number}`)).toEqual([
      { event: 'opened', code: 'WEBHOOK_UNREADABLE', attempts: '1' },
    ])
  })
})

const db = () => database.of('operations')
const daysLater = (days: number) =>
  manualClock(
    clock
      .now()
      .add({ hours: 24 * days })
      .toString(),
  )

describe('what was settled long ago', () => {
  it('is forgotten after 30 days, unless it failed or is to be taken in still', async () => {
    await post(eventOf('payment.settled', {}), { id: `a-${number}` })
    await post(eventOf('subscription.paused', {}), { id: `b-${number}` })
    await post(eventOf('payment.settled', { minorUnits: '1.5' }), { id: `c-${number}` })
    await takeIn()
    await post(eventOf('payment.settled', {}), { id: `d-${number}` })
    await forgetTakenIn(db(), daysLater(29))
    expect(await keptWebhooks()).toHaveLength(4)
    await forgetTakenIn(db(), daysLater(31))
    expect(await keptWebhooks()).toMatchObject([{ status: 'FAILED' }, { status: 'PENDING' }])
    expect(await takeIn()).toBe(1)
  })

  it('is forgotten a part at a time', async () => {
    await forgetTakenIn(db(), daysLater(31))
    for (const id of ['a', 'b', 'c']) await post(eventOf('payment.settled', {}), { id: `${id}-${number}` })
    await takeIn()
    const later = daysLater(1).now()
    expect([await forgetWebhooks(db(), later, 2), await keptWebhooks()]).toMatchObject([2, [{}]])
  })
})
