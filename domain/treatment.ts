import { compare, parseDecimal, zero } from './rational.ts'
import type { AppliedModification, ContractPlan } from './contract-plan.ts'
import type { Treatment } from './modification.ts'

/** How a change of a contract is accounted for, so that a person can follow it. */
export interface TreatmentAdvice {
  /** `REPLANNED` where the past of the contract is not what was planned, `NONE` where nothing is earned otherwise. */
  readonly kind: Treatment | 'REPLANNED' | 'NONE'
  readonly reasons: readonly string[]
  /** Null where no modification was decided. */
  readonly modification: AppliedModification | null
}

/**
 * The treatment that led from one plan to the next (ASC 606-10-25-10 to 13): each question of the standard with its
 * answer, and where a price of the contract stands in for one that the catalogue does not have.
 */
export function adviceOf(before: ContractPlan, after: ContractPlan, isContinued: boolean): TreatmentAdvice {
  const modification = after.modifications[before.modifications.length] ?? null
  if (modification !== null) {
    const answers = modification.judgements.map(
      ({ paragraph, question, holds }) => `${question} ${holds ? 'Yes' : 'No'} (${paragraph})`,
    )
    return { kind: modification.effect.treatment, reasons: [...answers, ...estimatesOf(after)], modification }
  }
  if (after !== before) {
    const reason = 'What was sold in the past is changed as well, so that the contract is planned afresh'
    return { kind: 'REPLANNED', reasons: [reason, ...estimatesOf(after)], modification: null }
  }
  return isContinued
    ? {
        kind: 'SEPARATE_CONTRACT',
        reasons: ['What is agreed for later is a contract of its own (606-10-25-12)'],
        modification: null,
      }
    : { kind: 'NONE', reasons: ['Nothing is earned otherwise than before'], modification: null }
}

/** What is not delivered any more needs no price. */
function estimatesOf({ obligations }: ContractPlan): string[] {
  return obligations.flatMap(({ basis, line }, index) =>
    basis === 'ESTIMATED' && compare(parseDecimal(line.quantity), zero) > 0
      ? [
          `The catalogue has no single price for line ${index + 1}, from ${line.servicePeriod.start.toString()}: ` +
            'its price in the contract stands in for its stand-alone price (606-10-32-33)',
        ]
      : [],
  )
}
