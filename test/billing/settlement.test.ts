import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Facts } from '#domain/facts.ts'
import { checkCreditNote, checkInvoice, checkPayment } from '#domain/invoice.ts'
import { checkInvariants } from '#platform/invariant.ts'
import { billingInvariants } from '#subgraphs/billing/store.ts'
import { documents } from '#test/domain/arbitraries.ts'
import {
  creditNoteFact,
  day,
  dispute,
  invoiceFact,
  invoiceLine,
  paymentFact,
  refundFact,
} from '#test/domain/documents.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { eventsOf, expected, record, stored } from './support.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(() => database.reset())
afterAll(() => database.close())

const of100 = { lines: [invoiceLine(100n)] }
const invoice = invoiceFact(of100)
const pays = (amount: bigint, id = 'payment-1') =>
  paymentFact({
    id,
    amount,
    allocations: [{ id: `allocation-of-${id}`, invoiceId: 'invoice-1', amount }],
  })
const credits = (amount: bigint) =>
  creditNoteFact({
    lines: [{ id: 'cl-1', invoiceLineId: 'line-1', description: 'Less', amount, servicePeriod: null }],
  })

interface Story {
  readonly name: string
  /** Batches of facts, one call each. */
  readonly batches: readonly Partial<Facts>[]
  readonly invoice: Record<string, unknown>
  readonly payment?: Record<string, unknown>
  readonly refund?: Record<string, unknown>
  readonly events: readonly string[]
}

const stories: readonly Story[] = [
  {
    name: 'a payment in the same call: one event, with the final state',
    batches: [{ invoices: [invoice], payments: [pays(100n)] }],
    invoice: { status: 'PAID', allocated: 100n, balance: 0n, paidOn: '2026-01-10' },
    payment: { status: 'SUCCEEDED', unapplied: 0n },
    events: ['invoice.paid'],
  },
  {
    name: 'a part payment, then the rest',
    batches: [{ invoices: [invoice] }, { payments: [pays(40n)] }, { payments: [pays(60n, 'payment-2')] }],
    invoice: { status: 'PAID', allocated: 100n, balance: 0n },
    events: ['invoice.issued', 'invoice.changed', 'invoice.paid'],
  },
  {
    name: 'more than is owed stays on account',
    batches: [{ invoices: [invoice] }, { payments: [pays(130n)] }],
    invoice: { status: 'PAID', allocated: 100n, balance: 0n },
    payment: { unapplied: 30n },
    events: ['invoice.issued', 'invoice.paid'],
  },
  {
    name: 'a payment that is there before its invoice',
    batches: [{ payments: [pays(100n)] }, { invoices: [invoice] }],
    invoice: { status: 'PAID', allocated: 100n },
    payment: { unapplied: 0n },
    events: ['invoice.paid'],
  },
  {
    name: 'a credit note before the payment',
    batches: [{ invoices: [invoice] }, { creditNotes: [credits(30n)] }, { payments: [pays(70n)] }],
    invoice: { status: 'PAID', credited: 30n, allocated: 70n, balance: 0n },
    payment: { unapplied: 0n },
    events: ['invoice.issued', 'invoice.changed', 'invoice.paid'],
  },
  {
    name: 'a credit note after the payment frees cash',
    batches: [{ invoices: [invoice] }, { payments: [pays(100n)] }, { creditNotes: [credits(30n)] }],
    invoice: { status: 'PAID', credited: 30n, allocated: 70n, balance: 0n },
    payment: { unapplied: 30n },
    events: ['invoice.issued', 'invoice.paid', 'invoice.changed'],
  },
  {
    name: 'a credit note that goes to another invoice leaves the first one owed',
    batches: [
      { invoices: [invoice], creditNotes: [credits(30n)] },
      { creditNotes: [{ ...credits(30n), invoiceId: 'invoice-2' }] },
    ],
    invoice: { status: 'OPEN', credited: 0n, balance: 100n },
    events: ['invoice.issued', 'invoice.changed'],
  },
  {
    name: 'a refund of freed cash takes it from the account',
    batches: [
      { invoices: [invoice], payments: [pays(100n)], creditNotes: [credits(30n)] },
      { refunds: [refundFact({ amount: 30n })] },
    ],
    invoice: { status: 'PAID', allocated: 70n },
    payment: { status: 'PARTIALLY_REFUNDED', refunded: 30n, unapplied: 0n },
    refund: { fromUnapplied: 30n },
    events: ['invoice.paid'],
  },
  {
    name: 'a refund without credit note leaves the invoice paid',
    batches: [{ invoices: [invoice], payments: [pays(100n)] }, { refunds: [refundFact({ amount: 100n })] }],
    invoice: { status: 'PAID', allocated: 100n },
    payment: { status: 'REFUNDED', refunded: 100n },
    refund: { fromUnapplied: 0n },
    events: ['invoice.paid'],
  },
  {
    name: 'a void invoice gives its payment back to the account',
    batches: [
      { invoices: [invoice], payments: [pays(100n)] },
      { invoices: [{ ...invoice, lifecycle: 'VOID', closedOn: day('2026-02-01') }] },
    ],
    invoice: { status: 'VOID', allocated: 0n, balance: 0n },
    payment: { unapplied: 100n },
    events: ['invoice.paid', 'invoice.voided'],
  },
  {
    name: 'an uncollectible invoice is written off but for what was paid',
    batches: [
      { invoices: [invoice], payments: [pays(40n)] },
      { invoices: [{ ...invoice, lifecycle: 'UNCOLLECTIBLE', closedOn: day('2026-04-01') }] },
    ],
    invoice: { status: 'UNCOLLECTIBLE', allocated: 40n, writtenOff: 60n, balance: 0n },
    events: ['invoice.issued', 'invoice.writtenOff'],
  },
  {
    name: 'a payment that names the invoice no more',
    batches: [
      { invoices: [invoice], payments: [pays(100n)] },
      { payments: [{ ...pays(100n), allocations: [] }] },
    ],
    invoice: { status: 'OPEN', allocated: 0n, balance: 100n },
    payment: { unapplied: 100n, allocations: [] },
    events: ['invoice.paid', 'invoice.changed'],
  },
]

describe('settling what is recorded', () => {
  test.each(stories)('$name', async (story) => {
    for (const batch of story.batches) await record(database, batch)
    const { touched } = await record(database, {
      invoices: story.batches.flatMap(({ invoices = [] }) => invoices).slice(-1),
      payments: story.batches.flatMap(({ payments = [] }) => payments).slice(-1),
      refunds: story.batches.flatMap(({ refunds = [] }) => refunds).slice(-1),
    })
    const [settled] = touched.invoices
    expect({ ...settled, paidOn: settled?.paidOn?.toString() }).toMatchObject(story.invoice)
    if (story.payment !== undefined) expect(touched.payments[0]).toMatchObject(story.payment)
    if (story.refund !== undefined) expect(touched.refunds[0]).toMatchObject(story.refund)
    expect(await eventsOf(database, 'invoice-1')).toEqual(story.events)
  })

  test('a refund that waits for its payment counts when the payment comes', async () => {
    await record(database, { refunds: [refundFact({ amount: 10n })] })
    await record(database, { payments: [paymentFact({ amount: 100n })] })
    const { touched } = await record(database, { refunds: [refundFact({ amount: 10n })] })
    expect(touched.refunds[0]).toMatchObject({ fromUnapplied: 10n })
    expect(touched.payments[0]).toMatchObject({ status: 'PARTIALLY_REFUNDED', unapplied: 90n })
    expect(await eventsOf(database, 'refund-1')).toEqual(['refund.paid', 'refund.changed'])
  })

  test('a dispute marks its payment, and a won one unmarks it', async () => {
    await record(database, { payments: [paymentFact()] })
    const { version: _, recordedAt: __, ...opened } = dispute()
    const open = await record(database, { disputes: [opened] })
    expect(open.touched.payments[0]).toMatchObject({ status: 'DISPUTED' })
    const won = await record(database, {
      disputes: [{ ...opened, status: 'WON', closedOn: day('2026-03-01') }],
    })
    expect(won.touched.payments[0]).toMatchObject({ status: 'SUCCEEDED' })
  })

  test('what one payment cannot have of an invoice depends on payments that the call does not name', async () => {
    const [one, two] = [{ id: 'invoice-1' }, { id: 'invoice-2' }].map((it) =>
      invoiceFact({ ...of100, ...it, number: it.id }),
    )
    const early = paymentFact({
      id: 'early',
      amount: 80n,
      receivedOn: day('2026-01-02'),
      allocations: [{ id: 'e', invoiceId: 'invoice-2', amount: 80n }],
    })
    const late = paymentFact({
      id: 'late',
      amount: 150n,
      receivedOn: day('2026-01-20'),
      allocations: [
        { id: 'l1', invoiceId: 'invoice-1', amount: 100n },
        { id: 'l2', invoiceId: 'invoice-2', amount: 50n },
      ],
    })
    if (one === undefined || two === undefined) throw new Error('two invoices are made above')
    await record(database, { invoices: [two], payments: [early, late] })
    // Only invoice-1 is news: `late` is settled again, and `early` still comes first at invoice-2.
    const { touched } = await record(database, { invoices: [one] })
    expect(touched.payments).toMatchObject([
      { id: 'late', unapplied: 30n, allocations: [{ applied: 100n }, { applied: 20n }] },
    ])
  })

  test('more credit than the invoice has takes no effect and is told', async () => {
    const { touched } = await record(database, {
      invoices: [invoice],
      creditNotes: [credits(130n)],
    })
    expect(touched.invoices[0]).toMatchObject({ credited: 0n, balance: 100n })
    expect(touched.violations).toMatchObject([
      { documentId: 'credit-note-1', code: 'CREDIT_EXCEEDS_INVOICE' },
    ])
  })
})

describe('the order and the batches of facts', () => {
  const recordable = documents.map((some) => ({
    invoices: some.invoices.filter((it) => checkInvoice(it).length === 0),
    payments: some.payments
      .map((it) => ({ ...it, allocations: it.allocations.filter(({ amount }) => amount > 0n) }))
      .filter((it) => checkPayment(it).length === 0),
    creditNotes: some.creditNotes.filter((it) => checkCreditNote(it).length === 0),
    refunds: some.refunds,
    disputes: some.disputes,
  }))

  test('do not matter: what is stored is what the rules say of all documents at once', async () => {
    const dice = fc.array(fc.nat(), { minLength: 24, maxLength: 24 })
    await fc.assert(
      fc.asyncProperty(recordable, dice, async (all, thrown) => {
        await database.reset()
        for (const batch of shuffled(all, thrown)) await record(database, batch)
        expect(await stored(database, all)).toEqual(expected(all))
        const findings = await checkInvariants(database.owner, STATE_INVARIANTS)
        expect(findings.flatMap(({ ids }) => ids)).toEqual([])
      }),
      { numRuns: 40 },
    )
  }, 120_000)
})

/** What holds whatever documents claim of each other; that they claim too much is for a person. */
const STATE_INVARIANTS = billingInvariants.filter(({ name }) => name.startsWith('5') || name === '6 payment')

/** The facts one by one in an order that the dice give, joined to batches where they say so. */
function shuffled(facts: Partial<Facts>, dice: readonly number[]): Partial<Facts>[] {
  const single = Object.entries(facts).flatMap(([kind, some]) => some.map((fact) => ({ [kind]: [fact] })))
  const order = single
    .map((batch, place) => ({ batch, place: dice[place % dice.length] ?? 0 }))
    .toSorted((a, b) => a.place - b.place)
  const batches: Partial<Facts>[] = []
  for (const { batch, place } of order) {
    const last = batches.at(-1)
    if (last !== undefined && place % 3 === 0) batches[batches.length - 1] = join(last, batch)
    else batches.push(batch)
  }
  return batches
}

function join(one: Partial<Facts>, other: Partial<Facts>): Partial<Facts> {
  const kinds = [...new Set([...Object.keys(one), ...Object.keys(other)])] as (keyof Facts)[]
  return Object.fromEntries(kinds.map((kind) => [kind, [...(one[kind] ?? []), ...(other[kind] ?? [])]]))
}
