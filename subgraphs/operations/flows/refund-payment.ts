import { type AskedMoney, readMoney } from '#domain/asked-money.ts'
import { checkReason } from '#domain/person.ts'
import { checkRefund } from '#domain/refund-terms.ts'
import { parseDate } from '#platform/dates.ts'
import type { KeyedInput } from '#platform/mutation.ts'
import type { Jsonified } from '#platform/table.ts'
import type { Flow, Step } from '../workflows/flow.ts'
import { book } from './book.ts'
import { missing } from './refusals.ts'
import type { Refunding, Systems } from './systems.ts'

/** What is given back of a payment. */
export interface RefundPayment extends KeyedInput {
  readonly paymentId: string
  readonly amount: AskedMoney
  readonly reason: string
}

type RefundStep = Step<Systems, RefundPayment, Refunding>

const refund: RefundStep = {
  name: 'refundPayment',
  system: 'BILLING',
  kind: 'PIVOT',
  needs: [],
  // The customer is owed it still: a person has it tried again, in another way, or calls it off.
  parks: ['OUTSIDE_REFUSED'],
  run: ({ billing }, { prepared }, effect) => billing.refundPayment(effect, revive(prepared)),
}

const post: RefundStep = {
  name: 'postRefund',
  system: 'ERP',
  kind: 'RETRIABLE',
  needs: ['refundPayment'],
  uses: ['ACCOUNT'],
  run: book,
}

/** Money goes back: what is on account first, the rest lowers revenue; the books follow. */
export const refundPayment: Flow<Systems, RefundPayment, Refunding> = {
  name: 'refundPayment',
  prepare: async ({ billing }, { paymentId, amount: asked, reason }) => {
    const payment = await billing.readPayment(paymentId)
    if (payment === undefined) return missing('paymentId', 'There is no such payment')
    const { value: amount, violations } = readMoney(asked, 'amount')
    if (violations !== undefined) return { violations }
    const { customerId, legalEntityId } = payment
    const refundedOn = await billing.today(legalEntityId)
    const prepared = { paymentId, reason, creditNoteId: null, currency: asked.currency, amount, refundedOn }
    const disputes = await billing.readDisputes(paymentId)
    const refused = [...checkRefund(payment, prepared, disputes), ...checkReason(reason)]
    if (refused.length > 0) return { violations: refused }
    const moneyAtRisk = { minorUnits: amount, currency: asked.currency }
    return { value: { prepared, subject: `payment:${paymentId}`, customerId, legalEntityId, moneyAtRisk } }
  },
  stakeOf: (_, { amount, currency }) => Promise.resolve({ minorUnits: BigInt(amount), currency }),
  steps: [refund, post],
}

const revive = ({ amount, refundedOn, ...rest }: Jsonified<Refunding>): Refunding => ({
  ...rest,
  amount: BigInt(amount),
  refundedOn: parseDate(refundedOn),
})
