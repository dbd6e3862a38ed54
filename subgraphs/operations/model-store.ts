import type { ActivatedModel } from '#domain/model-activation.ts'
import type { HashedModel } from '#domain/workflow-model.ts'
import type { Queryable } from '#platform/database.ts'
import { toJson } from '#platform/json.ts'
import { instant, int, optional, table, text } from '#platform/table.ts'

export const modelActivations = table<ActivatedModel>('operations.model_activation', {
  id: text,
  version: int,
  recordedAt: instant,
  model: text,
  modelVersion: int,
  hash: text,
  legalEntityId: optional(text),
  since: instant,
  actor: text,
  reason: text,
})

/** Activations that are shown. */
const SHOWN_ACTIVATIONS = 100

/** The newest activations, newest first. */
export async function readActivations(db: Queryable): Promise<ActivatedModel[]> {
  const rows = await db.rows<Record<string, unknown>>({
    name: 'operations model activations',
    text: `SELECT ${modelActivations.select} FROM operations.model_activation t
      ORDER BY t.sequence DESC LIMIT ${SHOWN_ACTIVATIONS}`,
    values: [],
  })
  return rows.map(modelActivations.read)
}

/** The activation that holds for each company by an instant, and the one for all the others. */
export async function readHolding(
  db: Queryable,
  at: Temporal.Instant,
): Promise<Pick<ActivatedModel, 'hash' | 'legalEntityId' | 'since'>[]> {
  return db.rows({
    name: 'operations models that hold',
    text: `SELECT DISTINCT ON (t.legal_entity_id) t.hash, t.legal_entity_id AS "legalEntityId", t.since
      FROM operations.model_activation t WHERE t.since <= $1
      ORDER BY t.legal_entity_id, t.sequence DESC`,
    values: [at.toString()],
  })
}

/** What a model said when it was activated, as JSON. */
export async function readContent(db: Queryable, hash: string): Promise<unknown> {
  const [row] = await db.rows<{ content: unknown }>({
    name: 'operations model by hash',
    text: 'SELECT content FROM operations.workflow_model WHERE hash = $1',
    values: [hash],
  })
  return row?.content
}

/** Keeps what a model says, once. */
export async function saveContent(db: Queryable, model: HashedModel): Promise<void> {
  await db.rows({
    text: 'INSERT INTO operations.workflow_model (hash, content) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    values: [model.hash, toJson(model)],
  })
}
