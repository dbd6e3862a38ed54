/** What is reconciled between the systems: data, so that who answers for what can be read on one page. */

/** A system as a reconciliation names it. */
type ReconciledSystem = 'CRM' | 'BILLING' | 'ERP'

/** Who mends a break. */
type BreakOwner = 'SALES_OPERATIONS' | 'FINANCE' | 'PLATFORM'

/** Two systems that hold the same, and who answers where they do not. */
export interface ReconciliationRule {
  /** The master. */
  readonly left: ReconciledSystem
  /** The one that follows it. */
  readonly right: ReconciledSystem
  /** What holds while nothing is broken. */
  readonly statement: string
  readonly owner: BreakOwner
  /** Days that the owner has to mend a break, from when it has become an exception. */
  readonly deadlineDays: number
  /** Days for which the right one may still lack what the left one holds; 0 where it is not given. */
  readonly graceDays?: number
  /** Whether it is enough that both hold something: their amounts may differ, but for a discount that one alone has. */
  readonly isPresenceEnough?: boolean
}

/** The rules, in the order in which money flows. */
export const reconciliationRules = {
  CUSTOMERS: {
    left: 'CRM',
    right: 'ERP',
    statement: 'Every customer of CRM is known to the books, in the same sales region.',
    owner: 'SALES_OPERATIONS',
    deadlineDays: 5,
  },
  CATALOGUE: {
    left: 'BILLING',
    right: 'ERP',
    statement: 'Every product that is sold is known to the books, in the same family.',
    owner: 'PLATFORM',
    deadlineDays: 2,
  },
  LIST_PRICES: {
    left: 'BILLING',
    right: 'ERP',
    statement: 'The books know the prices of the catalogue, by which they allocate what is sold together.',
    owner: 'PLATFORM',
    deadlineDays: 5,
  },
  CONTRACT_VALUE: {
    left: 'CRM',
    right: 'ERP',
    statement: 'What is to be earned of a signed contract is its total value.',
    owner: 'FINANCE',
    deadlineDays: 5,
  },
  SUBSCRIPTIONS: {
    left: 'CRM',
    right: 'BILLING',
    statement: 'A signed contract that recurs is billed by a subscription of the same customer and state.',
    owner: 'SALES_OPERATIONS',
    deadlineDays: 2,
  },
  SUBSCRIPTION_ITEMS: {
    left: 'CRM',
    right: 'BILLING',
    statement:
      'Every recurring line of a contract is one subscription item of its quantity, price and dates.',
    owner: 'SALES_OPERATIONS',
    deadlineDays: 2,
  },
  OBLIGATIONS: {
    left: 'CRM',
    right: 'ERP',
    statement: 'Every line of a contract is one performance obligation of its quantity, price and dates.',
    owner: 'FINANCE',
    deadlineDays: 5,
  },
  BILLING_COVERAGE: {
    left: 'CRM',
    right: 'BILLING',
    statement:
      'Every period of a signed contract line is billed by the day after it begins, and nothing else is.',
    owner: 'SALES_OPERATIONS',
    deadlineDays: 3,
    graceDays: 1,
    isPresenceEnough: true,
  },
  INVOICE_POSTINGS: {
    left: 'BILLING',
    right: 'ERP',
    statement: 'What an invoice asks for, less what was withdrawn or written off, is booked as receivable.',
    owner: 'FINANCE',
    deadlineDays: 1,
  },
  CREDIT_NOTE_POSTINGS: {
    left: 'BILLING',
    right: 'ERP',
    statement: 'What a credit note gives back is taken off receivables.',
    owner: 'FINANCE',
    deadlineDays: 1,
  },
  CASH_RECEIPTS: {
    left: 'BILLING',
    right: 'ERP',
    statement: 'What a payment brought, less the fee of its processor, is booked as cash.',
    owner: 'FINANCE',
    deadlineDays: 1,
  },
  REFUND_POSTINGS: {
    left: 'BILLING',
    right: 'ERP',
    statement: 'What a refund pays back is booked as cash that left.',
    owner: 'FINANCE',
    deadlineDays: 1,
  },
  DISPUTE_POSTINGS: {
    left: 'BILLING',
    right: 'ERP',
    statement: 'What a bank withdrew for a dispute, and gave back where we won, is booked as cash.',
    owner: 'FINANCE',
    deadlineDays: 1,
  },
} as const satisfies Readonly<Record<string, ReconciliationRule>>

/** What a rule is called. */
export type RuleName = keyof typeof reconciliationRules

/** The names of the rules, in their order. */
export const ruleNames = Object.keys(reconciliationRules) as readonly RuleName[]
