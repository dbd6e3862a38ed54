/** The synchronous services that flows and clients share: each answers by a rule that it names, or refuses. */
import { checkAccount, type AccountFinding } from '#domain/account-check.ts'
import type { Customer } from '#domain/crm.ts'
import { enrichDocument, type EnrichedDocument } from '#domain/enrichment.ts'
import type { LegalEntity } from '#domain/erp.ts'
import type { Outcome, Violation } from '#domain/failure.ts'
import { findPrice, type FoundPrice, type PriceQuestion } from '#domain/price-lookup.ts'
import { checkPublication } from '#domain/publication.ts'
import type { PickedModel } from '#domain/pick-model.ts'
import { findRoute } from '#domain/route.ts'
import { rulesFor, type TaxPlace } from '#domain/tax-rules.ts'
import type { Route } from '#domain/workflow-model.ts'
import { checkLimits, type LimitedDeal } from './limits.ts'
import type { ServiceSources } from './sources.ts'
import { askProviders, type ProvidedQuote, type TaxProviders } from './tax-provider.ts'
import type { TaxRules } from './tax-file.ts'

/** What services rest on. */
export interface ServiceSetup {
  readonly sources: ServiceSources
  /** The model that holds for one of our companies, or for what belongs to none yet. */
  readonly modelOf: (legalEntity: Pick<LegalEntity, 'id' | 'code'> | null) => Promise<Outcome<PickedModel>>
  readonly taxes: TaxRules
  readonly taxProviders: TaxProviders
}

/** What was found of an account. */
export interface AccountAnswer {
  readonly customer: Customer
  readonly isValid: boolean
  readonly legalEntityCode: string | null
  readonly findings: readonly AccountFinding[]
}

/** What is to be taxed: for a customer or for a place, with lines by product or by tax code. */
interface TaxRequest {
  readonly customerId: string | null
  readonly place: TaxPlace | null
  /** Null for the company to which the route leads. */
  readonly legalEntityId: string | null
  readonly date: Temporal.PlainDate
  readonly lines: readonly TaxRequestLine[]
}

/** A line by its product, or by its tax code; minor units before tax. */
export interface TaxRequestLine {
  readonly productId: string | null
  readonly taxCode: string | null
  readonly net: bigint
}

/** A quote with the route that led to who gave it. */
export interface RoutedQuote extends ProvidedQuote {
  readonly route: string
}

/** The services, for flows and resolvers alike. */
export interface Services {
  /** Whether a customer can be sold to; null where CRM does not know the customer. */
  readonly validateAccount: (customerId: string, date: Temporal.PlainDate) => Promise<AccountAnswer | null>
  /** Code of our company that sells where a customer is; null where no route says. Nothing of ERP is asked for. */
  readonly routeCustomer: (customerId: string, date: Temporal.PlainDate) => Promise<string | null>
  /** The list price of a product. */
  readonly lookUpPrice: (
    question: Omit<PriceQuestion, 'product'> & { readonly productId: string },
  ) => Promise<Outcome<FoundPrice>>
  /** The tax on what is sold. */
  readonly quoteTax: (request: TaxRequest) => Promise<Outcome<RoutedQuote>>
  /** A document with entity, currency, tax codes and accounts. */
  readonly enrich: (document: {
    readonly customerId: string
    readonly date: Temporal.PlainDate
    readonly productIds: readonly string[]
  }) => Promise<Outcome<EnrichedDocument>>
  /** The limits of its workflow model that a deal exceeds: OUTGROWN for each. */
  readonly checkLimits: (deal: LimitedDeal) => Promise<readonly Violation[]>
  /** What a product lacks to be sold; null where billing does not know it. */
  readonly checkProduct: (productId: string, date: Temporal.PlainDate) => Promise<readonly Violation[] | null>
}

/** Makes the services. */
export const createServices = (setup: ServiceSetup): Services => ({
  validateAccount: (customerId, date) => validateAccount(setup, customerId, date),
  routeCustomer: async (customerId, date) => {
    const [customer, common] = await Promise.all([setup.sources.customer(customerId), setup.modelOf(null)])
    const place = customer && placeOf(customer)
    return (place && sellerAt(common.value?.model.routes, place, date)?.to) ?? null
  },
  lookUpPrice: (question) => lookUpPrice(setup, question),
  quoteTax: (request) => quoteTax(setup, request),
  enrich: (document) => enrich(setup, document),
  checkLimits: (deal) => checkLimits(setup, deal),
  checkProduct: (productId, date) => checkProduct(setup, productId, date),
})

const missing = (field: string, message: string): { readonly violations: readonly Violation[] } => ({
  violations: [{ code: 'REFERENCE_MISSING', field, message }],
})

async function validateAccount(
  { sources, modelOf, taxes }: ServiceSetup,
  customerId: string,
  date: Temporal.PlainDate,
): Promise<AccountAnswer | null> {
  const [customer, creditProfile, { value: common }] = await Promise.all([
    sources.customer(customerId),
    sources.creditProfile(customerId),
    modelOf(null),
  ])
  if (customer === null) return null
  const place = placeOf(customer)
  const seller = place ? sellerAt(common?.model.routes, place, date) : undefined
  const taxed = place && seller ? rulesFor(taxes.rules, { ...place, seller: seller.to, date }, null) : []
  const findings = checkAccount({
    customer,
    creditProfile,
    needsTaxId: taxed.some(({ needsTaxId }) => needsTaxId),
    isRouted: seller !== undefined,
  })
  return {
    customer,
    isValid: findings.every(({ severity }) => severity !== 'ERROR'),
    legalEntityCode: seller?.to ?? null,
    findings,
  }
}

/** The route from a place to the company that sells there. */
const sellerAt = (
  routes: readonly Route[] = [],
  place: TaxPlace,
  date: Temporal.PlainDate,
): Route | undefined => findRoute(routes, { ...place, kind: 'LEGAL_ENTITY', legalEntity: null, date }).value

async function lookUpPrice(
  { sources }: ServiceSetup,
  { productId, ...question }: Parameters<Services['lookUpPrice']>[0],
): Promise<Outcome<FoundPrice>> {
  const [[product], prices] = await Promise.all([sources.products([productId]), sources.pricesOf(productId)])
  if (product === undefined) return missing('productId', `There is no product ${productId}`)
  return findPrice(prices, { ...question, product })
}

async function quoteTax(setup: ServiceSetup, request: TaxRequest): Promise<Outcome<RoutedQuote>> {
  const place = await placeOfRequest(setup, request)
  if (place.violations) return place
  const route = await taxRouteOf(setup, place.value, request)
  if (route.violations) return route
  const lines = await taxCodesOf(setup, request.lines)
  if (lines.violations) return lines
  const { tax, seller } = route.value
  const question = { ...place.value, seller, date: request.date, lines: lines.value }
  const quote = await askProviders(setup.taxProviders, tax, question)
  return quote.violations ? quote : { value: { ...quote.value, route: tax.name } }
}

/** The company that sells, and its tax route from the place. */
async function taxRouteOf(
  setup: ServiceSetup,
  place: TaxPlace,
  { legalEntityId, date }: TaxRequest,
): Promise<Outcome<{ readonly tax: Route; readonly seller: string }>> {
  const seller = await sellerOf(setup, place, legalEntityId, date)
  if (seller.violations) return seller
  const { code } = seller.value
  const own = await setup.modelOf(seller.value)
  if (own.violations) return own
  const tax = findRoute(own.value.model.routes, { ...place, kind: 'TAX', legalEntity: code, date })
  return tax.violations ? tax : { value: { tax: tax.value, seller: code } }
}

/** The company that is named, or that to which the route from the place leads. */
export async function sellerOf(
  { sources, modelOf }: Pick<ServiceSetup, 'sources' | 'modelOf'>,
  { country, region }: Pick<TaxPlace, 'country' | 'region'>,
  legalEntityId: string | null,
  date: Temporal.PlainDate,
): Promise<Outcome<LegalEntity>> {
  const [entities, common] = await Promise.all([sources.legalEntities(), modelOf(null)])
  if (common.violations) return common
  const question = { kind: 'LEGAL_ENTITY', country, region, legalEntity: null, date } as const
  const route = legalEntityId === null ? findRoute(common.value.model.routes, question) : null
  if (route?.violations) return route
  const entity = entities.find(({ id, code }) => (route ? code === route.value.to : id === legalEntityId))
  return entity ? { value: entity } : missing('legalEntityId', 'There is no such company of ours')
}

async function placeOfRequest(
  { sources }: ServiceSetup,
  { customerId, place }: TaxRequest,
): Promise<Outcome<TaxPlace>> {
  if (place !== null) return { value: place }
  const customer = customerId === null ? null : await sources.customer(customerId)
  if (customer === null) return missing('customerId', 'There is no such customer')
  const known = placeOf(customer)
  return known ? { value: known } : missing('customerId', `${customer.name} has no country in its address`)
}

async function taxCodesOf(
  { sources }: ServiceSetup,
  lines: readonly TaxRequestLine[],
): Promise<Outcome<{ readonly taxCode: string; readonly net: bigint }[]>> {
  const products = new Map(
    (await sources.products(lines.flatMap(({ productId }) => productId ?? []))).map((it) => [it.id, it]),
  )
  const coded = lines.map(({ productId, taxCode, net }, index): Outcome<{ taxCode: string; net: bigint }> => {
    const product = productId === null ? undefined : products.get(productId)
    const field = `lines.${index}`
    if (productId !== null && product === undefined) return missing(field, `There is no product ${productId}`)
    const code = taxCode ?? product?.taxCode
    if (code) return { value: { taxCode: code, net } }
    const message = `${product?.sku ?? 'A line without a product'} has no tax code`
    return { violations: [{ code: 'TAX_CODE_MISSING', field, message }] }
  })
  const violations = coded.flatMap((line) => line.violations ?? [])
  return violations.length > 0 ? { violations } : { value: coded.flatMap(({ value }) => value ?? []) }
}

async function enrich(
  { sources, modelOf }: ServiceSetup,
  { customerId, date, productIds }: Parameters<Services['enrich']>[0],
): Promise<Outcome<EnrichedDocument>> {
  const [customer, legalEntities, products, accountRules, common] = await Promise.all([
    sources.customer(customerId),
    sources.legalEntities(),
    sources.products(productIds),
    sources.accountRules(),
    modelOf(null),
  ])
  if (common.violations) return common
  const place = customer && placeOf(customer)
  if (!place) return missing('customerId', 'There is no such customer, or none with a country in its address')
  const { country, region: state } = place
  const bare = {
    country,
    state,
    region: customer.region,
    date,
    purpose: 'INVOICE_ISSUED' as const,
    productIds,
  }
  return enrichDocument(bare, { routes: common.value.model.routes, legalEntities, products, accountRules })
}

async function checkProduct(
  { sources, taxes }: ServiceSetup,
  productId: string,
  date: Temporal.PlainDate,
): Promise<readonly Violation[] | null> {
  const [[product], prices, legalEntities, accountRules] = await Promise.all([
    sources.products([productId]),
    sources.pricesOf(productId),
    sources.legalEntities(),
    sources.accountRules(),
  ])
  if (product === undefined) return null
  return checkPublication(product, { legalEntities, accountRules, prices, taxCodes: taxes.taxCodes, date })
}

/** Where a customer is billed; null without a country. */
function placeOf({ address }: Customer): TaxPlace | null {
  if (!address || address.country === null) return null
  return { country: address.country, region: address.region, city: address.city }
}
