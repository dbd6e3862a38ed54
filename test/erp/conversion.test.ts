// Another currency: the total is rounded once, and every line follows it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PostingLine } from '#domain/erp.ts'
import { convert } from '#domain/conversion.ts'
import { inMinorUnits } from '#domain/fx.ts'
import { sum } from '#domain/money.ts'
import { multiply, parseDecimal, rational, round } from '#domain/rational.ts'

describe('a rate in minor units', () => {
  it.each([
    { pair: 'EUR/USD', rate: '1.085', base: 100n, quote: 109n },
    { pair: 'USD/JPY', rate: '151.37', base: 100_00n, quote: 15_137n },
    { pair: 'JPY/USD', rate: '0.0066', base: 1_000n, quote: 660n },
    { pair: 'KWD/USD', rate: '3.25', base: 1_000n, quote: 325n },
  ])('of $pair counts the decimals of both', ({ pair, rate, base, quote }) => {
    const [from = '', to = ''] = pair.split('/')
    expect(round(multiply(rational(base), inMinorUnits(parseDecimal(rate), from, to)))).toBe(quote)
  })
})

describe('any entry at any rate', () => {
  const parts = fc.array(fc.bigInt({ min: 1n, max: 10n ** 9n }), { minLength: 1, maxLength: 5 })
  const rates = fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 6n }), fc.bigInt({ min: 1n, max: 10n ** 6n }))

  it('balances exactly, and every line is within a unit and a half of its own value', () => {
    fc.assert(
      fc.property(parts, rates, (credits, [numerator, denominator]) => {
        const rate = rational(numerator, denominator)
        const lines: PostingLine[] = [
          { role: 'RECEIVABLES', debit: sum(credits), credit: 0n },
          ...credits.map((credit): PostingLine => ({ role: 'REVENUE', debit: 0n, credit })),
        ]
        const converted = convert(lines, () => rate)
        const debits = sum(converted.map(({ functionalDebit }) => functionalDebit))
        expect(debits).toBe(round(multiply(rational(sum(credits)), rate)))
        expect(sum(converted.map(({ functionalCredit }) => functionalCredit))).toBe(debits)
        for (const { credit, functionalCredit } of converted) {
          const exact = multiply(rational(credit), rate)
          const error = functionalCredit * exact.denominator - exact.numerator
          expect(2n * error < 3n * exact.denominator && 2n * error > -3n * exact.denominator).toBe(true)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
