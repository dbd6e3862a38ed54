// Invoices are issued once for a step, with numbers without gaps, and only where they are sound.
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import type { InvoiceDraft } from '#domain/document-draft.ts'
import { ownId } from '#platform/own-facts.ts'
import { issueInvoice } from '#subgraphs/billing/commands/issue-invoice.ts'
import { creditNoteFact, day, invoiceFact, invoiceLine, taxLine } from '#test/domain/documents.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { eventsOf, record } from '../support.ts'
import {
  AT_ONCE,
  atOnce,
  draftLine,
  effect,
  expectOneEffect,
  expectRefusal,
  expectSoundBooks,
  invoiceDraft,
  invoiceOf,
  issue,
  madeInStripe,
  numbersOf,
  openDesk,
  valueOf,
} from './desk.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(async () => {
  await database.reset()
  await openDesk(database)
})
afterAll(() => database.close())

const command = (draft: InvoiceDraft, key = 'wfl_1/invoice') =>
  issueInvoice(database.of('billing'), effect(key), draft)

test('an invoice is issued once, whatever tries it', async () => {
  const draft = invoiceDraft({ contractId: 'contract-1', taxLines: [taxLine(1_900n)] })
  const { invoiceId, number } = await expectOneEffect(database, () => command(draft))
  expect(number).toBe('US-000001')
  expect(await invoiceOf(database, invoiceId)).toMatchObject({
    ...draft,
    number,
    status: 'OPEN',
    lines: [{ amount: 10_000n }],
    total: 11_900n,
    balance: 11_900n,
    externalRefs: [
      { system: 'revgraph', objectType: 'invoice', externalId: 'wfl_1/invoice', sourceVersion: 1n },
    ],
  })
  expect(await eventsOf(database, invoiceId)).toEqual(['invoice.issued'])
  await expectSoundBooks(database)
})

interface Refusal {
  readonly name: string
  readonly draft: Partial<InvoiceDraft>
  readonly refused: readonly string[]
}

const refusals: readonly Refusal[] = [
  { name: 'nothing', draft: { lines: [] }, refused: ['LINES_MISSING lines'] },
  { name: 'less than nothing', draft: { lines: [draftLine(-1n)] }, refused: ['TOTAL_NEGATIVE lines'] },
  { name: 'what was due before', draft: { dueDate: day('2026-06-14') }, refused: ['DATE_ORDER dueDate'] },
  { name: 'in no currency', draft: { currency: 'XXB' }, refused: ['CURRENCY_UNKNOWN currency'] },
  {
    name: 'no quantity',
    draft: { lines: [draftLine(1n, { quantity: 'many' })] },
    refused: ['QUANTITY_INVALID lines.0.quantity'],
  },
  {
    name: 'a tax against its base',
    draft: { taxLines: [{ ...taxLine(1n), taxable: -1n }] },
    refused: ['TAX_SIGN taxLines.0.amount'],
  },
  {
    name: 'a subscription that is not there',
    draft: { subscriptionId: 'sub_none' },
    refused: ['REFERENCE_MISSING subscriptionId'],
  },
  {
    name: 'by a company that nobody knows',
    draft: { legalEntityId: 'entity-9' },
    refused: ['REFERENCE_MISSING legalEntityId'],
  },
]

describe('refuses to bill', () => {
  test.each(refusals)('$name', async ({ draft, refused }) => {
    await expectRefusal(database, () => command(invoiceDraft(draft)), refused)
    // A refused invoice leaves no gap, and its step can be tried again once the reason is mended.
    expect(valueOf(await command(invoiceDraft())).number).toBe('US-000001')
  })
})

describe('numbers', () => {
  it('have no gaps with 50 at once, of which every fifth is refused, and are each company’s own', async () => {
    const tries = Array.from({ length: AT_ONCE }, (_, place) => ({
      key: `wfl_${place}/invoice`,
      draft: invoiceDraft({
        legalEntityId: place % 2 === 0 ? 'entity-1' : 'entity-2',
        ...(place % 5 === 0 && { lines: [draftLine(-1n)] }),
      }),
    }))
    await atOnce(
      tries.map(
        ({ key, draft }) =>
          () =>
            command(draft, key),
      ),
    )
    const expected = ['DE', 'US'].flatMap((code) =>
      Array.from({ length: 20 }, (_, place) => `${code}-${String(place + 1).padStart(6, '0')}`),
    )
    expect(await numbersOf(database, 'invoice')).toEqual(expected)
    await expectSoundBooks(database)
  })

  it('go on after those that are stored, by the code of the company', async () => {
    const stored = ['US-000041', 'US-000042', 'K3LQ77-0001', 'US-0007-X'].map((number, place) =>
      invoiceFact({ id: `invoice-${place}`, number, lines: [invoiceLine(1n)] }),
    )
    const creditNotes = [
      creditNoteFact({
        number: 'US-CN-000317',
        lines: [{ id: 'c', invoiceLineId: 'line-1', description: '', amount: 1n, servicePeriod: null }],
        invoiceId: 'invoice-0',
      }),
    ]
    await record(database, { invoices: stored, creditNotes })
    await issue(database, 'wfl_1/invoice')
    await issue(database, 'wfl_2/invoice')
    expect(await numbersOf(database, 'invoice')).toEqual([
      'K3LQ77-0001',
      'US-000041',
      'US-000042',
      'US-000043',
      'US-000044',
      'US-0007-X',
    ])
  })
})

describe('one that an outside system issued', () => {
  const madeAs = madeInStripe('invoice', 'in_1')
  const key = 'wfl_1/invoice'
  const id = ownId('invoice', key)
  const note = () =>
    issueInvoice(database.of('billing'), effect(key), { ...invoiceDraft(), madeAs, madeNumber: 'ACME-1' })
  const told = (externalId: string) =>
    record(database, {
      invoices: [
        invoiceFact({
          ...invoiceDraft(),
          id,
          externalRefs: [madeInStripe('invoice', externalId)],
          number: 'ACME-1',
          lifecycle: 'VOID',
          closedOn: day('2026-06-16'),
          lines: [invoiceLine(10_000n)],
        }),
      ],
    })

  test('stays void where it was voided and told of before the step noted it', async () => {
    await told('in_1')
    expect(valueOf(await note())).toEqual({ invoiceId: id, number: 'ACME-1' })
    expect(await invoiceOf(database, id)).toMatchObject({ status: 'VOID', closedOn: day('2026-06-16') })
    await expectSoundBooks(database)
  })

  test('is owed where another one was voided that was made for the step before', async () => {
    await told('in_0')
    await note()
    expect(await invoiceOf(database, id)).toMatchObject({ status: 'OPEN', closedOn: null })
  })
})
