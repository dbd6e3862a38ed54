import { violationIf } from './failure.ts'
import type { Violation } from './failure.ts'
import type { AddedObligation, Modification, ModifiedObligation } from './modification.ts'

/** What is wrong with a modification, by field; an empty list if its treatment can be decided. */
export function checkModification({ obligations, added }: Modification): Violation[] {
  const ids = [...obligations, ...added].map(({ id }) => id)
  return [
    ...violationIf(ids.length === 0, 'OBLIGATIONS_MISSING', 'obligations', 'Nothing is promised'),
    ...violationIf(
      new Set(ids).size < ids.length,
      'DUPLICATE_ID',
      'added',
      'Two obligations have the same id',
    ),
    ...obligations.flatMap((it, index) => checkObligation(it, `obligations.${index}`)),
    ...added.flatMap((it, index) => checkAdded(it, `added.${index}`, obligations)),
  ]
}

/** Whether something of an obligation is still to be delivered. */
export function hasRemainder({ completed }: Pick<ModifiedObligation, 'completed'>): boolean {
  return completed.numerator < completed.denominator
}

function checkObligation(obligation: ModifiedObligation, field: string): Violation[] {
  const { numerator, denominator } = obligation.completed
  return [
    ...violationIf(
      numerator < 0n || numerator > denominator,
      'PROGRESS_INVALID',
      `${field}.completed`,
      'Progress is between nothing and all',
    ),
    ...violationIf(
      hasRemainder(obligation) && obligation.remainingStandalonePrice <= 0n,
      'STANDALONE_PRICE_MISSING',
      `${field}.remainingStandalonePrice`,
      'What is still to be delivered has a price',
    ),
  ]
}

function checkAdded(
  { isDistinct, partOfId, price, standalonePrice }: AddedObligation,
  field: string,
  obligations: readonly ModifiedObligation[],
): Violation[] {
  const isKnown = obligations.some(({ id }) => id === partOfId)
  return [
    ...violationIf(price < 0n, 'AMOUNT_NEGATIVE', `${field}.price`, 'A price is not negative'),
    ...violationIf(
      standalonePrice <= 0n,
      'STANDALONE_PRICE_MISSING',
      `${field}.standalonePrice`,
      'What is added has a stand-alone price',
    ),
    ...violationIf(
      partOfId === null ? !isDistinct : !isKnown,
      'REFERENCE_MISSING',
      `${field}.partOfId`,
      'What is not distinct becomes part of an obligation of the contract',
    ),
  ]
}
