import type { SubgraphName } from '#platform/config.ts'
import type { Consumer } from '#platform/log/consumer.ts'
import { aggregateEvents, typesOf } from '#schema/event-catalogue.ts'
import { factOf, timeZoneOf } from './facts.ts'
import { keepFact, keepTimeZone } from './standing-store.ts'

/** The subgraphs on which standing rests, and the aggregates whose events tell of it. */
export const STANDING_SOURCES = ['crm', 'billing', 'erp'] as const
const AGGREGATES = ['customer', 'contract', 'invoice', 'payment', 'dispute', 'creditProfile', 'legalEntity']

/** What the consumer of a source is called. */
export const standingConsumer = (source: SubgraphName): string => `standing-${source}`

/** Keeps what standing needs of the events of CRM, billing and ERP. What follows from it is up to the reviews. */
export const standingConsumers: readonly Consumer[] = STANDING_SOURCES.map((source) => ({
  name: standingConsumer(source),
  source,
  types: aggregateEvents
    .filter(({ subgraph, aggregate }) => subgraph === source && AGGREGATES.includes(aggregate))
    .flatMap((about) => [...typesOf(about).values()]),
  beginsWith: 'OLDEST',
  shares: 1,
  apply: async (unit, event) => {
    const fact = factOf(event)
    const timeZone = timeZoneOf(event)
    if (fact !== undefined) await keepFact(unit, fact, event)
    else if (timeZone !== undefined) await keepTimeZone(unit, timeZone, event)
  },
}))
