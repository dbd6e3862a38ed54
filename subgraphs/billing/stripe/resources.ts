/** One list endpoint that the import reads. */
export interface Resource {
  /** Name in positions and progress: the last part of the path. */
  readonly name: string
  /** `object` of what it lists. */
  readonly objectType: string
  readonly query: Readonly<Record<string, string>>
  /** Lists inside an object, of which Stripe sends the first page only: they are read to their end. */
  readonly nestedLists: readonly string[]
  /** Adds detail to what other lists hold: where a server has no such list, the import says so and goes on. */
  readonly optional: boolean
}

const resource = (name: string, objectType: string, details: Partial<Resource> = {}): Resource => ({
  name,
  objectType,
  query: {},
  nestedLists: [],
  optional: false,
  ...details,
})

/** What is read and then recorded, in an order in which objects mostly refer to earlier ones. */
export const RESOURCES: readonly Resource[] = [
  resource('tax_rates', 'tax_rate', { optional: true }),
  resource('products', 'product'),
  resource('prices', 'price', { query: { 'expand[]': 'data.tiers' } }),
  resource('customers', 'customer', { query: { 'expand[]': 'data.tax_ids' }, nestedLists: ['tax_ids'] }),
  resource('subscriptions', 'subscription', { query: { status: 'all' }, nestedLists: ['items'] }),
  resource('invoices', 'invoice', { nestedLists: ['lines'] }),
  resource('payment_intents', 'payment_intent'),
  resource('charges', 'charge', { query: { 'expand[]': 'data.balance_transaction' }, optional: true }),
  resource('invoice_payments', 'invoice_payment', { optional: true }),
  resource('credit_notes', 'credit_note', { nestedLists: ['lines'] }),
  resource('refunds', 'refund'),
  resource('disputes', 'dispute', { optional: true }),
]
