import { sum } from './money.ts'

/** What was posted to an account in one currency. Minor units; the functional amounts in that of the legal entity. */
export interface PostedAmounts {
  readonly accountId: string
  /** Currency of the documents. */
  readonly currency: string
  readonly debit: bigint
  readonly credit: bigint
  readonly functionalDebit: bigint
  readonly functionalCredit: bigint
  /**
   * The part of the functional balance that lines make which are zero in the currency of the document: exchange gains
   * and losses, and revaluations.
   */
  readonly worthAlone: bigint
}

/** An account with all that was posted to it, in the functional currency and currency by currency. */
export interface AccountBalance {
  readonly accountId: string
  readonly debit: bigint
  readonly credit: bigint
  /** In order of the currency's code. */
  readonly currencies: readonly PostedAmounts[]
}

/** Accounts in the order in which they were given; of both sides the totals are equal where every entry balances. */
export interface TrialBalance {
  readonly accounts: readonly AccountBalance[]
  readonly debit: bigint
  readonly credit: bigint
}

/** Brings what was posted by account and currency into one balance an account. */
export function trialBalance(posted: readonly PostedAmounts[]): TrialBalance {
  const byAccount = Map.groupBy(posted, ({ accountId }) => accountId)
  const accounts = [...byAccount].map(([accountId, currencies]) => ({
    accountId,
    debit: sum(currencies.map(({ functionalDebit }) => functionalDebit)),
    credit: sum(currencies.map(({ functionalCredit }) => functionalCredit)),
    currencies,
  }))
  return {
    accounts,
    debit: sum(accounts.map(({ debit }) => debit)),
    credit: sum(accounts.map(({ credit }) => credit)),
  }
}

/**
 * What an account holds of each currency when amounts are written down as they are in the journal: a line that is zero
 * in the currency of its document is an amount of the functional currency, which every account has, if only zero of it.
 * In order of the currency's code.
 */
export function holdings(
  { currencies }: AccountBalance,
  functionalCurrency: string,
): { readonly currency: string; readonly amount: bigint }[] {
  const held = new Map([[functionalCurrency, sum(currencies.map(({ worthAlone }) => worthAlone))]])
  for (const { currency, debit, credit } of currencies) {
    held.set(currency, (held.get(currency) ?? 0n) + debit - credit)
  }
  return [...held.keys()].toSorted().map((currency) => ({ currency, amount: held.get(currency) ?? 0n }))
}
