import { nothing, withLines } from './carrying.ts'
import { draftSettled } from './ledger.ts'
import type { Carrying } from './carrying.ts'
import type { EntryContent, EntryDraft, JournalEntry } from './journal.ts'
import type { Books } from './ledger.ts'

/** What the books carry receivables at, credits less debits: by `receivableKey`. */
export type Receivables = Map<string, Carrying>

/** Where `Receivables` keeps a balance. */
export function receivableKey({
  legalEntityId,
  customerId,
  currency,
}: Pick<EntryContent, 'legalEntityId' | 'customerId' | 'currency'>): string {
  return [legalEntityId, customerId, currency].join(' ')
}

/**
 * The drafts of a document, and an entry for each customer who owes nothing any more after them in a foreign currency:
 * what was settled at the rate of another day than it was booked at, since a document came later that displaced it, or
 * was rounded part by part, leaves something behind in the functional currency. The balances follow the drafts.
 * Throws PostingBlockedError.
 */
export function withSettled(
  books: Books,
  drafts: readonly EntryDraft[],
  posted: readonly JournalEntry[],
  receivables: Receivables,
): EntryDraft[] {
  const moves = drafts.filter(({ lines }) => lines.some(({ role }) => role === 'RECEIVABLES'))
  const earlier = posted.filter(({ purpose }) => purpose === 'RECEIVABLES_SETTLED').length
  const balances = [...Map.groupBy(moves, receivableKey)].map(
    ([key, own]) => [key, own.reduce(carry, receivables.get(key) ?? nothing), own.at(-1)] as const,
  )
  const settled = balances.flatMap(([, balance, last], place) =>
    last === undefined ? [] : draftSettled(books, last, balance, String(earlier + place + 1)),
  )
  for (const [key, balance] of balances) receivables.set(key, balance)
  for (const entry of settled) receivables.set(receivableKey(entry), nothing)
  return [...drafts, ...settled]
}

const carry = (balance: Carrying, { lines }: EntryContent): Carrying =>
  withLines(balance, lines, 'RECEIVABLES')
