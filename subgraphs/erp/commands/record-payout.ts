import { type Outcome, type Violation, violationIf } from '#domain/failure.ts'
import { draftEntry, PostingBlockedError } from '#domain/ledger.ts'
import { type Payout, postingsOfPayout } from '#domain/posting.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { canonicalId } from '#platform/ids.ts'
import { readClearing } from '../clearing-store.ts'
import { postEntries } from '../journal.ts'
import { rateNeeds } from '../post.ts'
import { lockLegalEntities, readBooks, readEntriesOf } from '../store.ts'
import { BLOCKED_CODES } from './book.ts'

/** A payout as the bank tells of it. */
export type PayoutTerms = Omit<Payout, 'id'>

/** A payout that is in the books. */
export interface RecordedPayout {
  readonly entryId: string
  /** What is left in clearing in the payout's currency, minor units as digits: 0 once everything was paid out. */
  readonly inClearing: string
}

/**
 * Posts that what a processor held for us came to the bank. Refused with DUPLICATE_ID where the bank's reference is in
 * the books already, AMOUNT_INVALID for nothing, REFERENCE_MISSING for an unknown legal entity, and where it cannot be
 * posted: MAPPING_MISSING, RATE_MISSING, PERIOD_CLOSED.
 */
export function recordPayout(
  db: Database,
  effect: Effect,
  terms: PayoutTerms,
): Promise<Outcome<RecordedPayout>> {
  return applyOnce<RecordedPayout>(db, effect, { operation: 'recordPayout', input: terms }, async (unit) => {
    const { legalEntityId, currency, reference } = terms
    const id = canonicalId('payout', 'bank', legalEntityId, 'payout', reference)
    // The lock under which all entries of the legal entity are posted: nothing comes into clearing meanwhile.
    const legalEntities = await lockLegalEntities(unit, [legalEntityId])
    const known = await readEntriesOf(unit, [id])
    const violations = [
      ...violationIf(known.length > 0, 'DUPLICATE_ID', 'reference', `${reference} is in the books already`),
      ...violationIf(terms.amount === 0n, 'AMOUNT_INVALID', 'amount', 'Nothing was paid out'),
    ]
    if (violations.length > 0) return { violations }
    const clearing = await readClearing(unit, legalEntityId, currency)
    const postings = postingsOfPayout({ ...terms, id }, clearing)
    const books = await readBooks(unit, legalEntities, rateNeeds(postings, legalEntities), postings)
    try {
      const drafts = postings.map((posting) => draftEntry(books, posting, null))
      const [entry] = await postEntries(unit, drafts, legalEntities)
      if (entry === undefined) throw new Error(`The payout ${reference} was not posted`)
      return { value: { entryId: entry.id, inClearing: String(clearing.amount - terms.amount) } }
    } catch (error) {
      if (!(error instanceof PostingBlockedError)) throw error
      return { violations: [violationOf(error)] }
    }
  })
}

const violationOf = ({ code, message }: PostingBlockedError): Violation => ({
  code: BLOCKED_CODES[code],
  field: code === 'ENTITY_MISSING' ? 'legalEntityId' : 'paidOn',
  message,
})
