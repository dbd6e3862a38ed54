/** Changes that a contract can't take: each is refused with a code and the field that is wrong. */
import { describe, expect, it } from 'vitest'
import { amend } from '#domain/amend.ts'
import {
  added,
  after,
  alone,
  cancelled,
  price,
  renewed,
  resumed,
  sold,
  transferred,
  update,
} from './changes.ts'
import { day } from './documents.ts'
import type { ChangeRequest } from '#domain/amendment.ts'
import type { ContractFact } from '#domain/crm.ts'

/** 100.00 a month for 2026. */
const monthly = sold('2026-01-01', '2027-01-01', {})

describe('a change is refused', () => {
  const suspended = after(monthly, { kind: 'SUSPEND', effectiveDate: day('2026-06-16') })
  const removed = after(monthly, { kind: 'REMOVE', lineId: 'line-1', effectiveDate: day('2026-04-01') })
  const endlesslyResumed = { kind: 'RESUME', extendsTerm: true, effectiveDate: day('2052-01-01') } as const
  const changedInMay = after(monthly, update({ quantity: '2' }, '2026-05-01'))

  it.each<[string, string, ContractFact, ChangeRequest]>([
    ['DATE_OUTSIDE_CONTRACT', 'effectiveDate', monthly, update({ quantity: '2' }, '2025-12-31')],
    ['DATE_OUTSIDE_CONTRACT', 'effectiveDate', monthly, update({ quantity: '2' }, '2027-01-01')],
    ['DATE_OUTSIDE_CONTRACT', 'effectiveDate', monthly, cancelled('2027-01-02')],
    ['DATE_OUTSIDE_CONTRACT', 'effectiveDate', suspended, resumed('2026-06-15')],
    ['DATE_OUTSIDE_CONTRACT', 'effectiveDate', suspended, resumed('2027-01-01')],
    ['DATE_OUTSIDE_CONTRACT', 'line.endDate', monthly, added({ endDate: day('2027-01-02') }, '2026-05-01')],
    ['DATE_ORDER', 'line.endDate', monthly, added({ endDate: day('2026-04-30') }, '2026-05-01')],
    ['DATE_OUTSIDE_LINE', 'effectiveDate', removed, update({ quantity: '2' }, '2026-05-01')],
    ['AMENDMENT_OVERLAPS', 'effectiveDate', changedInMay, update({ quantity: '3' }, '2026-04-15')],
    ['PERIOD_CLOSED', 'effectiveDate', monthly, cancelled('2026-01-31')],
    ['STATUS_FORBIDS', 'kind', suspended, update({ quantity: '2' }, '2026-03-01')],
    ['STATUS_FORBIDS', 'kind', monthly, resumed('2026-06-15')],
    ['STATUS_FORBIDS', 'kind', after(monthly, cancelled('2026-06-15')), cancelled('2026-06-10')],
    ['REFERENCE_MISSING', 'lineId', monthly, { ...update({}, '2026-05-01'), lineId: 'line-9' }],
    ['QUANTITY_INVALID', 'quantity', monthly, update({ quantity: '-1' }, '2026-05-01')],
    ['QUANTITY_INVALID', 'line.quantity', monthly, added({ quantity: 'many' }, '2026-05-01')],
    ['AMOUNT_NEGATIVE', 'unitPrice.amount', monthly, price('-1.00', '2026-05-01')],
    ['AMOUNT_TOO_PRECISE', 'unitPrice.amount', monthly, price('1.005', '2026-05-01')],
    ['AMOUNT_INVALID', 'unitPrice.amount', monthly, price('1e3', '2026-05-01')],
    [
      'CURRENCY_MISMATCH',
      'unitPrice.currency',
      monthly,
      update({ unitPrice: { amount: '1', currency: 'EUR' } }, '2026-05-01'),
    ],
    [
      'INTERVAL_INVALID',
      'line.interval',
      monthly,
      added({ interval: { unit: 'DAY', count: 0 } }, '2026-05-01'),
    ],
    ['DUPLICATE_ID', 'line.id', monthly, added({ id: 'line-1' }, '2026-05-01')],
    ['SAME_CUSTOMER', 'customerId', monthly, transferred({ customerId: 'customer-1' })],
    ['DUPLICATE_ID', 'contract.id', monthly, transferred({ contract: { id: 'contract-1', number: 'C-2' } })],
    ['NUMBER_MISSING', 'contract.number', monthly, transferred({ contract: { id: 'x', number: '' } })],
    ['DATE_OUTSIDE_CONTRACT', 'effectiveDate', monthly, renewed({ effectiveDate: day('2026-12-31') })],
    ['DATE_ORDER', 'endDate', monthly, renewed({ endDate: day('2027-01-01') })],
    ['TERM_TOO_LONG', 'endDate', monthly, renewed({ endDate: day('2052-01-02') })],
    ['TERM_TOO_LONG', 'effectiveDate', suspended, endlesslyResumed],
    ['REFERENCE_MISSING', 'line.productId', monthly, added({ productId: '' }, '2026-05-01')],
    ['RATE_INVALID', 'uplift', monthly, renewed({ uplift: '-100.5' })],
  ])('with %s at %s', (code, field, before, asked) => {
    const { violations } = amend(before, alone(asked), { openFrom: day('2026-02-01') })
    expect(violations).toContainEqual(
      expect.objectContaining({ code, field: field === 'effectiveDate' ? field : `changes.0.${field}` }),
    )
  })

  it('with every violation of every change; one that asks for nothing, as well', () => {
    const effectiveDate = day('2026-05-01')
    const changes = [
      update({ quantity: '-1', unitPrice: { amount: '1', currency: 'EUR' } }, '2026-05-01'),
      update({ quantity: '2' }, '2026-05-01'),
      { ...update({}, '2026-05-01'), lineId: 'line-9' },
    ]
    const { violations } = amend(monthly, { effectiveDate, changes })
    expect(violations?.map(({ code, field }) => `${code} at ${field}`)).toEqual([
      'QUANTITY_INVALID at changes.0.quantity',
      'CURRENCY_MISMATCH at changes.0.unitPrice.currency',
      'REFERENCE_MISSING at changes.2.lineId',
    ])
    expect(amend(monthly, { effectiveDate, changes: [] }).violations).toMatchObject([
      { code: 'CHANGES_MISSING', field: 'changes' },
    ])
  })
})
