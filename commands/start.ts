import type { Server } from 'node:http'
import { flushCompileCache } from 'node:module'
import { createHttpServer } from '#gateway/http/http-server.ts'
import { defaultLimits } from '#gateway/limits.ts'
import { createGateway, type Gateway } from '#gateway/server.ts'
import { systemClock } from '#platform/clock.ts'
import { ConfigError, SUBGRAPHS, type SubgraphName } from '#platform/config.ts'
import { SCALARS } from '#platform/graphql.ts'
import { type Bus, createLocalBus } from '#platform/log/bus.ts'
import type { Running } from '#platform/log/hold-office.ts'
import { createRedisBus } from '#platform/log/redis-bus.ts'
import { readStoreId } from '#platform/migrate.ts'
import type { Stores } from '#platform/stores.ts'
import { serveSubgraph } from '#platform/subgraph-server.ts'
import { expose } from '#platform/telemetry.ts'
import { STORED_SUBGRAPHS, SYSTEMS } from '#subgraphs/stored.ts'
import { findExportFile } from '#subgraphs/operations/exports/download.ts'
import { readLibrary } from '#subgraphs/operations/models/library.ts'
import { createSubgraph, cursorField, noticeOverdueInvoices, proofs } from '#product.ts'
import { catchUpWithSeed } from './catch-up.ts'
import { type Command, type CommandInput, say, UsageError } from './command.ts'
import { tellUnknownCompanies } from './connected-companies.ts'
import { type RunningEvents, startEvents } from './events.ts'
import { hooksBefore, hooksOf } from './hooks.ts'
import { readExamples } from './examples.ts'
import { keepNoticingOverdue } from './overdue.ts'
import { recognizeEndedMonths } from './recognize.ts'
import { fillStores } from './seed.ts'
import { openConfiguredStores } from './stores.ts'
import { readSupergraph, reloadOnHangUp } from './supergraph.ts'
import { readTrustedDocuments } from './trusted.ts'

/** What is served until it is told to stop. */
interface Served extends Running {
  readonly url: string
}

/** `npm start`: the whole product, or with `--role subgraph:<name>` one subgraph. */
export const startCommand: Command = async (input) => {
  const { role, words } = input.line
  if (words.length > 0) throw new UsageError(`start takes no "${words.join(' ')}".`)
  const parts = role === undefined ? SUBGRAPHS.filter((name) => !isRemote(input, name)) : [subgraphOf(role)]
  // A model that cannot be used is told now, and not when the first workflow needs it.
  if (parts.includes('operations')) readLibrary()
  const stores = parts.some(isStored) ? await openConfiguredStores(input) : undefined
  const bus = await openBus(input, stores)
  try {
    const start =
      role === undefined
        ? startGateway(input, parts, { stores, bus })
        : startSubgraph(input, subgraphOf(role), { stores, bus })
    const running = await input.stop.interrupts(start)
    const events = await startEventsOf(input, parts.filter(isStored), bus, stores)
    if (stores && events && STORED_SUBGRAPHS.every((name) => parts.includes(name)))
      await Promise.race([catchUpWithSeed(stores, events.consumers), input.stop.asked])
    // Also where it is killed later, the next start is spared compiling.
    flushCompileCache()
    say(`Ready: ${running.url} (Ctrl-C stops it)`)
    await input.stop.asked
    say('Stopping')
    await running.stop()
    await events?.stop()
  } finally {
    await bus.close()
    await stores?.close()
  }
}

const isStored = (name: SubgraphName): boolean => STORED_SUBGRAPHS.some((stored) => stored === name)

/** Over Redis where one is named: other nodes hear within moments what is published here. */
async function openBus({ config, log }: CommandInput, stores: Stores | undefined): Promise<Bus> {
  if (config.redisUrl === undefined || stores === undefined) return createLocalBus()
  return createRedisBus({ url: config.redisUrl, storeId: await readStoreId(stores.owner), log })
}

/** What publishes and takes events, for the subgraphs that keep their store open in this process. */
async function startEventsOf(
  { config, log }: CommandInput,
  subgraphs: readonly SubgraphName[],
  bus: Bus,
  stores: Stores | undefined,
): Promise<RunningEvents | undefined> {
  if (stores === undefined) return undefined
  const { eventRetentionMonths: retentionMonths, webhookAllowedAddresses } = config
  return startEvents({
    stores,
    subgraphs,
    bus,
    retentionMonths,
    webhookAllowedAddresses,
    connected: config,
    clock: systemClock,
    log,
  })
}

const isRemote = ({ config }: CommandInput, name: SubgraphName): boolean =>
  config.subgraphUrls[name] !== undefined

function subgraphOf(role: string): SubgraphName {
  const name = SUBGRAPHS.find((subgraph) => role === `subgraph:${subgraph}`)
  if (name !== undefined) return name
  const known = SUBGRAPHS.map((subgraph) => `subgraph:${subgraph}`).join(', ')
  throw new UsageError(`There is no role "${role}"; there are ${known}.`)
}

/** A subgraph that keeps something is only made where its store is open. */
const databaseOf = (stores: Stores | undefined) => (name: SubgraphName) => {
  if (stores === undefined) throw new Error(`the store of ${name} is not open`)
  return stores.of(name)
}

/** What the subgraphs of this process rest on. */
interface Ground {
  readonly stores: Stores | undefined
  readonly bus: Bus
}

/** The gateway, with the subgraphs that are `local` in this process and the others behind their URLs. */
async function startGateway(
  input: CommandInput,
  local: readonly SubgraphName[],
  ground: Ground,
): Promise<Served> {
  const { config } = input
  const { stores } = ground
  const isWhole = SYSTEMS.every((name) => local.includes(name))
  if (stores !== undefined && isWhole) await input.stop.interrupts(prepareStores(input, stores))
  if (stores !== undefined && local.includes('erp')) await tellUnknownCompanies(config, stores.of('erp'))
  const gateway = await createConfiguredGateway(input, local, ground)
  await tellWhatIsMissing(gateway)
  const stopReloading = reloadOnHangUp(gateway, config, input.log)
  const hooks = local.includes('operations') ? hooksOf(input, databaseOf(stores)) : undefined
  const handle = hooks === undefined ? gateway.handle : hooksBefore(gateway.handle, hooks)
  const server = createHttpServer({ handle, upgrade: gateway.upgrade }, defaultLimits)
  await listen(server, config.port, config.host)
  const stopNoticing = isWhole ? keepNoticingOverdue(databaseOf(stores), systemClock, input.log) : undefined
  return {
    url: `http://${config.host}:${config.port}/graphql`,
    stop: async () => {
      stopReloading()
      await stopNoticing?.()
      const closed = close(server)
      await gateway.endStreams()
      await closed
      gateway.stop()
    },
  }
}

/** Requests are taken without what does not answer yet: who started it should know, and the log has the causes. */
async function tellWhatIsMissing(gateway: Gateway): Promise<void> {
  const { reasons } = await gateway.readiness()
  for (const reason of Object.values(reasons)) say(`Not ready: ${reason}`)
}

/** What a store needs before it is served: a company in it, and what the passing of days brought since. */
async function prepareStores({ config }: CommandInput, stores: Stores): Promise<void> {
  await fillStores(stores, config.seedCustomers, systemClock)
  await recognizeEndedMonths(stores, systemClock, 'start')
  await noticeOverdueInvoices(databaseOf(stores), systemClock, 'start')
}

async function createConfiguredGateway(
  { config, log }: CommandInput,
  local: readonly SubgraphName[],
  { stores, bus }: Ground,
): Promise<Gateway> {
  const subgraphs = SUBGRAPHS.map((name) => {
    const url = config.subgraphUrls[name]
    return local.includes(name) || url === undefined
      ? createSubgraph(name, databaseOf(stores), systemClock, bus, log, config)
      : { name, url, secret: config.subgraphSecrets[0] }
  })
  const readiness =
    stores === undefined
      ? []
      : [{ name: 'postgres', reason: 'PostgreSQL does not answer', check: stores.check }]
  const options = {
    supergraph: await readSupergraph(config),
    subgraphs,
    log,
    scalars: Object.values(SCALARS),
    proofs,
    cursorField,
    allowedOrigins: config.allowedOrigins,
    isProduction: config.production,
    trustedDocuments: await readTrustedDocuments(config),
    readiness,
    metrics: expose,
    ...(stores && {
      findDownload: (token: string) => findExportFile(stores.of('operations'), systemClock, token),
    }),
  }
  if (config.production || config.trustedDocuments.isExclusive)
    return createGateway({ ...options, examples: [] })
  // One that asks only for what the examples need, and says nothing of trusted documents.
  const { trustedDocuments: _trusted, ...plain } = options
  const examples = await readExamples(createGateway({ ...plain, examples: [] }).execute, systemClock)
  return createGateway({ ...options, examples })
}

const LOOPBACK = /^(localhost|::1|127(\.\d{1,3}){3})$/

/** One subgraph by itself, as a service for a gateway elsewhere. */
async function startSubgraph(
  { config, log }: CommandInput,
  name: SubgraphName,
  { stores, bus }: Ground,
): Promise<Served> {
  const { host, port, subgraphSecrets: secrets } = config
  if (secrets.length === 0 && !LOOPBACK.test(host))
    throw new ConfigError(
      `HOST is "${host}", which others can reach: set SUBGRAPH_SECRET, the same here and at the gateway.`,
    )
  const subgraph = createSubgraph(name, databaseOf(stores), systemClock, bus, log, config)
  try {
    const { check } = stores ?? {}
    return await serveSubgraph(subgraph, {
      host,
      port,
      log,
      clock: systemClock,
      secrets,
      ...(check && { check }),
    })
  } catch (cause) {
    throw cannotListen(host, port, cause)
  }
}

/** How long open requests may take to end when the process is asked to stop. */
const CLOSE_TIMEOUT_MS = 5_000

/** The address that the configuration names cannot be listened on. */
export class AddressError extends Error {
  override readonly name = 'AddressError'
}

/** What is told where an address cannot be listened on; any other error as it is. */
function cannotListen(host: string, port: number, cause: unknown): unknown {
  const { syscall, message } = cause as NodeJS.ErrnoException
  const isOfAddress = syscall === 'listen' || syscall === 'getaddrinfo'
  if (!isOfAddress) return cause
  return new AddressError(`Cannot listen on ${host}:${port} (${message}). Set PORT or HOST.`, { cause })
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', (cause) => {
    reject(cannotListen(host, port, cause))
  })
  server.listen(port, host, resolve)
  await promise
}

async function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(() => server.closeAllConnections(), CLOSE_TIMEOUT_MS)
  server.close(() => resolve())
  server.closeIdleConnections()
  await promise
  clearTimeout(timer)
}
