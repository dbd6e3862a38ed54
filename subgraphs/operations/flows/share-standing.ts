import { parseInstant } from '#platform/dates.ts'
import type { KeyedInput } from '#platform/mutation.ts'
import type { Jsonified } from '#platform/table.ts'
import type { Flow, Step } from '../workflows/flow.ts'
import { missing } from './refusals.ts'
import type { Feedback, Systems } from './systems.ts'

/** A customer of whom CRM is to know how it stands. */
export interface ShareStanding extends KeyedInput {
  readonly customerId: string
}

/** Whose standing is shown in CRM: of one that was merged, the customer that carries on. */
interface Shown {
  readonly customerId: string
}

/** Steps that end with CRM showing how a customer stands, whatever flow they are the end of. */
export interface SharingSteps<Input, Prepared extends Shown> {
  readonly read: Step<Systems, Input, Prepared>
  readonly show: Step<Systems, Input, Prepared>
}

/**
 * The steps that show in CRM what the other systems say of a customer. What is read is kept before it is told, with its
 * instant: a step that is repeated tells the same, and of two tellings that overtake each other the newer one stays.
 */
export const sharingSteps = <Input, Prepared extends Shown>(): SharingSteps<Input, Prepared> => ({
  read: {
    name: 'readStanding',
    system: 'OPERATIONS',
    kind: 'RETRIABLE',
    needs: [],
    run: async ({ readFeedback }, { prepared }) => ({ value: await readFeedback(customerOf(prepared)) }),
  },
  show: {
    name: 'showStanding',
    system: 'CRM',
    kind: 'RETRIABLE',
    needs: ['readStanding'],
    run: ({ crm }, { prepared, results }, effect) => {
      const { asOf, ...feedback } = results['readStanding'] as Jsonified<Feedback>
      return crm.noteBillingFeedback(effect, {
        customerId: customerOf(prepared),
        ...feedback,
        asOf: parseInstant(asOf),
      })
    },
  },
})

const customerOf = (prepared: unknown): string => (prepared as Shown).customerId

const { read, show } = sharingSteps<ShareStanding, Shown>()

/** CRM shows how a customer stands over all systems; of one that was merged, how the one stands that carries on. */
export const shareStanding: Flow<Systems, ShareStanding, Shown> = {
  name: 'shareStanding',
  prepare: async ({ crm }, input) => {
    const customer = await crm.readCustomer(input.customerId)
    if (customer === undefined) return missing('customerId', 'There is no such customer')
    const customerId = customer.mergedIntoId ?? customer.id
    return {
      value: { prepared: { customerId }, subject: `standing:${customerId}`, customerId, legalEntityId: null },
    }
  },
  steps: [read, show],
}
