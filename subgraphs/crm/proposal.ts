import { amend } from '#domain/amend.ts'
import type { Amended, AmendmentRequest } from '#domain/amendment.ts'
import { asAsked, type AskedAmendment, kindOf, readAmendment } from '#domain/asked-amendment.ts'
import type { ContractTerms } from '#domain/contract-plan.ts'
import type { AmendmentKind, Contract, ContractFact } from '#domain/crm.ts'
import { type Outcome, violationIf } from '#domain/failure.ts'
import { sum } from '#domain/money.ts'
import type { ProposedAmendment } from '#domain/proposed-amendment.ts'
import { checkHeir, heirOf } from '#domain/takeover.ts'
import type { Queryable } from '#platform/database.ts'
import { type Proposal, writeProposal } from '#platform/proposal.ts'
import { readRows } from '#platform/table.ts'
import { contracts, customers } from './store.ts'

/** Most changes of one amendment. */
export const MAX_CHANGES = 50

/**
 * Proposes an amendment of a contract of which everything that fell due before a day is billed: the same that is
 * previewed to a client. Refused with all that is wrong with it; REFERENCE_MISSING for an unknown contract, TOO_MANY.
 */
export async function proposeAmendment(
  db: Queryable,
  input: AskedAmendment,
  billedUntil: Temporal.PlainDate,
): Promise<Outcome<ProposedAmendment>> {
  const [contract] = await readRows(db, contracts, [input.contractId])
  const violations = [
    ...violationIf(contract === undefined, 'REFERENCE_MISSING', 'contractId', 'There is no such contract'),
    ...violationIf(
      input.changes.length > MAX_CHANGES,
      'TOO_MANY',
      'changes',
      `An amendment makes at most ${MAX_CHANGES} changes`,
    ),
  ]
  if (contract === undefined || violations.length > 0) return { violations }
  const asked = readAmendment(contract, input)
  const amended = amend(contract, asked, { billedUntil })
  if (amended.violations !== undefined) return { violations: amended.violations.map(asAsked) }
  const heirId = heirOf(contract, amended.value)
  const refused = heirId === null ? [] : checkHeir((await readRows(db, customers, [heirId]))[0], input)
  if (refused.length > 0) return { violations: refused }
  return { value: proposed(contract, amended.value, asked, kindOf(input)) }
}

function proposed(
  contract: Contract,
  amended: Amended,
  asked: AmendmentRequest,
  kind: AmendmentKind,
): ProposedAmendment {
  const { id: contractId, customerId, legalEntityId, currency, number, version } = contract
  const proposal = proposalOf(contract, amended, asked)
  return {
    contractId,
    customerId,
    legalEntityId,
    currency,
    number,
    version,
    kind,
    contractValueDelta: amended.contractValueDelta,
    billed: proposal.billed,
    proposal: writeProposal(proposal),
  }
}

/** What other systems preview the rest of an amendment from. */
export function proposalOf(before: Contract, amended: Amended, asked: AmendmentRequest): Proposal {
  const { contract, successor, adjustments } = amended
  const billed = (id: string | undefined): bigint =>
    sum(adjustments.filter(({ contractId }) => contractId === id).map(({ amount }) => amount))
  return {
    asked,
    effectiveDate: asked.effectiveDate,
    version: before.version,
    before: termsOf(before),
    after: termsOf(contract),
    successor: successor && termsOf(successor),
    billed: { after: billed(contract.id), successor: billed(successor?.id) },
  }
}

function termsOf(contract: ContractFact): ContractTerms {
  const { id, number, status, customerId, legalEntityId } = contract
  const { currency, startDate, billingAnchor, lines } = contract
  return { id, number, status, customerId, legalEntityId, currency, startDate, billingAnchor, lines }
}
