import type {
  CollectionMethod,
  CreditNoteStatus,
  DisputeStatus,
  InvoiceLifecycle,
  PaymentMethod,
  PaymentOutcome,
  PriceFact,
  RefundStatus,
  SubscriptionStatus,
} from '#domain/billing.ts'
import type { Interval } from '#domain/entity.ts'

/** Stripe's words in ours. A word that is not here is reported, and no document gets a guessed status. */
type Words<Ours extends string> = Readonly<Record<string, Ours>>

export const SUBSCRIPTION_STATUSES: Words<SubscriptionStatus> = {
  incomplete: 'INCOMPLETE',
  incomplete_expired: 'INCOMPLETE_EXPIRED',
  trialing: 'TRIALING',
  active: 'ACTIVE',
  past_due: 'PAST_DUE',
  canceled: 'CANCELED',
  unpaid: 'UNPAID',
  paused: 'PAUSED',
}

/** Only a draft can be deleted: it stays as an emptied draft. How far one is paid follows from its payments. */
export const INVOICE_LIFECYCLES: Words<InvoiceLifecycle> = {
  draft: 'DRAFT',
  deleted: 'DRAFT',
  open: 'ISSUED',
  paid: 'ISSUED',
  void: 'VOID',
  uncollectible: 'UNCOLLECTIBLE',
}

export const CREDIT_NOTE_STATUSES: Words<CreditNoteStatus> = { issued: 'ISSUED', void: 'VOID' }

/**
 * A payment that still waits for someone is pending: for the customer's method or consent, for the bank, for our
 * capture. One that waits for a method because the last one was refused has failed (`map-payment.ts`).
 */
export const PAYMENT_INTENT_OUTCOMES: Words<PaymentOutcome> = {
  requires_payment_method: 'PENDING',
  requires_confirmation: 'PENDING',
  requires_action: 'PENDING',
  requires_capture: 'PENDING',
  processing: 'PENDING',
  succeeded: 'SUCCEEDED',
  canceled: 'FAILED',
  // Names of API versions before 2019-02-11.
  requires_source: 'PENDING',
  requires_source_action: 'PENDING',
}

export const CHARGE_OUTCOMES: Words<PaymentOutcome> = {
  pending: 'PENDING',
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
}

export const REFUND_STATUSES: Words<RefundStatus> = {
  pending: 'PENDING',
  requires_action: 'PENDING',
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
  canceled: 'CANCELED',
}

/** An inquiry (`warning_…`) that ends without a dispute cost nothing, nor did one that was prevented. */
export const DISPUTE_STATUSES: Words<DisputeStatus> = {
  warning_needs_response: 'NEEDS_RESPONSE',
  warning_under_review: 'UNDER_REVIEW',
  warning_closed: 'WON',
  needs_response: 'NEEDS_RESPONSE',
  under_review: 'UNDER_REVIEW',
  appeal_needs_response: 'NEEDS_RESPONSE',
  appeal_under_review: 'UNDER_REVIEW',
  won: 'WON',
  prevented: 'WON',
  lost: 'LOST',
}

/** While a bank only inquires, or a dispute was prevented, no money has left, unless its movements say otherwise. */
export const UNFUNDED_DISPUTE_STATUSES: ReadonlySet<string> = new Set([
  'warning_needs_response',
  'warning_under_review',
  'warning_closed',
  'prevented',
])

export const COLLECTION_METHODS: Words<CollectionMethod> = {
  charge_automatically: 'CHARGE_AUTOMATICALLY',
  send_invoice: 'SEND_INVOICE',
}

export const INTERVAL_UNITS: Words<Interval['unit']> = {
  day: 'DAY',
  week: 'WEEK',
  month: 'MONTH',
  year: 'YEAR',
}

export const USAGE_TYPES: Words<PriceFact['usage']> = { licensed: 'LICENSED', metered: 'METERED' }

export const TIERS_MODES: Words<'GRADUATED' | 'VOLUME'> = { graduated: 'GRADUATED', volume: 'VOLUME' }

export const PAYMENT_METHODS: Words<PaymentMethod> = {
  card: 'CARD',
  card_present: 'CARD',
  interac_present: 'CARD',
  ach_debit: 'DIRECT_DEBIT',
  acss_debit: 'DIRECT_DEBIT',
  au_becs_debit: 'DIRECT_DEBIT',
  bacs_debit: 'DIRECT_DEBIT',
  nz_bank_account: 'DIRECT_DEBIT',
  sepa_debit: 'DIRECT_DEBIT',
  us_bank_account: 'DIRECT_DEBIT',
  ach_credit_transfer: 'BANK_TRANSFER',
  bancontact: 'BANK_TRANSFER',
  customer_balance: 'BANK_TRANSFER',
  eps: 'BANK_TRANSFER',
  fpx: 'BANK_TRANSFER',
  giropay: 'BANK_TRANSFER',
  ideal: 'BANK_TRANSFER',
  p24: 'BANK_TRANSFER',
  pix: 'BANK_TRANSFER',
  sepa_credit_transfer: 'BANK_TRANSFER',
  sofort: 'BANK_TRANSFER',
  wire: 'BANK_TRANSFER',
  paper_check: 'CHECK',
  alipay: 'WALLET',
  amazon_pay: 'WALLET',
  cashapp: 'WALLET',
  link: 'WALLET',
  paypal: 'WALLET',
  revolut_pay: 'WALLET',
  wechat_pay: 'WALLET',
  affirm: 'OTHER',
  afterpay_clearpay: 'OTHER',
  klarna: 'OTHER',
}
