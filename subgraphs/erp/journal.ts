import type { LegalEntity, SourceType } from '#domain/erp.ts'
import type { EntryContent, EntryDraft, JournalEntry } from '#domain/journal.ts'
import type { Aggregate, Draft, UnitOfWork } from '#platform/command.ts'
import { canonicalId } from '#platform/ids.ts'
import { extendJournals, insertLines, journalEntries } from './store.ts'
import { noteIdOf, type PostingNote, postingNotes } from './tables.ts'

/** What posting came to. */
export interface PostingCounts {
  /** Journal entries that were posted. */
  readonly posted: number
  /** Sources that cannot be posted until something is mended. */
  readonly blocked: number
}

/** What was tried to post. */
export interface Attempt {
  readonly sourceId: string
  readonly sourceType: SourceType
  /** Whose books it belongs into; null where nobody knows. */
  readonly legalEntityId: string | null
  /** Day of the first thing that is not posted; null where nobody knows. */
  readonly date: Temporal.PlainDate | null
  /** False for a source that has no effect on the books, such as a draft. */
  readonly isRequired: boolean
  /** Why it cannot be posted: null if it can. */
  readonly blockedBy: string | null
}

/** The journal; all that is added to an entry is that it was mirrored, and where other systems have it. */
export const journal: Aggregate<JournalEntry> = {
  name: 'journal',
  table: journalEntries,
  event: (before, { status }) => {
    if (before === undefined) return 'posted'
    return before.status === status ? 'referenced' : 'reversed'
  },
}

const EVENTS: Readonly<Record<PostingNote['status'], string>> = {
  BLOCKED: 'blocked',
  NOT_REQUIRED: 'waived',
  MET: 'unblocked',
}

const postingNote: Aggregate<PostingNote> = {
  name: 'posting',
  table: postingNotes,
  event: (_, { status }) => EVENTS[status],
}

const NUMBER_DIGITS = 8

/**
 * Posts entries: numbers them in order of their dates without gaps, stores them with their lines, and marks what they
 * mirror as reversed. The caller holds the locks of the legal entities; `posted` are the entries that may be mirrored.
 */
export async function postEntries(
  unit: UnitOfWork,
  drafts: readonly EntryDraft[],
  legalEntities: ReadonlyMap<string, LegalEntity>,
  posted: readonly JournalEntry[] = [],
): Promise<JournalEntry[]> {
  if (drafts.length === 0) return []
  const entries = await numberEntries(unit, drafts.toSorted(byDate), legalEntities)
  const mirrored = new Set(entries.map(({ reversalOfId }) => reversalOfId))
  const isMirrored = ({ id }: { readonly id: string }): boolean => mirrored.has(id)
  const saved = await unit.save(journal, [
    ...entries.map((entry) => ({
      before: undefined,
      after: isMirrored(entry) ? { ...entry, status: 'REVERSED' as const } : entry,
    })),
    ...posted
      .filter((entry) => isMirrored(entry) && entry.status === 'POSTED')
      .map((before) => ({ before, after: { ...before, status: 'REVERSED' as const } })),
  ])
  const added = saved.slice(0, entries.length)
  await insertLines(unit, added)
  return added
}

async function numberEntries(
  unit: UnitOfWork,
  drafts: readonly EntryDraft[],
  legalEntities: ReadonlyMap<string, LegalEntity>,
): Promise<Draft<JournalEntry>[]> {
  const byEntity = Map.groupBy(drafts, ({ legalEntityId }) => legalEntityId)
  const lengths = await extendJournals(
    unit,
    [...byEntity].map(([id, own]) => ({ id, entries: own.length })),
  )
  return drafts.map(({ reverses, ...content }) => {
    const { legalEntityId } = content
    const sequence = (lengths.get(legalEntityId) ?? 0n) + 1n
    lengths.set(legalEntityId, sequence)
    return {
      ...content,
      id: entryId(content),
      externalRefs: [],
      sequence,
      number: `${legalEntities.get(legalEntityId)?.code}-${String(sequence).padStart(NUMBER_DIGITS, '0')}`,
      status: 'POSTED',
      reversalOfId: reverses === null ? null : entryId(reverses),
    }
  })
}

/** The same for the same source, purpose and discriminator: what is posted once cannot be posted again. */
function entryId({ sourceId, purpose, discriminator }: EntryContent): string {
  return canonicalId('journalEntry', 'revgraph', 'erp', purpose, `${sourceId} ${discriminator}`)
}

function byDate(a: EntryDraft, b: EntryDraft): number {
  return Temporal.PlainDate.compare(a.date, b.date)
}

/** Notes of sources without entries why they have none, and takes that back from those that are posted after all. */
export async function noteOutcomes(unit: UnitOfWork, attempts: readonly Attempt[]): Promise<void> {
  const known = await unit.lock(
    postingNote,
    attempts.map(({ sourceId }) => noteIdOf(sourceId)),
  )
  const changes = attempts.flatMap((attempt) => {
    const { sourceId, sourceType, legalEntityId, date, blockedBy: reason } = attempt
    const id = noteIdOf(sourceId)
    const before = known.get(id)
    const after = { id, sourceId, sourceType, legalEntityId, date, status: outcomeOf(attempt), reason }
    return isNews(before, after) ? [{ before, after }] : []
  })
  await unit.save(postingNote, changes)
}

/** Who has entries needs no note unless there was one; of one that is blocked, its day counts as well. */
function isNews(before: PostingNote | undefined, after: Draft<PostingNote>): boolean {
  if ((before?.status ?? 'MET') !== after.status) return true
  return after.status === 'BLOCKED' && contentOf(before) !== contentOf(after)
}

function contentOf({ reason, legalEntityId, date }: Partial<PostingNote> = {}): string {
  return [reason, legalEntityId, date].join(' ')
}

function outcomeOf({ blockedBy, isRequired }: Attempt): PostingNote['status'] {
  if (blockedBy !== null) return 'BLOCKED'
  return isRequired ? 'MET' : 'NOT_REQUIRED'
}
