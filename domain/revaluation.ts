import { functionalLine } from './conversion.ts'
import { sum } from './money.ts'
import { POSTING_RULES } from './posting-rules.ts'
import { multiply, rational, round } from './rational.ts'
import type { Carrying } from './carrying.ts'
import type { AccountRole } from './erp.ts'
import type { ConvertedLine } from './conversion.ts'
import type { Rational } from './rational.ts'

/** What the books hold in a foreign currency under one role, debits less credits. */
export interface ForeignBalance extends Carrying {
  readonly role: AccountRole
}

/**
 * The lines that bring monetary balances of one foreign currency to the closing rate, and what that gains or loses to
 * unrealised FX. Nothing changes in the foreign currency; no lines where nothing changes at all. The mirror of it opens
 * the next period, so that a settlement realises the whole difference since the invoice.
 */
export function revalue(balances: readonly ForeignBalance[], closingRate: Rational): ConvertedLine[] {
  const lines = balances
    .filter(({ role }) => POSTING_RULES.FX_REVALUED.debit.includes(role))
    .flatMap(({ role, amount, worth }) =>
      functionalLine(role, round(multiply(rational(amount), closingRate)) - worth),
    )
  const gain = sum(lines.map(({ functionalDebit, functionalCredit }) => functionalDebit - functionalCredit))
  return [...lines, ...functionalLine('FX_UNREALIZED', -gain)]
}
