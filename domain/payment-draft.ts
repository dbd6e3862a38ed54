import { violationIf } from './failure.ts'
import { isOpen, payableOf } from './invoice.ts'
import { moneyText } from './money.ts'
import type { Allocation, Invoice, Payment, PaymentFact } from './billing.ts'
import type { Violation } from './failure.ts'

/** A part of a payment that is meant for an invoice, before it is recorded. Minor units. */
type AllocationDraft = Omit<Allocation, 'id'>

/** A payment before it is recorded: when it was received tells the day, in the time zone of the legal entity. */
export interface PaymentDraft extends Omit<
  PaymentFact,
  'id' | 'externalRefs' | 'receivedOn' | 'allocations'
> {
  /** Less than the amount leaves the rest on account. */
  readonly allocations: readonly AllocationDraft[]
}

/** What became of a payment that settles later. Minor units. */
export type SettlementTerms = Pick<PaymentFact, 'fee' | 'failureCode' | 'failureMessage'> & {
  readonly outcome: 'SUCCEEDED' | 'FAILED'
  /** When the money arrived or did not: it is received on that day. */
  readonly settledAt: Temporal.Instant
}

/** What keeps a payment from being settled so: it is settled (STATUS_FORBIDS), or its fee is none that it can have. */
export function checkSettlement(
  payment: Payment,
  { outcome, fee }: Pick<SettlementTerms, 'outcome' | 'fee'>,
): Violation[] {
  const most = outcome === 'SUCCEEDED' ? payment.amount : 0n
  return [
    ...violationIf(payment.outcome !== 'PENDING', 'STATUS_FORBIDS', 'paymentId', `It is ${payment.status}`),
    ...violationIf(fee < 0n, 'AMOUNT_NEGATIVE', 'fee', 'A fee is not negative'),
    ...violationIf(fee > most, 'AMOUNT_INVALID', 'fee', 'The fee is more than what arrived'),
  ]
}

/** What is wrong with a payment beside the invoices that it is meant for: it is applied in full or not taken at all. */
export function checkPaymentDraft(
  { allocations, ...payment }: PaymentDraft,
  invoices: ReadonlyMap<string, Invoice>,
): Violation[] {
  const named = new Set(allocations.map(({ invoiceId }) => invoiceId))
  return [
    ...violationIf(payment.fee < 0n, 'AMOUNT_NEGATIVE', 'fee', 'A fee is not negative'),
    ...violationIf(payment.fee > payment.amount, 'AMOUNT_INVALID', 'fee', 'The fee is more than the payment'),
    ...violationIf(
      named.size < allocations.length,
      'DUPLICATE_ID',
      'allocations',
      'An invoice is named twice',
    ),
    ...allocations.flatMap(({ invoiceId, amount }, place) => {
      const field = `allocations.${place}`
      const invoice = invoices.get(invoiceId)
      if (invoice === undefined)
        return violationIf(true, 'REFERENCE_MISSING', `${field}.invoiceId`, 'There is no such invoice')
      return [
        ...checkParties(payment, invoice, field),
        ...violationIf(
          !isPayable(invoice),
          'STATUS_FORBIDS',
          `${field}.invoiceId`,
          `The invoice is ${invoice.status}`,
        ),
        ...violationIf(
          isPayable(invoice) && amount > payableOf(invoice),
          'ALLOCATION_EXCEEDS_BALANCE',
          `${field}.amount`,
          `${moneyText(amount - payableOf(invoice), invoice.currency)} above what is owed`,
        ),
      ]
    }),
  ]
}

/** What was given up may be paid after all: then so much less is written off. */
const isPayable = (invoice: Invoice): boolean => isOpen(invoice) || invoice.status === 'UNCOLLECTIBLE'

/** Receivables are kept by customer, legal entity and currency: a payment settles only what is owed in the same. */
function checkParties(
  { customerId, legalEntityId, currency }: Omit<PaymentDraft, 'allocations'>,
  invoice: Invoice,
  field: string,
): Violation[] {
  return [
    ...violationIf(
      invoice.currency !== currency,
      'CURRENCY_MISMATCH',
      'currency',
      `The invoice is in ${invoice.currency}: a payment in another currency is not converted`,
    ),
    ...violationIf(
      invoice.customerId !== customerId,
      'CUSTOMER_MISMATCH',
      `${field}.invoiceId`,
      'The invoice is of another customer',
    ),
    ...violationIf(
      invoice.legalEntityId !== legalEntityId,
      'LEGAL_ENTITY_MISMATCH',
      `${field}.invoiceId`,
      'The invoice is of another legal entity',
    ),
  ]
}
