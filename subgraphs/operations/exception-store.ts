import type { RaisedException } from '#domain/exception.ts'
import type { Proposal } from '#domain/foreign-write.ts'
import type { Queryable } from '#platform/database.ts'
import { parseInstant } from '#platform/dates.ts'
import type { ListSpec } from '#platform/page.ts'
import { bigint, instant, int, json, optional, table, text, word } from '#platform/table.ts'
import { moneyAtRisk } from './workflow-store.ts'

export const exceptions = table<RaisedException>('operations.exception', {
  id: text,
  version: int,
  recordedAt: instant,
  workflowId: optional(text),
  breakId: optional(text),
  webhookId: optional(text),
  customerId: optional(text),
  legalEntityId: optional(text),
  class: word(),
  code: text,
  step: text,
  field: optional(text),
  message: text,
  status: word(),
  owner: word(),
  assignee: optional(text),
  openedAt: instant,
  dueAt: instant,
  deadlineHours: int,
  escalateTo: word(),
  escalations: int,
  moneyAtRisk,
  riskRank: bigint,
  attempts: int,
  decisions: json((decisions) => decisions.map((each) => ({ ...each, at: parseInstant(each.at) }))),
  edits: json((edits) => edits.map((each) => ({ ...each, at: parseInstant(each.at) }))),
  proposal: optional(json<Proposal>()),
  resolvedAt: optional(instant),
})

/** Proposals that are shown of one object. */
const SHOWN_PROPOSALS = 100

/** What waits to be taken over or not, of each of the objects, oldest first. */
export async function readProposals(
  db: Queryable,
  objectIds: readonly string[],
): Promise<RaisedException[][]> {
  const rows = await db.rows<Record<string, unknown>>({
    name: 'operations proposals of objects',
    text: `SELECT p.* FROM unnest($1::text[]) AS object (id) CROSS JOIN LATERAL (
        SELECT ${exceptions.select} FROM operations.exception t
        WHERE t.step = object.id AND t.class = 'FOREIGN_WRITE' AND t.status <> 'RESOLVED' AND t.proposal IS NOT NULL
        ORDER BY t.opened_at, t.id LIMIT ${SHOWN_PROPOSALS}) AS p`,
    values: [objectIds],
  })
  const byObject = Map.groupBy(rows.map(exceptions.read), ({ step }) => step)
  return objectIds.map((id) => byObject.get(id) ?? [])
}

/** All exceptions, those with the most money at risk first. */
export const exceptionList: ListSpec<RaisedException> = {
  name: 'exceptions',
  table: exceptions,
  parent: null,
  sortKeys: {
    MONEY_AT_RISK: { column: 'risk_rank', type: 'bigint' },
    DUE_AT: { column: 'due_at', type: 'timestamptz' },
    OPENED_AT: { column: 'opened_at', type: 'timestamptz' },
  },
  defaultOrder: { field: 'MONEY_AT_RISK', direction: 'DESC' },
  filters: {
    status: { column: 'status', type: 'text' },
    class: { column: 'class', type: 'text' },
    owner: { column: 'owner', type: 'text' },
    assignee: { column: 'assignee', type: 'text' },
    customer: { column: 'customer_id', type: 'text' },
    legalEntity: { column: 'legal_entity_id', type: 'text' },
  },
}
