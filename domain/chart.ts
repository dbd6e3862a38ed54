import type { AccountRuleFact } from './account-rules.ts'
import type { Fact } from './entity.ts'
import type { AccountRole, AccountType, LedgerAccountFact } from './erp.ts'

interface ChartRow {
  readonly role: AccountRole
  readonly code: string
  readonly name: string
  readonly type: AccountType
}

/** The chart that an entity starts with: one account for each role that a posting rule can name. */
export const CHART_OF_ACCOUNTS: readonly ChartRow[] = [
  { role: 'BANK', code: '1000', name: 'Bank', type: 'ASSET' },
  { role: 'CASH_CLEARING', code: '1010', name: 'Cash in clearing', type: 'ASSET' },
  { role: 'DISPUTED_CASH', code: '1020', name: 'Disputed cash', type: 'ASSET' },
  { role: 'RECEIVABLES', code: '1100', name: 'Accounts receivable', type: 'ASSET' },
  { role: 'CONTRACT_ASSETS', code: '1200', name: 'Contract assets', type: 'ASSET' },
  { role: 'DUE_FROM_AFFILIATES', code: '1300', name: 'Due from affiliates', type: 'ASSET' },
  { role: 'TAX_PAYABLE', code: '2100', name: 'Tax payable', type: 'LIABILITY' },
  { role: 'DEFERRED_REVENUE', code: '2200', name: 'Deferred revenue', type: 'LIABILITY' },
  { role: 'CUSTOMER_BALANCE', code: '2300', name: 'Customer balances', type: 'LIABILITY' },
  { role: 'DUE_TO_AFFILIATES', code: '2400', name: 'Due to affiliates', type: 'LIABILITY' },
  { role: 'REVENUE', code: '4000', name: 'Revenue', type: 'REVENUE' },
  { role: 'CREDITS_AND_REFUNDS', code: '4900', name: 'Credits and refunds', type: 'CONTRA_REVENUE' },
  { role: 'PROCESSOR_FEES', code: '6100', name: 'Payment processing fees', type: 'EXPENSE' },
  { role: 'DISPUTE_LOSSES', code: '6200', name: 'Losses from disputes', type: 'EXPENSE' },
  { role: 'BAD_DEBT', code: '6300', name: 'Bad debt', type: 'EXPENSE' },
  { role: 'FX_REALIZED', code: '7100', name: 'Realized exchange gains and losses', type: 'EXPENSE' },
  { role: 'FX_UNREALIZED', code: '7200', name: 'Unrealized exchange gains and losses', type: 'EXPENSE' },
]

/** A rule a role that sends everything of a legal entity to its account in the starting chart. */
export function rulesOfChart(legalEntityId: string, identify: (code: string) => Fact): AccountRuleFact[] {
  return CHART_OF_ACCOUNTS.map(({ role, code }) =>
    accountRule({ ...identify(code), role, accountCode: code, legalEntityId }),
  )
}

/** A rule that holds for all that is not given, at all times. */
export function accountRule(
  rule: Pick<AccountRuleFact, 'id' | 'externalRefs' | 'role' | 'accountCode'> & Partial<AccountRuleFact>,
): AccountRuleFact {
  return {
    purpose: null,
    legalEntityId: null,
    productFamily: null,
    region: null,
    validFrom: null,
    validUntil: null,
    ...rule,
  }
}

/** The starting chart as facts of one legal entity; `identify` gives the account of a code its id and references. */
export function chartOfAccounts(
  legalEntityId: string,
  identify: (code: string) => Fact,
): LedgerAccountFact[] {
  return CHART_OF_ACCOUNTS.map((row) => {
    const { id, externalRefs } = identify(row.code)
    return { id, externalRefs, legalEntityId, ...row }
  })
}
