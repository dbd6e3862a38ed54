import type { ContractLine } from './crm.ts'
import type { Interval } from './entity.ts'

/** What a ramp sells from a day on: a quantity and a price of its own, for nothing in a free period. */
export interface RampStep {
  /** Id of the line that it becomes. */
  readonly id: string
  readonly start: Temporal.PlainDate
  readonly quantity: string
  /** Minor units per unit and interval; 0 in a free period. */
  readonly unitPrice: bigint
}

/**
 * The lines of a price that changes over the term as agreed from the start: one for each step, which ends where the
 * next one begins. So each is an item and an obligation of its own, and can be amended by itself. [Zuora: ramp deals]
 */
export function rampLines(
  product: { readonly productId: string; readonly interval: Interval; readonly end: Temporal.PlainDate },
  steps: readonly RampStep[],
): ContractLine[] {
  const { productId, interval, end } = product
  return steps.map(({ id, start, quantity, unitPrice }, index) => ({
    id,
    productId,
    quantity,
    unitPrice,
    interval,
    servicePeriod: { start, end: steps[index + 1]?.start ?? end },
  }))
}
