import { findAccountRule, type AccountRuleFact } from './account-rules.ts'
import type { Price, Product } from './billing.ts'
import type { LegalEntityFact } from './erp.ts'
import { type Violation, violationIf } from './failure.ts'

/** What a product is checked against before it is sold. */
export interface PublicationRules {
  readonly legalEntities: readonly Pick<LegalEntityFact, 'id' | 'code' | 'functionalCurrency'>[]
  readonly accountRules: readonly AccountRuleFact[]
  readonly prices: readonly Price[]
  readonly taxCodes: readonly string[]
  readonly date: Temporal.PlainDate
}

type PublishedProduct = Pick<Product, 'id' | 'sku' | 'family' | 'taxCode'>

/** What a product lacks for each of our companies to sell it: accounts, a tax code, a price. Each names the product. */
export function checkPublication(product: PublishedProduct, rules: PublicationRules): Violation[] {
  return [
    ...checkTaxCode(product, rules.taxCodes),
    ...rules.legalEntities.flatMap((entity) => [
      ...checkAccount(product, entity, rules),
      ...checkPriced(product, entity, rules.prices),
    ]),
  ]
}

function checkTaxCode({ sku, taxCode }: PublishedProduct, known: readonly string[]): Violation[] {
  return [
    ...violationIf(taxCode === null, 'TAX_CODE_MISSING', 'taxCode', `${sku} has no tax code`),
    ...violationIf(
      taxCode !== null && !known.includes(taxCode),
      'TAX_RULE_MISSING',
      'taxCode',
      `No tax rule is made for the tax code ${taxCode ?? ''} of ${sku}`,
    ),
  ]
}

function checkAccount(
  { sku, family: productFamily }: PublishedProduct,
  { id: legalEntityId, code }: PublicationRules['legalEntities'][number],
  { accountRules, date }: PublicationRules,
): Violation[] {
  const question = { purpose: 'INVOICE_ISSUED', legalEntityId, productFamily, region: null, date } as const
  const missing = (['REVENUE', 'DEFERRED_REVENUE'] as const).filter(
    (role) => findAccountRule(accountRules, { ...question, role }) === undefined,
  )
  return missing.map((role) => ({
    code: 'MAPPING_MISSING',
    field: 'family',
    message: `No posting rule says to which ${role} account ${code} posts ${sku}`,
  }))
}

function checkPriced(
  { id, sku }: PublishedProduct,
  { code, functionalCurrency }: PublicationRules['legalEntities'][number],
  prices: readonly Price[],
): Violation[] {
  const isPriced = prices.some(
    (price) => price.productId === id && price.active && price.currency === functionalCurrency,
  )
  return violationIf(
    !isPriced,
    'PRICE_MISSING',
    'prices',
    `${sku} has no price in ${functionalCurrency} for ${code}`,
  )
}
