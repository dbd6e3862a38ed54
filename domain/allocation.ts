import { checkTerms } from './allocation-terms.ts'
import { violationIf } from './failure.ts'
import { judge } from './judgement.ts'
import { sum } from './money.ts'
import { splitLargestRemainder } from './split.ts'
import type { Outcome } from './failure.ts'
import type { Judgement } from './judgement.ts'

/**
 * An obligation with its stand-alone selling price at the start of the contract (ASC 606-10-32-32 to 34, IFRS 15.77 to
 * 79): observed, because it is regularly sold by itself, or estimated. Minor units.
 */
export interface PricedObligation {
  readonly id: string
  readonly basis: 'OBSERVED' | 'ESTIMATED'
  readonly standalonePrice: bigint
}

/** An obligation whose price is highly variable or uncertain, so that what the others leave is its price. */
export interface ResidualObligation {
  readonly id: string
  readonly basis: 'RESIDUAL'
  /** The range in which it is sold, both ends included; minor units. */
  readonly from: bigint
  readonly to: bigint
  /** What another method estimates, for a residual that is out of range or shared; null for none. */
  readonly estimate: bigint | null
}

/** Obligations that are regularly sold together at a price of their own: evidence of where a discount belongs. */
export interface Bundle {
  readonly obligationIds: readonly string[]
  /** Minor units. */
  readonly price: bigint
}

/** What a contract promises, for how much, and what is known of prices. */
export interface AllocationTerms {
  /** Minor units. */
  readonly transactionPrice: bigint
  readonly obligations: readonly (PricedObligation | ResidualObligation)[]
  /** No two share an obligation: whoever sees several decides to which of them a discount belongs. */
  readonly bundles: readonly Bundle[]
}

export interface AllocationPolicy {
  /** By how much discounts may differ and be substantially the same, in percent of the bundles'. */
  readonly discountTolerancePercent: bigint
}

/** A transaction price over its obligations, in their order; the prices sum to it. */
export interface PriceAllocation {
  readonly method: 'RELATIVE' | 'BUNDLE_DISCOUNT' | 'RESIDUAL'
  readonly obligations: readonly { readonly id: string; readonly allocatedPrice: bigint }[]
  /** Why by this method and by no other. */
  readonly judgements: readonly Judgement[]
}

/** The standard has no number for "substantially the same"; this one is ours. */
const allocationPolicy: AllocationPolicy = { discountTolerancePercent: 5n }

/**
 * Allocates a transaction price (ASC 606-10-32-28 to 38, IFRS 15.73 to 83). In proportion to stand-alone selling
 * prices, by largest remainder; but a discount goes to the obligations of bundles alone where all criteria of 32-37
 * hold. An obligation without a price gets what the others leave after the discounts of bundles (32-34(c), 32-38);
 * where that is out of its range, its estimate counts as its price.
 */
export function allocate(
  terms: AllocationTerms,
  policy: AllocationPolicy = allocationPolicy,
): Outcome<PriceAllocation> {
  const violations = checkTerms(terms)
  if (violations.length > 0) return { violations }
  const { transactionPrice, obligations } = terms
  const priced = obligations.filter((it) => it.basis !== 'RESIDUAL')
  const bundles = terms.bundles.filter((bundle) => discountOf(bundle, priced) > 0n)
  if (priced.length < obligations.length) return allocateResidual(transactionPrice, obligations, bundles)
  return { value: allocateKnown(transactionPrice, priced, bundles, policy) }
}

/** Every price is known: the only question is to whom the discount belongs. */
function allocateKnown(
  transactionPrice: bigint,
  obligations: readonly PricedObligation[],
  bundles: readonly Bundle[],
  policy: AllocationPolicy,
): PriceAllocation {
  const judgements = judgeDiscount(transactionPrice, obligations, bundles, policy)
  const belongsToBundles = judgements.every(({ holds }) => holds)
  const prices = belongsToBundles
    ? discountBundles(transactionPrice, obligations, bundles)
    : splitByPrice(transactionPrice, obligations)
  return {
    method: belongsToBundles ? 'BUNDLE_DISCOUNT' : 'RELATIVE',
    obligations: withPrices(obligations, prices),
    judgements,
  }
}

/** Whether the whole discount belongs to some of the obligations alone: ASC 606-10-32-37, IFRS 15.82. */
function judgeDiscount(
  transactionPrice: bigint,
  obligations: readonly PricedObligation[],
  bundles: readonly Bundle[],
  { discountTolerancePercent }: AllocationPolicy,
): Judgement[] {
  const bundled = bundles.flatMap(({ obligationIds }) => obligationIds).length
  const discount = sum(obligations.map(({ standalonePrice }) => standalonePrice)) - transactionPrice
  const ofBundles = sum(bundles.map((bundle) => discountOf(bundle, obligations)))
  const difference = discount < ofBundles ? ofBundles - discount : discount - ofBundles
  const left = sum(bundles.map(({ price }) => price)) + ofBundles - discount
  return [
    judge(
      '606-10-32-37(a)',
      'Is each of the goods and services regularly sold by itself?',
      obligations.every(({ basis }) => basis === 'OBSERVED'),
    ),
    judge(
      '606-10-32-37(b)',
      'Are some of them, but not all, regularly sold together at a discount?',
      bundled > 0 && bundled < obligations.length,
    ),
    judge(
      '606-10-32-37(c)',
      'Is that discount substantially the discount of the contract?',
      discount > 0n && left >= 0n && difference * 100n <= ofBundles * discountTolerancePercent,
    ),
  ]
}

/** What is in no bundle keeps its price; bundles share the rest by their prices, each within by those of its parts. */
function discountBundles(
  transactionPrice: bigint,
  obligations: readonly PricedObligation[],
  bundles: readonly Bundle[],
): Map<string, bigint> {
  const single = outside(obligations, bundles)
  const left = transactionPrice - sum(single.map(({ standalonePrice }) => standalonePrice))
  const shares = splitLargestRemainder(
    left,
    bundles.map(({ price }) => price),
  )
  return new Map([
    ...single.map(({ id, standalonePrice }) => [id, standalonePrice] as const),
    ...bundles.flatMap((bundle, index) => [
      ...splitByPrice(shares[index] ?? 0n, inside(obligations, bundle)),
    ]),
  ])
}

/** What observable prices leave, with the bundles at theirs, belongs to those without one, if it is in their ranges. */
function allocateResidual(
  transactionPrice: bigint,
  obligations: AllocationTerms['obligations'],
  bundles: readonly Bundle[],
): Outcome<PriceAllocation> {
  const priced = obligations.filter((it) => it.basis !== 'RESIDUAL')
  const residual = obligations.filter((it) => it.basis === 'RESIDUAL')
  const observed =
    sum(outside(priced, bundles).map(({ standalonePrice }) => standalonePrice)) +
    sum(bundles.map(({ price }) => price))
  const left = transactionPrice - observed
  const shares = residual.length === 1 ? [left] : splitLargestRemainder(left, residual.map(estimateOf))
  const isInRange = residual.every(({ from, to }, index) => {
    const share = shares[index] ?? 0n
    return from <= share && share <= to
  })
  const judgements = [
    judge('606-10-32-34(c)', 'Is what observable prices leave within the range of prices?', isInRange),
  ]
  if (!isInRange) return allocateEstimated(transactionPrice, obligations, judgements)
  const prices = new Map([
    ...discountBundles(observed, priced, bundles),
    ...residual.map(({ id }, index) => [id, shares[index] ?? 0n] as const),
  ])
  return { value: { method: 'RESIDUAL', obligations: withPrices(obligations, prices), judgements } }
}

/** The residual is no faithful price: another method estimates it, and all share by relative prices (32-35). */
function allocateEstimated(
  transactionPrice: bigint,
  obligations: AllocationTerms['obligations'],
  judgements: readonly Judgement[],
): Outcome<PriceAllocation> {
  const violations = obligations.flatMap((it, index) =>
    violationIf(
      it.basis === 'RESIDUAL' && it.estimate === null,
      'RESIDUAL_OUT_OF_RANGE',
      `obligations.${index}.estimate`,
      'What the other prices leave is out of range: estimate the price by another method',
    ),
  )
  if (violations.length > 0) return { violations }
  const estimated = obligations.map((it): PricedObligation =>
    it.basis === 'RESIDUAL' ? { id: it.id, basis: 'ESTIMATED', standalonePrice: estimateOf(it) } : it,
  )
  const prices = splitByPrice(transactionPrice, estimated)
  return { value: { method: 'RELATIVE', obligations: withPrices(obligations, prices), judgements } }
}

function estimateOf({ estimate }: ResidualObligation): bigint {
  return estimate ?? 0n
}

function discountOf(bundle: Bundle, obligations: readonly PricedObligation[]): bigint {
  return sum(inside(obligations, bundle).map(({ standalonePrice }) => standalonePrice)) - bundle.price
}

function inside(obligations: readonly PricedObligation[], bundle: Bundle): PricedObligation[] {
  return obligations.filter(({ id }) => bundle.obligationIds.includes(id))
}

function outside(obligations: readonly PricedObligation[], bundles: readonly Bundle[]): PricedObligation[] {
  return obligations.filter(({ id }) => !bundles.some(({ obligationIds }) => obligationIds.includes(id)))
}

function splitByPrice(amount: bigint, obligations: readonly PricedObligation[]): Map<string, bigint> {
  const shares = splitLargestRemainder(
    amount,
    obligations.map(({ standalonePrice }) => standalonePrice),
  )
  return new Map(obligations.map(({ id }, index) => [id, shares[index] ?? 0n]))
}

function withPrices(
  obligations: readonly { readonly id: string }[],
  prices: ReadonlyMap<string, bigint>,
): PriceAllocation['obligations'] {
  return obligations.map(({ id }) => ({ id, allocatedPrice: prices.get(id) ?? 0n }))
}
