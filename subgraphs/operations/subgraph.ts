import { readFileSync } from 'node:fs'
import type { Queryable } from '#platform/database.ts'
import { subgraphSchema } from '#platform/graphql.ts'
import { type Scope, whileAwaited } from '#platform/scope.ts'
import { resolvers } from './resolvers.ts'

/** What the resolvers of operations share during one request. */
export interface Context {
  readonly db: Queryable
}

const sdl = readFileSync(new URL('../../schema/operations.graphql', import.meta.url), 'utf8')

/** Operations: what goes on between the systems. */
export const operations = (db: Queryable) => ({
  name: 'operations',
  schema: subgraphSchema(sdl, resolvers),
  createContext: (scope: Scope): Context => ({ db: whileAwaited(db, scope) }),
})
