import { readFileSync } from 'node:fs'
import type { Clock } from '#platform/clock.ts'
import type { Database } from '#platform/database.ts'
import { subgraphSchema } from '#platform/graphql.ts'
import { checkOneAtATime } from '#platform/invariant.ts'
import type { Bus } from '#platform/log/bus.ts'
import { type Scope, whileAwaited } from '#platform/scope.ts'
import { createContext } from './loaders.ts'
import { resolvers } from './resolvers.ts'
import { billingInvariants } from './store.ts'

const sdl = readFileSync(new URL('../../schema/billing.graphql', import.meta.url), 'utf8')

/** Billing: what is sold, billed and paid. */
export function billing(db: Database, clock: Clock, bus: Bus) {
  const check = checkOneAtATime(db, clock, billingInvariants)
  return {
    name: 'billing',
    schema: subgraphSchema(sdl, resolvers),
    createContext: (scope: Scope) =>
      createContext({ db: whileAwaited(db, scope), clock, check, feed: { db, bus, source: 'billing' } }),
  }
}
