import type { Outcome } from '#domain/failure.ts'
import type { StepEffect } from '../workflows/flow.ts'
import type { Systems } from './systems.ts'

/** What steps before this one made that the books have to meet, by the field of their results. */
const DOCUMENT_FIELDS = [
  'invoiceId',
  'creditNoteId',
  'paymentId',
  'refundId',
  'disputeId',
  'documentIds',
] as const
const CONTRACT_FIELDS = ['contractId', 'successorId'] as const

/** Brings the books to what the steps before made: contracts are planned, documents posted, revenue scheduled. */
export function book(
  { erp }: Systems,
  { results }: { readonly results: Readonly<Record<string, unknown>> },
  effect: StepEffect,
): Promise<Outcome<unknown>> {
  const made = Object.values(results) as readonly (Readonly<Record<string, unknown>> | null)[]
  const idsIn = (fields: readonly string[]): string[] => [
    ...new Set(
      made.flatMap((result) =>
        fields.flatMap((field) => result?.[field]).filter((id) => typeof id === 'string'),
      ),
    ),
  ]
  return erp.book(effect, { contractIds: idsIn(CONTRACT_FIELDS), documentIds: idsIn(DOCUMENT_FIELDS) })
}
