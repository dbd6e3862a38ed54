/** A licence, a year of support and a training, sold together for less: the discount belongs to two of them. */
import { expect, it } from 'vitest'
import { allocate } from '#domain/allocation.ts'
import { scheduleEntries } from '#domain/schedule.ts'
import { balanceOf, movementsOf, postingsOf, recognitionsOf } from '#test/domain/books.ts'
import {
  contract,
  contractLine,
  day,
  invoiceFact,
  invoiceLine,
  range,
  store,
} from '#test/domain/documents.ts'
import { tellTheProduct } from './closing.ts'
import type { ScheduleFact } from '#domain/erp.ts'

const year = range('2027-01-01', '2028-01-01')
const training = { start: day('2027-03-10'), end: day('2027-03-10') }
/** What is promised, what it costs alone, and when it is delivered: the licence and the training on a day. */
const promised = [
  { id: 'licence', standalonePrice: 4000_00n, servicePeriod: { start: year.start, end: year.start } },
  { id: 'support', standalonePrice: 5500_00n, servicePeriod: year },
  { id: 'training', standalonePrice: 4500_00n, servicePeriod: training },
]

it('earns each at its allocated price, whatever the invoice says of its lines', async () => {
  // Support and training are regularly sold together for 6,000.00: the whole discount of 4,000.00 is theirs.
  const { value } = allocate({
    transactionPrice: 10_000_00n,
    obligations: promised.map(({ id, standalonePrice }) => ({ id, standalonePrice, basis: 'OBSERVED' })),
    bundles: [{ obligationIds: ['support', 'training'], price: 6000_00n }],
  })
  expect(value).toMatchObject({
    method: 'BUNDLE_DISCOUNT',
    obligations: [
      { id: 'licence', allocatedPrice: 4000_00n },
      { id: 'support', allocatedPrice: 3300_00n },
      { id: 'training', allocatedPrice: 2700_00n },
    ],
  })

  // 1 January: one invoice, on which the discount stands beside the licence.
  const lines = [
    invoiceLine(1000_00n, { id: 'licence', contractLineId: 'licence', discount: 3000_00n }),
    invoiceLine(9000_00n, { id: 'rest', contractLineId: 'support' }),
  ]
  const invoice = invoiceFact({ contractId: 'contract-1', lines, issueDate: year.start })
  const billed = postingsOf(store({ invoices: [invoice] }))
  expect(movementsOf(billed, 'DEFERRED_REVENUE')).toEqual({ '2027-01': -10_000_00n })

  // Each month: the licence at once, support by the day, the training in March.
  const schedules = (value?.obligations ?? []).map(({ id, allocatedPrice }) => scheduleOf(id, allocatedPrice))
  const earned = recognitionsOf(schedules)
  expect(movementsOf(earned, 'REVENUE')).toEqual({
    '2027-01': -4280_27n,
    '2027-02': -253_15n,
    '2027-03': -2980_28n,
    '2027-04': -271_23n,
    '2027-05': -280_28n,
    '2027-06': -271_23n,
    '2027-07': -280_27n,
    '2027-08': -280_28n,
    '2027-09': -271_23n,
    '2027-10': -280_27n,
    '2027-11': -271_24n,
    '2027-12': -280_27n,
  })
  expect(balanceOf([...billed, ...earned], 'DEFERRED_REVENUE')).toBe(0n)
  expect(balanceOf(earned, 'REVENUE')).toBe(-10_000_00n)

  // Told to the product as a contract at the allocated prices, it ends the same.
  const sold = contract({
    startDate: year.start,
    endDate: year.end,
    lines: schedules.map(({ description: id, allocatedPrice: unitPrice, servicePeriod }) =>
      contractLine({ id, unitPrice, servicePeriod, interval: null }),
    ),
  })
  const facts = { contracts: [sold], invoices: [invoice] }
  expect(await tellTheProduct([{ facts, earnedThrough: '2027-12-31' }])).toEqual({
    RECEIVABLES: 10_000_00n,
    REVENUE: -10_000_00n,
  })
})

function scheduleOf(id: string, allocatedPrice: bigint): ScheduleFact {
  const { servicePeriod } = promised.find((each) => each.id === id) ?? { servicePeriod: year }
  return {
    id: `rs_${id}`,
    obligationId: `obl_${id}`,
    contractId: 'contract-1',
    customerId: 'customer-1',
    legalEntityId: 'entity-1',
    description: id,
    method: 'STRAIGHT_LINE_DAILY',
    currency: 'USD',
    productId: null,
    allocatedPrice,
    servicePeriod,
    entries: scheduleEntries(allocatedPrice, servicePeriod),
  }
}
