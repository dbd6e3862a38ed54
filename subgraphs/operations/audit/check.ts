import { type AuditedEvent, type AuditRecord, AUDITED_TYPES } from '#domain/audit.ts'
import type { Queryable } from '#platform/database.ts'
import { contentHash } from '#platform/json.ts'
import { readEventsOf, readLeftOut, readRecords } from '../audit-store.ts'
import { BEGINNING, recordAfter } from './chain.ts'
import { AUDITED_SOURCES } from './record.ts'

/** What was found of the trail. */
export interface TrailCheck {
  readonly records: bigint
  /** Hash of the last record that holds: kept elsewhere, it shows later that nothing before was changed. */
  readonly head: string
  /** The first record that does not hold, and why; null where all do. */
  readonly broken: string | null
}

const BATCH_SIZE = 500

/**
 * Goes along the whole trail: each record has to follow from the one before and from the event that it tells of, as
 * that is kept now; and no event that belongs on the trail is left out. `known` is a head of an earlier check.
 */
export async function checkTrail(db: Queryable, known: string | null = null): Promise<TrailCheck> {
  let last: Pick<AuditRecord, 'sequence' | 'hash'> = BEGINNING
  let isKnownMet = known === null
  const found = (broken: string | null): TrailCheck => ({ records: last.sequence, head: last.hash, broken })
  for (;;) {
    const records = await readRecords(db, last.sequence, BATCH_SIZE)
    if (records.length === 0) break
    const events = await readEventsOf(db, records)
    for (const [place, record] of records.entries()) {
      const broken = whyBroken(last, record, events[place])
      if (broken !== null) return found(`${record.id}: ${broken}`)
      last = record
      isKnownMet ||= record.hash === known
    }
  }
  if (!isKnownMet)
    return found(`no record has the hash ${known}: what it stood for was taken away or changed`)
  for (const source of AUDITED_SOURCES) {
    const leftOut = await readLeftOut(db, source, AUDITED_TYPES)
    if (leftOut !== undefined)
      return found(`no record tells of version ${leftOut.version} of ${leftOut.aggregateId} in ${source}`)
  }
  return found(null)
}

function whyBroken(
  last: Pick<AuditRecord, 'sequence' | 'hash'>,
  record: AuditRecord,
  event: AuditedEvent | undefined,
): string | null {
  const subject = `version ${record.eventVersion} of ${record.aggregateId}`
  if (record.sequence !== last.sequence + 1n) return `the record before it is gone`
  if (event === undefined) return `the event that made ${subject} is gone`
  const due = recordAfter(last, event, record.actor)
  return contentHash(due) === contentHash(record)
    ? null
    : `it, or what is kept of ${subject} or of the version before, was changed`
}
