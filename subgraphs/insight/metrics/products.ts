/** Recognised revenue by product. */
import { compareText } from '#domain/order.ts'
import { type RateOn, translateSteps } from '#domain/translation.ts'
import type { ProductSum } from '../products-store.ts'
import type { Scope } from './arguments.ts'
import { dating } from './figures.ts'

/** What was earned with a product; minor units of the reporting currency. */
export interface ProductRevenue {
  /** Null for what is of no product that is known. */
  readonly productId: string | null
  readonly amount: bigint
}

/** The products of a group in a period, by id: they add up to its recognised revenue. Throws RateMissing. */
export function productsOf(
  scope: Scope,
  period: number,
  sums: readonly ProductSum[],
  rateOn: RateOn,
): ProductRevenue[] {
  const dated = dating(scope)
  const byProduct = Map.groupBy(
    sums.filter((row) => row.period === period),
    ({ product }) => product,
  )
  const products = [...byProduct].toSorted(([a], [b]) => compareText(a ?? '', b ?? ''))
  const steps = products.map(([, own]) => dated(own, period))
  const amounts = translateSteps(steps, { ...scope, kind: 'FLOW' }, scope.reportingCurrency, rateOn)
  return products.map(([productId], place) => ({ productId, amount: amounts[place] ?? 0n }))
}
