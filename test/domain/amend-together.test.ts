/** Changes that meet: several of one day, and one of a line that was changed before. */
import { describe, expect, it } from 'vitest'
import { amend } from '#domain/amend.ts'
import { added, after, amended, cancelled, lineText, price, sold, update } from './changes.ts'
import { contractLine, day, range } from './documents.ts'
import type { Interval } from '#domain/entity.ts'

const year: Interval = { unit: 'YEAR', count: 1 }
/** 12,000.00 a year for 2027. */
const yearly = sold('2027-01-01', '2028-01-01', { interval: year, unitPrice: 1_200_000n })

describe('several changes at once', () => {
  it('are made one after the other and billed as one', () => {
    const effectiveDate = day('2027-05-01')
    const changes = [
      price('18000.00', '2027-05-01'),
      update({ quantity: '2' }, '2027-05-01'),
      added({ id: 'line-2', interval: year, unitPrice: { amount: '365.00', currency: 'USD' } }, '2027-05-01'),
    ]
    const { value } = amend(yearly, { effectiveDate, changes })
    expect(value?.contract.lines.map((line) => lineText(line))).toEqual([
      'line-1 2027-01-01..2027-05-01 1 × 12000.00',
      'line-1~20270501 2027-05-01..2028-01-01 2 × 18000.00',
      'line-2 2027-05-01..2028-01-01 1 × 365.00',
    ])
    expect(value?.adjustments.map(({ lineId, amount }) => `${lineId} ${amount}`)).toEqual([
      'line-1 -805479',
      'line-1~20270501 2416438',
      'line-2 24500',
    ])
  })
})

describe('a line that changes twice', () => {
  const upgraded = after(yearly, price('18000.00', '2027-05-01'))

  it('has a part for each of its terms, found by the id that it was sold under', () => {
    const { lines } = after(upgraded, price('20000.00', '2027-07-01'))
    expect(lines.map((line) => lineText(line))).toEqual([
      'line-1 2027-01-01..2027-05-01 1 × 12000.00',
      'line-1~20270501 2027-05-01..2027-07-01 1 × 18000.00',
      'line-1~20270701 2027-07-01..2028-01-01 1 × 20000.00',
    ])
  })

  it('is what it was, if the second change undoes the first on its day', () => {
    expect(after(upgraded, price('12000.00', '2027-05-01'))).toEqual(yearly)
  })
})

describe('lines that a change does not name', () => {
  const halves = [
    contractLine({ id: 'first', servicePeriod: range('2026-01-01', '2026-07-01') }),
    contractLine({ id: 'second', servicePeriod: range('2026-07-01', '2027-01-01') }),
  ]

  it('stay apart where they were sold apart, even on the same terms', () => {
    const { lines } = after(
      { ...sold('2026-01-01', '2027-01-01', {}), lines: halves },
      added({}, '2026-03-01'),
    )
    expect(lines.map(({ id }) => id)).toEqual(['first', 'second', 'line-2'])
  })

  it('and begin later in a period that runs are not credited before they are billed', () => {
    const later = contractLine({ id: 'later', servicePeriod: range('2026-06-20', '2027-01-01') })
    const both = sold('2026-01-01', '2027-01-01', {})
    const { contract, adjustments } = amended(
      { ...both, lines: [...both.lines, later] },
      cancelled('2026-06-16'),
    )
    expect(contract.lines.map(({ id }) => id)).toEqual(['line-1'])
    expect(adjustments.map(({ lineId, amount }) => `${lineId} ${amount}`)).toEqual(['line-1 -5000'])
  })
})
