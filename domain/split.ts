import { RuleError } from './failure.ts'
import { sum } from './money.ts'
import { compareInteger } from './order.ts'
import { defaultRounding, rational, round } from './rational.ts'
import type { RoundingMode } from './rational.ts'

/** Weights must not be negative, and not all zero unless there is nothing to split. */
class SplitError extends RuleError<'WEIGHTS_INVALID'> {}

/** Splits one amount into one part a weight; the parts sum to the amount. Minor units; WEIGHTS_INVALID. */
export type Split = (amount: bigint, weights: readonly bigint[], mode?: RoundingMode) => bigint[]

/** Over lines: every part is cut to whole units, then what is left goes to the largest remainders, ties earlier. */
export function splitLargestRemainder(amount: bigint, weights: readonly bigint[]): bigint[] {
  if (amount < 0n) return splitLargestRemainder(-amount, weights).map((part) => -part)
  const total = totalWeight(amount, weights)
  const parts = weights.map((weight) => (amount * weight) / total)
  const left = Number(amount - sum(parts))
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (amount * weight) % total }))
    .toSorted((a, b) => compareInteger(b.remainder, a.remainder) || a.index - b.index)
  for (const { index } of byRemainder.slice(0, left)) parts[index] = (parts[index] ?? 0n) + 1n
  return parts
}

/** Over time: part k = round(share up to k) − round(share up to k−1), so that every prefix is right to half a unit. */
export function splitCumulative(
  amount: bigint,
  weights: readonly bigint[],
  mode: RoundingMode = defaultRounding,
): bigint[] {
  const total = totalWeight(amount, weights)
  let weightSoFar = 0n
  let amountSoFar = 0n
  return weights.map((weight) => {
    weightSoFar += weight
    const before = amountSoFar
    amountSoFar = round(rational(amount * weightSoFar, total), mode)
    return amountSoFar - before
  })
}

/** Every part but the last is rounded by itself, within what is left; the last one takes the rest. */
export function splitRemainderLast(
  amount: bigint,
  weights: readonly bigint[],
  mode: RoundingMode = defaultRounding,
): bigint[] {
  if (amount < 0n) return splitRemainderLast(-amount, weights, mode).map((part) => -part)
  const total = totalWeight(amount, weights)
  let left = amount
  return weights.map((weight, index) => {
    const share = round(rational(amount * weight, total), mode)
    const part = index === weights.length - 1 || share > left ? left : share
    left -= part
    return part
  })
}

/** What is published as the policy of a split, and its rule. */
export type SplitPolicy = 'CUMULATIVE' | 'REMAINDER_LAST' | 'LARGEST_REMAINDER'

export const splits: Readonly<Record<SplitPolicy, Split>> = {
  CUMULATIVE: splitCumulative,
  REMAINDER_LAST: splitRemainderLast,
  LARGEST_REMAINDER: splitLargestRemainder,
}

/** The divisor of all shares: 1 stands in where all weights are zero and so is the amount. */
function totalWeight(amount: bigint, weights: readonly bigint[]): bigint {
  const total = sum(weights)
  if (weights.some((weight) => weight < 0n) || (total === 0n && amount !== 0n)) {
    throw new SplitError('WEIGHTS_INVALID', `${amount} can't be split by the weights ${weights.join(', ')}`)
  }
  return total === 0n ? 1n : total
}
