import { checkMerge } from '#domain/customer-merge.ts'
import type { KeyedInput } from '#platform/mutation.ts'
import type { Flow, Step } from '../workflows/flow.ts'
import { missing } from './refusals.ts'
import { sharingSteps } from './share-standing.ts'
import type { Merging, Systems } from './systems.ts'

/** Two records that were found to be of one customer. */
export type MergeCustomers = KeyedInput & Merging

/** A customer that was merged into another one, and should not have been. */
export type UnmergeCustomers = KeyedInput & Pick<Merging, 'mergedId'>

/** Both, and the one whose standing CRM is to show. */
interface Prepared extends Merging {
  readonly customerId: string
}

const merge: Step<Systems, MergeCustomers, Prepared> = {
  name: 'mergeCustomers',
  system: 'CRM',
  kind: 'PIVOT',
  needs: [],
  run: ({ crm }, { prepared: { survivorId, mergedId } }, effect) =>
    crm.mergeCustomers(effect, { survivorId, mergedId }),
}

const unmerge: Step<Systems, UnmergeCustomers, Prepared> = {
  name: 'unmergeCustomers',
  system: 'CRM',
  kind: 'PIVOT',
  needs: [],
  run: ({ crm }, { prepared: { mergedId } }, effect) => crm.unmergeCustomers(effect, { mergedId }),
}

const afterMerge = sharingSteps<MergeCustomers, Prepared>()
const afterUnmerge = sharingSteps<UnmergeCustomers, Prepared>()

/** One of two records carries on for both; documents and books stay as they are, and it can be undone. */
export const mergeCustomers: Flow<Systems, MergeCustomers, Prepared> = {
  name: 'mergeCustomers',
  prepare: async ({ crm }, { survivorId, mergedId }) => {
    const [survivor, merged] = [await crm.readCustomer(survivorId), await crm.readCustomer(mergedId)]
    if (survivor === undefined) return missing('survivorId', 'There is no such customer')
    if (merged === undefined) return missing('mergedId', 'There is no such customer')
    const violations = checkMerge(survivor, merged)
    return violations.length > 0 ? { violations } : { value: preparation({ survivorId, mergedId }) }
  },
  steps: [merge, { ...afterMerge.read, needs: ['mergeCustomers'] }, afterMerge.show],
}

/** A merge is undone: what moved and is still with the survivor goes back, and what happened since stays. */
export const unmergeCustomers: Flow<Systems, UnmergeCustomers, Prepared> = {
  name: 'unmergeCustomers',
  prepare: async ({ crm }, { mergedId }) => {
    const merged = await crm.readCustomer(mergedId)
    if (merged === undefined) return missing('mergedId', 'There is no such customer')
    const survivorId = merged.mergedIntoId
    if (survivorId === null) {
      const message = 'The customer is not merged into another one'
      return { violations: [{ code: 'STATUS_FORBIDS', field: 'mergedId', message }] }
    }
    return { value: preparation({ survivorId, mergedId }) }
  },
  steps: [unmerge, { ...afterUnmerge.read, needs: ['unmergeCustomers'] }, afterUnmerge.show],
}

/** What is done to one survivor is done one after another. */
const preparation = (merging: Merging) => ({
  prepared: { ...merging, customerId: merging.survivorId },
  subject: `customer:${merging.survivorId}`,
  customerId: merging.survivorId,
  legalEntityId: null,
})
