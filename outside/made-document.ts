import type { OutsideDocument } from '#domain/effect.ts'
import { OutcomeUnknown } from '#subgraphs/operations/workflows/carry-out.ts'

/** What a document comes to, minor units as text: with its tax, and that alone. */
interface Amounts {
  readonly minorUnits: string
  readonly taxMinorUnits: string
}

/** A document of other amounts than ours is noted nowhere until a person has looked: both figures are named. */
export function refuseOtherAmounts(
  system: string,
  number: string,
  asked: Amounts,
  made: OutsideDocument['details'],
): void {
  const { minorUnits = asked.minorUnits, taxMinorUnits = asked.taxMinorUnits } = made
  if (minorUnits === asked.minorUnits && taxMinorUnits === asked.taxMinorUnits) return
  throw new OutcomeUnknown(
    `${system} issued ${number} of ${minorUnits} with tax of ${taxMinorUnits}, where ours is ` +
      `${asked.minorUnits} with tax of ${asked.taxMinorUnits}`,
    'TAX_MISMATCH',
  )
}
