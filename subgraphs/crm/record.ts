import type { Contract } from '#domain/crm.ts'
import type { Facts } from '#domain/facts.ts'
import { type CommandContext, runCommand } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { recordFacts, type RecordingSum, sumOf, type WriteGuard } from '#platform/facts.ts'
import { readRows } from '#platform/table.ts'
import { amendment, contact, contract, customer, opportunity, quote } from './aggregates.ts'
import { contracts } from './store.ts'

/** What recording did. */
export interface CrmRecording extends RecordingSum {
  readonly contracts: readonly Contract[]
  /** What others are told of the customers that were stated. */
  readonly taken: Pick<Facts, 'customers'>
}

/**
 * Records what a source states about customers and what was agreed with them, in one transaction. The contracts that
 * the facts name come back as they are stored now, changed or not, so that what follows from them can be made up for.
 */
export function recordCrmFacts(
  db: Database,
  context: CommandContext,
  facts: Partial<Facts>,
  guard?: WriteGuard,
): Promise<CrmRecording> {
  return runCommand(db, context, async (unit) => {
    const recorded = {
      customers: await recordFacts(unit, customer, facts.customers, guard),
      contacts: await recordFacts(unit, contact, facts.contacts, guard),
      opportunities: await recordFacts(unit, opportunity, facts.opportunities, guard),
      quotes: await recordFacts(unit, quote, facts.quotes, guard),
      contracts: await recordFacts(unit, contract, facts.contracts, guard),
      amendments: await recordFacts(unit, amendment, facts.amendments, guard),
    }
    const contractIds = (facts.contracts ?? []).map(({ id }) => id)
    return {
      ...sumOf(recorded),
      taken: { customers: recorded.customers.taken },
      contracts: await readRows(unit, contracts, contractIds),
    }
  })
}
