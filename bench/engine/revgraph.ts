/** The contender that is ours, with its subgraphs in process or as services. */
import { buildSubgraphSchema } from '@apollo/subgraph'
import { parse } from 'graphql'

import { createGateway } from '#gateway/server.ts'
import { createLog } from '#platform/log.ts'

import { serveMeasured } from '../server.ts'
import { parts, urlOf } from './graph.ts'
import { services, supergraph } from './supergraph.ts'

const subgraphs = parts.map(({ name, sdl, resolvers }) =>
  services === undefined
    ? {
        name,
        schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers }]),
        createContext: () => ({}),
      }
    : { name, url: urlOf(name, services) },
)
const log = createLog({ level: 'warn' })
const gateway = createGateway({ supergraph, subgraphs, log, examples: [], readiness: [] })

serveMeasured((request, response) => gateway.handle(request, response))
