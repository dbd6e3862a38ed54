import type { Amended } from './amendment.ts'
import type { AskedAmendment } from './asked-amendment.ts'
import type { ContractFact, Customer } from './crm.ts'
import { type Violation, violationIf } from './failure.ts'

/** The customer that takes over what is left of a contract; null where it stays with its own. */
export function heirOf(
  { customerId }: Pick<ContractFact, 'customerId'>,
  { successor }: Amended,
): string | null {
  return successor === null || successor.customerId === customerId ? null : successor.customerId
}

/**
 * What keeps a customer from taking over a contract: there is none (REFERENCE_MISSING), or nothing is sold to it any
 * more, as it left or is another one now (STATUS_FORBIDS).
 */
export function checkHeir(
  heir: Pick<Customer, 'name' | 'status'> | null | undefined,
  { changes }: Pick<AskedAmendment, 'changes'>,
): Violation[] {
  const field = `changes.${changes.findIndex(({ kind }) => kind === 'TRANSFER')}.customerId`
  if (!heir) return violationIf(true, 'REFERENCE_MISSING', field, 'There is no such customer')
  const isGone = heir.status === 'INACTIVE' || heir.status === 'MERGED'
  return violationIf(isGone, 'STATUS_FORBIDS', field, `${heir.name} is no longer a customer`)
}
