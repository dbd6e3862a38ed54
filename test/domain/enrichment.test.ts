// Documents of several companies: entity, currency, tax code and account, each with the rule that gave it (row 45).
import { describe, expect, it } from 'vitest'
import { accountRule } from '#domain/chart.ts'
import { type BareDocument, enrichDocument, type EnrichmentRules } from '#domain/enrichment.ts'
import { mismatchOf } from '#domain/tax.ts'
import { day } from './documents.ts'
import { route } from './models.ts'

const rules: EnrichmentRules = {
  routes: [
    route({ name: 'americas', countries: ['US', 'CA'], to: 'US' }),
    route({ name: 'europe', countries: ['DE', 'FR', 'IT'], to: 'DE' }),
    route({ name: 'moon', countries: ['AQ'], to: 'AQ' }),
    route({ name: 'vat', kind: 'TAX', countries: ['DE', 'FR'], to: 'rules' }),
    route({ name: 'sepa', kind: 'PAYMENT', countries: ['DE', 'IT'], to: 'stripe-de' }),
  ],
  legalEntities: [
    { id: 'ent-us', code: 'US', functionalCurrency: 'USD' },
    { id: 'ent-de', code: 'DE', functionalCurrency: 'EUR' },
  ],
  products: [
    { id: 'seats', sku: 'SEAT', family: 'SEATS', taxCode: 'saas' },
    { id: 'odd', sku: 'ODD', family: null, taxCode: null },
  ],
  accountRules: [
    accountRule({
      id: 'r1',
      externalRefs: [],
      role: 'REVENUE',
      accountCode: '4000',
      legalEntityId: 'ent-us',
    }),
    accountRule({ id: 'r2', externalRefs: [], role: 'REVENUE', accountCode: '4020', productFamily: 'SEATS' }),
  ],
}
const sold = (country: string, ...productIds: string[]): BareDocument => ({
  country,
  state: null,
  region: null,
  date: day('2026-05-01'),
  purpose: 'INVOICE_ISSUED',
  productIds,
})

describe('a document', () => {
  it('gets entity, currency, tax code and account, each by a rule that is named', () => {
    expect(enrichDocument(sold('DE', 'seats'), rules)).toEqual({
      value: {
        legalEntity: { value: 'DE', rule: 'route europe' },
        currency: { value: 'EUR', rule: 'functional currency of DE' },
        taxProvider: { value: 'rules', rule: 'route vat' },
        paymentProcessor: { value: 'stripe-de', rule: 'route sepa' },
        lines: [
          {
            productId: 'seats',
            taxCode: { value: 'saas', rule: 'tax code of SEAT' },
            revenueAccount: { value: '4020', rule: 'REVENUE to 4020 for SEATS' },
          },
        ],
      },
    })
  })

  it.each<[string, BareDocument, string[]]>([
    ['a country where nobody sells', sold('JP', 'seats'), ['ROUTE_MISSING country']],
    ['a country without a way to be paid', sold('FR', 'seats'), ['ROUTE_MISSING country']],
    ['a country without tax', sold('IT', 'seats'), ['ROUTE_MISSING country']],
    ['a company that is not known', sold('AQ', 'seats'), ['REFERENCE_MISSING legalEntity']],
    [
      'products without tax code, account or entry in the catalogue',
      sold('DE', 'odd', 'none'),
      ['TAX_CODE_MISSING productIds.0', 'MAPPING_MISSING productIds.0', 'REFERENCE_MISSING productIds.1'],
    ],
  ])('of %s is refused, and nothing stands in', (_, document, expected) => {
    const { violations = [] } = enrichDocument(document, rules)
    expect(violations.map(({ code, field }) => `${code} ${field}`)).toEqual(expected)
  })
})

it.each([
  ['agrees', 19_00n, 0n],
  ['is a cent too high', 19_01n, 1n],
  ['is a cent too low', 18_99n, -1n],
])('a tax of 19%% on 100.00 that %s is told with both figures (row 47)', (_, amount, difference) => {
  const stated = { jurisdiction: 'DE', rate: '19', taxable: 100_00n, amount }
  expect(mismatchOf(stated)).toEqual({ stated: amount, computed: 19_00n, difference })
})
