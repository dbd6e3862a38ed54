import DataLoader from 'dataloader'
import type { AccountRule } from '#domain/account-rules.ts'
import type { JournalLine } from '#domain/journal.ts'
import type { PrintableMoney } from '#domain/money.ts'
import type { PostingStatus } from '#schema/erp.generated.ts'
import { today } from '#platform/clock.ts'
import type { CommandContext } from '#platform/command.ts'
import type { Database, Queryable } from '#platform/database.ts'
import type { Check } from '#platform/invariant.ts'
import { lazily } from '#platform/lazily.ts'
import { type Connection, loadById, loadByParent, MAX_LIST_LENGTH } from '#platform/loaders.ts'
import type { ReadDated } from './checklist.ts'
import { readSchedulesKnownAt } from './history-store.ts'
import { readAccountRules } from './rule-store.ts'
import { revenueSchedules } from './schedule-store.ts'
import { readSealProofs, readSeals } from './seal-store.ts'
import { type CustomerCurrency, readDeferredRevenue, readLines, readPostings } from './store.ts'
import {
  accountingPeriods,
  creditProfiles,
  fxRates,
  type JournalHeader,
  journalHeaders,
  ledgerAccounts,
  legalEntities,
  type RevenueSchedule,
  type ScheduledMonth,
} from './tables.ts'

/** What ERP's resolvers share during one request: each loader reads with one statement a batch. */
export type Context = ReturnType<typeof createContext>

export type JournalEntryConnection = Connection<JournalHeader>

/** A line with the currencies of the entry that it belongs to. */
export type JournalLineOf = JournalLine & Pick<JournalHeader, 'currency' | 'functionalCurrency'>
/** A month with its amount in the currency of the schedule that it belongs to. */
export type ScheduledMonthOf = Omit<ScheduledMonth, 'amount'> & { readonly amount: PrintableMoney }

/** Whether and how a document is in the books. */
export interface PostingOf {
  readonly status: PostingStatus
  readonly journalEntries: readonly JournalHeader[]
  readonly blockedBy: string | null
}

/** A rule as it holds for one legal entity. */
export type AccountRuleOf = AccountRule & { readonly ownerId: string }

/** An object that another subgraph keeps. */
export interface Reference {
  readonly id: string
}

/** A document in another subgraph that caused entries. */
export interface SourceReference extends Reference {
  readonly __typename: 'Invoice' | 'CreditNote' | 'Payment' | 'Refund' | 'Dispute'
}

/** A customer; the currency comes with it where a field requires it. */
export interface CustomerReference extends Reference {
  readonly currency?: string
}

/** When ERP checked its books, and what it found. */
export type BooksCheckOf = Check

/** What one request rests on. */
interface Source {
  /** Reads, for as long as somebody waits. */
  readonly db: Queryable
  /** Checks the invariants, for all requests together. */
  readonly check: () => Promise<Check>
  readonly write: Writing
}

/** What mutations write with: they go on when nobody waits any more. */
interface Writing {
  readonly db: Database
  readonly command: CommandContext
  /** What billing has: a close wants all of it in the books. */
  readonly readDated: ReadDated
}

/** What the resolvers of one request share: loaders, and the way to write. */
export const createContext = lazily<Source>()({
  db: ({ db }) => db,
  check: ({ check }) => check,
  write: ({ write }) => write,
  today: ({ write }) => today(write.command.clock),
  legalEntity: ({ db }) => loadById(db, legalEntities),
  ledgerAccount: ({ db }) => loadById(db, ledgerAccounts),
  accountingPeriod: ({ db }) => loadById(db, accountingPeriods),
  fxRate: ({ db }) => loadById(db, fxRates),
  journalEntry: ({ db }) => loadById(db, journalHeaders),
  revenueSchedule: ({ db }) => loadById(db, revenueSchedules),
  accountRules: ({ db }) => readAccountRules(db),
  accountsOfEntity: ({ db }) => loadByParent(db, ledgerAccounts, 'legal_entity_id', 't.code'),
  periodsOfEntity: ({ db }) =>
    loadByParent(db, accountingPeriods, 'legal_entity_id', `t.range->>'start' DESC`),
  linesOfEntry: ({ db }) => new DataLoader((ids: readonly string[]) => readLines(db, ids)),
  reversalsOfEntry: ({ db }) => loadByParent(db, journalHeaders, 'reversal_of_id', 't.sequence DESC'),
  sealsOfPeriod: ({ db }) => new DataLoader((ids: readonly string[]) => readSeals(db, ids)),
  sealProof: ({ db }) => new DataLoader((ids: readonly string[]) => readSealProofs(db, ids)),
  posting: ({ db }) => new DataLoader((sourceIds: readonly string[]) => readPostings(db, sourceIds)),
  schedulesOfObligation: ({ db }) => loadByParent(db, revenueSchedules, 'obligation_id', 't.id'),
  schedulesOfContract: ({ db }) =>
    loadByParent(db, revenueSchedules, 'contract_id', `t.service_period->>'start'`),
  /** The same as they were known at an instant: contracts that are asked for with the same one share a statement. */
  schedulesOfContractKnownAt: ({ db }) => {
    const byInstant = new Map<string, DataLoader<string, readonly RevenueSchedule[]>>()
    return (contractId: string, knownAt: Temporal.Instant): Promise<readonly RevenueSchedule[]> => {
      const known =
        byInstant.get(knownAt.toString()) ??
        new DataLoader(async (ids: readonly string[]) => {
          const schedules = await readSchedulesKnownAt(db, 'contract_id', ids, knownAt)
          const byContract = Map.groupBy(schedules, (schedule) => schedule.contractId ?? '')
          return ids.map((id) => (byContract.get(id) ?? []).slice(0, MAX_LIST_LENGTH))
        })
      byInstant.set(knownAt.toString(), known)
      return known.load(contractId)
    }
  },
  profilesOfCustomer: ({ db }) => loadByParent(db, creditProfiles, 'customer_id', 't.id'),
  deferredRevenue: ({ db }) =>
    new DataLoader((keys: readonly CustomerCurrency[]) => readDeferredRevenue(db, keys)),
})
