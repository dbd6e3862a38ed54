import { functionalLine } from './conversion.ts'
import { POSTING_RULES } from './posting-rules.ts'
import { multiply, rational, round } from './rational.ts'
import type { Carrying } from './carrying.ts'
import type { AccountRole } from './erp.ts'
import type { JournalLine } from './journal.ts'
import type { Rational } from './rational.ts'

/** What an account holds in a foreign currency of what was posted to it under one role, debits less credits. */
export interface ForeignBalance extends Carrying {
  readonly accountId: string
  readonly role: AccountRole
}

/**
 * The lines that bring monetary balances of one foreign currency to the closing rate, each in the account that holds
 * it. Nothing changes in the foreign currency; no lines where nothing changes at all.
 */
export function revalue(balances: readonly ForeignBalance[], closingRate: Rational): JournalLine[] {
  return balances
    .filter(({ role }) => POSTING_RULES.FX_REVALUED.debit.includes(role))
    .flatMap(({ accountId, role, amount, worth }) =>
      functionalLine(role, round(multiply(rational(amount), closingRate)) - worth).map((line) => ({
        accountId,
        ...line,
      })),
    )
}
