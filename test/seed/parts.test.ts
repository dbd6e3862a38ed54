/** The small parts of the seed by themselves. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AMERICAN, companyName, mailDomain } from '#subgraphs/operations/seed/names.ts'
import { Numbering } from '#subgraphs/operations/seed/numbering.ts'
import { Random } from '#subgraphs/operations/seed/random.ts'
import { References } from '#subgraphs/operations/seed/references.ts'
import { statusInDunning } from '#subgraphs/operations/seed/subscriptions.ts'
import { creditedTaxLines } from '#subgraphs/operations/seed/tax.ts'

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)
const draws = (random: Random, count: number): number[] =>
  Array.from({ length: count }, () => random.between(0, 999_999))

describe('chance', () => {
  test('repeats itself for the same seed and path, and for no other', () => {
    const sequence = draws(new Random(7, 'deals', 1), 20)
    expect(draws(new Random(7, 'deals', 1), 20)).toEqual(sequence)
    for (const other of [new Random(8, 'deals', 1), new Random(7, 'deals', 2), new Random(7, 'bills', 1)]) {
      expect(draws(other, 20)).not.toEqual(sequence)
    }
  })

  test('is the published generator: these numbers were worked out by another implementation of it', () => {
    expect(draws(new Random(7, 'customer', 0), 4)).toEqual([968_592, 577_445, 480_991, 982_042])
  })

  test('stays within its bounds and reaches both', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -50, max: 50 }), fc.nat(5), (seed, min, width) => {
        const random = new Random(seed)
        const seen = new Set(Array.from({ length: 200 }, () => random.between(min, min + width)))
        expect([...seen].toSorted((a, b) => a - b)).toEqual(
          Array.from({ length: width + 1 }, (_, index) => min + index),
        )
      }),
    )
  })

  test('follows percentages and weights', () => {
    const random = new Random(1)
    const hits = Array.from({ length: 10_000 }, () => random.chance(2.5)).filter(Boolean).length
    expect(Math.abs(hits - 250)).toBeLessThan(60)
    const rare = Array.from({ length: 10_000 }, () =>
      random.weighted([
        [9, 'often'],
        [1, 'rarely'],
        [0, 'never'],
      ]),
    )
    expect(rare).not.toContain('never')
    expect(Math.abs(rare.filter((it) => it === 'rarely').length - 1_000)).toBeLessThan(120)
  })

  test('never picks from nothing', () => {
    expect(() => new Random(1).pick([])).toThrow(RangeError)
    expect(() => new Random(1).weighted([])).toThrow(RangeError)
  })
})

describe('numbers of documents', () => {
  test('follow the days although customers ask in another order', () => {
    const numbers = new Numbering()
    for (const date of ['2026-02-01', '2026-01-05', '2026-02-01']) numbers.announce('US', day(date))
    numbers.announce('DE', day('2026-01-01'))
    expect([
      numbers.take('US', day('2026-02-01')),
      numbers.take('US', day('2026-01-05')),
      numbers.take('DE', day('2026-01-01')),
      numbers.take('US', day('2026-02-01')),
    ]).toEqual(['US-000002', 'US-000001', 'DE-000001', 'US-000003'])
  })

  test('are refused to a document that was not announced, and announcing ends with the first number', () => {
    const numbers = new Numbering()
    numbers.announce('US', day('2026-01-05'))
    expect(() => numbers.take('US', day('2026-01-06'))).toThrow('was not announced')
    expect(() => numbers.take('JP', day('2026-01-05'))).toThrow('was not announced')
    expect(() => numbers.announce('US', day('2026-01-07'))).toThrow('handed out')
  })

  test('never run into the next day', () => {
    const numbers = new Numbering()
    for (const date of ['2026-01-05', '2026-01-06']) numbers.announce('US', day(date))
    numbers.take('US', day('2026-01-05'))
    expect(() => numbers.take('US', day('2026-01-05'))).toThrow('more than were announced')
  })
})

describe('names', () => {
  test('of five thousand companies are all different', () => {
    const names = Array.from({ length: 5_000 }, (_, index) => companyName(AMERICAN, 7, index))
    expect(new Set(names).size).toBe(names.length)
  })

  test('make mail domains that nobody can own', () => {
    expect(mailDomain('Copperfield Labs 2')).toBe('copperfield-labs-2.example')
    expect(mailDomain('Alder Foods München')).toBe('alder-foods-munchen.example')
  })

  test('of objects look like those of their systems', () => {
    const { externalRefs } = new References(7, 41).next('customer')
    expect(externalRefs.map(({ system, instance, externalId }) => [system, instance, externalId])).toEqual([
      ['salesforce', 'seed-7', '001Kx0000000160000'],
      ['stripe', 'seed-7', 'cus_1Kx000160000'],
      ['netsuite', 'seed-7', '4200000'],
    ])
  })
})

describe('tax that goes back with a credit note', () => {
  const charged = [{ jurisdiction: 'Germany', rate: '19', taxable: 10_005n, amount: 1_901n }]

  test.each([
    ['a part takes its own tax', 3_335n, 634n],
    ['the whole takes all of it', 10_005n, 1_901n],
  ])('%s', (_, net, amount) => {
    expect(creditedTaxLines(charged, net, 10_005n)).toEqual([
      { jurisdiction: 'Germany', rate: '19', taxable: net, amount },
    ])
  })

  test('is never more than was charged', () => {
    const lower = [{ jurisdiction: 'Germany', rate: '19', taxable: 100n, amount: 10n }]
    expect(creditedTaxLines(lower, 99n, 100n).map(({ amount }) => amount)).toEqual([10n])
  })
})

describe('a subscription whose reminders are', () => {
  test.each([
    [[], 'ACTIVE'],
    [['RECOVERED'], 'ACTIVE'],
    [['RECOVERED', 'ACTIVE'], 'PAST_DUE'],
    [['PAUSED'], 'PAST_DUE'],
    [['ACTIVE', 'EXHAUSTED', 'RECOVERED'], 'UNPAID'],
  ] as const)('%j is %s', (reminders, status) => {
    expect(statusInDunning(reminders)).toBe(status)
  })
})
