// The services that flows and clients share, asked through the gateway over an invented company.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askOne, readId } from './one.ts'
import { openWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld({ customers: 40 })
})
afterAll(() => world.close())

const ask = <Answer>(document: string, variables: object = {}, by = world.ask): Promise<Answer> =>
  askOne<Answer>(by, document, variables)
const one = (text: string): Promise<string> => readId(world, text)
const customerIn = (country: string): Promise<string> =>
  one(
    `SELECT id FROM crm.customer WHERE address->>'country' = '${country}' AND status = 'ACTIVE' ORDER BY id`,
  )
const entity = (code: string): Promise<string> =>
  one(`SELECT id FROM erp.legal_entity WHERE code = '${code}'`)
const product = (sku: string): Promise<string> => one(`SELECT id FROM billing.product WHERE sku = '${sku}'`)

const major = (minor: string, currency: string) =>
  currency === 'JPY' ? minor : `${minor.slice(0, -2) || '0'}.${minor.slice(-2).padStart(2, '0')}`

describe('the services', () => {
  it('validate an account from CRM and ERP (row 34)', async () => {
    const document = `query ($customerId: ID!) { validateAccount(customerId: $customerId) {
      isValid legalEntityCode customer { name } findings { code severity system message } } }`
    expect(await ask(document, { customerId: await customerIn('JP') })).toMatchObject({
      isValid: true,
      legalEntityCode: 'JP',
      customer: { name: expect.any(String) as string },
    })
    const merged =
      await one(`UPDATE crm.customer SET status = 'MERGED', merged_into_id = '${await customerIn('US')}'
      WHERE id = (SELECT max(id) FROM crm.customer) RETURNING id`)
    expect(await ask(document, { customerId: merged })).toMatchObject({
      isValid: false,
      findings: expect.arrayContaining([
        expect.objectContaining({ code: 'CUSTOMER_MERGED', severity: 'ERROR' }),
      ]) as object[],
    })
    const held = await one(`UPDATE erp.credit_profile SET on_hold = true, hold_reason = 'Insolvency'
      WHERE id = (SELECT min(id) FROM erp.credit_profile) RETURNING customer_id AS id`)
    expect(await ask(document, { customerId: held })).toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ code: 'CREDIT_HOLD' })]) as object[],
    })
  })

  it('look prices up (row 35)', async () => {
    const document = `query ($input: PriceLookupInput!) { priceLookup(input: $input) {
      price { nickname product { sku } } amount { amount currency } rule userErrors { code field } } }`
    const input = {
      productId: await product('SEAT-STANDARD'),
      currency: 'EUR',
      quantity: '3',
      interval: { unit: 'MONTH', count: 1 },
    }
    expect(await ask(document, { input })).toEqual({
      price: { nickname: 'Standard Seat, monthly', product: { sku: 'SEAT-STANDARD' } },
      amount: { amount: '81.00', currency: 'EUR' },
      rule: 'list price of SEAT-STANDARD in EUR, every month',
      userErrors: [],
    })
    expect(await ask(document, { input: { ...input, currency: 'CHF' } })).toMatchObject({
      price: null,
      amount: null,
      userErrors: [{ code: 'PRICE_MISSING', field: 'productId' }],
    })
  })

  const QUOTE = `query ($input: QuoteTaxInput!) { quoteTax(input: $input) {
    provider isFallback route tax { amount currency }
    taxes { jurisdiction rate rule taxable { amount } amount { amount } }
    exemptions { rule reason } userErrors { code field } } }`

  it('quote the tax that the invoices of the company have, for each customer (row 36)', async () => {
    const invoices = await world.database.owner.rows<{
      customer: string
      entity: string
      currency: string
      date: string
      net: string
      tax: string
    }>({
      text: `SELECT customer_id AS customer, legal_entity_id AS entity, currency, issue_date::text AS date,
          subtotal::text AS net, tax::text AS tax FROM billing.invoice WHERE status <> 'DRAFT' ORDER BY id LIMIT 60`,
      values: [],
    })
    const productId = await product('PLAT-GROWTH')
    for (const { customer: customerId, entity: legalEntityId, currency, date, net, tax } of invoices) {
      const input = {
        customerId,
        legalEntityId,
        currency,
        date,
        lines: [{ productId, net: major(net, currency) }],
      }
      expect(await ask(QUOTE, { input })).toMatchObject({
        provider: 'rules',
        tax: { amount: tax === '0' && currency !== 'JPY' ? '0.00' : major(tax, currency) },
        userErrors: [],
      })
    }
  })

  it('never quote zero because nobody knew', async () => {
    const lines = [{ taxCode: 'txcd_10103001', net: '100.00' }]
    const quoted = (place: object, more: object = {}) =>
      ask(QUOTE, { input: { place, currency: 'USD', lines, ...more } })
    expect(await quoted({ country: 'US', region: 'OR' })).toMatchObject({
      tax: { amount: '0.00' },
      exemptions: [{ rule: 'us-or', reason: 'Oregon has no sales tax' }],
    })
    const nothing = { provider: null, tax: null, taxes: [] }
    expect(await quoted({ country: 'US', region: 'FL' })).toMatchObject({
      ...nothing,
      userErrors: [{ code: 'TAX_RULE_MISSING', field: 'lines.0' }],
    })
    expect(await quoted({ country: 'BR' })).toMatchObject({
      ...nothing,
      userErrors: [{ code: 'ROUTE_MISSING', field: 'country' }],
    })
    expect(await quoted({ country: 'US' }, { lines: [{ net: '1.00' }] })).toMatchObject({
      userErrors: [{ code: 'TAX_CODE_MISSING', field: 'lines.0' }],
    })
    expect(await quoted({ country: 'US' }, { lines: [{ taxCode: 'a', net: '1.001' }] })).toMatchObject({
      userErrors: [{ code: 'AMOUNT_TOO_PRECISE', field: 'lines.0.net' }],
    })
  })

  it('enrich a document, each value by its rule (row 45)', async () => {
    const document = `query ($input: EnrichDocumentInput!) { enrichDocument(input: $input) {
      legalEntity { value rule } currency { value rule } taxProvider { value rule } paymentProcessor { value rule }
      lines { product { sku } taxCode { value rule } revenueAccount { value rule } } userErrors { code field } } }`
    const productIds = [await product('SEAT-STANDARD'), await product('SERV-ONBOARDING')]
    const input = { customerId: await customerIn('DE'), productIds }
    const enriched = await ask(document, { input })
    expect(enriched).toEqual({
      legalEntity: { value: 'DE', rule: 'route europe' },
      currency: { value: 'EUR', rule: 'functional currency of DE' },
      taxProvider: { value: 'rules', rule: 'route european-vat' },
      paymentProcessor: { value: 'stripe-de', rule: 'route sepa' },
      lines: [
        {
          product: { sku: 'SEAT-STANDARD' },
          taxCode: { value: 'txcd_10103001', rule: 'tax code of SEAT-STANDARD' },
          revenueAccount: { value: '4020', rule: expect.stringMatching(/^REVENUE to 4020 for/) as string },
        },
        {
          product: { sku: 'SERV-ONBOARDING' },
          taxCode: { value: 'txcd_20030000', rule: 'tax code of SERV-ONBOARDING' },
          revenueAccount: { value: '4060', rule: expect.stringMatching(/^REVENUE to 4060 for/) as string },
        },
      ],
      userErrors: [],
    })
    expect(await ask(document, { input }, world.askServices)).toEqual(enriched)
    expect(await ask(document, { input: { ...input, productIds: ['prd_none'] } })).toMatchObject({
      legalEntity: null,
      lines: [],
      userErrors: [{ code: 'REFERENCE_MISSING', field: 'productIds.0' }],
    })
  })

  it.each([
    ['US', 'USD', 'americas', 'us-sales-tax', 'stripe-us', 'cards-and-ach'],
    ['DE', 'EUR', 'europe', 'european-vat', 'stripe-de', 'sepa'],
    ['JP', 'JPY', 'japan', 'japanese-consumption-tax', 'stripe-jp', 'konbini-and-cards'],
  ])(
    'enrich a document for %s in %s, by the rules of its company (row 45)',
    async (country, currency, company, tax, processor, payment) => {
      const document = `query ($input: EnrichDocumentInput!) { enrichDocument(input: $input) {
        legalEntity { value rule } currency { value rule } taxProvider { rule } paymentProcessor { value rule }
        lines { taxCode { value } revenueAccount { value rule } } userErrors { code field } } }`
      const input = { customerId: await customerIn(country), productIds: [await product('SEAT-STANDARD')] }
      expect(await ask(document, { input })).toEqual({
        legalEntity: { value: country, rule: `route ${company}` },
        currency: { value: currency, rule: `functional currency of ${country}` },
        taxProvider: { rule: `route ${tax}` },
        paymentProcessor: { value: processor, rule: `route ${payment}` },
        lines: [
          {
            taxCode: { value: 'txcd_10103001' },
            revenueAccount: { value: '4020', rule: expect.stringContaining(' to 4020 for') as string },
          },
        ],
        userErrors: [],
      })
    },
  )

  it('find what a product lacks to be published (row 17)', async () => {
    const document = `query ($id: ID!) { checkProduct(id: $id) {
      isPublishable product { sku } userErrors { code message } } }`
    const id = await product('SEAT-STANDARD')
    expect(await ask(document, { id })).toEqual({
      isPublishable: true,
      product: { sku: 'SEAT-STANDARD' },
      userErrors: [],
    })
    await world.database.owner.rows({
      text: `UPDATE billing.product SET tax_code = NULL WHERE id = $1`,
      values: [id],
    })
    await world.database.owner.rows({
      text: `DELETE FROM erp.account_rule WHERE role = 'DEFERRED_REVENUE' AND legal_entity_id = $1`,
      values: [await entity('JP')],
    })
    expect(await ask(document, { id })).toMatchObject({
      isPublishable: false,
      userErrors: [
        { code: 'TAX_CODE_MISSING', message: 'SEAT-STANDARD has no tax code' },
        {
          code: 'MAPPING_MISSING',
          message: 'No posting rule says to which DEFERRED_REVENUE account JP posts SEAT-STANDARD',
        },
      ],
    })
  })
})
