// What tax falls due where, by rules as data (row 36): never zero because nobody knew.
import { describe, expect, it } from 'vitest'
import { ambiguousTaxRules, quoteByRules, type TaxQuestion, type TaxRule } from '#domain/tax-rules.ts'
import { readTaxes, readTaxRules } from '#subgraphs/operations/services/tax-file.ts'
import { day } from './documents.ts'

const { rules, taxCodes } = readTaxRules()
const SOFTWARE = 'txcd_10103001'
const sold = (question: Partial<TaxQuestion>): TaxQuestion => ({
  country: 'US',
  region: 'NY',
  city: 'New York',
  seller: 'US',
  date: day('2026-05-01'),
  lines: [{ taxCode: SOFTWARE, net: 100_00n }],
  ...question,
})
const rule = (changes: Partial<TaxRule>): TaxRule => ({
  name: 'rule',
  country: 'DE',
  region: null,
  city: null,
  sellers: null,
  taxCodes: null,
  since: null,
  until: null,
  jurisdiction: 'Germany',
  rate: '19',
  reason: null,
  needsTaxId: false,
  ...changes,
})

describe('the tax on 100.00', () => {
  it.each<[string, Partial<TaxQuestion>, [string, bigint][]]>([
    [
      'in New York is of state, city and district',
      {},
      [
        ['us-ny', 4_00n],
        ['us-ny-new-york', 4_50n],
        ['us-ny-mctd', 38n],
      ],
    ],
    ['elsewhere in the state is of the state', { city: 'Albany' }, [['us-ny', 4_00n]]],
    ['in Germany is 19%', { country: 'DE', region: 'BE', city: 'Berlin', seller: 'DE' }, [['de', 19_00n]]],
    [
      'in Germany in the second half of 2020 was 16%',
      { country: 'DE', region: null, seller: 'DE', date: day('2020-12-31') },
      [['de-2020', 16_00n]],
    ],
    [
      'on the first day of 2021 is 19% again',
      { country: 'DE', region: null, seller: 'DE', date: day('2021-01-01') },
      [['de', 19_00n]],
    ],
    [
      'in France is owed by the customer, and printed',
      { country: 'FR', region: null, seller: 'DE' },
      [['fr-reverse', 0n]],
    ],
    ['in Oregon is none, by a rule', { region: 'OR', city: 'Portland' }, []],
  ])('%s', (_, question, expected) => {
    const { value } = quoteByRules(rules, sold(question))
    expect(value?.taxes.map(({ rule: name, amount }) => [name, amount])).toEqual(expected)
    expect(value?.tax).toBe(expected.reduce((sum, [, amount]) => sum + amount, 0n))
  })

  it('tells why nothing is charged, and whether the customer must be registered', () => {
    expect(quoteByRules(rules, sold({ region: 'OR' })).value?.exemptions).toEqual([
      { rule: 'us-or', jurisdiction: 'Oregon', reason: 'Oregon has no sales tax' },
    ])
    expect(quoteByRules(rules, sold({ country: 'FR', region: null, seller: 'DE' })).value?.needsTaxId).toBe(
      true,
    )
  })

  it.each<[string, Partial<TaxQuestion>]>([
    ['in a state without a rule', { region: 'FL', city: 'Miami' }],
    ['in a country without one', { country: 'BR', region: 'SP' }],
    ['sold by a company without one', { country: 'FR', region: null, seller: 'US' }],
    ['before the first rule', { country: 'JP', region: '13', date: day('2000-01-01') }],
  ])('%s is not zero but refused', (_, question) => {
    expect(quoteByRules(rules, sold(question))).toMatchObject({
      violations: [{ code: 'TAX_RULE_MISSING', field: 'lines.0' }],
    })
  })
})

describe('several lines', () => {
  it('are taxed together and rounded once, as an invoice is', () => {
    const lines = [33n, 33n, 34n].map((net) => ({ taxCode: SOFTWARE, net }))
    const { value } = quoteByRules([rule({ rate: '8.875' })], sold({ country: 'DE', lines }))
    expect(value?.taxes).toMatchObject([{ taxable: 100n, amount: 9n }])
  })

  it('follow the more specific rule of a jurisdiction, each for its own tax code', () => {
    const books = rule({ name: 'books', taxCodes: ['books'], rate: '7' })
    const lines = [
      { taxCode: 'books', net: 100_00n },
      { taxCode: SOFTWARE, net: 200_00n },
    ]
    const { value } = quoteByRules([rule({}), books], sold({ country: 'DE', lines }))
    expect(value?.taxes.map(({ rule: name, taxable, amount }) => [name, taxable, amount])).toEqual([
      ['rule', 200_00n, 38_00n],
      ['books', 100_00n, 7_00n],
    ])
  })

  it('that are credited give tax back', () => {
    const lines = [{ taxCode: SOFTWARE, net: -50_00n }]
    expect(quoteByRules([rule({})], sold({ country: 'DE', lines })).value?.tax).toBe(-9_50n)
  })
})

const text = (region: string) => `taxCodes: [a]
rules:
  - { name: a, country: DE, jurisdiction: X, rate: '1', ${region} }
  - { name: b, country: DE, jurisdiction: X, rate: '2', ${region} }
`

describe('rules that compete', () => {
  it.each<[string, Partial<TaxRule>, number]>([
    ['the same', {}, 1],
    ['of another jurisdiction', { jurisdiction: 'Berlin' }, 0],
    ['of another time', { since: day('2027-01-01') }, 1],
    ['that is more specific', { region: 'BE' }, 0],
  ])('%s', (_, other, count) => {
    expect(ambiguousTaxRules([rule({}), rule({ name: 'other', ...other })])).toHaveLength(count)
  })
  it('one after the other do not', () => {
    const [until, since] = [rule({ until: day('2027-01-01') }), rule({ since: day('2027-01-01') })]
    expect(ambiguousTaxRules([until, since])).toEqual([])
  })
  it('are refused in a file, and where they meet in a quote', () => {
    expect(readTaxes('source', text('region: BE')).problems).toMatchObject([{ path: 'rules' }])
    expect(readTaxes('source', text("rate: '3'")).problems?.[0]?.message).toMatch('unique')
    const both = [rule({ name: 'a', city: 'Berlin' }), rule({ name: 'b', region: 'BE' })]
    const asked = sold({ country: 'DE', region: 'BE', city: 'Berlin' })
    expect(quoteByRules(both, asked)).toMatchObject({ violations: [{ code: 'RULES_AMBIGUOUS' }] })
  })
})

it('the file has rules for the tax codes of the catalogue, and none that compete', () => {
  expect(taxCodes).toContain(SOFTWARE)
  expect(ambiguousTaxRules(rules)).toEqual([])
})
