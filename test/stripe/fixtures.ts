import type { Facts } from '#domain/facts.ts'
import type { StripeObject } from '#subgraphs/billing/stripe/fields.ts'
import { gapLog, type GapGroup } from '#subgraphs/billing/stripe/gaps.ts'
import { survey } from '#subgraphs/billing/stripe/links.ts'
import { mapObject } from '#subgraphs/billing/stripe/map-object.ts'
import type { StripeAccount } from '#subgraphs/billing/stripe/mapping.ts'
import { ACCOUNT } from './memory.ts'

/** Seconds since the epoch at the start of a day in UTC, as Stripe writes times. */
export const at = (date: string): number =>
  Temporal.Instant.from(`${date}T00:00:00Z`).epochMilliseconds / 1_000

/** A list as it stands inside an object. */
export const list = (
  data: readonly StripeObject[],
  more: Readonly<Record<string, unknown>> = {},
): StripeObject => ({
  object: 'list',
  data,
  has_more: false,
  ...more,
})

export const customer = (changes: StripeObject = {}): StripeObject => ({
  id: 'cus_ada',
  object: 'customer',
  created: at('2026-01-01'),
  livemode: false,
  currency: 'usd',
  name: 'Ada Ltd',
  email: 'books@ada.example',
  address: null,
  ...changes,
})

export const product = (changes: StripeObject = {}): StripeObject => ({
  id: 'prod_seat',
  object: 'product',
  created: at('2026-01-01'),
  livemode: false,
  active: true,
  name: 'Seat',
  metadata: {},
  ...changes,
})

export const price = (changes: StripeObject = {}): StripeObject => ({
  id: 'price_seat',
  object: 'price',
  created: at('2026-01-01'),
  livemode: false,
  active: true,
  currency: 'usd',
  product: 'prod_seat',
  recurring: { interval: 'month', interval_count: 1, usage_type: 'licensed' },
  unit_amount: 1000,
  unit_amount_decimal: '1000',
  ...changes,
})

/** An issued invoice of one line of 20.00, open, in today's shape. */
export const invoice = (changes: StripeObject = {}): StripeObject => ({
  id: 'in_1',
  object: 'invoice',
  created: at('2026-02-01'),
  livemode: false,
  currency: 'usd',
  customer: 'cus_ada',
  number: 'ADA-0001',
  status: 'open',
  collection_method: 'charge_automatically',
  due_date: null,
  effective_at: at('2026-02-01'),
  status_transitions: {
    finalized_at: at('2026-02-01'),
    paid_at: null,
    voided_at: null,
    marked_uncollectible_at: null,
  },
  parent: null,
  total: 2000,
  amount_paid: 0,
  amount_remaining: 2000,
  pre_payment_credit_notes_amount: 0,
  starting_balance: 0,
  ending_balance: 0,
  lines: list([line()]),
  total_taxes: [],
  ...changes,
})

/** The same invoice, paid. */
export const paidInvoice = (changes: StripeObject = {}): StripeObject =>
  invoice({
    status: 'paid',
    amount_paid: 2000,
    amount_remaining: 0,
    status_transitions: { finalized_at: at('2026-02-01'), paid_at: at('2026-02-03') },
    ...changes,
  })

export const line = (changes: StripeObject = {}): StripeObject => ({
  id: 'il_1',
  object: 'line_item',
  livemode: false,
  amount: 2000,
  currency: 'usd',
  description: 'Two seats',
  discount_amounts: [],
  period: { start: at('2026-02-01'), end: at('2026-03-01') },
  pricing: { type: 'price_details', price_details: { price: 'price_seat', product: 'prod_seat' } },
  quantity: 2,
  taxes: [],
  ...changes,
})

export const paymentIntent = (changes: StripeObject = {}): StripeObject => ({
  id: 'pi_1',
  object: 'payment_intent',
  created: at('2026-02-03'),
  livemode: false,
  amount: 2000,
  amount_received: 2000,
  currency: 'usd',
  customer: 'cus_ada',
  status: 'succeeded',
  payment_method_types: ['card'],
  payment_details: { customer_reference: null, order_reference: 'in_1' },
  ...changes,
})

export const charge = (changes: StripeObject = {}): StripeObject => ({
  id: 'ch_1',
  object: 'charge',
  created: at('2026-02-03'),
  livemode: false,
  amount: 2000,
  amount_captured: 2000,
  captured: true,
  currency: 'usd',
  customer: 'cus_ada',
  payment_intent: 'pi_1',
  payment_method_details: { type: 'card' },
  balance_transaction: { id: 'txn_1', object: 'balance_transaction', fee: 88, currency: 'usd' },
  status: 'succeeded',
  ...changes,
})

export const creditNote = (changes: StripeObject = {}): StripeObject => ({
  id: 'cn_1',
  object: 'credit_note',
  created: at('2026-02-10'),
  livemode: false,
  amount: 500,
  currency: 'usd',
  customer: 'cus_ada',
  invoice: 'in_1',
  number: 'ADA-0001-CN-01',
  status: 'issued',
  reason: null,
  lines: list([]),
  total_taxes: [],
  pre_payment_amount: 0,
  post_payment_amount: 500,
  out_of_band_amount: null,
  customer_balance_transaction: null,
  refunds: [],
  ...changes,
})

export const refund = (changes: StripeObject = {}): StripeObject => ({
  id: 're_1',
  object: 'refund',
  created: at('2026-02-12'),
  amount: 500,
  currency: 'usd',
  charge: 'ch_1',
  payment_intent: 'pi_1',
  reason: null,
  status: 'succeeded',
  ...changes,
})

export const dispute = (changes: StripeObject = {}): StripeObject => ({
  id: 'dp_1',
  object: 'dispute',
  created: at('2026-02-20'),
  livemode: false,
  amount: 2000,
  currency: 'usd',
  charge: 'ch_1',
  payment_intent: 'pi_1',
  reason: 'fraudulent',
  status: 'needs_response',
  balance_transactions: [],
  evidence_details: { due_by: at('2026-03-01') },
  ...changes,
})

export const subscription = (changes: StripeObject = {}): StripeObject => ({
  id: 'sub_1',
  object: 'subscription',
  created: at('2026-02-01'),
  livemode: false,
  currency: 'usd',
  customer: 'cus_ada',
  status: 'active',
  collection_method: 'charge_automatically',
  start_date: at('2026-02-01'),
  cancel_at: null,
  cancel_at_period_end: false,
  ended_at: null,
  items: list([subscriptionItem()]),
  ...changes,
})

export const subscriptionItem = (changes: StripeObject = {}): StripeObject => ({
  id: 'si_1',
  object: 'subscription_item',
  created: at('2026-02-01'),
  current_period_start: at('2026-02-01'),
  current_period_end: at('2026-03-01'),
  price: price(),
  quantity: 2,
  ...changes,
})

/** What a set of objects becomes, as an import would map it. */
export interface Mapped {
  readonly facts: Facts
  readonly gaps: readonly GapGroup[]
}

const NO_FACTS: Facts = {
  legalEntities: [],
  ledgerAccounts: [],
  accountingPeriods: [],
  fxRates: [],
  creditProfiles: [],
  deliveries: [],
  accountRules: [],
  customers: [],
  contacts: [],
  opportunities: [],
  quotes: [],
  contracts: [],
  amendments: [],
  products: [],
  prices: [],
  subscriptions: [],
  invoices: [],
  payments: [],
  creditNotes: [],
  refunds: [],
  disputes: [],
  usage: [],
  dunning: [],
}

/** Maps objects that know of each other; a customer, a product and a price are always there. */
export function mapAll(objects: readonly StripeObject[], account: StripeAccount = ACCOUNT): Mapped {
  const seen = survey()
  const all = new Map(
    [customer(), product(), price(), ...objects].map((object) => [String(object['id']), object]),
  )
  for (const object of all.values()) seen.see(String(object['object']), object)
  const context = { account, links: seen.links(), gaps: gapLog() }
  const parts = [...all.values()].map((object) => mapObject(context, object, 1n))
  const facts = Object.fromEntries(
    Object.keys(NO_FACTS).map((kind) => [
      kind,
      parts.flatMap((part): readonly unknown[] => part[kind as keyof Facts] ?? []),
    ]),
  ) as unknown as Facts
  return { facts, gaps: context.gaps.groups() }
}

/** The one fact of a kind that has this Stripe id. */
export function factOf<
  Kind extends
    | 'customers'
    | 'products'
    | 'prices'
    | 'subscriptions'
    | 'invoices'
    | 'payments'
    | 'creditNotes'
    | 'refunds'
    | 'disputes',
>(mapped: Mapped, kind: Kind, externalId: string): Facts[Kind][number] {
  const facts: readonly Facts[Kind][number][] = mapped.facts[kind]
  const found = facts.filter((fact) => fact.externalRefs[0]?.externalId === externalId)
  if (found.length !== 1 || found[0] === undefined)
    throw new Error(`${found.length} ${kind} are ${externalId}`)
  return found[0]
}

/** Gaps in short: `INVALID invoice.total`. */
export const gapNames = ({ gaps }: Mapped): string[] =>
  gaps.map(({ kind, objectType, path }) => `${kind} ${objectType}.${path}`)
