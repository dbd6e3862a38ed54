import { isBefore, lastDay } from '#domain/calendar.ts'
import type { SourceType } from '#domain/erp.ts'
import { entriesInForce } from '#domain/journal.ts'
import { money, sum } from '#domain/money.ts'
import { scheduleIdOf } from '#domain/recognition.ts'
import { found } from '#platform/graphql.ts'
import { readConnection } from '#platform/loaders.ts'
import type { Resolvers } from '#schema/erp.generated.ts'
import type { SourceReference } from './loaders.ts'
import { periodMutations, periodResolvers, processResolvers, readChecklist } from './period-resolvers.ts'
import { postingRules } from './posting-rules.ts'
import { exampleQueries } from './example-resolvers.ts'
import { previewTypes } from './preview-resolvers.ts'
import { reportQueries, reportTypes } from './report-resolvers.ts'
import { refuseFuture } from './reports.ts'
import { readFxRates, readLegalEntities } from './store.ts'
import { journal, type RevenueSchedule } from './tables.ts'

export const resolvers: Resolvers = {
  Query: {
    legalEntity: async (_, { id }, { legalEntity }) => found(await legalEntity.load(id), 'legal entity', id),
    legalEntities: (_, __, { db }) => readLegalEntities(db),
    journalEntry: async (_, { id }, { journalEntry }) =>
      found(await journalEntry.load(id), 'journal entry', id),
    journalEntries: (_, args, { db }) => readConnection(db, journal, args),
    fxRates: (_, { baseCurrency, quoteCurrency }, { db }) => readFxRates(db, baseCurrency, quoteCurrency),
    postingRules: () => postingRules,
    periodChecklist: readChecklist,
    ...reportQueries,
    ...exampleQueries,
  },
  Mutation: periodMutations,
  ...reportTypes,
  LegalEntity: {
    __resolveReference: async ({ id }, { legalEntity }) =>
      found(await legalEntity.load(id), 'legal entity', id),
    accounts: ({ id }, _, { accountsOfEntity }) => accountsOfEntity.load(id),
    accountRules: async ({ id: ownerId }, _, { accountRules }) =>
      (await accountRules)
        .filter(({ legalEntityId }) => legalEntityId === null || legalEntityId === ownerId)
        .map((rule) => ({ ...rule, ownerId })),
    accountingPeriods: ({ id }, _, { periodsOfEntity }) => periodsOfEntity.load(id),
  },
  AccountRule: {
    account: async ({ ownerId, accountCode }, _, { accountsOfEntity }) =>
      (await accountsOfEntity.load(ownerId)).find(({ code }) => code === accountCode) ?? null,
  },
  LedgerAccount: {
    __resolveReference: async ({ id }, { ledgerAccount }) =>
      found(await ledgerAccount.load(id), 'ledger account', id),
    legalEntity: async ({ legalEntityId: id }, _, { legalEntity }) =>
      found(await legalEntity.load(id), 'legal entity', id),
  },
  ...periodResolvers,
  ...processResolvers,
  FxRate: {
    __resolveReference: async ({ id }, { fxRate }) => found(await fxRate.load(id), 'fx rate', id),
  },
  JournalEntry: {
    __resolveReference: async ({ id }, { journalEntry }) =>
      found(await journalEntry.load(id), 'journal entry', id),
    legalEntity: async ({ legalEntityId: id }, _, { legalEntity }) =>
      found(await legalEntity.load(id), 'legal entity', id),
    source: ({ sourceType, sourceId: id }) => {
      const __typename = documentTypes[sourceType]
      return __typename === null ? null : { __typename, id }
    },
    lines: async ({ id, currency, functionalCurrency }, _, { linesOfEntry }) =>
      (await linesOfEntry.load(id)).map((line) => ({ ...line, currency, functionalCurrency })),
    reversalOf: ({ reversalOfId }, _, { journalEntry }) =>
      reversalOfId === null ? null : journalEntry.load(reversalOfId),
    sealProof: ({ id }, _, { sealProof }) => sealProof.load(id),
    reversedBy: async ({ id }, _, { reversalsOfEntry }) => (await reversalsOfEntry.load(id))[0] ?? null,
  },
  JournalLine: {
    account: async ({ accountId: id }, _, { ledgerAccount }) =>
      found(await ledgerAccount.load(id), 'ledger account', id),
    debit: ({ debit, currency }) => money(debit, currency),
    credit: ({ credit, currency }) => money(credit, currency),
    functionalDebit: ({ functionalDebit, functionalCurrency }) => money(functionalDebit, functionalCurrency),
    functionalCredit: ({ functionalCredit, functionalCurrency }) =>
      money(functionalCredit, functionalCurrency),
  },
  PerformanceObligation: {
    __resolveReference: async ({ id }, { schedulesOfObligation }) =>
      found((await schedulesOfObligation.load(id))[0] ?? null, 'performance obligation', id),
    id: ({ obligationId }) => obligationId,
    contract: ({ contractId: id }) => (id === null ? null : { id }),
    allocatedPrice: ({ allocatedPrice, currency }) => money(allocatedPrice, currency),
    revenueSchedule: (schedule) => schedule,
  },
  RevenueSchedule: {
    __resolveReference: async ({ id }, { revenueSchedule }) =>
      found(await revenueSchedule.load(id), 'revenue schedule', id),
    obligation: (schedule) => schedule,
    allocatedPrice: ({ allocatedPrice, currency }) => money(allocatedPrice, currency),
    recognized: (schedule, { asOf }) => money(recognized(schedule, asOf ?? null), schedule.currency),
    deferred: (schedule, { asOf }) =>
      money(schedule.allocatedPrice - recognized(schedule, asOf ?? null), schedule.currency),
    entries: ({ entries, currency }) =>
      entries.map((entry) => ({ ...entry, amount: money(entry.amount, currency) })),
  },
  RevenueScheduleEntry: {
    journalEntry: ({ journalEntryId }, _, { journalEntry }) =>
      journalEntryId === null ? null : journalEntry.load(journalEntryId),
  },
  Posting: {
    journalEntry: ({ journalEntries }) =>
      new Map(entriesInForce(journalEntries)).get('INVOICE_ISSUED') ?? null,
  },
  Customer: {
    __resolveReference: (customer) => customer,
    deferredRevenue: ({ id: customerId, currency = '' }, _, { deferredRevenue }) =>
      deferredRevenue.load({ customerId, currency }),
    credit: async ({ id }, _, { profilesOfCustomer }) => {
      const [profile] = await profilesOfCustomer.load(id)
      if (profile === undefined) return { limit: null, onHold: false, holdReason: null }
      const { creditLimit, currency, onHold, holdReason } = profile
      return {
        limit: creditLimit === null ? null : money(creditLimit, currency),
        onHold,
        holdReason,
      }
    },
  },
  Contract: {
    __resolveReference: (contract) => contract,
    revenueSchedules: ({ id }, { knownAt }, context) => {
      refuseFuture(context, knownAt)
      return knownAt ? context.schedulesOfContractKnownAt(id, knownAt) : context.schedulesOfContract.load(id)
    },
  },
  ContractLine: {
    __resolveReference: (line) => line,
    revenueSchedule: ({ id }, _, { revenueSchedule }) => revenueSchedule.load(scheduleIdOf(id)),
  },
  ...previewTypes,
  Invoice: {
    __resolveReference: (invoice) => invoice,
    posting: async ({ id }, _, { posting }) => {
      const { entries, note } = await posting.load(id)
      const posted = entries.length > 0 ? 'POSTED' : 'PENDING'
      const status = note === null || note.status === 'MET' ? posted : note.status
      return { status, journalEntries: entries, blockedBy: note?.reason ?? null }
    },
  },
}

const documentTypes: Readonly<Record<SourceType, SourceReference['__typename'] | null>> = {
  INVOICE: 'Invoice',
  CREDIT_NOTE: 'CreditNote',
  PAYMENT: 'Payment',
  REFUND: 'Refund',
  DISPUTE: 'Dispute',
  PAYOUT: null,
  REVENUE_SCHEDULE: null,
  ACCOUNTING_PERIOD: null,
}

/** Sum of the posted months, only of those that end by a day where one is given. */
const recognized = ({ entries }: RevenueSchedule, asOf: Temporal.PlainDate | null): bigint =>
  sum(
    entries
      .filter(({ status }) => status === 'POSTED')
      .filter(({ period }) => asOf === null || !isBefore(asOf, lastDay(period)))
      .map(({ amount }) => amount),
  )
