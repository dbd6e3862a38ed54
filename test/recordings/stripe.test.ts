import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FactKind, Facts } from '#domain/facts.ts'
import { sum } from '#domain/money.ts'
import { settle, type Settled } from '#domain/settlement.ts'
import { gapLog } from '#subgraphs/billing/stripe/gaps.ts'
import type { StripeObject } from '#subgraphs/billing/stripe/fields.ts'
import type { ImportResult } from '#subgraphs/billing/stripe/import.ts'
import { survey } from '#subgraphs/billing/stripe/links.ts'
import { mapObject } from '#subgraphs/billing/stripe/map-object.ts'
import { ACCOUNT, installation, type Installation } from '#test/stripe/memory.ts'
import { replayServer, type ReplayServer } from '#test/stripe/replay-server.ts'
import { recordedEvents, recordedExchanges, recordedList, recordingsPresent } from './recordings.ts'
import { amount, balanceOf, byStatus, recordedOutcomes, STRIPE_STATUS, sums, tally } from './sums.ts'

const hasRecordings = recordingsPresent()

describe.runIf(hasRecordings)('a recorded account', () => {
  let server: ReplayServer
  let place: Installation
  let result: ImportResult
  let settled: Settled

  beforeAll(async () => {
    server = await replayServer(recordedExchanges())
    place = installation()
    result = await place.import(server.port)
    settled = settle(documents(place))
  })
  afterAll(() => server.close())

  test.each([
    ['products', 'products', 6],
    ['prices', 'prices', 6],
    ['customers', 'customers', 10],
    ['subscriptions', 'subscriptions', 8],
    ['invoices', 'invoices', 32],
    ['credit_notes', 'creditNotes', 8],
  ] as const)('all %s become facts', (path, kind, count) => {
    expect(recordedList(path)).toHaveLength(count)
    expect(ids(place, kind)).toEqual(sortedIds(path))
  })

  test.each([
    ['payment_intents', 'payments', 'payment_intent', 29],
    ['refunds', 'refunds', 'refund', 3],
  ] as const)(
    'all %s become facts, beside those that other objects tell of',
    (path, kind, objectType, count) => {
      expect(recordedList(path)).toHaveLength(count)
      expect(ids(place, kind, objectType)).toEqual(sortedIds(path))
    },
  )

  test('customers are active and prices cost what they cost', () => {
    expect(place.facts.all('customers').every(({ status }) => status === 'ACTIVE')).toBe(true)
    const prices = tally(
      recordedList('prices'),
      (price) => [price['currency'], price['active']],
      'unit_amount',
    )
    const ours = place.facts
      .all('prices')
      .map((price) => ({ ...price, minor: BigInt(price.unitAmount ?? '0') }))
    expect(
      sums(
        ours,
        (price) => [price.currency.toLowerCase(), price.active],
        (price) => price.minor,
      ),
    ).toEqual(prices)
  })

  test('subscriptions count by currency and status, with what their items cost', () => {
    const ours = place.facts.all('subscriptions').flatMap((it) => it.items.map((item) => ({ ...it, item })))
    const theirs = recordedList('subscriptions').flatMap((it) =>
      nested(it, 'items').map((item) => ({ ...it, cost: (item['price'] as StripeObject)['unit_amount'] })),
    )
    expect(
      sums(
        ours,
        (it) => [it.currency.toLowerCase(), it.status.toLowerCase()],
        (it) => it.item.unitPrice,
      ),
    ).toEqual(tally(theirs, (it) => [it['currency'], it['status']], 'cost'))
  })

  test('invoices sum by currency and status, in total and in what is left', () => {
    const theirs = recordedList('invoices').map((it) => ({ ...it, left: balanceOf(it) }))
    const ours = place.facts
      .all('invoices')
      .map((invoice) => ({ ...invoice, state: get(settled.invoices, invoice.id) }))
    const key = (it: (typeof ours)[number]) => [it.currency.toLowerCase(), STRIPE_STATUS[it.state.status]]
    expect(sums(ours, key, ({ state }) => state.total)).toEqual(tally(theirs, byStatus, 'total'))
    expect(sums(ours, key, ({ state }) => state.balance)).toEqual(tally(theirs, byStatus, 'left'))
  })

  test('every single invoice has the status, total and balance that Stripe gives it', () => {
    const stripe = new Map(recordedList('invoices').map((it) => [it['id'], it]))
    for (const invoice of place.facts.all('invoices')) {
      const theirs = get(stripe, invoice.externalRefs[0]?.externalId)
      const { status, total, balance } = get(settled.invoices, invoice.id)
      expect([STRIPE_STATUS[status], total, balance]).toEqual([
        theirs['status'],
        amount(theirs, 'total'),
        BigInt(balanceOf(theirs)),
      ])
    }
  })

  test('credit notes sum by currency and status', () => {
    const ours = place.facts.all('creditNotes')
    expect(
      sums(
        ours,
        (it) => [it.currency.toLowerCase(), it.status.toLowerCase()],
        (it) => get(settled.creditNotes, it.id).amount,
      ),
    ).toEqual(tally(recordedList('credit_notes'), byStatus, 'total'))
  })

  test('refunds sum by currency and status', () => {
    const ours = place.facts.all('refunds').filter(isTold('refund'))
    expect(
      sums(
        ours,
        (it) => [it.currency.toLowerCase(), it.status.toLowerCase()],
        (it) => it.amount,
      ),
    ).toEqual(tally(recordedList('refunds'), byStatus, 'amount'))
  })

  test('payment intents sum by currency and outcome', () => {
    const ours = place.facts.all('payments').filter(isTold('payment_intent'))
    expect(
      sums(
        ours,
        (it) => [it.currency.toLowerCase(), it.outcome],
        (it) => it.amount,
      ),
    ).toEqual(recordedOutcomes())
  })

  test('payments that only invoices and credit notes tell of explain what Stripe calls paid, and no more', () => {
    const made = result.totals.filter(({ kind, source }) => kind === 'payments' && source === 'invoice')
    // Six invoices were marked as paid elsewhere; the balance that another used came from a credit note.
    expect(made).toEqual([
      { kind: 'payments', source: 'invoice', currency: 'USD', status: 'SUCCEEDED', count: 6, amount: 5000n },
    ])
    const givenBack = result.totals.filter(
      ({ kind, source }) => kind === 'refunds' && source === 'credit_note',
    )
    expect(givenBack.map(({ count, amount: given }) => [count, given])).toEqual([[5, 800n]])
  })

  test('documents fit each other, and no cash is left over but what was paid without an invoice', () => {
    expect(settled.violations).toEqual([])
    const withoutInvoice = place.facts
      .all('payments')
      .filter((it) => it.outcome === 'SUCCEEDED' && it.allocations.length === 0)
    const refunded = withoutInvoice.map(({ id }) => get(settled.payments, id).refunded)
    const unapplied = [...settled.payments.values()].map((payment) => payment.unapplied)
    expect(sum(unapplied)).toBe(sum(withoutInvoice.map((it) => it.amount)) - sum(refunded))
  })

  test('what the recording refers to but does not hold is reported, and nothing else is amiss', () => {
    expect(result.gaps.map(({ kind, objectType, path }) => `${kind} ${objectType}.${path}`)).toEqual([
      'DANGLING_REFERENCE invoice.customer',
      'DANGLING_REFERENCE invoice.lines.product',
      'DANGLING_REFERENCE payment_intent.customer',
      'DANGLING_REFERENCE payment_intent.latest_charge',
    ])
  })

  test('every object is kept as it came', () => {
    const kept = [...place.raw.objects.values()]
    for (const path of ['customers', 'invoices', 'payment_intents']) {
      for (const object of recordedList(path)) {
        expect(kept.find(({ externalId }) => externalId === object['id'])?.payload).toEqual(object)
      }
    }
  })

  test('a second import changes nothing', async () => {
    const before = place.facts.all('payments').map((it) => it.id)
    place.clock.advance({ hours: 1 })
    const again = await place.import(server.port)
    for (const [kind, count] of Object.entries(again.counts)) {
      expect({ kind, ...count }).toMatchObject({ kind, created: 0, changed: 0, stale: 0 })
    }
    expect(again.totals).toEqual(result.totals)
    expect(place.facts.all('payments').map((it) => it.id)).toEqual(before)
  })
})

describe.runIf(hasRecordings)('recorded events of the older API', () => {
  test.each(hasRecordings ? recordedEvents() : [])('$file maps', ({ object }) => {
    const gaps = gapLog()
    const seen = survey()
    seen.see(String(object['object']), object)
    const facts = mapObject({ account: ACCOUNT, links: seen.links(), gaps }, object, 1n)
    const kinds = Object.values(facts).flat().length
    expect(kinds).toBe(KNOWN_WITHOUT_FACTS.has(String(object['object'])) ? 0 : 1)
    // An event comes alone: whatever it refers to is elsewhere.
    expect(gaps.groups().filter(({ kind }) => kind !== 'DANGLING_REFERENCE')).toEqual([])
  })

  test('there are 38 of them', () => {
    expect(recordedEvents()).toHaveLength(38)
  })
})

const KNOWN_WITHOUT_FACTS = new Set(['checkout.session', 'invoice_payment'])

const documents = ({ facts }: Installation) => ({
  invoices: facts.all('invoices'),
  payments: facts.all('payments'),
  creditNotes: facts.all('creditNotes'),
  refunds: facts.all('refunds'),
  disputes: facts.all('disputes'),
})

const isTold =
  (objectType: string) =>
  (fact: Facts['payments' | 'refunds'][number]): boolean =>
    fact.externalRefs[0]?.objectType === objectType

function ids(place: Installation, kind: FactKind, objectType?: string): string[] {
  const refs = place.facts.all(kind).flatMap((fact) => ('externalRefs' in fact ? fact.externalRefs : []))
  return refs
    .filter((ref) => objectType === undefined || ref.objectType === objectType)
    .map(({ externalId }) => externalId)
    .toSorted()
}

const sortedIds = (path: string): string[] =>
  recordedList(path)
    .map(({ id }) => String(id))
    .toSorted()

const nested = (it: StripeObject, field: string) => (it[field] as { data: StripeObject[] }).data

function get<K, V>(map: ReadonlyMap<K, V>, key: K | undefined): V {
  const value = key === undefined ? undefined : map.get(key)
  if (value === undefined) throw new Error(`nothing under ${String(key)}`)
  return value
}
