// A payment that settles invoices of an outside system is told there once an invoice, whatever becomes of the others.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Connector } from '#platform/connector.ts'
import { issueInvoice } from '#subgraphs/billing/commands/issue-invoice.ts'
import { recordPayment } from '#subgraphs/billing/commands/record-payment.ts'
import { OutcomeUnknown, SystemUnavailable } from '#subgraphs/operations/workflows/carry-out.ts'
import {
  effect,
  invoiceDraft,
  invoiceOf,
  madeInStripe,
  openDesk,
  paymentDraft,
  valueOf,
} from '#test/billing/commands/desk.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { NOTHING_OUTSIDE, type Outside } from '#outside/outside.ts'
import { recordOutside } from '#outside/payment.ts'
import { BY_KEY, connectorTo } from './support.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(async () => {
  await database.reset()
  await openDesk(database)
  requests.length = 0
  answers.clear()
})
afterAll(() => database.close())

const naming = {
  system: 'stripe',
  instance: 'default',
  payments: [],
  invoices: ['invoice'],
  subscriptions: [],
}
const stripe: Connector = { ...connectorTo('http://unused', BY_KEY), naming }

/** What was asked for under which key, and what comes of it next, by invoice; otherwise it goes well. */
const requests: { readonly effectKey: string; readonly invoice: unknown }[] = []
const answers = new Map<unknown, 'LOST' | 'REFUSED'>()
const outside: Outside = {
  ...NOTHING_OUTSIDE,
  mayHaveHappened: (_, effectKey) =>
    Promise.resolve(requests.some((one) => one.effectKey === effectKey && !isRefused(one.invoice))),
  carryOut: (_, { effectKey, payload: { invoice } }) => {
    requests.push({ effectKey, invoice })
    if (isRefused(invoice)) return Promise.resolve({ kind: 'REFUSED', code: 'PAID', message: 'It is paid' })
    if (answers.delete(invoice)) return Promise.reject(new SystemUnavailable('no answer', null, true))
    const document = { externalId: String(invoice), url: null, details: {} }
    return Promise.resolve({ kind: 'APPLIED', document })
  },
}
const isRefused = (invoice: unknown): boolean => answers.get(invoice) === 'REFUSED'

/** An invoice over 100.00 that Stripe issued. */
async function invoiceOfStripe(externalId: string): Promise<string> {
  const made = { madeAs: madeInStripe('invoice', externalId), madeNumber: externalId }
  const draft = { ...invoiceDraft(), ...made }
  return valueOf(await issueInvoice(database.of('billing'), effect(externalId), draft)).invoiceId
}

const allocations = (amounts: Readonly<Record<string, bigint>>) =>
  Object.entries(amounts).map(([invoiceId, amount]) => ({ invoiceId, amount }))

const step = { revision: 0, traceparent: null, acceptedAt: Temporal.Instant.from('2026-06-15T12:00:00Z') }
const inBilling = ({ effectKey }: { readonly effectKey: string }) => effect(effectKey)
const pay = (amounts: Readonly<Record<string, bigint>>) => {
  const billing = database.of('billing')
  const place = { outside, billing, crm: billing, inCrm: () => effect('unused') }
  const amount = Object.values(amounts).reduce((sum, each) => sum + each, 0n)
  const draft = paymentDraft({ amount, allocations: allocations(amounts) })
  const asked = { ...step, effectKey: 'wfl_1/pay', correlationId: 'wfl_1' }
  return recordOutside({ ...place, inBilling }, stripe, asked, draft)
}

/** Another payment lowers what is owed. */
const payElsewhere = async (invoiceId: string, amount: bigint): Promise<unknown> =>
  valueOf(
    await recordPayment(
      database.of('billing'),
      effect('elsewhere'),
      paymentDraft({ amount, allocations: [{ invoiceId, amount }] }),
    ),
  )

it('under the same key where the next try finds more invoices settled by it', async () => {
  const [part, whole] = [await invoiceOfStripe('in_part'), await invoiceOfStripe('in_whole')]
  answers.set('in_whole', 'LOST')
  const amounts = { [part]: 4_000n, [whole]: 10_000n }
  await expect(pay(amounts)).rejects.toThrow(SystemUnavailable)
  await payElsewhere(part, 6_000n)
  expect(await pay(amounts)).toHaveProperty('value')
  const keys = Map.groupBy(requests, ({ invoice }) => invoice)
  expect([...keys].map(([, some]) => new Set(some.map(({ effectKey }) => effectKey)).size)).toEqual([1, 1])
  expect(new Set(requests.map(({ effectKey }) => effectKey)).size).toBe(2)
  expect([await invoiceOf(database, part), await invoiceOf(database, whole)]).toMatchObject([
    { status: 'PAID' },
    { status: 'PAID' },
  ])
})

it('and is for a person where our own rules refuse now what may have been told', async () => {
  const [part, whole] = [await invoiceOfStripe('in_part'), await invoiceOfStripe('in_whole')]
  answers.set('in_whole', 'LOST')
  const amounts = { [part]: 4_000n, [whole]: 10_000n }
  await expect(pay(amounts)).rejects.toThrow(SystemUnavailable)
  await payElsewhere(part, 8_000n)
  await expect(pay(amounts)).rejects.toThrow(OutcomeUnknown)
})

it('and is refused, with nothing to look at, where the system refuses the only one', async () => {
  const whole = await invoiceOfStripe('in_whole')
  answers.set('in_whole', 'REFUSED')
  expect(await pay({ [whole]: 10_000n })).toMatchObject({ violations: [{ code: 'OUTSIDE_REFUSED' }] })
})
