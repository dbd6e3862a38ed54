/** The product as `npm start` puts it together, with its relays at work, over a store without any fact. */
import type { Facts } from '#domain/facts.ts'
import type { Answer } from '#gateway/engine.ts'
import { createGateway, type Gateway } from '#gateway/server.ts'
import { type ManualClock, manualClock } from '#platform/clock.ts'
import { SUBGRAPHS, type SubgraphName } from '#platform/config.ts'
import { SCALARS } from '#platform/graphql.ts'
import { type Bus, createLocalBus } from '#platform/log/bus.ts'
import type { Running } from '#platform/log/hold-office.ts'
import { startRelay } from '#platform/log/relay.ts'
import { startConsumer } from '#platform/log/run-consumer.ts'
import { startReplays } from '#platform/log/run-replays.ts'
import {
  consumersOf,
  createRecordFacts,
  createSubgraph,
  cursorField,
  projections,
  proofs,
  supergraph,
} from '#product.ts'
import { findExportFile } from '#subgraphs/operations/exports/download.ts'
import { startReviews } from '#subgraphs/insight/run-reviews.ts'
import {
  type ReconciliationOptions,
  startReconciliation,
} from '#subgraphs/operations/reconciliation/worker.ts'
import { STORED_SUBGRAPHS } from '#subgraphs/stored.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { silentLog } from '#test/support/log.ts'

/** An answer as a client reads it. */
export interface ClientAnswer<Data> {
  readonly data?: Data | null
  readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[]
  readonly extensions?: { readonly eventCursor?: string }
}

/** A subscription that a test reads. */
export interface Watch<Data> {
  /** The next answer; undefined after the last. */
  readonly next: () => Promise<ClientAnswer<Data> | undefined>
  readonly leave: () => void
}

export interface LiveWorld {
  readonly database: TestDatabase
  readonly clock: ManualClock
  readonly bus: Bus
  readonly gateway: Gateway
  readonly record: (facts: Partial<Facts>) => Promise<unknown>
  readonly ask: <Data>(
    query: string,
    variables?: object,
    isCursorAsked?: boolean,
  ) => Promise<ClientAnswer<Data>>
  /** Begins a subscription; it is asked for its first event at once. */
  readonly watch: <Data>(query: string, variables?: object) => Watch<Data>
  /** Has insight take note of events, as a process that was just started does; gives what stops it. */
  readonly startInsight: () => Promise<() => Promise<void>>
  /** Has operations take note of events and compare the systems, or do other work; gives what stops it. */
  readonly startOperations: (
    startWork?: (options: ReconciliationOptions) => Running,
  ) => Promise<() => Promise<void>>
  readonly close: () => Promise<void>
}

const NOW = '2026-06-15T12:00:00Z'

const requestOf = (signal: AbortSignal) => ({
  requestId: 'test',
  signal,
  identity: { kind: 'anonymous' } as const,
})

/** Opens it. */
export async function openLiveWorld(): Promise<LiveWorld> {
  const database = await openTestDatabase()
  const clock = manualClock(NOW)
  const bus = createLocalBus()
  const relays = STORED_SUBGRAPHS.map((source) =>
    startRelay({ db: database.of(source), source, bus, log: silentLog }),
  )
  const gateway = createGateway({
    supergraph,
    subgraphs: SUBGRAPHS.map((name) => createSubgraph(name, database.of, clock, bus, silentLog)),
    log: silentLog,
    scalars: Object.values(SCALARS),
    proofs,
    cursorField,
    examples: [],
    readiness: [],
    findDownload: (token) => findExportFile(database.of('operations'), clock, token),
  })
  const startSubgraph = async (
    subgraph: SubgraphName,
    startWork: (options: ReconciliationOptions) => Running,
  ): Promise<() => Promise<void>> => {
    const options = { db: database.of(subgraph), subgraph, bus, clock, log: silentLog }
    const consumers = consumersOf(subgraph, database.of, clock, silentLog)
    const running = await Promise.all(consumers.map((consumer) => startConsumer({ ...options, consumer })))
    const replays = startReplays({ ...options, consumers, projections: projections[subgraph] })
    const all = [startWork(options), replays, ...running]
    return async () => void (await Promise.all(all.map((each) => each.stop())))
  }
  return {
    database,
    clock,
    bus,
    gateway,
    record: createRecordFacts(database.of, clock, 'test'),
    ask: async (query, variables = {}, isCursorAsked = false) => {
      const params = { query, variables: { ...variables }, isCursorAsked }
      return read(await gateway.execute(params, requestOf(new AbortController().signal)))
    },
    watch: (query, variables = {}) => {
      const leaving = new AbortController()
      const answers = gateway.stream(
        { query, variables: { ...variables } },
        requestOf(leaving.signal),
        () => true,
      )
      let coming = answers.next()
      return {
        next: async () => {
          const { value } = await coming
          coming = answers.next()
          return value ? read(value) : undefined
        },
        leave: () => leaving.abort(),
      }
    },
    startInsight: () => startSubgraph('insight', startReviews),
    startOperations: (startWork = startReconciliation) => startSubgraph('operations', startWork),
    close: async () => {
      gateway.stop()
      await Promise.all(relays.map((relay) => relay.stop()))
      await bus.close()
      await database.close()
    },
  }
}

const read = <Data>({ body }: Answer): ClientAnswer<Data> => JSON.parse(body) as ClientAnswer<Data>
