import { moneyText, type Money, parseAmount } from './money.ts'
import type { Limits } from './workflow-model.ts'

/** What of a deal, and of the company around it, a model is measured by. */
export interface DealFacts {
  readonly usageLines: number
  /** Our companies that sell. */
  readonly legalEntities: number
  /** Amendments of the contract so far, with the one that is asked for. */
  readonly amendments: number
  /** What the deal is worth; null where it is not about money. */
  readonly amount: Money | null
}

/** A limit of a model that is exceeded. */
export interface OutgrownReason {
  readonly limit: keyof Limits
  readonly message: string
}

/**
 * Why a model is too small for a deal (OUTGROWN); empty where it fits. Where deals have a limit, an amount in a
 * currency that it does not name never fits.
 */
export function outgrownReasons(limits: Limits, facts: DealFacts): OutgrownReason[] {
  return [
    ...beyond('usageLines', limits.usageLines, facts.usageLines, 'usage-based lines'),
    ...beyond('legalEntities', limits.legalEntities, facts.legalEntities, 'legal entities'),
    ...beyond('amendments', limits.amendments, facts.amendments, 'amendments of one contract'),
    ...beyondAmount(limits, facts.amount),
  ]
}

function beyond(limit: keyof Limits, allowed: number | null, actual: number, what: string): OutgrownReason[] {
  if (allowed === null || actual <= allowed) return []
  return [{ limit, message: `${actual} ${what}, where the model is made for ${allowed}` }]
}

function beyondAmount({ dealAmount }: Limits, amount: Money | null): OutgrownReason[] {
  if (dealAmount === null || amount === null) return []
  const { minorUnits, currency } = amount
  const allowed = dealAmount[currency]
  if (allowed !== undefined && minorUnits <= parseAmount(allowed, currency)) return []
  const size = moneyText(minorUnits, currency)
  const message = `a deal of ${size}, where the model is made for ${allowed ?? 'no amount of this currency'}`
  return [{ limit: 'dealAmount', message }]
}
