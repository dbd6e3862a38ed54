/** Three years with more seats each year, the first month free, all paid for in advance. */
import { expect, it } from 'vitest'
import { amend } from '#domain/amend.ts'
import { lineValue, totalContractValue } from '#domain/contract.ts'
import { rampLines } from '#domain/ramp.ts'
import { scheduleFromContract } from '#domain/contract-plan.ts'
import { balanceOf, postingsOf, recognitionsOf } from '#test/domain/books.ts'
import { contract, day, invoiceFact, invoiceLine, store } from '#test/domain/documents.ts'
import { tellTheProduct } from './closing.ts'
import type { Contract } from '#domain/crm.ts'
import type { Posting } from '#domain/erp.ts'

const lines = rampLines(
  { productId: 'seat', interval: { unit: 'MONTH', count: 1 }, end: day('2030-01-01') },
  [
    { id: 'free', start: day('2027-01-01'), quantity: '10', unitPrice: 0n },
    { id: 'first', start: day('2027-02-01'), quantity: '10', unitPrice: 20_00n },
    { id: 'second', start: day('2028-01-01'), quantity: '20', unitPrice: 20_00n },
    { id: 'third', start: day('2029-01-01'), quantity: '40', unitPrice: 18_00n },
  ],
)
const signed = contract({ startDate: day('2027-01-01'), endDate: day('2030-01-01'), lines })

it('defers what was paid for until its seats are delivered', async () => {
  // 1 January 2027: one invoice for three years. Seats are sold by number, so each step earns its own price.
  expect(totalContractValue(signed)).toBe(2200_00n + 4800_00n + 8640_00n)
  const prepaid = invoiceFact({
    contractId: signed.id,
    issueDate: signed.startDate,
    lines: lines.map((line) =>
      invoiceLine(lineValue(line, signed.startDate), {
        id: `bill-${line.id}`,
        contractLineId: line.id,
        servicePeriod: line.servicePeriod,
      }),
    ),
  })
  const billed = postingsOf(store({ invoices: [prepaid] }))
  const earned = recognitionsOf(scheduleFromContract(signed))

  // At the end of each year what is deferred is what the years to come were paid for.
  const deferredAt = (year: number) => -balanceOf(upTo([...billed, ...earned], year), 'DEFERRED_REVENUE')
  expect([2027, 2028, 2029].map(deferredAt)).toEqual([4800_00n + 8640_00n, 8640_00n, 0n])
  expect(balanceOf(upTo(earned, 2027), 'REVENUE')).toBe(-2200_00n)

  // Told to the product, it stands there after two years and ends the same.
  const facts = { contracts: [signed], invoices: [prepaid] }
  const total = totalContractValue(signed)
  expect(await tellTheProduct([{ facts, earnedThrough: '2028-12-31' }])).toEqual({
    RECEIVABLES: total,
    REVENUE: 8640_00n - total,
    DEFERRED_REVENUE: -8640_00n,
  })
  expect(await tellTheProduct([{ facts, earnedThrough: '2029-12-31' }])).toEqual({
    RECEIVABLES: total,
    REVENUE: -total,
  })
})

it('can change in one step and leave the others alone', () => {
  // 16 June 2028, and billed by the month this time: five seats more until the end of the step.
  const { value: amended } = amend(signed, {
    effectiveDate: day('2028-06-16'),
    changes: [{ kind: 'UPDATE', lineId: 'second', quantity: '25', unitPrice: null }],
  })
  const after: Contract = { ...signed, ...amended?.contract }
  expect(amended?.adjustments.map(({ kind, amount }) => `${kind} ${amount}`)).toEqual([
    'CREDIT -20000',
    'CHARGE 25000',
  ])
  expect(amended?.contractValueDelta).toBe(650_00n)
  const earned = recognitionsOf(scheduleFromContract(after))
  expect(balanceOf(upTo(earned, 2028), 'REVENUE')).toBe(-2200_00n - 4800_00n - 650_00n)
  expect(balanceOf(earned, 'REVENUE')).toBe(-totalContractValue(after))
})

function upTo(postings: readonly Posting[], year: number): Posting[] {
  return postings.filter(({ date }) => date.year <= year)
}
