/** Published figures that the rules reproduce to the cent; each row names its number and its source. */
import { describe, expect, it } from 'vitest'
import { billingCycles } from '#domain/calendar.ts'
import { lineValue } from '#domain/contract.ts'
import { formatAmount, parseAmount, sum } from '#domain/money.ts'
import { prorate, shareOf } from '#domain/proration.ts'
import { add, rational } from '#domain/rational.ts'
import { contractLineSchedule } from '#domain/recognition.ts'
import { scheduleEntries } from '#domain/schedule.ts'
import { splitCumulative, splitLargestRemainder } from '#domain/split.ts'
import { shareOfTaxed } from '#domain/tax.ts'
import { contractLine, day, range } from './documents.ts'
import type { ContractLine } from '#domain/crm.ts'
import type { DateRange, Interval } from '#domain/entity.ts'
import type { Rational } from '#domain/rational.ts'
import type { Convention } from '#domain/schedule.ts'

interface Row {
  readonly row: string
  readonly source: string
  readonly actual: unknown
  readonly expected: unknown
}

const month: Interval = { unit: 'MONTH', count: 1 }
const year: Interval = { unit: 'YEAR', count: 1 }

describe('proration and amendment', () => {
  const june = range('2026-06-01', '2026-07-01')
  const secondHalf = range('2026-06-16', '2026-07-01')
  const april = range('2026-04-01', '2026-05-01')
  const fromApril21 = range('2026-04-21', '2026-05-01')
  const year2027 = range('2027-01-01', '2028-01-01')
  const fromMay = range('2027-05-01', '2028-01-01')
  const untilMay = range('2027-01-01', '2027-05-01')
  const halfYears = [
    segment('100.00', range('2019-01-01', '2019-07-01')),
    segment('150.00', range('2019-07-01', '2020-01-01')),
  ]

  reproduces([
    {
      row: 'P1: 10.00 a month becomes 20.00 at half of the period',
      source: 'Stripe prorations guide',
      actual: amounts([-prorate(1000n, secondHalf, june), prorate(2000n, secondHalf, june)]),
      expected: ['-5.00', '10.00'],
    },
    {
      row: 'P2: a month billed on the 1st, 1 to 15 Feb of a leap year',
      source: 'Kill Bill tests',
      actual: billedShare(range('2012-02-01', '2012-02-15'), month, 1),
      expected: rational(14n, 29n),
    },
    {
      row: 'P3: annual price, 10 Jan 2011 to 4 Mar 2012, billing day 17',
      source: 'Kill Bill tests',
      actual: billedShare(range('2011-01-10', '2012-03-04'), year, 17),
      expected: add(rational(1n), add(rational(7n, 365n), rational(47n, 366n))),
    },
    {
      row: 'P4: fixed 30-day month, 23 May to the billing day 15 Jun 2023',
      source: 'Kill Bill tests',
      actual: shareOf(
        range('2023-05-23', '2023-06-15'),
        range('2023-05-15', '2023-06-15'),
        'THIRTY_DAY_MONTH',
      ),
      expected: rational(22n, 30n),
    },
    {
      row: 'P4: the same in a February of 28 days',
      source: 'Kill Bill tests',
      actual: shareOf(
        range('2023-02-23', '2023-03-15'),
        range('2023-02-15', '2023-03-15'),
        'THIRTY_DAY_MONTH',
      ),
      expected: rational(22n, 30n),
    },
    {
      row: 'P5: quantity 7 becomes 10 at 29.95 on the period boundary',
      source: 'Kill Bill tests',
      actual: amounts([
        lineValue(contractLine({ quantity: '7', unitPrice: 2995n, servicePeriod: april }), april.start),
        lineValue(contractLine({ quantity: '10', unitPrice: 2995n, servicePeriod: april }), april.start),
      ]),
      expected: ['209.65', '299.50'],
    },
    {
      row: 'P6: 100.00 a month for 2019, 150.00 from 1 Jul: the segments of half a year',
      source: 'Zuora documentation',
      actual: amounts(halfYears.map((line) => lineValue(line, day('2019-01-01')))),
      expected: ['600.00', '900.00'],
    },
    {
      row: 'P7: 90.00 a month from 1 Apr, 120.00 from 21 Apr: the invoice adjustment',
      source: 'Stripe Revenue Recognition',
      actual: amounts([prorate(12_000n, fromApril21, april), -prorate(9000n, fromApril21, april)]),
      expected: ['40.00', '-30.00'],
    },
    {
      row: 'P7: the revenue of April',
      source: 'Stripe Revenue Recognition',
      actual: amounts([
        prorate(9000n, range('2026-04-01', '2026-04-21'), april),
        prorate(12_000n, fromApril21, april),
      ]),
      expected: ['60.00', '40.00'],
    },
    {
      row: 'P8: annual 12,000.00 becomes 18,000.00 on 1 May 2027: credit, charge and net',
      source: 'recomputed',
      actual: withSum([-prorate(1_200_000n, fromMay, year2027), prorate(1_800_000n, fromMay, year2027)]),
      expected: ['-8054.79', '12082.19', '4027.40'],
    },
    {
      row: 'P8: the revenue of the year',
      source: 'recomputed',
      actual: withSum([prorate(1_200_000n, untilMay, year2027), prorate(1_800_000n, fromMay, year2027)]),
      expected: ['3945.21', '12082.19', '16027.40'],
    },
    {
      row: 'P8: the lines of the contract',
      source: 'recomputed',
      actual: withSum(
        [
          contractLine({ interval: year, unitPrice: 1_200_000n, servicePeriod: untilMay }),
          contractLine({ interval: year, unitPrice: 1_800_000n, servicePeriod: fromMay }),
        ].map((line) => lineValue(line, day('2027-01-01'))),
      ),
      expected: ['3945.21', '12082.19', '16027.40'],
    },
  ])
})

describe('rounding', () => {
  const yearOfMonths = Array.from({ length: 12 }, () => 1n)

  reproduces([
    {
      row: 'R1: 160.00 with 25% tax, 29/30 credited',
      source: 'Lago tests',
      actual: taxed(shareOfTaxed(16_000n, '25', rational(29n, 30n))),
      expected: ['154.67', '38.67', '193.34'],
    },
    {
      row: 'R2: 29.99 with 23.33% tax, 6/7 credited',
      source: 'Lago tests',
      actual: taxed(shareOfTaxed(2999n, '23.33', rational(6n, 7n))),
      expected: ['25.71', '6.00', '31.71'],
    },
    {
      row: 'R3: 0.05 over 70/30',
      source: 'moneyphp documentation',
      actual: amounts(splitLargestRemainder(5n, [70n, 30n])),
      expected: ['0.04', '0.01'],
    },
    {
      row: 'R3: 0.05 over 30/70',
      source: 'moneyphp documentation',
      actual: amounts(splitLargestRemainder(5n, [30n, 70n])),
      expected: ['0.02', '0.03'],
    },
    {
      row: 'R3: 8.00 over three',
      source: 'moneyphp documentation',
      actual: amounts(splitLargestRemainder(800n, [1n, 1n, 1n])),
      expected: ['2.67', '2.67', '2.66'],
    },
    {
      row: 'R4: 100.00 over twelve months, cumulative',
      source: 'recomputed',
      actual: withSum(splitCumulative(10_000n, yearOfMonths)),
      expected: [...Array.from({ length: 4 }, () => ['8.33', '8.34', '8.33']).flat(), '100.00'],
    },
    {
      row: 'R4: the same by largest remainder',
      source: 'recomputed',
      actual: withSum(splitLargestRemainder(10_000n, yearOfMonths)),
      expected: [
        ...Array.from({ length: 4 }, () => '8.34'),
        ...Array.from({ length: 8 }, () => '8.33'),
        '100.00',
      ],
    },
    {
      row: 'R5: JPY 1,000 over three',
      source: 'recomputed',
      actual: amounts(splitLargestRemainder(parseAmount('1000', 'JPY'), [1n, 1n, 1n]), 'JPY'),
      expected: ['334', '333', '333'],
    },
    {
      row: 'R5: KWD 1.000 over three',
      source: 'recomputed',
      actual: amounts(splitLargestRemainder(parseAmount('1.000', 'KWD'), [1n, 1n, 1n]), 'KWD'),
      expected: ['0.334', '0.333', '0.333'],
    },
  ])
})

describe('recognition', () => {
  const june15 = range('2026-06-15', '2026-10-13')

  reproduces([
    {
      row: 'V1: 120.00 for 15 Jun to 13 Oct by whole days',
      source: 'Stripe Revenue Recognition',
      actual: earned(12_000n, june15, 'DAILY'),
      expected: ['16.00', '31.00', '31.00', '30.00', '12.00'],
    },
    {
      row: 'V2: the same, monthly even',
      source: 'Stripe Revenue Recognition',
      actual: earned(12_000n, june15, 'MONTHLY_EVEN'),
      expected: ['30.00', '30.00', '30.00', '30.00'],
    },
    {
      row: 'V3: 31.00 a month starting 15 Jan',
      source: 'Stripe Revenue Recognition',
      actual: amounts(
        contractLineSchedule(
          contractLine({ unitPrice: 3100n, servicePeriod: range('2026-01-15', '2026-02-15') }),
          day('2026-01-15'),
        ).entries.map(({ amount }) => amount),
      ),
      expected: ['17.00', '14.00'],
    },
    {
      row: 'V8: 300.00 for 1 May to 1 Aug by months',
      source: 'ERPNext tests',
      actual: earned(30_000n, range('2026-05-01', '2026-08-01'), 'MONTHLY_EVEN'),
      expected: ['100.00', '100.00', '100.00'],
    },
  ])
})

describe('allocation and modification, ASC 606-10-55', () => {
  reproduces([
    {
      row: 'M1: 8,400.00 over the 90 items that remain',
      source: 'Example 5, case B',
      actual: counted(
        amounts(
          splitLargestRemainder(
            840_000n,
            Array.from({ length: 90 }, () => 1n),
          ),
        ),
      ),
      expected: ['30 × 93.34', '60 × 93.33'],
    },
    {
      row: 'M2: 280,000.00 over the four years that remain',
      source: 'Example 7',
      actual: amounts(splitCumulative(28_000_000n, [1n, 1n, 1n, 1n])),
      expected: ['70000.00', '70000.00', '70000.00', '70000.00'],
    },
    {
      row: 'M3: price 100.00, stand-alone prices 50 / 25 / 75',
      source: 'Example 33',
      actual: amounts(splitLargestRemainder(10_000n, [5000n, 2500n, 7500n])),
      expected: ['33.33', '16.67', '50.00'],
    },
  ])
})

function reproduces(rows: readonly Row[]): void {
  it.each(rows)('$row [$source]', ({ actual, expected }) => {
    expect(actual).toEqual(expected)
  })
}

function amounts(values: readonly bigint[], currency = 'USD'): string[] {
  return values.map((value) => formatAmount(value, currency))
}

/** Equal values counted: `60 × 93.33`. */
function counted(values: readonly string[]): string[] {
  return [...Map.groupBy(values, String)].map(([value, group]) => `${group.length} × ${value}`)
}

function withSum(values: readonly bigint[]): string[] {
  return amounts([...values, sum(values)])
}

function taxed({ net, tax, total }: { net: bigint; tax: bigint; total: bigint }): string[] {
  return amounts([net, tax, total])
}

function earned(amount: bigint, period: DateRange, convention: Convention): string[] {
  return amounts(scheduleEntries(amount, period, convention).map((entry) => entry.amount))
}

/** How many times the price of a full period a range costs. */
function billedShare(period: DateRange, interval: Interval, billingDay: number): Rational {
  return billingCycles(period, interval, billingDay)
    .map(({ part, whole }) => shareOf(part, whole))
    .reduce(add)
}

function segment(price: string, servicePeriod: DateRange): ContractLine {
  return contractLine({ unitPrice: parseAmount(price, 'USD'), servicePeriod })
}
