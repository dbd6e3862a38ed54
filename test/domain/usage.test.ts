/** Usage in arrears: rated once, again when records come late or are corrected, and never below the commitment. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { billingCycles } from '#domain/calendar.ts'
import { sum } from '#domain/money.ts'
import { usageLines } from '#domain/usage.ts'
import { documentRuns } from './arbitraries.ts'
import { day, range } from './documents.ts'
import type { UsageLine, UsageRecord, UsageTerms } from '#domain/usage.ts'

const cycles = billingCycles(range('2026-01-01', '2026-03-16'), { unit: 'MONTH', count: 1 })
/** 0.10 a unit up to a hundred, 0.05 beyond, by sum, in Berlin. */
const terms: UsageTerms = {
  price: {
    unitAmount: null,
    tiersMode: 'GRADUATED',
    tiers: [
      { upTo: '100', unitAmount: '10', flatAmount: 0n },
      { upTo: null, unitAmount: '5', flatAmount: 0n },
    ],
  },
  aggregation: 'SUM',
  minimum: 0n,
  timeZone: 'Europe/Berlin',
}
const january = [record('a', '60', '2026-01-05T10:00:00Z'), record('b', '60', '2026-01-20T10:00:00Z')]

describe('usage', () => {
  it.each<[string, readonly UsageRecord[], Partial<UsageTerms>, string[]]>([
    ['is rated over the tiers of its period', january, {}, ['2026-01 USAGE 120 1100']],
    ['counts a record once', [...january, ...january], {}, ['2026-01 USAGE 120 1100']],
    [
      'counts the newest version of a record',
      [
        ...january,
        record('b', '30', '2026-01-20T10:00:00Z', 2n),
        record('b', '99', '2026-01-20T10:00:00Z', 1n),
      ],
      {},
      ['2026-01 USAGE 90 900'],
    ],
    ['may be the largest measurement', january, { aggregation: 'MAX' }, ['2026-01 USAGE 60 600']],
    [
      'may be the last measurement, whatever the order in which they came',
      [record('b', '7.5', '2026-01-20T10:00:00Z'), record('a', '60', '2026-01-05T10:00:00Z')],
      { aggregation: 'LAST' },
      ['2026-01 USAGE 7.5 75'],
    ],
    [
      'belongs to the day that it is where the legal entity is',
      [record('a', '1', '2026-01-31T22:59:59Z'), record('b', '2', '2026-01-31T23:00:00Z')],
      {},
      ['2026-01 USAGE 1 10', '2026-02 USAGE 2 20'],
    ],
    ['outside of the periods is not rated', [record('a', '1', '2026-03-16T00:00:00Z')], {}, []],
    [
      'below its commitment is filled up, in part for a part of a period',
      january,
      { minimum: 3100n },
      [
        '2026-01 USAGE 120 1100',
        '2026-01 SHORTFALL 0 2000',
        '2026-02 SHORTFALL 0 3100',
        '2026-03 SHORTFALL 0 1500',
      ],
    ],
  ])('%s', (_, records, fields, expected) => {
    expect(rated(records, [], fields)).toEqual(expected)
  })

  it('that comes late or is corrected gives a line of the difference', () => {
    const billed = usageLines(january, cycles, [], terms).value ?? []
    const late = [...january, record('c', '10', '2026-01-31T12:00:00Z')]
    const corrected = [...january, record('a', '20', '2026-01-05T10:00:00Z', 2n)]
    const moved = [...january, record('a', '60', '2026-02-05T10:00:00Z', 2n)]
    expect(rated(late, billed)).toEqual(['2026-01 USAGE 10 50'])
    expect(rated(corrected, billed)).toEqual(['2026-01 USAGE -40 -300'])
    expect(rated(moved, billed)).toEqual(['2026-01 USAGE -60 -500', '2026-02 USAGE 60 600'])
    expect(rated(january, billed)).toEqual([])
  })

  it('that comes late takes back what was filled up', () => {
    const billed = usageLines(january, cycles.slice(0, 1), [], { ...terms, minimum: 2000n }).value ?? []
    const late = [...january, record('c', '100', '2026-01-31T12:00:00Z')]
    expect(rated(late, billed, { minimum: 2000n }).slice(0, 2)).toEqual([
      '2026-01 USAGE 100 500',
      '2026-01 SHORTFALL 0 -500',
    ])
  })

  it('below zero is refused', () => {
    const wrong = [...january, record('c', '-1', '2026-01-31T12:00:00Z')]
    expect(usageLines(wrong, cycles, [], terms).violations).toEqual([
      expect.objectContaining({ code: 'QUANTITY_INVALID', field: 'records.2.quantity' }),
    ])
  })

  it('costs in sum what it would have cost at once, in whatever order and parts its records come', () => {
    const start = day('2026-01-01').toZonedDateTime('UTC').toInstant()
    const entry = fc
      .record({
        id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        tenths: fc.nat({ max: 900 }),
        hours: fc.nat({ max: 24 * 74 }),
      })
      .map(({ id, tenths, hours }) => ({
        id,
        quantity: `${Math.floor(tenths / 10)}.${tenths % 10}`,
        usedAt: start.add({ hours }),
      }))
    const history = fc
      .array(entry, { maxLength: 12 })
      .map((entries) => entries.map((one, index): UsageRecord => ({ ...one, sourceVersion: BigInt(index) })))
    const aggregation = fc.constantFrom('SUM', 'MAX', 'LAST')
    fc.assert(
      fc.property(history, aggregation, fc.bigInt({ min: 0n, max: 4000n }), (records, by, minimum) => {
        const own = { ...terms, aggregation: by, minimum }
        let charged: UsageLine[] = []
        records.forEach((_, index) => {
          const known = records.slice(0, index + 1).toReversed()
          charged = [...charged, ...(usageLines(known, cycles, charged, own).value ?? [])]
        })
        const atOnce = usageLines(records, cycles, [], own).value ?? []
        expect(usageLines(records, cycles, charged, own).value).toEqual(records.length === 0 ? atOnce : [])
        if (records.length > 0) expect(total(charged)).toBe(total(atOnce))
      }),
      documentRuns,
    )
  })
})

function record(id: string, quantity: string, usedAt: string, sourceVersion = 0n): UsageRecord {
  return { id, quantity, usedAt: Temporal.Instant.from(usedAt), sourceVersion }
}

/** The lines as `2026-01 USAGE 120 1100`. */
function rated(
  records: readonly UsageRecord[],
  charged: readonly UsageLine[],
  fields: Partial<UsageTerms> = {},
): string[] {
  const lines = usageLines(records, cycles, charged, { ...terms, ...fields }).value ?? []
  return lines.map(
    ({ kind, period, quantity, amount }) =>
      `${period.start.toPlainYearMonth().toString()} ${kind} ${quantity} ${amount}`,
  )
}

function total(lines: readonly UsageLine[]): bigint {
  return sum(lines.map(({ amount }) => amount))
}
