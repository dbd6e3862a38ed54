/** What may happen between a company and a customer, at random; `teller.ts` tells it as facts. */
import fc from 'fast-check'
import type { Arbitrary } from 'fast-check'
import type { Fact } from '#domain/entity.ts'
import type { AccountingPeriodFact } from '#domain/erp.ts'
import type { Facts } from '#domain/facts.ts'
import { day } from './documents.ts'

/** One thing that happens. Documents are named by their place, amounts by thousandths of what they are about. */
export type Event =
  | { readonly kind: 'BILL' | 'RECOGNIZE' | 'CLOSE' }
  | { readonly kind: 'SELL'; readonly net: bigint; readonly months: number | null }
  | { readonly kind: 'PAY'; readonly invoices: readonly number[]; readonly share: bigint }
  | {
      readonly kind: 'CREDIT'
      readonly invoice: number
      readonly share: bigint
      readonly isUndelivered: boolean
    }
  | { readonly kind: 'VOID' | 'WRITE_OFF'; readonly invoice: number }
  | { readonly kind: 'REFUND' | 'DISPUTE'; readonly payment: number; readonly share: bigint }
  | { readonly kind: 'DECIDE'; readonly dispute: number; readonly isWon: boolean }
  | { readonly kind: 'AMEND'; readonly line: number; readonly quantity: bigint; readonly unitPrice: bigint }
  | { readonly kind: 'CANCEL' }

/** A customer's dealings: the contract that begins them, and what happens so many days after what was before. */
export interface History {
  /** Of the legal entity; documents are in US dollars. */
  readonly functionalCurrency: 'USD' | 'CAD'
  readonly months: number
  readonly lines: readonly { readonly quantity: bigint; readonly unitPrice: bigint; readonly every: number }[]
  readonly events: readonly (readonly [days: number, event: Event])[]
}

/** What systems state at one time, or a period run. */
export type Step = { readonly facts: Partial<Facts> } | { readonly recognizeThrough: Temporal.PlainDate }

const place = fc.nat({ max: 5 })
const price = fc.bigInt({ min: 1n, max: 500_000n })
const quantity = fc.bigInt({ min: 0n, max: 4_000n })
/** Up to half more than there is: rules have to hold against what claims too much. */
const share = fc.bigInt({ min: 1n, max: 1_500n })

const event: Arbitrary<Event> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('BILL', 'RECOGNIZE', 'CLOSE') }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('SELL'), net: price, months: fc.option(fc.nat({ max: 14 })) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('PAY'), invoices: fc.array(place, { maxLength: 2 }), share }),
  },
  fc.record({ kind: fc.constant('CREDIT'), invoice: place, share, isUndelivered: fc.boolean() }),
  fc.record({ kind: fc.constantFrom('VOID', 'WRITE_OFF'), invoice: place }),
  fc.record({ kind: fc.constantFrom('REFUND', 'DISPUTE'), payment: place, share }),
  fc.record({ kind: fc.constant('DECIDE'), dispute: place, isWon: fc.boolean() }),
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('AMEND'), line: place, quantity, unitPrice: price }),
  },
  fc.record({ kind: fc.constant('CANCEL') }),
)

/** Any history of some months. */
export const anyHistory: Arbitrary<History> = fc.record({
  functionalCurrency: fc.constantFrom('USD', 'CAD'),
  months: fc.integer({ min: 2, max: 24 }),
  lines: fc.array(fc.record({ quantity, unitPrice: price, every: fc.constantFrom(1, 1, 3, 12) }), {
    minLength: 1,
    maxLength: 2,
  }),
  events: fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), event), { minLength: 1, maxLength: 14 }),
})

/** First day of every history: the earliest month that is open. */
export const FIRST_DAY = day('2026-01-01')

/** The object of a source, as it is stated for the `version`-th time. */
export function stated(id: string, version = 1): Fact {
  const source = { system: 'test', instance: 'history', objectType: 'object', url: null }
  return { id, externalRefs: [{ ...source, externalId: id, sourceVersion: BigInt(version) }] }
}

/** A month of the books of a legal entity. */
export function monthOf(
  legalEntityId: string,
  period: Temporal.PlainYearMonth,
  status: AccountingPeriodFact['status'] = 'OPEN',
): AccountingPeriodFact {
  const start = period.toPlainDate({ day: 1 })
  return {
    ...stated(`${legalEntityId}-${period.toString()}`, status === 'OPEN' ? 1 : 2),
    legalEntityId,
    period,
    range: { start, end: start.add({ months: 1 }) },
    status,
  }
}
