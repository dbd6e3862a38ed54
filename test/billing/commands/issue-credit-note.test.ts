// Credit notes give back lines of an invoice with their tax: never more than there is, the last one takes the rounding.
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import type { CreditedLine, CreditNoteDraft } from '#domain/credit-note-draft.ts'
import { readRows } from '#platform/table.ts'
import { ownId } from '#platform/own-facts.ts'
import { voidInvoice } from '#subgraphs/billing/commands/close-invoice.ts'
import { issueCreditNote } from '#subgraphs/billing/commands/issue-credit-note.ts'
import { creditNotes } from '#subgraphs/billing/tables.ts'
import { creditNoteFact, day, range } from '#test/domain/documents.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { eventsOf, record } from '../support.ts'
import {
  atOnce,
  AT_ONCE,
  draftLine,
  effect,
  expectOneEffect,
  expectRefusal,
  expectSoundBooks,
  invoiceOf,
  issue,
  madeInStripe,
  numbersOf,
  openDesk,
  valueOf,
} from './desk.ts'

let database: TestDatabase
let invoiceId: string
let lineIds: readonly string[]
beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(async () => {
  await database.reset()
  await openDesk(database)
  // 160.00 and 40.00 with 25% tax.
  invoiceId = await issue(database, 'wfl_0/invoice', {
    lines: [draftLine(16_000n, { servicePeriod: range('2026-06-01', '2026-07-01') }), draftLine(4_000n)],
    taxLines: [{ jurisdiction: 'SE', rate: '25', taxable: 20_000n, amount: 5_000n }],
  })
  lineIds = (await invoiceOf(database, invoiceId))?.lines.map(({ id }) => id) ?? []
})
afterAll(() => database.close())

const credit = (amount: bigint, line = 0, fields: Partial<CreditedLine> = {}): CreditedLine => ({
  invoiceLineId: lineIds[line] ?? '',
  amount,
  servicePeriod: null,
  ...fields,
})

const command = (
  lines: readonly CreditedLine[],
  fields: Partial<Parameters<typeof issueCreditNote>[2]> = {},
  key = 'wfl_1/credit',
) =>
  issueCreditNote(database.of('billing'), effect(key), {
    invoiceId,
    issuedOn: day('2026-06-20'),
    reason: 'Outage',
    lines,
    ...fields,
  })

const noteOf = async (id: string) => (await readRows(database.owner, creditNotes, [id]))[0]

test('a credit note is issued once, with its number and the tax of what it gives back', async () => {
  const rest = range('2026-06-02', '2026-07-01')
  const issued = await expectOneEffect(database, () => command([credit(15_467n, 0, { servicePeriod: rest })]))
  expect(issued.number).toBe('US-CN-000001')
  expect(await noteOf(issued.creditNoteId)).toMatchObject({
    status: 'ISSUED',
    reason: 'Outage',
    lines: [{ invoiceLineId: lineIds[0], description: 'Service', amount: 15_467n, servicePeriod: rest }],
    taxLines: [{ jurisdiction: 'SE', rate: '25', taxable: 15_467n, amount: 3_867n }],
    net: 15_467n,
    tax: 3_867n,
    amount: 19_334n,
  })
  expect(await invoiceOf(database, invoiceId)).toMatchObject({
    credited: 19_334n,
    balance: 5_666n,
    status: 'OPEN',
  })
  expect(await eventsOf(database, invoiceId)).toEqual(['invoice.issued', 'invoice.changed'])
  await expectSoundBooks(database)
})

test('the last credit note takes what is left of the tax', async () => {
  const parts = [1_001n, 1_001n, 1_001n, 997n]
  for (const [place, amount] of parts.entries())
    valueOf(await command([credit(amount, 1)], {}, `wfl_${place}/credit`))
  const last = valueOf(await command([credit(16_000n)], {}, 'wfl_9/credit'))
  // 25% of 10.01 is 2.5025, so each of three gave 2.50 and the fourth 2.49.
  expect(await noteOf(last.creditNoteId)).toMatchObject({ net: 16_000n, tax: 5_000n - 3n * 250n - 249n })
  expect(await invoiceOf(database, invoiceId)).toMatchObject({
    status: 'PAID',
    credited: 25_000n,
    balance: 0n,
  })
  await expectSoundBooks(database)
})

interface Refusal {
  readonly name: string
  readonly lines: () => readonly CreditedLine[]
  readonly fields?: Partial<CreditNoteDraft>
  readonly refused: readonly string[]
}

const refusals: readonly Refusal[] = [
  { name: 'nothing', lines: () => [], refused: ['LINES_MISSING lines'] },
  { name: 'an amount of zero', lines: () => [credit(0n)], refused: ['AMOUNT_NOT_POSITIVE lines.0.amount'] },
  {
    name: 'more than a line',
    lines: () => [credit(4_001n, 1)],
    refused: ['CREDIT_EXCEEDS_INVOICE lines.0.amount'],
  },
  {
    name: 'more than a line in two parts',
    lines: () => [credit(2_000n, 1), credit(2_001n, 1)],
    refused: ['CREDIT_EXCEEDS_INVOICE lines.1.amount'],
  },
  {
    name: 'a line of another invoice',
    lines: () => [credit(1n, 0, { invoiceLineId: 'inl_none' })],
    refused: ['INVOICE_LINE_MISSING lines.0.invoiceLineId'],
  },
  {
    name: 'service that the line did not bill',
    lines: () => [credit(1n, 0, { servicePeriod: range('2026-06-15', '2026-07-02') })],
    refused: ['DATE_OUTSIDE_LINE lines.0.servicePeriod'],
  },
  {
    name: 'an invoice that is not there',
    lines: () => [credit(1n)],
    fields: { invoiceId: 'inv_none' },
    refused: ['REFERENCE_MISSING invoiceId'],
  },
  {
    name: 'before it was billed',
    lines: () => [credit(1n)],
    fields: { issuedOn: day('2026-06-14') },
    refused: ['DATE_ORDER issuedOn'],
  },
]

describe('refuses to give back', () => {
  test.each(refusals)('$name', ({ lines, fields, refused }) =>
    expectRefusal(database, () => command(lines(), fields), refused),
  )

  it('a void invoice', async () => {
    valueOf(
      await voidInvoice(database.of('billing'), effect('wfl_0/void'), {
        invoiceId,
        closedOn: day('2026-06-16'),
      }),
    )
    await expectRefusal(database, () => command([credit(1n)]), ['INVOICE_NOT_ISSUED invoiceId'])
  })

  it('more than an invoice with credit lines comes to', async () => {
    invoiceId = await issue(database, 'wfl_2/invoice', { lines: [draftLine(-8_000n), draftLine(12_000n)] })
    const [, charge = ''] = (await invoiceOf(database, invoiceId))?.lines.map(({ id }) => id) ?? []
    await expectRefusal(database, () => command([credit(4_001n, 0, { invoiceLineId: charge })]), [
      'CREDIT_EXCEEDS_INVOICE lines',
    ])
  })

  it('more than is left: of 50 at once, as many as it can take, numbered without a gap', async () => {
    const outcomes = await atOnce(
      Array.from(
        { length: AT_ONCE },
        (_, place) => () => command([credit(300n, 1)], {}, `wfl_${place}/credit`),
      ),
    )
    expect(outcomes.filter(({ violations }) => violations === undefined)).toHaveLength(13)
    expect(await numbersOf(database, 'credit_note')).toEqual(
      Array.from({ length: 13 }, (_, place) => `US-CN-${String(place + 1).padStart(6, '0')}`),
    )
    await expectSoundBooks(database)
  })
})

test('one that an outside system issued stays void where it was voided before the step noted it', async () => {
  const id = ownId('creditNote', 'wfl_1/credit')
  const madeAs = madeInStripe('credit_note', 'cn_1')
  const voidedOn = day('2026-06-21')
  const line = { id: 'line', invoiceLineId: null, description: '', amount: 1_000n, servicePeriod: null }
  const told = { id, invoiceId, externalRefs: [madeAs], status: 'VOID', voidedOn, lines: [line] } as const
  await record(database, { creditNotes: [creditNoteFact({ ...told, issuedOn: day('2026-06-20') })] })
  valueOf(await command([credit(1_000n)], { madeAs, madeNumber: 'ACME-CN-1' }))
  expect(await noteOf(id)).toMatchObject({ status: 'VOID', voidedOn, number: 'ACME-CN-1' })
  expect(await invoiceOf(database, invoiceId)).toMatchObject({ credited: 0n })
  await expectSoundBooks(database)
})
