import type { Proposal } from '#domain/foreign-write.ts'
import type { KeyedInput } from '#platform/mutation.ts'
import type { Flow, Step } from '../workflows/flow.ts'
import type { Systems } from './systems.ts'

/** What a system proposed of a field that another one masters, and that is to hold from now on. */
export interface AcceptProposal extends KeyedInput {
  readonly proposal: Proposal
}

type ProposalStep = Step<Systems, AcceptProposal, Proposal>

/** Whoever keeps the object writes it, by its own rules; what came between is for a person. */
const takeOver: ProposalStep = {
  name: 'takeOver',
  system: 'OPERATIONS',
  kind: 'PIVOT',
  needs: [],
  parks: ['STATUS_FORBIDS'],
  run: ({ proposals }, { prepared }, effect) => proposals.takeOver(effect, prepared),
}

const follow: ProposalStep = {
  name: 'followProposal',
  system: 'ERP',
  kind: 'RETRIABLE',
  needs: ['takeOver'],
  run: ({ proposals }, { prepared }, effect) => proposals.follow(effect, prepared),
}

/** A proposed value is taken over in the name of the field's master, and the books follow. */
export const acceptProposal: Flow<Systems, AcceptProposal, Proposal> = {
  name: 'acceptProposal',
  prepare: async ({ proposals }, { proposal }) => {
    const { object, objectId } = proposal
    const violations = await proposals.check(proposal)
    if (violations.length > 0) return { violations }
    const customerId = object === 'customer' ? objectId : null
    return {
      value: { prepared: proposal, subject: `${object}:${objectId}`, customerId, legalEntityId: null },
    }
  },
  steps: [takeOver, follow],
}
