import { describe, expect, it } from 'vitest'
import { checkContract, lineCharges, lineValue, totalContractValue } from '#domain/contract.ts'
import { scheduleFromContract } from '#domain/contract-plan.ts'
import { contractLineSchedule } from '#domain/recognition.ts'
import { contract, contractLine, day, range } from './documents.ts'
import type { ContractFact, ContractLine } from '#domain/crm.ts'
import type { Interval } from '#domain/entity.ts'

const year: Interval = { unit: 'YEAR', count: 1 }

describe('the value of a line', () => {
  it.each<[string, Partial<ContractLine>, bigint]>([
    ['a year of months', {}, 120_000n],
    ['a quantity with decimals', { quantity: '2.5' }, 300_000n],
    ['a yearly price', { interval: { unit: 'YEAR', count: 1 } }, 10_000n],
    ['a last month of 10 days in 31', { servicePeriod: range('2026-01-01', '2026-03-11') }, 23_226n],
    ['each month rounded by itself', { unitPrice: 333n, quantity: '0.5' }, 2004n],
    ['a one-time charge, whatever its period', { interval: null, quantity: '3' }, 30_000n],
    ['no days', { servicePeriod: range('2026-01-01', '2026-01-01') }, 0n],
  ])('of %s', (_, fields, value) => {
    expect(lineValue(contractLine(fields), day('2026-01-01'))).toBe(value)
  })

  it('adds up to the value of the contract', () => {
    const lines = [contractLine(), contractLine({ interval: null, unitPrice: 500n })]
    expect(totalContractValue(contract({ lines }))).toBe(120_500n)
  })

  it('is charged period by period', () => {
    const line = contractLine({ servicePeriod: range('2026-01-31', '2026-03-15') })
    expect(charged(line, '2026-01-31')).toEqual(['2026-01-31 10000', '2026-02-28 4839'])
  })

  it.each<[string, Partial<ContractLine>, string, string[]]>([
    [
      'a year that began with the contract, to its end',
      { interval: year, servicePeriod: range('2027-05-01', '2028-01-01') },
      '2027-01-01',
      ['2027-05-01 6712'],
    ],
    [
      'a year that began with the contract, and the next one in full',
      { interval: year, servicePeriod: range('2027-05-01', '2029-01-01') },
      '2027-01-01',
      ['2027-05-01 6712', '2028-01-01 10000'],
    ],
    [
      'the quarter that runs when it starts',
      { interval: { unit: 'MONTH', count: 3 }, servicePeriod: range('2026-05-15', '2026-10-01') },
      '2025-10-01',
      ['2026-05-15 5165', '2026-07-01 10000'],
    ],
    [
      'a month that began on the 31st where there was one',
      { servicePeriod: range('2026-02-10', '2026-04-30') },
      '2025-12-31',
      ['2026-02-10 6429', '2026-02-28 10000', '2026-03-31 10000'],
    ],
    [
      'the fortnight that runs when it starts',
      { interval: { unit: 'WEEK', count: 2 }, servicePeriod: range('2026-01-10', '2026-01-29') },
      '2026-01-01',
      ['2026-01-10 3571', '2026-01-15 10000'],
    ],
  ])('that starts in mid-term shares %s', (_, fields, anchor, charges) => {
    expect(charged(contractLine(fields), anchor)).toEqual(charges)
  })
})

describe('the schedule of a line', () => {
  it('spreads each period over its own days', () => {
    expect(earned(contractLine({ servicePeriod: range('2026-01-16', '2026-03-16') }))).toEqual([
      '2026-01 5161',
      '2026-02 9482',
      '2026-03 5357',
    ])
  })

  it('earns a line without days at a point in time', () => {
    const line = contractLine({ interval: null, servicePeriod: range('2026-05-20', '2026-05-20') })
    expect(contractLineSchedule(line, line.servicePeriod.start)).toEqual({
      method: 'POINT_IN_TIME',
      allocatedPrice: 10_000n,
      entries: [{ period: Temporal.PlainYearMonth.from('2026-05'), amount: 10_000n }],
    })
  })

  it('leaves out months that earn nothing', () => {
    expect(earned(contractLine({ unitPrice: 0n }))).toEqual([])
  })

  it('belongs to the line; a draft has none', () => {
    const lines = [contractLine({ id: 'line-7' })]
    expect(scheduleFromContract(contract({ lines }))).toMatchObject([
      {
        id: 'rs_line-7',
        obligationId: 'obl_line-7',
        contractId: 'contract-1',
        method: 'STRAIGHT_LINE_DAILY',
        allocatedPrice: 120_000n,
        description: 'C-1 line 1',
      },
    ])
    expect(scheduleFromContract(contract({ lines, status: 'DRAFT' }))).toEqual([])
  })
})

describe('a contract', () => {
  it('without faults has no violations', () => {
    expect(checkContract(contract({ lines: [contractLine()] }))).toEqual([])
  })

  it.each<[string, string, Partial<ContractFact>]>([
    ['CURRENCY_UNKNOWN', 'currency', { currency: 'usd' }],
    ['NUMBER_MISSING', 'number', { number: '' }],
    ['DATE_ORDER', 'endDate', { endDate: day('2025-12-31') }],
    ['RENEWS_ITSELF', 'renewalOfId', { renewalOfId: 'contract-1' }],
    ['DUPLICATE_ID', 'lines', { lines: [contractLine(), contractLine()] }],
    ['QUANTITY_INVALID', 'lines.0.quantity', { lines: [contractLine({ quantity: '-1' })] }],
    ['QUANTITY_INVALID', 'lines.0.quantity', { lines: [contractLine({ quantity: 'many' })] }],
    ['AMOUNT_NEGATIVE', 'lines.0.unitPrice', { lines: [contractLine({ unitPrice: -1n })] }],
    [
      'INTERVAL_INVALID',
      'lines.0.interval',
      { lines: [contractLine({ interval: { unit: 'MONTH', count: 0 } })] },
    ],
    ['DATE_ORDER', 'lines.0.servicePeriod', lineFor('2026-05-01', '2026-04-01')],
    ['DATE_OUTSIDE_CONTRACT', 'lines.0.servicePeriod', lineFor('2025-12-31', '2026-04-01')],
    ['DATE_OUTSIDE_CONTRACT', 'lines.0.servicePeriod', lineFor('2026-12-31', '2027-01-02')],
  ])('is refused with %s at %s', (code, field, fields) => {
    const violations = checkContract(contract({ lines: [contractLine()], ...fields }))
    expect(violations).toContainEqual(expect.objectContaining({ code, field }))
  })
})

function lineFor(start: string, end: string): Partial<ContractFact> {
  return { lines: [contractLine({ servicePeriod: range(start, end) })] }
}

/** What a line of a contract charges, as `2026-01-31 10000`. */
function charged(line: ContractLine, anchor: string): string[] {
  return lineCharges(line, day(anchor)).map(({ period, amount }) => `${period.start.toString()} ${amount}`)
}

function earned(line: ContractLine): string[] {
  return contractLineSchedule(line, line.servicePeriod.start).entries.map(
    ({ period, amount }) => `${period.toString()} ${amount}`,
  )
}
