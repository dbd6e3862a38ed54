import type { PostingPurpose } from '#domain/erp.ts'
import { POSTING_RULES } from '#domain/posting-rules.ts'

/** A rule as a reader of the books wants it: roles of accounts, and words. */
export interface PublishedRule {
  readonly purpose: PostingPurpose
  readonly debits: (typeof POSTING_RULES)[PostingPurpose]['debit']
  readonly credits: (typeof POSTING_RULES)[PostingPurpose]['credit']
  readonly description: string
}

const WORDS: Readonly<Record<PostingPurpose, string>> = {
  INVOICE_ISSUED:
    'The customer owes the total; what is delivered over time is deferred, the rest is earned. ' +
    'What another legal entity earns is owed to it.',
  INVOICE_VOIDED: 'Mirrors the issue of the invoice.',
  INVOICE_WRITTEN_OFF: 'What is left of an uncollectible invoice is no longer owed and a bad debt.',
  CREDIT_NOTE_ISSUED:
    'The customer owes less; undelivered service is no longer deferred, a price reduction lowers revenue. ' +
    'Another legal entity that earns is owed less.',
  CREDIT_NOTE_VOIDED: 'Mirrors the issue of the credit note.',
  INTERCOMPANY_INVOICED:
    'Another legal entity billed a contract of this one: it owes the net amount, which is deferred or earned here.',
  INTERCOMPANY_INVOICE_VOIDED: 'Mirrors that when the invoice is void.',
  INTERCOMPANY_CREDITED:
    'A credit note of the other entity lowers what it owes, and here what is deferred or earned.',
  INTERCOMPANY_CREDIT_VOIDED: 'Mirrors that when the credit note is void.',
  PAYMENT_RECEIVED:
    'Cash is on its way, less what the processor keeps; what settles no invoice is a credit of the customer.',
  CUSTOMER_BALANCE_APPLIED: 'What we owed the customer from before pays instead of cash.',
  REFUND_PAID: 'Cash leaves: first what settled no invoice, the rest lowers revenue.',
  DISPUTE_OPENED: 'The disputed cash is set apart.',
  DISPUTE_WON: 'Mirrors the opening of the dispute.',
  DISPUTE_LOST: 'The cash that was set apart is lost.',
  PAYOUT_RECEIVED:
    'What a payment processor held for us is at the bank, at the rate of the day; it was worth what it was worth.',
  RECEIVABLES_SETTLED:
    'A customer owes nothing any more in a foreign currency: what that was carried at yet is realised. ' +
    'It is left of what was settled at rates of other days, or rounded part by part.',
  REVENUE_RECOGNIZED: 'A month of service was delivered: what was deferred is earned.',
  UNBILLED_SET_APART: 'At the close, what was earned beyond what was billed is an asset.',
  UNBILLED_TAKEN_BACK: 'Mirrors that on the first day of the next period.',
  FX_REVALUED:
    'At the close, foreign money and claims to it are brought to the rate of the day; deferred revenue is not.',
  FX_REVALUATION_REVERSED: 'Mirrors the revaluation on the first day of the next period.',
}

/** The rules in force, in the order in which things happen to a document. */
export const postingRules: readonly PublishedRule[] = Object.entries(WORDS).map(([name, description]) => {
  const purpose = name as PostingPurpose
  const { debit: debits, credit: credits } = POSTING_RULES[purpose]
  return { purpose, debits, credits, description }
})
