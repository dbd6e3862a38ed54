/** The contender that is the product: the gateway with its subgraphs in process, as `npm start` makes it. */
import { createGateway } from '#gateway/server.ts'
import { systemClock } from '#platform/clock.ts'
import { createLocalBus } from '#platform/log/bus.ts'
import { readConfig, SUBGRAPHS } from '#platform/config.ts'
import { SCALARS } from '#platform/graphql.ts'
import { createLog } from '#platform/log.ts'
import { openStores } from '#platform/stores.ts'
import { createSubgraph, proofs, supergraph } from '#product.ts'
import { STORED_SUBGRAPHS, SUBGRAPHS_FOLDER } from '#subgraphs/stored.ts'
import { serveMeasured } from './server.ts'

const config = readConfig()
const log = createLog({ level: config.logLevel })
const stores = await openStores({
  ...config,
  subgraphs: STORED_SUBGRAPHS,
  migrationsFolder: SUBGRAPHS_FOLDER,
  log,
})
const bus = createLocalBus()
const subgraphs = SUBGRAPHS.map((name) => createSubgraph(name, stores.of, systemClock, bus, log))
const gateway = createGateway({
  supergraph,
  subgraphs,
  log,
  scalars: Object.values(SCALARS),
  proofs,
  examples: [],
  readiness: [],
})

serveMeasured((request, response) => gateway.handle(request, response))
