/** What changes of a contract do to its lines and to what was billed: a table for each kind, and what always holds. */
import { describe, expect, it } from 'vitest'
import { checkContract, defaultBilling, totalContractValue } from '#domain/contract.ts'
import { formatAmount } from '#domain/money.ts'
import { added, after, amended, lineText, price, sold, update } from './changes.ts'
import { contractLine, day, range } from './documents.ts'
import type { AmendmentTerms } from '#domain/amend.ts'
import type { ChangeRequest } from '#domain/amendment.ts'
import type { ContractFact } from '#domain/crm.ts'
import type { Interval } from '#domain/entity.ts'

const year: Interval = { unit: 'YEAR', count: 1 }
const inArrears = { policy: { ...defaultBilling, timing: 'IN_ARREARS' as const } }

/** 12,000.00 a year for 2027. */
const yearly = sold('2027-01-01', '2028-01-01', { interval: year, unitPrice: 1_200_000n })
/** 100.00 a month for 2026. */
const monthly = sold('2026-01-01', '2027-01-01', {})

interface Story {
  readonly story: string
  readonly before: ContractFact
  readonly asked: ChangeRequest
  readonly terms?: Partial<AmendmentTerms>
  /** As `line-1 2027-01-01..2027-05-01 1 × 12000.00`. */
  readonly lines: readonly string[]
  /** As `CREDIT 2027-05-01..2028-01-01 -8054.79`. */
  readonly adjustments: readonly string[]
  /** Change of the total contract value. */
  readonly delta: string
}

describe('a change of a line', () => {
  tells([
    {
      story: 'P8: 12,000.00 a year, 18,000.00 from 1 May, billed in advance [recomputed]',
      before: yearly,
      asked: price('18000.00', '2027-05-01'),
      lines: [
        'line-1 2027-01-01..2027-05-01 1 × 12000.00',
        'line-1~20270501 2027-05-01..2028-01-01 1 × 18000.00',
      ],
      adjustments: ['CREDIT 2027-05-01..2028-01-01 -8054.79', 'CHARGE 2027-05-01..2028-01-01 12082.19'],
      delta: '4027.40',
    },
    {
      story: 'P8 in arrears: nothing was billed, the year is billed when it is over',
      before: yearly,
      asked: price('18000.00', '2027-05-01'),
      terms: inArrears,
      lines: [
        'line-1 2027-01-01..2027-05-01 1 × 12000.00',
        'line-1~20270501 2027-05-01..2028-01-01 1 × 18000.00',
      ],
      adjustments: [],
      delta: '4027.40',
    },
    {
      story: 'P1: 10.00 a month, 20.00 from the middle of the month [Stripe prorations guide]',
      before: sold('2026-06-01', '2026-07-01', { unitPrice: 1000n }),
      asked: price('20.00', '2026-06-16'),
      lines: ['line-1 2026-06-01..2026-06-16 1 × 10.00', 'line-1~20260616 2026-06-16..2026-07-01 1 × 20.00'],
      adjustments: ['CREDIT 2026-06-16..2026-07-01 -5.00', 'CHARGE 2026-06-16..2026-07-01 10.00'],
      delta: '5.00',
    },
    {
      story: 'P5: quantity 7 becomes 10 at 29.95 where a period begins [Kill Bill tests]',
      before: sold('2026-04-01', '2026-06-01', { quantity: '7', unitPrice: 2995n }),
      asked: update({ quantity: '10' }, '2026-05-01'),
      lines: ['line-1 2026-04-01..2026-05-01 7 × 29.95', 'line-1~20260501 2026-05-01..2026-06-01 10 × 29.95'],
      adjustments: [],
      delta: '89.85',
    },
    {
      story: 'P6: 100.00 a month for 2019, 150.00 from 1 Jul, is prospective [Zuora documentation]',
      before: sold('2019-01-01', '2020-01-01', {}),
      asked: price('150.00', '2019-07-01'),
      lines: [
        'line-1 2019-01-01..2019-07-01 1 × 100.00',
        'line-1~20190701 2019-07-01..2020-01-01 1 × 150.00',
      ],
      adjustments: [],
      delta: '300.00',
    },
    {
      story: 'P7: 90.00 a month, 120.00 from 21 Apr [Stripe Revenue Recognition]',
      before: sold('2026-04-01', '2026-05-01', { unitPrice: 9000n }),
      asked: price('120.00', '2026-04-21'),
      lines: ['line-1 2026-04-01..2026-04-21 1 × 90.00', 'line-1~20260421 2026-04-21..2026-05-01 1 × 120.00'],
      adjustments: ['CREDIT 2026-04-21..2026-05-01 -30.00', 'CHARGE 2026-04-21..2026-05-01 40.00'],
      delta: '10.00',
    },
    {
      story: 'in yen, to the whole yen',
      before: sold('2026-06-01', '2026-07-01', { unitPrice: 1000n }, 'JPY'),
      asked: update({ unitPrice: { amount: '2001', currency: 'JPY' } }, '2026-06-11'),
      lines: ['line-1 2026-06-01..2026-06-11 1 × 1000', 'line-1~20260611 2026-06-11..2026-07-01 1 × 2001'],
      adjustments: ['CREDIT 2026-06-11..2026-07-01 -667', 'CHARGE 2026-06-11..2026-07-01 1334'],
      delta: '667',
    },
    {
      story: 'in dinars, to the thousandth',
      before: sold('2026-06-01', '2026-07-01', { unitPrice: 1000n }, 'KWD'),
      asked: update({ quantity: '2.5' }, '2026-06-11'),
      lines: [
        'line-1 2026-06-01..2026-06-11 1 × 1.000',
        'line-1~20260611 2026-06-11..2026-07-01 2.5 × 1.000',
      ],
      adjustments: ['CREDIT 2026-06-11..2026-07-01 -0.667', 'CHARGE 2026-06-11..2026-07-01 1.667'],
      delta: '1.000',
    },
    {
      story: 'by fixed months of 30 days, a February costs what a May costs',
      before: sold('2026-02-15', '2026-03-15', { unitPrice: 3000n }),
      asked: update({ quantity: '2' }, '2026-02-23'),
      terms: { policy: { ...defaultBilling, dayCount: 'THIRTY_DAY_MONTH' } },
      lines: ['line-1 2026-02-15..2026-02-23 1 × 30.00', 'line-1~20260223 2026-02-23..2026-03-15 2 × 30.00'],
      adjustments: ['CREDIT 2026-02-23..2026-03-15 -22.00', 'CHARGE 2026-02-23..2026-03-15 44.00'],
      delta: '22.00',
    },
    {
      story: 'back-dated over two billed months: both are credited and charged anew',
      before: monthly,
      asked: update({ quantity: '2' }, '2026-03-16'),
      terms: { billedUntil: day('2026-05-01') },
      lines: [
        'line-1 2026-01-01..2026-03-16 1 × 100.00',
        'line-1~20260316 2026-03-16..2027-01-01 2 × 100.00',
      ],
      adjustments: [
        'CREDIT 2026-03-16..2026-04-01 -51.61',
        'CREDIT 2026-04-01..2026-05-01 -100.00',
        'CHARGE 2026-03-16..2026-04-01 103.23',
        'CHARGE 2026-04-01..2026-05-01 200.00',
      ],
      delta: '951.62',
    },
    {
      story: 'another plan by the year instead of the month, to the end of the year of the contract',
      before: monthly,
      asked: {
        kind: 'CHANGE_PLAN',
        lineId: 'line-1',
        productId: 'plan-2',
        quantity: null,
        unitPrice: { amount: '3650.00', currency: 'USD' },
        interval: year,
        effectiveDate: day('2026-03-11'),
      },
      lines: [
        'line-1 2026-01-01..2026-03-11 1 × 100.00',
        'line-1~20260311 2026-03-11..2027-01-01 1 × 3650.00',
      ],
      adjustments: ['CREDIT 2026-03-11..2026-04-01 -67.74', 'CHARGE 2026-03-11..2027-01-01 2960.00'],
      delta: '1992.26',
    },
    {
      story: 'a line is added: it ends with the contract and shares its periods',
      before: monthly,
      asked: added({ id: 'line-2', quantity: '3' }, '2026-11-16'),
      lines: ['line-1 2026-01-01..2027-01-01 1 × 100.00', 'line-2 2026-11-16..2027-01-01 3 × 50.00'],
      adjustments: ['CHARGE 2026-11-16..2026-12-01 75.00'],
      delta: '225.00',
    },
    {
      story: 'a one-time charge is added: it is billed on its day',
      before: monthly,
      asked: added({ id: 'line-2', interval: null, endDate: day('2026-11-16') }, '2026-11-16'),
      lines: ['line-1 2026-01-01..2027-01-01 1 × 100.00', 'line-2 2026-11-16..2026-11-16 1 × 50.00'],
      adjustments: [],
      delta: '50.00',
    },
    {
      story: 'a line is removed in the middle of a period',
      before: monthly,
      asked: { kind: 'REMOVE', lineId: 'line-1', effectiveDate: day('2026-06-16') },
      lines: ['line-1 2026-01-01..2026-06-16 1 × 100.00'],
      adjustments: ['CREDIT 2026-06-16..2026-07-01 -50.00'],
      delta: '-650.00',
    },
    {
      story: 'from its first day on, the line itself is another one',
      before: monthly,
      asked: update({ quantity: '2' }, '2026-01-01'),
      terms: { billedUntil: day('2026-01-05') },
      lines: ['line-1 2026-01-01..2027-01-01 2 × 100.00'],
      adjustments: ['CREDIT 2026-01-01..2026-02-01 -100.00', 'CHARGE 2026-01-01..2026-02-01 200.00'],
      delta: '1200.00',
    },
  ])
})

describe('a change of the contract', () => {
  const onboarding = contractLine({
    id: 'once',
    interval: null,
    unitPrice: 50_000n,
    servicePeriod: range('2026-01-01', '2026-12-01'),
  })

  tells([
    {
      story: 'cancelled at once: the unused part is credited, what was charged once is not',
      before: { ...monthly, lines: [...monthly.lines, onboarding] },
      asked: { kind: 'CANCEL', timing: 'AT_ONCE', effectiveDate: day('2026-06-16') },
      lines: ['line-1 2026-01-01..2026-06-16 1 × 100.00', 'once 2026-01-01..2026-06-16 1 × 500.00'],
      adjustments: ['CREDIT 2026-06-16..2026-07-01 -50.00'],
      delta: '-650.00',
    },
    {
      story: 'cancelled at the end of the period: nothing is given back',
      before: monthly,
      asked: { kind: 'CANCEL', timing: 'END_OF_PERIOD', effectiveDate: day('2026-06-16') },
      lines: ['line-1 2026-01-01..2026-07-01 1 × 100.00'],
      adjustments: [],
      delta: '-600.00',
    },
    {
      story: 'cancelled with effect some weeks ago: what was billed since is credited',
      before: monthly,
      asked: { kind: 'CANCEL', timing: 'AT_ONCE', effectiveDate: day('2026-05-11') },
      terms: { billedUntil: day('2026-06-16'), openFrom: day('2026-05-01') },
      lines: ['line-1 2026-01-01..2026-05-11 1 × 100.00'],
      adjustments: ['CREDIT 2026-05-11..2026-06-01 -67.74', 'CREDIT 2026-06-01..2026-07-01 -100.00'],
      delta: '-767.74',
    },
    {
      story: 'cancelled in arrears: the last part of a month is billed on the last day',
      before: monthly,
      asked: { kind: 'CANCEL', timing: 'AT_ONCE', effectiveDate: day('2026-06-16') },
      terms: inArrears,
      lines: ['line-1 2026-01-01..2026-06-16 1 × 100.00'],
      adjustments: [],
      delta: '-650.00',
    },
    {
      story: 'suspended: what was paid for the rest of the month is credited',
      before: monthly,
      asked: { kind: 'SUSPEND', effectiveDate: day('2026-06-16') },
      lines: ['line-1 2026-01-01..2026-06-16 1 × 100.00'],
      adjustments: ['CREDIT 2026-06-16..2026-07-01 -50.00'],
      delta: '-650.00',
    },
    {
      story: 'resumed to the same end: charged from the day on',
      before: after(monthly, { kind: 'SUSPEND', effectiveDate: day('2026-06-16') }),
      asked: { kind: 'RESUME', extendsTerm: false, effectiveDate: day('2026-08-11') },
      lines: [
        'line-1 2026-01-01..2026-06-16 1 × 100.00',
        'line-1~20260811 2026-08-11..2027-01-01 1 × 100.00',
      ],
      adjustments: ['CHARGE 2026-08-11..2026-09-01 67.74'],
      delta: '467.74',
    },
    {
      story: 'resumed with a longer term: nothing is lost',
      before: after(monthly, { kind: 'SUSPEND', effectiveDate: day('2026-06-01') }),
      asked: { kind: 'RESUME', extendsTerm: true, effectiveDate: day('2026-07-01') },
      lines: [
        'line-1 2026-01-01..2026-06-01 1 × 100.00',
        'line-1~20260701 2026-07-01..2027-01-31 1 × 100.00',
      ],
      adjustments: [],
      delta: '696.77',
    },
    {
      story: 'resumed on the day of the suspension: as if nothing had been',
      before: after(monthly, { kind: 'SUSPEND', effectiveDate: day('2026-06-16') }),
      asked: { kind: 'RESUME', extendsTerm: true, effectiveDate: day('2026-06-16') },
      lines: ['line-1 2026-01-01..2027-01-01 1 × 100.00'],
      adjustments: ['CHARGE 2026-06-16..2026-07-01 50.00'],
      delta: '650.00',
    },
    {
      story: 'transferred: credited to one customer, charged to the other, in the same periods',
      before: yearly,
      asked: {
        kind: 'TRANSFER',
        customerId: 'customer-2',
        contract: { id: 'contract-2', number: 'C-2' },
        effectiveDate: day('2027-05-01'),
      },
      lines: [
        'line-1 2027-01-01..2027-05-01 1 × 12000.00',
        'contract-2: line-1~20270501 2027-05-01..2028-01-01 1 × 12000.00',
      ],
      adjustments: [
        'CREDIT 2027-05-01..2028-01-01 -8054.79',
        'contract-2: CHARGE 2027-05-01..2028-01-01 8054.79',
      ],
      delta: '-8054.79',
    },
    {
      story: 'renewed for a year, 5 % dearer; what was charged once is not sold again',
      before: { ...monthly, lines: [...monthly.lines, onboarding] },
      asked: {
        kind: 'RENEW',
        contract: { id: 'contract-2', number: 'C-2' },
        endDate: day('2028-01-01'),
        uplift: '5',
        effectiveDate: day('2027-01-01'),
      },
      lines: [
        'line-1 2026-01-01..2027-01-01 1 × 100.00',
        'once 2026-01-01..2026-12-01 1 × 500.00',
        'contract-2: line-1~20270101 2027-01-01..2028-01-01 1 × 105.00',
      ],
      adjustments: [],
      delta: '0.00',
    },
  ])

  it('leaves it in the state that it is in from that day on', () => {
    const states = [
      after(monthly, { kind: 'CANCEL', timing: 'END_OF_PERIOD', effectiveDate: day('2026-06-16') }),
      after(monthly, { kind: 'SUSPEND', effectiveDate: day('2026-06-16') }),
    ]
    expect(states.map(({ status, endDate }) => `${status} to ${endDate.toString()}`)).toEqual([
      'TERMINATED to 2026-07-01',
      'SUSPENDED to 2027-01-01',
    ])
  })

  it('gives a transferred contract its customer and the periods of the old one', () => {
    const { successor } = amended(yearly, {
      kind: 'TRANSFER',
      customerId: 'customer-2',
      contract: { id: 'contract-2', number: 'C-2' },
      effectiveDate: day('2027-05-01'),
    })
    expect(successor).toMatchObject({ customerId: 'customer-2', status: 'ACTIVE', renewalOfId: null })
    expect(successor?.billingAnchor?.toString()).toBe('2027-01-01')
    expect(successor?.startDate.toString()).toBe('2027-05-01')
  })
})

function tells(stories: readonly Story[]): void {
  it.each(stories)('$story', ({ before, asked, terms, lines, adjustments, delta }) => {
    const { contract: own, successor, ...result } = amended(before, asked, terms)
    const next = (successor?.lines ?? []).map(
      (line) => `${successor?.id ?? ''}: ${lineText(line, own.currency)}`,
    )
    expect([...own.lines.map((line) => lineText(line, own.currency)), ...next]).toEqual(lines)
    expect(
      result.adjustments.map(({ kind, contractId, period, amount }) => {
        const dates = `${period.start.toString()}..${period.end.toString()}`
        const place = contractId === own.id ? '' : `${contractId}: `
        return `${place}${kind} ${dates} ${formatAmount(amount, own.currency)}`
      }),
    ).toEqual(adjustments)
    expect(formatAmount(result.contractValueDelta, own.currency)).toBe(delta)
    expect(checkContract(own)).toEqual([])
    expect(successor === null ? [] : checkContract(successor)).toEqual([])
    expect(totalContractValue(own, terms?.policy) - totalContractValue(before, terms?.policy)).toBe(
      result.contractValueDelta,
    )
  })
}
