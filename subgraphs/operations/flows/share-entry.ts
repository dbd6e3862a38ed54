import type { KeyedInput } from '#platform/mutation.ts'
import type { Flow, Step } from '../workflows/flow.ts'
import { missing } from './refusals.ts'
import type { Systems } from './systems.ts'

/** An entry of our books that the general ledger of its company is to have, where that is outside. */
export interface ShareEntry extends KeyedInput {
  readonly entryId: string
}

type ShareStep = Step<Systems, ShareEntry, Pick<ShareEntry, 'entryId'>>

/** What the ledger refuses, finance mends there. */
const share: ShareStep = {
  name: 'shareEntry',
  system: 'ERP',
  kind: 'PIVOT',
  needs: [],
  parks: ['OUTSIDE_REFUSED'],
  run: ({ erp }, { prepared }, effect) => erp.shareEntry(effect, prepared),
}

/** What our books post by themselves reaches the ledger as well; what flows post, they bring there. */
export const shareEntry: Flow<Systems, ShareEntry, Pick<ShareEntry, 'entryId'>> = {
  name: 'shareEntry',
  prepare: async ({ erp }, { entryId }) => {
    const entry = await erp.readEntry(entryId)
    if (entry === undefined) return missing('entryId', 'There is no such entry')
    const { customerId, legalEntityId, sourceId } = entry
    // Of one document in the order in which they were posted: one may take back another.
    return { value: { prepared: { entryId }, subject: `entries:${sourceId}`, customerId, legalEntityId } }
  },
  steps: [share],
}
