// What happened, told live, resumed and polled: nothing missed, nothing doubled, whoever writes meanwhile.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { invoiceFact, invoiceLine, paymentFact } from '#test/domain/documents.ts'
import { openingFacts } from '#test/erp/books.ts'
import { customerFact } from '#test/support/facts.ts'
import { type ClientAnswer, type LiveWorld, openLiveWorld, type Watch } from './live.ts'

const documentOf = (name: string): string =>
  readFileSync(new URL(`../../schema/examples/${name}.graphql`, import.meta.url), 'utf8')

let world: LiveWorld
beforeAll(async () => {
  world = await openLiveWorld()
  const others = ['customer-2', 'customer-3'].map((id) => customerFact({ id, name: `Other ${id}` }))
  await world.record({ ...openingFacts(), customers: [customerFact({ id: 'customer-1' }), ...others] })
})
afterAll(() => world.close())

/** An invoice of one amount, and the payment that settles it. */
const bill = (id: string, customerId = 'customer-1', legalEntityId = 'entity-1') =>
  invoiceFact({ id: `inv_${id}`, number: `N-${id}`, customerId, legalEntityId, lines: [invoiceLine(100n)] })
const pay = (id: string, customerId = 'customer-1', legalEntityId = 'entity-1') =>
  paymentFact({
    id: `pay_${id}`,
    customerId,
    legalEntityId,
    allocations: [{ id: `alc_${id}`, invoiceId: `inv_${id}`, amount: 100n }],
  })

interface Told {
  readonly cursor: string
  readonly event: { readonly id: string; readonly type: string; readonly version: number }
}
interface InvoiceTold {
  readonly invoiceEvents: Told & { readonly invoice: { readonly status: string } }
}
interface PaymentTold {
  readonly paymentEvents: Told
}

/** Named, since a cursor that comes out of an answer goes into the next question. */
type Variables = Readonly<Record<string, unknown>>

/** Where the logs end: what is read after it was recorded later. */
async function now(): Promise<string> {
  const { extensions } = await world.ask('{ __typename }', {}, true)
  return extensions?.eventCursor ?? 'none'
}

async function read<Data>(watch: Watch<Data>): Promise<Data> {
  const answer = await watch.next()
  expect(answer?.errors).toBeUndefined()
  if (!answer?.data) throw new Error('the subscription ended')
  return answer.data
}

/** The code with which a subscription is refused. */
async function refusalOf(query: string, variables: object): Promise<unknown> {
  const answer = await world.watch(query, variables).next()
  return answer?.errors?.[0]?.extensions['code']
}

/** Writers who bill and settle, at the same time as whatever else the story does. */
function startWriters(prefix: string, invoices: number): { isDone: () => boolean; done: Promise<void> } {
  let isDone = false
  const write = async (customerId: string, writer: number): Promise<void> => {
    for (let n = 0; n < invoices; n += 1) {
      const id = `${prefix}${writer}-${n}`
      await world.record({ invoices: [bill(id, customerId)] })
      await world.record({ payments: [pay(id, customerId)] })
    }
  }
  const done = (async () => {
    await Promise.all(['customer-1', 'customer-2', 'customer-3'].map(write))
    isDone = true
  })()
  return { isDone: () => isDone, done }
}

/** Ids of the events of invoices in the order of the log. */
async function logged(prefix: string): Promise<string[]> {
  const rows = await world.database.owner.rows<{ id: string }>({
    text: `SELECT aggregate_id || '.' || version AS id FROM billing.log
      WHERE aggregate_id LIKE $1 ORDER BY position`,
    values: [`inv_${prefix}%`],
  })
  return rows.map(({ id }) => id)
}

describe('A subscription', () => {
  it('tells of an invoice as it was at each event, with its customer from CRM', async () => {
    const watch = world.watch<InvoiceTold>(documentOf('invoice-events'), { after: await now() })
    await world.record({ invoices: [bill('1')] })
    await world.record({ payments: [pay('1')] })
    expect((await read(watch)).invoiceEvents).toMatchObject({
      event: { id: 'inv_1.1', type: 'revgraph.billing.invoice.issued.v1', version: 1 },
      invoice: { status: 'OPEN', balance: { amount: '1.00' }, customer: { name: 'Acme', standing: {} } },
    })
    expect((await read(watch)).invoiceEvents).toMatchObject({
      event: { id: 'inv_1.2', type: 'revgraph.billing.invoice.paid.v1', time: '2026-06-15T12:00:00Z' },
      invoice: { status: 'PAID', total: { amount: '1.00' }, balance: { amount: '0.00' } },
    })
    watch.leave()
  })

  it('tells of a payment with the invoices that it settles', async () => {
    const watch = world.watch<PaymentTold>(documentOf('payment-events'), { after: await now() })
    await world.record({ invoices: [bill('2')], payments: [pay('2')] })
    expect((await read(watch)).paymentEvents).toMatchObject({
      event: { type: 'revgraph.billing.payment.received.v1' },
      payment: {
        status: 'SUCCEEDED',
        amount: { amount: '1.00', currency: 'USD' },
        allocations: [{ invoice: { number: 'N-2', status: 'PAID' } }],
      },
    })
    watch.leave()
  })

  it('tells only of what the client wants', async () => {
    const after = await now()
    await world.record({
      payments: [
        pay('3a'),
        pay('3b', 'customer-2'),
        pay('3c', 'customer-3', 'entity-de'),
        { ...pay('3d', 'customer-3'), outcome: 'FAILED' as const },
        pay('3e'),
      ],
    })
    const received = ['revgraph.billing.payment.received.v1']
    for (const [filter, ids] of [
      [{ customerId: 'customer-2' }, ['pay_3b.1']],
      [{ legalEntityId: 'entity-de' }, ['pay_3c.1']],
      [{ types: ['revgraph.billing.payment.failed.v1'] }, ['pay_3d.1']],
      [{ customerId: 'customer-1', legalEntityId: 'entity-1', types: received }, ['pay_3a.1', 'pay_3e.1']],
    ] as const) {
      const query = `subscription ($after: String, $filter: PaymentEventFilter) {
        paymentEvents(after: $after, filter: $filter) { event { id } }
      }`
      const watch = world.watch<PaymentTold>(query, { after, filter })
      const told: string[] = []
      while (told.length < ids.length) told.push((await read(watch)).paymentEvents.event.id)
      expect(told).toEqual(ids)
      watch.leave()
    }
  })

  it('refuses a cursor that leads nowhere, and says how to start anew', async () => {
    const query = 'subscription ($after: String) { invoiceEvents(after: $after) { cursor } }'
    const ahead = Buffer.from('log billing=999999').toString('base64url')
    expect(await refusalOf(query, { after: 'nonsense' })).toBe('CURSOR_INVALID')
    expect(await refusalOf(query, { after: Buffer.from('log crm=1').toString('base64url') })).toBe(
      'CURSOR_INVALID',
    )
    expect(await refusalOf(query, { after: ahead })).toBe('CURSOR_EXPIRED')
    const { errors } = (await world.watch(query, { after: ahead }).next()) ?? {}
    expect(errors?.[0]?.message).toContain('{"eventCursor": true}')
  })
})

const isOfSnapshots = (id: string): boolean => id.startsWith('inv_s')

describe('While others write', () => {
  it('a subscription that breaks off again and again is resumed without gap or repetition', async () => {
    const expected = 3 * 12 * 2
    let after = await now()
    const { done } = startWriters('w', 12)
    const told: string[] = []
    for (let stretch = 1; told.length < expected; stretch = (stretch % 7) + 1) {
      const watch = world.watch<InvoiceTold>(documentOf('invoice-events'), { after })
      for (let n = 0; n < stretch && told.length < expected; n += 1) {
        const { cursor, event } = (await read(watch)).invoiceEvents
        told.push(event.id)
        after = cursor
      }
      watch.leave()
    }
    await done
    expect(told).toEqual(await logged('w'))
  })

  it('a state that was read with its cursor misses nothing that events do not tell', async () => {
    interface Page {
      readonly invoices: { readonly nodes: readonly { id: string; version: number; status: string }[] }
    }
    const query = `{ invoices(first: 100, filter: { status: { in: [OPEN, PAID] } }) { nodes { id version status } } }`
    const { isDone, done } = startWriters('s', 6)
    const snapshots: { after: string; versions: Map<string, number> }[] = []
    while (!isDone() && snapshots.length < 8) {
      const { data, extensions } = await world.ask<Page>(query, {}, true)
      const nodes = (data?.invoices.nodes ?? []).filter(({ id }) => isOfSnapshots(id))
      snapshots.push({
        after: extensions?.eventCursor ?? '',
        versions: new Map(nodes.map(({ id, version }) => [id, version])),
      })
    }
    await done
    await expect.poll(() => logged('s').then(({ length }) => length)).toBe(36)
    const last = (await logged('s')).at(-1)
    for (const { after, versions } of snapshots) {
      const watch = world.watch<InvoiceTold>(documentOf('invoice-events'), { after, customerId: null })
      // A state may be newer than its cursor: then an event tells what is known. It is never older.
      for (let isLast = false; !isLast;) {
        const { event } = (await read(watch)).invoiceEvents
        const id = event.id.replace(/\.\d+$/, '')
        if (isOfSnapshots(id)) {
          expect(event.version).toBeLessThanOrEqual((versions.get(id) ?? 0) + 1)
          versions.set(id, Math.max(event.version, versions.get(id) ?? 0))
        }
        isLast = event.id === last
      }
      watch.leave()
      expect([...versions.values()].every((version) => version === 2)).toBe(true)
      expect(versions.size).toBe(18)
    }
    expect(snapshots.length).toBeGreaterThan(1)
  })

  it('the log of all subgraphs is polled without gap or repetition, in the order of each', async () => {
    interface Page {
      readonly events: {
        readonly nodes: readonly { id: string; source: string; position: string; data: { id: string } }[]
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
      }
    }
    const { isDone, done } = startWriters('p', 8)
    const told: Page['events']['nodes'][number][] = []
    let after: string | null = null
    for (let isMore = true; isMore || !isDone();) {
      const variables: Variables = { after, first: 7, types: null }
      const { data, errors }: ClientAnswer<Page> = await world.ask(documentOf('event-log'), variables)
      expect(errors).toBeUndefined()
      told.push(...(data?.events.nodes ?? []))
      isMore = data?.events.pageInfo.hasNextPage === true
      after = data?.events.pageInfo.endCursor ?? null
    }
    await done
    for (const [source, events] of Map.groupBy(told, (event) => event.source)) {
      const positions = events.map(({ position }) => Number(position))
      expect([source, positions]).toEqual([source, positions.map((_, index) => index + 1)])
    }
    const ids = told.map(({ source, id }) => `${source} ${id}`)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    expect(told.every(({ id, data }) => id.startsWith(data.id))).toBe(true)
  })
})

it('Every event that was told is of a type in the catalogue', async () => {
  interface Types {
    readonly eventTypes: readonly { readonly type: string; readonly owner: string; readonly schema: string }[]
  }
  const { data } = await world.ask<Types>(
    '{ eventTypes { type version owner description consumers schema } }',
  )
  const known = new Map(data?.eventTypes.map(({ type, ...rest }) => [type, rest]))
  expect(known.get('revgraph.billing.invoice.issued.v1')).toMatchObject({
    owner: 'Billing operations',
    version: 1,
    schema: 'events/revgraph.billing.invoice.issued.v1.json',
  })
  const rows = await world.database.owner.rows<{ type: string }>({
    text: 'SELECT DISTINCT type FROM billing.event UNION SELECT DISTINCT type FROM crm.event',
    values: [],
  })
  expect(rows.filter(({ type }) => !known.has(type))).toEqual([])
})

describe('The polled log', () => {
  const query = `query ($first: Int!, $after: String, $filter: EventFilter) {
    events(first: $first, after: $after, filter: $filter) {
      nodes { id type source }
      pageInfo { hasNextPage endCursor }
    }
  }`
  interface Page {
    readonly events: {
      readonly nodes: readonly { id: string; type: string; source: string }[]
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
    }
  }
  const idsFor = async (filter: object): Promise<string[]> => {
    const ids: string[] = []
    let after: string | null = null
    for (let isMore = true; isMore;) {
      const { data, errors }: ClientAnswer<Page> = await world.ask(query, {
        first: 100,
        after,
        filter,
      } satisfies Variables)
      if (errors) throw new Error(errors[0]?.message)
      ids.push(...(data?.events.nodes ?? []).map(({ id }) => id))
      isMore = data?.events.pageInfo.hasNextPage === true
      after = data?.events.pageInfo.endCursor ?? null
    }
    return ids
  }

  it('finds what happened to one customer, one document, of one kind, in one system, in one time', async () => {
    expect(await idsFor({ aggregateId: 'inv_1' })).toEqual(['inv_1.1', 'inv_1.2'])
    expect(await idsFor({ customerId: 'customer-3', sources: ['/revgraph/crm'] })).toEqual(['customer-3.1'])
    const ofCustomer = await idsFor({ customerId: 'customer-3' })
    expect(ofCustomer.length).toBeGreaterThan(10)
    const failed = await idsFor({ types: ['revgraph.billing.payment.failed.v1'] })
    expect(failed.every((id) => id.startsWith('pay_3d'))).toBe(true)
    expect(await idsFor({ recordedTo: '2026-06-15T12:00:00Z' })).toEqual([])
    expect(await idsFor({ recordedFrom: '2026-06-15T12:00:00.001Z' })).toEqual([])
  })

  it.each([
    [{ first: 0 }, 'BAD_USER_INPUT'],
    [{ first: 101 }, 'BAD_USER_INPUT'],
    [{ first: 1, filter: { sources: ['billing'] } }, 'BAD_USER_INPUT'],
    [{ first: 1, after: Buffer.from('log billing=1').toString('base64url') }, 'CURSOR_INVALID'],
    [{ first: 1, after: Buffer.from('log billing=x').toString('base64url') }, 'CURSOR_INVALID'],
  ])('refuses %o', async (variables, code) => {
    expect((await world.ask(query, variables)).errors?.[0]?.extensions['code']).toBe(code)
  })

  it('goes on to the end also where the clock of PostgreSQL was set back', async () => {
    await world.database.owner.rows({
      text: `UPDATE billing.log SET published_at = published_at - interval '1 second' WHERE position > 3`,
      values: [],
    })
    const filter = { sources: ['/revgraph/billing'] }
    const { data } = await world.ask<Page>(query, { first: 3, filter })
    expect(data?.events.nodes).toHaveLength(3)
  })

  it('has expired where events behind the cursor are not kept any more', async () => {
    const first = await world.ask<Page>(query, { first: 1, filter: { sources: ['/revgraph/billing'] } })
    const after = first.data?.events.pageInfo.endCursor
    await world.database.owner.rows({ text: 'DELETE FROM billing.log WHERE position <= 3', values: [] })
    const { errors } = await world.ask(query, { first: 1, after })
    expect(errors?.[0]?.extensions['code']).toBe('CURSOR_EXPIRED')
    expect((await world.ask<Page>(query, { first: 1 })).errors).toBeUndefined()
  })
})
