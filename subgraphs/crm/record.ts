import type { Contract } from '#domain/crm.ts'
import type { Facts, RecordCounts } from '#domain/facts.ts'
import { type CommandContext, runCommand } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { recordFacts } from '#platform/facts.ts'
import { readRows } from '#platform/table.ts'
import { amendment, contact, contract, customer, opportunity, quote } from './aggregates.ts'
import { contracts } from './store.ts'

/**
 * Records what a source states about customers and what was agreed with them, in one transaction. The contracts that
 * the facts name come back as they are stored now, changed or not, so that what follows from them can be made up for.
 */
export function recordCrmFacts(
  db: Database,
  context: CommandContext,
  facts: Partial<Facts>,
): Promise<{ counts: RecordCounts; contracts: readonly Contract[] }> {
  return runCommand(db, context, async (unit) => {
    const counts = {
      customers: (await recordFacts(unit, customer, facts.customers)).count,
      contacts: (await recordFacts(unit, contact, facts.contacts)).count,
      opportunities: (await recordFacts(unit, opportunity, facts.opportunities)).count,
      quotes: (await recordFacts(unit, quote, facts.quotes)).count,
      contracts: (await recordFacts(unit, contract, facts.contracts)).count,
      amendments: (await recordFacts(unit, amendment, facts.amendments)).count,
    }
    const contractIds = (facts.contracts ?? []).map(({ id }) => id)
    return { counts, contracts: await readRows(unit, contracts, contractIds) }
  })
}
