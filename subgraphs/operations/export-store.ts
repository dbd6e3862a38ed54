import type { Queryable } from '#platform/database.ts'

/** A file that a client had made of a published view. */
export interface ViewExport {
  readonly id: string
  /** Whoever has it may read the file. */
  readonly token: string
  readonly view: string
  readonly format: string
  readonly status: 'RUNNING' | 'DONE' | 'FAILED'
  /** Null until they are counted. */
  readonly rowsTotal: bigint | null
  readonly rowsWritten: bigint
  readonly bytes: bigint
  readonly requestedAt: Temporal.Instant
}

/** A node that has written nothing for so long has died over it. */
const SILENCE = `interval '60 seconds'`

const COLUMNS = `id, token, view, format, rows_total AS "rowsTotal", rows_written AS "rowsWritten", bytes,
  requested_at AS "requestedAt",
  CASE WHEN status = 'RUNNING' AND touched_at < clock_timestamp() - ${SILENCE} THEN 'FAILED' ELSE status END AS status`

/** An export by its id or its token, if it was asked for since an instant. */
export async function readExport(
  db: Queryable,
  by: 'id' | 'token',
  value: string,
  since: Temporal.Instant,
): Promise<ViewExport | null> {
  const [row] = await db.rows<ViewExport>({
    name: `operations export by ${by}`,
    text: `SELECT ${COLUMNS} FROM operations.export WHERE ${by} = $1 AND requested_at >= $2`,
    values: [value, since.toString()],
  })
  return row ?? null
}

/** How many are being made. */
export async function countRunningExports(db: Queryable): Promise<number> {
  const [row] = await db.rows<{ count: number }>({
    name: 'operations exports running',
    text: `SELECT count(*)::int AS count FROM operations.export
      WHERE status = 'RUNNING' AND touched_at >= clock_timestamp() - ${SILENCE}`,
    values: [],
  })
  return row?.count ?? 0
}

/** Notes that an export is to be made. */
export async function addExport(
  db: Queryable,
  {
    id,
    token,
    view,
    format,
    requestedAt,
  }: Omit<ViewExport, 'status' | 'rowsTotal' | 'rowsWritten' | 'bytes'>,
): Promise<void> {
  await db.rows({
    name: 'operations export added',
    text: `INSERT INTO operations.export (id, token, view, format, status, requested_at)
      VALUES ($1, $2, $3, $4, 'RUNNING', $5)`,
    values: [id, token, view, format, requestedAt.toString()],
  })
}

/** Notes how many rows there are to write. */
export async function noteExportTotal(db: Queryable, id: string, rowsTotal: bigint): Promise<void> {
  await db.rows({
    name: 'operations export counted',
    text: 'UPDATE operations.export SET rows_total = $2, touched_at = clock_timestamp() WHERE id = $1',
    values: [id, rowsTotal],
  })
}

/** Keeps the next part of a file, and how many rows are written with it. */
export async function addExportPart(
  db: Queryable,
  id: string,
  {
    fromByte,
    content,
    rowsWritten,
  }: {
    readonly fromByte: bigint
    readonly content: Uint8Array
    readonly rowsWritten: bigint
  },
): Promise<void> {
  await db.rows({
    name: 'operations export part',
    text: `WITH part AS (
        INSERT INTO operations.export_part (export_id, from_byte, content) VALUES ($1, $2, $3))
      UPDATE operations.export SET rows_written = $4, bytes = $2::bigint + $5, touched_at = clock_timestamp()
      WHERE id = $1`,
    values: [id, fromByte, Buffer.from(content), rowsWritten, content.length],
  })
}

/** Notes that a file is whole, or will not be. */
export async function endExport(db: Queryable, id: string, status: 'DONE' | 'FAILED'): Promise<void> {
  await db.rows({
    name: 'operations export ended',
    text: 'UPDATE operations.export SET status = $2 WHERE id = $1',
    values: [id, status],
  })
}

/** The part of a file that a byte is in; null behind its end. */
export async function readExportPart(
  db: Queryable,
  id: string,
  byte: bigint,
): Promise<{ readonly fromByte: bigint; readonly content: Uint8Array } | null> {
  const [part] = await db.rows<{ fromByte: bigint; content: Uint8Array }>({
    name: 'operations export part at byte',
    text: `SELECT from_byte AS "fromByte", content FROM operations.export_part
      WHERE export_id = $1 AND from_byte <= $2 ORDER BY from_byte DESC LIMIT 1`,
    values: [id, byte],
  })
  return part ?? null
}

/** Forgets what was asked for before an instant. */
export async function forgetExports(db: Queryable, before: Temporal.Instant): Promise<void> {
  await db.rows({
    name: 'operations forget exports',
    text: 'DELETE FROM operations.export WHERE requested_at < $1',
    values: [before.toString()],
  })
}
