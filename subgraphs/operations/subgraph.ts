import { readFileSync } from 'node:fs'
import { type Clock, today } from '#platform/clock.ts'
import type { Database } from '#platform/database.ts'
import { subgraphSchema } from '#platform/graphql.ts'
import type { Bus } from '#platform/log/bus.ts'
import { type Scope, whileAwaited } from '#platform/scope.ts'
import { createContext } from './loaders.ts'
import type { Systems } from './flows/systems.ts'
import type { LeakageSources } from './reconciliation/sources.ts'
import type { Exports } from './exports/desk.ts'
import type { HealthSources } from './health/sources.ts'
import type { ModelDesk } from './models/desk.ts'
import type { Services } from './services/services.ts'
import type { ServiceSources } from './services/sources.ts'
import type { ReplayTarget } from './replays/replay.ts'
import { resolvers } from './resolvers.ts'
import type { WorkflowDesk } from './workflows/desk.ts'

const sdl = readFileSync(new URL('../../schema/operations.graphql', import.meta.url), 'utf8')

/** What operations knows of the rest of the product. */
export interface OperationsSetup {
  readonly replayTargets: () => readonly ReplayTarget[]
  readonly desk: WorkflowDesk<Systems>
  readonly bus: Bus
  readonly models: ModelDesk
  readonly sources: ServiceSources
  readonly services: Services
  readonly health: HealthSources
  readonly exports: Exports
  readonly leakage: LeakageSources
  /** What keeps a period from being closed, for answers of `closePeriod`. */
  readonly checkPeriod: Systems['erp']['checkPeriod']
}

/** Operations: what goes on between the systems, and what goes out to others. */
export const operations = (db: Database, clock: Clock, { bus, ...setup }: OperationsSetup) => ({
  name: 'operations',
  schema: subgraphSchema(sdl, resolvers),
  createContext: (scope: Scope) =>
    createContext({
      ...setup,
      feed: { db, bus, source: 'operations' },
      db: whileAwaited(db, scope),
      write: { db, command: { subgraph: 'operations', clock, correlationId: scope.requestId } },
      today: today(clock),
    }),
})
