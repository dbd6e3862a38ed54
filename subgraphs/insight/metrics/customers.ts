import type { Customer } from '#domain/crm.ts'
import type { Projection } from '#platform/log/projection.ts'
import { aggregateEvents, typesOf } from '#schema/event-catalogue.ts'
import type { Jsonified } from '#platform/table.ts'

/** What figures can be told apart by of a customer. */
type KeptCustomer = Jsonified<Pick<Customer, 'region' | 'segment'>>

/** Where customers belong, as CRM has it now. */
export const customersProjection: Projection<KeptCustomer> = {
  name: 'metrics-customers',
  source: 'crm',
  types: aggregateEvents
    .filter(({ subgraph, aggregate }) => subgraph === 'crm' && aggregate === 'customer')
    .flatMap((about) => [...typesOf(about).values()]),
  shares: 1,
  keyOf: ({ aggregateId }) => aggregateId,
  apply: (_, { data }) => {
    const { region, segment } = data as Jsonified<Customer>
    return { region, segment }
  },
}
