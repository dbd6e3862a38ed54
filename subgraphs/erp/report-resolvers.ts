import { money } from '#domain/money.ts'
import { found } from '#platform/graphql.ts'
import type { Resolvers } from '#schema/erp.generated.ts'
import { reportTrialBalance } from './reports.ts'

/** Root fields of the reports. */
export const reportQueries = {
  trialBalance: (_, { legalEntityId, ...through }, context) =>
    reportTrialBalance(context, legalEntityId, through),
} satisfies Resolvers['Query']

/** What the reports consist of. */
export const reportTypes = {
  TrialBalance: {
    asOf: ({ through }) => through.asOf ?? null,
    period: ({ through }) => through.period ?? null,
    knownAt: ({ through }) => through.knownAt ?? null,
    debit: ({ debit, legalEntity }) => money(debit, legalEntity.functionalCurrency),
    credit: ({ credit, legalEntity }) => money(credit, legalEntity.functionalCurrency),
    accounts: ({ accounts, legalEntity: { functionalCurrency } }) =>
      accounts.map((account) => ({ ...account, functionalCurrency })),
  },
  AccountBalance: {
    account: async ({ accountId: id }, _, { ledgerAccount }) =>
      found(await ledgerAccount.load(id), 'ledger account', id),
    debit: ({ debit, functionalCurrency }) => money(debit, functionalCurrency),
    credit: ({ credit, functionalCurrency }) => money(credit, functionalCurrency),
    balance: ({ debit, credit, functionalCurrency }) => money(debit - credit, functionalCurrency),
    currencies: ({ currencies, functionalCurrency }) =>
      currencies.map((posted) => ({ ...posted, functionalCurrency })),
  },
  CurrencyBalance: {
    debit: ({ debit, currency }) => money(debit, currency),
    credit: ({ credit, currency }) => money(credit, currency),
    balance: ({ debit, credit, currency }) => money(debit - credit, currency),
    functionalBalance: ({ functionalDebit, functionalCredit, functionalCurrency }) =>
      money(functionalDebit - functionalCredit, functionalCurrency),
  },
} satisfies Resolvers
