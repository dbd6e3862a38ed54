import { sum } from '#domain/money.ts'

/** A Stripe object that is a payment, or that tells of one. */
export interface PaymentRef {
  readonly objectType: 'payment_intent' | 'charge' | 'invoice_payment' | 'customer_balance'
  readonly externalId: string
}

/** Money that came in, or was tried to. Amounts in minor units, times in Stripe's seconds. */
export interface MoneyIn {
  readonly ref: PaymentRef
  readonly customer: string | null
  readonly currency: string
  readonly amount: bigint
  readonly captured: boolean
  readonly at: bigint
  /** Invoices that it is for, with the part for each where Stripe says that. */
  readonly invoices: ReadonlyMap<string, bigint | null>
}

/** An issued invoice, as far as Stripe calls it settled by other means than credit notes. */
export interface InvoiceDue {
  readonly externalId: string
  readonly customer: string | null
  readonly currency: string
  readonly settled: bigint
  /** The part of `settled` that came from the customer's credit balance. */
  readonly fromBalance: bigint
  readonly at: bigint
  /** Payments that it counts on, with the part of each where Stripe says that. */
  readonly names: readonly { readonly ref: PaymentRef; readonly part: bigint | null }[]
}

/** What a credit note gave back of a paid invoice. */
export interface CreditGiven {
  readonly externalId: string
  readonly invoice: string
  readonly customer: string | null
  readonly currency: string
  /** Given back outside of Stripe. */
  readonly outOfBand: bigint
  /** Put on the customer's credit balance, to be used by a later invoice. */
  readonly toBalance: bigint
  readonly at: bigint
}

/** A payment that must have been, since Stripe calls an invoice settled by it, but of which there is no object. */
export interface MadePayment {
  readonly ref: PaymentRef
  readonly invoice: string
  readonly customer: string | null
  readonly currency: string
  readonly amount: bigint
  readonly at: bigint
}

/** A refund that a credit note tells of. */
export interface GivenBack {
  readonly creditNote: string
  readonly payment: PaymentRef
  readonly currency: string
  readonly amount: bigint
  readonly at: bigint
}

/** How money meets invoices. */
export interface SettlementPlan {
  /** By the payment's key, then by invoice; minor units. */
  readonly allocations: ReadonlyMap<string, ReadonlyMap<string, bigint>>
  /** By invoice. */
  readonly made: ReadonlyMap<string, readonly MadePayment[]>
  /** By credit note. */
  readonly givenBack: ReadonlyMap<string, readonly GivenBack[]>
}

/** One text for a payment. */
export const keyOf = (ref: PaymentRef): string => `${ref.objectType}:${ref.externalId}`

/** What a payment has on one invoice while the plan is made. */
interface Share {
  readonly ref: PaymentRef
  readonly invoice: string
  readonly currency: string
  readonly at: bigint
  readonly captured: boolean
  amount: bigint
}

/** All shares, by invoice. */
type Shares = Map<string, Share[]>

/** Credit that lies on a customer's balance, still part of the payment that it came from. */
interface BalanceCredit {
  readonly share: Share
  readonly at: bigint
  left: bigint
}

/**
 * Finds the payments of every invoice, so that by our rules exactly that is settled which Stripe calls settled:
 * 1. payments settle the invoices that they are for;
 * 2. what no payment explains was paid elsewhere: a payment is made of what the invoice says;
 * 3. what a credit note puts on the customer's balance stays part of its payment and pays the next invoices, oldest
 *    credit first; balance of another origin is a payment of its own;
 * 4. what a credit note gives back outside of Stripe is a refund.
 */
export function planSettlement(
  invoices: readonly InvoiceDue[],
  payments: readonly MoneyIn[],
  credits: readonly CreditGiven[],
): SettlementPlan {
  const shares: Shares = new Map()
  shareOut(invoices, payments, shares)
  const made = payElsewhere(invoices, payments, shares)
  made.push(...useBalances(invoices, credits, shares))
  const givenBack = credits.toSorted(byTime).flatMap((credit) => giveBack(credit, shares))
  return {
    allocations: byPayment(shares),
    made: Map.groupBy(made, ({ invoice }) => invoice),
    givenBack: Map.groupBy(givenBack, ({ creditNote }) => creditNote),
  }
}

/** Step 1. A payment that was not captured keeps its invoices as the intention that it was. */
function shareOut(invoices: readonly InvoiceDue[], payments: readonly MoneyIn[], shares: Shares): void {
  const open = new Map(invoices.map((invoice) => [invoice.externalId, invoice.settled - invoice.fromBalance]))
  for (const { ref, amount, at, captured, currency, invoices: targets } of payments.toSorted(byTime)) {
    let left = amount
    for (const [invoice, part] of targets) {
      const due = captured ? (open.get(invoice) ?? left) : left
      const share = minimum(left, part ?? due)
      left -= share
      if (captured) open.set(invoice, due - share)
      addShare(shares, { ref, invoice, amount: share, at, captured, currency })
    }
  }
}

/** Step 2. Of a payment that is named but not there, the made one takes the id: when it arrives, it takes over. */
function payElsewhere(
  invoices: readonly InvoiceDue[],
  payments: readonly MoneyIn[],
  shares: Shares,
): MadePayment[] {
  const present = new Set(payments.map(({ ref }) => keyOf(ref)))
  return invoices.flatMap((due) => {
    const paid = sum(capturedOn(due.externalId, shares).map(({ amount }) => amount))
    let left = due.settled - due.fromBalance - paid
    const absent = due.names.filter(({ ref }) => !present.has(keyOf(ref)))
    const named = absent.flatMap(({ ref, part }) => {
      const amount = minimum(left, part ?? left)
      left -= amount
      return makePayment(due, ref, amount, shares)
    })
    return [
      ...named,
      ...makePayment(due, { objectType: 'invoice_payment', externalId: due.externalId }, left, shares),
    ]
  })
}

/** Step 3. */
function useBalances(
  invoices: readonly InvoiceDue[],
  credits: readonly CreditGiven[],
  shares: Shares,
): MadePayment[] {
  const balances = Map.groupBy(
    credits.toSorted(byTime).flatMap((credit) => moveToBalance(credit, shares)),
    ({ owner }) => owner,
  )
  return invoices.toSorted(byTime).flatMap((due) => {
    let left = due.fromBalance
    for (const { credit } of balances.get(ownerOf(due)) ?? []) {
      const amount = credit.at <= due.at ? minimum(left, credit.left) : 0n
      credit.left -= amount
      left -= amount
      if (amount > 0n) addShare(shares, { ...credit.share, invoice: due.externalId, amount })
    }
    return makePayment(due, { objectType: 'customer_balance', externalId: due.externalId }, left, shares)
  })
}

/** Takes credit off what payments have on the credited invoice: by that much it is no longer settled by them. */
function moveToBalance(credit: CreditGiven, shares: Shares): { owner: string; credit: BalanceCredit }[] {
  return takeFrom(credit.invoice, credit.toBalance, shares).map(({ share, amount }) => {
    share.amount -= amount
    return { owner: ownerOf(credit), credit: { share, at: credit.at, left: amount } }
  })
}

/** Step 4. */
function giveBack(credit: CreditGiven, shares: Shares): GivenBack[] {
  const { externalId: creditNote, currency, at } = credit
  return takeFrom(credit.invoice, credit.outOfBand, shares).map(({ share, amount }) => {
    share.amount -= amount
    return { creditNote, payment: share.ref, currency, amount, at }
  })
}

/** Parts of an amount by the payments of an invoice, latest first as a refund would go. */
function takeFrom(invoice: string, amount: bigint, shares: Shares): { share: Share; amount: bigint }[] {
  let left = amount
  return capturedOn(invoice, shares)
    .toReversed()
    .flatMap((share) => {
      const part = minimum(left, share.amount)
      left -= part
      return part > 0n ? [{ share, amount: part }] : []
    })
}

function makePayment(due: InvoiceDue, ref: PaymentRef, amount: bigint, shares: Shares): MadePayment[] {
  if (amount <= 0n) return []
  const { externalId: invoice, customer, currency, at } = due
  addShare(shares, { ref, invoice, amount, at, captured: true, currency })
  return [{ ref, invoice, customer, currency, amount, at }]
}

function addShare(shares: Shares, share: Share): void {
  const ofInvoice = shares.get(share.invoice)
  if (ofInvoice === undefined) shares.set(share.invoice, [share])
  else ofInvoice.push(share)
}

const capturedOn = (invoice: string, shares: Shares): readonly Share[] =>
  (shares.get(invoice) ?? []).filter(({ captured }) => captured)

function byPayment(shares: Shares): Map<string, Map<string, bigint>> {
  const allocations = new Map<string, Map<string, bigint>>()
  for (const { ref, invoice, amount } of [...shares.values()].flat()) {
    if (amount <= 0n) continue
    const ofPayment = allocations.get(keyOf(ref)) ?? new Map<string, bigint>()
    allocations.set(keyOf(ref), ofPayment.set(invoice, (ofPayment.get(invoice) ?? 0n) + amount))
  }
  return allocations
}

const ownerOf = ({ customer, currency }: { customer: string | null; currency: string }): string =>
  `${customer ?? ''} ${currency}`

const minimum = (a: bigint, b: bigint): bigint => (a < b ? a : b)

interface Dated {
  readonly at: bigint
}

const byTime = (a: Dated, b: Dated): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)
