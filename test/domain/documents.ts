/** Documents for tests: complete and valid, so that a test names only what it is about. */
import { invoiceTotals } from '#domain/invoice.ts'
import { creditNoteState, settle } from '#domain/settlement.ts'
import type {
  CreditNote,
  CreditNoteFact,
  Dispute,
  Invoice,
  InvoiceFact,
  InvoiceLine,
  Payment,
  PaymentFact,
  Refund,
  RefundFact,
  TaxLine,
} from '#domain/billing.ts'
import type { Contract, ContractFact, ContractLine } from '#domain/crm.ts'
import type { DateRange } from '#domain/entity.ts'
import type { Documents } from '#domain/settlement.ts'

const recorded = { version: 1, recordedAt: Temporal.Instant.from('2026-01-01T00:00:00Z') }

/** A calendar date in ISO 8601. */
export function day(text: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(text)
}

/** The half-open range of two dates in ISO 8601. */
export function range(start: string, end: string): DateRange {
  return { start: day(start), end: day(end) }
}

/** A line that is delivered at once unless told otherwise; minor units. */
export function invoiceLine(amount: bigint, fields: Partial<InvoiceLine> = {}): InvoiceLine {
  return {
    id: 'line-1',
    description: 'Service',
    productId: null,
    subscriptionItemId: null,
    contractLineId: null,
    quantity: '1',
    amount,
    discount: 0n,
    servicePeriod: null,
    ...fields,
  }
}

/** A tax line whose taxable base does not matter. */
export function taxLine(amount: bigint): TaxLine {
  return { jurisdiction: 'DE', rate: '19', taxable: amount, amount }
}

/** An issued invoice, due in 30 days. */
export function invoiceFact(fields: Partial<InvoiceFact> = {}): InvoiceFact {
  const issueDate = fields.issueDate ?? day('2026-01-01')
  return {
    id: 'invoice-1',
    externalRefs: [],
    customerId: 'customer-1',
    legalEntityId: 'entity-1',
    contractId: null,
    subscriptionId: null,
    number: 'US-1',
    lifecycle: 'ISSUED',
    currency: 'USD',
    collectionMethod: 'SEND_INVOICE',
    issueDate,
    dueDate: issueDate.add({ days: 30 }),
    closedOn: null,
    lines: [],
    taxLines: [],
    ...fields,
  }
}

/** A payment that succeeded. */
export function paymentFact(fields: Partial<PaymentFact> = {}): PaymentFact {
  return {
    id: 'payment-1',
    externalRefs: [],
    customerId: 'customer-1',
    legalEntityId: 'entity-1',
    outcome: 'SUCCEEDED',
    currency: 'USD',
    amount: 100n,
    fee: 0n,
    method: 'CARD',
    receivedAt: Temporal.Instant.from('2026-01-10T09:00:00Z'),
    receivedOn: day('2026-01-10'),
    failureCode: null,
    failureMessage: null,
    allocations: [],
    ...fields,
  }
}

/** An issued credit note without tax. */
export function creditNoteFact(fields: Partial<CreditNoteFact> = {}): CreditNoteFact {
  return {
    id: 'credit-note-1',
    externalRefs: [],
    customerId: 'customer-1',
    legalEntityId: 'entity-1',
    invoiceId: 'invoice-1',
    number: 'CN-1',
    status: 'ISSUED',
    currency: 'USD',
    reason: null,
    issuedOn: day('2026-01-15'),
    voidedOn: null,
    lines: [],
    taxLines: [],
    ...fields,
  }
}

/** A refund that succeeded. */
export function refundFact(fields: Partial<RefundFact> = {}): RefundFact {
  return {
    id: 'refund-1',
    externalRefs: [],
    paymentId: 'payment-1',
    creditNoteId: null,
    status: 'SUCCEEDED',
    currency: 'USD',
    amount: 10n,
    reason: null,
    refundedOn: day('2026-02-01'),
    ...fields,
  }
}

/** A dispute that waits for evidence. */
export function dispute(fields: Partial<Dispute> = {}): Dispute {
  return {
    ...recorded,
    id: 'dispute-1',
    externalRefs: [],
    paymentId: 'payment-1',
    customerId: 'customer-1',
    status: 'NEEDS_RESPONSE',
    currency: 'USD',
    amount: 100n,
    fundsWithdrawn: true,
    reason: 'fraudulent',
    openedOn: day('2026-02-01'),
    evidenceDueOn: null,
    closedOn: null,
    ...fields,
  }
}

/** A monthly line of one unit. */
export function contractLine(fields: Partial<ContractLine> = {}): ContractLine {
  return {
    id: 'line-1',
    productId: 'product-1',
    quantity: '1',
    unitPrice: 10_000n,
    interval: { unit: 'MONTH', count: 1 },
    servicePeriod: range('2026-01-01', '2027-01-01'),
    ...fields,
  }
}

/** An active contract for 2026. */
export function contract(fields: Partial<ContractFact> = {}): Contract {
  return {
    ...recorded,
    id: 'contract-1',
    externalRefs: [],
    customerId: 'customer-1',
    opportunityId: null,
    legalEntityId: 'entity-1',
    number: 'C-1',
    status: 'ACTIVE',
    currency: 'USD',
    signedOn: day('2025-12-15'),
    startDate: day('2026-01-01'),
    endDate: day('2027-01-01'),
    billingAnchor: null,
    autoRenew: false,
    renewalOfId: null,
    lines: [],
    suspension: null,
    totalContractValue: 0n,
    ...fields,
  }
}

/** Documents as they are stored once they are settled against each other. */
export interface StoredDocuments {
  readonly invoices: readonly Invoice[]
  readonly payments: readonly Payment[]
  readonly creditNotes: readonly CreditNote[]
  readonly refunds: readonly Refund[]
  readonly disputes: readonly Dispute[]
}

/** Settles documents and puts what the rules add beside what the facts say. */
export function store(
  documents: Partial<Documents> & { readonly disputes?: readonly Dispute[] },
): StoredDocuments {
  const { invoices = [], payments = [], creditNotes = [], refunds = [], disputes = [] } = documents
  const settled = settle({ invoices, payments, creditNotes, refunds, disputes })
  return {
    invoices: invoices.map((invoice) => ({
      ...invoice,
      ...recorded,
      ...stateOf(settled.invoices, invoice.id),
      overdueSince: null,
    })),
    payments: payments.map((payment) => ({
      ...payment,
      ...recorded,
      ...stateOf(settled.payments, payment.id),
    })),
    creditNotes: creditNotes.map((creditNote) => ({
      ...creditNote,
      ...recorded,
      ...creditNoteState(creditNote),
    })),
    refunds: refunds.map((refund) => ({ ...refund, ...recorded, ...stateOf(settled.refunds, refund.id) })),
    disputes,
  }
}

/** The total of an invoice fact, minor units. */
export function totalOf(invoice: InvoiceFact): bigint {
  return invoiceTotals(invoice.lines, invoice.taxLines).total
}

/** The state of a document that was settled. */
function stateOf<State>(states: ReadonlyMap<string, State>, id: string): State {
  const state = states.get(id)
  if (state === undefined) throw new Error(`${id} was not settled`)
  return state
}
