// The rules behind the services that flows and clients share: accounts, prices, publication, and the choice of a model.
import { describe, expect, it } from 'vitest'
import { type AccountFacts, checkAccount } from '#domain/account-check.ts'
import type { Price } from '#domain/billing.ts'
import { accountRule } from '#domain/chart.ts'
import type { Interval } from '#domain/entity.ts'
import { findPrice, type PriceQuestion } from '#domain/price-lookup.ts'
import { checkPublication, type PublicationRules } from '#domain/publication.ts'
import { factsOfCounts, type ModelFacts, recommendModel } from '#domain/recommend-model.ts'
import { rulesInUse } from '#domain/rule-use.ts'
import { customerFact } from '#test/support/facts.ts'
import { day } from './documents.ts'
import { model, plan, surroundings } from './models.ts'

const recorded = { version: 1, recordedAt: Temporal.Instant.from('2026-05-01T00:00:00Z') }

describe('an account', () => {
  const berlin = { line1: null, city: 'Berlin', postalCode: null, region: 'BE', country: 'DE' }
  const customer = customerFact({ id: 'cus_1', address: berlin, legalName: 'Ada GmbH', status: 'ACTIVE' })
  const sound: AccountFacts = { customer, creditProfile: null, needsTaxId: false, isRouted: true }

  it.each<[string, Partial<AccountFacts>, string[]]>([
    ['is sound', {}, []],
    [
      'was merged',
      { customer: { ...customer, status: 'MERGED', mergedIntoId: 'cus_2' } },
      ['ERROR CUSTOMER_MERGED CRM'],
    ],
    [
      'is no longer a customer',
      { customer: { ...customer, status: 'INACTIVE' } },
      ['ERROR CUSTOMER_INACTIVE CRM'],
    ],
    [
      'has no country',
      { customer: { ...customer, address: null }, isRouted: false },
      ['ERROR ADDRESS_MISSING CRM'],
    ],
    ['is where nobody sells', { isRouted: false }, ['ERROR ROUTE_MISSING OPERATIONS']],
    ['has no legal name', { customer: { ...customer, legalName: null } }, ['WARNING LEGAL_NAME_MISSING CRM']],
    ['owes the tax itself unregistered', { needsTaxId: true }, ['WARNING TAX_ID_MISSING CRM']],
    [
      'owes the tax itself and is registered',
      { needsTaxId: true, customer: { ...customer, taxIds: [{ type: 'eu_vat', value: 'DE123456789' }] } },
      [],
    ],
    [
      'is stopped by accounting',
      { creditProfile: { onHold: true, holdReason: 'Insolvency' } },
      ['WARNING CREDIT_HOLD ERP'],
    ],
  ])('that %s', (_, facts, expected) => {
    const findings = checkAccount({ ...sound, ...facts })
    expect(findings.map(({ severity, code, system }) => `${severity} ${code} ${system}`)).toEqual(expected)
  })
})

const price = (changes: Partial<Price>): Price => ({
  id: 'price_1',
  externalRefs: [],
  productId: 'seat',
  nickname: null,
  currency: 'EUR',
  unitAmount: '1250.5',
  interval: { unit: 'MONTH', count: 1 },
  usage: 'LICENSED',
  tiersMode: null,
  tiers: [],
  active: true,
  ...recorded,
  ...changes,
})

describe('a price', () => {
  const asked: PriceQuestion = {
    product: { id: 'seat', sku: 'SEAT', active: true },
    currency: 'EUR',
    interval: { unit: 'MONTH', count: 1 },
    usage: 'LICENSED',
    quantity: '3',
  }
  const annual: Interval = { unit: 'YEAR', count: 1 }
  const prices = [
    price({}),
    price({ id: 'year', interval: { unit: 'MONTH', count: 12 }, unitAmount: '10000' }),
    price({ id: 'once', interval: null, unitAmount: '700' }),
    price({ id: 'old', active: false, currency: 'USD' }),
    price({ id: 'metered', usage: 'METERED', unitAmount: '1' }),
  ]

  it.each<[string, Partial<PriceQuestion>, string, bigint]>([
    ['a month, rounded half away from zero', {}, 'price_1', 37_52n],
    ['a year, which is twelve months', { interval: annual }, 'year', 300_00n],
    ['once', { interval: null }, 'once', 21_00n],
    ['by usage', { usage: 'METERED' }, 'metered', 3n],
    ['for nothing', { quantity: '0' }, 'price_1', 0n],
  ])('%s', (_, question, id, amount) => {
    expect(findPrice(prices, { ...asked, ...question }).value).toMatchObject({ price: { id }, amount })
  })

  it('names the rule by which it was found', () => {
    expect(findPrice(prices, asked).value?.rule).toBe('list price of SEAT in EUR, every month')
  })

  it.each<[string, Partial<PriceQuestion>, Price[], string]>([
    ['none in the currency', { currency: 'JPY' }, prices, 'PRICE_MISSING'],
    ['only one that is no longer used', { currency: 'USD' }, prices, 'PRICE_MISSING'],
    ['two', {}, [price({}), price({ id: 'other' })], 'RULES_AMBIGUOUS'],
    [
      'a product that is no longer sold',
      { product: { id: 'seat', sku: 'SEAT', active: false } },
      prices,
      'STATUS_FORBIDS',
    ],
    ['a negative quantity', { quantity: '-1' }, prices, 'QUANTITY_INVALID'],
    ['no quantity', { quantity: 'many' }, prices, 'QUANTITY_INVALID'],
  ])('%s is refused, and nothing stands in', (_, question, among, code) => {
    expect(findPrice(among, { ...asked, ...question }).violations).toMatchObject([{ code }])
  })
})

const to = (id: string, role: 'REVENUE' | 'DEFERRED_REVENUE') =>
  accountRule({ id, externalRefs: [], role, accountCode: '4000', productFamily: 'SEATS' })

describe('a product that is published (row 17)', () => {
  const ours = { id: 'ent-de', code: 'DE', functionalCurrency: 'EUR' }
  const seat = { id: 'seat', sku: 'SEAT', family: 'SEATS', taxCode: 'saas' }
  const rules: PublicationRules = {
    legalEntities: [ours],
    accountRules: [to('r1', 'REVENUE'), to('r2', 'DEFERRED_REVENUE')],
    prices: [price({})],
    taxCodes: ['saas'],
    date: day('2026-05-01'),
  }
  it.each<[string, Partial<typeof seat>, Partial<PublicationRules>, string[]]>([
    ['has all it needs', {}, {}, []],
    [
      'has no posting rules',
      { family: 'SHIPS' },
      {},
      [
        'MAPPING_MISSING No posting rule says to which REVENUE account DE posts SEAT',
        'MAPPING_MISSING No posting rule says to which DEFERRED_REVENUE account DE posts SEAT',
      ],
    ],
    [
      'has no price there',
      {},
      { prices: [price({ active: false })] },
      ['PRICE_MISSING SEAT has no price in EUR for DE'],
    ],
    [
      'has a tax code that no rule is made for',
      { taxCode: 'ships' },
      {},
      ['TAX_RULE_MISSING No tax rule is made for the tax code ships of SEAT'],
    ],
  ])('%s', (_, product, changes, expected) => {
    const violations = checkPublication({ ...seat, ...product }, { ...rules, ...changes })
    expect(violations.map(({ code, message }) => `${code} ${message}`)).toEqual(expected)
  })
})

const limits = (usageLines: number | null, amendments: number | null) => ({
  usageLines,
  amendments,
  legalEntities: null,
  dealAmount: null,
})

describe('a model is recommended (row 23)', () => {
  const models = [
    model({ name: 'crm-led', limits: limits(1, 5) }),
    model({ name: 'billing-led', limits: limits(null, 20) }),
    model({ name: 'erp-led', limits: limits(null, 20) }),
    model({ name: 'event-driven', limits: limits(null, null) }),
  ]
  const calm: ModelFacts = {
    legalEntities: 1,
    usageLines: 0,
    usagePercent: 0,
    amendments: 0,
    erpApprovalPercent: 0,
  }

  it.each<[string, Partial<ModelFacts>, string, RegExp]>([
    ['where nothing speaks against sales', {}, 'crm-led', /0% billed by usage is below 30%/],
    ['where much is billed by usage', { usagePercent: 30 }, 'billing-led', /30% of the subscriptions/],
    ['where accounting looks at many deals', { erpApprovalPercent: 25 }, 'erp-led', /25% of the customers/],
    ['where both compete', { usagePercent: 80, erpApprovalPercent: 80 }, 'event-driven', /no single system/],
    [
      'where the leading one would be outgrown',
      { usageLines: 2 },
      'event-driven',
      /OUTGROWN: 2 usage-based lines/,
    ],
    [
      'where another would be',
      { usagePercent: 50, amendments: 21 },
      'event-driven',
      /OUTGROWN: 21 amendments/,
    ],
  ])('%s', (_, facts, expected, reason) => {
    const { model: name, reasons, others } = recommendModel(models, { ...calm, ...facts })
    expect(name).toBe(expected)
    expect(reasons.join('; ')).toMatch(reason)
    expect(others).toHaveLength(3)
    for (const other of others) expect(other.reasons.length).toBeGreaterThan(0)
  })

  it('by shares that are rounded down, also of nothing', () => {
    const counts = { legalEntities: 2, usageLines: 1, subscriptions: 3, usageSubscriptions: 2, amendments: 4 }
    expect(factsOfCounts({ ...counts, customers: 0, watchedCustomers: 0 })).toEqual({
      legalEntities: 2,
      usageLines: 1,
      usagePercent: 66,
      amendments: 4,
      erpApprovalPercent: 0,
    })
  })
})

it('a rule that flows share is listed with the flows that it changes (row 32)', () => {
  const flows = {
    closeOpportunity: plan(),
    mergeCustomers: { steps: [], gates: [{ gate: 'review', before: null }] },
  }
  const uses = rulesInUse(model({ flows }), surroundings.flows)
  expect(uses.filter((use) => use.flows.length > 0)).toEqual([
    { kind: 'GATE', name: 'review', flows: ['closeOpportunity', 'mergeCustomers'] },
    { kind: 'TAX', name: 'tax rules', flows: ['closeOpportunity'] },
    { kind: 'LIMIT', name: 'limits', flows: ['closeOpportunity'] },
    { kind: 'RETRY', name: 'retry', flows: ['closeOpportunity', 'mergeCustomers'] },
    { kind: 'EXCEPTION', name: 'exceptions', flows: ['closeOpportunity', 'mergeCustomers'] },
  ])
})
