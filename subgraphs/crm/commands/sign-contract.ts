import type { Contract, ContractFact } from '#domain/crm.ts'
import type { DealTerms } from '#domain/deal.ts'
import { type Outcome, violationIf } from '#domain/failure.ts'
import { lockOne, saveOne } from '#platform/change.ts'
import type { UnitOfWork } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { ownFact, ownId } from '#platform/own-facts.ts'
import { contract, customer, opportunity } from '../aggregates.ts'
import { hasContract, takeNumber } from '../deal-store.ts'
import { type ChangedContract, changedContract } from './contract.ts'

/** A contract that binds both sides. */
export interface SignedContract extends ChangedContract {
  /** In the order of the terms' lines. */
  readonly lineIds: readonly string[]
}

/**
 * Signs the contract of a deal: the one that was drafted for it, otherwise a new one with the next number of its
 * series. STATUS_FORBIDS where the deal has a contract that binds already, or its draft is none any more.
 */
export function signContract(
  db: Database,
  effect: Effect,
  terms: DealTerms,
): Promise<Outcome<SignedContract>> {
  return applyOnce(db, effect, { operation: 'signContract', input: terms }, async (unit) => {
    const refused = await checkParties(unit, terms)
    if (refused.value === undefined) return refused
    const before = terms.draftId === null ? null : await lockDraft(unit, terms.draftId)
    if (before?.violations !== undefined) return before
    const fact = await contractFact(unit, effect, terms, before?.value)
    const signed = await saveOne(unit, contract, before?.value, fact)
    return signed.value === undefined ? signed : { value: signedContract(signed.value) }
  })
}

/** Both are locked: neither does a deal get two contracts, nor a customer one while it is merged into another. */
async function checkParties(
  unit: UnitOfWork,
  { opportunityId, customerId }: DealTerms,
): Promise<Outcome<null>> {
  const buyer = await lockOne(unit, customer, customerId, 'customerId')
  if (buyer.value === undefined) return buyer
  const deal = await lockOne(unit, opportunity, opportunityId, 'opportunityId')
  if (deal.value === undefined) return deal
  const violations = [
    ...violationIf(
      buyer.value.status === 'MERGED',
      'STATUS_FORBIDS',
      'customerId',
      'The customer was merged into another one',
    ),
    ...violationIf(deal.value.stage === 'LOST', 'STATUS_FORBIDS', 'opportunityId', 'The deal is lost'),
    ...violationIf(
      await hasContract(unit, opportunityId),
      'STATUS_FORBIDS',
      'opportunityId',
      'The deal has a signed contract already',
    ),
  ]
  return violations.length > 0 ? { violations } : { value: null }
}

async function lockDraft(unit: UnitOfWork, draftId: string): Promise<Outcome<Contract>> {
  const draft = await lockOne(unit, contract, draftId, 'draftId')
  if (draft.value === undefined || draft.value.status === 'DRAFT') return draft
  const message = `The contract is ${draft.value.status}, not a draft`
  return { violations: [{ code: 'STATUS_FORBIDS', field: 'draftId', message }] }
}

async function contractFact(
  unit: UnitOfWork,
  { effectKey }: Effect,
  { customerId, opportunityId, legalEntityId, currency, series, ...terms }: DealTerms,
  draft: Contract | undefined,
): Promise<ContractFact> {
  const { id, externalRefs } = draft ?? ownFact('contract', effectKey)
  return {
    id,
    externalRefs,
    customerId,
    opportunityId,
    legalEntityId,
    number: draft?.number ?? numberIn(series, await takeNumber(unit, series)),
    status: 'SIGNED',
    currency,
    signedOn: terms.signedOn,
    startDate: terms.startDate,
    endDate: terms.endDate,
    billingAnchor: terms.billingAnchor,
    autoRenew: terms.autoRenew,
    renewalOfId: draft?.renewalOfId ?? null,
    lines: terms.lines.map((line, index) => ({
      ...line,
      id: line.id ?? ownId('contractLine', effectKey, index),
    })),
    suspension: null,
  }
}

const NUMBER_DIGITS = 6

/** A number as it is printed: `C-US-000123`. */
function numberIn(series: string, count: number): string {
  return `${series}-${String(count).padStart(NUMBER_DIGITS, '0')}`
}

function signedContract(contractNow: Contract): SignedContract {
  return { ...changedContract(contractNow), lineIds: contractNow.lines.map((line) => line.id) }
}
