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
  | 'ALLOCATION_EXCEEDS_PAYMENT'
  | 'AMOUNT_NEGATIVE'
  | 'AMOUNT_NOT_POSITIVE'
  | 'CREDIT_EXCEEDS_INVOICE'
  | 'CURRENCY_MISMATCH'
  | 'CURRENCY_UNKNOWN'
  | 'DATE_MISSING'
  | 'DATE_OUTSIDE_CONTRACT'
  | 'DATE_ORDER'
  | 'DUPLICATE_ID'
  | 'INTERVAL_INVALID'
  | 'INVOICE_LINE_MISSING'
  | 'INVOICE_NOT_ISSUED'
  | 'LINES_MISSING'
  | 'NUMBER_MISSING'
  | 'QUANTITY_INVALID'
  | 'RATE_INVALID'
  | 'REFERENCE_MISSING'
  | 'REFUND_EXCEEDS_PAYMENT'
  | 'RENEWS_ITSELF'
  | 'TAX_SIGN'
  | 'TOTAL_NEGATIVE'

/** One violation where `isBroken`, otherwise none: checks read as a list of these. */
export function violationIf(
  isBroken: boolean,
  code: ViolationCode,
  field: string,
  message: string,
): Violation[] {
  return isBroken ? [{ code, field, message }] : []
}
