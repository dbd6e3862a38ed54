import { violationIf } from './failure.ts'
import { sum } from './money.ts'
import type { AllocationTerms, Bundle, PricedObligation, ResidualObligation } from './allocation.ts'
import type { Violation } from './failure.ts'

/** What is wrong with the terms of an allocation, by field; an empty list if the price can be allocated. */
export function checkTerms({ transactionPrice, obligations, bundles }: AllocationTerms): Violation[] {
  const ids = obligations.map(({ id }) => id)
  const isFree = sum(obligations.map(weightOf)) === 0n
  const residual = obligations.filter(({ basis }) => basis === 'RESIDUAL').length
  return [
    ...violationIf(transactionPrice < 0n, 'AMOUNT_NEGATIVE', 'transactionPrice', 'A price is not negative'),
    ...violationIf(ids.length === 0, 'OBLIGATIONS_MISSING', 'obligations', 'Nothing is promised'),
    ...violationIf(new Set(ids).size < ids.length, 'DUPLICATE_ID', 'obligations', 'Two have the same id'),
    ...violationIf(
      isFree && residual === 0 && transactionPrice > 0n,
      'STANDALONE_PRICE_MISSING',
      'obligations',
      'A price cannot be allocated to what has none',
    ),
    ...obligations.flatMap((it, index) => checkObligation(it, `obligations.${index}`, residual > 1)),
    ...checkBundles(
      bundles,
      new Set(obligations.filter(({ basis }) => basis !== 'RESIDUAL').map(({ id }) => id)),
    ),
  ]
}

function weightOf(obligation: PricedObligation | ResidualObligation): bigint {
  return obligation.basis === 'RESIDUAL' ? (obligation.estimate ?? 0n) : obligation.standalonePrice
}

function checkObligation(
  obligation: PricedObligation | ResidualObligation,
  field: string,
  isShared: boolean,
): Violation[] {
  if (obligation.basis !== 'RESIDUAL') {
    return violationIf(
      obligation.standalonePrice < 0n,
      'AMOUNT_NEGATIVE',
      `${field}.standalonePrice`,
      'A price is not negative',
    )
  }
  const { from, to, estimate } = obligation
  return [
    ...violationIf(from < 0n || to < from, 'RANGE_INVALID', `${field}.to`, 'The range of prices is reversed'),
    ...violationIf(
      estimate !== null && estimate <= 0n,
      'AMOUNT_NOT_POSITIVE',
      `${field}.estimate`,
      'An estimate is more than zero',
    ),
    ...violationIf(
      isShared && estimate === null,
      'ESTIMATE_MISSING',
      `${field}.estimate`,
      'Several without a price share the residual by their estimates',
    ),
  ]
}

function checkBundles(bundles: readonly Bundle[], priced: ReadonlySet<string>): Violation[] {
  const bundled = bundles.flatMap(({ obligationIds }) => obligationIds)
  return [
    ...violationIf(
      new Set(bundled).size < bundled.length,
      'BUNDLES_OVERLAP',
      'bundles',
      'To which bundle the discount belongs is not decided',
    ),
    ...bundles.flatMap(({ obligationIds, price }, index) => [
      ...violationIf(
        price <= 0n,
        'AMOUNT_NOT_POSITIVE',
        `bundles.${index}.price`,
        'A bundle is sold for more than zero',
      ),
      ...violationIf(
        !obligationIds.every((id) => priced.has(id)),
        'REFERENCE_MISSING',
        `bundles.${index}.obligationIds`,
        'A bundle is made of obligations with a price',
      ),
    ]),
  ]
}
