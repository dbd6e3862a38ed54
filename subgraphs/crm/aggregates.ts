/** The aggregates of CRM: what of each is checked and derived, and what its events tell. */
import { checkContract, totalContractValue } from '#domain/contract.ts'
import { restated } from '#domain/customer-identity.ts'
import type {
  AmendmentFact,
  Amendment,
  Contact,
  ContactFact,
  Contract,
  ContractFact,
  Customer,
  CustomerStatement,
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
import type { FactAggregate } from '#platform/facts.ts'
import { amendments, contacts, contracts, customers, opportunities, quotes } from './store.ts'

/** Customers and prospects. */
export const customer: FactAggregate<CustomerStatement, Customer> = {
  name: 'customer',
  table: customers,
  event: customerEvent,
  // No source of CRM tells of it.
  derive: (fact, before) => ({
    ...restated(before, fact),
    billingFeedback: before?.billingFeedback ?? null,
  }),
}

/** People at customers. */
export const contact: FactAggregate<ContactFact, Contact> = {
  name: 'contact',
  table: contacts,
  event: recordEvent,
  derive: (fact) => fact,
}

/** Deals that sales works on. */
export const opportunity: FactAggregate<OpportunityFact, Opportunity> = {
  name: 'opportunity',
  table: opportunities,
  event: opportunityEvent,
  derive: (fact) => fact,
}

/** Offers within deals. */
export const quote: FactAggregate<QuoteFact, Quote> = {
  name: 'quote',
  table: quotes,
  event: quoteEvent,
  derive: (fact) => fact,
}

/** Contracts, with their value worked out. */
export const contract: FactAggregate<ContractFact, Contract> = {
  name: 'contract',
  table: contracts,
  event: contractEvent,
  check: checkContract,
  derive: (fact) => ({ ...fact, totalContractValue: totalContractValue(fact) }),
}

/** Changes of contracts. */
export const amendment: FactAggregate<AmendmentFact, Amendment> = {
  name: 'amendment',
  table: amendments,
  event: amendmentEvent,
  derive: (fact) => fact,
}
