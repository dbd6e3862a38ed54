/** How invoices are paid: on time or late, in parts or together, too much, after failed attempts, or not at all. */
import type {
  Allocation,
  CreditNoteFact,
  DunningFact,
  InvoiceFact,
  PaymentFact,
  PaymentOutcome,
} from '#domain/billing.ts'
import { isBefore, later } from '#domain/calendar.ts'
import { invoiceTotals } from '#domain/invoice.ts'
import { sum } from '#domain/money.ts'
import { OFFERINGS } from './catalogue.ts'
import type { Currency } from './catalogue.ts'
import type { World } from './company.ts'
import type { PayingHabit, Profile } from './customers.ts'
import { Random } from './random.ts'
import type { References } from './references.ts'
import { percentOf } from './sale.ts'

/** Money that came in or was tried for, and the reminders for what did not. */
export interface Receipts {
  readonly payments: readonly PaymentFact[]
  readonly dunning: readonly DunningFact[]
}

/** What a payer's bank transfers look like. */
type Manner = 'IN_FULL' | 'IN_PARTS' | 'TOGETHER' | 'TOO_MUCH' | 'TWICE'

const MANNERS: readonly (readonly [weight: number, manner: Manner])[] = [
  [84, 'IN_FULL'],
  [7, 'IN_PARTS'],
  [5, 'TOGETHER'],
  [3, 'TOO_MUCH'],
  [1, 'TWICE'],
]

/** Days from the due date to the transfer, earliest and latest, and how often. */
const TRANSFER_DAYS: Readonly<
  Record<PayingHabit, readonly (readonly [weight: number, days: readonly [number, number]])[]>
> = {
  PROMPT: [
    [88, [-12, 0]],
    [12, [1, 8]],
  ],
  SLOW: [
    [30, [-3, 0]],
    [70, [4, 32]],
  ],
  CHRONIC: [[100, [30, 100]]],
  DEFAULTING: [
    [60, [-5, 0]],
    [40, [3, 20]],
  ],
}

/** Days from issue to the first charge and to each retry. */
const ATTEMPT_DAYS = [0, 3, 8, 15] as const
const FAILED_CHARGE_PERCENT = 7
const HOPELESS_CHARGE_PERCENT = 14
/** Charges that failed for good before this many days ago were settled otherwise. */
const HOPELESS_SINCE_DAYS = 45
const PAUSED_DUNNING_PERCENT = 25
/** A direct debit is on its way for so many days. */
const DEBIT_DAYS = 7

const FAILURES: Readonly<
  Record<'CARD' | 'DIRECT_DEBIT', readonly (readonly [code: string, message: string])[]>
> = {
  CARD: [
    ['card_declined', 'Your card was declined.'],
    ['insufficient_funds', 'Your card has insufficient funds.'],
    ['expired_card', 'Your card has expired.'],
  ],
  DIRECT_DEBIT: [
    ['insufficient_funds', 'The account has insufficient funds.'],
    ['debit_not_authorized', 'The debit was not authorised by the account holder.'],
  ],
}

/** What the processor keeps of a card payment: 2.9% and a fixed amount in minor units. */
const CARD_FEE_PER_MILLE = 29n
const CARD_FEE_FIXED: Readonly<Record<Currency, bigint>> = { USD: 30n, EUR: 25n, JPY: 30n }
const DEBIT_FEE_PERCENT = 1n

/** The receipts for a customer's invoices, in order of issue; nothing is received after `defaultedOn`. */
export function receiptsFor(
  profile: Profile,
  invoices: readonly InvoiceFact[],
  creditNotes: readonly CreditNoteFact[],
  defaultedOn: Temporal.PlainDate | null,
  world: World,
  references: References,
): Receipts {
  const cashier = new Cashier(profile, creditNotes, defaultedOn, world, references)
  for (const invoice of invoices) cashier.collect(invoice)
  return cashier.close()
}

class Cashier {
  readonly #payments: PaymentFact[] = []
  readonly #dunning: DunningFact[] = []
  readonly #profile: Profile
  readonly #creditNotes: readonly CreditNoteFact[]
  readonly #defaultedOn: Temporal.PlainDate | null
  readonly #references: References
  readonly #random: Random
  readonly #today: Temporal.PlainDate
  /** An invoice that will be paid together with the next one. */
  #held: InvoiceFact | null = null

  constructor(
    profile: Profile,
    creditNotes: readonly CreditNoteFact[],
    defaultedOn: Temporal.PlainDate | null,
    world: World,
    references: References,
  ) {
    this.#profile = profile
    this.#creditNotes = creditNotes
    this.#defaultedOn = defaultedOn
    this.#references = references
    this.#random = new Random(world.seed, 'payments', profile.index)
    this.#today = world.today
  }

  collect(invoice: InvoiceFact): void {
    if (invoice.lifecycle !== 'ISSUED') return
    if (invoice.collectionMethod === 'CHARGE_AUTOMATICALLY') this.#charge(invoice)
    else this.#awaitTransfer(invoice)
  }

  close(): Receipts {
    if (this.#held !== null) this.#payInFull([this.#held], this.#transferDate(this.#held))
    return { payments: this.#payments, dunning: this.#dunning }
  }

  /** Charges card or account, again after each failure; a reminder row keeps count. */
  #charge(invoice: InvoiceFact): void {
    const failures = this.#failuresOf(invoice)
    const days = ATTEMPT_DAYS.map((count) => invoice.issueDate.add({ days: count })).filter((day) =>
      this.#isPast(day),
    )
    const failed = days.slice(0, failures)
    for (const day of failed) this.#fail(invoice, day)
    const success = days[failures]
    if (success !== undefined) this.#payInFull([invoice], success)
    if (failed.length > 0) this.#remind(invoice, failed.length, success !== undefined)
  }

  #failuresOf(invoice: InvoiceFact): number {
    if (this.#hasDefaulted(invoice.issueDate)) return ATTEMPT_DAYS.length
    const isRecent = isBefore(this.#today.subtract({ days: HOPELESS_SINCE_DAYS }), invoice.issueDate)
    if (isRecent && this.#random.chance(HOPELESS_CHARGE_PERCENT)) return ATTEMPT_DAYS.length
    return this.#random.chance(FAILED_CHARGE_PERCENT) ? this.#random.between(1, ATTEMPT_DAYS.length - 1) : 0
  }

  #fail(invoice: InvoiceFact, day: Temporal.PlainDate): void {
    const { paymentMethod } = this.#profile.payer
    const due = this.#dueOn(invoice, day)
    const [code, message] = this.#random.pick(FAILURES[paymentMethod === 'CARD' ? 'CARD' : 'DIRECT_DEBIT'])
    if (due > 0n) {
      const tried = this.#payment('FAILED', day, due, [this.#allocation(invoice, due)])
      this.#payments.push({ ...tried, fee: 0n, failureCode: code, failureMessage: message })
    }
  }

  #remind(invoice: InvoiceFact, attempts: number, isPaid: boolean): void {
    const nextDays = ATTEMPT_DAYS[attempts]
    const isPaused = this.#random.chance(PAUSED_DUNNING_PERCENT)
    const open = isPaused ? 'PAUSED' : nextDays === undefined ? 'EXHAUSTED' : 'ACTIVE'
    const status = isPaid ? 'RECOVERED' : open
    this.#dunning.push({
      ...this.#references.next('dunning'),
      invoiceId: invoice.id,
      status,
      attempts,
      nextAttemptOn:
        status === 'ACTIVE' && nextDays !== undefined ? invoice.issueDate.add({ days: nextDays }) : null,
    })
  }

  #awaitTransfer(invoice: InvoiceFact): void {
    if (this.#hasDefaulted(invoice.dueDate)) return
    if (this.#held !== null) {
      this.#payTogether(this.#held, invoice)
      return
    }
    const day = this.#transferDate(invoice)
    switch (this.#random.weighted(MANNERS)) {
      case 'IN_FULL':
        return this.#payInFull([invoice], day)
      case 'IN_PARTS':
        return this.#payInParts(invoice, day)
      case 'TOGETHER':
        this.#held = invoice
        return
      case 'TOO_MUCH':
        return this.#payInFull([invoice], day, OFFERINGS.seat.list[this.#profile.entity.currency])
      case 'TWICE':
        return this.#payTwice(invoice, day)
    }
  }

  #payTogether(first: InvoiceFact, second: InvoiceFact): void {
    this.#held = null
    const day = later(this.#transferDate(first), second.issueDate.add({ days: 1 }))
    this.#payInFull([first, second], day)
  }

  #payInFull(invoices: readonly InvoiceFact[], day: Temporal.PlainDate, extra = 0n): void {
    const allocations = invoices
      .map((invoice) => ({ invoice, due: this.#dueOn(invoice, day) }))
      .filter(({ due }) => due > 0n)
      .map(({ invoice, due }) => this.#allocation(invoice, due))
    this.#receive(day, allocations, extra)
  }

  #payInParts(invoice: InvoiceFact, day: Temporal.PlainDate): void {
    const first = percentOf(this.#dueOn(invoice, day), BigInt(this.#random.between(30, 70)))
    const restOn = day.add({ days: this.#random.between(15, 60) })
    const rest = this.#dueOn(invoice, restOn) - first
    if (first > 0n) this.#receive(day, [this.#allocation(invoice, first)])
    if (rest > 0n) this.#receive(restOn, [this.#allocation(invoice, rest)])
  }

  /** The second transfer settles nothing: it waits on account until it is sent back. */
  #payTwice(invoice: InvoiceFact, day: Temporal.PlainDate): void {
    this.#payInFull([invoice], day)
    this.#receive(day.add({ days: this.#random.between(1, 9) }), [], this.#dueOn(invoice, day))
  }

  #receive(day: Temporal.PlainDate, allocations: readonly Allocation[], extra = 0n): void {
    const amount = sum(allocations.map((allocation) => allocation.amount)) + extra
    if (amount === 0n || !this.#isPast(day)) return
    this.#payments.push(this.#payment(this.#outcomeOn(day), day, amount, allocations))
  }

  #outcomeOn(day: Temporal.PlainDate): PaymentOutcome {
    const isOnItsWay = isBefore(this.#today.subtract({ days: DEBIT_DAYS }), day)
    return this.#profile.payer.paymentMethod === 'DIRECT_DEBIT' && isOnItsWay ? 'PENDING' : 'SUCCEEDED'
  }

  #payment(
    outcome: PaymentOutcome,
    day: Temporal.PlainDate,
    amount: bigint,
    allocations: readonly Allocation[],
  ): PaymentFact {
    const { id, entity } = this.#profile
    const plainTime = { hour: this.#random.between(8, 17), minute: this.#random.between(0, 59) }
    return {
      ...this.#references.next('payment'),
      customerId: id,
      legalEntityId: entity.id,
      outcome,
      currency: entity.currency,
      amount,
      fee: outcome === 'SUCCEEDED' ? this.#fee(amount) : 0n,
      method: this.#profile.payer.paymentMethod,
      receivedAt: day.toZonedDateTime({ timeZone: entity.timeZone, plainTime }).toInstant(),
      receivedOn: day,
      failureCode: null,
      failureMessage: null,
      allocations,
    }
  }

  #fee(amount: bigint): bigint {
    const { payer, entity } = this.#profile
    if (payer.paymentMethod === 'CARD') {
      return (amount * CARD_FEE_PER_MILLE + 500n) / 1000n + CARD_FEE_FIXED[entity.currency]
    }
    return payer.paymentMethod === 'DIRECT_DEBIT' ? percentOf(amount, DEBIT_FEE_PERCENT) : 0n
  }

  #allocation(invoice: InvoiceFact, amount: bigint): Allocation {
    return { id: this.#references.nextId('allocation'), invoiceId: invoice.id, amount }
  }

  /** What is left of an invoice after the credit notes issued by that day, before payments. */
  #dueOn(invoice: InvoiceFact, day: Temporal.PlainDate): bigint {
    const credits = this.#creditNotes.filter(
      ({ invoiceId, issuedOn }) => invoiceId === invoice.id && !isBefore(day, issuedOn),
    )
    const credited = credits.map(({ lines, taxLines }) => invoiceTotals(lines, taxLines).total)
    return invoiceTotals(invoice.lines, invoice.taxLines).total - sum(credited)
  }

  /** Never before the issue: the shortest terms are longer than anybody is early. */
  #transferDate({ dueDate }: InvoiceFact): Temporal.PlainDate {
    const [min, max] = this.#random.weighted(TRANSFER_DAYS[this.#profile.payer.habit])
    return dueDate.add({ days: this.#random.between(min, max) })
  }

  #hasDefaulted(day: Temporal.PlainDate): boolean {
    return this.#defaultedOn !== null && !isBefore(day, this.#defaultedOn)
  }

  /** Today's money is booked tomorrow: whatever the time zone, nothing is received later than now. */
  #isPast(day: Temporal.PlainDate): boolean {
    return isBefore(day, this.#today)
  }
}
