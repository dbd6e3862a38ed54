/** Tells a history: from what happens between a company and a customer to the facts that systems state about it. */
import { type DueCharge, dueCharges, isDueBefore } from '#domain/adjustment.ts'
import { amend } from '#domain/amend.ts'
import type { Change } from '#domain/amendment.ts'
import type {
  CreditNoteFact,
  Dispute,
  InvoiceFact,
  InvoiceLine,
  PaymentFact,
  RefundFact,
} from '#domain/billing.ts'
import { isBefore, lastDay } from '#domain/calendar.ts'
import { defaultBilling } from '#domain/contract.ts'
import type { ContractFact } from '#domain/crm.ts'
import type { DateRange } from '#domain/entity.ts'
import type { Facts } from '#domain/facts.ts'
import { invoiceTotals } from '#domain/invoice.ts'
import { formatAmount, sum } from '#domain/money.ts'
import {
  contractLine,
  creditNoteFact,
  day,
  dispute,
  invoiceFact,
  invoiceLine,
  paymentFact,
  refundFact,
} from './documents.ts'
import { type Event, FIRST_DAY, type History, monthOf, stated, type Step } from './history.ts'

const LAST_DAY = day('2030-12-31')

/**
 * The steps of a history. In the end the contract is billed to its end and every month is recognised. `name` keeps the
 * objects of histories apart. Returns what adjustments are still owed to the customer as well: nothing was credited
 * for them yet.
 */
export function tell(
  history: History,
  name: string,
): { readonly steps: readonly Step[]; readonly owed: bigint } {
  const teller = new Teller(history, name)
  for (const [days, it] of history.events) teller.tell(days, it)
  return teller.end()
}

class Teller {
  readonly #name: string
  readonly #steps: Step[] = []
  readonly #invoices: InvoiceFact[] = []
  readonly #payments: PaymentFact[] = []
  readonly #disputes: Dispute[] = []
  #creditNotes = 0
  #refunds = 0
  #today = FIRST_DAY
  #firstOpen = FIRST_DAY.toPlainYearMonth()
  #billedUntil: Temporal.PlainDate | null = null
  #contract: ContractFact
  /** Lines of amendments for the next invoice: what is given back is credited as soon as something is billed. */
  #pending: InvoiceLine[] = []

  constructor({ months, lines }: History, name: string) {
    this.#name = name
    const servicePeriod = { start: FIRST_DAY, end: FIRST_DAY.add({ months }) }
    this.#contract = this.#contractOf(
      servicePeriod,
      lines.map(({ quantity: hundredths, unitPrice, every }, index) =>
        contractLine({
          id: `${name}-line-${index}`,
          quantity: formatAmount(hundredths, 'USD'),
          unitPrice,
          interval: { unit: 'MONTH', count: every },
          servicePeriod,
        }),
      ),
    )
    this.#state({ contracts: [this.#contract] })
  }

  tell(days: number, it: Event): void {
    this.#today = this.#today.add({ days })
    switch (it.kind) {
      case 'BILL':
        return this.#bill(this.#today)
      case 'SELL':
        return this.#sell(it.net, it.months)
      case 'PAY':
        return this.#pay(it.invoices, it.share)
      case 'CREDIT':
        return this.#credit(at(this.#invoices, it.invoice), it.share, it.isUndelivered)
      case 'VOID':
      case 'WRITE_OFF':
        return this.#close(at(this.#invoices, it.invoice), it.kind)
      case 'REFUND':
        return this.#refund(at(this.#payments, it.payment), it.share)
      case 'DISPUTE':
        return this.#dispute(at(this.#payments, it.payment), it.share)
      case 'DECIDE':
        return this.#decide(at(this.#disputes, it.dispute), it.isWon)
      case 'AMEND': {
        const line = at(this.#contract.lines, it.line)
        const unitPrice = { amount: formatAmount(it.unitPrice, 'USD'), currency: 'USD' }
        const asked = { quantity: formatAmount(it.quantity, 'USD'), unitPrice }
        return line && this.#amend({ kind: 'UPDATE', lineId: line.id, ...asked })
      }
      case 'CANCEL':
        return this.#amend({ kind: 'CANCEL', timing: 'AT_ONCE' })
      case 'RECOGNIZE':
        return void this.#steps.push({ recognizeThrough: lastDay(this.#lastMonth()) })
      case 'CLOSE':
        return this.#closeMonth()
    }
  }

  end(): { steps: readonly Step[]; owed: bigint } {
    this.#bill(null)
    this.#steps.push({ recognizeThrough: LAST_DAY })
    return { steps: this.#steps, owed: -sum(this.#pending.map(({ amount }) => amount)) }
  }

  #state(facts: Partial<Facts>): void {
    this.#steps.push({ facts })
  }

  /** Bills what falls due before a day, or everything. */
  #bill(until: Temporal.PlainDate | null): void {
    const isBilled = (charge: DueCharge): boolean =>
      this.#billedUntil !== null && isDueBefore(charge, this.#billedUntil)
    const due = dueCharges(this.#contract, defaultBilling).filter(
      (charge) => !isBilled(charge) && (until === null || isDueBefore(charge, until)),
    )
    this.#billedUntil = until
    this.#pending.push(...due.map(({ line, period, amount }) => this.#serviceLine(line.id, period, amount)))
    if (this.#pending.length === 0 || sum(this.#pending.map(({ amount }) => amount)) < 0n) return
    this.#invoice(this.#pending, this.#contract.id)
    this.#pending = []
  }

  #serviceLine(contractLineId: string, servicePeriod: DateRange, amount: bigint): InvoiceLine {
    return invoiceLine(amount, { contractLineId, servicePeriod })
  }

  #invoice(lines: readonly InvoiceLine[], contractId: string | null): void {
    const number = this.#invoices.length + 1
    const id = `${this.#name}-invoice-${number}`
    const { subtotal } = invoiceTotals(lines, [])
    const invoice = invoiceFact({
      ...stated(id),
      ...this.#owner(),
      contractId,
      number: `${this.#name}-${number}`,
      issueDate: this.#today,
      lines: lines.map((line, index) => ({ ...line, id: `${id}-line-${index}` })),
      taxLines: taxOn(subtotal),
    })
    this.#invoices.push(invoice)
    this.#state({ invoices: [invoice] })
  }

  #sell(net: bigint, months: number | null): void {
    const servicePeriod = months === null ? null : { start: this.#today, end: this.#today.add({ months }) }
    this.#invoice([invoiceLine(net, { servicePeriod })], null)
  }

  #pay(places: readonly number[], part: bigint): void {
    const id = `${this.#name}-payment-${this.#payments.length + 1}`
    const allocations = [...new Set(places)].flatMap((target, index) => {
      const invoice = at(this.#invoices, target)
      const amount = invoice === undefined ? 0n : partOf(totalOf(invoice), part)
      return invoice === undefined || amount === 0n
        ? []
        : [{ id: `${id}-${index}`, invoiceId: invoice.id, amount }]
    })
    const payment = paymentFact({
      ...stated(id),
      ...this.#owner(),
      amount: sum(allocations.map(({ amount }) => amount)) + part,
      fee: part % 7n,
      receivedOn: this.#today,
      allocations,
    })
    this.#payments.push(payment)
    this.#state({ payments: [payment] })
  }

  /** Service is only given back where no contract plans it; elsewhere a credit note lowers the price. */
  #credit(invoice: InvoiceFact | undefined, part: bigint, isUndelivered: boolean): void {
    const sold = invoice?.lines[0]
    if (invoice === undefined || sold === undefined) return
    const amount = partOf(invoiceTotals(invoice.lines, []).subtotal, part)
    if (amount === 0n) return
    this.#creditNotes += 1
    const id = `${this.#name}-credit-${this.#creditNotes}`
    const servicePeriod = isUndelivered && invoice.contractId === null ? sold.servicePeriod : null
    const note: CreditNoteFact = creditNoteFact({
      ...stated(id),
      ...this.#owner(),
      invoiceId: invoice.id,
      number: `${this.#name}-CN-${this.#creditNotes}`,
      issuedOn: this.#today,
      lines: [{ id: `${id}-line`, invoiceLineId: sold.id, description: 'Less', amount, servicePeriod }],
      taxLines: taxOn(amount),
    })
    this.#state({ creditNotes: [note] })
  }

  /** What a contract bills is never voided here: it would have to be billed again. */
  #close(invoice: InvoiceFact | undefined, kind: 'VOID' | 'WRITE_OFF'): void {
    if (invoice?.lifecycle !== 'ISSUED' || (kind === 'VOID' && invoice.contractId !== null)) return
    const closed: InvoiceFact = {
      ...invoice,
      ...stated(invoice.id, 2),
      lifecycle: kind === 'VOID' ? 'VOID' : 'UNCOLLECTIBLE',
      closedOn: this.#today,
    }
    this.#invoices[this.#invoices.indexOf(invoice)] = closed
    this.#state({ invoices: [closed] })
  }

  #refund(payment: PaymentFact | undefined, part: bigint): void {
    if (payment === undefined) return
    this.#refunds += 1
    const refund: RefundFact = refundFact({
      ...stated(`${this.#name}-refund-${this.#refunds}`),
      paymentId: payment.id,
      amount: partOf(payment.amount, part) + 1n,
      refundedOn: this.#today,
    })
    this.#state({ refunds: [refund] })
  }

  #dispute(payment: PaymentFact | undefined, part: bigint): void {
    if (payment === undefined) return
    const contested = dispute({
      ...stated(`${this.#name}-dispute-${this.#disputes.length + 1}`),
      paymentId: payment.id,
      customerId: payment.customerId,
      amount: partOf(payment.amount, part) + 1n,
      openedOn: this.#today,
    })
    this.#disputes.push(contested)
    this.#state({ disputes: [contested] })
  }

  #decide(open: Dispute | undefined, isWon: boolean): void {
    if (open?.status !== 'NEEDS_RESPONSE') return
    const status = isWon ? 'WON' : 'LOST'
    const decided: Dispute = { ...open, ...stated(open.id, 2), status, closedOn: this.#today }
    this.#disputes[this.#disputes.indexOf(open)] = decided
    this.#state({ disputes: [decided] })
  }

  /** What falls due before the day of an amendment is billed before it. */
  #amend(change: Change): void {
    const request = { effectiveDate: this.#today, changes: [change] }
    if (amend(this.#contract, request).value === undefined) return
    this.#bill(this.#today)
    const { value: amended } = amend(this.#contract, request)
    if (amended === undefined) throw new Error('what is billed does not change what can be amended')
    const version = Number(this.#contract.externalRefs[0]?.sourceVersion ?? 0n) + 1
    this.#contract = { ...amended.contract, ...stated(this.#contract.id, version) }
    this.#pending.push(
      ...amended.adjustments.map(({ lineId, period, amount }) => this.#serviceLine(lineId, period, amount)),
    )
    this.#state({ contracts: [this.#contract] })
  }

  #closeMonth(): void {
    if (isBefore(this.#today, this.#firstOpen.add({ months: 1 }).toPlainDate({ day: 1 }))) return
    this.#state({ accountingPeriods: [monthOf(this.#name, this.#firstOpen, 'CLOSED')] })
    this.#firstOpen = this.#firstOpen.add({ months: 1 })
  }

  #lastMonth(): Temporal.PlainYearMonth {
    return this.#today.toPlainYearMonth().subtract({ months: 1 })
  }

  #owner() {
    return { customerId: `${this.#name}-customer`, legalEntityId: this.#name }
  }

  #contractOf({ start, end }: DateRange, lines: ContractFact['lines']): ContractFact {
    return {
      ...stated(`${this.#name}-contract`),
      ...this.#owner(),
      opportunityId: null,
      number: `C-${this.#name}`,
      status: 'ACTIVE',
      currency: 'USD',
      signedOn: start,
      startDate: start,
      endDate: end,
      billingAnchor: null,
      autoRenew: false,
      renewalOfId: null,
      lines,
      suspension: null,
    }
  }
}

/** The document at a place, counted round and round. */
const at = <Item>(items: readonly Item[], index: number): Item | undefined => items[index % items.length]

const totalOf = ({ lines, taxLines }: InvoiceFact): bigint => invoiceTotals(lines, taxLines).total

const partOf = (amount: bigint, thousandths: bigint): bigint => (amount * thousandths) / 1_000n

function taxOn(net: bigint): InvoiceFact['taxLines'] {
  return [{ jurisdiction: 'US-NY', rate: '8.875', taxable: net, amount: (net * 8_875n) / 100_000n }]
}
