import type { SubgraphName } from '#platform/config.ts'
import type { Projection, StateChange } from '#platform/log/projection.ts'
import { aggregateEvents, typesOf } from '#schema/event-catalogue.ts'
import { AGGREGATES, type KeptFact, keptOf, type KeptTimeZone } from './facts.ts'
import { noteDue, noteDueOfEntities } from './standing-store.ts'

/** The subgraphs on which standing rests. */
const STANDING_SOURCES = ['crm', 'billing', 'erp'] as const

/** What the projection of a source is called. */
const standingProjection = (source: SubgraphName): string => `standing-${source}`

type Kept = KeptFact | KeptTimeZone

/** What standing needs of the events of CRM, billing and ERP, by aggregate. The reviews see what follows from it. */
export const standingProjections = STANDING_SOURCES.map((source): Projection => {
  const projection: Projection<Kept> = {
    name: standingProjection(source),
    source,
    types: aggregateEvents
      .filter(({ subgraph, aggregate }) => subgraph === source && AGGREGATES.includes(aggregate))
      .flatMap((about) => [...typesOf(about).values()]),
    shares: 1,
    keyOf: ({ aggregateId }) => aggregateId,
    apply: (_, event) => keptOf(event),
    changed: async (unit, changes, cause) => {
      await noteDue(unit, customersOf(changes), { source, ...cause })
      const entities = changes.filter(({ before, after }) => isTimeZone(before) || isTimeZone(after))
      if (entities.length > 0)
        await noteDueOfEntities(
          unit,
          entities.map(({ key }) => key),
          { source, ...cause },
        )
    },
  }
  return projection as Projection
})

const isTimeZone = (kept: Kept | null): boolean => kept !== null && 'timeZone' in kept

/** Whose facts changed: where one belonged to another customer before, that one's as well. */
function customersOf(changes: readonly StateChange<Kept>[]): string[] {
  const kept = changes.flatMap(({ before, after }) => [before, after])
  const customerIds = kept.map((each) => (each !== null && 'customerId' in each ? each.customerId : null))
  return customerIds.filter((id) => id !== null)
}
