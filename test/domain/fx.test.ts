/** Rates of a day, direct, inverse and crossed; what their change gains or loses; books that come back to zero. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { carryDeferred, nothing, withDeferred } from '#domain/carrying.ts'
import { exchange, findRate } from '#domain/fx.ts'
import { mirror, owedEntries } from '#domain/journal.ts'
import { draftEntry, draftRevaluation } from '#domain/ledger.ts'
import { sum } from '#domain/money.ts'
import { recognitionPosting } from '#domain/posting.ts'
import { multiply, parseDecimal, rational } from '#domain/rational.ts'
import { documentRuns, documents } from './arbitraries.ts'
import { booksOf, period } from './ledger.ts'
import { postingsOfUnbilled, takenBack } from '#domain/unbilled.ts'
import { postingsOf } from './books.ts'
import {
  creditNoteFact,
  day,
  invoiceFact,
  invoiceLine,
  paymentFact,
  refundFact,
  store,
  dispute,
} from './documents.ts'
import type { PublishedRate, RatePolicy } from '#domain/fx.ts'
import type { EntryDraft } from '#domain/journal.ts'

describe('a rate', () => {
  const rates = [
    published('EUR/USD 1.10 2026-01-01'),
    published('EUR/USD 1.25 2026-02-01'),
    published('USD/EUR 0.5 2026-02-01'),
    published('USD/EUR 0.75 2026-03-01'),
    published('GBP/USD 1.30 2026-01-01'),
    published('EUR/GBP 0.80 2026-01-15'),
    published('USD/JPY 150 2026-01-10'),
    published('EUR/JPY 160 2026-01-05'),
    published('KRW/JPY 0.1 2026-01-20'),
    published('CHF/JPY 170 2026-01-20', 'bank'),
    published('CHF/JPY 171 2026-01-20', 'ecb'),
  ]

  it.each<[string, string, string, string, string]>([
    ['is the latest by that day', 'EUR', 'USD', '2026-01-31', '1.1 by EUR/USD'],
    ['is known on its own day', 'EUR', 'USD', '2026-01-01', '1.1 by EUR/USD'],
    ['is direct in each direction that is published', 'USD', 'EUR', '2026-03-01', '0.75 by USD/EUR'],
    ['is direct even where the inverse one is later', 'EUR', 'USD', '2026-03-01', '1.25 by EUR/USD'],
    ['is the exact inverse', 'USD', 'GBP', '2026-03-01', '10/13 by 1/(GBP/USD)'],
    ['is one where the currency is the same', 'USD', 'USD', '2026-03-01', '1 by nothing'],
    ['is crossed exactly', 'GBP', 'JPY', '2026-01-12', '195 by GBP/USD, USD/JPY'],
    [
      'is crossed by the way whose older part is the latest',
      'KRW',
      'USD',
      '2026-01-25',
      '1/1500 by KRW/JPY, 1/(USD/JPY)',
    ],
    [
      'is crossed by the way whose older part is the latest',
      'GBP',
      'JPY',
      '2026-01-15',
      '200 by 1/(EUR/GBP), EUR/JPY',
    ],
    ['comes from the source whose name is first', 'CHF', 'JPY', '2026-02-01', '170 by CHF/JPY'],
  ])('%s: %s/%s on %s', (_, base, quote, date, expected) => {
    expect(found(base, quote, date)).toBe(expected)
  })

  it('comes from the preferred source', () => {
    expect(found('CHF', 'JPY', '2026-02-01', { sources: ['ecb'] })).toBe('171 by CHF/JPY')
  })

  it.each([
    ['before the first', 'EUR', 'USD', '2025-12-31', {}],
    ['where no currency is between', 'EUR', 'BRL', '2026-03-01', {}],
    ['older than the policy allows', 'EUR', 'USD', '2026-03-20', { maxAgeDays: 7 }],
  ] as const)('is missing %s', (_, base, quote, date, policy) => {
    expect(found(base, quote, date, policy)).toBe('RATE_MISSING at quoteCurrency')
  })

  it.each([
    [100_00n, 'USD', 'JPY', '151.37', 15_137n],
    [1000n, 'KWD', 'USD', '3.25', 325n],
    [333n, 'JPY', 'KWD', '0.0021', 699n],
  ] as const)('of %d minor units of %s in %s at %s', (minorUnits, currency, quote, rate, expected) => {
    expect(exchange({ minorUnits, currency }, quote, parseDecimal(rate)).minorUnits).toBe(expected)
  })

  it('there and back again is exactly one where each pair is published one way', () => {
    const pair = fc.constantFrom('EUR', 'USD', 'GBP', 'JPY', 'KRW', 'CHF')
    fc.assert(
      fc.property(pair, pair, (base, quote) => {
        const there = find(base, quote, '2026-01-31').value
        const back = find(quote, base, '2026-01-31').value
        expect(there === undefined).toBe(back === undefined)
        if (there && back) expect(multiply(there.rate, back.rate)).toEqual(rational(1n))
      }),
    )
  })

  function find(base: string, quote: string, date: string, policy: Partial<RatePolicy> = {}) {
    return findRate(rates, base, quote, day(date), { sources: [], pivots: [], maxAgeDays: null, ...policy })
  }

  function found(...asked: Parameters<typeof find>): string {
    const { value, violations = [] } = find(...asked)
    if (value === undefined) return violations.map(({ code, field }) => `${code} at ${field}`).join()
    const ways = value.steps.map(({ published: step, isInverted }) => {
      const pair = `${step.baseCurrency}/${step.quoteCurrency}`
      return isInverted ? `1/(${pair})` : pair
    })
    return `${decimal(value.rate)} by ${ways.join(', ') || 'nothing'}`
  }
})

describe('a settlement at another rate', () => {
  const books = booksOf('CAD', { '2026-01-01': '1.30', '2026-01-10': '1.35', '2026-02-01': '1.40' })
  const invoices = [invoiceFact({ lines: [invoiceLine(100_00n)] })]
  const allocations = [{ id: 'allocation-1', invoiceId: 'invoice-1', amount: 100_00n }]
  const paid = paymentFact({ amount: 100_00n, allocations })

  it('J1: USD 100.00 captured at 1.35 and refunded at 1.40 loses 5.00 [worked example, ledgerly]', () => {
    expect(
      entries({ invoices, payments: [paid], refunds: [refundFact({ amount: 100_00n })] }, 'REFUND_PAID'),
    ).toEqual(['Dr CREDITS_AND_REFUNDS 13500', 'Cr CASH_CLEARING 14000', 'Dr FX_REALIZED 500'])
  })

  it('gains where an invoice at 1.30 is paid at 1.35', () => {
    expect(entries({ invoices, payments: [paid] }, 'PAYMENT_RECEIVED')).toEqual([
      'Dr CASH_CLEARING 13500',
      'Cr RECEIVABLES 13000',
      'Cr FX_REALIZED 500',
    ])
  })

  it('gains on the part that settles an invoice, not on what stays on account', () => {
    const part = paymentFact({ amount: 150_00n, fee: 1_00n, allocations })
    expect(entries({ invoices, payments: [part] }, 'PAYMENT_RECEIVED')).toEqual([
      'Dr CASH_CLEARING 20115',
      'Dr PROCESSOR_FEES 135',
      'Cr RECEIVABLES 19750',
      'Cr FX_REALIZED 500',
    ])
  })

  it('loses with a dispute what was set apart, at the rate of that day', () => {
    const lost = dispute({
      status: 'LOST',
      amount: 100_00n,
      openedOn: day('2026-01-15'),
      closedOn: day('2026-02-01'),
    })
    expect(entries({ payments: [paid], disputes: [lost] }, 'DISPUTE_LOST')).toEqual([
      'Dr DISPUTE_LOSSES 13500',
      'Cr DISPUTED_CASH 13500',
    ])
  })

  it('gains nothing where an invoice follows the payment, is written off, or is credited', () => {
    const later = [invoiceFact({ lines: [invoiceLine(100_00n)], issueDate: day('2026-02-05') })]
    expect(entries({ invoices: later, payments: [paid] }, 'PAYMENT_RECEIVED')).toEqual([
      'Dr CASH_CLEARING 13500',
      'Cr RECEIVABLES 13500',
    ])
    const closedOn = day('2026-02-01')
    const lost = invoices.map((each) => ({ ...each, lifecycle: 'UNCOLLECTIBLE' as const, closedOn }))
    expect(entries({ invoices: lost }, 'INVOICE_WRITTEN_OFF')).toEqual([
      'Dr BAD_DEBT 13000',
      'Cr RECEIVABLES 13000',
    ])
    const line = { id: 'l', invoiceLineId: null, description: '', amount: 10_00n, servicePeriod: null }
    expect(
      entries({ invoices, creditNotes: [creditNoteFact({ lines: [line] })] }, 'CREDIT_NOTE_ISSUED'),
    ).toEqual(['Dr CREDITS_AND_REFUNDS 1300', 'Cr RECEIVABLES 1300'])
  })

  function entries(these: Parameters<typeof store>[0], purpose: string): string[] {
    const postings = postingsOf(store(these)).filter((posting) => posting.purpose === purpose)
    return postings.flatMap((posting) => functional(draftEntry(books, posting, null)))
  }
})

describe('the close of a period', () => {
  const books = booksOf('USD', { '2026-01-31': '1.20' }, 'EUR')
  const balances = [
    { accountId: '1100', role: 'RECEIVABLES', amount: 700_00n, worth: 770_00n },
    { accountId: '1190', role: 'RECEIVABLES', amount: 300_00n, worth: 330_00n },
    { accountId: '2300', role: 'CUSTOMER_BALANCE', amount: -100_00n, worth: -110_00n },
    { accountId: '1000', role: 'CASH_CLEARING', amount: 10_00n, worth: 13_00n },
    { accountId: '2200', role: 'DEFERRED_REVENUE', amount: -900_00n, worth: -990_00n },
    { accountId: '2100', role: 'TAX_PAYABLE', amount: -90_00n, worth: -99_00n },
  ] as const

  it('revalues what is monetary, deferred revenue not, and takes that back in the next period', () => {
    const drafts = draftRevaluation(books, period('2026-01'), 'EUR', balances)
    expect(
      drafts.map(({ purpose, date, period: month }) => `${purpose} ${date.toString()} ${month.toString()}`),
    ).toEqual(['FX_REVALUED 2026-01-31 2026-01', 'FX_REVALUATION_REVERSED 2026-02-01 2026-02'])
    expect(drafts.flatMap(functional)).toEqual([
      'Dr RECEIVABLES 7000',
      'Dr RECEIVABLES 3000',
      'Cr CUSTOMER_BALANCE 1000',
      'Cr CASH_CLEARING 100',
      'Cr FX_UNREALIZED 8900',
      'Cr RECEIVABLES 7000',
      'Cr RECEIVABLES 3000',
      'Dr CUSTOMER_BALANCE 1000',
      'Dr CASH_CLEARING 100',
      'Dr FX_UNREALIZED 8900',
    ])
    expect(drafts[0]?.lines.slice(0, -1).map(({ accountId }) => accountId)).toEqual([
      '1100',
      '1190',
      '2300',
      '1000',
    ])
  })

  it('posts nothing where nothing changed', () => {
    expect(draftRevaluation(books, period('2026-01'), 'EUR', balances.slice(4))).toEqual([])
  })

  it.each([
    ['RATE_MISSING', booksOf('USD', {}, 'EUR')],
    ['ACCOUNT_MISSING', { ...books, accounts: new Map() }],
    ['RULE_MISSING', { ...books, accountRules: new Map() }],
    ['ENTITY_MISSING', { ...books, legalEntities: new Map() }],
    ['PERIOD_MISSING', { ...books, periods: new Map() }],
  ])('says what is missing: %s', (code, incomplete) => {
    expect(() => draftRevaluation(incomplete, period('2026-01'), 'EUR', balances)).toThrow(
      expect.objectContaining({ code }),
    )
  })
})

describe('what was earned beyond what was billed', () => {
  const books = booksOf('CAD', { '2026-01-01': '1.30', '2026-01-31': '1.40' })
  const unbilled = {
    customerId: 'customer-1',
    contractId: 'contract-1',
    currency: 'USD',
    amount: -100_00n,
    worth: -131_00n,
    setApart: nothing,
    runs: 0,
  }

  /** The entries of the close and of the next day, in functional currency. */
  function draftsOf(balance: Partial<typeof unbilled>): EntryDraft[] {
    return postingsOfUnbilled(period('2026-01'), { ...unbilled, ...balance }).flatMap((setApart) => {
      const closing = draftEntry(books, setApart, null)
      return [closing, draftEntry(books, takenBack(period('2026-01'), setApart), closing)]
    })
  }

  it('is a contract asset at the close, at what it is carried at, and no longer on the next day', () => {
    const drafts = draftsOf({})
    expect(drafts.map(({ date, discriminator }) => `${date.toString()} ${discriminator}`)).toEqual([
      '2026-01-31 contract-1 USD',
      '2026-02-01 contract-1 USD',
    ])
    expect(drafts.flatMap(functional)).toEqual([
      'Dr CONTRACT_ASSETS 13100',
      'Cr DEFERRED_REVENUE 13100',
      'Cr CONTRACT_ASSETS 13100',
      'Dr DEFERRED_REVENUE 13100',
    ])
  })

  it.each([
    ['revenue is deferred', { amount: 1n }],
    ['all that was earned is billed', { amount: 0n }],
    ['an earlier run set it apart', { setApart: { amount: 100_00n, worth: 131_00n }, runs: 1 }],
  ])('is nothing where %s', (_, balance) => {
    expect(draftsOf(balance)).toEqual([])
  })

  it('is given back where an earlier run set another amount apart, and set apart anew', () => {
    const drafts = draftsOf({ setApart: { amount: 40_00n, worth: 52_00n }, runs: 1 })
    expect(drafts.map(({ discriminator }) => discriminator)).toEqual([
      'contract-1 USD 2',
      'contract-1 USD 2',
      'contract-1 USD 3',
      'contract-1 USD 3',
    ])
    expect(drafts.flatMap(functional)).toEqual([
      'Cr CONTRACT_ASSETS 5200',
      'Dr DEFERRED_REVENUE 5200',
      'Dr CONTRACT_ASSETS 5200',
      'Cr DEFERRED_REVENUE 5200',
      'Dr CONTRACT_ASSETS 13100',
      'Cr DEFERRED_REVENUE 13100',
      'Cr CONTRACT_ASSETS 13100',
      'Dr DEFERRED_REVENUE 13100',
    ])
  })

  it('is worth nothing rather than less, where rates left more of the worth than of the amount', () => {
    const [closing] = draftsOf({ amount: -1n, worth: 960n })
    expect(closing?.lines.map((line) => line.functionalDebit + line.functionalCredit)).toEqual([0n, 0n])
  })

  it('leaves nothing behind where it was billed at a lower rate than it was earned at', () => {
    // 100.00 were earned at 1.40 and 110.00 billed at 1.20: 10.00 are deferred, at −8.00.
    const schedule = {
      ...unbilled,
      productId: null,
      id: 'rs_1',
      legalEntityId: 'entity-1',
      description: 'Service',
    }
    const [month] = recognitionPosting(schedule, period('2026-01').period, 10_00n)
    if (month === undefined) throw new Error('nothing is earned')
    const deferred = { amount: 10_00n, worth: -8_00n }
    const { lines } = draftEntry(books, carryDeferred(month, deferred, nothing), null)
    expect(withDeferred(deferred, lines)).toEqual(nothing)
    expect(lines).toMatchObject([
      { role: 'DEFERRED_REVENUE', debit: 10_00n, functionalDebit: 0n, functionalCredit: 0n },
      { role: 'DEFERRED_REVENUE', debit: 0n, credit: 0n, functionalDebit: 0n, functionalCredit: 8_00n },
      { role: 'REVENUE', credit: 10_00n, functionalDebit: 0n, functionalCredit: 0n },
      { role: 'REVENUE', debit: 0n, credit: 0n, functionalDebit: 8_00n, functionalCredit: 0n },
    ])
  })
})

describe('any documents in another currency', () => {
  const rates = { '2025-01-01': '1.30', '2026-01-20': '1.3579', '2026-02-15': '0.7', '2026-03-15': '151.37' }
  const books = booksOf('CAD', rates)

  it('balance in both currencies, and leave nothing when everything is reversed', () => {
    fc.assert(
      fc.property(documents, (these) => {
        const posted = owedEntries(postingsOf(store(these)), [], (...drawn) => draftEntry(books, ...drawn))
        for (const { lines } of posted) {
          expect(sum(lines.map((line) => line.debit - line.credit))).toBe(0n)
          expect(sum(lines.map((line) => line.functionalDebit - line.functionalCredit))).toBe(0n)
        }
        const all = [...posted.flatMap(({ lines }) => lines), ...posted.flatMap(({ lines }) => mirror(lines))]
        for (const lines of Map.groupBy(all, ({ accountId }) => accountId).values()) {
          expect(sum(lines.map((line) => line.debit - line.credit))).toBe(0n)
          expect(sum(lines.map((line) => line.functionalDebit - line.functionalCredit))).toBe(0n)
        }
      }),
      documentRuns,
    )
  })
})

function published(text: string, source = 'test'): PublishedRate {
  const [pair = '', rate = '', date = ''] = text.split(' ')
  const [baseCurrency = '', quoteCurrency = ''] = pair.split('/')
  return { baseCurrency, quoteCurrency, rate, date: day(date), source }
}

function decimal({ numerator, denominator }: { numerator: bigint; denominator: bigint }): string {
  const isShort = 100n % denominator === 0n
  return isShort ? String(Number(numerator) / Number(denominator)) : `${numerator}/${denominator}`
}

/** Lines in functional currency as `Dr FX_REALIZED 500`. */
function functional({ lines }: EntryDraft): string[] {
  return lines.map(({ role, functionalDebit: debit, functionalCredit: credit }) =>
    debit > 0n ? `Dr ${role} ${debit}` : `Cr ${role} ${credit}`,
  )
}
