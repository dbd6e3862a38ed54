import type { Clock } from '#platform/clock.ts'
import type { SubgraphName } from '#platform/config.ts'
import type { Database } from '#platform/database.ts'
import type { Log } from '#platform/log.ts'
import type { Bus } from '#platform/log/bus.ts'
import type { Consumer } from '#platform/log/consumer.ts'
import type { Running } from '#platform/log/hold-office.ts'
import { keepMonths } from '#platform/log/months.ts'
import { startReplays } from '#platform/log/run-replays.ts'
import { startRelay } from '#platform/log/relay.ts'
import { startConsumer } from '#platform/log/run-consumer.ts'
import { watchStores } from '#platform/log/telemetry.ts'
import type { Stores } from '#platform/stores.ts'
import { rulesByModel } from '#subgraphs/operations/exceptions/rules.ts'
import { startTakingIn } from '#subgraphs/operations/inbound/worker.ts'
import { startReconciliation } from '#subgraphs/operations/reconciliation/worker.ts'
import { watchClock } from '#subgraphs/operations/clock/watch.ts'
import { watchDeadlines } from '#subgraphs/operations/deadlines/watch.ts'
import { startWebhooks } from '#subgraphs/operations/webhooks/worker.ts'
import { type OutsideConfig, webhookSources } from '#outside/outside.ts'
import {
  billContractsDue,
  followContractTerms,
  billUsedMonth,
  collectOverdueInvoices,
  consumersOf,
  createRecordFacts,
  projections,
  workflowDesk,
} from '#product.ts'
import { createShared } from '#workshop.ts'
import { startReviews } from '#subgraphs/insight/run-reviews.ts'
import { STORED_SUBGRAPHS } from '#subgraphs/stored.ts'

export interface EventsOptions {
  readonly stores: Stores
  /** Subgraphs that run in this process. */
  readonly subgraphs: readonly SubgraphName[]
  readonly bus: Bus
  readonly retentionMonths: number
  /** Networks beside those of the internet that webhooks may be sent to. */
  readonly webhookAllowedAddresses: readonly string[]
  readonly connected: OutsideConfig
  readonly clock: Clock
  readonly log: Log
}

/** What publishes and takes events. */
export interface RunningEvents extends Running {
  /** The consumers of this release: a store may have places of those of others. */
  readonly consumers: readonly string[]
}

/** Long before a month that was made ahead begins. */
const MONTHS_MS = 24 * 60 * 60 * 1_000

/** Has this process stand ready to publish the events of its subgraphs, and to run what takes note of them. */
export async function startEvents({
  stores,
  subgraphs,
  bus,
  retentionMonths,
  webhookAllowedAddresses,
  connected,
  clock,
  log,
}: EventsOptions): Promise<RunningEvents> {
  watchStores((subgraph) => stores.of(subgraph), subgraphs)
  const consumersIn = (subgraph: SubgraphName): Consumer[] =>
    consumersOf(subgraph, (name) => stores.of(name), clock, log, connected)
  const months = await lookAfterMonths(stores, retentionMonths, log)
  const relays = subgraphs.map((source) => startRelay({ db: stores.of(source), source, bus, log }))
  const running = await Promise.all(
    subgraphs.flatMap((subgraph) =>
      consumersIn(subgraph).map((consumer) =>
        startConsumer({ db: stores.of(subgraph), subgraph, consumer, bus, clock, log }),
      ),
    ),
  )
  const reviews = subgraphs.includes('insight')
    ? [startReviews({ db: stores.of('insight'), clock, log })]
    : []
  const webhooks = subgraphs.includes('operations')
    ? [
        startWebhooks({ db: stores.of('operations'), allowed: webhookAllowedAddresses, clock, log }),
        startReconciliation({ db: stores.of('operations'), clock, log }),
      ]
    : []
  const workflows = subgraphs.includes('operations') ? startWorkflows(stores, clock, log, connected) : []
  const replays = subgraphs.map((subgraph) =>
    startReplays({
      db: stores.of(subgraph),
      subgraph,
      clock,
      log,
      consumers: consumersIn(subgraph),
      projections: projections[subgraph],
    }),
  )
  const all = [months, ...reviews, ...webhooks, ...workflows, ...replays, ...running, ...relays]
  return {
    consumers: subgraphs.flatMap((subgraph) => consumersIn(subgraph).map(({ name }) => name)),
    stop: async () => void (await Promise.all(all.map((each) => each.stop()))),
  }
}

/**
 * Carries workflows out, watches the deadlines of what waits for people, has done what the day brings, and takes in
 * what outside systems told.
 */
function startWorkflows(stores: Stores, clock: Clock, log: Log, connected: OutsideConfig): Running[] {
  const databaseOf = (subgraph: SubgraphName): Database => stores.of(subgraph)
  const desk = workflowDesk(databaseOf, clock, log, connected)
  const context = { subgraph: 'operations', clock, correlationId: 'deadlines' }
  const db = stores.of('operations')
  const recordFacts = createRecordFacts(databaseOf, clock, 'webhooks')
  const { models, sources } = createShared(databaseOf, clock)
  const rulesOf = rulesByModel({ sources, modelOf: models.pick })
  const rules = () => rulesOf({ legalEntityId: null })
  const inbound =
    webhookSources(connected).length > 0 ? [startTakingIn({ db, clock, recordFacts, rules, log })] : []
  return [
    desk.work(),
    watchDeadlines({ db, context, log, ring: desk.ring }),
    watchClock(
      [
        { name: 'invoices are collected', begin: () => collectOverdueInvoices(databaseOf, desk, clock) },
        { name: 'terms are followed', begin: () => followContractTerms(databaseOf, desk, clock) },
        { name: 'contracts are billed', begin: () => billContractsDue(databaseOf, desk, clock) },
        { name: 'use is billed', begin: () => billUsedMonth(databaseOf, desk, clock) },
      ],
      log,
    ),
    ...inbound,
  ]
}

/** Any node may do so: the months of all logs, one node at a time. */
async function lookAfterMonths({ owner }: Stores, retentionMonths: number, log: Log): Promise<Running> {
  const look = async (): Promise<void> => {
    try {
      const dropped = await keepMonths(owner, STORED_SUBGRAPHS, retentionMonths)
      if (dropped.length > 0) log.info({ dropped }, 'months of the logs were let go')
    } catch (err) {
      log.error({ err }, 'the months of the logs could not be looked after')
    }
  }
  await look()
  const timer = setInterval(() => void look(), MONTHS_MS)
  return { stop: () => Promise.resolve(clearInterval(timer)) }
}
