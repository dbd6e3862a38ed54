import { post } from './post.ts'
import type { Carrying } from './carrying.ts'
import type { AccountingPeriod, Posting } from './erp.ts'

/** Deferred revenue of a contract, or of all that a customer bought without one: credits less debits. */
export type DeferralBalance = Carrying & Pick<Posting, 'customerId' | 'contractId' | 'currency'>

/**
 * What was earned beyond what was billed is a contract asset and not less of a liability (ASC 606-10-45-1 to 3,
 * IFRS 15.105 to 107): it is set apart on the last day of a period, and taken back on the first day of the next one.
 * Nothing where revenue is deferred.
 */
export function postingsOfUnbilled(period: AccountingPeriod, balance: DeferralBalance): Posting[] {
  if (balance.amount >= 0n) return []
  const { customerId, contractId, currency, amount, worth } = balance
  const source = {
    legalEntityId: period.legalEntityId,
    customerId,
    contractId,
    sourceType: 'ACCOUNTING_PERIOD' as const,
    sourceId: period.id,
    currency,
    description: 'Earned and not billed yet',
  }
  const amounts = { CONTRACT_ASSETS: -amount, DEFERRED_REVENUE: -amount }
  const carried = [{ amount: -amount, worth: -worth }]
  return [
    ...post(source, 'UNBILLED_SET_APART', period.range.end.subtract({ days: 1 }), amounts, () => carried),
    ...post(source, 'UNBILLED_TAKEN_BACK', period.range.end, amounts),
  ].map((posting) => ({ ...posting, discriminator: `${contractId ?? customerId} ${currency}` }))
}
