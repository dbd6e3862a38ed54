import type { Fact, Recorded } from '#domain/entity.ts'
import type {
  AccountingPeriod,
  CreditProfile,
  FxRate,
  LedgerAccount,
  LegalEntity,
  ScheduleEntry,
  ScheduleEntryStatus,
  ScheduleFact,
  SourceType,
} from '#domain/erp.ts'
import type { JournalEntry } from '#domain/journal.ts'
import { parseInstant, parseYearMonth } from '#platform/dates.ts'
import type { ListSpec } from '#platform/page.ts'
import {
  bigint,
  type Codec,
  type Columns,
  date,
  decimal,
  flag,
  int,
  json,
  optional,
  recorded,
  reviveDateRange,
  shown,
  table,
  text,
  word,
} from '#platform/table.ts'

/** An entry as lists show it; its lines are read only where they are asked for. */
export type JournalHeader = Omit<JournalEntry, 'lines'>

/** A month of a revenue schedule that is in force. */
export interface ScheduledMonth extends ScheduleEntry {
  readonly status: ScheduleEntryStatus
  readonly journalEntryId: string | null
}

/** A performance obligation and how it is recognised; `entries` are the months in force, earliest first. */
export interface RevenueSchedule extends Omit<ScheduleFact, 'entries'>, Fact, Recorded {
  readonly entries: readonly ScheduledMonth[]
}

/** Why a source has no entries; kept as MET once it has. */
export interface PostingNote extends Recorded {
  readonly id: string
  readonly sourceId: string
  readonly sourceType: SourceType
  /** Whose books it belongs into; null where nobody knows. */
  readonly legalEntityId: string | null
  /** Day of the first thing that is to be posted; null where nobody knows. */
  readonly date: Temporal.PlainDate | null
  readonly status: 'BLOCKED' | 'NOT_REQUIRED' | 'MET'
  /** For a person; null unless blocked. */
  readonly reason: string | null
}

const yearMonth: Codec<Temporal.PlainYearMonth> = {
  sql: 'text',
  revive: (stored) => parseYearMonth(stored as string),
}

export const legalEntities = table<LegalEntity>('erp.legal_entity', {
  ...recorded,
  code: text,
  name: text,
  country: text,
  functionalCurrency: text,
  timeZone: text,
  fiscalCalendar: word(),
  fiscalYearStartMonth: int,
})

export const ledgerAccounts = table<LedgerAccount>('erp.ledger_account', {
  ...recorded,
  legalEntityId: text,
  code: text,
  name: text,
  type: word(),
  role: word(),
})

export const accountingPeriods = table<AccountingPeriod>('erp.accounting_period', {
  ...recorded,
  legalEntityId: text,
  period: yearMonth,
  range: json(reviveDateRange),
  status: word(),
  sealHash: optional(text),
  closedBy: optional(text),
  reopenings: json((reopenings) =>
    reopenings.map((it) => ({ ...it, reopenedAt: parseInstant(it.reopenedAt) })),
  ),
})

export const fxRates = table<FxRate>('erp.fx_rate', {
  ...recorded,
  baseCurrency: text,
  quoteCurrency: text,
  rate: decimal,
  date,
  source: text,
})

export const creditProfiles = table<CreditProfile>('erp.credit_profile', {
  ...recorded,
  customerId: text,
  currency: text,
  creditLimit: optional(bigint),
  onHold: flag,
  holdReason: optional(text),
})

/** The columns of a journal entry; its lines are rows of another table. */
export const journalColumns: Columns<JournalHeader> = {
  ...recorded,
  legalEntityId: shown(text, 'legalEntity'),
  sequence: shown(bigint),
  number: shown(text),
  sourceType: shown(word(), 'source'),
  sourceId: shown(text, 'source'),
  purpose: word(),
  discriminator: text,
  date: shown(date),
  period: shown(yearMonth),
  originalPeriod: shown(yearMonth),
  status: shown(word()),
  reversalOfId: optional(text),
  customerId: shown(optional(text)),
  contractId: shown(optional(text)),
  currency: shown(text, 'lines'),
  functionalCurrency: shown(text, 'lines'),
  description: shown(text),
}

export const journalHeaders = table<JournalHeader>('erp.journal_entry', journalColumns)

/** The columns of a revenue schedule; its months are rows of another table. */
export const scheduleColumns: Columns<Omit<RevenueSchedule, 'entries'>> = {
  ...recorded,
  obligationId: text,
  contractId: shown(optional(text), 'contract'),
  customerId: shown(text),
  legalEntityId: shown(text),
  description: shown(text),
  method: shown(word()),
  currency: text,
  productId: shown(optional(text)),
  allocatedPrice: bigint,
  servicePeriod: shown(json(reviveDateRange)),
}

/** The id of the note on a source: a source has at most one. */
export const noteIdOf = (sourceId: string): string => `note_${sourceId}`

export const postingNotes = table<PostingNote>('erp.posting_note', {
  id: text,
  version: int,
  recordedAt: recorded.recordedAt,
  sourceId: text,
  sourceType: word(),
  legalEntityId: optional(text),
  date: optional(date),
  status: word(),
  reason: optional(text),
})

export const journal: ListSpec<JournalHeader> = {
  name: 'journalEntries',
  table: journalHeaders,
  parent: null,
  sortKeys: {
    DATE: { column: 'date', type: 'date' },
    NUMBER: { column: 'number', type: 'text' },
  },
  defaultOrder: { field: 'DATE', direction: 'DESC' },
  filters: {
    legalEntity: { column: 'legal_entity_id', type: 'text' },
    purpose: { column: 'purpose', type: 'text' },
    date: { column: 'date', type: 'date' },
  },
}

/** Views of what breaks an invariant of the books. */
export const invariantViews = [
  {
    view: 'unbalanced_entry',
    name: '1 journal balance',
    statement: 'every journal entry balances in transaction and in functional currency',
  },
  {
    view: 'schedule_off_price',
    name: '2 revenue schedules',
    statement: 'the months of a schedule sum to the allocated price',
  },
  {
    view: 'deferred_revenue_adrift',
    name: '3 deferred revenue',
    statement: 'for each customer, what documents deferred less what schedules recognised is the balance',
  },
  {
    view: 'roll_forward_broken',
    name: '3 roll-forward',
    statement:
      'each period opens with the previous closing; documents less what schedules recognised lead to its own closing',
  },
  {
    view: 'intercompany_apart',
    name: '4 intercompany',
    statement:
      'what one legal entity owes another for a document is due to that other one, by contract, customer and currency',
  },
  {
    view: 'entry_in_closed_period',
    name: '7 closed periods',
    statement: 'a closed period takes no entry',
  },
  {
    view: 'entry_misplaced',
    name: '7 late entries',
    statement: 'an entry is in the period of its date, or in a later one where that had been closed',
  },
  {
    view: 'seal_broken',
    name: '7 seals',
    statement: 'a closed period has a seal over all its entries, which follows the one before',
  },
  {
    view: 'reversal_not_mirror',
    name: '8 reversals',
    statement: 'a reversal mirrors the entry that it is linked to, line by line',
  },
  {
    view: 'entry_posted_twice',
    name: '9 postings',
    statement: 'a business event posts at most once',
  },
  {
    view: 'journal_with_gap',
    name: '9 journal numbers',
    statement: 'the numbers of a journal follow each other without gap or repetition',
  },
] as const
