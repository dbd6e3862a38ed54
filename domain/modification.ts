import { judge } from './judgement.ts'
import { effectOf } from './modification-effect.ts'
import { checkModification, hasRemainder } from './modification-terms.ts'
import { sum } from './money.ts'
import type { Outcome } from './failure.ts'
import type { Judgement } from './judgement.ts'
import type { Rational } from './rational.ts'

/** An obligation on the day on which its contract is modified. Minor units. */
export interface ModifiedObligation {
  readonly id: string
  /** Its part of the transaction price before the modification. */
  readonly allocatedPrice: bigint
  /** What it has earned until that day; stays, whatever is decided. */
  readonly recognized: bigint
  /** How much of all that it promises from now on was delivered, with what the modification adds to it: 0 to 1. */
  readonly completed: Rational
  /** What is still to be delivered would cost alone on that day; 0 where nothing is. */
  readonly remainingStandalonePrice: bigint
  /** Whether what is still to be delivered is distinct from what was delivered (606-10-25-18 to 22). */
  readonly isRemainderDistinct: boolean
  /** By how much the modification changes the price of what is still to be delivered. */
  readonly priceChange: bigint
  /** By how much it changes the price of what was delivered: a credit is negative. */
  readonly deliveredPriceChange: bigint
}

/** Goods or services that a modification adds. Minor units. */
export interface AddedObligation {
  readonly id: string
  readonly price: bigint
  /** Alone, on that day, less what is saved by selling to a customer who is one already (606-10-25-12(b)). */
  readonly standalonePrice: bigint
  readonly isDistinct: boolean
  /** The obligation that it becomes part of if it is not distinct; null for none. */
  readonly partOfId: string | null
}

export interface Modification {
  /** Whether it binds both parties: in writing, by word or by custom (606-10-25-10). */
  readonly isApproved: boolean
  readonly obligations: readonly ModifiedObligation[]
  readonly added: readonly AddedObligation[]
}

/** How a modification is accounted for: ASC 606-10-25-10 to 13, IFRS 15.18 to 21. */
export type Treatment = 'NOT_YET' | 'SEPARATE_CONTRACT' | 'PROSPECTIVE' | 'CUMULATIVE_CATCH_UP' | 'MIXED'

/** What becomes of one obligation: allocatedPrice = what was recognised before + now + later. Minor units. */
export interface ObligationEffect {
  readonly id: string
  readonly allocatedPrice: bigint
  readonly recognizedNow: bigint
  readonly recognizedLater: bigint
}

/** What a treatment comes to. The allocated prices sum to the modified transaction price under any of them. */
export interface ModificationEffect {
  readonly treatment: Treatment
  readonly recognizedNow: bigint
  readonly recognizedLater: bigint
  /** Those of the contract, then those added. Under SEPARATE_CONTRACT the added ones are a contract of their own. */
  readonly obligations: readonly ObligationEffect[]
}

/** The treatment that the standard demands, why, and what others would have come to. */
export interface ModificationDecision {
  readonly effect: ModificationEffect
  readonly judgements: readonly Judgement[]
  readonly alternatives: readonly ModificationEffect[]
}

/**
 * Decides how a modification is accounted for, by the tree of ASC 606-10-25-10 to 13 (IFRS 15.18 to 21): not before it
 * is approved; as a separate contract where it only adds distinct goods or services at their stand-alone prices;
 * otherwise prospectively for obligations whose remainder is distinct, as if the contract was ended and a new one made
 * of what was not earned, and by a cumulative catch-up for those whose remainder is not.
 */
export function decideModification(stated: Modification): Outcome<ModificationDecision> {
  const violations = checkModification(stated)
  if (violations.length > 0) return { violations }
  const modification = { ...stated, obligations: stated.obligations.map(joinedBy(stated.added)) }
  const tests = testModification(modification)
  const treatment = treatmentOf(tests)
  const others = (['PROSPECTIVE', 'CUMULATIVE_CATCH_UP'] as const).filter((other) => other !== treatment)
  return {
    value: {
      effect: effectOf(modification, treatment),
      judgements: Object.values(tests),
      alternatives: others.map((other) => effectOf(modification, other)),
    },
  }
}

/** What something that is not distinct becomes part of is not distinct either. */
function joinedBy(added: readonly AddedObligation[]): (obligation: ModifiedObligation) => ModifiedObligation {
  const joined = new Set(added.filter(({ isDistinct }) => !isDistinct).map(({ partOfId }) => partOfId))
  return (it) => ({ ...it, isRemainderDistinct: it.isRemainderDistinct && !joined.has(it.id) })
}

/** The questions of the tree, in the order in which they are asked. */
function testModification({ isApproved, obligations, added }: Modification) {
  const isRemainderDistinct = [
    ...obligations.filter(hasRemainder).map((it) => it.isRemainderDistinct),
    ...added.map(({ isDistinct }) => isDistinct),
  ]
  return {
    isApproved: judge('606-10-25-10', 'Have the parties approved it?', isApproved),
    addsDistinct: judge(
      '606-10-25-12(a)',
      'Does it add goods or services, all of them distinct?',
      added.length > 0 && added.every(({ isDistinct }) => isDistinct),
    ),
    addsTheirPrice: judge(
      '606-10-25-12(b)',
      'Does the price rise by their stand-alone prices, and nothing else change it?',
      sum(added.map(({ price }) => price)) === sum(added.map((it) => it.standalonePrice)) &&
        obligations.every(({ priceChange }) => priceChange === 0n),
    ),
    isDistinct: judge(
      '606-10-25-13(a)',
      'Is everything that is still to be delivered distinct from what was delivered?',
      isRemainderDistinct.every(Boolean),
    ),
    isPart: judge(
      '606-10-25-13(b)',
      'Is everything that is still to be delivered part of what was delivered in part?',
      !isRemainderDistinct.some(Boolean),
    ),
  } satisfies Record<string, Judgement>
}

function treatmentOf(tests: ReturnType<typeof testModification>): Treatment {
  const { isApproved, addsDistinct, addsTheirPrice, isDistinct, isPart } = tests
  if (!isApproved.holds) return 'NOT_YET'
  if (addsDistinct.holds && addsTheirPrice.holds) return 'SEPARATE_CONTRACT'
  if (isDistinct.holds) return 'PROSPECTIVE'
  return isPart.holds ? 'CUMULATIVE_CATCH_UP' : 'MIXED'
}
