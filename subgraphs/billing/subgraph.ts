import { readFileSync } from 'node:fs'
import type { Clock } from '#platform/clock.ts'
import type { Database } from '#platform/database.ts'
import { subgraphSchema } from '#platform/graphql.ts'
import type { Bus } from '#platform/log/bus.ts'
import { type Scope, whileAwaited } from '#platform/scope.ts'
import { createContext } from './loaders.ts'
import { resolvers } from './resolvers.ts'

const sdl = readFileSync(new URL('../../schema/billing.graphql', import.meta.url), 'utf8')

/** Billing: what is sold, billed and paid. */
export const billing = (db: Database, clock: Clock, bus: Bus) => ({
  name: 'billing',
  schema: subgraphSchema(sdl, resolvers),
  createContext: (scope: Scope) =>
    createContext({ db: whileAwaited(db, scope), clock, feed: { db, bus, source: 'billing' } }),
})
