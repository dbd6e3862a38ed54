/** Has what our books post by themselves brought to the outside general ledger of its company. */
import type { JournalEntry } from '#domain/journal.ts'
import type { Database } from '#platform/database.ts'
import type { LoggedEvent } from '#platform/log/event.ts'
import type { Jsonified } from '#platform/table.ts'
import { shareEntry } from '#subgraphs/operations/flows/share-entry.ts'
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import { isOfWorkflow, trigger, type Trigger } from '#subgraphs/operations/workflows/trigger.ts'
import { ledgerOf } from './erp.ts'
import type { Outside } from './outside.ts'

/** What a close posts: its workflow brings nothing to a ledger by itself. */
const CLOSING: readonly JournalEntry['sourceType'][] = ['REVENUE_SCHEDULE', 'ACCOUNTING_PERIOD']

const entryIn = ({ data }: LoggedEvent): Jsonified<JournalEntry> => data as Jsonified<JournalEntry>

const entriesAreShared = trigger({
  name: 'entries-are-in-the-ledger',
  source: 'erp',
  types: ['revgraph.erp.journal.posted.v1'],
  flow: shareEntry,
  asks: (event) => {
    const { id: entryId, sourceType } = entryIn(event)
    return isOfWorkflow(event) && !CLOSING.includes(sourceType) ? null : { entryId }
  },
})

/** Entries of imports, of webhooks and of closes; nothing is started for a company that keeps its ledger here. */
export const ledgerTrigger = (outside: Outside, erp: Database): Trigger<Systems> => ({
  ...entriesAreShared,
  start: async (desk, unit, event) => {
    if ((await ledgerOf(outside, erp, entryIn(event).legalEntityId)) === null) return
    await entriesAreShared.start(desk, unit, event)
  },
})
