import DataLoader from 'dataloader'
import type { Contract, Customer, Opportunity, QuoteLine } from '#domain/crm.ts'
import { type Clock, today } from '#platform/clock.ts'
import type { Queryable } from '#platform/database.ts'
import { lazily } from '#platform/lazily.ts'
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

/** What one request rests on. */
interface Source {
  readonly db: Queryable
  readonly clock: Clock
}

/** The loaders of one request. Its day is the calendar day in UTC on which it is first asked for. */
export const createContext = lazily<Source>()({
  db: ({ db }) => db,
  today: ({ clock }) => today(clock),
  customer: ({ db }) => loadById(db, customers),
  contact: ({ db }) => loadById(db, contacts),
  opportunity: ({ db }) => loadById(db, opportunities),
  quote: ({ db }) => loadById(db, quotes),
  contract: ({ db }) => loadById(db, contracts),
  /** Contracts as rules need them, whatever is asked for. */
  wholeContract: ({ db: { rows } }) => loadById({ rows }, contracts),
  contractLine: ({ db }) => new DataLoader((ids: readonly string[]) => readContractLines(db, ids)),
  amendment: ({ db }) => loadById(db, amendments),
  subsidiaries: ({ db }) => loadByParent(db, customers, 'parent_id', 't.name'),
  mergedCustomers: ({ db }) => loadByParent(db, customers, 'merged_into_id', 't.name'),
  contactsOfCustomer: ({ db }) => loadByParent(db, contacts, 'customer_id', 't.name'),
  quotesOfOpportunity: ({ db }) => loadByParent(db, quotes, 'opportunity_id', 't.valid_until DESC'),
  contractsOfOpportunity: ({ db }) => loadByParent(db, contracts, 'opportunity_id', 't.start_date'),
  amendmentsOfContract: ({ db }) => loadByParent(db, amendments, 'contract_id', 't.effective_date DESC'),
  contractsOfCustomer: ({ db }) => loadConnections(db, ofCustomer(contractList)),
  opportunitiesOfCustomer: ({ db }) => loadConnections(db, ofCustomer(opportunityList)),
  contractSummary: ({ db }) => new DataLoader((ids: readonly string[]) => readContractSummaries(db, ids)),
})
