import { readFileSync } from 'node:fs'
import type { Clock } from '#platform/clock.ts'
import type { Database } from '#platform/database.ts'
import { subgraphSchema } from '#platform/graphql.ts'
import { checkOneAtATime } from '#platform/invariant.ts'
import { type Scope, whileAwaited } from '#platform/scope.ts'
import type { ReadDated } from './checklist.ts'
import { createContext } from './loaders.ts'
import { resolvers } from './resolvers.ts'
import { erpInvariants } from './store.ts'

const sdl = readFileSync(new URL('../../schema/erp.graphql', import.meta.url), 'utf8')

/** A subgraph by itself knows of no documents but its own. */
const nothingElsewhere: ReadDated = () => Promise.resolve([])

/** ERP: the books, and what of them belongs to each document, contract and customer. `readDated` asks billing. */
export function erp(db: Database, clock: Clock, readDated: ReadDated = nothingElsewhere) {
  const check = checkOneAtATime(db, clock, erpInvariants)
  return {
    name: 'erp',
    schema: subgraphSchema(sdl, resolvers),
    createContext: (scope: Scope) =>
      createContext({
        db: whileAwaited(db, scope),
        check,
        write: { db, command: { subgraph: 'erp', clock, correlationId: scope.requestId }, readDated },
      }),
  }
}
