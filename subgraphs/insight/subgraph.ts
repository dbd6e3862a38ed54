import { readFileSync } from 'node:fs'
import type { Clock } from '#platform/clock.ts'
import { subgraphSchema } from '#platform/graphql.ts'
import { resolvers } from './resolvers.ts'

/** What insight's resolvers know beside what the other systems told them. */
export interface Context {
  readonly clock: Clock
}

const sdl = readFileSync(new URL('../../schema/insight.graphql', import.meta.url), 'utf8')

/** Insight: what follows from all systems together; it keeps nothing of its own. */
export const insight = (clock: Clock) => ({
  name: 'insight',
  schema: subgraphSchema(sdl, resolvers),
  createContext: (): Context => ({ clock }),
})
