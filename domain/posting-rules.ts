import type { AccountRole, PostingPurpose } from './erp.ts'

/** Which accounts a posting touches and on which side; a negative amount changes the side. */
export interface PostingRule {
  readonly debit: readonly AccountRole[]
  readonly credit: readonly AccountRole[]
  /** Roles that settle or take back what was posted before, and are worth what it was worth then. */
  readonly carried: readonly AccountRole[]
  /** The earlier posting of the same document that this one mirrors. */
  readonly reverses: PostingPurpose | null
}

const invoiceIssued = rule(
  ['RECEIVABLES'],
  ['DEFERRED_REVENUE', 'REVENUE', 'TAX_PAYABLE', 'DUE_TO_AFFILIATES'],
)
const creditNoteIssued = rule(
  ['DEFERRED_REVENUE', 'CREDITS_AND_REFUNDS', 'TAX_PAYABLE', 'DUE_TO_AFFILIATES'],
  ['RECEIVABLES'],
  ['DEFERRED_REVENUE', 'CREDITS_AND_REFUNDS', 'TAX_PAYABLE', 'DUE_TO_AFFILIATES', 'RECEIVABLES'],
)
/** The other side of both, in the books of the entity whose contract another one bills. */
const intercompanyInvoiced = rule(['DUE_FROM_AFFILIATES'], ['DEFERRED_REVENUE', 'REVENUE'])
const intercompanyCredited = rule(
  ['DEFERRED_REVENUE', 'CREDITS_AND_REFUNDS'],
  ['DUE_FROM_AFFILIATES'],
  ['DEFERRED_REVENUE', 'CREDITS_AND_REFUNDS', 'DUE_FROM_AFFILIATES'],
)
const disputeOpened = rule(['DISPUTED_CASH'], ['CASH_CLEARING'])
const setApart = rule(['CONTRACT_ASSETS'], ['DEFERRED_REVENUE'], ['CONTRACT_ASSETS', 'DEFERRED_REVENUE'])
/**
 * What is revalued is money, or a claim to it (ASC 830-20-35-2, IAS 21.23). Deferred revenue is not: it is settled in
 * service (IFRIC 22). Nor is tax: it is owed in the currency of an authority, at the rate of the invoice.
 */
const revalued = rule(
  [
    'RECEIVABLES',
    'CUSTOMER_BALANCE',
    'BANK',
    'CASH_CLEARING',
    'DISPUTED_CASH',
    'DUE_FROM_AFFILIATES',
    'DUE_TO_AFFILIATES',
  ],
  ['FX_UNREALIZED'],
)

/** What each business event does to the ledger. Unapplied cash stays in receivables, as a credit of the customer. */
export const POSTING_RULES: Readonly<Record<PostingPurpose, PostingRule>> = {
  INVOICE_ISSUED: invoiceIssued,
  INVOICE_VOIDED: mirror(invoiceIssued, 'INVOICE_ISSUED'),
  INVOICE_WRITTEN_OFF: rule(['BAD_DEBT'], ['RECEIVABLES'], ['BAD_DEBT', 'RECEIVABLES']),
  CREDIT_NOTE_ISSUED: creditNoteIssued,
  CREDIT_NOTE_VOIDED: mirror(creditNoteIssued, 'CREDIT_NOTE_ISSUED'),
  INTERCOMPANY_INVOICED: intercompanyInvoiced,
  INTERCOMPANY_INVOICE_VOIDED: mirror(intercompanyInvoiced, 'INTERCOMPANY_INVOICED'),
  INTERCOMPANY_CREDITED: intercompanyCredited,
  INTERCOMPANY_CREDIT_VOIDED: mirror(intercompanyCredited, 'INTERCOMPANY_CREDITED'),
  PAYMENT_RECEIVED: rule(
    ['CASH_CLEARING', 'PROCESSOR_FEES'],
    ['RECEIVABLES', 'FX_REALIZED'],
    ['RECEIVABLES'],
  ),
  CUSTOMER_BALANCE_APPLIED: rule(['CUSTOMER_BALANCE'], ['RECEIVABLES', 'FX_REALIZED'], ['RECEIVABLES']),
  REFUND_PAID: rule(
    ['RECEIVABLES', 'CREDITS_AND_REFUNDS', 'FX_REALIZED'],
    ['CASH_CLEARING'],
    ['RECEIVABLES', 'CREDITS_AND_REFUNDS'],
  ),
  DISPUTE_OPENED: disputeOpened,
  DISPUTE_WON: mirror(disputeOpened, 'DISPUTE_OPENED'),
  DISPUTE_LOST: rule(['DISPUTE_LOSSES'], ['DISPUTED_CASH'], ['DISPUTE_LOSSES', 'DISPUTED_CASH']),
  PAYOUT_RECEIVED: rule(['BANK'], ['CASH_CLEARING', 'FX_REALIZED'], ['CASH_CLEARING']),
  RECEIVABLES_SETTLED: rule(['RECEIVABLES'], ['FX_REALIZED']),
  REVENUE_RECOGNIZED: rule(['DEFERRED_REVENUE'], ['REVENUE']),
  UNBILLED_SET_APART: setApart,
  UNBILLED_TAKEN_BACK: mirror(setApart, 'UNBILLED_SET_APART'),
  FX_REVALUED: revalued,
  FX_REVALUATION_REVERSED: mirror(revalued, 'FX_REVALUED'),
}

function rule(
  debit: readonly AccountRole[],
  credit: readonly AccountRole[],
  carried: readonly AccountRole[] = [],
): PostingRule {
  return { debit, credit, carried, reverses: null }
}

function mirror({ debit, credit }: PostingRule, reverses: PostingPurpose): PostingRule {
  return { debit: credit, credit: debit, carried: [], reverses }
}
