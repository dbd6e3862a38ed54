import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Facts } from '#domain/facts.ts'
import { checkInvariants } from '#platform/invariant.ts'
import { billingInvariants } from '#subgraphs/billing/store.ts'
import { generateCompany } from '#subgraphs/operations/seed/generate.ts'
import {
  creditNoteFact,
  day,
  invoiceFact,
  invoiceLine,
  paymentFact,
  range,
  refundFact,
} from '#test/domain/documents.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { contentOf, countEvents, eventsOf, record, stripeRef } from './support.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(() => database.reset())
afterAll(() => database.close())

const month = { unit: 'MONTH', count: 1 } as const

/** One fact of every kind that billing owns. */
const everything: Partial<Facts> = {
  products: [
    {
      id: 'product-1',
      externalRefs: [],
      sku: 'SEAT',
      name: 'Seat',
      description: null,
      family: 'platform',
      taxCode: null,
      active: true,
    },
  ],
  prices: [
    {
      id: 'price-1',
      externalRefs: [],
      productId: 'product-1',
      nickname: null,
      currency: 'USD',
      unitAmount: '12.5',
      interval: month,
      usage: 'LICENSED',
      tiersMode: null,
      tiers: [],
      active: true,
    },
  ],
  subscriptions: [
    {
      id: 'subscription-1',
      externalRefs: [],
      customerId: 'customer-1',
      contractId: null,
      legalEntityId: 'entity-1',
      status: 'ACTIVE',
      currency: 'USD',
      collectionMethod: 'SEND_INVOICE',
      startDate: day('2026-01-01'),
      currentPeriod: range('2026-06-01', '2026-07-01'),
      cancelAt: null,
      endedOn: null,
      items: [
        {
          id: 'item-1',
          productId: 'product-1',
          priceId: 'price-1',
          contractLineId: null,
          quantity: '3',
          unitPrice: 1000n,
          interval: month,
          startDate: day('2026-01-01'),
          endDate: null,
        },
      ],
    },
  ],
  invoices: [invoiceFact({ lines: [invoiceLine(100n)] })],
  payments: [
    paymentFact({ amount: 100n, allocations: [{ id: 'a-1', invoiceId: 'invoice-1', amount: 100n }] }),
  ],
  creditNotes: [
    creditNoteFact({
      lines: [{ id: 'cl-1', invoiceLineId: null, description: 'Less', amount: 10n, servicePeriod: null }],
    }),
  ],
  refunds: [refundFact({ amount: 10n })],
  disputes: [
    {
      id: 'dispute-1',
      externalRefs: [],
      paymentId: 'payment-1',
      customerId: 'customer-1',
      status: 'WON',
      currency: 'USD',
      amount: 100n,
      fundsWithdrawn: true,
      reason: 'fraudulent',
      openedOn: day('2026-02-01'),
      evidenceDueOn: null,
      closedOn: day('2026-03-01'),
    },
  ],
  usage: [
    {
      id: 'usage-1',
      externalRefs: [],
      subscriptionId: 'subscription-1',
      subscriptionItemId: 'item-1',
      quantity: '2.50',
      usedAt: Temporal.Instant.from('2026-06-01T00:00:00Z'),
    },
  ],
  dunning: [
    {
      id: 'dunning-1',
      externalRefs: [],
      invoiceId: 'invoice-1',
      status: 'RECOVERED',
      attempts: 2,
      nextAttemptOn: null,
    },
  ],
}
const kinds = Object.keys(everything)

/** What a source states as of a version. */
const creditNoteAt = (version: bigint, status: 'ISSUED' | 'VOID') =>
  creditNoteFact({
    externalRefs: [stripeRef(version)],
    status,
    voidedOn: status === 'VOID' ? day('2026-03-01') : null,
    lines: [{ id: 'l', invoiceLineId: null, description: 'Less', amount: 10n, servicePeriod: null }],
  })
const invoiceAt = (version: bigint, amount: bigint) =>
  invoiceFact({ externalRefs: [stripeRef(version)], lines: [invoiceLine(amount)] })
const paymentAt = (version: bigint, amount: bigint) =>
  paymentFact({ externalRefs: [stripeRef(version)], amount })

/** An invoice, its payment and its credit note, each by itself. */
const ofInvoice = (id: string): Partial<Facts>[] => [
  { invoices: [invoiceFact({ id: `invoice-${id}`, number: id, lines: [invoiceLine(100n)] })] },
  {
    payments: [
      paymentFact({
        id: `payment-${id}`,
        amount: 70n,
        allocations: [{ id: 'a', invoiceId: `invoice-${id}`, amount: 70n }],
      }),
    ],
  },
  {
    creditNotes: [
      creditNoteFact({
        id: `credit-note-${id}`,
        invoiceId: `invoice-${id}`,
        lines: [{ id: 'l', invoiceLineId: null, description: 'Less', amount: 30n, servicePeriod: null }],
      }),
    ],
  },
]

describe('recording', () => {
  test('the same facts twice change nothing and append no event', async () => {
    const first = await record(database, everything)
    expect(Object.keys(first.counts).toSorted()).toEqual(kinds.toSorted())
    expect(Object.values(first.counts).map(({ created }) => created)).toEqual(kinds.map(() => 1))
    expect(await countEvents(database)).toBe(kinds.length)
    const content = await contentOf(database)

    const again = await record(database, everything)
    expect(Object.values(again.counts).map(({ unchanged }) => unchanged)).toEqual(kinds.map(() => 1))
    expect(await countEvents(database)).toBe(kinds.length)
    expect(await contentOf(database)).toEqual(content)
    // What follows elsewhere can be made up for after a crash: the documents come back although nothing changed.
    expect(again.touched).toEqual(first.touched)
  })

  test('allocations in another order are the same payment', async () => {
    const allocations = ['a', 'b'].map((id) => ({ id, invoiceId: `invoice-${id}`, amount: 10n }))
    await record(database, { payments: [paymentFact({ allocations })] })
    await record(database, { payments: [paymentFact({ allocations: allocations.toReversed() })] })
    expect(await eventsOf(database, 'payment-1')).toEqual(['payment.received'])
  })

  test('an older statement of the source never overwrites a newer one', async () => {
    const invoice = invoiceFact({ lines: [invoiceLine(100n)] })
    await record(database, { invoices: [invoice], creditNotes: [creditNoteAt(2n, 'VOID')] })
    const { counts, touched } = await record(database, {
      invoices: [invoice],
      creditNotes: [creditNoteAt(1n, 'ISSUED')],
    })
    expect(counts.creditNotes).toEqual({ created: 0, changed: 0, unchanged: 0, stale: 1 })
    expect(touched.creditNotes[0]).toMatchObject({ status: 'VOID', version: 1 })
    expect(touched.invoices[0]).toMatchObject({ credited: 0n, version: 1 })
  })

  test('an older statement of an invoice or payment is stale as well', async () => {
    await record(database, { invoices: [invoiceAt(2n, 200n)], payments: [paymentAt(2n, 200n)] })
    const { counts, touched } = await record(database, {
      invoices: [invoiceAt(1n, 100n)],
      payments: [paymentAt(1n, 100n)],
    })
    expect([counts.invoices?.stale, counts.payments?.stale]).toEqual([1, 1])
    expect([touched.invoices[0]?.total, touched.payments[0]?.amount]).toEqual([200n, 200n])
  })

  test('a fact that breaks a rule writes nothing of its batch', async () => {
    const bad = paymentFact({ id: 'payment-2', amount: 0n })
    await expect(record(database, { ...everything, payments: [bad] })).rejects.toMatchObject({
      name: 'InvalidFactError',
      violations: [{ code: 'AMOUNT_NOT_POSITIVE', field: 'amount' }],
    })
    expect(await countEvents(database)).toBe(0)
  })

  test('an event carries the state that is stored', async () => {
    const { touched } = await record(database, everything)
    const [event] = await database.owner.rows<{ data: Record<string, unknown> }>({
      text: `SELECT data FROM billing.event WHERE aggregate_id = 'payment-1'`,
      values: [],
    })
    const state = touched.payments[0]
    expect(event?.data).toMatchObject({
      status: state?.status,
      unapplied: '0',
      refunded: '10',
      allocations: [{ id: 'a-1', invoiceId: 'invoice-1', amount: '100', applied: '90' }],
    })
  })
})

describe('calls at once', () => {
  test('the same facts ten times have one effect', async () => {
    const calls = await Promise.all(Array.from({ length: 10 }, () => record(database, everything)))
    expect(calls.filter(({ counts }) => counts.invoices?.created === 1)).toHaveLength(1)
    expect(calls.filter(({ counts }) => counts.invoices?.unchanged === 1)).toHaveLength(9)
    expect(await countEvents(database)).toBe(kinds.length)
  })

  test('an invoice, its payment and its credit note that arrive in three calls find each other', async () => {
    const ids = Array.from({ length: 20 }, (_, place) => `${place}`)
    await Promise.all(ids.flatMap(ofInvoice).map((facts) => record(database, facts)))
    const unpaid = await database.owner.rows({
      text: `SELECT id FROM billing.invoice WHERE status <> 'PAID'`,
      values: [],
    })
    expect(unpaid).toEqual([])
  })

  test('calls that meet at a payment tell of it only where it changed', async () => {
    const places = Array.from({ length: 20 }, (_, place) => `${place}`)
    await record(database, {
      invoices: places.flatMap((place) => [
        invoiceFact({ id: `small-${place}`, number: `A-${place}`, lines: [invoiceLine(100n)] }),
        invoiceFact({ id: `large-${place}`, number: `B-${place}`, lines: [invoiceLine(1000n)] }),
      ]),
      payments: places.map((place) =>
        paymentFact({
          id: `payment-${place}`,
          amount: 150n,
          allocations: [
            { id: 'a', invoiceId: `small-${place}`, amount: 100n },
            { id: 'b', invoiceId: `large-${place}`, amount: 50n },
          ],
        }),
      ),
    })
    // The first credit note frees cash of the payment, the second one does not touch it.
    const credits = places.flatMap((place) => [`small-${place}`, `large-${place}`])
    await Promise.all(
      credits.map((invoiceId) =>
        record(database, {
          creditNotes: [
            creditNoteFact({
              id: `credit-of-${invoiceId}`,
              invoiceId,
              lines: [
                { id: 'l', invoiceLineId: null, description: 'Less', amount: 30n, servicePeriod: null },
              ],
            }),
          ],
        }),
      ),
    )
    for (const place of places)
      expect(await eventsOf(database, `payment-${place}`)).toEqual(['payment.received', 'payment.changed'])
  })
})

describe('the believable company', () => {
  test('is recorded with every invariant of billing, and once', async () => {
    const facts = [...generateCompany({ customers: 60, seed: 7, today: day('2026-06-15') })]
    for (const batch of facts) expect((await record(database, batch)).touched.violations).toEqual([])
    const broken = (await checkInvariants(database.owner, billingInvariants)).filter(
      ({ ids }) => ids.length > 0,
    )
    expect(broken).toEqual([])

    const events = await countEvents(database)
    for (const batch of facts.toReversed()) await record(database, batch)
    expect(await countEvents(database)).toBe(events)
  })

  test('takes a number of statements that does not grow with the batch', async () => {
    const [reference = {}, batch = {}] = generateCompany({ customers: 50, seed: 7, today: day('2026-06-15') })
    await record(database, reference)
    const few = { ...batch, invoices: (batch.invoices ?? []).slice(0, 5) }
    database.statements.length = 0
    await record(database, few)
    const forFew = database.statements.length
    database.statements.length = 0
    await record(database, batch)
    expect(database.statements.length).toBeLessThanOrEqual(forFew)
  })
})
