import { afterEach, describe, expect, it } from 'vitest'
import type { StripeObject } from '#subgraphs/billing/stripe/fields.ts'
import { stripeReader } from '#subgraphs/billing/stripe/client.ts'
import type { Progress } from '#subgraphs/billing/stripe/import.ts'
import { ImportFailed } from '#subgraphs/billing/stripe/pages.ts'
import { importReport } from '#subgraphs/billing/stripe/report.ts'
import {
  charge,
  creditNote,
  customer,
  invoice,
  line,
  list,
  paidInvoice,
  paymentIntent,
  price,
  product,
  refund,
  subscription,
} from './fixtures.ts'
import { installation } from './memory.ts'
import { listExchanges, replayServer, type Fault, type ReplayServer } from './replay-server.ts'

const ACCOUNT_LISTS: Readonly<Record<string, readonly StripeObject[]>> = {
  products: [product()],
  prices: [price()],
  customers: [customer()],
  subscriptions: [subscription()],
  invoices: [paidInvoice()],
  payment_intents: [paymentIntent({ latest_charge: 'ch_1' })],
  charges: [charge()],
  credit_notes: [creditNote({ refunds: [{ refund: 're_1', amount_refunded: 500 }] })],
  refunds: [refund()],
}

const servers: ReplayServer[] = []

async function serve(
  lists: Readonly<Record<string, readonly StripeObject[]>>,
  fault?: Fault,
): Promise<ReplayServer> {
  const server = await replayServer(listExchanges(lists), fault)
  servers.push(server)
  return server
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

const without =
  (name: string): Fault =>
  ({ path }) =>
    path === `/v1/${name}` ? 404 : undefined

const manyCustomers = (count: number): StripeObject[] =>
  Array.from({ length: count }, (_, i) => customer({ id: `cus_${String(i).padStart(4, '0')}` }))

describe('an import', () => {
  it('brings a whole account, and nothing new when run again', async () => {
    const { port } = await serve(ACCOUNT_LISTS)
    const place = installation()
    const first = await place.import(port)
    const created = Object.entries(first.counts).map(([kind, count]) => [kind, count.created])
    expect(Object.fromEntries(created)).toEqual({
      legalEntities: 1,
      ledgerAccounts: 17,
      accountRules: 17,
      accountingPeriods: 6,
      products: 1,
      prices: 1,
      customers: 1,
      subscriptions: 1,
      invoices: 1,
      payments: 1,
      creditNotes: 1,
      refunds: 1,
    })
    expect(first.gaps).toEqual([])
    place.clock.advance({ hours: 24 })
    const second = await place.import(port)
    for (const count of Object.values(second.counts)) {
      expect(count).toMatchObject({ created: 0, changed: 0, stale: 0 })
    }
  })

  it('brings what changed since', async () => {
    const place = installation()
    await place.import((await serve(ACCOUNT_LISTS)).port)
    place.clock.advance({ hours: 1 })
    const renamed = { ...ACCOUNT_LISTS, customers: [customer({ name: 'Ada & Sons' })] }
    const { counts } = await place.import((await serve(renamed)).port)
    expect(counts.customers).toEqual({ created: 0, changed: 1, unchanged: 0, stale: 0 })
    expect(place.facts.all('customers').map(({ name }) => name)).toEqual(['Ada & Sons'])
  })

  it('opens every month from the first document to the last day of service, and this month', async () => {
    const far = line({ period: { start: 1_769_904_000, end: 1_801_440_000 } })
    const { port } = await serve({ ...ACCOUNT_LISTS, invoices: [paidInvoice({ lines: list([far]) })] })
    const place = installation()
    await place.import(port)
    const months = place.facts.all('accountingPeriods').map(({ period }) => period.toString())
    expect(months.toSorted()).toEqual([
      ...Array.from({ length: 11 }, (_, i) => `2026-${String(i + 2).padStart(2, '0')}`),
      '2027-01',
      '2027-02',
    ])
  })

  it('asks for the API version that the SDK was made for, for whole pages, and for all subscriptions', async () => {
    const server = await serve(ACCOUNT_LISTS)
    await installation().import(server.port)
    expect(server.requests).toContain('/v1/subscriptions?status=all&limit=100')
    expect(server.versions.size).toBe(1)
    expect([...server.versions][0]).toMatch(/^2026-/)
  })

  it('reads lists and lists within objects to their ends', async () => {
    const lines = Array.from({ length: 250 }, (_, i) => line({ id: `il_${i}`, amount: 10 }))
    const long = invoice({
      total: 2500,
      lines: list(lines.slice(0, 10), { has_more: true, url: '/v1/invoices/in_1/lines' }),
      lines_in_full: lines,
    })
    const { port } = await serve({ ...ACCOUNT_LISTS, customers: manyCustomers(205), invoices: [long] })
    const place = installation()
    const { gaps } = await place.import(port)
    expect(place.facts.all('customers')).toHaveLength(205)
    expect(place.facts.all('invoices')[0]?.lines).toHaveLength(250)
    // The fixture's own field is the only thing that the mapping does not know.
    expect(gaps.filter(({ kind }) => kind !== 'DANGLING_REFERENCE').map(({ path }) => path)).toEqual([
      'lines_in_full',
    ])
  })

  it('shows how far it is', async () => {
    const { port } = await serve({ ...ACCOUNT_LISTS, customers: manyCustomers(150) })
    const seen: Progress[] = []
    await installation().import(port, { progress: (progress) => seen.push(progress) })
    expect(
      seen
        .filter(({ phase, resource }) => phase === 'READ' && resource === 'customers')
        .map(({ done }) => done),
    ).toEqual([100, 150])
    expect(seen.at(-1)).toEqual({ phase: 'RECORD', resource: 'refunds', done: 158, total: 158 })
  })
})

describe('a page that fails', () => {
  it.each([500, 503, 429])('with %d twice is read at the third try', async (status) => {
    const { port } = await serve(ACCOUNT_LISTS, ({ path, count }) =>
      path === '/v1/invoices' && count <= 2 ? status : undefined,
    )
    const place = installation()
    await place.import(port)
    expect(place.facts.all('invoices')).toHaveLength(1)
  })

  it('for good ends the import with its place; the next import goes on from there and is complete', async () => {
    let broken = true
    const lists = { ...ACCOUNT_LISTS, customers: manyCustomers(250) }
    const server = await serve(lists, ({ path, after }) =>
      broken && path === '/v1/customers' && after === 'cus_0199' ? 500 : undefined,
    )
    const place = installation()
    const failure = await place.import(server.port).catch((error: unknown) => error)
    if (!(failure instanceof ImportFailed)) throw new Error('the import should have failed')
    expect(failure).toMatchObject({
      code: 'IMPORT_FAILED',
      position: { resource: 'customers', startingAfter: 'cus_0199' },
    })
    expect(failure.message).toBe('reading customers after cus_0199 failed: planned failure 500')
    expect(place.positions.current()).toMatchObject(failure.position)

    broken = false
    const before = server.requests.length
    const { resumedFrom } = await place.import(server.port)
    expect(resumedFrom).toMatchObject(failure.position)
    expect(server.requests[before]).toContain('/v1/customers')
    expect(server.requests[before]).toContain('starting_after=cus_0199')
    expect(place.facts.all('customers')).toHaveLength(250)
    expect(place.facts.all('refunds')).toHaveLength(1)
    expect(place.positions.current()).toBeNull()
  })

  it('because the object before it was deleted meanwhile is no dead end: its list is read from the start', async () => {
    const place = installation()
    const customers = manyCustomers(250)
    const broken = await serve({ ...ACCOUNT_LISTS, customers }, ({ after }) =>
      after === 'cus_0199' ? 500 : undefined,
    )
    await expect(place.import(broken.port)).rejects.toThrow('after cus_0199')

    place.clock.advance({ hours: 1 })
    const left = customers.filter(({ id }) => id !== 'cus_0199')
    const { gaps } = await place.import((await serve({ ...ACCOUNT_LISTS, customers: left })).port)
    expect(place.facts.all('customers')).toHaveLength(250)
    expect(place.positions.current()).toBeNull()
    // The run that saw it is the run that goes on.
    expect(gaps.filter(({ kind }) => kind === 'NOT_SEEN')).toEqual([])
  })

  it.each([400, 401, 403])('with %d is not tried again', async (status) => {
    const server = await serve(ACCOUNT_LISTS, ({ path }) => (path === '/v1/customers' ? status : undefined))
    await expect(installation().import(server.port)).rejects.toThrow(ImportFailed)
    expect(server.requests.filter((path) => path.startsWith('/v1/customers'))).toHaveLength(1)
  })

  it('because the server gives the same page again and again ends the import', async () => {
    const page = { object: 'list', data: [customer()], has_more: true }
    const empty = { object: 'list', data: [], has_more: false }
    const reader = { get: async (path: string) => (path.startsWith('/v1/customers') ? page : empty) }
    await expect(installation().import(0, { reader })).rejects.toThrow('the list does not advance')
  })

  it('because nobody listens says so', async () => {
    const server = await replayServer([])
    await server.close()
    const failure = await installation()
      .import(server.port)
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({
      code: 'IMPORT_FAILED',
      position: { resource: 'tax_rates', startingAfter: null },
    })
  })

  it('because the key is missing names the list and passes Stripe’s words on', async () => {
    const { port } = await serve(ACCOUNT_LISTS)
    const reader = stripeReader({ apiKey: 'pk_wrong', host: '127.0.0.1', port, protocol: 'http' })
    await expect(installation().import(port, { reader })).rejects.toThrow(
      'reading tax_rates at its start failed: no key',
    )
  })

  it('because Stripe cannot be reached says where it was looked for', async () => {
    const nowhere = {
      apiKey: 'sk',
      host: '127.0.0.1',
      port: 9,
      protocol: 'http',
      maxNetworkRetries: 0,
    } as const
    await expect(stripeReader(nowhere).get('/v1/tax_rates')).rejects.toThrow(
      'Stripe cannot be reached at http://127.0.0.1:9: ',
    )
  })

  it('because the server has no such list matters only for lists that others depend on', async () => {
    const place = installation()
    const result = await place.import((await serve(ACCOUNT_LISTS, without('disputes'))).port)
    expect(result.unavailable).toEqual(['disputes'])
    expect(importReport(result)).toContain('The server has no list of disputes.')
    const { port } = await serve(ACCOUNT_LISTS, without('invoices'))
    await expect(installation().import(port)).rejects.toThrow(ImportFailed)
  })

  it('nothing is recorded before everything is read', async () => {
    const { port } = await serve(ACCOUNT_LISTS, ({ path }) => (path === '/v1/refunds' ? 500 : undefined))
    const place = installation()
    await expect(place.import(port)).rejects.toThrow(ImportFailed)
    expect(place.facts.all('customers')).toEqual([])
    expect(place.raw.objects.size).toBeGreaterThan(0)
  })
})

describe('the report', () => {
  it('tells counts, sums and gaps', async () => {
    const lists = { ...ACCOUNT_LISTS, invoices: [paidInvoice({ customer: 'cus_gone', carbon_offset: 3 })] }
    const result = await installation().import((await serve(lists)).port)
    const report = importReport(result)
    expect(report).toContain('Stripe: 9 objects.')
    expect(report).toContain('customers: 1 new, 0 changed, 0 as before')
    expect(report).toContain('invoices ISSUED (invoice): 1, 20.00 USD')
    expect(report).toContain('payments SUCCEEDED (payment_intent): 1, 20.00 USD')
    expect(report).toContain(
      '1 × invoice.customer refers to an object that is not there (DANGLING_REFERENCE)',
    )
    expect(report).toContain('in_1: cus_gone')
    expect(report).toContain('1 × invoice.carbon_offset has a field that is not known here (UNMAPPED_FIELD)')
  })

  it('names what earlier imports brought and this one did not see', async () => {
    const place = installation()
    const draft = invoice({ id: 'in_draft', number: null, status: 'draft' })
    await place.import((await serve({ ...ACCOUNT_LISTS, invoices: [paidInvoice(), draft] })).port)
    place.clock.advance({ hours: 1 })
    const { port } = await serve(ACCOUNT_LISTS)
    const report = importReport(await place.import(port))
    expect(report).toContain('1 × invoice.id is no longer listed; what was recorded of it stays (NOT_SEEN)')
    expect(report).toContain('in_draft: last seen 2026-07-01T00:00:00Z')
    expect(place.facts.all('invoices')).toHaveLength(2)
  })

  it('says so where there is nothing amiss', async () => {
    const result = await installation().import((await serve(ACCOUNT_LISTS)).port)
    expect(importReport(result)).toContain('Gaps\n  Nothing was left out.')
  })
})
