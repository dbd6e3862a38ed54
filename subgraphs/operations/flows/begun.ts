import type { Fact } from '#domain/entity.ts'
import { type Violation, violationIf } from '#domain/failure.ts'
import { makerOf } from '#platform/own-facts.ts'
import type { Systems } from './systems.ts'

/**
 * CONTRACT_BUSY where the deal, or the amendment, that made a contract or its subscription is held up before it has
 * issued its documents: it bills the contract from its first day, as it was agreed on.
 */
export async function checkBegun(
  { isToIssue }: Systems,
  ...made: readonly (Pick<Fact, 'externalRefs'> | null)[]
): Promise<Violation[]> {
  const makers = new Set(made.flatMap((one) => (one && makerOf(one)) ?? []))
  const held = await Promise.all([...makers].map(isToIssue))
  const message = 'What began the contract has still to bill it'
  return violationIf(held.includes(true), 'CONTRACT_BUSY', 'contractId', message)
}
