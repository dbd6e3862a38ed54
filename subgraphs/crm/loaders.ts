import DataLoader from 'dataloader'
import type { Contract, Customer, Opportunity, QuoteLine } from '#domain/crm.ts'
import type { Queryable } from '#platform/database.ts'
import { type Connection, loadById, loadByParent, loadConnections } from '#platform/loaders.ts'
import {
  amendments,
  contacts,
  contractList,
  contracts,
  customers,
  ofCustomer,
  opportunities,
  opportunityList,
  quotes,
  readContractLines,
  readContractSummaries,
} from './store.ts'

/** What CRM's resolvers share during one request: each loader reads with one statement a batch. */
export type Context = ReturnType<typeof createContext>

export type CustomerConnection = Connection<Customer>
export type ContractConnection = Connection<Contract>
export type OpportunityConnection = Connection<Opportunity>

/** A line with the currency of its quote. */
export type QuoteLineOf = QuoteLine & { readonly currency: string }

/** The loaders of one request. */
export function createContext(db: Queryable) {
  return {
    db,
    customer: loadById(db, customers),
    contact: loadById(db, contacts),
    opportunity: loadById(db, opportunities),
    quote: loadById(db, quotes),
    contract: loadById(db, contracts),
    contractLine: new DataLoader((ids: readonly string[]) => readContractLines(db, ids)),
    amendment: loadById(db, amendments),
    subsidiaries: loadByParent(db, customers, 'parent_id', 't.name'),
    contactsOfCustomer: loadByParent(db, contacts, 'customer_id', 't.name'),
    quotesOfOpportunity: loadByParent(db, quotes, 'opportunity_id', 't.valid_until DESC'),
    contractsOfOpportunity: loadByParent(db, contracts, 'opportunity_id', 't.start_date'),
    amendmentsOfContract: loadByParent(db, amendments, 'contract_id', 't.effective_date DESC'),
    contractsOfCustomer: loadConnections(db, ofCustomer(contractList)),
    opportunitiesOfCustomer: loadConnections(db, ofCustomer(opportunityList)),
    contractSummary: new DataLoader((ids: readonly string[]) => readContractSummaries(db, ids)),
  }
}
