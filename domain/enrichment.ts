import { findAccountRule, nameOfRule } from './account-rules.ts'
import { violationIf } from './failure.ts'
import type { AccountRuleFact } from './account-rules.ts'
import type { ProductFact } from './billing.ts'
import type { LegalEntityFact, PostingPurpose } from './erp.ts'
import type { Outcome } from './failure.ts'

/** Which of our companies sells where. */
interface EntityRoute {
  readonly name: string
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[]
  readonly legalEntityId: string
}

/** What is known of a document before it belongs to one of our companies. */
export interface BareDocument {
  /** Where the customer is billed. */
  readonly country: string
  readonly region: string | null
  readonly date: Temporal.PlainDate
  readonly purpose: PostingPurpose
  readonly productIds: readonly string[]
}

/** What documents are enriched from. */
export interface EnrichmentRules {
  readonly routes: readonly EntityRoute[]
  readonly legalEntities: readonly Pick<LegalEntityFact, 'id' | 'code' | 'functionalCurrency'>[]
  readonly products: readonly Pick<ProductFact, 'id' | 'sku' | 'family' | 'taxCode'>[]
  readonly accountRules: readonly AccountRuleFact[]
}

/** A value and the rule that gave it, so that a person can see why. */
interface Ruled {
  readonly value: string
  readonly rule: string
}

export interface EnrichedDocument {
  readonly legalEntity: Ruled
  readonly currency: Ruled
  readonly lines: readonly {
    readonly productId: string
    readonly taxCode: Ruled
    readonly revenueAccount: Ruled
  }[]
}

/**
 * Gives a document its legal entity by the customer's country, the currency of that entity, and each line its tax code
 * and the account that its revenue goes to. What no rule gives is refused, all of it at once: nothing is made up.
 */
export function enrichDocument(document: BareDocument, rules: EnrichmentRules): Outcome<EnrichedDocument> {
  const routes = rules.routes.filter(({ countries }) => countries.includes(document.country))
  const [route] = routes
  const entity = rules.legalEntities.find(({ id }) => id === route?.legalEntityId)
  const missing = [
    ...violationIf(
      route === undefined,
      'ROUTE_MISSING',
      'country',
      `No company sells in ${document.country}`,
    ),
    ...violationIf(routes.length > 1, 'RULES_AMBIGUOUS', 'country', `Several sell in ${document.country}`),
    ...violationIf(
      route !== undefined && entity === undefined,
      'REFERENCE_MISSING',
      'legalEntity',
      'Unknown',
    ),
  ]
  if (route === undefined || entity === undefined || missing.length > 0) return { violations: missing }
  const lines = document.productIds.map((productId, index) =>
    enrichLine(document, productId, `productIds.${index}`, entity.id, rules),
  )
  const violations = lines.flatMap((line) => line.violations ?? [])
  if (violations.length > 0) return { violations }
  return {
    value: {
      legalEntity: { value: entity.code, rule: `route ${route.name}` },
      currency: { value: entity.functionalCurrency, rule: `functional currency of ${entity.code}` },
      lines: lines.flatMap(({ value }) => value ?? []),
    },
  }
}

function enrichLine(
  { purpose, date, region }: BareDocument,
  productId: string,
  field: string,
  legalEntityId: string,
  { products, accountRules }: EnrichmentRules,
): Outcome<EnrichedDocument['lines'][number]> {
  const product = products.find(({ id }) => id === productId)
  if (product === undefined) {
    return { violations: violationIf(true, 'REFERENCE_MISSING', field, `There is no product ${productId}`) }
  }
  const { sku, family: productFamily, taxCode } = product
  const rule = findAccountRule(accountRules, {
    role: 'REVENUE',
    purpose,
    legalEntityId,
    productFamily,
    region,
    date,
  })
  if (taxCode === null || rule === undefined) {
    return {
      violations: [
        ...violationIf(taxCode === null, 'TAX_CODE_MISSING', field, `${sku} has no tax code`),
        ...violationIf(
          rule === undefined,
          'MAPPING_MISSING',
          field,
          `No rule gives ${sku} a revenue account`,
        ),
      ],
    }
  }
  return {
    value: {
      productId,
      taxCode: { value: taxCode, rule: `tax code of ${sku}` },
      revenueAccount: { value: rule.accountCode, rule: nameOfRule(rule) },
    },
  }
}
