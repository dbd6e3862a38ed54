/** What happened to deferred revenue in one currency during a period; minor units. */
export interface DeferredMovement {
  /** Deferred by invoices. */
  readonly billed: bigint
  /** Earned by delivery: taken off. */
  readonly recognized: bigint
  /** All else: credit notes, cancelled invoices, what a close sets apart as unbilled. Negative where it takes off. */
  readonly adjusted: bigint
}

/** A period of a roll-forward: `opening + billed − recognized + adjusted = closing`. */
export interface RolledPeriod extends DeferredMovement {
  readonly opening: bigint
  readonly closing: bigint
}

const STANDING_STILL: DeferredMovement = { billed: 0n, recognized: 0n, adjusted: 0n }

/**
 * Deferred revenue from period to period: each opens with what the one before closed with (ASC 606-10-50-8, the change
 * in contract liabilities). A period without a movement stands still.
 */
export function rollForward(
  opening: bigint,
  movements: readonly (DeferredMovement | undefined)[],
): RolledPeriod[] {
  let balance = opening
  return movements.map((movement = STANDING_STILL) => {
    const before = balance
    balance = before + changeOf(movement)
    return { opening: before, ...movement, closing: balance }
  })
}

/** What movements change the balance by. */
export function changeOf({ billed, recognized, adjusted }: DeferredMovement): bigint {
  return billed - recognized + adjusted
}
