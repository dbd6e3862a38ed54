import type { Money } from '#domain/money.ts'
import type { Workflow } from '#domain/workflow.ts'
import { type Aggregate, type CommandContext, telling, type UnitOfWork } from '#platform/command.ts'
import type { Queryable, Statement } from '#platform/database.ts'
import { parseInstant } from '#platform/dates.ts'
import type { ListSpec } from '#platform/page.ts'
import { assignmentsOf, instant, int, json, optional, recordOf, table, text, word } from '#platform/table.ts'

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
  run: int,
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

/** What is to be gone on with: all that is due, or of that only what another node held when it was lost. */
export type Claimable = 'DUE' | 'INTERRUPTED'

/** Takes at most so many workflows for a node, longest due first. */
export async function claimWorkflows(
  db: Queryable,
  node: string,
  now: Temporal.Instant,
  limit: number,
  claimable: Claimable,
): Promise<Workflow[]> {
  const rows = await db.rows<Record<string, unknown>>({
    name: `operations claim ${claimable === 'DUE' ? '' : 'interrupted '}workflows`,
    text: `UPDATE operations.workflow t SET run = run + 1, held_by = $1, leased_until = ${holdEnd}
      WHERE id IN (
        SELECT id FROM operations.workflow WHERE due_at <= $2 AND leased_until < clock_timestamp()
        ${claimable === 'INTERRUPTED' ? 'AND held_by IS NOT NULL' : ''}
        ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
      RETURNING ${workflows.select}`,
    values: [node, now.toString(), limit],
  })
  return rows.map(workflows.read)
}

/** Keeps what a node holds. A row that is locked is just being written, which keeps it as well. */
export async function keepHold(db: Queryable, node: string, ids: readonly string[]): Promise<void> {
  await db.rows({
    name: 'operations keep workflows',
    text: `UPDATE operations.workflow SET leased_until = ${holdEnd} WHERE id IN (
        SELECT id FROM operations.workflow
        WHERE id = ANY($2) AND held_by = $1 AND leased_until > clock_timestamp() FOR UPDATE SKIP LOCKED)`,
    values: [node, ids],
  })
}

const { stored } = workflows
const ACCEPTED = {
  name: 'operations accept workflow',
  text: `INSERT INTO operations.workflow (${stored.map(({ column }) => column).join(', ')}, held_by, leased_until)
    SELECT s.*, $8, CASE WHEN $8::text IS NULL THEN '-infinity' ELSE ${holdEnd} END
    FROM jsonb_to_record($1) AS ${recordOf(stored)} RETURNING id, version`,
}

/** Stores a workflow that is new with its event, held by a node or by nobody. */
export async function storeAccepted(
  unit: UnitOfWork,
  aggregate: Aggregate<Workflow>,
  workflow: Workflow,
  node: string | null,
): Promise<void> {
  await unit.rows(telling(unit, aggregate, undefined, workflow, { ...ACCEPTED, values: [node] }))
}

/** What a turn may change; the rest, which may be large, is not written again. */
const TURNED = ['version', 'recordedAt', 'status', 'steps', 'dueAt', 'failure', 'endedAt']
const turned = stored.filter(({ field }) => TURNED.includes(field))
const TURN = {
  name: 'operations turn of workflow',
  text: `UPDATE operations.workflow t SET ${assignmentsOf(turned)}, held_by = CASE WHEN $8 THEN t.held_by END,
      leased_until = CASE WHEN $8 THEN ${holdEnd} ELSE '-infinity' END
    FROM jsonb_to_record($1) AS ${recordOf(stored)}
    WHERE t.id = s.id AND t.run = s.run AND t.version = s.version - 1 RETURNING t.id, t.version`,
}

/**
 * The statement that stores what a turn made of a workflow with its event, and keeps hold of it or lets it go. It gives
 * a row only while its holder is the one that took it last.
 */
export const turnOf = (
  context: CommandContext,
  aggregate: Aggregate<Workflow>,
  before: Workflow,
  after: Workflow,
  isHeld: boolean,
): Statement => telling(context, aggregate, before, after, { ...TURN, values: [isHeld] })

/** Keeps whoever accepts or ends a workflow of the same subject waiting until the transaction ends. */
export async function lockSubject(db: Queryable, subject: string): Promise<void> {
  await db.rows({
    name: 'operations lock subject',
    text: `SELECT pg_advisory_xact_lock(hashtextextended('workflow subject ' || $1, 0))`,
    values: [subject],
  })
}

/** The newest of the workflows about the same thing that tell the story of one, which is of a customer. */
export async function readLatest(db: Queryable, id: string): Promise<Workflow | undefined> {
  const rows = await db.rows<Record<string, unknown>>({
    name: 'operations latest workflow',
    text: `SELECT ${workflows.select} FROM operations.workflow first JOIN operations.workflow t
        ON t.customer_id = first.customer_id AND t.accepted_at >= first.accepted_at
        AND t.flow = first.flow AND t.subject = first.subject
      WHERE first.id = $1 ORDER BY t.place DESC LIMIT 1`,
    values: [id],
  })
  return rows.map(workflows.read)[0]
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

/** Has the first in line of a subject go on, where it only waited for its turn; false where it did not. */
export async function callFirstInLine(
  db: Queryable,
  subject: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const called = await db.rows({
    name: 'operations call first in line',
    text: `UPDATE operations.workflow SET due_at = $2 WHERE status = 'ACCEPTED' AND due_at IS NULL AND id = (
        SELECT id FROM operations.workflow WHERE subject = $1 AND ended_at IS NULL ORDER BY place LIMIT 1)
      RETURNING id`,
    values: [subject, now.toString()],
  })
  return called.length > 0
}
