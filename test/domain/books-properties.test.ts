/** What holds for the books whatever happens between a company and a customer. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { historyRuns } from './arbitraries.ts'
import { offences } from './book-invariants.ts'
import { day, paymentFact, refundFact } from './documents.ts'
import { anyHistory, type History, stated } from './history.ts'
import { MemoryBooks, openingFacts } from './memory-books.ts'
import { tell } from './teller.ts'

const NAME = 'entity-1'
const OPENINGS = {
  USD: openingFacts({ functionalCurrency: 'USD' }, NAME),
  CAD: openingFacts({ functionalCurrency: 'CAD' }, NAME),
}

/** The books after a history, what is still owed for amendments, and all that is wrong after any of its steps. */
function live(history: History, find: (books: MemoryBooks) => readonly string[] = () => []) {
  const books = new MemoryBooks(OPENINGS[history.functionalCurrency])
  const { steps, owed } = tell(history, NAME)
  const wrong = steps.flatMap((step, index) => {
    books.take(step)
    return find(books).map((offence) => `step ${index}: ${offence}`)
  })
  return { books, owed, wrong }
}

/** Pays every invoice that is open, then gives back all that is on account. */
function settleAll(books: MemoryBooks): void {
  const payments = books.documents.invoices
    .filter(({ balance }) => balance > 0n)
    .map(({ id, customerId, legalEntityId, balance: amount }) =>
      paymentFact({
        ...stated(`last-payment-of-${id}`),
        customerId,
        legalEntityId,
        amount,
        receivedOn: day('2031-01-15'),
        allocations: [{ id: `last-allocation-of-${id}`, invoiceId: id, amount }],
      }),
    )
  books.take({ facts: { payments } })
  const refunds = books.documents.payments
    .filter(({ unapplied }) => unapplied > 0n)
    .map(({ id, unapplied: amount }) =>
      refundFact({
        ...stated(`last-refund-of-${id}`),
        paymentId: id,
        amount,
        refundedOn: day('2031-04-15'),
      }),
    )
  books.take({ facts: { refunds } })
}

describe('any contract, invoices, payments, credits, refunds, disputes, amendments, runs and closes', () => {
  it('keep every invariant after each of them, and leave deferred what is still owed for amendments', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const { books, owed, wrong } = live(history, offences)
        expect(wrong).toEqual([])
        expect(books.trialBalance()['DEFERRED_REVENUE']?.[0] ?? 0n).toBe(-owed)
      }),
      historyRuns,
    )
  })

  it('leave no receivables, in either currency, once all is settled', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const { books } = live(history)
        settleAll(books)
        expect(books.trialBalance()['RECEIVABLES']).toBeUndefined()
        expect(offences(books)).toEqual([])
      }),
      historyRuns,
    )
  })

  it('leave nothing on any account, in either currency, once all of it is reversed', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const { books } = live(history)
        books.takeBackEverything()
        expect(books.trialBalance()).toEqual({})
        expect(offences(books).filter((offence) => /^[1789] /.test(offence))).toEqual([])
      }),
      historyRuns,
    )
  })
})
