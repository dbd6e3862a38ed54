import { isBefore, lastDay } from '#domain/calendar.ts'
import { type Carrying, carryDeferred, nothing, withDeferred, withRecognized } from '#domain/carrying.ts'
import type { Posting } from '#domain/erp.ts'
import type { EntryDraft } from '#domain/journal.ts'
import { type Books, draftEntry, PostingBlockedError } from '#domain/ledger.ts'
import { recognitionPosting } from '#domain/posting.ts'
import { type CommandContext, runCommand, type UnitOfWork } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { type Attempt, noteOutcomes, postEntries } from './journal.ts'
import { foreignOnes, rateNeeds } from './post.ts'
import {
  deferralKey,
  type DueMonth,
  lockDueMonths,
  markRecognized,
  readDeferrals,
  readDueSchedules,
  readRecognized,
} from './schedule-store.ts'
import { lockLegalEntities, readBooks } from './store.ts'

export interface Recognition {
  /** Months that end on or before this day are recognised. */
  readonly through: Temporal.PlainDate
  /** The legal entity whose revenue it is; all where it is not given. */
  readonly legalEntityId?: string | null
  /** About how many months go into one transaction, at least 1: all that are due of a schedule go together. */
  readonly batchSize?: number
  /** Told what the run has come to after each batch, and waited for. */
  readonly onProgress?: (counts: RecognitionCounts) => Promise<void> | void
}

/** What a run came to, in months of schedules. */
export interface RecognitionCounts {
  readonly posted: number
  readonly blocked: number
}

const DEFAULT_BATCH_SIZE = 2_000

/**
 * Posts the revenue of all months that are due, a batch a transaction. Run again, or after a crash, it
 * does what is left. A month that cannot be posted is left, and its schedule noted with the reason.
 */
export async function recognizeRevenue(
  db: Database,
  context: CommandContext,
  { through, legalEntityId = null, batchSize = DEFAULT_BATCH_SIZE, onProgress = () => {} }: Recognition,
): Promise<RecognitionCounts> {
  const due = { through: lastMonthThrough(through), legalEntityId }
  let [posted, blocked] = [0, 0]
  let ids = await readDueSchedules(db, due, '', batchSize)
  // Ends: every batch begins after the last schedule of the one before.
  for (let last = ids.at(-1); last !== undefined; last = ids.at(-1)) {
    const batch = await recognizeSchedules(db, context, ids, due.through)
    posted += batch.posted
    blocked += batch.blocked
    await onProgress({ posted, blocked })
    ids = await readDueSchedules(db, due, last, batchSize)
  }
  return { posted, blocked }
}

/** All due months of a schedule at once, so that its note tells of all of them. */
function recognizeSchedules(
  db: Database,
  context: CommandContext,
  scheduleIds: readonly string[],
  through: Temporal.PlainYearMonth,
): Promise<RecognitionCounts> {
  return runCommand(db, context, async (unit) =>
    recognizeMonths(unit, await lockDueMonths(unit, scheduleIds, through)),
  )
}

/** The last month that ends on or before a day. */
function lastMonthThrough(day: Temporal.PlainDate): Temporal.PlainYearMonth {
  const month = day.toPlainYearMonth()
  return isBefore(day, lastDay(month)) ? month.subtract({ months: 1 }) : month
}

async function recognizeMonths(unit: UnitOfWork, due: readonly DueMonth[]): Promise<RecognitionCounts> {
  if (due.length === 0) return { posted: 0, blocked: 0 }
  const entityIds = new Set(due.map(({ legalEntityId }) => legalEntityId))
  const legalEntities = await lockLegalEntities(unit, [...entityIds])
  const postings = due.flatMap((month) =>
    recognitionPosting(month, Temporal.PlainYearMonth.from(month.period), month.amount),
  )
  const books = await readBooks(unit, legalEntities, rateNeeds(postings, legalEntities), postings)
  const foreign = foreignOnes(postings, legalEntities)
  const balances = {
    deferred: await readDeferrals(unit, foreign),
    recognized: await readRecognized(unit, foreign.filter(isTakenBack)),
  }
  const results = postings.map((posting) => tryToRecognize(books, posting, balances))
  const entries = await postEntries(
    unit,
    results.flatMap(({ draft }) => draft ?? []),
    legalEntities,
  )
  await markRecognized(unit, entries)
  await noteOutcomes(unit, attemptsBySchedule(results))
  return { posted: entries.length, blocked: results.length - entries.length }
}

/** Deferred revenue by `deferralKey`, and what was recognised of it by schedule. */
interface Balances {
  readonly deferred: Map<string, Carrying>
  readonly recognized: Map<string, Carrying>
}

const isTakenBack = ({ lines }: Posting): boolean =>
  lines.some(({ role, credit }) => role === 'DEFERRED_REVENUE' && credit > 0n)

/** Draws on the balances that those before left, as if each were in the books already. */
function tryToRecognize(books: Books, demanded: Posting, { deferred, recognized }: Balances): Result {
  const [key, scheduleId] = [deferralKey(demanded), demanded.sourceId]
  const [balance, earned] = [deferred.get(key) ?? nothing, recognized.get(scheduleId) ?? nothing]
  const result = tryToDraft(books, carryDeferred(demanded, balance, earned))
  if (result.draft === null) return result
  deferred.set(key, withDeferred(balance, result.draft.lines))
  recognized.set(scheduleId, withRecognized(earned, result.draft.lines))
  return result
}

type Result = Attempt & { readonly draft: EntryDraft | null }

function tryToDraft(books: Books, posting: Posting): Result {
  const { sourceId, sourceType, legalEntityId, date } = posting
  try {
    return {
      sourceId,
      sourceType,
      legalEntityId,
      date,
      isRequired: true,
      blockedBy: null,
      draft: draftEntry(books, posting, null),
    }
  } catch (error) {
    if (!(error instanceof PostingBlockedError)) throw error
    return {
      sourceId,
      sourceType,
      legalEntityId,
      date,
      isRequired: true,
      blockedBy: error.message,
      draft: null,
    }
  }
}

/** One attempt a schedule: it is blocked if one of its months is. */
function attemptsBySchedule(results: readonly Result[]): Attempt[] {
  const attempts = new Map<string, Attempt>()
  for (const { draft: _, ...attempt } of results) {
    const earlier = attempts.get(attempt.sourceId)?.blockedBy ?? null
    attempts.set(attempt.sourceId, { ...attempt, blockedBy: earlier ?? attempt.blockedBy })
  }
  return [...attempts.values()]
}
