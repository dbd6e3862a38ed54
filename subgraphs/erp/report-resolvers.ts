import { money } from '#domain/money.ts'
import { found } from '#platform/graphql.ts'
import { told } from '#platform/invariant.ts'
import type { Resolvers } from '#schema/erp.generated.ts'
import { reportConventions } from './conventions.ts'
import { reportRemainingObligations, reportSchedule, reportTrialBalance } from './reports.ts'
import { reportRollForward } from './roll-forward.ts'

/** Root fields of the reports. */
export const reportQueries = {
  trialBalance: (_, { legalEntityId, ...through }, context) =>
    reportTrialBalance(context, legalEntityId, through),
  checkBooks: (_, __, { check }) => check(),
  deferredRevenueRollForward: (_, args, context) => reportRollForward(context, args),
  remainingPerformanceObligations: (_, args, context) => reportRemainingObligations(context, args),
  recognitionComparison: (_, args, context) => reportConventions(context, args),
  revenueSchedule: (_, args, context) => reportSchedule(context, args),
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
  BooksCheck: {
    __resolveReference: (_, { check }) => check(),
    id: () => 'books',
    ledger: ({ findings }) => findings.map(told),
  },
  DeferredRevenueRollForward: {
    customer: ({ by, subject: id }) => (by === 'CUSTOMER' && id !== '' ? { id } : null),
    contract: ({ by, subject: id }) => (by === 'CONTRACT' && id !== '' ? { id } : null),
  },
  RecognitionComparison: {
    amount: ({ amount, currency }) => money(amount, currency),
    compared: ({ compared, currency }) => money(compared, currency),
    difference: ({ amount, compared, currency }) => money(amount - compared, currency),
  },
  RollForward: {
    opening: ({ opening, currency }) => money(opening, currency),
    billed: ({ billed, currency }) => money(billed, currency),
    recognized: ({ recognized, currency }) => money(recognized, currency),
    adjusted: ({ adjusted, currency }) => money(adjusted, currency),
    closing: ({ closing, currency }) => money(closing, currency),
  },
  RemainingPerformanceObligations: {
    total: ({ total, currency }) => money(total, currency),
    withinTwelveMonths: ({ withinTwelveMonths, currency }) => money(withinTwelveMonths, currency),
    later: ({ total, withinTwelveMonths, currency }) => money(total - withinTwelveMonths, currency),
  },
} satisfies Resolvers
