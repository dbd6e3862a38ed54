import type { AskedAmendment } from '#domain/asked-amendment.ts'
import { parseDate } from '#platform/dates.ts'
import type { Jsonified } from '#platform/table.ts'
import { reviveAskedAmendment } from '#platform/terms.ts'
import type { AppliedAmendment } from './amendment-commands.ts'

/** An amendment that was accepted: what was asked for, and what the preview rests on. */
export interface PreparedAmendment {
  readonly asked: AskedAmendment
  /** The version of the contract. */
  readonly version: number
  /** The day of the preview: everything that fell due before it is billed. */
  readonly billedUntil: Temporal.PlainDate
  readonly previewHash: string
  readonly reason: string | null
}

/** What was prepared, as it comes back from JSON. */
export function previewedIn(prepared: Jsonified<PreparedAmendment>): PreparedAmendment {
  return {
    ...prepared,
    asked: reviveAskedAmendment(prepared.asked),
    billedUntil: parseDate(prepared.billedUntil),
  }
}

/** What applying the amendment answered, in the steps after it. */
export function appliedIn({
  results,
}: {
  readonly results: Readonly<Record<string, unknown>>
}): AppliedAmendment {
  return results['amendContract'] as AppliedAmendment
}
