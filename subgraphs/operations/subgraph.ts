import { readFileSync } from 'node:fs'
import type { Clock } from '#platform/clock.ts'
import type { Database } from '#platform/database.ts'
import { subgraphSchema } from '#platform/graphql.ts'
import { type Scope, whileAwaited } from '#platform/scope.ts'
import { createContext } from './loaders.ts'
import type { Systems } from './flows/systems.ts'
import type { ReplayTarget } from './replays/replay.ts'
import { resolvers } from './resolvers.ts'
import type { WorkflowDesk } from './workflows/desk.ts'

const sdl = readFileSync(new URL('../../schema/operations.graphql', import.meta.url), 'utf8')

/** Operations: what goes on between the systems, and what goes out to others. */
export const operations = (
  db: Database,
  clock: Clock,
  replayTargets: () => readonly ReplayTarget[],
  desk: WorkflowDesk<Systems>,
) => ({
  name: 'operations',
  schema: subgraphSchema(sdl, resolvers),
  createContext: (scope: Scope) =>
    createContext({
      db: whileAwaited(db, scope),
      write: { db, command: { subgraph: 'operations', clock, correlationId: scope.requestId } },
      replayTargets,
      desk,
    }),
})
