import type { Customer } from '#domain/crm.ts'
import type { Queryable } from '#platform/database.ts'
import type { Projection } from '#platform/log/projection.ts'
import { aggregateEvents, typesOf } from '#schema/event-catalogue.ts'
import type { Jsonified } from '#platform/table.ts'
import { type CustomerFilter, type CustomerPlace, readPlaces } from '../sums-store.ts'

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

/** Tells whether movements made for the purpose are of customers who are wanted. */
export async function customersIn(
  db: Queryable,
  filter: CustomerFilter,
  movements: readonly { readonly customerId: string }[],
): Promise<(customerId: string) => boolean> {
  const places =
    filter.REGION === null && filter.SEGMENT === null
      ? new Map<string, CustomerPlace>()
      : await placesOf(db, movements)
  return (customerId) => isWanted(filter, customerId, places.get(customerId))
}

/** Where the customers of movements belong. */
export function placesOf(
  db: Queryable,
  movements: readonly { readonly customerId: string }[],
): Promise<Map<string, CustomerPlace>> {
  return readPlaces(db, [...new Set(movements.map(({ customerId }) => customerId))])
}

/** Whether a customer is among those who are wanted. */
export function isWanted(
  { CUSTOMER, REGION, SEGMENT }: CustomerFilter,
  customerId: string,
  place: CustomerPlace | undefined,
): boolean {
  return (
    isIn(CUSTOMER, customerId) && isIn(REGION, place?.region ?? null) && isIn(SEGMENT, place?.segment ?? null)
  )
}

function isIn(choice: readonly string[] | null, value: string | null): boolean {
  return choice === null || (value !== null && choice.includes(value))
}
