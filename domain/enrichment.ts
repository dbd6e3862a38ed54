import { findAccountRule, nameOfRule } from './account-rules.ts'
import { violationIf } from './failure.ts'
import type { AccountRuleFact } from './account-rules.ts'
import type { ProductFact } from './billing.ts'
import type { LegalEntityFact, PostingPurpose } from './erp.ts'
import type { Outcome } from './failure.ts'
import { findRoute } from './route.ts'
import type { Route, RouteKind } from './workflow-model.ts'

/** What is known of a document before it belongs to one of our companies. */
export interface BareDocument {
  /** Where the customer is billed: country, and state or prefecture. */
  readonly country: string
  readonly state: string | null
  /** Sales region, by which accounts may be chosen. */
  readonly region: string | null
  readonly date: Temporal.PlainDate
  readonly purpose: PostingPurpose
  readonly productIds: readonly string[]
}

/** What documents are enriched from. */
export interface EnrichmentRules {
  readonly routes: readonly Route[]
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
  readonly taxProvider: Ruled
  readonly paymentProcessor: Ruled
  readonly lines: readonly {
    readonly productId: string
    readonly taxCode: Ruled
    readonly revenueAccount: Ruled
  }[]
}

/**
 * Gives a document its legal entity, tax provider and payment processor by the routes from the customer's place, the
 * currency of that entity, and each line its tax code and the account that its revenue goes to. What no rule gives is
 * refused, all of it at once: nothing is made up.
 */
export function enrichDocument(document: BareDocument, rules: EnrichmentRules): Outcome<EnrichedDocument> {
  const seller = routeOf(document, rules, 'LEGAL_ENTITY', null)
  if (seller.violations) return seller
  const code = seller.value.to
  const entity = rules.legalEntities.find((each) => each.code === code)
  if (entity === undefined) {
    const message = `${seller.value.name} leads to ${code}, which there is not`
    return { violations: violationIf(true, 'REFERENCE_MISSING', 'legalEntity', message) }
  }
  const tax = routeOf(document, rules, 'TAX', code)
  const payment = routeOf(document, rules, 'PAYMENT', code)
  const lines = document.productIds.map((productId, index) =>
    enrichLine(document, productId, `productIds.${index}`, entity.id, rules),
  )
  const violations = [tax, payment, ...lines].flatMap((part) => part.violations ?? [])
  if (violations.length > 0 || !tax.value || !payment.value) return { violations }
  return {
    value: {
      legalEntity: ruledBy(seller.value),
      currency: { value: entity.functionalCurrency, rule: `functional currency of ${code}` },
      taxProvider: ruledBy(tax.value),
      paymentProcessor: ruledBy(payment.value),
      lines: lines.flatMap(({ value }) => value ?? []),
    },
  }
}

const ruledBy = ({ to: value, name }: Route): Ruled => ({ value, rule: `route ${name}` })

const routeOf = (
  { country, state: region, date }: BareDocument,
  { routes }: EnrichmentRules,
  kind: RouteKind,
  legalEntity: string | null,
): Outcome<Route> => findRoute(routes, { kind, country, region, legalEntity, date })

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
