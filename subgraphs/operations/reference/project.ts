/**
 * What ERP last told of our companies and of the credit of customers, kept here: so that work is accepted while ERP is
 * away. It can change nothing meanwhile, so this is behind it by no more than these consumers are behind its log.
 */
import type { Database } from '#platform/database.ts'
import type { LoggedEvent } from '#platform/log/event.ts'
import { type Projection, readStates } from '#platform/log/projection.ts'
import { aggregateEvents, typesOf } from '#schema/event-catalogue.ts'

/** Entities by id, each as its last event has it. */
type Told = Readonly<Record<string, Readonly<Record<string, unknown>>>>

function toldBy(name: string, aggregate: string, keyOf: (event: LoggedEvent) => string): Projection<Told> {
  return {
    name,
    source: 'erp',
    types: aggregateEvents
      .filter((about) => about.subgraph === 'erp' && about.aggregate === aggregate)
      .flatMap((about) => [...typesOf(about).values()]),
    shares: 1,
    keyOf,
    apply: (before, { aggregateId, data }) => ({ ...before, [aggregateId]: data as Told[string] }),
  }
}

/** They are few, and asked for all together. */
const ALL = 'all'

const companies = toldBy('erp-legal-entities', 'legalEntity', () => ALL)
const credit = toldBy(
  'erp-credit-profiles',
  'creditProfile',
  ({ data }) => (data as { readonly customerId: string }).customerId,
)

/** What operations knows of ERP from its events. */
export const referenceProjections = [companies, credit] as unknown as readonly Projection[]

const read = async ({ name }: Projection<Told>, db: Database, key: string): Promise<Told[string][]> =>
  Object.values((await readStates<Told>(db, 'operations', name, [key])).get(key) ?? {})

/** Our companies, as ERP last told of them, in no order. */
export const readToldCompanies = (db: Database): Promise<Told[string][]> => read(companies, db, ALL)

/** The credit profiles of a customer, as ERP last told of them, in no order. */
export const readToldCredit = (db: Database, customerId: string): Promise<Told[string][]> =>
  read(credit, db, customerId)
