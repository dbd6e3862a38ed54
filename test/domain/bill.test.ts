// What is billed for a contract: its first invoice, its periods, and what sets an amendment right.
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { documentsOf, type BilledInvoice } from '#domain/adjustment-document.ts'
import { amend } from '#domain/amend.ts'
import type { Change } from '#domain/amendment.ts'
import { type BillTerms, dueLines, firstInvoice, usageDrafts } from '#domain/bill.ts'
import type { ContractFact } from '#domain/crm.ts'
import { creditInvoice } from '#domain/credit-note-draft.ts'
import type { DateRange } from '#domain/entity.ts'
import type { InvoiceDraft } from '#domain/document-draft.ts'
import { defaultBilling } from '#domain/contract.ts'
import { sum } from '#domain/money.ts'
import { contract, contractLine, creditNoteFact, day, invoiceFact, range } from './documents.ts'

const names = { products: new Map([['product-1', 'Platform']]), items: new Map([['line-1', 'item-1']]) }
const terms = (issueDate: string): BillTerms => ({
  subscriptionId: 'sub-1',
  collectionMethod: 'SEND_INVOICE',
  issueDate: day(issueDate),
  daysToPay: 30,
  names,
})

const YEARLY = { unit: 'YEAR', count: 1 } as const
const year = (unitPrice: bigint) =>
  contract({
    startDate: day('2027-01-01'),
    endDate: day('2028-01-01'),
    lines: [contractLine({ unitPrice, interval: YEARLY, servicePeriod: range('2027-01-01', '2028-01-01') })],
  })
const monthly = contract({ lines: [contractLine()] })
const setUp = contractLine({ id: 'set-up', interval: null, servicePeriod: range('2026-01-01', '2026-01-01') })

const told = (draft: InvoiceDraft | null) =>
  draft?.lines.map(({ description, amount }) => `${description}: ${amount}`) ?? []

describe('the first invoice', () => {
  test.each([
    {
      name: 'of a year that begins later: the year',
      of: year(1_200_000n),
      on: '2026-11-01',
      lines: ['Platform, 2027-01-01 to 2027-12-31: 1200000'],
    },
    {
      name: 'of months that begin on the day: one month, and what is charged once',
      of: { ...monthly, lines: [...monthly.lines, setUp] },
      on: '2026-01-01',
      lines: ['Platform, 2026-01-01 to 2026-01-31: 10000', 'Platform, 2026-01-01 to 2026-01-01: 10000'],
    },
    {
      name: 'of months that began before: all that are due',
      of: monthly,
      on: '2026-03-15',
      lines: [
        'Platform, 2026-01-01 to 2026-01-31: 10000',
        'Platform, 2026-02-01 to 2026-02-28: 10000',
        'Platform, 2026-03-01 to 2026-03-31: 10000',
      ],
    },
    { name: 'of what costs nothing: none', of: year(0n), on: '2027-01-01', lines: [] },
  ])('$name', ({ of, on, lines }) => {
    expect(told(firstInvoice(of, terms(on)))).toEqual(lines)
  })

  it('is due after the days to pay, for contract, subscription and item', () => {
    expect(firstInvoice(year(1n), terms('2026-11-01'))).toMatchObject({
      contractId: 'contract-1',
      subscriptionId: 'sub-1',
      dueDate: day('2026-12-01'),
      lines: [{ contractLineId: 'line-1', subscriptionItemId: 'item-1', quantity: '1' }],
      taxLines: [],
    })
  })

  it('in arrears waits for the end of a period', () => {
    const policy = { ...defaultBilling, timing: 'IN_ARREARS' } as const
    expect(firstInvoice(monthly, terms('2026-01-15'), policy)).toBeNull()
  })
})

test('what was billed is not due again, also where its line was cut short since', () => {
  const first = dueLines(monthly, day('2026-03-01'), [], names)
  const cut = { ...monthly, lines: [contractLine({ servicePeriod: range('2026-01-01', '2026-03-15') })] }
  expect(dueLines(cut, day('2026-06-01'), first, names)).toEqual([])
  expect(
    dueLines(monthly, day('2026-04-01'), first, names).map(({ servicePeriod }) => servicePeriod),
  ).toEqual([range('2026-04-01', '2026-05-01')])
})

/** An invoice as it was issued from a draft. */
const issued = (id: string, draft: InvoiceDraft | null): BilledInvoice => ({
  invoice: invoiceFact({
    ...draft,
    id,
    lines: draft?.lines.map((line, place) => ({ ...line, id: `${id}-${place}` })) ?? [],
  }),
  creditNotes: [],
})

const amended = (before: ContractFact, on: string, change: Change) => {
  const { value } = amend(before, { effectiveDate: day(on), changes: [change] })
  if (value === undefined) throw new Error(`cannot amend on ${on}`)
  return { before, after: value.contract, adjustments: value.adjustments, reason: 'Asked for' }
}

const priced = (amount: string): Change => ({
  kind: 'UPDATE',
  lineId: 'line-1',
  quantity: null,
  unitPrice: { amount, currency: 'USD' },
})
const cancelled: Change = { kind: 'CANCEL', timing: 'AT_ONCE' }

const total = (some: readonly { readonly amount: bigint }[]) => sum(some.map(({ amount }) => amount))

describe('an amendment', () => {
  const before = year(1_200_000n)
  const billed = [issued('first', firstInvoice(before, terms('2027-01-01')))]

  it('P8: 12,000.00 becomes 18,000.00: one invoice of 4,027.40', () => {
    const { value } = documentsOf(
      amended(before, '2027-05-01', priced('18000.00')),
      billed,
      terms('2027-05-01'),
    )
    if (value?.kind !== 'INVOICE') throw new Error('not an invoice')
    expect(told(value.draft)).toEqual([
      'Unused: Platform, 2027-05-01 to 2027-12-31: -805479',
      'Platform, 2027-05-01 to 2027-12-31: 1208219',
    ])
    expect(sum(value.draft.lines.map(({ amount }) => amount))).toBe(402_740n)
    expect(value.draft.lines.map(({ contractLineId }) => contractLineId)).toEqual([
      'line-1',
      'line-1~20270501',
    ])
  })

  test.each([
    { name: 'a lower price: the difference', change: priced('6000.00'), amount: 805_479n - 402_740n },
    { name: 'a cancellation: the unused service', change: cancelled, amount: 805_479n },
  ])('$name goes back by a credit note for the invoice that billed it', ({ change, amount }) => {
    expect(documentsOf(amended(before, '2027-05-01', change), billed, terms('2027-05-01'))).toEqual({
      value: {
        kind: 'CREDIT_NOTES',
        drafts: [
          {
            invoiceId: 'first',
            issuedOn: day('2027-05-01'),
            reason: 'Asked for',
            lines: [{ invoiceLineId: 'first-0', amount, servicePeriod: range('2027-05-01', '2028-01-01') }],
          },
        ],
      },
    })
  })

  it('gives back what an upgrade billed from both invoices: no more of the second than it came to', () => {
    const upgrade = amended(before, '2027-05-01', priced('18000.00'))
    const { value } = documentsOf(upgrade, billed, terms('2027-05-01'))
    const second = issued('second', value?.kind === 'INVOICE' ? value.draft : null)
    const ending = amended(upgrade.after, '2027-06-01', cancelled)
    const documents = documentsOf(ending, [...billed, second], terms('2027-06-01'))
    // 12,082.19 less 31 days at 18,000.00 a year.
    expect(documents.value).toMatchObject({
      drafts: [
        { invoiceId: 'second', lines: [{ invoiceLineId: 'second-1', amount: 402_740n }] },
        {
          invoiceId: 'first',
          lines: [{ invoiceLineId: 'first-0', amount: 1_208_219n - 152_877n - 402_740n }],
        },
      ],
    })
  })

  it('that changes no bill has no document', () => {
    const later = amended(before, '2028-01-01', cancelled)
    expect(documentsOf({ ...later, adjustments: [] }, billed, terms('2027-05-01'))).toEqual({ value: null })
  })

  /** The first invoice, of which so much was given back. */
  const lessened = (amount: bigint, servicePeriod: DateRange | null): BilledInvoice[] => {
    const line = { id: 'c', invoiceLineId: 'first-0', description: '', amount, servicePeriod }
    const given = creditNoteFact({ status: 'ISSUED', lines: [line] })
    return billed.map((owner) => ({ ...owner, creditNotes: [given] }))
  }

  test.each([
    { of: 394_521n, given: 805_479n, takenBack: 0n },
    { of: 394_522n, given: 805_478n, takenBack: 1n },
    { of: 600_000n, given: 600_000n, takenBack: 205_479n },
    { of: 1_200_000n, given: 0n, takenBack: 805_479n },
  ])(
    'gives back all unused service, and no more than a price reduction of $of left: $takenBack is taken back of it',
    ({ of, given, takenBack }) => {
      const owners = lessened(of, null)
      const cancellation = amended(before, '2027-05-01', cancelled)
      const { value } = documentsOf(cancellation, owners, terms('2027-05-01'))
      const [draft] = value?.kind === 'CREDIT_NOTES' ? value.drafts : []
      if (draft === undefined) throw new Error('not a credit note')
      const service = draft.lines.filter(({ servicePeriod }) => servicePeriod !== null)
      expect([total(draft.lines), total(service)]).toEqual([given, 805_479n])
      expect(total(draft.lines.filter(({ amount }) => amount < 0n))).toBe(-takenBack)
      const [first] = owners
      expect(first && creditInvoice(first.invoice, first.creditNotes, draft).violations).toBeUndefined()
    },
  )

  it('is refused where the service was given back already', () => {
    const owners = lessened(1_200_000n, range('2027-01-01', '2028-01-01'))
    const { violations } = documentsOf(amended(before, '2027-05-01', cancelled), owners, terms('2027-05-01'))
    expect(violations).toMatchObject([{ code: 'CREDIT_EXCEEDS_INVOICE', field: 'adjustments' }])
  })

  test('whatever the prices and the day, its documents come to what it changes', () => {
    const cents = fc.bigInt({ min: 1n, max: 10_000_000n })
    fc.assert(
      fc.property(cents, cents, fc.integer({ min: 1, max: 364 }), (was, becomes, days) => {
        const sold = year(was)
        const owners = [issued('first', firstInvoice(sold, terms('2027-01-01')))]
        const price = `${becomes / 100n}.${String(becomes % 100n).padStart(2, '0')}`
        const change = amended(sold, day('2027-01-01').add({ days }).toString(), priced(price))
        const { value } = documentsOf(change, owners, terms('2027-12-31'))
        const lines = value?.kind === 'INVOICE' ? value.draft.lines : []
        const credits = value?.kind === 'CREDIT_NOTES' ? value.drafts.flatMap((draft) => draft.lines) : []
        expect(total(lines) - total(credits)).toBe(total(change.adjustments))
      }),
    )
  })
})

test('usage is billed with its quantity, and what the commitment is above it', () => {
  const period = range('2026-01-01', '2026-02-01')
  const lines = usageDrafts(
    { id: 'item-1', productId: 'product-1' },
    [
      { kind: 'USAGE', period, quantity: '12.5', amount: 125n },
      { kind: 'SHORTFALL', period, quantity: '0', amount: 75n },
    ],
    names,
  )
  expect(lines).toMatchObject([
    {
      description: 'Usage: Platform, 2026-01-01 to 2026-01-31',
      quantity: '12.5',
      amount: 125n,
      servicePeriod: null,
    },
    { description: 'Minimum: Platform, 2026-01-01 to 2026-01-31', amount: 75n, subscriptionItemId: 'item-1' },
  ])
})
