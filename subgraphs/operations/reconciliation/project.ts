import type { SubgraphName } from '#platform/config.ts'
import type { Projection } from '#platform/log/projection.ts'
import { aggregateEvents, typesOf } from '#schema/event-catalogue.ts'
import { noteAllDue, noteDue } from '../reconciliation-store.ts'
import { holdingOf, isReconciled, type KeptHolding, RECONCILED_AGGREGATES } from './held.ts'

/** The systems that are reconciled. */
const RECONCILED_SOURCES = ['crm', 'billing', 'erp'] as const

/** What the projection of a source is called. */
const reconciliationProjection = (source: SubgraphName): string => `reconciliation-${source}`

/**
 * What each system holds by its own events, by aggregate. Where that changes, what it concerns is compared again: of
 * what it was before as well, since a fact may have moved from one key to another.
 */
export const reconciliationProjections = RECONCILED_SOURCES.map((source): Projection => {
  const projection: Projection<KeptHolding> = {
    name: reconciliationProjection(source),
    source,
    types: aggregateEvents
      .filter(({ subgraph, aggregate }) => subgraph === source && RECONCILED_AGGREGATES.includes(aggregate))
      .flatMap((about) => [...typesOf(about).values()]),
    shares: 1,
    concerns: isReconciled,
    keyOf: ({ aggregateId }) => aggregateId,
    apply: (_, event) => holdingOf(event),
    derived: {
      follow: (unit, changes) =>
        noteDue(
          unit,
          changes.flatMap(({ before, after }) => [...(before?.held ?? []), ...(after?.held ?? [])]),
        ),
      remake: noteAllDue,
    },
  }
  return projection as Projection
})
