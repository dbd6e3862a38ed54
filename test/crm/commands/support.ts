/** CRM with its commands for a test file: effects as a workflow has them, and what was written. */
import { manualClock } from '#platform/clock.ts'
import type { Database } from '#platform/database.ts'
import type { Effect } from '#platform/effect.ts'
import type { Facts } from '#domain/facts.ts'
import { recordCrmFacts } from '#subgraphs/crm/record.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'

export interface CrmCommands extends Pick<TestDatabase, 'reset' | 'close'> {
  readonly db: Database
  readonly record: (facts: Partial<Facts>) => Promise<unknown>
  /** The effect of a step. */
  readonly effect: (key?: string) => Effect
  /** Types of all events about an object, oldest first: `contract.signed`. */
  readonly eventsOf: (id: string) => Promise<string[]>
  /** How many events there are. */
  readonly countEvents: () => Promise<bigint>
}

/** A CRM over a database of its own, on June 15th, 2026. */
export async function openCrmCommands(): Promise<CrmCommands> {
  const { owner, of, reset, close } = await openTestDatabase()
  const db = of('crm')
  const context = { subgraph: 'crm', clock: manualClock('2026-06-15T12:00:00Z'), correlationId: 'test' }
  return {
    db,
    reset,
    close,
    record: (facts) => recordCrmFacts(db, context, facts),
    effect: (key = 'wfl_1/step') => ({ ...context, effectKey: key }),
    eventsOf: async (id) => {
      const rows = await owner.rows<{ type: string }>({
        text: 'SELECT type FROM crm.event WHERE aggregate_id = $1 ORDER BY version',
        values: [id],
      })
      return rows.map(({ type }) => type.replace(/^revgraph\.crm\.(.*)\.v1$/, '$1'))
    },
    countEvents: async () => {
      const [row] = await owner.rows<{ count: bigint }>({
        text: 'SELECT count(*) FROM crm.event',
        values: [],
      })
      return row?.count ?? 0n
    },
  }
}
