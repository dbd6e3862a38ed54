import { keyOf, type CreditGiven, type InvoiceDue, type MoneyIn, type PaymentRef } from './allocate.ts'
import type { TaxRate } from './taxes.ts'

/** A payment as one object shows it; which invoices it is for, others may say. */
export type Money = Omit<MoneyIn, 'invoices'>

/** What a charge tells about the payment that it is an attempt at. Its object, without what is not needed. */
export interface ChargeDetail {
  readonly externalId: string
  readonly succeeded: boolean
  /** The payment by this charge, for where its payment intent is not there. */
  readonly money: Money
  /** `fee` and `currency` of its balance transaction, where that was expanded. */
  readonly fee: { readonly amount: bigint; readonly currency: string } | null
  readonly methodType: string | null
  readonly failureCode: string | null
  readonly failureMessage: string | null
}

/** That a payment is for an invoice, as one object says it. */
interface Aim {
  readonly ref: PaymentRef
  readonly invoice: string
  /** Minor units of the payment that are for this invoice; null where that is not said. */
  readonly part: bigint | null
  /** Whether the invoice counts it as paid by this payment: not so for an attempt. */
  readonly settles: boolean
}

/** What a survey has seen so far: ids, links and amounts, never whole objects. */
export interface Seen {
  count: number
  readonly ids: Map<string, Set<string>>
  /** Our ids of what we had made, by type and id. */
  readonly ours: Map<string, string>
  /** By our id: which counts of what was made for it, and whether that came to nothing. */
  readonly counting: Map<string, { readonly name: string; readonly isGone: boolean }>
  /** Our ids of the payments by which invoices were settled elsewhere, by invoice. */
  readonly ourPayments: Map<string, string>
  /** Our ids of the contracts that subscriptions bill, by subscription, where their metadata names one. */
  readonly contracts: Map<string, string>
  readonly productNames: Map<string, string>
  readonly taxRates: Map<string, TaxRate>
  readonly paymentOfCharge: Map<string, PaymentRef>
  /** By the key of the payment. */
  readonly charges: Map<string, ChargeDetail>
  readonly intents: Map<string, Money>
  readonly creditNoteOfRefund: Map<string, string>
  readonly aims: Aim[]
  readonly dues: Omit<InvoiceDue, 'names'>[]
  readonly credits: CreditGiven[]
}

/** Nothing seen yet. */
export function nothingSeen(): Seen {
  return {
    count: 0,
    ids: new Map(),
    ours: new Map(),
    counting: new Map(),
    ourPayments: new Map(),
    contracts: new Map(),
    productNames: new Map(),
    taxRates: new Map(),
    paymentOfCharge: new Map(),
    charges: new Map(),
    intents: new Map(),
    creditNoteOfRefund: new Map(),
    aims: [],
    dues: [],
    credits: [],
  }
}

/** Remembers that an object is there. */
export function addKnown(seen: Seen, objectType: string, externalId: string): void {
  const ids = seen.ids.get(objectType) ?? new Set<string>()
  seen.ids.set(objectType, ids.add(externalId))
}

/** The payment that a reference means: a charge may be an attempt at a payment intent. */
export function paymentMeant(seen: Seen, ref: PaymentRef): PaymentRef {
  return ref.objectType === 'charge' ? (seen.paymentOfCharge.get(ref.externalId) ?? ref) : ref
}

/** All payments with the invoices that they are for; a stated part goes before an unstated one. */
export function moneySeen(seen: Seen): MoneyIn[] {
  const orphans = [...seen.charges]
    .filter(([key]) => !seen.intents.has(key))
    .map(([, charge]) => charge.money)
  const targets = Map.groupBy(seen.aims, ({ ref }) => keyOf(paymentMeant(seen, ref)))
  return [...seen.intents.values(), ...orphans].map((money) => ({
    ...money,
    invoices: partsByInvoice(targets.get(keyOf(money.ref)) ?? []),
  }))
}

/** All settled invoices with the payments that they count on. */
export function duesSeen(seen: Seen): InvoiceDue[] {
  const aims = Map.groupBy(
    seen.aims.filter(({ settles }) => settles),
    ({ invoice }) => invoice,
  )
  return seen.dues.map((due) => {
    const names = new Map<string, InvoiceDue['names'][number]>()
    for (const { ref, part } of aims.get(due.externalId) ?? []) {
      const meant = paymentMeant(seen, ref)
      names.set(keyOf(meant), { ref: meant, part: part ?? names.get(keyOf(meant))?.part ?? null })
    }
    return { ...due, names: [...names.values()] }
  })
}

function partsByInvoice(aims: readonly Aim[]): Map<string, bigint | null> {
  const parts = new Map<string, bigint | null>()
  for (const { invoice, part } of aims) parts.set(invoice, part ?? parts.get(invoice) ?? null)
  return parts
}
