import { checkContract, totalContractValue } from '#domain/contract.ts'
import type {
  AmendmentFact,
  Amendment,
  Contact,
  ContactFact,
  Contract,
  ContractFact,
  Customer,
  CustomerFact,
  Opportunity,
  OpportunityFact,
  Quote,
  QuoteFact,
} from '#domain/crm.ts'
import {
  amendmentEvent,
  contractEvent,
  customerEvent,
  opportunityEvent,
  quoteEvent,
  recordEvent,
} from '#domain/event.ts'
import type { Facts, RecordCounts } from '#domain/facts.ts'
import { type CommandContext, runCommand } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { type FactAggregate, recordFacts } from '#platform/facts.ts'
import { readRows } from '#platform/table.ts'
import { amendments, contacts, contracts, customers, opportunities, quotes } from './store.ts'

const customer: FactAggregate<CustomerFact, Customer> = {
  name: 'customer',
  table: customers,
  event: customerEvent,
  derive: (fact) => fact,
}

const contact: FactAggregate<ContactFact, Contact> = {
  name: 'contact',
  table: contacts,
  event: recordEvent,
  derive: (fact) => fact,
}

const opportunity: FactAggregate<OpportunityFact, Opportunity> = {
  name: 'opportunity',
  table: opportunities,
  event: opportunityEvent,
  derive: (fact) => fact,
}

const quote: FactAggregate<QuoteFact, Quote> = {
  name: 'quote',
  table: quotes,
  event: quoteEvent,
  derive: (fact) => fact,
}

const contract: FactAggregate<ContractFact, Contract> = {
  name: 'contract',
  table: contracts,
  event: contractEvent,
  check: checkContract,
  derive: (fact) => ({ ...fact, totalContractValue: totalContractValue(fact) }),
}

const amendment: FactAggregate<AmendmentFact, Amendment> = {
  name: 'amendment',
  table: amendments,
  event: amendmentEvent,
  derive: (fact) => fact,
}

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
