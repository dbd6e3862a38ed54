/** A year paid in advance and ended in July: what is not delivered is credited, and the money goes back. */
import { expect, it } from 'vitest'
import { amend } from '#domain/amend.ts'
import { totalContractValue } from '#domain/contract.ts'
import { scheduleFromContract } from '#domain/contract-plan.ts'
import { balanceOf, journal, postingsOf, recognitionsOf } from '#test/domain/books.ts'
import {
  contract,
  contractLine,
  creditNoteFact,
  day,
  invoiceFact,
  invoiceLine,
  paymentFact,
  range,
  refundFact,
  store,
} from '#test/domain/documents.ts'
import { tellTheProduct } from './closing.ts'
import type { CreditNoteLine } from '#domain/billing.ts'

const year = range('2027-01-01', '2028-01-01')
const signed = contract({
  startDate: year.start,
  endDate: year.end,
  autoRenew: true,
  lines: [
    contractLine({
      id: 'plan',
      interval: { unit: 'YEAR', count: 1 },
      unitPrice: 12_000_00n,
      servicePeriod: year,
    }),
  ],
})

it('keeps what was delivered and gives back the rest', async () => {
  // 1 January: billed. 20 January: paid.
  const invoice = invoiceFact({
    contractId: signed.id,
    issueDate: year.start,
    lines: [invoiceLine(12_000_00n, { id: 'year', contractLineId: 'plan', servicePeriod: year })],
  })
  const payment = paymentFact({
    amount: 12_000_00n,
    receivedOn: day('2027-01-20'),
    allocations: [{ id: 'allocation-1', invoiceId: 'invoice-1', amount: 12_000_00n }],
  })

  // 10 July: the customer ends the contract with effect from the 1st. 181 of 365 days were delivered.
  const { value: amended } = amend(
    signed,
    { effectiveDate: day('2027-07-01'), changes: [{ kind: 'CANCEL', timing: 'AT_ONCE' }] },
    { billedUntil: day('2027-07-10'), openFrom: day('2027-07-01') },
  )
  expect(amended?.contract).toMatchObject({ status: 'TERMINATED', autoRenew: false })
  expect(amended?.adjustments).toMatchObject([{ kind: 'CREDIT', lineId: 'plan', amount: -6049_32n }])

  // The credit note frees the payment, and what it no longer settles is refunded.
  const undelivered = (amended?.adjustments ?? []).map(({ amount, period }, index): CreditNoteLine => ({
    id: `credit-${index}`,
    invoiceLineId: 'year',
    description: 'Not delivered',
    amount: -amount,
    servicePeriod: period,
  }))
  const creditNotes = [creditNoteFact({ issuedOn: day('2027-07-10'), lines: undelivered })]
  const refunds = [refundFact({ amount: 6049_32n, refundedOn: day('2027-07-12') })]
  const documents = store({ invoices: [invoice], payments: [payment], creditNotes, refunds })
  expect(documents.invoices).toMatchObject([{ status: 'PAID', allocated: 5950_68n, credited: 6049_32n }])
  const booked = postingsOf(documents)
  expect(journal(booked.filter(({ date }) => date.month === 7))).toEqual([
    'Dr DEFERRED_REVENUE 604932',
    'Cr RECEIVABLES 604932',
    'Dr RECEIVABLES 604932',
    'Cr CASH_CLEARING 604932',
  ])

  // In the end revenue, cash and contract are the 181 days, and nobody owes anything.
  const after = { ...signed, ...amended?.contract }
  const earned = recognitionsOf(scheduleFromContract(after))
  expect(totalContractValue(after)).toBe(5950_68n)
  expect(balanceOf(earned, 'REVENUE')).toBe(-5950_68n)
  expect(balanceOf(booked, 'CASH_CLEARING')).toBe(5950_68n)
  expect(balanceOf(booked, 'RECEIVABLES')).toBe(0n)
  expect(balanceOf([...booked, ...earned], 'DEFERRED_REVENUE')).toBe(0n)

  // Told to the product as it became known, it ends the same.
  const told = await tellTheProduct([
    {
      facts: { contracts: [signed], invoices: [invoice], payments: [payment] },
      earnedThrough: '2027-06-30',
    },
    { facts: { contracts: [after], creditNotes, refunds }, earnedThrough: '2027-12-31' },
  ])
  expect(told).toEqual({ CASH_CLEARING: 5950_68n, REVENUE: -5950_68n })
})
