// What two systems hold of one thing, compared: the same, or a break with its cause.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BreakCause, type HeldFact, reconcile as reconcileOn } from '#domain/reconciliation.ts'
import { runs } from './arbitraries.ts'
import { day } from './documents.ts'

const reconcile = (facts: readonly HeldFact[]) => reconcileOn(facts, day('2026-10-15'))

/** An invoice in billing, or an entry for it in the books. */
const held = (side: HeldFact['side'], minorUnits: bigint | null, told: Partial<HeldFact> = {}): HeldFact => ({
  rule: 'INVOICE_POSTINGS',
  side,
  key: 'inv_1',
  part: side === 'LEFT' ? '' : 'INVOICE_ISSUED',
  amount: minorUnits === null ? null : { minorUnits, currency: 'USD' },
  customerId: 'cus_1',
  terms: {},
  months: null,
  since: day('2026-10-03'),
  recordId: side === 'LEFT' ? 'inv_1' : 'jrn_1',
  ...told,
})
const left = (minorUnits: bigint | null, told: Partial<HeldFact> = {}) => held('LEFT', minorUnits, told)
const right = (minorUnits: bigint | null, told: Partial<HeldFact> = {}) => held('RIGHT', minorUnits, told)
const inEuro = (minorUnits: bigint) => ({ amount: { minorUnits, currency: 'EUR' } })
const terms = (quantity: string, unitPrice: string) => ({ terms: { quantity, unitPrice } })

type Row = [title: string, facts: HeldFact[], cause: BreakCause | null, delta: bigint | null]

describe('Two systems', () => {
  it.each<Row>([
    ['hold the same amount', [left(100n), right(100n)], null, null],
    ['hold the same in parts', [left(100n), right(70n), right(30n, { part: 'other' })], null, null],
    ['hold nothing of what is worth nothing', [left(0n)], null, null],
    ['hold nothing after an entry and its mirror', [left(0n), right(100n), right(-100n)], null, null],
    ['know the same without an amount', [left(null), right(null)], null, null],
    [
      'hold the same after a wrong entry was taken back',
      [left(100n), right(0n, inEuro(100n)), right(0n, inEuro(-100n)), right(100n)],
      null,
      null,
    ],
    [
      'hold the same after an entry for somebody else was taken back',
      [left(100n), right(100n, { customerId: 'cus_2' }), right(-100n, { customerId: 'cus_2' }), right(100n)],
      null,
      null,
    ],
    ['agree where only one says whose it is', [left(100n, { customerId: null }), right(100n)], null, null],
    [
      'agree on what only one says',
      [left(100n, { terms: { end: '2027-01-01' } }), right(100n, { terms: {} })],
      null,
      null,
    ],
  ])('%s', (_, facts, cause, delta) => {
    expect(summary(facts)).toEqual([cause, delta])
  })
})

describe('A break', () => {
  it.each<Row>([
    ['is MISSING on the right', [left(100n)], 'MISSING', 100n],
    ['is MISSING on the left', [right(100n)], 'MISSING', -100n],
    ['is MISSING without an amount', [left(null)], 'MISSING', null],
    ['is one of IDENTITY', [left(100n), right(100n, { customerId: 'cus_2' })], 'IDENTITY', 0n],
    ['is one of FX', [left(100n), right(0n, inEuro(92n))], 'FX', null],
    ['is one of FX, even of the same number', [left(100n), right(0n, inEuro(100n))], 'FX', null],
    ['is a DUPLICATE on the right', [left(100n), right(100n), right(100n)], 'DUPLICATE', -100n],
    ['is a DUPLICATE on the left', [left(100n), left(100n), right(100n)], 'DUPLICATE', 100n],
    ['is VOID_NOT_POSTED', [left(0n), right(100n)], 'VOID_NOT_POSTED', -100n],
    [
      'is a reversal without a void',
      [left(100n), right(100n), right(-100n, { part: 'void' })],
      'VOID_NOT_POSTED',
      100n,
    ],
    ['is one of ROUNDING', [left(100n), right(101n)], 'ROUNDING', -1n],
    [
      'is one of ROUNDING by as much as there are parts',
      [left(300n), right(101n, { part: 'a' }), right(100n, { part: 'b' }), right(101n, { part: 'c' })],
      'ROUNDING',
      -2n,
    ],
    ['is PRICE_DRIFT beyond rounding', [left(100n), right(102n)], 'PRICE_DRIFT', -2n],
    [
      'is PRICE_DRIFT of a cent a unit',
      [left(10n, terms('10', '1')), right(20n, terms('10', '2'))],
      'PRICE_DRIFT',
      -10n,
    ],
    [
      'is PRICE_DRIFT where quantity makes up for it',
      [left(20n, terms('10', '2')), right(20n, terms('20', '1'))],
      'PRICE_DRIFT',
      0n,
    ],
    [
      'is one of TIMING',
      [
        left(100n, { terms: { date: '2026-10-31' } }),
        right(100n, { terms: { date: '2026-10-31 (in 2026-11)' } }),
      ],
      'TIMING',
      0n,
    ],
    [
      'is of what is still in force',
      [left(null, { terms: { status: 'ENDED' } }), right(null, { terms: { status: 'RUNNING' } })],
      'VOID_NOT_POSTED',
      null,
    ],
  ])('%s', (_, facts, cause, delta) => {
    expect(summary(facts)).toEqual([cause, delta])
  })

  it('shows both values, what differs, the record of the master and since when', () => {
    const facts = [
      right(250n, { terms: { quantity: '5' }, since: day('2026-10-09') }),
      left(200n, { terms: { quantity: '4' } }),
    ]
    expect(reconcile(facts)?.found).toEqual({
      cause: 'PRICE_DRIFT',
      left: { minorUnits: 200n, currency: 'USD' },
      right: { minorUnits: 250n, currency: 'USD' },
      delta: { minorUnits: -50n, currency: 'USD' },
      since: day('2026-10-09'),
      recordId: 'inv_1',
      customerId: 'cus_1',
      message: 'quantity is 4 in BILLING and 5 in ERP',
    })
  })

  it('is none before the day on which the other system is to hold it: bills go out the day after', () => {
    const facts = [left(100n, { rule: 'BILLING_COVERAGE', since: day('2026-10-16') })]
    expect(reconcile(facts)).toMatchObject({ found: null, expectedOn: day('2026-10-17') })
    const early = [right(100n, { rule: 'BILLING_COVERAGE', since: day('2026-10-16') })]
    expect(reconcile(early)).toMatchObject({ found: { cause: 'MISSING' } })
    expect(reconcileOn(facts, day('2026-10-16'))).toMatchObject({ found: null })
    expect(reconcileOn(facts, day('2026-10-17'))).toMatchObject({
      found: { cause: 'MISSING' },
      expectedOn: null,
    })
  })

  it('is none of amounts where it is enough that both hold something', () => {
    const rule = 'BILLING_COVERAGE'
    expect(reconcile([left(100n, { rule }), right(70n, { rule })])?.found).toBeNull()
  })

  it('is none where nobody holds anything', () => {
    expect(reconcile([])).toBeNull()
  })
})

const anyFact = fc
  .record({
    side: fc.constantFrom<HeldFact['side']>('LEFT', 'RIGHT'),
    minorUnits: fc.constantFrom(0n, 1n, 2n, 50n, 100n, -100n),
    currency: fc.constantFrom('USD', 'EUR'),
    customerId: fc.constantFrom(null, 'cus_1', 'cus_2'),
    part: fc.constantFrom('a', 'b'),
  })
  .map(({ side, minorUnits, currency, ...told }) =>
    held(side, minorUnits, { ...told, amount: { minorUnits, currency } }),
  )

describe('Any facts', () => {
  it('come to the same in whatever order they were told, and to nothing broken against themselves', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 6 }), (facts) => {
        const [one, other] = [reconcile(facts)?.found, reconcile(facts.toReversed())?.found]
        expect([other?.cause, other?.delta]).toEqual([one?.cause, one?.delta])
        const mine = facts.filter(({ side }) => side === 'LEFT')
        const mirrored = mine.map((fact) => ({ ...fact, side: 'RIGHT' as const }))
        expect(reconcile([...mine, ...mirrored])?.found ?? null).toBeNull()
      }),
      runs,
    )
  })
})

const summary = (facts: readonly HeldFact[]): [BreakCause | null, bigint | null] => {
  const found = reconcile(facts)?.found ?? null
  return [found?.cause ?? null, found?.delta?.minorUnits ?? null]
}
