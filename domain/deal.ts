import { firstChargeOn } from './adjustment.ts'
import { earlier } from './calendar.ts'
import { checkContract, defaultBilling, totalContractValue } from './contract.ts'
import { violationIf } from './failure.ts'
import { quotedInterval } from './quoted-price.ts'
import type { ProductFact } from './billing.ts'
import type { ContractFact, ContractLine, CustomerFact, OpportunityFact, QuoteFact } from './crm.ts'
import type { LegalEntityFact } from './erp.ts'
import type { Outcome, Violation } from './failure.ts'
import type { ListPrice } from './standalone-price.ts'

/** What CRM knows of a deal when it is closed. */
export interface Deal {
  readonly opportunity: OpportunityFact
  readonly quotes: readonly QuoteFact[]
  /** A contract that was drafted for it; null if none was. */
  readonly draft: ContractFact | null
  readonly customer: CustomerFact
  /** Our company in the customer's newest contract; null for a first one. */
  readonly lastLegalEntityId: string | null
}

/** What billing sells, and which companies we are. */
export interface Offering {
  readonly products: readonly Pick<ProductFact, 'id' | 'name' | 'active'>[]
  readonly prices: readonly ListPrice[]
  readonly legalEntities: readonly Pick<LegalEntityFact, 'id' | 'code' | 'country'>[]
}

/** How a deal is closed. */
export interface Closing {
  readonly closedOn: Temporal.PlainDate
  /** Full months of the term, from the closing on; 12 where it is not given. A drafted contract has its own. */
  readonly termMonths?: number
  /** Which of our companies sells, where a route says so; otherwise the one that did, or that of the country. */
  readonly legalEntityId?: string
}

/** A line of a contract that is to be signed; its id is given then, unless it was drafted. */
type SoldLine = Omit<ContractLine, 'id'> & { readonly id: string | null }

/** What a closed deal binds both sides to. */
export interface DealTerms extends Pick<
  ContractFact,
  'customerId' | 'legalEntityId' | 'currency' | 'startDate' | 'endDate' | 'billingAnchor' | 'autoRenew'
> {
  readonly opportunityId: string
  /** The draft that is signed; null where a contract is made for the deal. */
  readonly draftId: string | null
  /** What the number of a new contract begins with: `C-US`. */
  readonly series: string
  readonly signedOn: Temporal.PlainDate
  readonly lines: readonly SoldLine[]
  /** Minor units before tax. */
  readonly totalContractValue: bigint
}

const defaultTermMonths = 12
const maxTermMonths = 300
/** One-time work, such as setting up, is done in the first days of the term. */
const oneTimeServiceDays = 30

/**
 * The terms of a deal that was won: those of the contract that was drafted for it, otherwise of its quote, or all that
 * keeps it from being closed. LINES_MISSING where nothing was offered; nothing is made up.
 */
export function termsOfDeal(deal: Deal, offering: Offering, closing: Closing): Outcome<DealTerms> {
  const seller = sellerOf(deal, offering, closing)
  const offer = offerOf(deal, offering, closing)
  const violations = [...checkDeal(deal), ...(seller.violations ?? []), ...(offer.violations ?? [])]
  if (seller.value === undefined || offer.value === undefined || violations.length > 0) return { violations }
  const contract = contractOf(deal, seller.value, offer.value, closing)
  const wrong = checkContract({ ...contract, lines: numbered(contract.lines) })
  if (wrong.length > 0) return { violations: wrong.map((it) => ({ ...it, field: `quote.${it.field}` })) }
  const { id, customerId, legalEntityId, currency, startDate, endDate, billingAnchor, autoRenew, lines } =
    contract
  return {
    value: {
      opportunityId: deal.opportunity.id,
      draftId: deal.draft === null ? null : id,
      series: `C-${seller.value.code}`,
      customerId,
      legalEntityId,
      currency,
      signedOn: closing.closedOn,
      startDate,
      endDate,
      billingAnchor,
      autoRenew,
      lines,
      totalContractValue: totalContractValue({ ...contract, lines: numbered(lines) }),
    },
  }
}

/** The day on which a deal charges something for the first time; null where it charges nothing. */
export const firstChargeOfDeal = (terms: DealTerms): Temporal.PlainDate | null =>
  firstChargeOn({ ...terms, lines: numbered(terms.lines) }, defaultBilling)

/** What a deal is worth by its lines, minor units before tax. */
export const valueOfDeal = (terms: Omit<DealTerms, 'totalContractValue'>): bigint =>
  totalContractValue({ ...terms, lines: numbered(terms.lines) })

/** Lines with ids that stand in for those that they do not have yet. */
function numbered(lines: readonly SoldLine[]): ContractLine[] {
  return lines.map((line, index) => ({ ...line, id: line.id ?? String(index) }))
}

function checkDeal({ opportunity, customer }: Deal): Violation[] {
  return [
    ...violationIf(
      opportunity.stage !== 'OPEN',
      'STATUS_FORBIDS',
      'opportunityId',
      `The deal is ${opportunity.stage} already`,
    ),
    ...violationIf(
      customer.status === 'MERGED',
      'STATUS_FORBIDS',
      'customer',
      'The customer was merged into another one, which carries on',
    ),
  ]
}

type LegalEntity = Offering['legalEntities'][number]

/** The company that a route names, or that drafted or last signed a contract with the customer, or of its country. */
function sellerOf(deal: Deal, { legalEntities }: Offering, closing: Closing): Outcome<LegalEntity> {
  const named = closing.legalEntityId ?? deal.draft?.legalEntityId ?? deal.lastLegalEntityId
  const country = deal.customer.address?.country ?? null
  const candidates = legalEntities.filter((it) => (named === null ? it.country === country : it.id === named))
  const [seller, ...others] = candidates
  if (seller !== undefined && others.length === 0) return { value: seller }
  if (named !== null) return refusal('REFERENCE_MISSING', 'legalEntityId', `There is no company ${named}`)
  const where = country ?? 'a country that is not known'
  return seller === undefined
    ? refusal('ROUTE_MISSING', 'customer.address.country', `None of our companies sells in ${where}`)
    : refusal('RULES_AMBIGUOUS', 'customer.address.country', `Several of our companies sell in ${where}`)
}

/** What both sides agreed on, whichever document says it. */
type Offer = Pick<
  ContractFact,
  'currency' | 'startDate' | 'endDate' | 'billingAnchor' | 'autoRenew' | 'renewalOfId'
> & { readonly lines: readonly SoldLine[] }

function offerOf(deal: Deal, offering: Offering, closing: Closing): Outcome<Offer> {
  const { draft } = deal
  if (draft !== null && draft.lines.length > 0) return { value: draft }
  const quote = agreedQuote(deal)
  return quote.value === undefined ? quote : quotedOffer(deal, quote.value, offering, closing)
}

/** The quote that the customer accepted, otherwise the only one that was presented. */
function agreedQuote({ quotes }: Deal): Outcome<QuoteFact> {
  const accepted = quotes.filter(({ status }) => status === 'ACCEPTED')
  const presented = quotes.filter(({ status }) => status === 'PRESENTED')
  const [quote, ...others] = accepted.length > 0 ? accepted : presented
  if (quote === undefined || (others.length === 0 && quote.lines.length === 0)) {
    return refusal('LINES_MISSING', 'quote', 'A deal is closed on a quote with lines: present one first')
  }
  if (others.length === 0) return { value: quote }
  const numbers = [quote, ...others].map(({ number }) => number).join(', ')
  return refusal('QUOTE_AMBIGUOUS', 'quote', `Which was agreed on: ${numbers}?`)
}

function quotedOffer(
  { opportunity }: Deal,
  { currency, lines: quoted }: QuoteFact,
  offering: Offering,
  { closedOn: startDate, termMonths = defaultTermMonths }: Closing,
): Outcome<Offer> {
  const endDate = startDate.add({ months: termMonths })
  const term = { start: startDate, end: endDate }
  const setUp = { start: startDate, end: earlier(startDate.add({ days: oneTimeServiceDays }), endDate) }
  const priced = quoted.map((line, index) => {
    const field = `quote.lines.${index}`
    const unknown = checkProduct(line.productId, offering, `${field}.productId`)
    if (unknown.length > 0) return { violations: unknown }
    return quotedInterval(line, currency, offering.prices, `${field}.unitPrice`)
  })
  const violations = [
    ...violationIf(
      currency !== opportunity.currency,
      'CURRENCY_MISMATCH',
      'quote.currency',
      `The deal is in ${opportunity.currency}`,
    ),
    ...violationIf(termMonths < 1, 'DATE_ORDER', 'termMonths', 'A term has a month or more'),
    ...violationIf(termMonths > maxTermMonths, 'TERM_TOO_LONG', 'termMonths', 'A term of more than 25 years'),
    ...priced.flatMap((it) => it.violations ?? []),
  ]
  if (violations.length > 0) return { violations }
  const lines = quoted.map(({ productId, quantity, unitPrice }, index): SoldLine => {
    const interval = priced[index]?.value ?? null
    const servicePeriod = interval === null ? setUp : term
    return { id: null, productId, quantity, unitPrice, interval, servicePeriod }
  })
  return {
    value: { currency, startDate, endDate, billingAnchor: null, autoRenew: true, renewalOfId: null, lines },
  }
}

/** Billing has to know what is sold: what it does not, nobody could bill or post. */
export function checkProduct(
  productId: string,
  { products }: Pick<Offering, 'products'>,
  field: string,
): Violation[] {
  const product = products.find(({ id }) => id === productId)
  return [
    ...violationIf(product === undefined, 'MAPPING_MISSING', field, 'Billing does not know the product'),
    ...violationIf(product?.active === false, 'STATUS_FORBIDS', field, 'The product is not sold any more'),
  ]
}

type SoldContract = Omit<ContractFact, 'lines'> & Pick<Offer, 'lines'>

function contractOf(
  { opportunity, customer, draft }: Deal,
  seller: LegalEntity,
  offer: Offer,
  { closedOn }: Closing,
): SoldContract {
  return {
    ...offer,
    id: draft?.id ?? 'new',
    externalRefs: [],
    number: draft?.number ?? 'new',
    customerId: customer.id,
    opportunityId: opportunity.id,
    legalEntityId: seller.id,
    status: 'SIGNED',
    signedOn: closedOn,
    suspension: null,
  }
}

function refusal(code: Violation['code'], field: string, message: string): Outcome<never> {
  return { violations: [{ code, field, message }] }
}
