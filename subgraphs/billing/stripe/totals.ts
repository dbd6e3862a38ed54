import type { Facts } from '#domain/facts.ts'
import { invoiceTotals } from '#domain/invoice.ts'

/** How many facts of one kind have one status, and what they come to. */
export interface Total {
  readonly kind: keyof Facts
  /** Type of the Stripe object that told of it: a payment can also be told of by an invoice alone. */
  readonly source: string
  /** Null for what has no currency. */
  readonly currency: string | null
  /** As far as the source says it: an invoice's payment follows from its payments. */
  readonly status: string
  readonly count: number
  /** Minor units; null for what has no amount. */
  readonly amount: bigint | null
}

type Entry = Omit<Total, 'kind' | 'source' | 'count'>

/** Kinds that are counted, in the order of the report. */
const ENTRIES: { readonly [Kind in keyof Facts]?: (fact: Facts[Kind][number]) => Entry } = {
  products: ({ active }) => ({ currency: null, status: active ? 'ACTIVE' : 'INACTIVE', amount: null }),
  prices: ({ active, currency }) => ({ currency, status: active ? 'ACTIVE' : 'INACTIVE', amount: null }),
  customers: ({ status }) => ({ currency: null, status, amount: null }),
  subscriptions: ({ status, currency }) => ({ currency, status, amount: null }),
  invoices: ({ lifecycle, currency, lines, taxLines }) => ({
    currency,
    status: lifecycle,
    amount: invoiceTotals(lines, taxLines).total,
  }),
  creditNotes: ({ status, currency, lines, taxLines }) => ({
    currency,
    status,
    amount: invoiceTotals(lines, taxLines).total,
  }),
  payments: ({ outcome, currency, amount }) => ({ currency, status: outcome, amount }),
  refunds: ({ status, currency, amount }) => ({ currency, status, amount }),
  disputes: ({ status, currency, amount }) => ({ currency, status, amount }),
}

/** Adds up facts by kind, source, currency and status. */
export interface Totals {
  add(source: string, facts: Partial<Facts>): void
  list(): readonly Total[]
}

/** Nothing added up yet. */
export function totals(): Totals {
  const sums = new Map<string, Total>()
  return {
    add: (source, facts) => {
      for (const [kind, entry] of entriesOf(facts)) {
        const key = [kind, source, entry.currency, entry.status].join(' ')
        const { count, amount } = sums.get(key) ?? { count: 0, amount: entry.amount === null ? null : 0n }
        sums.set(key, {
          ...entry,
          kind,
          source,
          count: count + 1,
          amount: entry.amount === null ? null : (amount ?? 0n) + entry.amount,
        })
      }
    },
    list: () => [...sums.values()],
  }
}

function entriesOf(facts: Partial<Facts>): (readonly [keyof Facts, Entry])[] {
  return (Object.keys(ENTRIES) as (keyof Facts)[]).flatMap((kind) => entriesOfKind(kind, facts))
}

function entriesOfKind<Kind extends keyof Facts>(
  kind: Kind,
  facts: Partial<Facts>,
): (readonly [Kind, Entry])[] {
  const entryOf: ((fact: Facts[Kind][number]) => Entry) | undefined = ENTRIES[kind]
  if (entryOf === undefined) return []
  return (facts[kind] ?? []).map((fact) => [kind, entryOf(fact)] as const)
}
