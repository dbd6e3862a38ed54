import type { Outcome, Violation } from '#domain/failure.ts'
import { money, MoneyError, parseAmount } from '#domain/money.ts'
import { found } from '#platform/graphql.ts'
import type {
  EnrichDocumentInput,
  PriceLookupInput,
  QuoteTaxInput,
  Resolvers,
  TaxableLineInput,
} from '#schema/operations.generated.ts'
import type { Context } from '../loaders.ts'
import { userErrors } from '../models/resolvers.ts'
import type { TaxRequestLine } from './services.ts'

/** Most lines of a document that is taxed or enriched. */
const MAX_LINES = 200

/** The queries of the services. */
export const serviceQueries: NonNullable<Resolvers['Query']> = {
  validateAccount: async (_, { customerId, date }, { services, today }) =>
    found(await services.validateAccount(customerId, date ?? today), 'customer', customerId),
  priceLookup: (_, { input }, context) => priceLookup(context, input),
  quoteTax: (_, { input }, context) => quoteTax(context, input),
  enrichDocument: (_, { input }, context) => enrichDocument(context, input),
  checkProduct: async (_, { id }, { services, today }) => {
    const violations = found(await services.checkProduct(id, today), 'product', id)
    return { product: { id }, isPublishable: violations.length === 0, userErrors: userErrors(violations) }
  },
}

/** What the types of the services show. */
export const serviceResolvers: Pick<Resolvers, 'AccountValidation'> = {
  AccountValidation: { customer: ({ customer: { id } }) => ({ id }) },
}

async function priceLookup({ services }: Context, input: PriceLookupInput) {
  const { productId, currency, interval, quantity, isMetered } = input
  const { value, violations } = await services.lookUpPrice({
    productId,
    currency,
    interval: interval ?? null,
    quantity: quantity ?? '1',
    usage: isMetered === true ? 'METERED' : 'LICENSED',
  })
  if (violations) return { price: null, amount: null, rule: null, userErrors: userErrors(violations) }
  const { price, amount, rule } = value
  return { price: { id: price.id }, amount: money(amount, currency), rule, userErrors: [] }
}

async function quoteTax({ services, today }: Context, input: QuoteTaxInput) {
  const { customerId, place, legalEntityId, date, currency } = input
  const lines = taxableLines(input.lines, currency)
  const quote = lines.violations
    ? lines
    : await services.quoteTax({
        customerId: customerId ?? null,
        place: place
          ? { country: place.country, region: place.region ?? null, city: place.city ?? null }
          : null,
        legalEntityId: legalEntityId ?? null,
        date: date ?? today,
        lines: lines.value,
      })
  const nothing = { provider: null, isFallback: false, route: null, tax: null, taxes: [], exemptions: [] }
  if (quote.violations) return { ...nothing, userErrors: userErrors(quote.violations) }
  const { provider, isFallback, route, tax, taxes, exemptions } = quote.value
  return {
    provider,
    isFallback,
    route,
    tax: money(tax, currency),
    taxes: taxes.map((each) => ({
      ...each,
      taxable: money(each.taxable, currency),
      amount: money(each.amount, currency),
    })),
    exemptions,
    userErrors: [],
  }
}

/** Lines in minor units, or everything that is wrong with their amounts and number. */
function taxableLines(lines: readonly TaxableLineInput[], currency: string): Outcome<TaxRequestLine[]> {
  const tooMany = checkCount(lines.length, 'lines')
  if (tooMany.length > 0) return { violations: tooMany }
  const read = lines.map(({ productId, taxCode, net }, index): Outcome<TaxRequestLine> => {
    try {
      return {
        value: { productId: productId ?? null, taxCode: taxCode ?? null, net: parseAmount(net, currency) },
      }
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error
      return { violations: [{ code: error.code, field: `lines.${index}.net`, message: error.message }] }
    }
  })
  const violations = read.flatMap((line) => line.violations ?? [])
  return violations.length > 0 ? { violations } : { value: read.flatMap(({ value }) => value ?? []) }
}

const checkCount = (count: number, field: string): Violation[] =>
  count <= MAX_LINES ? [] : [{ code: 'TOO_MANY', field, message: `At most ${MAX_LINES}` }]

async function enrichDocument(
  { services, today }: Context,
  { customerId, date, productIds }: EnrichDocumentInput,
) {
  const tooMany = checkCount(productIds.length, 'productIds')
  const { value, violations } =
    tooMany.length > 0
      ? { violations: tooMany }
      : await services.enrich({ customerId, date: date ?? today, productIds })
  if (!value) return { ...NOTHING_ADDED, userErrors: userErrors(violations) }
  const lines = value.lines.map(({ productId: id, ...line }) => ({ ...line, product: { id } }))
  return { ...value, lines, userErrors: [] }
}

const NOTHING_ADDED = {
  legalEntity: null,
  currency: null,
  taxProvider: null,
  paymentProcessor: null,
  lines: [],
}
