// Scalars at the border of the graph: what is taken, what goes out, and what is refused in words a caller understands.
import { GraphQLError, Kind, parseValue as parseLiteral, type ValueNode } from 'graphql'
import { describe, expect, it } from 'vitest'
import { found, SCALARS } from '#platform/graphql.ts'

type ScalarName = 'Date' | 'DateTime' | 'YearMonth' | 'Decimal' | 'BigInt' | 'CurrencyCode'

/** What a scalar makes of a variable and of a literal in the document. */
const variable = (name: ScalarName, value: unknown): unknown => SCALARS[name]?.parseValue(value)
const literal = (name: ScalarName, node: ValueNode): unknown => SCALARS[name]?.parseLiteral(node)

describe('a good value', () => {
  it.each<[ScalarName, string, unknown]>([
    ['Date', '2027-05-01', Temporal.PlainDate.from('2027-05-01')],
    ['Date', '2028-02-29', Temporal.PlainDate.from('2028-02-29')],
    ['Date', '0001-01-01', Temporal.PlainDate.from('0001-01-01')],
    ['Date', '9999-12-31', Temporal.PlainDate.from('9999-12-31')],
    ['DateTime', '2027-05-01T09:30:00Z', Temporal.Instant.from('2027-05-01T09:30:00Z')],
    ['DateTime', '2027-05-01T11:30:00.5+02:00', Temporal.Instant.from('2027-05-01T09:30:00.5Z')],
    ['YearMonth', '2027-05', Temporal.PlainYearMonth.from('2027-05')],
    ['Decimal', '-12.30', '-12.30'],
    ['Decimal', '0', '0'],
    ['Decimal', `${'9'.repeat(30)}.${'9'.repeat(30)}`, `${'9'.repeat(30)}.${'9'.repeat(30)}`],
    ['BigInt', '-9223372036854775808', -9_223_372_036_854_775_808n],
    ['BigInt', '9'.repeat(30), BigInt('9'.repeat(30))],
    ['CurrencyCode', 'USD', 'USD'],
    ['CurrencyCode', 'JPY', 'JPY'],
  ])('of %s is read from a variable and from a literal: %s', (name, text, value) => {
    expect(variable(name, text)).toEqual(value)
    expect(literal(name, { kind: Kind.STRING, value: text })).toEqual(value)
  })

  it.each<[ScalarName, unknown, string]>([
    ['Date', Temporal.PlainDate.from('2027-05-01'), '2027-05-01'],
    ['DateTime', Temporal.Instant.from('2027-05-01T09:30:00.5Z'), '2027-05-01T09:30:00.5Z'],
    ['YearMonth', Temporal.PlainYearMonth.from('2027-05'), '2027-05'],
    ['Decimal', '-12.30', '-12.30'],
    ['BigInt', 9_007_199_254_740_993n, '9007199254740993'],
    ['CurrencyCode', 'USD', 'USD'],
  ])('of %s goes out as text', (name, value, text) => {
    expect(SCALARS[name]?.serialize(value)).toBe(text)
  })
})

describe('a bad value', () => {
  it.each<[ScalarName, unknown]>([
    ['Date', '2027-02-30'],
    ['Date', '2027-02-29'],
    ['Date', '2027-13-01'],
    ['Date', '2027-5-1'],
    ['Date', '20270501'],
    ['Date', '2027-05-01T00:00:00Z'],
    ['Date', '2027-05-01\n'],
    ['Date', '0000-01-01'],
    ['Date', '+002027-05-01'],
    ['Date', 'tomorrow'],
    ['Date', ''],
    ['Date', 20_270_501],
    ['DateTime', '2027-05-01'],
    ['DateTime', '2027-05-01T09:30:00'],
    ['DateTime', '2027-05-01T25:00:00Z'],
    ['DateTime', '2027-02-30T09:30:00Z'],
    ['DateTime', '-100000-01-01T00:00:00Z'],
    ['DateTime', 1_809_163_800_000],
    ['YearMonth', '2027-13'],
    ['YearMonth', '2027-05-01'],
    ['YearMonth', '0000-01'],
    ['Decimal', '1e3'],
    ['Decimal', '1,000.00'],
    ['Decimal', '.5'],
    ['Decimal', '5.'],
    ['Decimal', '+5'],
    ['Decimal', '--5'],
    ['Decimal', 'NaN'],
    ['Decimal', 'Infinity'],
    ['Decimal', '0x10'],
    ['Decimal', '٣'],
    ['Decimal', ''],
    ['Decimal', '9'.repeat(31)],
    ['Decimal', 12.3],
    ['BigInt', '1.0'],
    ['BigInt', ' 1'],
    ['BigInt', '1n'],
    ['BigInt', '0x10'],
    ['BigInt', ''],
    ['BigInt', '9'.repeat(40)],
    ['BigInt', 7],
    ['CurrencyCode', 'usd'],
    ['CurrencyCode', 'US'],
    ['CurrencyCode', 'USDX'],
    ['CurrencyCode', 'ZZZ'],
    ['CurrencyCode', ''],
    ['CurrencyCode', null],
  ])('is refused: %s %j', (name, value) => {
    expect(() => variable(name, value)).toThrow(GraphQLError)
    expect(() => variable(name, value)).toThrow(new RegExp(`^${name} must be `))
  })

  it.each<[ScalarName, string]>([
    ['Decimal', '12.3'],
    ['BigInt', '7'],
    ['Date', '2027'],
    ['CurrencyCode', 'USD'],
    ['Decimal', 'true'],
    ['Decimal', 'null'],
    ['Decimal', '["1"]'],
  ])('is refused as a literal that is no string: %s %s', (name, text) => {
    expect(() => literal(name, parseLiteral(text))).toThrow(`${name} must be a string`)
  })

  it.each<[ScalarName, unknown, string]>([
    ['Date', '2027-02-30', 'Date must be a calendar date such as 2027-05-01, not "2027-02-30".'],
    ['Date', 20_270_501, 'Date must be a string: a calendar date such as 2027-05-01.'],
    ['Decimal', '1e3', 'Decimal must be an exact decimal such as -12.30, not "1e3".'],
    ['CurrencyCode', 'usd', 'CurrencyCode must be a currency code of ISO 4217 such as USD, not "usd".'],
  ])('is told with the format that it should have: %s %j', (name, value, message) => {
    expect(() => variable(name, value)).toThrow(message)
  })

  it('is not repeated in full', () => {
    expect(() => variable('Decimal', 'x'.repeat(10_000))).toThrow(new RegExp(`not "x{40}"\\.$`))
  })
})

describe('an object that was asked for by its id', () => {
  it('is given where it was found', () => {
    expect(found({ id: 'cus_1' }, 'customer', 'cus_1')).toEqual({ id: 'cus_1' })
  })

  it('is NOT_FOUND where it was not, and a long id is not repeated in full', () => {
    expect(() => found(null, 'customer', 'x'.repeat(10_000))).toThrow(
      expect.objectContaining({
        message: `There is no customer with the id "${'x'.repeat(40)}".`,
        extensions: { code: 'NOT_FOUND' },
      }) as Error,
    )
  })
})
