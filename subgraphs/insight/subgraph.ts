import { readFileSync } from 'node:fs'
import type DataLoader from 'dataloader'
import type { Clock } from '#platform/clock.ts'
import type { Queryable } from '#platform/database.ts'
import { subgraphSchema } from '#platform/graphql.ts'
import type { Bus } from '#platform/log/bus.ts'
import type { EventFeed } from '#platform/log/subscribe.ts'
import { type ConnectionLoader, loadConnections } from '#platform/loaders.ts'
import { resolvers } from './resolvers.ts'
import { loadStandingsAt } from './standing-list.ts'
import { standingHistory, type StandingRecord } from './list-store.ts'

/** What insight's resolvers know beside what the other systems told them. */
export interface Context {
  /** Where the figures are kept. */
  readonly db: Queryable
  readonly clock: Clock
  /** Where subscriptions get their events. */
  readonly feed: EventFeed
  readonly standingHistory: ConnectionLoader<StandingRecord>
  /** Standings as they were known at an instant, by their ids. */
  readonly standingsAt: (at: Temporal.Instant) => DataLoader<string, StandingRecord | null>
}

const sdl = readFileSync(new URL('../../schema/insight.graphql', import.meta.url), 'utf8')

/** Insight: what follows from all systems together. A standing is computed when asked for; its changes are kept. */
export const insight = (db: Queryable, clock: Clock, bus: Bus) => ({
  name: 'insight',
  schema: subgraphSchema(sdl, resolvers),
  createContext: (): Context => ({
    db,
    clock,
    feed: { db, bus, source: 'insight' },
    standingHistory: loadConnections(db, standingHistory),
    standingsAt: loadStandingsAt(db),
  }),
})
