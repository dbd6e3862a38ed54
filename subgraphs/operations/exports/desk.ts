import { randomBytes, randomUUID } from 'node:crypto'
import type { Violation } from '#domain/failure.ts'
import type { UnitOfWork } from '#platform/command.ts'
import type { Queryable } from '#platform/database.ts'
import type { Log } from '#platform/log.ts'
import {
  addExport,
  addExportPart,
  countRunningExports,
  endExport,
  forgetExports,
  noteExportTotal,
  readExport,
  type ViewExport,
} from '../export-store.ts'

/** Forms of files. */
export type ExportFormat = 'CSV' | 'PARQUET'

/** A piece of a file, and how many of how many rows are written with it. */
export interface ExportPiece {
  readonly content: Uint8Array
  readonly rowsWritten: bigint
  readonly rowsTotal: bigint
}

/** What makes the files; the composition root says how. */
export interface ExportSource {
  /** The views that there are, by name. */
  readonly views: () => Promise<readonly string[]>
  /** A view as it is at one moment, piece by piece. */
  readonly pieces: (view: string, format: ExportFormat) => AsyncIterable<ExportPiece>
}

/** What makes files, and where it says what goes wrong. */
export interface Exports {
  readonly source: ExportSource
  readonly log: Log
}

/** What came of asking for an export. */
export interface ExportOutcome {
  readonly exportId: string | null
  readonly violations: readonly Violation[]
}

/** How long a file is kept. */
const HOURS_KEPT = 24
/** Exports that are made at the same time, over all nodes. */
const MAX_RUNNING = 2
/** What a part holds at least, but for the last. */
const PART_BYTES = 1_048_576
const MAX_EXPORT_BYTES = 4_294_967_296n
/** Nobody guesses one. */
const TOKEN_BYTES = 32

/** Since when exports are kept. */
export const exportsKeptSince = (now: Temporal.Instant): Temporal.Instant =>
  now.subtract({ hours: HOURS_KEPT })
/** When the file is forgotten. */
export const expiryOf = ({ requestedAt }: ViewExport): Temporal.Instant =>
  requestedAt.add({ hours: HOURS_KEPT })

/** Notes what is to be made, where there is such a view and not too much is being made. */
export async function requestExport(
  unit: UnitOfWork,
  { views }: ExportSource,
  { view, format }: { readonly view: string; readonly format: ExportFormat },
  now: Temporal.Instant,
): Promise<ExportOutcome> {
  const known = await views()
  if (!known.includes(view))
    return refused('REFERENCE_MISSING', 'view', `There is no such view; there are ${known.join(', ')}`)
  if ((await countRunningExports(unit)) >= MAX_RUNNING)
    return refused('TOO_MANY', 'view', `${MAX_RUNNING} exports are being made: ask again when one is done`)
  await forgetExports(unit, exportsKeptSince(now))
  const id = `exp_${randomUUID()}`
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  await addExport(unit, { id, token, view, format, requestedAt: now })
  return { exportId: id, violations: [] }
}

const refused = (code: Violation['code'], field: string, message: string): ExportOutcome => ({
  exportId: null,
  violations: [{ code, field, message }],
})

/** Makes the file of an export that was asked for. What goes wrong is logged, and the export is FAILED. */
export async function makeExport(
  db: Queryable,
  source: ExportSource,
  id: string,
  { log, now }: { readonly log: Log; readonly now: Temporal.Instant },
): Promise<void> {
  const asked = await readExport(db, 'id', id, exportsKeptSince(now))
  if (asked === null) return
  try {
    await writeParts(db, id, source.pieces(asked.view, asked.format as ExportFormat))
    await endExport(db, id, 'DONE')
  } catch (err) {
    log.error({ err, exportId: id }, 'an export could not be made')
    await endExport(db, id, 'FAILED')
  }
}

async function writeParts(db: Queryable, id: string, pieces: AsyncIterable<ExportPiece>): Promise<void> {
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let fromByte = 0n
  let rowsWritten = 0n
  let isCounted = false
  const keep = async (): Promise<void> => {
    if (fromByte + BigInt(waitingBytes) > MAX_EXPORT_BYTES)
      throw new RangeError(`The file would have more than ${MAX_EXPORT_BYTES} bytes`)
    await addExportPart(db, id, { fromByte, content: Buffer.concat(waiting), rowsWritten })
    fromByte += BigInt(waitingBytes)
    waiting = []
    waitingBytes = 0
  }
  for await (const piece of pieces) {
    if (!isCounted) await noteExportTotal(db, id, piece.rowsTotal)
    isCounted = true
    waiting.push(piece.content)
    waitingBytes += piece.content.length
    rowsWritten = piece.rowsWritten
    if (waitingBytes >= PART_BYTES) await keep()
  }
  if (waitingBytes > 0) await keep()
}
