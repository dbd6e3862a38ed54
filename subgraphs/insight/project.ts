import type { SubgraphName } from '#platform/config.ts'
import type { CausedChange, Projection } from '#platform/log/projection.ts'
import { aggregateEvents, typesOf } from '#schema/event-catalogue.ts'
import { AGGREGATES, type KeptFact, keptOf, type KeptTimeZone } from './facts.ts'
import { type DueCustomer, noteDue, noteDueOfEntity } from './standing-store.ts'

/** The subgraphs on which standing rests. */
const STANDING_SOURCES = ['crm', 'billing', 'erp'] as const

type Kept = KeptFact | KeptTimeZone

/** A projection of what standing needs of aggregates of a source. The reviews see what follows from it. */
const standingProjectionOf = (
  name: string,
  source: SubgraphName,
  aggregates: readonly string[],
): Projection => {
  const projection: Projection<Kept> = {
    name,
    source,
    types: aggregateEvents
      .filter(({ subgraph, aggregate }) => subgraph === source && aggregates.includes(aggregate))
      .flatMap((about) => [...typesOf(about).values()]),
    shares: 1,
    keyOf: ({ aggregateId }) => aggregateId,
    apply: (_, event) => keptOf(event),
    changed: async (unit, changes) => {
      await noteDue(unit, source, changes.flatMap(dueOf))
      for (const { key, before, after, cause } of changes)
        if (isTimeZone(before) || isTimeZone(after)) await noteDueOfEntity(unit, key, { source, ...cause })
    },
  }
  return projection as Projection
}

/**
 * What standing needs of the events of CRM, billing and ERP, by aggregate. Subscriptions came later: a projection of
 * their own reads them from the first one on, where those of before have passed them by.
 */
export const standingProjections = [
  ...STANDING_SOURCES.map((source) => standingProjectionOf(`standing-${source}`, source, AGGREGATES)),
  standingProjectionOf('standing-subscriptions', 'billing', ['subscription']),
]

const isTimeZone = (kept: Kept | null): boolean => kept !== null && 'timeZone' in kept

/** Whose facts changed: where one belonged to another customer before, that one's as well. */
function dueOf({ before, after, cause }: CausedChange<Kept>): DueCustomer[] {
  const customerIds = [before, after].map((it) => (it !== null && 'customerId' in it ? it.customerId : null))
  return customerIds.filter((id) => id !== null).map((customerId) => ({ customerId, ...cause }))
}
