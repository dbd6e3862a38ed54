/** The gateway of a campaign in a process of its own, so that its memory and its handles are its own. */
import { fixtureSupergraph, gatewayOver } from '#test/gateway/graph.ts'
import { createWorld } from '#test/gateway/world.ts'

import { serveMeasured } from '#bench/server.ts'
import { HOLDINGS_PATH, RELOAD_PATH } from './holdings.ts'

const services = process.env['CAMPAIGN_SERVICES']
const gateway = gatewayOver(createWorld(), {
  ...(services !== undefined && { subgraphs: JSON.parse(services) as { name: string; url: string }[] }),
  limits: { fetchTimeoutMs: 1_000 },
})

let reloads = 0

serveMeasured((request, response) => {
  if (request.url === RELOAD_PATH) {
    reloads += 1
    gateway.reload(fixtureSupergraph)
    return void response.end(String(reloads))
  }
  if (request.url !== HOLDINGS_PATH) return gateway.handle(request, response)
  const kinds = Object.groupBy(process.getActiveResourcesInfo(), (kind) => kind)
  const holdings = Object.fromEntries(Object.entries(kinds).map(([kind, list]) => [kind, list?.length]))
  response.end(JSON.stringify(holdings))
})
