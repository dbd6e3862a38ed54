/** A CRM of its own for a test file: facts go in through the command, questions through the schema. */
import type { Facts } from '#domain/facts.ts'
import { manualClock } from '#platform/clock.ts'
import type { ServedSubgraph } from '#platform/subgraph-server.ts'
import { recordCrmFacts } from '#subgraphs/crm/record.ts'
import { crm } from '#subgraphs/crm/subgraph.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'

export interface TestCrm
  extends ServedSubgraph, Pick<TestDatabase, 'owner' | 'statements' | 'reset' | 'close'> {
  /** Records facts at noon of June 15th, 2026. */
  readonly record: (facts: Partial<Facts>) => ReturnType<typeof recordCrmFacts>
  /** How many statements `work` takes. */
  readonly statementsOf: (work: () => Promise<unknown>) => Promise<number>
}

/** A CRM over a database of its own. */
export async function openCrm(): Promise<TestCrm> {
  const { owner, of, statements, reset, close } = await openTestDatabase()
  const db = of('crm')
  const context = { subgraph: 'crm', clock: manualClock('2026-06-15T12:00:00Z'), correlationId: 'test' }
  return {
    ...crm(db, context.clock),
    owner,
    statements,
    reset,
    close,
    record: (facts) => recordCrmFacts(db, context, facts),
    statementsOf: async (work) => {
      statements.length = 0
      await work()
      return statements.length
    },
  }
}
