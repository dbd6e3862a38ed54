import type { Contract } from '#domain/crm.ts'
import type { Outcome, Violation, ViolationCode } from '#domain/failure.ts'
import type { CommandContext } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import type { PostedDocuments } from '../demands.ts'
import { meetDocuments, type Posted } from '../post.ts'
import { buildSchedules } from '../schedule.ts'

/** What a step brings the books to. */
export interface Bookable {
  /** The contracts that the documents bill, and others that changed. */
  readonly contracts: readonly Contract[]
  readonly documents: PostedDocuments
}

/**
 * Brings the books to what contracts and documents say now: contracts are planned first, since what bills one that
 * the books do not know waits; then documents are posted, and what they change of schedules follows. The same again
 * does nothing. Refused where a document cannot be posted, with its id as field: MAPPING_MISSING, RATE_MISSING,
 * PERIOD_CLOSED, REFERENCE_MISSING, otherwise POSTING_BLOCKED. What else could be posted is.
 */
export async function bookDocuments(
  db: Database,
  context: CommandContext,
  { contracts, documents }: Bookable,
): Promise<Outcome<{ readonly entryIds: readonly string[] }>> {
  await buildSchedules(db, context, { contracts, invoices: [] })
  const { entryIds, blocked } = await meetDocuments(db, context, documents)
  const { invoices, creditNotes, violations = [] } = documents
  const refused = new Set(violations.map(({ documentId }) => documentId))
  const effective = creditNotes.filter(({ id }) => !refused.has(id))
  await buildSchedules(db, context, { contracts: [], invoices, creditNotes: effective })
  return blocked.length > 0 ? { violations: blocked.map(violationOf) } : { value: { entryIds } }
}

/** How what blocks a posting is refused. */
export const BLOCKED_CODES: Readonly<
  Record<NonNullable<Posted['blocked'][number]['blockedCode']>, ViolationCode>
> = {
  ENTITY_MISSING: 'REFERENCE_MISSING',
  ACCOUNT_MISSING: 'MAPPING_MISSING',
  RULE_MISSING: 'MAPPING_MISSING',
  RATE_MISSING: 'RATE_MISSING',
  PERIOD_MISSING: 'PERIOD_CLOSED',
}

function violationOf({ sourceId, blockedBy, blockedCode }: Posted['blocked'][number]): Violation {
  return {
    code: blockedCode === null ? 'POSTING_BLOCKED' : BLOCKED_CODES[blockedCode],
    field: sourceId,
    message: blockedBy ?? 'It cannot be posted',
  }
}
