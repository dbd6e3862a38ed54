import type { AccountingPeriod } from '#domain/erp.ts'
import type { EntryDraft } from '#domain/journal.ts'
import { type Books, draftRevaluation, PostingBlockedError } from '#domain/ledger.ts'
import type { ForeignBalance } from '#domain/revaluation.ts'
import { type CommandContext, runCommand } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { postEntries } from './journal.ts'
import { lockLegalEntities, readBooks, readEntriesOf, readForeignBalances } from './store.ts'

/** A month of the books of a legal entity. */
export interface RevaluedPeriod {
  readonly legalEntityId: string
  readonly period: Temporal.PlainYearMonth
}

export interface RevaluationCounts {
  /** Journal entries, those that take the revaluation back in the next period among them. */
  readonly posted: number
  /** Why a currency could not be revalued, for a person. */
  readonly blockedBy: readonly string[]
}

/**
 * Brings the money of a period, and claims to it, to the rates of its last day, before the period is closed. Run again,
 * it posts what has changed since: nothing, if nothing has.
 */
export async function revaluePeriod(
  db: Database,
  context: CommandContext,
  { legalEntityId, period: month }: RevaluedPeriod,
): Promise<RevaluationCounts> {
  return runCommand(db, context, async (unit) => {
    const legalEntities = await lockLegalEntities(unit, [legalEntityId])
    const functionalCurrency = legalEntities.get(legalEntityId)?.functionalCurrency ?? ''
    const balances = await readForeignBalances(unit, legalEntityId, functionalCurrency, month)
    const { periods } = await readBooks(unit, legalEntities, [])
    const period = periods.get(legalEntityId)?.find((it) => it.period.equals(month))
    if (period === undefined || period.status === 'CLOSED') {
      return { posted: 0, blockedBy: [`${month.toString()} takes no entries`] }
    }
    const date = period.range.end.subtract({ days: 1 })
    const needs = [...balances.keys()].map((baseCurrency) => ({
      baseCurrency,
      quoteCurrency: functionalCurrency,
      date,
    }))
    const books = await readBooks(unit, legalEntities, needs)
    const earlier = await readEntriesOf(unit, [period.id])
    const results = [...balances].map(([currency, own]) => {
      const runs = earlier.filter(
        (entry) => entry.purpose === 'FX_REVALUED' && entry.currency === currency,
      ).length
      return tryToRevalue(books, period, currency, own, runs + 1)
    })
    const entries = await postEntries(
      unit,
      results.flatMap(({ drafts }) => drafts),
      legalEntities,
    )
    return { posted: entries.length, blockedBy: results.flatMap(({ blockedBy }) => blockedBy) }
  })
}

interface Result {
  readonly drafts: readonly EntryDraft[]
  readonly blockedBy: readonly string[]
}

function tryToRevalue(
  books: Books,
  period: AccountingPeriod,
  currency: string,
  balances: readonly ForeignBalance[],
  run: number,
): Result {
  try {
    return { drafts: draftRevaluation(books, period, currency, balances, run), blockedBy: [] }
  } catch (error) {
    if (!(error instanceof PostingBlockedError)) throw error
    return { drafts: [], blockedBy: [error.message] }
  }
}
