import { violationIf } from './failure.ts'
import { measureAnew } from './modification-effect.ts'
import { sum } from './money.ts'
import { splitLargestRemainder } from './split.ts'
import type { Outcome, Violation } from './failure.ts'
import type { ModifiedObligation, ObligationEffect } from './modification.ts'

/** An obligation while the price of its contract turns out another: minor units. */
export type RepricedObligation = Pick<
  ModifiedObligation,
  'id' | 'allocatedPrice' | 'recognized' | 'completed'
> & {
  /** At the start of the contract, whatever it has become since (ASC 606-10-32-43, IFRS 15.88). */
  readonly standalonePrice: bigint
}

/**
 * Allocates a change of the transaction price without a modification, such as a bonus that becomes likely or a rebate
 * that is earned (ASC 606-10-32-42 to 45, IFRS 15.87 to 90): to the obligations given, on the basis of the start of the
 * contract. What was delivered already is recognised, or taken back, at once. A change that relates to some
 * obligations alone (32-40, 32-44) is shared by those alone: give no others.
 */
export function allocatePriceChange(
  change: bigint,
  obligations: readonly RepricedObligation[],
): Outcome<ObligationEffect[]> {
  const violations = checkRepriced(obligations)
  if (violations.length > 0) return { violations }
  const shares = splitLargestRemainder(
    change,
    obligations.map(({ standalonePrice }) => standalonePrice),
  )
  return { value: obligations.map((it, index) => measureAnew(it, shares[index] ?? 0n)) }
}

function checkRepriced(obligations: readonly RepricedObligation[]): Violation[] {
  const prices = obligations.map(({ standalonePrice }) => standalonePrice)
  return [
    ...violationIf(obligations.length === 0, 'OBLIGATIONS_MISSING', 'obligations', 'Nothing is promised'),
    ...violationIf(
      obligations.length > 0 && sum(prices) === 0n,
      'STANDALONE_PRICE_MISSING',
      'obligations',
      'A change cannot be allocated to what has no price',
    ),
    ...obligations.flatMap(({ completed: { numerator, denominator }, standalonePrice }, index) => [
      ...violationIf(
        numerator < 0n || numerator > denominator,
        'PROGRESS_INVALID',
        `obligations.${index}.completed`,
        'Progress is between nothing and all',
      ),
      ...violationIf(
        standalonePrice < 0n,
        'AMOUNT_NEGATIVE',
        `obligations.${index}.standalonePrice`,
        'A price is not negative',
      ),
    ]),
  ]
}
