/** Webhooks at work: facts are recorded, relays publish them, consumers note what is to be sent, a worker sends it. */
import { expect } from 'vitest'
import type { Facts } from '#domain/facts.ts'
import { type ManualClock, manualClock } from '#platform/clock.ts'
import { type CommandContext, runCommand, type UnitOfWork } from '#platform/command.ts'
import { createLocalBus } from '#platform/log/bus.ts'
import type { Running } from '#platform/log/hold-office.ts'
import { startRelay } from '#platform/log/relay.ts'
import { startConsumer } from '#platform/log/run-consumer.ts'
import { createRecordFacts } from '#product.ts'
import type { LoggedAttempt, WebhookDelivery } from '#subgraphs/operations/delivery-store.ts'
import { allowAddresses, checkedLookup } from '#subgraphs/operations/webhooks/addresses.ts'
import { createEndpoint, type EndpointInput } from '#subgraphs/operations/webhooks/endpoints.ts'
import { WEBHOOK_SOURCES, webhookConsumersOf } from '#subgraphs/operations/webhooks/sources.ts'
import { startWebhookWorker } from '#subgraphs/operations/webhooks/worker.ts'
import { day, invoiceFact, invoiceLine } from '#test/domain/documents.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { silentLog } from '#test/support/log.ts'

/** What a test looks at of a delivery. */
type Delivery = Pick<WebhookDelivery, 'id' | 'aggregateId' | 'version' | 'status' | 'attempts'>

export interface WebhookWorld {
  readonly database: TestDatabase
  readonly clock: ManualClock
  readonly context: CommandContext
  readonly record: (facts: Partial<Facts>) => Promise<unknown>
  /** Records an invoice, or its next version with another due date. */
  readonly bill: (id: string, dueDate?: string) => Promise<unknown>
  readonly command: <Result>(work: (unit: UnitOfWork) => Promise<Result>) => Promise<Result>
  /** Makes an endpoint, for invoices unless it is said otherwise; gives its id and secret. */
  readonly endpoint: (
    url: string,
    input?: Partial<EndpointInput>,
  ) => Promise<{ readonly id: string; readonly secret: string }>
  /** Starts another node's sender. */
  readonly worker: (options?: { allowed?: string[]; timeoutMs?: number; leaseMs?: number }) => Running
  /** Waits until so many deliveries have been noted. */
  readonly noted: (count: number) => Promise<void>
  readonly deliveries: () => Promise<Delivery[]>
  readonly attempts: () => Promise<LoggedAttempt[]>
  /** Forgets what was recorded and stops the senders. */
  readonly reset: () => Promise<void>
  readonly close: () => Promise<void>
}

const NOW = '2026-06-15T12:00:00Z'
/** What the books make of an invoice is told as well: most tests do not want to hear of it. */
const ABOUT_INVOICES = ['issued', 'changed'].map((event) => `revgraph.billing.invoice.${event}.v1`)
const LOOPBACK = ['127.0.0.1']
const TIMEOUT_MS = 10_000
const POLL_MS = 10

/** Opens a world without endpoints. */
export async function openWebhookWorld(): Promise<WebhookWorld> {
  const database = await openTestDatabase()
  const clock = manualClock(NOW)
  const db = database.of('operations')
  const bus = createLocalBus()
  const workers = new Set<Running>()
  const relays = WEBHOOK_SOURCES.map((source) =>
    startRelay({ db: database.of(source), source, bus, log: silentLog }),
  )
  const consumers = await Promise.all(
    webhookConsumersOf(() => Promise.resolve([])).map((consumer) =>
      startConsumer({ db, subgraph: 'operations', consumer, bus, clock, log: silentLog }),
    ),
  )
  const context: CommandContext = { subgraph: 'operations', clock, correlationId: 'test' }
  const command = <Result>(work: (unit: UnitOfWork) => Promise<Result>): Promise<Result> =>
    runCommand(db, context, work)
  const record = createRecordFacts(database.of, clock, 'test')
  const deliveries = () =>
    database.owner.rows<Delivery>({
      text: `SELECT id, aggregate_id AS "aggregateId", version, status, attempts FROM operations.webhook_delivery
        ORDER BY aggregate_id, version, endpoint_id`,
      values: [],
    })
  const stopWorkers = async (): Promise<void> => {
    await Promise.all([...workers].map((worker) => worker.stop()))
    workers.clear()
  }
  return {
    database,
    clock,
    context,
    record,
    command,
    deliveries,
    bill: (id, dueDate = '2026-07-15') =>
      record({
        invoices: [
          invoiceFact({
            id,
            number: `INV-${id}`,
            dueDate: day(dueDate),
            lines: [invoiceLine(100n, { id: `line-${id}` })],
          }),
        ],
      }),
    endpoint: async (url, input = {}) => {
      const made = await command((unit) =>
        createEndpoint(unit, context, {
          url,
          description: null,
          system: null,
          eventTypes: ABOUT_INVOICES,
          ...input,
        }),
      )
      if (made.endpoint === null || made.secret === null) throw new Error(JSON.stringify(made.violations))
      return { id: made.endpoint.id, secret: made.secret }
    },
    worker: ({ allowed = LOOPBACK, timeoutMs = TIMEOUT_MS, leaseMs } = {}) => {
      const addresses = allowAddresses(allowed)
      const outside = { allowed: addresses, lookup: checkedLookup(addresses), timeoutMs }
      const worker = startWebhookWorker({
        db,
        clock,
        outside,
        log: silentLog,
        pollMs: POLL_MS,
        ...(leaseMs !== undefined && { leaseMs }),
      })
      workers.add(worker)
      return worker
    },
    noted: async (count) => {
      await expect.poll(deliveries, { interval: 5 }).toHaveLength(count)
    },
    attempts: () =>
      database.owner.rows<LoggedAttempt>({
        text: `SELECT began_at AS "beganAt", duration_ms AS "durationMs", status, error, excerpt
          FROM operations.webhook_attempt ORDER BY began_at`,
        values: [],
      }),
    reset: async () => {
      await stopWorkers()
      clock.set(NOW)
      await database.owner.rows({
        text: `TRUNCATE operations.webhook_endpoint, operations.webhook_secret, operations.webhook_delivery,
          operations.webhook_attempt, operations.idempotency`,
        values: [],
      })
    },
    close: async () => {
      await stopWorkers()
      await Promise.all([...consumers, ...relays].map((running) => running.stop()))
      await database.close()
    },
  }
}
