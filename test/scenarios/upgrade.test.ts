/** A year for 12,000.00, upgraded to 18,000.00 on 1 May: contract, invoices, revenue and journal agree to the cent. */
import { expect, it } from 'vitest'
import { amend } from '#domain/amend.ts'
import { totalContractValue } from '#domain/contract.ts'
import { formatAmount, sum } from '#domain/money.ts'
import { scheduleFromContract } from '#domain/contract-plan.ts'
import { reviseSchedule } from '#domain/schedule.ts'
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
import type { InvoiceLine } from '#domain/billing.ts'
import type { Contract } from '#domain/crm.ts'
import type { ScheduleFact } from '#domain/erp.ts'

const year = range('2027-01-01', '2028-01-01')
const signed = contract({
  startDate: year.start,
  endDate: year.end,
  lines: [
    contractLine({
      id: 'plan',
      interval: { unit: 'YEAR', count: 1 },
      unitPrice: 12_000_00n,
      servicePeriod: year,
    }),
  ],
})

it('bills 4,027.40 more, and earns 16,027.40 in the year', async () => {
  // 1 January: the year is billed in advance.
  const first = invoiceFact({
    id: 'invoice-1',
    contractId: signed.id,
    issueDate: year.start,
    lines: [invoiceLine(12_000_00n, { id: 'year', contractLineId: 'plan', servicePeriod: year })],
  })

  // To the end of April: four months are earned and posted.
  const planned = scheduleFromContract(signed)
  const recognised = planned.map((schedule) => untilApril(schedule))
  expect(sum(recognised.flatMap(({ entries }) => entries.map(({ amount }) => amount)))).toBe(3945_21n)

  // 1 May: the upgrade. What is left of the year is credited at the old price and charged at the new one.
  const { value: amended } = amend(signed, {
    effectiveDate: day('2027-05-01'),
    changes: [
      { kind: 'UPDATE', lineId: 'plan', quantity: null, unitPrice: { amount: '18000.00', currency: 'USD' } },
    ],
  })
  const lines = (amended?.adjustments ?? []).map(({ lineId, amount, period }, index): InvoiceLine =>
    invoiceLine(amount, { id: `upgrade-${index}`, contractLineId: lineId, servicePeriod: period }),
  )
  expect(lines.map(({ amount }) => formatAmount(amount, 'USD'))).toEqual(['-8054.79', '12082.19'])
  const second = invoiceFact({
    id: 'invoice-2',
    number: 'US-2',
    contractId: signed.id,
    issueDate: day('2027-05-01'),
    lines,
  })
  const invoices = store({ invoices: [first, second] })
  expect(invoices.invoices.map(({ total }) => formatAmount(total, 'USD'))).toEqual(['12000.00', '4027.40'])

  // The schedules follow: what was earned stays, and what is left sums to the value of the contract.
  const after: Contract = { ...signed, ...amended?.contract }
  const revised = scheduleFromContract(after).map((schedule) => {
    const posted = recognised.find(({ id }) => id === schedule.id)?.entries ?? []
    return { ...schedule, entries: reviseSchedule(posted, schedule.entries) }
  })
  const billed = postingsOf(invoices)
  const earned = recognitionsOf([...recognised, ...revised])
  expect(movementsOf(billed, 'DEFERRED_REVENUE')).toEqual({ '2027-01': -12_000_00n, '2027-05': -4027_40n })
  expect(movementsOf(earned, 'REVENUE')).toEqual({
    '2027-01': -1019_18n,
    '2027-02': -920_55n,
    '2027-03': -1019_17n,
    '2027-04': -986_31n,
    '2027-05': -1528_77n,
    '2027-06': -1479_45n,
    '2027-07': -1528_77n,
    '2027-08': -1528_76n,
    '2027-09': -1479_45n,
    '2027-10': -1528_77n,
    '2027-11': -1479_45n,
    '2027-12': -1528_77n,
  })

  // 31 December: nothing is deferred any more, and all four agree.
  const agreed = 16_027_40n
  expect(totalContractValue(after)).toBe(agreed)
  expect(sum(invoices.invoices.map(({ total }) => total))).toBe(agreed)
  expect(balanceOf(earned, 'REVENUE')).toBe(-agreed)
  expect(balanceOf(billed, 'RECEIVABLES')).toBe(agreed)
  expect(balanceOf([...billed, ...earned], 'DEFERRED_REVENUE')).toBe(0n)

  // Told to the product as it became known, it ends the same.
  const told = await tellTheProduct([
    { facts: { contracts: [signed], invoices: [first] }, earnedThrough: '2027-04-30' },
    { facts: { contracts: [after], invoices: [second] }, earnedThrough: '2027-12-31' },
  ])
  expect(told).toEqual({ RECEIVABLES: agreed, REVENUE: -agreed })
})

function untilApril(schedule: ScheduleFact): ScheduleFact {
  return { ...schedule, entries: schedule.entries.filter(({ period }) => period.month <= 4) }
}
