import type { Outcome } from '#domain/failure.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { recordFacts } from '#platform/facts.ts'
import { restate } from '#platform/own-facts.ts'
import { product } from '../record.ts'
import { refused } from './refusals.ts'

/** A product that is to be sold. */
interface Publication {
  readonly productId: string
}

/** Puts a product on sale; one that is stays so. REFERENCE_MISSING where it is not known. */
export function publishProduct(
  db: Database,
  effect: Effect,
  input: Publication,
): Promise<Outcome<Publication>> {
  return applyOnce<Publication>(db, effect, { operation: 'publishProduct', input }, async (unit) => {
    const { productId } = input
    const before = (await unit.lock(product, [productId])).get(productId)
    if (before === undefined) return refused('REFERENCE_MISSING', 'productId', 'There is no such product')
    if (!before.active) await recordFacts(unit, product, [restate('product', before, { active: true })])
    return { value: { productId } }
  })
}
