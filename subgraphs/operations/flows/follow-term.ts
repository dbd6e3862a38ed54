/** What the calendar does to a contract that was signed here: its term begins, and one that does not renew is over. */
import type { Contract } from '#domain/crm.ts'
import type { Outcome } from '#domain/failure.ts'
import type { KeyedInput } from '#platform/mutation.ts'
import type { Flow, Step, StepEffect } from '../workflows/flow.ts'
import { COLLECTION } from './invoice-terms.ts'
import { missing } from './refusals.ts'
import type { Systems } from './systems.ts'

/** A contract whose term begins or is over. */
export interface FollowTerm extends KeyedInput {
  readonly contractId: string
}

type Prepared = Pick<FollowTerm, 'contractId'>
type TermStep = Step<Systems, FollowTerm, Prepared>

const activate: TermStep = {
  name: 'activateContract',
  system: 'CRM',
  kind: 'RETRIABLE',
  needs: [],
  run: ({ crm }, { prepared }, effect) => crm.activateContract(effect, prepared),
}

const expire: TermStep = {
  name: 'expireContract',
  system: 'CRM',
  kind: 'PIVOT',
  needs: [],
  run: ({ crm }, { prepared }, effect) => crm.expireContract(effect, prepared),
}

/** Has the subscription of a contract, if it has one that is not over, follow it: it runs now, or is cancelled. */
export async function followContract(
  { crm, billing }: Systems,
  contractId: string,
  effect: StepEffect,
  how: { readonly billedThrough?: Temporal.PlainDate } = {},
): Promise<Outcome<unknown>> {
  const contract = await crm.readContract(contractId)
  if (contract === undefined) return missing('contractId', 'There is no such contract')
  const { subscription } = await billing.readContractBilling(contract)
  if (subscription === null || subscription.status === 'CANCELED') return { value: null }
  return billing.changeSubscription(effect, { contract, collectionMethod: COLLECTION, ...how })
}

const follow = (after: TermStep): TermStep => ({
  name: 'followContract',
  system: 'BILLING',
  kind: 'RETRIABLE',
  needs: [after.name],
  run: (systems, { prepared: { contractId } }, effect) => followContract(systems, contractId, effect),
})

const about = ({ id: contractId, customerId, legalEntityId, totalContractValue, currency }: Contract) => ({
  prepared: { contractId },
  subject: `contract:${contractId}`,
  customerId,
  legalEntityId,
  moneyAtRisk: { minorUnits: totalContractValue, currency },
})

const flow = (name: string, step: TermStep): Flow<Systems, FollowTerm, Prepared> => ({
  name,
  prepare: async ({ crm }, { contractId }) => {
    const contract = await crm.readContract(contractId)
    return contract === undefined
      ? missing('contractId', 'There is no such contract')
      : { value: about(contract) }
  },
  steps: [step, follow(step)],
})

/** The first day of a signed contract has come. */
export const activateContract = flow('activateContract', activate)

/** The term of a contract is over, and it does not go on by itself. */
export const expireContract = flow('expireContract', expire)
