/** What holds for any input: nothing is lost in a split, books balance, the order of arrival does not matter. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { billingCycles, billingPeriods, daysIn, earlier, monthsOf } from '#domain/calendar.ts'
import { lineCharges, lineValue } from '#domain/contract.ts'
import { formatAmount, parseAmount, sum } from '#domain/money.ts'
import { shareOf } from '#domain/proration.ts'
import { add, rational, round, zero } from '#domain/rational.ts'
import { contractLineSchedule, scheduleFromInvoice } from '#domain/recognition.ts'
import { scheduleEntries } from '#domain/schedule.ts'
import { settle } from '#domain/settlement.ts'
import { splitCumulative, splitLargestRemainder, splits } from '#domain/split.ts'
import {
  amount,
  currency,
  date,
  dates,
  documentRuns,
  documents,
  interval,
  line,
  runs,
  weights,
} from './arbitraries.ts'
import { balanceOf, postingsOf, recognitionsOf } from './books.ts'
import { store, totalOf } from './documents.ts'
import type { ContractLine } from '#domain/crm.ts'
import type { DateRange } from '#domain/entity.ts'
import type { Settled } from '#domain/settlement.ts'
import type { SplitPolicy } from '#domain/split.ts'
import type { Convention } from '#domain/schedule.ts'
import type { RoundingMode } from '#domain/rational.ts'

const policy = fc.constantFrom<SplitPolicy>('CUMULATIVE', 'REMAINDER_LAST', 'LARGEST_REMAINDER')
const convention = fc.constantFrom<Convention>('DAILY', 'MONTHLY_EVEN', 'MONTHLY_PRORATED_ENDS')
const mode = fc.constantFrom<RoundingMode>('HALF_AWAY_FROM_ZERO', 'HALF_EVEN')

describe('money', () => {
  it('reads what it writes', () => {
    fc.assert(
      fc.property(amount, currency, (value, code) => {
        expect(parseAmount(formatAmount(value, code), code)).toBe(value)
      }),
      runs,
    )
  })

  it('rounds to the nearest integer, within half a unit, and symmetrically', () => {
    fc.assert(
      fc.property(amount, fc.bigInt({ min: 1n, max: 1000n }), mode, (numerator, denominator, rounding) => {
        const rounded = round(rational(numerator, denominator), rounding)
        expect(absolute(2n * (rounded * denominator - numerator))).toBeLessThanOrEqual(denominator)
        expect(round(rational(-numerator, denominator), rounding)).toBe(-rounded)
      }),
      runs,
    )
  })
})

describe('splits', () => {
  it('sum to the amount under every policy, and no part has the other sign', () => {
    fc.assert(
      fc.property(amount, weights, policy, (value, shares, by) => {
        const parts = splits[by](value, shares)
        expect(sum(parts)).toBe(value)
        expect(parts.every((part) => part * value >= 0n)).toBe(true)
      }),
      runs,
    )
  })

  it('by largest remainder leave each part within one minor unit of its exact share', () => {
    fc.assert(
      fc.property(amount, weights, (value, shares) => {
        const total = sum(shares)
        splitLargestRemainder(value, shares).forEach((part, place) => {
          expect(absolute(part * total - value * (shares[place] ?? 0n))).toBeLessThan(total)
        })
      }),
      runs,
    )
  })

  it('over time leave every prefix within half a minor unit of its exact share', () => {
    fc.assert(
      fc.property(amount, weights, mode, (value, shares, rounding) => {
        const total = sum(shares)
        const parts = splitCumulative(value, shares, rounding)
        parts.forEach((_, place) => {
          const exact = value * sum(shares.slice(0, place + 1))
          const prefix = sum(parts.slice(0, place + 1))
          expect(absolute(2n * (prefix * total - exact))).toBeLessThanOrEqual(total)
        })
      }),
      runs,
    )
  })
})

describe('billing periods', () => {
  const anchor = fc.oneof(fc.constant(undefined), fc.integer({ min: 1, max: 31 }), date)

  it('cover the range without gap or overlap', () => {
    fc.assert(
      fc.property(dates, interval, anchor, (range, every, from) => {
        const periods = billingPeriods(range, every, from)
        expect(periods.at(0)?.start.toString()).toBe(range.start.toString())
        expect(periods.at(-1)?.end.toString()).toBe(range.end.toString())
        periods.slice(1).forEach(({ start }, place) => expect(start.equals(endOf(periods[place]))).toBe(true))
      }),
      runs,
    )
  })

  it('and months have the days of the range', () => {
    fc.assert(
      fc.property(dates, (range) => {
        expect(monthsOf(range).reduce((days, month) => days + month.days, 0)).toBe(daysIn(range))
      }),
      runs,
    )
  })

  it('cost the same, whether a range is billed as one or cut in two', () => {
    fc.assert(
      fc.property(dates, fc.nat({ max: 1500 }), interval, date, (range, days, every, from) => {
        const middle = earlier(range.start.add({ days }), range.end)
        const sharesOf = (part: DateRange) =>
          billingCycles(part, every, from).map(({ part: own, whole }) => shareOf(own, whole))
        const halves = [
          ...sharesOf({ start: range.start, end: middle }),
          ...sharesOf({ start: middle, end: range.end }),
        ]
        expect(halves.reduce(add, zero)).toEqual(sharesOf(range).reduce(add, zero))
      }),
      runs,
    )
  })

  it('of a whole have shares that sum to one under either day count', () => {
    fc.assert(
      fc.property(
        dates,
        interval,
        fc.constantFrom('ACTUAL', 'THIRTY_DAY_MONTH'),
        (range, every, dayCount) => {
          fc.pre(daysIn(range) > 31)
          const shares = billingPeriods(range, every).map((part) => shareOf(part, range, dayCount))
          expect(shares.reduce(add, zero)).toEqual(rational(1n))
        },
      ),
      runs,
    )
  })
})

describe('schedules', () => {
  it('of a contract line sum to its value under every convention', () => {
    fc.assert(
      fc.property(line, convention, (sold, by) => {
        const { allocatedPrice, entries } = contractLineSchedule(sold, startOf(sold), by)
        expect(allocatedPrice).toBe(lineValue(sold, startOf(sold)))
        expect(sum(entries.map((entry) => entry.amount))).toBe(lineValue(sold, startOf(sold)))
      }),
      documentRuns,
    )
  })

  it('never run ahead of what is billed in advance', () => {
    fc.assert(
      fc.property(line, (sold) => {
        const charges = lineCharges(sold, startOf(sold))
        let earned = 0n
        for (const { period, amount: part } of contractLineSchedule(sold, startOf(sold)).entries) {
          earned += part
          const monthEnd = period.add({ months: 1 }).toPlainDate({ day: 1 })
          const billed = charges.filter(
            (charge) => Temporal.PlainDate.compare(charge.period.start, monthEnd) < 0,
          )
          expect(earned).toBeLessThanOrEqual(sum(billed.map((charge) => charge.amount)))
        }
      }),
      documentRuns,
    )
  })

  it('spread any amount completely', () => {
    fc.assert(
      fc.property(amount, dates, convention, policy, (value, range, by, split) => {
        expect(sum(scheduleEntries(value, range, by, split).map((entry) => entry.amount))).toBe(value)
      }),
      runs,
    )
  })

  it('cost what the price times the quantity costs, where every period is full', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 8n }),
        fc.integer({ min: 1, max: 48 }),
        (unitPrice, months) => {
          const start = Temporal.PlainDate.from('2024-01-31')
          const servicePeriod = { start, end: start.add({ months }) }
          const sold = { id: 'l', productId: 'p', quantity: '2.5', unitPrice, servicePeriod }
          const each = round(rational(unitPrice * 5n, 2n))
          expect(lineValue({ ...sold, interval: { unit: 'MONTH', count: 1 } }, start)).toBe(
            each * BigInt(months),
          )
        },
      ),
      runs,
    )
  })
})

describe('settlement', () => {
  it('does not depend on the order in which documents arrive', () => {
    fc.assert(
      fc.property(documents, (these) => {
        const reversed = {
          invoices: these.invoices.toReversed(),
          payments: these.payments
            .toReversed()
            .map((payment) => ({ ...payment, allocations: payment.allocations.toReversed() })),
          creditNotes: these.creditNotes.toReversed(),
          refunds: these.refunds.toReversed(),
          disputes: these.disputes.toReversed(),
        }
        expect(inOrder(settle(reversed))).toEqual(inOrder(settle(these)))
      }),
      documentRuns,
    )
  })

  it('keeps balance = total − allocations − credits − write-offs, never negative', () => {
    fc.assert(
      fc.property(documents, (these) => {
        const { invoices } = settle(these)
        for (const invoice of these.invoices.filter(({ lifecycle }) => lifecycle !== 'VOID')) {
          const state = invoices.get(invoice.id)
          const { balance = -1n, allocated = 0n, credited = 0n, writtenOff = 0n } = state ?? {}
          expect(balance).toBe(totalOf(invoice) - allocated - credited - writtenOff)
          expect(balance).toBeGreaterThanOrEqual(0n)
        }
      }),
      documentRuns,
    )
  })

  it('never applies or refunds more than was captured, and says so where a refund claims more', () => {
    fc.assert(
      fc.property(documents, (these) => {
        const { payments, violations } = settle(these)
        for (const payment of these.payments.filter(({ outcome }) => outcome === 'SUCCEEDED')) {
          const state = payments.get(payment.id)
          const applied = sum(state?.allocations.map(({ applied: part }) => part) ?? [])
          const claimed = sum(
            these.refunds
              .filter(({ paymentId, status }) => paymentId === payment.id && isLive(status))
              .map((refund) => refund.amount),
          )
          expect(applied + (state?.unapplied ?? -1n)).toBeLessThanOrEqual(payment.amount)
          expect(state?.unapplied).toBeGreaterThanOrEqual(0n)
          expect(state?.refunded).toBeLessThanOrEqual(payment.amount)
          if (claimed <= payment.amount) expect(state?.refunded).toBe(claimed)
          expect(hasExcess(violations, these.refunds, payment.id)).toBe(claimed > payment.amount)
        }
      }),
      documentRuns,
    )
  })
})

describe('the ledger', () => {
  it('balances every posting and leaves out lines of zero', () => {
    fc.assert(
      fc.property(documents, (these) => {
        const stored = store(these)
        const schedules = stored.invoices.flatMap((invoice) =>
          scheduleFromInvoice(invoice, stored.creditNotes),
        )
        for (const { lines } of [...postingsOf(stored), ...recognitionsOf(schedules)]) {
          expect(sum(lines.map(({ debit }) => debit))).toBe(sum(lines.map(({ credit }) => credit)))
          expect(lines.every(({ debit, credit }) => debit >= 0n && credit >= 0n && debit + credit > 0n)).toBe(
            true,
          )
          expect(lines.every(({ debit, credit }) => debit === 0n || credit === 0n)).toBe(true)
        }
      }),
      documentRuns,
    )
  })

  it('holds as receivables what open invoices owe less unapplied cash', () => {
    fc.assert(
      fc.property(documents, (these) => {
        const refused = new Set(settle(these).violations.map(({ documentId }) => documentId))
        const stored = store(these)
        const posted = postingsOf({
          ...stored,
          creditNotes: stored.creditNotes.filter(({ id }) => !refused.has(id)),
          refunds: stored.refunds.filter(({ id }) => !refused.has(id)),
        })
        const open = stored.invoices
          .filter(({ lifecycle }) => lifecycle !== 'DRAFT')
          .map(({ balance }) => balance)
        const unapplied = stored.payments.map((payment) => payment.unapplied)
        expect(balanceOf(posted, 'RECEIVABLES')).toBe(sum(open) - sum(unapplied))
      }),
      documentRuns,
    )
  })

  it('ends with nothing deferred once everything is recognised', () => {
    fc.assert(
      fc.property(documents, (these) => {
        const invoices = these.invoices.map((invoice) => ({
          ...invoice,
          lines: invoice.lines.map((sold) => ({ ...sold, id: `${invoice.id}-${sold.id}` })),
        }))
        const stored = store({ invoices })
        const recognised = recognitionsOf(stored.invoices.flatMap((invoice) => scheduleFromInvoice(invoice)))
        expect(balanceOf([...postingsOf(stored), ...recognised], 'DEFERRED_REVENUE')).toBe(0n)
      }),
      documentRuns,
    )
  })
})

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value
}

function startOf({ servicePeriod }: ContractLine): Temporal.PlainDate {
  return servicePeriod.start
}

function endOf(period: { readonly end: Temporal.PlainDate } | undefined): Temporal.PlainDate {
  if (period === undefined) throw new Error('a period is missing')
  return period.end
}

function isLive(status: string): boolean {
  return status === 'SUCCEEDED' || status === 'PENDING'
}

function hasExcess(
  violations: Settled['violations'],
  refunds: readonly { readonly id: string; readonly paymentId: string }[],
  paymentId: string,
): boolean {
  const ids = new Set(refunds.filter((refund) => refund.paymentId === paymentId).map(({ id }) => id))
  return violations.some(({ code, documentId }) => code === 'REFUND_EXCEEDS_PAYMENT' && ids.has(documentId))
}

/** Everything that was settled, as plain data in the order of ids. */
function inOrder({ invoices, payments, refunds, violations }: Settled): unknown {
  const refused = violations.map(({ documentId, code }) => [documentId, code])
  return [plainStates(invoices), plainStates(payments), plainStates(refunds), refused]
}

function plainStates(states: ReadonlyMap<string, object>): unknown[] {
  return [...states].toSorted(([a], [b]) => (a < b ? -1 : 1)).map((state) => JSON.stringify(state, plain))
}

function plain(key: string, value: unknown): unknown {
  if (key === 'allocations' && Array.isArray(value))
    return value.map((part) => JSON.stringify(part, plain)).toSorted()
  return typeof value === 'bigint' ? String(value) : value
}
