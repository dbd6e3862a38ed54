/** A figure of revenue that can be opened down to its entries. */
export type MetricName =
  | 'BOOKINGS'
  | 'BILLINGS'
  | 'COLLECTIONS'
  | 'RECOGNIZED_REVENUE'
  | 'CREDITS_AND_REFUNDS'
  | 'NET_CASH'
  | 'REMAINING_PERFORMANCE_OBLIGATIONS'
  | 'DEFERRED_REVENUE'
  | 'DEFERRED_REVENUE_BILLED'
  | 'DEFERRED_REVENUE_RECOGNIZED'
  | 'DEFERRED_REVENUE_ADJUSTED'
  | 'MONTHLY_RECURRING_REVENUE'
  | 'MRR_NEW'
  | 'MRR_EXPANSION'
  | 'MRR_REACTIVATION'
  | 'MRR_CONTRACTION'
  | 'MRR_CHURN'
  | 'ANNUAL_RECURRING_REVENUE'
  | 'RECEIVABLES'
  | 'OVERDUE_RECEIVABLES'

/** How a figure is a sum of entries. */
export interface MetricSum {
  /** FLOW: of what happened in the period. BALANCE: of all up to its end. STEP: a movement of recurring revenue. */
  readonly kind: 'FLOW' | 'BALANCE' | 'STEP'
  readonly raisedBy: readonly string[]
  readonly loweredBy: readonly string[]
  /**
   * What its entries are: lines of the books, the documents behind them, movements of contracts and the like, or lines
   * of the books and movements together.
   */
  readonly entries: 'BOOKS' | 'DOCUMENTS' | 'MOVEMENTS' | 'BOTH'
}

/** What a figure means, for readers and auditors. */
export interface MetricDefinition {
  readonly name: string
  readonly description: string
  readonly formula: string
  /** One more with every change of the formula. */
  readonly version: number
  /** Who answers for it. */
  readonly owner: string
}

const accounting = 'Accounting'
const salesOperations = 'Sales operations'
const billingOperations = 'Billing operations'

const flow = (measure: string, entries: MetricSum['entries']): MetricSum => ({
  kind: 'FLOW',
  raisedBy: [measure],
  loweredBy: [],
  entries,
})
const balance = (
  raisedBy: readonly string[],
  loweredBy: readonly string[],
  entries: MetricSum['entries'],
): MetricSum => ({ kind: 'BALANCE', raisedBy, loweredBy, entries })

/** The movements of recurring revenue in the order in which they make up its bridge. */
export const recurringSteps = [
  'MRR_NEW',
  'MRR_EXPANSION',
  'MRR_REACTIVATION',
  'MRR_CONTRACTION',
  'MRR_CHURN',
] as const
/** Movements that take off recurring revenue. */
export const recurringLosses: ReadonlySet<string> = new Set(['MRR_CONTRACTION', 'MRR_CHURN'])

const step = (measure: string): MetricSum => ({
  kind: 'STEP',
  raisedBy: [measure],
  loweredBy: [],
  entries: 'MOVEMENTS',
})

/** What each figure is the sum of. */
export const metricSums: Readonly<Record<MetricName, MetricSum>> = {
  BOOKINGS: flow('BOOKINGS', 'MOVEMENTS'),
  BILLINGS: flow('BILLINGS', 'DOCUMENTS'),
  COLLECTIONS: flow('COLLECTIONS', 'DOCUMENTS'),
  RECOGNIZED_REVENUE: flow('RECOGNIZED_REVENUE', 'BOOKS'),
  CREDITS_AND_REFUNDS: flow('CREDITS_AND_REFUNDS', 'DOCUMENTS'),
  NET_CASH: flow('CASH', 'BOOKS'),
  REMAINING_PERFORMANCE_OBLIGATIONS: balance(['BOOKINGS'], ['CONTRACT_REVENUE'], 'BOTH'),
  DEFERRED_REVENUE: balance(['DEFERRED_BILLED', 'DEFERRED_ADJUSTED'], ['DEFERRED_RECOGNIZED'], 'BOOKS'),
  DEFERRED_REVENUE_BILLED: flow('DEFERRED_BILLED', 'BOOKS'),
  DEFERRED_REVENUE_RECOGNIZED: flow('DEFERRED_RECOGNIZED', 'BOOKS'),
  DEFERRED_REVENUE_ADJUSTED: flow('DEFERRED_ADJUSTED', 'BOOKS'),
  MONTHLY_RECURRING_REVENUE: balance(
    ['MRR_NEW', 'MRR_EXPANSION', 'MRR_REACTIVATION'],
    ['MRR_CONTRACTION', 'MRR_CHURN'],
    'MOVEMENTS',
  ),
  MRR_NEW: step('MRR_NEW'),
  MRR_EXPANSION: step('MRR_EXPANSION'),
  MRR_REACTIVATION: step('MRR_REACTIVATION'),
  MRR_CONTRACTION: step('MRR_CONTRACTION'),
  MRR_CHURN: step('MRR_CHURN'),
  ANNUAL_RECURRING_REVENUE: balance(['ARR'], [], 'MOVEMENTS'),
  RECEIVABLES: balance(['RECEIVABLES'], [], 'BOOKS'),
  OVERDUE_RECEIVABLES: balance(['OVERDUE'], [], 'MOVEMENTS'),
}

const defined = (
  owner: string,
  description: string,
  formula: string,
  version = 1,
): Omit<MetricDefinition, 'name'> => ({ owner, description, formula, version })

/** What the figures mean, by name; those that are ratios have no entries of their own. */
export const metricDefinitions: Readonly<Record<string, Omit<MetricDefinition, 'name'>>> = {
  BOOKINGS: defined(
    salesOperations,
    'What customers committed to, before tax.',
    'Σ total contract value of contracts by day of signature, less what applied amendments changed it by ' +
      '+ Σ changes of value by applied amendments, by the day from which they hold',
  ),
  BILLINGS: defined(
    billingOperations,
    'What was charged, before tax.',
    'Σ net amount of invoices by issue date − Σ net amount of credit notes by issue date; a voided ' +
      'document is taken back on the day of its voiding',
  ),
  COLLECTIONS: defined(
    billingOperations,
    'Cash received from customers.',
    'Σ payments that succeeded, before the fees of processors, by day of receipt',
  ),
  RECOGNIZED_REVENUE: defined(
    accounting,
    'Revenue earned by delivery (ASC 606-10-25-23, IFRS 15.31).',
    'Σ (credit − debit) on revenue accounts, by date of the entry; before credits and refunds',
  ),
  CREDITS_AND_REFUNDS: defined(
    accounting,
    'What is to be taken off recognised revenue.',
    'Σ (debit − credit) on credits and refunds, by date of the entry',
  ),
  NET_CASH: defined(
    accounting,
    'What cash changed by.',
    'Σ (debit − credit) on bank and cash clearing, by date of the entry',
  ),
  REMAINING_PERFORMANCE_OBLIGATIONS: defined(
    accounting,
    'RPO, or backlog: what signed contracts promise and is not earned yet, billed or not (ASC 606-10-50-13).',
    'Σ bookings up to the end of the period − Σ (credit − debit) on revenue accounts by entries of contracts ' +
      'up to it, in the currency of the contracts',
  ),
  DEFERRED_REVENUE: defined(
    accounting,
    'Billed and not earned yet: a contract liability (ASC 606-10-45-2).',
    'Σ (credit − debit) on deferred revenue up to the end of the period = opening + billed − recognized + adjusted',
  ),
  DEFERRED_REVENUE_BILLED: defined(
    accounting,
    'Deferred by invoices.',
    'Σ (credit − debit) on deferred revenue by entries of issued and intercompany invoices',
  ),
  DEFERRED_REVENUE_RECOGNIZED: defined(
    accounting,
    'Earned and taken off deferred revenue.',
    'Σ (debit − credit) on deferred revenue by entries that recognise revenue',
  ),
  DEFERRED_REVENUE_ADJUSTED: defined(
    accounting,
    'All else that changed deferred revenue.',
    'closing − opening − billed + recognized: Σ (credit − debit) on deferred revenue by all other entries ' +
      '+ what exchange rates moved',
  ),
  MONTHLY_RECURRING_REVENUE: defined(
    billingOperations,
    'What active and past due subscriptions are worth a month.',
    'Σ over subscriptions of unit price × quantity × periods a year ÷ 12, rounded once a subscription = ' +
      'opening + new + expansion + reactivation − contraction − churn',
  ),
  MRR_NEW: defined(
    billingOperations,
    'Of subscriptions that began.',
    'Σ monthly recurring revenue of subscriptions on their first day, of customers who had not left',
  ),
  MRR_EXPANSION: defined(
    billingOperations,
    'Of subscriptions that earn more.',
    'Σ increases of monthly recurring revenue; what follows another subscription on the day of its end ' +
      'counts with the difference',
  ),
  MRR_REACTIVATION: defined(
    billingOperations,
    'Of customers who had left and came back, and of subscriptions that had paused.',
    'Σ monthly recurring revenue of subscriptions on the day on which they began again',
  ),
  MRR_CONTRACTION: defined(
    billingOperations,
    'Of subscriptions that earn less.',
    'Σ decreases of monthly recurring revenue, positive',
  ),
  MRR_CHURN: defined(
    billingOperations,
    'Of subscriptions that ended or paused.',
    'Σ monthly recurring revenue of subscriptions before the day of their end, positive',
  ),
  ANNUAL_RECURRING_REVENUE: defined(
    billingOperations,
    'What active and past due subscriptions are worth a year.',
    'Σ over subscriptions of unit price × quantity × periods a year, rounded once a subscription',
  ),
  RECEIVABLES: defined(
    accounting,
    'What customers owe, less cash and credits on account.',
    'Σ (debit − credit) on receivables up to the end of the period',
  ),
  OVERDUE_RECEIVABLES: defined(
    billingOperations,
    'What of open invoices is past its due date.',
    'Σ balance at the end of the period of invoices that were due before it',
  ),
  NET_REVENUE_RETENTION: defined(
    billingOperations,
    'NRR of customers who paid at the opening of the period, be it a day or a quarter.',
    '(opening MRR + their changes of MRR in the period) ÷ opening MRR, by customer, legal entity and ' +
      'currency; four decimals. COHORT: those who came back do not count. REACTIVATION_NETTED: their ' +
      'reactivation is added',
  ),
  GROSS_REVENUE_RETENTION: defined(
    billingOperations,
    'GRR of customers who paid at the opening.',
    '(opening MRR − Σ max(0, opening − closing) of each customer) ÷ opening MRR; four decimals',
  ),
  DAYS_SALES_OUTSTANDING: defined(
    accounting,
    'DSO: how long receivables take to be paid.',
    'SIMPLE: receivables ÷ billings with tax × days of the period. COUNT_BACK: days of the latest ' +
      'billings that come to the receivables; two decimals',
  ),
}
