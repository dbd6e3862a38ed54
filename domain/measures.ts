import { sum } from './money.ts'
import type { AccountRole, PostingPurpose } from './erp.ts'
import type { JournalEntry } from './journal.ts'

/** What the books tell of revenue: each is a sum over lines of the journal. */
type BookMeasure =
  | 'BILLINGS'
  | 'BILLED_WITH_TAX'
  | 'COLLECTIONS'
  | 'RECOGNIZED_REVENUE'
  | 'CONTRACT_REVENUE'
  | 'CREDITS_AND_REFUNDS'
  | 'DEFERRED_BILLED'
  | 'DEFERRED_RECOGNIZED'
  | 'DEFERRED_ADJUSTED'
  | 'RECEIVABLES'
  | 'CASH'

/** Which lines count, and on which side they raise the measure. */
interface MeasureRule {
  readonly roles: readonly AccountRole[]
  readonly raisedBy: 'DEBIT' | 'CREDIT'
  readonly purposes?: readonly PostingPurpose[]
  /** Purposes that do not count, where all others do. */
  readonly except?: readonly PostingPurpose[]
  /** Whether only entries of a contract count. */
  readonly ofContracts?: true
}

const billing: readonly PostingPurpose[] = [
  'INVOICE_ISSUED',
  'INVOICE_VOIDED',
  'CREDIT_NOTE_ISSUED',
  'CREDIT_NOTE_VOIDED',
]
/** What bills: an invoice of the legal entity itself, or of another one for it. */
const deferring: readonly PostingPurpose[] = ['INVOICE_ISSUED', 'INTERCOMPANY_INVOICED']

/** How each measure of the books is counted. */
const measureRules: Readonly<Record<BookMeasure, MeasureRule>> = {
  BILLINGS: {
    roles: ['DEFERRED_REVENUE', 'REVENUE', 'CREDITS_AND_REFUNDS', 'DUE_TO_AFFILIATES'],
    raisedBy: 'CREDIT',
    purposes: billing,
  },
  BILLED_WITH_TAX: { roles: ['RECEIVABLES'], raisedBy: 'DEBIT', purposes: billing },
  COLLECTIONS: {
    roles: ['CASH_CLEARING', 'PROCESSOR_FEES'],
    raisedBy: 'DEBIT',
    purposes: ['PAYMENT_RECEIVED'],
  },
  RECOGNIZED_REVENUE: { roles: ['REVENUE'], raisedBy: 'CREDIT' },
  CONTRACT_REVENUE: { roles: ['REVENUE'], raisedBy: 'CREDIT', ofContracts: true },
  CREDITS_AND_REFUNDS: { roles: ['CREDITS_AND_REFUNDS'], raisedBy: 'DEBIT' },
  DEFERRED_BILLED: { roles: ['DEFERRED_REVENUE'], raisedBy: 'CREDIT', purposes: deferring },
  DEFERRED_RECOGNIZED: { roles: ['DEFERRED_REVENUE'], raisedBy: 'DEBIT', purposes: ['REVENUE_RECOGNIZED'] },
  DEFERRED_ADJUSTED: {
    roles: ['DEFERRED_REVENUE'],
    raisedBy: 'CREDIT',
    except: [...deferring, 'REVENUE_RECOGNIZED'],
  },
  RECEIVABLES: { roles: ['RECEIVABLES'], raisedBy: 'DEBIT' },
  CASH: { roles: ['BANK', 'CASH_CLEARING'], raisedBy: 'DEBIT' },
}

/** What a measure comes to, minor units. */
export interface Measured {
  readonly measure: BookMeasure
  /** In the currency of the entry. */
  readonly amount: bigint
  /** In the functional currency of the legal entity. */
  readonly functional: bigint
}

/** What an entry of the journal adds to each measure; those to which it adds nothing are left out. */
export function measuresOf({
  purpose,
  contractId,
  lines,
}: Pick<JournalEntry, 'purpose' | 'contractId' | 'lines'>): Measured[] {
  return Object.entries(measureRules).flatMap(([measure, rule]) => {
    if (!counts(rule, purpose) || (rule.ofContracts && contractId === null)) return []
    const own = lines.filter(({ role }) => rule.roles.includes(role))
    const side = rule.raisedBy === 'DEBIT' ? 1n : -1n
    const amount = side * sum(own.map(({ debit, credit }) => debit - credit))
    const functional = side * sum(own.map((line) => line.functionalDebit - line.functionalCredit))
    return amount === 0n && functional === 0n ? [] : [{ measure: measure as BookMeasure, amount, functional }]
  })
}

function counts({ purposes, except = [] }: MeasureRule, purpose: PostingPurpose): boolean {
  return (purposes === undefined || purposes.includes(purpose)) && !except.includes(purpose)
}
