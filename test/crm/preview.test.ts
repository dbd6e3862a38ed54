// What an amendment would do, asked through the schema: value, lines, credits and charges, or what is wrong with it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contractLine, day, range } from '#test/domain/documents.ts'
import { ask, failuresOf } from '#test/support/ask.ts'
import { contractFact, customerFact } from '#test/support/facts.ts'
import { openCrm, type TestCrm } from './support.ts'

const document = `query PreviewAmendment($input: AmendmentInput!) {
  previewAmendment(input: $input) {
    contract {
      status startDate endDate totalContractValue { amount }
      lines {
        product { id } quantity unitPrice { amount } interval { unit count }
        servicePeriod { start end } value { amount }
      }
    }
    continuation { status startDate endDate totalContractValue { amount } }
    contractValue { before { amount } after { amount } delta { amount currency } }
    invoiceLines { description amount { amount currency } servicePeriod { start end } isOfContinuation }
    netInvoiceAmount { amount currency }
    monthlyRecurringRevenueDelta { amount currency }
    reasons { code message }
    userErrors { code message field }
  }
}`

interface Preview {
  readonly contract: unknown
  readonly continuation: unknown
  readonly contractValue: unknown
  readonly invoiceLines: readonly unknown[]
  readonly netInvoiceAmount: unknown
  readonly monthlyRecurringRevenueDelta: unknown
  readonly reasons: readonly { readonly code: string }[]
  readonly userErrors: readonly { readonly code: string; readonly field: string }[]
}

let crm: TestCrm
beforeAll(async () => {
  crm = await openCrm()
  await crm.record({
    customers: [
      customerFact(),
      customerFact({ id: 'cus_other' }),
      customerFact({ id: 'cus_left', name: 'Left', status: 'INACTIVE' }),
    ],
    contracts: [
      contractFact({
        id: 'ctr_year',
        startDate: day('2027-01-01'),
        endDate: day('2028-01-01'),
        lines: [
          contractLine({
            id: 'ctl_year',
            interval: { unit: 'YEAR', count: 1 },
            unitPrice: 1_200_000n,
            servicePeriod: range('2027-01-01', '2028-01-01'),
          }),
        ],
      }),
      contractFact({
        id: 'ctr_month',
        number: 'C-2',
        lines: [contractLine({ id: 'ctl_month', servicePeriod: range('2026-01-01', '2027-01-01') })],
      }),
      contractFact({
        id: 'ctr_paused',
        number: 'C-3',
        status: 'SUSPENDED',
        billingAnchor: day('2025-12-16'),
        lines: [contractLine({ id: 'ctl_paused', servicePeriod: range('2026-01-01', '2026-04-16') })],
        suspension: {
          since: day('2026-04-16'),
          lines: [
            contractLine({ id: 'ctl_paused~20260416', servicePeriod: range('2026-04-16', '2027-01-01') }),
          ],
        },
      }),
    ],
  })
})
afterAll(() => crm.close())

describe('a preview', () => {
  it('of a dearer year tells value, lines, credit and charge', async () => {
    const preview = await previewOf('ctr_year', '2027-05-01', [
      { lineId: 'ctl_year', unitPrice: { amount: '18000.00', currency: 'USD' } },
    ])
    expect(preview).toMatchObject({
      contract: {
        status: 'ACTIVE',
        totalContractValue: { amount: '16027.40' },
        lines: [
          { servicePeriod: { start: '2027-01-01', end: '2027-05-01' }, value: { amount: '3945.21' } },
          {
            product: { id: 'product-1' },
            quantity: '1',
            unitPrice: { amount: '18000.00' },
            interval: { unit: 'YEAR', count: 1 },
            servicePeriod: { start: '2027-05-01', end: '2028-01-01' },
            value: { amount: '12082.19' },
          },
        ],
      },
      continuation: null,
      contractValue: {
        before: { amount: '12000.00' },
        after: { amount: '16027.40' },
        delta: { amount: '4027.40', currency: 'USD' },
      },
      netInvoiceAmount: { amount: '4027.40', currency: 'USD' },
      monthlyRecurringRevenueDelta: { amount: '500.00', currency: 'USD' },
      userErrors: [],
    })
    expect(preview.invoiceLines).toMatchObject([
      {
        description: 'Unused service, 2027-05-01 to 2027-12-31',
        amount: { amount: '-8054.79' },
        servicePeriod: { start: '2027-05-01', end: '2028-01-01' },
      },
      { description: 'Service, 2027-05-01 to 2027-12-31', amount: { amount: '12082.19' } },
    ])
    expect(preview.reasons.map(({ code }) => code)).toEqual(['LINE_CHANGED', 'BILLING_ADJUSTED'])
  })

  it('of an end some weeks ago credits what was billed until today', async () => {
    const preview = await previewOf('ctr_month', '2026-05-11', [{ kind: 'CANCEL' }])
    expect(preview).toMatchObject({
      contract: { status: 'TERMINATED', endDate: '2026-05-11' },
      netInvoiceAmount: { amount: '-167.74' },
      monthlyRecurringRevenueDelta: { amount: '-100.00' },
    })
  })

  it('of an end with the period gives nothing back', async () => {
    const preview = await previewOf('ctr_month', '2026-06-20', [{ kind: 'CANCEL', atEndOfPeriod: true }])
    expect(preview).toMatchObject({
      contract: { endDate: '2026-07-01' },
      invoiceLines: [],
      netInvoiceAmount: { amount: '0.00' },
      monthlyRecurringRevenueDelta: { amount: '-100.00' },
    })
  })

  it('of a renewal tells the next term, as long as this one', async () => {
    const preview = await previewOf('ctr_month', '2027-01-01', [{ kind: 'RENEW', uplift: '5' }])
    expect(preview).toMatchObject({
      contract: { status: 'RENEWED' },
      continuation: {
        status: 'SIGNED',
        startDate: '2027-01-01',
        endDate: '2028-01-01',
        totalContractValue: { amount: '1260.00' },
      },
      monthlyRecurringRevenueDelta: { amount: '5.00' },
    })
  })

  it('of a transfer charges the other customer what this one is credited', async () => {
    const preview = await previewOf('ctr_year', '2027-05-01', [{ kind: 'TRANSFER', customerId: 'cus_other' }])
    expect(preview).toMatchObject({
      netInvoiceAmount: { amount: '-8054.79' },
      monthlyRecurringRevenueDelta: { amount: '0.00' },
      invoiceLines: [
        { amount: { amount: '-8054.79' }, isOfContinuation: false },
        { amount: { amount: '8054.79' }, isOfContinuation: true },
      ],
    })
  })

  it.each([
    ['nobody', 'cus_none', 'REFERENCE_MISSING'],
    ['who is no longer a customer', 'cus_left', 'STATUS_FORBIDS'],
  ])('of a transfer to %s is refused', async (_, customerId, code) => {
    const preview = await previewOf('ctr_year', '2027-05-01', [{ kind: 'TRANSFER', customerId }])
    expect(preview).toMatchObject({ contract: null, userErrors: [{ code, field: 'changes.0.customerId' }] })
  })

  it('of the end of a suspension brings back what was set aside, billed in its turn', async () => {
    const preview = await previewOf('ctr_paused', '2026-07-01', [{ kind: 'RESUME', extendsTerm: true }])
    expect(preview).toMatchObject({
      contract: {
        status: 'ACTIVE',
        endDate: '2027-03-18',
        lines: [
          { servicePeriod: { start: '2026-01-01', end: '2026-04-16' } },
          { servicePeriod: { start: '2026-07-01', end: '2027-03-18' } },
        ],
      },
      invoiceLines: [],
    })
  })

  it('of several changes is one', async () => {
    const preview = await previewOf('ctr_month', '2026-06-16', [
      { kind: 'REMOVE', lineId: 'ctl_month' },
      {
        kind: 'ADD',
        productId: 'prd_2',
        quantity: '2',
        unitPrice: { amount: '90.00', currency: 'USD' },
        interval: { unit: 'MONTH', count: 1 },
      },
      { kind: 'ADD', productId: 'prd_3', unitPrice: { amount: '10.00', currency: 'USD' } },
    ])
    expect(preview.invoiceLines).toMatchObject([
      { amount: { amount: '-50.00' } },
      { amount: { amount: '90.00' } },
    ])
    expect(preview.reasons.map(({ code }) => code)).toEqual([
      'LINE_ENDED',
      'LINE_STARTED',
      'LINE_STARTED',
      'BILLING_ADJUSTED',
    ])
  })

  it.each<[string, string, string, readonly object[], string[]]>([
    [
      'a price too precise and in another currency',
      'ctr_month',
      '2026-06-16',
      [
        { lineId: 'ctl_month', unitPrice: { amount: '1.005', currency: 'USD' } },
        { lineId: 'ctl_month', unitPrice: { amount: '1.00', currency: 'EUR' } },
      ],
      [
        'AMOUNT_TOO_PRECISE at changes.0.unitPrice.amount',
        'CURRENCY_MISMATCH at changes.1.unitPrice.currency',
      ],
    ],
    [
      'a day outside of the contract',
      'ctr_month',
      '2027-01-01',
      [{ lineId: 'ctl_month', quantity: '2' }],
      ['DATE_OUTSIDE_CONTRACT at effectiveDate', 'DATE_OUTSIDE_LINE at effectiveDate'],
    ],
    [
      'an added line without product and price',
      'ctr_month',
      '2026-06-16',
      [{ kind: 'ADD', quantity: '-1' }],
      [
        'REFERENCE_MISSING at changes.0.productId',
        'QUANTITY_INVALID at changes.0.quantity',
        'AMOUNT_INVALID at changes.0.unitPrice.amount',
      ],
    ],
    ['no change', 'ctr_month', '2026-06-16', [], ['CHANGES_MISSING at changes']],
    [
      'an interval beyond the calendar',
      'ctr_month',
      '2026-06-16',
      [
        {
          kind: 'ADD',
          productId: 'prd_2',
          unitPrice: { amount: '1', currency: 'USD' },
          interval: { unit: 'YEAR', count: 2_147_483_647 },
        },
      ],
      ['INTERVAL_INVALID at changes.0.interval'],
    ],
    [
      'a term without end',
      'ctr_month',
      '2027-01-01',
      [{ kind: 'RENEW', endDate: '9999-12-31' }],
      ['TERM_TOO_LONG at changes.0.endDate'],
    ],
  ])('of %s tells what is wrong, and nothing else', async (_, id, date, changes, errors) => {
    const preview = await previewOf(id, date, changes)
    expect(preview.userErrors.map(({ code, field }) => `${code} at ${field}`)).toEqual(errors)
    expect(preview).toMatchObject({ contract: null, contractValue: null, invoiceLines: [], reasons: [] })
  })

  it('of a contract that is not there, or of too many changes, fails', async () => {
    const input = { contractId: 'ctr_none', effectiveDate: '2026-06-16', changes: [] }
    expect(await failuresOf(crm, document, { input })).toEqual(['NOT_FOUND at previewAmendment'])
    const changes = Array.from({ length: 51 }, () => ({ lineId: 'ctl_month' }))
    expect(
      await failuresOf(crm, document, { input: { ...input, contractId: 'ctr_month', changes } }),
    ).toEqual(['BAD_USER_INPUT at previewAmendment'])
  })
})

async function previewOf(
  contractId: string,
  effectiveDate: string,
  changes: readonly object[],
): Promise<Preview> {
  const input = { contractId, effectiveDate, changes }
  const { previewAmendment } = await ask<{ previewAmendment: Preview }>(crm, document, { input })
  return previewAmendment
}
