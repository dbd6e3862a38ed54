import type { UnitOfWork } from '#platform/command.ts'
import type { Queryable } from '#platform/database.ts'
import type { SubgraphName } from '#platform/config.ts'
import type { LoggedEvent } from '#platform/log/event.ts'
import type { Projection } from '#platform/log/projection.ts'
import { aggregateEvents, typesOf } from '#schema/event-catalogue.ts'
import {
  addMovements,
  forgetMovements,
  readEventsBy,
  readGroups,
  readGroupsOfStates,
  takeMovements,
} from '../movements-store.ts'
import { followTotals, forgetTotals } from '../totals-store.ts'

/** What happened on a day to a measure; minor units of its currency. */
export interface MetricMovement {
  /** The day, in ISO 8601. */
  readonly on: string
  readonly measure: string
  readonly legalEntityId: string
  readonly currency: string
  /** Empty where it is nobody's. */
  readonly customerId: string
  readonly sourceType: string
  readonly sourceId: string
  readonly amount: bigint
}

/** A state that says something together with the others of its groups. */
export interface Grouped {
  /** None where it says nothing. */
  readonly groups: readonly string[]
}

/** How movements follow from the states of groups. */
export interface Grouping<State extends Grouped> {
  readonly name: string
  readonly source: SubgraphName
  readonly aggregates: readonly string[]
  /** The state after an event, as for any projection. */
  readonly apply: (before: State | undefined, event: LoggedEvent) => State
  /** What the states of a group come to, by their keys. */
  readonly movementsOf: (group: string, states: ReadonlyMap<string, State>) => MetricMovement[]
}

/** The movements as they followed from the events that were recorded by an instant, by the same rules. */
export async function movementsKnownAt<State extends Grouped>(
  db: Queryable,
  { name, source, apply, movementsOf }: Grouping<State>,
  instant: Temporal.Instant,
): Promise<MetricMovement[]> {
  const states = new Map<string, State>()
  for (const event of await readEventsBy(db, name, source, instant))
    states.set(event.aggregateId, apply(states.get(event.aggregateId), event))
  const groups = new Map<string, Map<string, State>>()
  for (const [key, state] of states)
    for (const group of state.groups)
      groups.getOrInsertComputed(group, () => new Map<string, State>()).set(key, state)
  return [...groups].flatMap(([group, own]) => movementsOf(group, own))
}

/** States whose groups are made anew at a time. */
const PAGE = 500

/** A projection whose sums follow from states together: a group's movements are made anew where one of it changes. */
export function groupedProjection<State extends Grouped>(grouping: Grouping<State>): Projection<State> {
  const { name, source, aggregates, apply } = grouping
  return {
    name,
    source,
    types: aggregateEvents
      .filter(({ subgraph, aggregate }) => subgraph === source && aggregates.includes(aggregate))
      .flatMap((about) => [...typesOf(about).values()]),
    shares: 1,
    keyOf: ({ aggregateId }) => aggregateId,
    apply,
    derived: {
      follow: (unit, changes) => {
        const groups = changes.flatMap(({ before, after }) => [
          ...(before?.groups ?? []),
          ...(after?.groups ?? []),
        ])
        return remakeGroups(unit, grouping, [...new Set(groups)])
      },
      remake: async (unit) => {
        await forgetMovements(unit, name)
        await forgetTotals(unit, name)
        let states = await readGroupsOfStates(unit, name, '', PAGE)
        // Ends: every page begins behind the last state of the one before.
        for (let last = states.at(-1); last !== undefined; last = states.at(-1)) {
          await remakeGroups(unit, grouping, [...new Set(states.flatMap(({ groups }) => groups))])
          states = await readGroupsOfStates(unit, name, last.key, PAGE)
        }
      },
    },
  }
}

async function remakeGroups<State extends Grouped>(
  unit: UnitOfWork,
  { name, movementsOf }: Grouping<State>,
  groups: readonly string[],
): Promise<void> {
  if (groups.length === 0) return
  const states = await readGroups<State>(unit, name, groups)
  const before = await takeMovements(unit, name, groups)
  const after = new Map([...states].map(([group, own]) => [group, movementsOf(group, own)]))
  await addMovements(unit, name, after)
  const changes = [
    ...before.map((it) => ({ ...it, amount: -it.amount, functional: 0n })),
    ...[...after.values()].flat().map((it) => ({ ...it, functional: 0n })),
  ]
  await followTotals(unit, name, changes)
}
