import type { Gate, Owner } from './workflow-model.ts'
import { type Money, parseAmount } from './money.ts'

/** What a gate decides by. */
export interface GateQuestion {
  /** What is at stake; null where no money is. */
  readonly amount: Money | null
  /** Whether accounting stopped the customer's credit. */
  readonly isOnCreditHold: boolean
}

/**
 * Who has to agree, or null where the work passes. By amount it is the approver of the highest band that the amount
 * reaches; an amount in a currency that no band knows is for the highest one, since nobody said how much it is.
 */
export function approverOf(gate: Gate, { amount, isOnCreditHold }: GateQuestion): Owner | null {
  switch (gate.when) {
    case 'ALWAYS':
      return gate.approver
    case 'CREDIT_HOLD':
      return isOnCreditHold ? gate.approver : null
    case 'AMOUNT':
      return amount === null ? null : bandOf(gate, amount)
  }
}

function bandOf({ bands }: Gate, { minorUnits, currency }: Money): Owner | null {
  const size = minorUnits < 0n ? -minorUnits : minorUnits
  const reached = bands.filter(({ from }) => {
    const limit = from[currency]
    return limit === undefined || size >= parseAmount(limit, currency)
  })
  return reached.at(-1)?.approver ?? null
}
