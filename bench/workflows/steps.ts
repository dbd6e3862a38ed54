/** The three steps that all contenders take: a new object in each of three systems, with its event. */
import type { Customer } from '#domain/crm.ts'
import type { Product } from '#domain/billing.ts'
import type { Recorded } from '#domain/entity.ts'
import type { CreditProfile } from '#domain/erp.ts'
import type { Outcome } from '#domain/failure.ts'
import type { StepKind, WorkflowSystem } from '#domain/workflow.ts'
import { systemClock } from '#platform/clock.ts'
import type { Draft } from '#platform/command.ts'
import { type Database, openDatabase, type Statement } from '#platform/database.ts'
import { applyOnce } from '#platform/effect.ts'
import { toJson } from '#platform/json.ts'
import { createLog } from '#platform/log.ts'
import { roleOf } from '#platform/migrate.ts'
import { columnName, type Table } from '#platform/table.ts'
import { products } from '#subgraphs/billing/tables.ts'
import { customers } from '#subgraphs/crm/store.ts'
import { creditProfiles } from '#subgraphs/erp/tables.ts'
import { stated } from '#test/erp/books.ts'
import { customerFact } from '#test/support/facts.ts'

/** As many connections as a node of the product opens by itself. */
export const MAX_CONNECTIONS = 10

/** One step of the measured workflow. */
export interface MeasuredStep {
  readonly name: string
  readonly system: WorkflowSystem
  readonly kind: StepKind
  /** As a command of the product has it: once for its key. */
  readonly run: (db: Database, order: string, effectKey: string) => Promise<Outcome<string>>
  /** The same row and event as one statement, by who asks for nothing else. */
  readonly bare: (order: string) => Statement
}

export const SUBGRAPH_OF = { CRM: 'crm', BILLING: 'billing', ERP: 'erp', OPERATIONS: 'operations' } as const

/** Databases of the node that runs this, each under its subgraph's role. */
export function databases(url: string): (system: WorkflowSystem) => Database {
  const log = createLog({ level: 'error' })
  const opened = new Map<WorkflowSystem, Database>()
  return (system) =>
    opened.getOrInsertComputed(system, () =>
      openDatabase({ url, role: roleOf(SUBGRAPH_OF[system]), maxConnections: MAX_CONNECTIONS, log }),
    )
}

function stepOf<State extends { readonly id: string } & Recorded>(
  name: string,
  system: WorkflowSystem,
  kind: StepKind,
  table: Table<State>,
  stateOf: (order: string) => Draft<State>,
): MeasuredStep {
  const subgraph = SUBGRAPH_OF[system]
  const aggregate = { name, table, event: () => 'created' }
  return {
    name,
    system,
    kind,
    run: (db, order, effectKey) =>
      applyOnce(
        db,
        { subgraph, clock: systemClock, correlationId: order, effectKey },
        { operation: name, input: { order } },
        async (unit) => {
          const [saved] = await unit.save(aggregate, [{ before: undefined, after: stateOf(order) }])
          return { value: saved?.id ?? '' }
        },
      ),
    bare: (order) => {
      const state = { ...stateOf(order), version: 1, recordedAt: systemClock.now() }
      const columns = Object.keys(state).map(columnName)
      const row = Object.fromEntries(
        Object.entries(state).map(([field, value]) => [columnName(field), value]),
      )
      return {
        name: `bare ${name}`,
        text: `WITH state AS (INSERT INTO ${table.name} (${columns.join()})
            SELECT ${columns.join()} FROM jsonb_populate_record(NULL::${table.name}, $1) RETURNING id, recorded_at)
          INSERT INTO ${subgraph}.event
            (aggregate_id, version, aggregate, type, recorded_at, correlation_id, data)
          SELECT id, 1, '${name}', 'revgraph.${subgraph}.${name}.created.v1', recorded_at, $2, $3 FROM state`,
        values: [toJson(row), order, toJson(state)],
      }
    },
  }
}

/** What is taken back, what is not, and what can only follow. */
export const STEPS: readonly MeasuredStep[] = [
  stepOf<Customer>('customer', 'CRM', 'COMPENSATABLE', customers, (order) => ({
    ...customerFact({ id: `cus_${order}` }),
    billingFeedback: null,
  })),
  stepOf<Product>('product', 'BILLING', 'PIVOT', products, (order) => ({
    ...stated(`prod_${order}`),
    name: 'Platform',
    sku: order,
    description: null,
    family: null,
    taxCode: null,
    active: true,
  })),
  stepOf<CreditProfile>('creditProfile', 'ERP', 'RETRIABLE', creditProfiles, (order) => ({
    ...stated(`crp_${order}`),
    customerId: `cus_${order}`,
    currency: 'USD',
    creditLimit: null,
    onHold: false,
    holdReason: null,
  })),
]
