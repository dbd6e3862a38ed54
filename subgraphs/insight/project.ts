import type { SubgraphName } from '#platform/config.ts'
import type { CausedChange, Projection } from '#platform/log/projection.ts'
import { aggregateEvents, typesOf } from '#schema/event-catalogue.ts'
import { AGGREGATES, type KeptFact, type KeptMerge, keptOf, type KeptTimeZone, mergeOf } from './facts.ts'
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
    types: typesAbout(source, aggregates),
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

/** The types of the events of a source about aggregates. */
const typesAbout = (source: SubgraphName, aggregates: readonly string[]): string[] =>
  aggregateEvents
    .filter(({ subgraph, aggregate }) => subgraph === source && aggregates.includes(aggregate))
    .flatMap((about) => [...typesOf(about).values()])

/**
 * Who carries on for whom. Both are looked at where one comes or goes: what the other projection of CRM told of it may
 * have been looked at before this one knew.
 */
const mergeProjection: Projection<KeptMerge> = {
  name: 'standing-merges',
  source: 'crm',
  types: typesAbout('crm', ['customer']),
  shares: 1,
  keyOf: ({ aggregateId }) => aggregateId,
  apply: (_, event) => mergeOf(event),
  changed: (unit, changes) => noteDue(unit, 'crm', changes.filter(isMerge).flatMap(concernedBy)),
}

/**
 * What standing needs of the events of CRM, billing and ERP, by aggregate. Subscriptions and merges came later:
 * projections of their own read them from the first one on, where those of before have passed them by.
 */
export const standingProjections = [
  ...STANDING_SOURCES.map((source) => standingProjectionOf(`standing-${source}`, source, AGGREGATES)),
  standingProjectionOf('standing-subscriptions', 'billing', ['subscription']),
  mergeProjection as Projection,
]

const isTimeZone = (kept: Kept | null): boolean => kept !== null && 'timeZone' in kept

const isMerge = ({ before, after }: CausedChange<KeptMerge>): boolean =>
  (before?.mergedIntoId ?? null) !== (after?.mergedIntoId ?? null)

const concernedBy = ({ key, before, after, cause }: CausedChange<KeptMerge>): DueCustomer[] =>
  [key, before?.mergedIntoId, after?.mergedIntoId].flatMap((customerId) =>
    customerId ? [{ customerId, ...cause }] : [],
  )

/** Whose facts changed: where one belonged to another customer before, that one's as well. */
function dueOf({ before, after, cause }: CausedChange<Kept>): DueCustomer[] {
  const customerIds = [before, after].map((it) => (it !== null && 'customerId' in it ? it.customerId : null))
  return customerIds.filter((id) => id !== null).map((customerId) => ({ customerId, ...cause }))
}
