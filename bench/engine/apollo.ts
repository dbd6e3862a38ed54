/** The contender @apollo/gateway under Apollo Server. */
import type * as Apollo from '@apollo/server'

import { readJson, serveMeasured } from '../server.ts'
import { peer } from './peers.ts'
import { supergraph } from './supergraph.ts'

const { ApolloGateway } = peer('@apollo/gateway') as {
  ApolloGateway: new (config: object) => never
}
const apollo = peer('@apollo/server') as typeof Apollo

const server = new apollo.ApolloServer({
  gateway: new ApolloGateway({ supergraphSdl: supergraph }),
  stopOnTerminationSignals: false,
})
await server.start()

// As its own standalone server does it, on the server that is measured.
serveMeasured(async (request, response) => {
  const headers = new apollo.HeaderMap()
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value))
  const answer = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method ?? 'POST',
      headers,
      search: '',
      body: await readJson(request),
    },
    context: () => Promise.resolve({}),
  })
  if (answer.body.kind !== 'complete') throw new Error('the answer comes in parts')
  response.writeHead(answer.status ?? 200, Object.fromEntries(answer.headers))
  response.end(answer.body.string)
})
