/** What follows payments: refunds of credits and of money paid twice, goodwill, disputes, and write-offs. */
import type {
  CreditNoteFact,
  CreditNoteStatus,
  DisputeFact,
  DisputeStatus,
  InvoiceFact,
  PaymentFact,
  RefundFact,
} from '#domain/billing.ts'
import { daysIn, isBefore, later } from '#domain/calendar.ts'
import { invoiceTotals } from '#domain/invoice.ts'
import { sum } from '#domain/money.ts'
import type { World } from './company.ts'
import type { Profile } from './customers.ts'
import { Random } from './random.ts'
import type { References } from './references.ts'
import { percentOf } from './sale.ts'

export interface Aftermath {
  readonly invoices: readonly InvoiceFact[]
  readonly creditNotes: readonly CreditNoteFact[]
  readonly refunds: readonly RefundFact[]
  readonly disputes: readonly DisputeFact[]
}

const REFUNDED_CREDIT_PERCENT = 65
const GOODWILL_PERCENT = 0.9
const FAILED_REFUND_PERCENT = 18
const DISPUTE_PERCENT = 2.5
/** Recent disputes are the ones that somebody still works on, so that there are some at any size. */
const RECENT_DISPUTE_PERCENT = 10
const RECENT_DAYS = 40
const ANSWER_DAYS = 21
const REVIEW_DAYS = 75
const DISPUTE_REASONS = [
  'fraudulent',
  'product_not_received',
  'duplicate',
  'subscription_canceled',
  'unrecognized',
]
/** A customer's invoices are written off so many days after their due date. */
const WRITE_OFF_AFTER_DAYS = 120

/** The rest of the story of a customer's invoices and payments. */
export function aftermathOf(
  profile: Profile,
  invoices: readonly InvoiceFact[],
  creditNotes: readonly CreditNoteFact[],
  payments: readonly PaymentFact[],
  world: World,
  references: References,
): Aftermath {
  const office = new BackOffice(profile, payments, world, references)
  const settledNotes = creditNotes.map((creditNote) => office.settle(creditNote, invoices))
  for (const payment of payments) office.follow(payment)
  return {
    invoices: invoices.map((invoice) => office.writeOff(invoice, settledNotes)),
    creditNotes: settledNotes,
    refunds: office.refunds,
    disputes: office.disputes,
  }
}

class BackOffice {
  readonly refunds: RefundFact[] = []
  readonly disputes: DisputeFact[] = []
  readonly #profile: Profile
  readonly #payments: readonly PaymentFact[]
  readonly #references: References
  readonly #random: Random
  readonly #today: Temporal.PlainDate
  /** Payments that have their story: no second one is told about them. */
  readonly #told = new Set<string>()

  constructor(profile: Profile, payments: readonly PaymentFact[], world: World, references: References) {
    this.#profile = profile
    this.#payments = payments.filter(({ outcome }) => outcome === 'SUCCEEDED')
    this.#references = references
    this.#random = new Random(world.seed, 'aftermath', profile.index)
    this.#today = world.today
  }

  /** A credit before payment reduced what was due; one after it freed cash, which is paid back or kept on account. */
  settle(creditNote: CreditNoteFact, invoices: readonly InvoiceFact[]): CreditNoteFact {
    const invoice = invoices.find(({ id }) => id === creditNote.invoiceId)
    const last = this.#paymentsOf(creditNote.invoiceId).at(-1)
    const freed = invoice === undefined ? 0n : this.#overpaid(invoice, creditNote)
    if (last === undefined || freed <= 0n) return { ...creditNote, status: 'APPLIED' }
    this.#told.add(last.id)
    const canRefund =
      this.#allocated(last, creditNote.invoiceId) >= freed && this.#random.chance(REFUNDED_CREDIT_PERCENT)
    const refundedOn = later(creditNote.issuedOn, last.receivedOn).add({ days: this.#random.between(2, 9) })
    if (!canRefund || !isBefore(refundedOn, this.#today)) return { ...creditNote, status: 'ISSUED' }
    this.#refund(last, freed, refundedOn, creditNote.reason, creditNote.id)
    const status: CreditNoteStatus = 'REFUNDED'
    return { ...creditNote, status }
  }

  /** What may happen to a payment that nothing has happened to yet. */
  follow(payment: PaymentFact): void {
    if (payment.outcome !== 'SUCCEEDED' || this.#told.has(payment.id)) return
    if (payment.allocations.length === 0) this.#sendBack(payment)
    else if (payment.method === 'CARD' && this.#random.chance(this.#disputePercent(payment)))
      this.#dispute(payment)
    else if (this.#random.chance(GOODWILL_PERCENT)) this.#showGoodwill(payment)
  }

  /** Gives up what a defaulting customer still owes after a while. */
  writeOff(invoice: InvoiceFact, creditNotes: readonly CreditNoteFact[]): InvoiceFact {
    if (this.#profile.payer.habit !== 'DEFAULTING' || invoice.lifecycle !== 'ISSUED') return invoice
    const closedOn = invoice.dueDate.add({ days: WRITE_OFF_AFTER_DAYS + this.#random.between(0, 10) })
    if (!isBefore(closedOn, this.#today)) return invoice
    const paid = sum(this.#paymentsOf(invoice.id).map((payment) => this.#allocated(payment, invoice.id)))
    const isOpen = paid + creditedOn(invoice, creditNotes) < totalOf(invoice)
    return isOpen ? { ...invoice, lifecycle: 'UNCOLLECTIBLE', closedOn } : invoice
  }

  #sendBack(payment: PaymentFact): void {
    const date = payment.receivedOn.add({ days: this.#random.between(4, 20) })
    if (isBefore(date, this.#today)) this.#refund(payment, payment.amount, date, 'duplicate', null)
  }

  #showGoodwill(payment: PaymentFact): void {
    const date = payment.receivedOn.add({ days: this.#random.between(2, 40) })
    const amount = percentOf(payment.amount, BigInt(this.#random.between(5, 30)))
    if (!isBefore(date, this.#today) || amount === 0n) return
    const isFailed = this.#random.chance(FAILED_REFUND_PERCENT)
    this.#refund(payment, amount, date, 'requested_by_customer', null, isFailed ? 'FAILED' : undefined)
  }

  #dispute(payment: PaymentFact): void {
    const openedOn = payment.receivedOn.add({ days: this.#random.between(3, 25) })
    if (!isBefore(openedOn, this.#today)) return
    const status = this.#disputeStatus(daysIn({ start: openedOn, end: this.#today }))
    const isClosed = status === 'WON' || status === 'LOST'
    this.disputes.push({
      ...this.#references.next('dispute'),
      paymentId: payment.id,
      customerId: payment.customerId,
      status,
      currency: payment.currency,
      amount: payment.amount,
      fundsWithdrawn: true,
      reason: this.#random.pick(DISPUTE_REASONS),
      openedOn,
      evidenceDueOn: openedOn.add({ days: ANSWER_DAYS }),
      closedOn: isClosed
        ? openedOn.add({ days: this.#random.between(ANSWER_DAYS + 9, REVIEW_DAYS - 1) })
        : null,
    })
  }

  #disputePercent({ receivedOn }: PaymentFact): number {
    const isRecent = daysIn({ start: receivedOn, end: this.#today }) <= RECENT_DAYS
    return isRecent ? RECENT_DISPUTE_PERCENT : DISPUTE_PERCENT
  }

  #disputeStatus(ageDays: number): DisputeStatus {
    if (ageDays <= ANSWER_DAYS) return 'NEEDS_RESPONSE'
    if (ageDays <= REVIEW_DAYS) return 'UNDER_REVIEW'
    return this.#random.chance(55) ? 'WON' : 'LOST'
  }

  #refund(
    payment: PaymentFact,
    amount: bigint,
    refundedOn: Temporal.PlainDate,
    reason: string | null,
    creditNoteId: string | null,
    status: RefundFact['status'] = 'SUCCEEDED',
  ): void {
    this.#told.add(payment.id)
    this.refunds.push({
      ...this.#references.next('refund'),
      paymentId: payment.id,
      creditNoteId,
      status,
      currency: payment.currency,
      amount,
      reason,
      refundedOn,
    })
  }

  /** How much more was paid for an invoice than is due after its credit note. */
  #overpaid(invoice: InvoiceFact, creditNote: CreditNoteFact): bigint {
    const paid = sum(this.#paymentsOf(invoice.id).map((payment) => this.#allocated(payment, invoice.id)))
    return paid - (totalOf(invoice) - totalOf(creditNote))
  }

  #paymentsOf(invoiceId: string): PaymentFact[] {
    return this.#payments.filter(({ allocations }) => allocations.some((it) => it.invoiceId === invoiceId))
  }

  #allocated({ allocations }: PaymentFact, invoiceId: string): bigint {
    return sum(allocations.filter((it) => it.invoiceId === invoiceId).map(({ amount }) => amount))
  }
}

function creditedOn(invoice: InvoiceFact, creditNotes: readonly CreditNoteFact[]): bigint {
  return sum(creditNotes.filter(({ invoiceId }) => invoiceId === invoice.id).map(totalOf))
}

function totalOf({ lines, taxLines }: Pick<InvoiceFact | CreditNoteFact, 'lines' | 'taxLines'>): bigint {
  return invoiceTotals(lines, taxLines).total
}
