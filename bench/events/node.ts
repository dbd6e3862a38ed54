/** One node with the product's graph and its relay, which tells what it used. */
import { createGateway } from '#gateway/server.ts'
import { defaultLimits } from '#gateway/limits.ts'
import { systemClock } from '#platform/clock.ts'
import { SUBGRAPHS } from '#platform/config.ts'
import { openDatabase } from '#platform/database.ts'
import { SCALARS } from '#platform/graphql.ts'
import { createLog } from '#platform/log.ts'
import { createLocalBus } from '#platform/log/bus.ts'
import { startRelay } from '#platform/log/relay.ts'
import { roleOf } from '#platform/migrate.ts'
import { createSubgraph, cursorField, proofs, supergraph } from '#product.ts'
import { serveMeasured } from '../server.ts'

const MAX_SOCKETS = 20_000
const log = createLog({ level: 'error' })
const databaseOf = (name: string) =>
  openDatabase({ url: process.env['BENCH_DATABASE_URL'] ?? '', role: roleOf(name), maxConnections: 4, log })
const bus = createLocalBus()
startRelay({ db: databaseOf('billing'), source: 'billing', bus, log })
const gateway = createGateway({
  supergraph,
  subgraphs: SUBGRAPHS.map((name) => createSubgraph(name, databaseOf, systemClock, bus, log)),
  log,
  scalars: Object.values(SCALARS),
  proofs,
  cursorField,
  examples: [],
  readiness: [],
  // One machine has one address: it stands for as many clients.
  limits: {
    ...defaultLimits,
    maxSockets: MAX_SOCKETS,
    maxSocketsPerClient: MAX_SOCKETS,
    maxOperationsPerClient: MAX_SOCKETS,
  },
})
serveMeasured((request, response) => gateway.handle(request, response), gateway.upgrade)
