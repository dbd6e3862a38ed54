import type { AccountingPeriod, LegalEntity } from '#domain/erp.ts'
import type { EntryDraft } from '#domain/journal.ts'
import { type Books, draftEntry, draftRevaluation, PostingBlockedError } from '#domain/ledger.ts'
import { lastDayOf } from '#domain/period.ts'
import type { ForeignBalance } from '#domain/revaluation.ts'
import { type DeferralBalance, postingsOfUnbilled, takenBack } from '#domain/unbilled.ts'
import type { UnitOfWork } from '#platform/command.ts'
import type { Queryable } from '#platform/database.ts'
import { postEntries } from './journal.ts'
import { readRevaluationRuns, readUnbilled } from './period-store.ts'
import { readBooks, readForeignBalances } from './store.ts'

/** What a close posts itself. */
export type CloseStep = 'SET_UNBILLED_APART' | 'REVALUE_FOREIGN_MONEY'

/** One thing that a close posts: entries on the last day of the period, and their mirrors that open the next one. */
interface Job {
  readonly step: CloseStep
  /** Throws PostingBlockedError. */
  readonly draft: () => EntryDraft[]
}

/** What the books hold at the end of a period that a close has to work on. */
export interface ClosingWork {
  readonly period: AccountingPeriod
  readonly books: Books
  readonly unbilled: readonly DeferralBalance[]
  readonly foreign: ReadonlyMap<string, readonly ForeignBalance[]>
  /** How often each currency was revalued in the period already. */
  readonly revaluations: ReadonlyMap<string, number>
}

/** Reads what a close has to work on, with the rates of the period's last day. */
export async function readClosingWork(
  db: Queryable,
  legalEntity: LegalEntity,
  period: AccountingPeriod,
): Promise<ClosingWork> {
  const { id, functionalCurrency: quoteCurrency } = legalEntity
  const foreign = await readForeignBalances(db, id, quoteCurrency, period.period)
  const date = lastDayOf(period)
  const needs = [...foreign.keys()].map((baseCurrency) => ({ baseCurrency, quoteCurrency, date }))
  const unbilled = await readUnbilled(db, period)
  return {
    period,
    books: await readBooks(db, new Map([[id, legalEntity]]), needs, unbilled),
    unbilled,
    foreign,
    revaluations: await readRevaluationRuns(db, period),
  }
}

/** What is left for the close to post, by step, and why it cannot. Nothing is posted. */
export function planClosing(work: ClosingWork): {
  readonly steps: ReadonlyMap<CloseStep, number>
  readonly refusals: readonly PostingBlockedError[]
} {
  const steps = new Map<CloseStep, number>()
  const refusals: PostingBlockedError[] = []
  for (const { step, draft } of jobsOf(work)) {
    try {
      if (draft().length > 0) steps.set(step, (steps.get(step) ?? 0) + 1)
    } catch (error) {
      if (!(error instanceof PostingBlockedError)) throw error
      refusals.push(error)
    }
  }
  return { steps, refusals }
}

/** Entries of one statement. */
const BATCH_ENTRIES = 1_000

/** Posts what the close is to post, or one step of it; nothing where an earlier run did and nothing changed since. */
export async function postClosing(unit: UnitOfWork, work: ClosingWork, only?: CloseStep): Promise<number> {
  let posted = 0
  let batch: EntryDraft[] = []
  const flush = async (): Promise<void> => {
    posted += (await postEntries(unit, batch, work.books.legalEntities)).length
    batch = []
  }
  for (const { step, draft } of jobsOf(work)) {
    if (only !== undefined && step !== only) continue
    batch.push(...draft())
    if (batch.length >= BATCH_ENTRIES) await flush()
  }
  await flush()
  return posted
}

/** Unbilled revenue first, then foreign money; neither touches what the other is about. */
function* jobsOf({ period, books, unbilled, foreign, revaluations }: ClosingWork): Generator<Job> {
  for (const balance of unbilled) {
    yield { step: 'SET_UNBILLED_APART', draft: () => draftUnbilled(books, period, balance) }
  }
  for (const [currency, balances] of foreign) {
    const run = (revaluations.get(currency) ?? 0) + 1
    yield {
      step: 'REVALUE_FOREIGN_MONEY',
      draft: () => draftRevaluation(books, period, currency, balances, run),
    }
  }
}

function draftUnbilled(books: Books, period: AccountingPeriod, balance: DeferralBalance): EntryDraft[] {
  return postingsOfUnbilled(period, balance).flatMap((posting) => {
    const closing = draftEntry(books, posting, null)
    return [closing, draftEntry(books, takenBack(period, posting), closing)]
  })
}
