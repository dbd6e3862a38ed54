/** A rule refuses its input: `code` says which rule, for callers that answer a client. */
export class RuleError<Code extends string = string> extends Error {
  readonly code: Code

  constructor(code: Code, message: string) {
    super(message)
    this.name = new.target.name
    this.code = code
  }
}

/** What is wrong with one field of a document. */
export interface Violation {
  readonly code: ViolationCode
  /** Path in the document: `lines.0.quantity`. */
  readonly field: string
  readonly message: string
}

export type ViolationCode =
  | 'ACTOR_MISSING'
  | 'ALLOCATION_EXCEEDS_BALANCE'
  | 'ALLOCATION_EXCEEDS_PAYMENT'
  | 'AMENDMENT_OVERLAPS'
  | 'AMOUNT_INVALID'
  | 'AMOUNT_NEGATIVE'
  | 'AMOUNT_NOT_POSITIVE'
  | 'AMOUNT_TOO_PRECISE'
  | 'APPROVAL_EXPIRED'
  | 'APPROVAL_REJECTED'
  | 'BUNDLES_OVERLAP'
  | 'CHANGES_MISSING'
  | 'COLLECTION_EXHAUSTED'
  | 'CONTRACT_BUSY'
  | 'COUNT_CHANGED'
  | 'CREDIT_EXCEEDS_INVOICE'
  | 'CURRENCY_MISMATCH'
  | 'CURRENCY_UNKNOWN'
  | 'CUSTOMER_MISMATCH'
  | 'DATE_MISSING'
  | 'DATE_ORDER'
  | 'DATE_OUTSIDE_CONTRACT'
  | 'DATE_OUTSIDE_LINE'
  | 'DUPLICATE_ID'
  | 'EARLIER_PERIOD_OPEN'
  | 'ESTIMATE_MISSING'
  | 'EVENT_TYPE_UNKNOWN'
  | 'INTERVAL_AMBIGUOUS'
  | 'INTERVAL_INVALID'
  | 'INVOICE_LINE_MISSING'
  | 'INVOICE_NOT_ISSUED'
  | 'LATER_PERIOD_CLOSED'
  | 'LEGAL_ENTITY_MISMATCH'
  | 'LINES_MISSING'
  | 'MAPPING_MISSING'
  | 'MODEL_INVALID'
  | 'NAME_MISSING'
  | 'NUMBER_MISSING'
  | 'OBLIGATIONS_MISSING'
  | 'OUTGROWN'
  | 'OUTSIDE_REFUSED'
  | 'PAYLOAD_CHANGED'
  | 'PAYLOAD_INVALID'
  | 'PERIOD_BLOCKED'
  | 'PERIOD_BUSY'
  | 'PERIOD_CLOSED'
  | 'PERIOD_NOT_ENDED'
  | 'POSTING_BLOCKED'
  | 'PREVIEW_OUTDATED'
  | 'PRICE_MISSING'
  | 'PROGRESS_INVALID'
  | 'QUANTITY_INVALID'
  | 'QUOTE_AMBIGUOUS'
  | 'RANGE_INVALID'
  | 'RATE_INVALID'
  | 'RATE_MISSING'
  | 'REASON_MISSING'
  | 'REFERENCE_MISSING'
  | 'REFUND_EXCEEDS_PAYMENT'
  | 'REJECTED_NOT_MASTER'
  | 'RENEWS_ITSELF'
  | 'RESIDUAL_OUT_OF_RANGE'
  | 'ROUTE_MISSING'
  | 'RULES_AMBIGUOUS'
  | 'SAME_CUSTOMER'
  | 'SELF_APPROVAL'
  | 'STANDALONE_PRICE_MISSING'
  | 'STATUS_FORBIDS'
  | 'TAX_CODE_MISSING'
  | 'TAX_RULE_MISSING'
  | 'TAX_SIGN'
  | 'TAX_UNAVAILABLE'
  | 'TERM_TOO_LONG'
  | 'TEXT_TOO_LONG'
  | 'TIERS_INVALID'
  | 'TOO_MANY'
  | 'TOTAL_NEGATIVE'
  | 'URL_INVALID'

/** What a rule gives: its value, or everything that is wrong with its input. */
export type Outcome<Value> =
  | { readonly value: Value; readonly violations?: never }
  | { readonly value?: never; readonly violations: readonly Violation[] }

/** One violation where `isBroken`, otherwise none: checks read as a list of these. */
export function violationIf(
  isBroken: boolean,
  code: ViolationCode,
  field: string,
  message: string,
): Violation[] {
  return isBroken ? [{ code, field, message }] : []
}
