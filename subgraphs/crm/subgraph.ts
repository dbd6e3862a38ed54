import { readFileSync } from 'node:fs'
import type { Clock } from '#platform/clock.ts'
import type { Database } from '#platform/database.ts'
import { subgraphSchema } from '#platform/graphql.ts'
import { type Scope, whileAwaited } from '#platform/scope.ts'
import { createContext } from './loaders.ts'
import { resolvers } from './resolvers.ts'

const sdl = readFileSync(new URL('../../schema/crm.graphql', import.meta.url), 'utf8')

/** CRM: who the customers are and what was agreed with them. */
export const crm = (db: Database, clock: Clock) => ({
  name: 'crm',
  schema: subgraphSchema(sdl, resolvers),
  createContext: (scope: Scope) => createContext({ db: whileAwaited(db, scope), clock }),
})
