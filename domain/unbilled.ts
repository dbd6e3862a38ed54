import { lastDayOf } from './period.ts'
import { post } from './post.ts'
import type { Carrying } from './carrying.ts'
import type { AccountingPeriod, Posting } from './erp.ts'

/** Deferred revenue of a contract, or of all that a customer bought without one: credits less debits. */
export interface DeferralBalance extends Carrying, Pick<Posting, 'customerId' | 'contractId' | 'currency'> {
  /** What the period set apart already, which is not part of the balance. */
  readonly setApart: Carrying
  /** How often it did. */
  readonly runs: number
}

/**
 * What was earned beyond what was billed is a contract asset and not less of a liability (ASC 606-10-45-1 to 3,
 * IFRS 15.105 to 107): it is set apart on the last day of a period, to be taken back on the first day of the next one.
 * Nothing where revenue is deferred. What an earlier run set apart stays if it is still right; otherwise it is given
 * back, and set apart anew.
 */
export function postingsOfUnbilled(period: AccountingPeriod, balance: DeferralBalance): Posting[] {
  const unbilled: Carrying =
    balance.amount < 0n
      ? // Rates may have changed so that the rest is worth less than nothing: an asset is not.
        { amount: -balance.amount, worth: balance.worth < 0n ? -balance.worth : 0n }
      : { amount: 0n, worth: 0n }
  const { setApart, runs } = balance
  if (unbilled.amount === setApart.amount) return []
  const givenBack = setApart.amount === 0n ? [] : [postingOf(period, balance, setApart, -1n)]
  const anew = unbilled.amount === 0n ? [] : [postingOf(period, balance, unbilled, 1n)]
  return [...givenBack, ...anew].flat().map((posting, index) => ({
    ...posting,
    discriminator: discriminatorOf(balance, runs + index + 1),
  }))
}

/** The posting that takes back on the first day of the next period what one of `postingsOfUnbilled` set apart. */
export function takenBack(period: AccountingPeriod, setApart: Posting): Posting {
  return {
    ...setApart,
    purpose: 'UNBILLED_TAKEN_BACK',
    reverses: 'UNBILLED_SET_APART',
    date: period.range.end,
  }
}

function postingOf(
  period: AccountingPeriod,
  { customerId, contractId, currency }: DeferralBalance,
  { amount, worth }: Carrying,
  sign: 1n | -1n,
): Posting[] {
  const source = {
    legalEntityId: period.legalEntityId,
    customerId,
    contractId,
    sourceType: 'ACCOUNTING_PERIOD' as const,
    sourceId: period.id,
    currency,
    description: 'Earned and not billed yet',
  }
  const amounts = { CONTRACT_ASSETS: sign * amount, DEFERRED_REVENUE: sign * amount }
  return post(source, 'UNBILLED_SET_APART', lastDayOf(period), amounts, () => [{ amount, worth }])
}

/** Contract or customer, and currency; a later run of the same period is told apart by its number. */
function discriminatorOf({ contractId, customerId, currency }: DeferralBalance, run: number): string {
  const key = `${contractId ?? customerId} ${currency}`
  return run === 1 ? key : `${key} ${run}`
}
