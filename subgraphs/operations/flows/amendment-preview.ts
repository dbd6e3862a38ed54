import type { AskedAmendment } from '#domain/asked-amendment.ts'
import { type Outcome, type Violation, violationIf } from '#domain/failure.ts'
import type { ProposedAmendment } from '#domain/proposed-amendment.ts'

/** What a preview asks of the systems: each computes its part, and makes nothing. */
export interface PreviewSystems {
  /** CRM: what the amendment does to the contract, if everything that fell due before a day is billed. */
  readonly propose: (
    asked: AskedAmendment,
    billedUntil: Temporal.PlainDate,
  ) => Promise<Outcome<ProposedAmendment>>
  /** ERP: what the proposal does to the books, and the hash over all of it. */
  readonly previewBooks: (
    proposal: string,
    today: Temporal.PlainDate,
  ) => Promise<{ readonly previewHash?: string | undefined }>
}

/** An amendment over all systems: what a client sees of it before it asks for it. */
export interface AmendmentPreview extends ProposedAmendment {
  /** The same as long as nothing that it rests on changes. */
  readonly previewHash: string
}

/** Previews an amendment as the graph does, of a contract of which all that fell due before today is billed. */
export async function previewOf(
  systems: PreviewSystems,
  asked: AskedAmendment,
  today: Temporal.PlainDate,
): Promise<Outcome<AmendmentPreview>> {
  const proposed = await systems.propose(asked, today)
  if (proposed.value === undefined) return proposed
  const { previewHash } = await systems.previewBooks(proposed.value.proposal, today)
  if (previewHash === undefined) throw new Error('The books previewed nothing of a proposal')
  return { value: { ...proposed.value, previewHash } }
}

/** PREVIEW_OUTDATED unless an amendment is still what a client previewed. */
export function checkPreviewed({ previewHash }: AmendmentPreview, expected: string): Violation[] {
  return violationIf(
    previewHash !== expected,
    'PREVIEW_OUTDATED',
    'previewHash',
    'It would not do what was previewed any more: preview it again',
  )
}
