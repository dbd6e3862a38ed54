import type { Money } from '#domain/money.ts'
import type { Workflow } from '#domain/workflow.ts'
import type { Queryable } from '#platform/database.ts'
import { parseInstant } from '#platform/dates.ts'
import type { ListSpec } from '#platform/page.ts'
import { instant, int, json, optional, table, text, word } from '#platform/table.ts'

/** What is at stake, kept as one value. */
export const moneyAtRisk = json<Money | null>(
  (stored) => stored && { minorUnits: BigInt(stored.minorUnits), currency: stored.currency },
)

export const workflows = table<Workflow>('operations.workflow', {
  id: text,
  version: int,
  recordedAt: instant,
  flow: text,
  status: word(),
  model: text,
  modelVersion: int,
  subject: text,
  customerId: optional(text),
  legalEntityId: optional(text),
  moneyAtRisk,
  input: json(),
  prepared: json(),
  steps: json((steps) =>
    steps.map(({ startedAt, endedAt, ...step }) => ({
      ...step,
      startedAt: startedAt === null ? null : parseInstant(startedAt),
      endedAt: endedAt === null ? null : parseInstant(endedAt),
    })),
  ),
  dueAt: optional(instant),
  failure: json(),
  requestedBy: text,
  traceparent: optional(text),
  acceptedAt: instant,
  endedAt: optional(instant),
  run: { sql: 'int', select: 't.run' },
})

/** All workflows, newest first. */
export const workflowList: ListSpec<Workflow> = {
  name: 'workflows',
  table: workflows,
  parent: null,
  sortKeys: { ACCEPTED_AT: { column: 'accepted_at', type: 'timestamptz' } },
  defaultOrder: { field: 'ACCEPTED_AT', direction: 'DESC' },
  filters: {
    status: { column: 'status', type: 'text' },
    flow: { column: 'flow', type: 'text' },
    model: { column: 'model', type: 'text' },
    customer: { column: 'customer_id', type: 'text' },
    legalEntity: { column: 'legal_entity_id', type: 'text' },
  },
}

/**
 * A node that says nothing for so long has lost what it holds: it was killed, stopped or cut off. Another one goes on
 * with it then.
 */
export const HOLD_MS = 5_000

const holdEnd = `clock_timestamp() + interval '${HOLD_MS} milliseconds'`

/** Takes at most so many workflows that are due for a node, longest due first. */
export async function claimWorkflows(
  db: Queryable,
  node: string,
  now: Temporal.Instant,
  limit: number,
): Promise<Workflow[]> {
  const rows = await db.rows<Record<string, unknown>>({
    name: 'operations claim workflows',
    text: `UPDATE operations.workflow t SET run = run + 1, held_by = $1, leased_until = ${holdEnd}
      WHERE id IN (
        SELECT id FROM operations.workflow WHERE due_at <= $2 AND leased_until < clock_timestamp()
        ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
      RETURNING ${workflows.select}`,
    values: [node, now.toString(), limit],
  })
  return rows.map(workflows.read)
}

/** Keeps what a node holds. */
export async function keepHold(db: Queryable, node: string): Promise<void> {
  await db.rows({
    name: 'operations keep workflows',
    text: `UPDATE operations.workflow SET leased_until = ${holdEnd}
      WHERE held_by = $1 AND leased_until > clock_timestamp()`,
    values: [node],
  })
}

/** Lets a workflow go, for whoever finds it due. */
export async function letGo(db: Queryable, { id, run }: Workflow): Promise<void> {
  await db.rows({
    name: 'operations let go of workflow',
    text: `UPDATE operations.workflow SET held_by = NULL, leased_until = '-infinity' WHERE id = $1 AND run = $2`,
    values: [id, run],
  })
}

/** Keeps whoever accepts or ends a workflow of the same subject waiting until the transaction ends. */
export async function lockSubject(db: Queryable, subject: string): Promise<void> {
  await db.rows({
    name: 'operations lock subject',
    text: `SELECT pg_advisory_xact_lock(hashtextextended('workflow subject ' || $1, 0))`,
    values: [subject],
  })
}

/** The workflow that is first in line for a subject; undefined where there is none. */
export async function firstInLine(db: Queryable, subject: string): Promise<Workflow | undefined> {
  const rows = await db.rows<Record<string, unknown>>({
    name: 'operations first in line',
    text: `SELECT ${workflows.select} FROM operations.workflow t
      WHERE subject = $1 AND ended_at IS NULL ORDER BY place LIMIT 1`,
    values: [subject],
  })
  return rows.map(workflows.read)[0]
}

/** Has the first in line of a subject go on, where it only waited for its turn. */
export async function callFirstInLine(db: Queryable, subject: string, now: Temporal.Instant): Promise<void> {
  await db.rows({
    name: 'operations call first in line',
    text: `UPDATE operations.workflow SET due_at = $2 WHERE status = 'ACCEPTED' AND due_at IS NULL AND id = (
        SELECT id FROM operations.workflow WHERE subject = $1 AND ended_at IS NULL ORDER BY place LIMIT 1)`,
    values: [subject, now.toString()],
  })
}
