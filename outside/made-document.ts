/** What invoices and credit notes that an outside system issues have in common. */
import type { OutsideDocument } from '#domain/effect.ts'
import type { Outcome, Violation } from '#domain/failure.ts'
import { moneyText } from '#domain/money.ts'
import type { Connector } from '#platform/connector.ts'
import { OutcomeUnknown } from '#subgraphs/operations/workflows/carry-out.ts'
import type { Outside } from './outside.ts'

/** What our own rules refuse is not sent; where it may have been sent before, a person has to look. */
export async function refuseUnsent(
  { mayHaveHappened }: Pick<Outside, 'mayHaveHappened'>,
  connector: Connector,
  effectKey: string,
  violations: readonly Violation[],
): Promise<Outcome<never>> {
  if (!(await mayHaveHappened(connector, effectKey))) return { violations }
  const reasons = violations.map(({ message }) => message).join('; ')
  throw new OutcomeUnknown(`${connector.name} may have issued what our own rules refuse now: ${reasons}`)
}

/** What a document comes to, minor units as text: with its tax, and that alone. */
interface Amounts {
  readonly currency: string
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
  const told = (units: string): string => moneyText(BigInt(units), asked.currency)
  throw new OutcomeUnknown(
    `${system} issued ${number} of ${told(minorUnits)} with tax of ${told(taxMinorUnits)}, where ours is ` +
      `${told(asked.minorUnits)} with tax of ${told(asked.taxMinorUnits)}`,
    'TAX_MISMATCH',
  )
}
