import type { Owner } from '#domain/exception.ts'
import type { Money } from '#domain/money.ts'
import type { Workflow, WorkflowStatus } from '#domain/workflow.ts'
import type { Queryable } from '#platform/database.ts'
import { workflows } from './workflow-store.ts'

/** A workflow that does not get on. */
export interface StuckWorkflow {
  readonly workflow: Workflow
  /** Who has to look: of its exception or its approval; null where it only waits for a system or its turn. */
  readonly owner: Owner | null
  /** By when. */
  readonly dueAt: Temporal.Instant | null
}

type StuckRow = Record<string, unknown> & Pick<StuckWorkflow, 'owner' | 'dueAt'>

const STUCK = `t.ended_at IS NULL AND (t.status IN ('EXCEPTION', 'AWAITING_APPROVAL') OR t.accepted_at < $1)`

/** Who has to look at a workflow, and by when. */
const ATTENDED = `operations.workflow t
  LEFT JOIN operations.exception e ON e.workflow_id = t.id AND e.status <> 'RESOLVED'
  LEFT JOIN LATERAL (SELECT approver, due_at FROM operations.approval
    WHERE workflow_id = t.id AND status = 'PENDING' ORDER BY due_at LIMIT 1) AS a ON true`
const OWNED = `${workflows.select}, coalesce(e.owner, a.approver) AS owner, coalesce(e.due_at, a.due_at) AS "dueAt"`

/** Workflows that wait for a person, or were accepted before an instant and have not ended; longest first. */
export async function readStuckWorkflows(
  db: Queryable,
  before: Temporal.Instant,
  limit: number,
): Promise<StuckWorkflow[]> {
  const rows = await db.rows<StuckRow>({
    name: 'operations stuck workflows',
    text: `SELECT ${OWNED} FROM ${ATTENDED} WHERE ${STUCK} ORDER BY t.accepted_at, t.id LIMIT $2`,
    values: [before.toString(), limit],
  })
  return rows.map(read)
}

const read = ({ owner, dueAt, ...row }: StuckRow): StuckWorkflow => ({
  workflow: workflows.read(row),
  owner,
  dueAt,
})

/** Workflows that close deals of a range of days, both included, and have not come to their invoice. */
export async function readUnbilledClosings(
  db: Queryable,
  { from, to }: { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate },
  limit: number,
): Promise<StuckWorkflow[]> {
  const rows = await db.rows<StuckRow>({
    name: 'operations closings unbilled',
    text: `SELECT ${OWNED} FROM ${ATTENDED}
      WHERE t.ended_at IS NULL AND t.flow = 'closeOpportunity' AND (t.input->>'closedOn')::date BETWEEN $1 AND $2
        AND NOT t.steps @> '[{"name": "issueInvoice", "status": "DONE"}]'
      ORDER BY t.accepted_at, t.id LIMIT $3`,
    values: [from.toString(), to.toString(), limit],
  })
  return rows.map(read)
}

/** How many of them there are, by status. */
export function countStuckWorkflows(
  db: Queryable,
  before: Temporal.Instant,
): Promise<{ readonly status: WorkflowStatus; readonly count: number }[]> {
  return db.rows({
    name: 'operations stuck workflows counted',
    text: `SELECT status, count(*)::int AS count FROM operations.workflow t
      WHERE ${STUCK} GROUP BY status ORDER BY status`,
    values: [before.toString()],
  })
}

/** For how long work waits at a gate. */
export interface GateWaits {
  readonly gate: string
  /** Seconds from asking to deciding, of those that were asked for in the time and are decided. */
  readonly seconds: readonly number[]
  readonly pending: number
  /** When the one that waits longest was asked for, whenever that was; null where none waits. */
  readonly waitingSince: Temporal.Instant | null
}

/** For how long work waits at each gate of which a person was asked from an instant on, or is asked still. */
export function readGateWaits(db: Queryable, since: Temporal.Instant): Promise<GateWaits[]> {
  return db.rows<GateWaits>({
    name: 'operations waits at gates',
    text: `SELECT gate,
        coalesce(array_agg(extract(epoch FROM decided_at - requested_at)::float8)
          FILTER (WHERE decided_at IS NOT NULL AND requested_at >= $1), '{}') AS seconds,
        count(*) FILTER (WHERE decided_at IS NULL)::int AS pending,
        min(requested_at) FILTER (WHERE decided_at IS NULL) AS "waitingSince"
      FROM operations.approval WHERE requested_at >= $1 OR status = 'PENDING' GROUP BY gate ORDER BY gate`,
    values: [since.toString()],
  })
}

/** What failed and waits to be mended, of a class. */
export interface FailedOf<Class extends string = string> {
  readonly class: Class
  readonly count: number
  /** Since when the first of them waits. */
  readonly oldestAt: Temporal.Instant | null
  readonly moneyAtRisk: readonly Money[]
}

/** Exceptions that are not resolved, by class. */
export async function readOpenExceptions(db: Queryable): Promise<FailedOf[]> {
  const rows = await db.rows<{
    class: string
    currency: string | null
    amount: bigint | null
    count: number
    oldestAt: Temporal.Instant
  }>({
    name: 'operations exceptions by class',
    text: `SELECT class, money_at_risk->>'currency' AS currency,
        sum((money_at_risk->>'minorUnits')::bigint)::bigint AS amount,
        count(*)::int AS count, min(opened_at) AS "oldestAt"
      FROM operations.exception WHERE status <> 'RESOLVED' GROUP BY 1, 2 ORDER BY 1, 2`,
    values: [],
  })
  return [...Map.groupBy(rows, (row) => row.class)].map(([name, of]) => ({
    class: name,
    count: of.reduce((count, each) => count + each.count, 0),
    oldestAt:
      of.map(({ oldestAt }) => oldestAt).toSorted((a, b) => Temporal.Instant.compare(a, b))[0] ?? null,
    moneyAtRisk: of.flatMap(({ currency, amount }) =>
      currency === null || amount === null ? [] : [{ currency, minorUnits: amount }],
    ),
  }))
}

/** Webhooks that nobody took delivery of. */
export async function readFailedWebhooks(db: Queryable): Promise<FailedOf<'WEBHOOK_UNDELIVERED'>[]> {
  const rows = await db.rows<Omit<FailedOf<'WEBHOOK_UNDELIVERED'>, 'moneyAtRisk'>>({
    name: 'operations webhooks failed',
    text: `SELECT 'WEBHOOK_UNDELIVERED' AS class, count(*)::int AS count, min(recorded_at) AS "oldestAt"
        FROM operations.webhook_delivery WHERE status = 'FAILED'`,
    values: [],
  })
  return rows.map((row) => ({ ...row, moneyAtRisk: [] }))
}
