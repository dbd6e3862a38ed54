/** What a closed deal binds both sides to, and what keeps a deal from being closed. */
import { describe, expect, it } from 'vitest'
import { termsOfDeal } from '#domain/deal.ts'
import { quotedInterval } from '#domain/quoted-price.ts'
import { contractFact, customerFact, opportunityFact, quoteFact } from '#test/support/facts.ts'
import { deal, listPrice, monthly, offering, quarterly, quoteLine, yearly } from './deals.ts'
import { contractLine, day, range } from './documents.ts'
import type { Closing, Deal, Offering } from '#domain/deal.ts'
import type { Interval } from '#domain/entity.ts'

const closing: Closing = { closedOn: day('2026-11-01') }

const quoted = (lines: Deal['quotes'][number]['lines']): Partial<Deal> => ({
  quotes: [quoteFact({ lines })],
})

describe('the terms of a deal', () => {
  it('are those of its quote, for twelve months from the closing on', () => {
    const lines = [
      quoteLine('platform', 1_200_000n),
      quoteLine('seat', 2_900n, '10'),
      quoteLine('setup', 350_000n),
    ]
    const { value } = termsOfDeal(deal({ quotes: [quoteFact({ lines })] }), offering, closing)
    expect(value).toMatchObject({
      opportunityId: 'opp_1',
      draftId: null,
      series: 'C-US',
      legalEntityId: 'ent_us',
      signedOn: day('2026-11-01'),
      startDate: day('2026-11-01'),
      endDate: day('2027-11-01'),
      // 12,000.00 + 10 × 29.00 × 12 + 3,500.00
      totalContractValue: 1_898_000n,
    })
    expect(value?.lines.map(({ interval, servicePeriod }) => ({ interval, servicePeriod }))).toEqual([
      { interval: yearly, servicePeriod: range('2026-11-01', '2027-11-01') },
      { interval: monthly, servicePeriod: range('2026-11-01', '2027-11-01') },
      { interval: null, servicePeriod: range('2026-11-01', '2026-12-01') },
    ])
  })

  it('are those of the contract that was drafted for it, with its ids and dates', () => {
    const line = contractLine({ id: 'ctl_9', servicePeriod: range('2026-12-01', '2028-12-01') })
    const draft = contractFact({
      id: 'ctr_9',
      status: 'DRAFT',
      signedOn: null,
      legalEntityId: 'ent_de',
      startDate: day('2026-12-01'),
      endDate: day('2028-12-01'),
      autoRenew: false,
      lines: [line],
    })
    expect(termsOfDeal(deal({ draft, quotes: [] }), offering, closing).value).toMatchObject({
      draftId: 'ctr_9',
      legalEntityId: 'ent_de',
      signedOn: day('2026-11-01'),
      startDate: day('2026-12-01'),
      endDate: day('2028-12-01'),
      autoRenew: false,
      lines: [line],
    })
  })

  it('may be for another term', () => {
    expect(termsOfDeal(deal(), offering, { ...closing, termMonths: 36 }).value).toMatchObject({
      endDate: day('2029-11-01'),
      totalContractValue: 3_600_000n,
    })
  })

  it('are those of the accepted quote, whatever else was presented', () => {
    const accepted = quoteFact({ id: 'quo_2', status: 'ACCEPTED', lines: [quoteLine('seat', 29_000n, '3')] })
    const { value } = termsOfDeal(deal({ quotes: [...deal().quotes, accepted] }), offering, closing)
    expect(value?.lines.map(({ productId }) => productId)).toEqual(['seat'])
  })

  it.each<[string, Partial<Deal>, Partial<Closing>, string]>([
    ['the company of the customer’s country', {}, {}, 'ent_us'],
    ['rather the one that sold to it before', { lastLegalEntityId: 'ent_de' }, {}, 'ent_de'],
    [
      'rather the one that a route names',
      { lastLegalEntityId: 'ent_de' },
      { legalEntityId: 'ent_us' },
      'ent_us',
    ],
  ])('bind %s', (_, fields, route, legalEntityId) => {
    expect(termsOfDeal(deal(fields), offering, { ...closing, ...route }).value).toMatchObject({
      legalEntityId,
    })
  })
})

describe('a deal is not closed', () => {
  const company = { id: 'ent_us_2', code: 'USB', country: 'US' }
  const france = { line1: null, city: null, postalCode: null, region: null, country: 'FR' }

  it.each<[string, Partial<Deal>, string, string]>([
    ['without a quote', { quotes: [] }, 'LINES_MISSING', 'quote'],
    ['on a quote without lines', quoted([]), 'LINES_MISSING', 'quote'],
    ['on a quote that nobody saw', { quotes: [quoteFact({ status: 'DRAFT' })] }, 'LINES_MISSING', 'quote'],
    ['on one of two presented quotes', { quotes: [quoteFact(), quoteFact()] }, 'QUOTE_AMBIGUOUS', 'quote'],
    ['twice', { opportunity: opportunityFact({ stage: 'WON' }) }, 'STATUS_FORBIDS', 'opportunityId'],
    [
      'once it is lost',
      { opportunity: opportunityFact({ stage: 'LOST' }) },
      'STATUS_FORBIDS',
      'opportunityId',
    ],
    [
      'with a customer that was merged into another one',
      { customer: { ...deal().customer, status: 'MERGED' } },
      'STATUS_FORBIDS',
      'customer',
    ],
    [
      'for a product that billing does not know',
      quoted([quoteLine('platform', 1_200_000n), quoteLine('ghost', 1n)]),
      'MAPPING_MISSING',
      'quote.lines.1.productId',
    ],
    [
      'at a price of which the rhythm is not known',
      quoted([quoteLine('seat', 1_00n)]),
      'INTERVAL_AMBIGUOUS',
      'quote.lines.0.unitPrice',
    ],
    [
      'for a quantity that is none',
      quoted([quoteLine('platform', 1_200_000n, '-1')]),
      'QUANTITY_INVALID',
      'quote.lines.0.quantity',
    ],
    [
      'in another currency than the deal',
      { opportunity: opportunityFact({ currency: 'EUR' }) },
      'CURRENCY_MISMATCH',
      'quote.currency',
    ],
    [
      'where none of our companies sells',
      { customer: customerFact({ address: france }) },
      'ROUTE_MISSING',
      'customer.address.country',
    ],
    ['where nobody knows', { customer: customerFact() }, 'ROUTE_MISSING', 'customer.address.country'],
    ['by a company that there is not', { lastLegalEntityId: 'ent_x' }, 'REFERENCE_MISSING', 'legalEntityId'],
  ])('%s', (_, fields, code, field) => {
    const { violations } = termsOfDeal(deal(fields), offering, closing)
    expect(violations?.map((wrong) => ({ code: wrong.code, field: wrong.field }))).toEqual([{ code, field }])
  })

  it('by one of two companies in its country', () => {
    const several: Offering = { ...offering, legalEntities: [...offering.legalEntities, company] }
    expect(termsOfDeal(deal(), several, closing).violations).toMatchObject([{ code: 'RULES_AMBIGUOUS' }])
  })

  it('for a product that is not sold any more', () => {
    const retired: Offering = {
      ...offering,
      products: offering.products.map((product) => ({ ...product, active: false })),
    }
    expect(termsOfDeal(deal(), retired, closing).violations).toMatchObject([
      { code: 'STATUS_FORBIDS', field: 'quote.lines.0.productId' },
    ])
  })

  it.each([
    [0, 'DATE_ORDER'],
    [301, 'TERM_TOO_LONG'],
  ])('for %i months', (termMonths, code) => {
    expect(termsOfDeal(deal(), offering, { ...closing, termMonths }).violations).toMatchObject([
      { code, field: 'termMonths' },
    ])
  })

  it('and all that is wrong is said at once', () => {
    const wrong = deal({
      quotes: [],
      opportunity: opportunityFact({ stage: 'WON' }),
      customer: customerFact(),
    })
    expect(termsOfDeal(wrong, offering, closing).violations?.map(({ code }) => code)).toEqual([
      'STATUS_FORBIDS',
      'ROUTE_MISSING',
      'LINES_MISSING',
    ])
  })
})

describe('a quoted price is due', () => {
  const seats = [
    listPrice('seat', monthly, '2900'),
    listPrice('seat', quarterly, '8700'),
    listPrice('seat', yearly, '29000'),
  ]
  const tiered = listPrice('seat', yearly, '0', { unitAmount: null, tiersMode: 'VOLUME' })
  const others = [
    listPrice('platform', yearly, '1000'),
    listPrice('seat', yearly, '1000', { currency: 'EUR' }),
    listPrice('seat', yearly, '1000', { active: false }),
    listPrice('seat', yearly, '1000', { usage: 'METERED' }),
    tiered,
  ]

  it.each<[string, bigint, typeof seats, Interval | null]>([
    ['as the list price that it is', 8_700n, seats, quarterly],
    ['as the list price of which it is a discount', 23_200n, seats, yearly],
    ['as the list price of which it is the smallest discount', 2_000n, seats, monthly],
    ['as half of a list price, at the least', 14_500n, seats, yearly],
    ['in the only rhythm that there is, at any discount', 1n, seats.slice(2), yearly],
    ['in the only rhythm that there is, above the list as well', 90_000n, seats.slice(2), yearly],
    ['in the longest rhythm where nothing is due', 0n, seats, yearly],
    ['once, where it is sold once', 300_000n, [listPrice('seat', null, '350000')], null],
    ['as a fraction of a cent tells as well', 3n, [listPrice('seat', monthly, '3.5')], monthly],
  ])('%s', (_, unitPrice, prices, interval) => {
    const line = { productId: 'seat', unitPrice }
    expect(quotedInterval(line, 'USD', [...others, ...prices], 'unitPrice')).toEqual({ value: interval })
  })

  it.each([
    ['below half of every list price', 1_449n, seats, 'INTERVAL_AMBIGUOUS'],
    ['above every list price', 29_001n, seats, 'INTERVAL_AMBIGUOUS'],
    [
      'the same by the month and by the year',
      2_900n,
      [...seats, listPrice('seat', yearly, '2900')],
      'INTERVAL_AMBIGUOUS',
    ],
    ['without a list price', 2_900n, [], 'MAPPING_MISSING'],
  ])('nobody knows how often: %s', (_, unitPrice, prices, code) => {
    const line = { productId: 'seat', unitPrice }
    expect(quotedInterval(line, 'USD', [...others, ...prices], 'unitPrice').violations).toMatchObject([
      { code, field: 'unitPrice' },
    ])
  })
})
