import type { CreditNoteFact, Invoice } from '#domain/billing.ts'
import { type CreditNoteDraft, creditInvoice, type Credited } from '#domain/credit-note-draft.ts'
import { type ExternalRef, isKnownAs } from '#domain/entity.ts'
import type { Outcome } from '#domain/failure.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { ownFact, ownId } from '#platform/own-facts.ts'
import { takeNumber } from '../number-store.ts'
import { invoice, recordDocuments } from '../settle.ts'
import { lockDocuments, readRowsBy } from '../store.ts'
import { creditNotes } from '../tables.ts'
import { NO_SERIES, refused } from './refusals.ts'

/** A credit note as it is to be issued. */
interface CreditNoteIssue extends CreditNoteDraft {
  /** What the outside system issued that masters the invoice, under a number of its own. */
  readonly madeAs?: ExternalRef
  readonly madeNumber?: string
}

/** A credit note that was issued. */
export interface IssuedCreditNote {
  readonly creditNoteId: string
  /** Without gaps in its legal entity: `US-CN-000007`; the outside system's where that issued it. */
  readonly number: string
}

/**
 * Issues a credit note for lines of an invoice, with the tax that goes with them. Refused with what `creditInvoice`
 * says (CREDIT_EXCEEDS_INVOICE above what is left of a line or of the invoice), and REFERENCE_MISSING for an invoice
 * that is not there. One that an outside system issued has its number, and is stated again where it was told before;
 * what was voided there meanwhile stays so.
 */
export function issueCreditNote(
  db: Database,
  effect: Effect,
  issue: CreditNoteIssue,
): Promise<Outcome<IssuedCreditNote>> {
  const { invoiceId, madeAs, madeNumber } = issue
  return applyOnce<IssuedCreditNote>(
    db,
    effect,
    { operation: 'issueCreditNote', input: issue },
    async (unit) => {
      const id = ownId('creditNote', effect.effectKey)
      await lockDocuments(unit, [id, invoiceId])
      const corrected = (await unit.lock(invoice, [invoiceId])).get(invoiceId)
      if (corrected === undefined)
        return refused('REFERENCE_MISSING', 'invoiceId', 'There is no such invoice')
      const notes = await readRowsBy(unit, creditNotes, 'invoiceId', [invoiceId])
      const earlier = notes.filter((note) => note.id !== id)
      const { value: credited, violations } = creditInvoice(corrected, earlier, issue)
      if (violations !== undefined) return { violations }
      const number = madeNumber ?? (await takeNumber(unit, 'CREDIT_NOTE', corrected.legalEntityId))
      if (number === null) return NO_SERIES
      const creditNote = issued(issue, corrected, credited, number, effect)
      const told = madeAs && notes.find((note) => note.id === id && isKnownAs(note, madeAs))
      const voided = told && { status: told.status, voidedOn: told.voidedOn }
      const { touched } = await recordDocuments(unit, { creditNotes: [{ ...creditNote, ...voided }] })
      const excess = touched.violations.filter(({ documentId }) => documentId === id)
      return excess.length > 0 ? { violations: excess } : { value: { creditNoteId: id, number } }
    },
  )
}

function issued(
  { invoiceId, issuedOn, madeAs, reason }: CreditNoteIssue,
  { customerId, legalEntityId, currency }: Invoice,
  { lines, taxLines }: Credited,
  number: string,
  { effectKey }: Effect,
): CreditNoteFact {
  return {
    ...ownFact('creditNote', effectKey, madeAs),
    customerId,
    legalEntityId,
    invoiceId,
    number,
    status: 'ISSUED',
    currency,
    reason,
    issuedOn,
    voidedOn: null,
    lines: lines.map((line, place) => ({ id: ownId('creditNoteLine', effectKey, place), ...line })),
    taxLines,
  }
}
