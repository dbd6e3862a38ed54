import type { AuditedEvent, AuditRecord } from '#domain/audit.ts'
import { contentHash } from '#platform/json.ts'

/** What the first record is bound to. */
export const BEGINNING: Pick<AuditRecord, 'sequence' | 'hash'> = { sequence: 0n, hash: '' }

/** The record of an event behind the last one of the trail, to which it is bound. */
export function recordAfter(
  last: Pick<AuditRecord, 'sequence' | 'hash'>,
  event: AuditedEvent,
  actor: string,
): AuditRecord {
  const sequence = last.sequence + 1n
  const record = {
    id: `aud_${sequence}`,
    sequence,
    source: event.source,
    aggregateId: event.aggregateId,
    eventVersion: event.version,
    action: event.type,
    actor,
    correlationId: event.correlationId,
    happenedAt: event.recordedAt,
  }
  const hash = contentHash({ ...record, previous: last.hash, before: event.before, after: event.after })
  return { ...record, hash }
}
