import { type AskedMoney, readMoney } from '#domain/asked-money.ts'
import { violationIf } from '#domain/failure.ts'
import { checkSettlement } from '#domain/payment-draft.ts'
import { parseInstant } from '#platform/dates.ts'
import type { KeyedInput } from '#platform/mutation.ts'
import type { Jsonified } from '#platform/table.ts'
import type { Flow, Step } from '../workflows/flow.ts'
import { book } from './book.ts'
import { checkBooked, missing } from './refusals.ts'
import type { Settling, Systems } from './systems.ts'

/** What became of a payment that was under way. */
export interface SettlePayment extends KeyedInput {
  readonly paymentId: string
  readonly outcome: 'SUCCEEDED' | 'FAILED'
  readonly settledAt: Temporal.Instant
  readonly fee?: AskedMoney | null
  readonly failureCode?: string | null
  readonly failureMessage?: string | null
}

type SettleStep = Step<Systems, SettlePayment, Settling>

const settle: SettleStep = {
  name: 'settlePayment',
  system: 'BILLING',
  kind: 'PIVOT',
  needs: [],
  run: ({ billing }, { prepared }, effect) => billing.settlePayment(effect, revive(prepared)),
}

const post: SettleStep = {
  name: 'postPayment',
  system: 'ERP',
  kind: 'RETRIABLE',
  needs: ['settlePayment'],
  uses: ['ACCOUNT'],
  run: book,
}

/** A payment that was under way arrives: its invoices are paid, the books have it; or it fails, and they are owed. */
export const settlePayment: Flow<Systems, SettlePayment, Settling> = {
  name: 'settlePayment',
  prepare: async (systems, { paymentId, outcome, settledAt, fee: asked, failureCode, failureMessage }) => {
    const payment = await systems.billing.readPayment(paymentId)
    if (payment === undefined) return missing('paymentId', 'There is no such payment')
    const { value: fee, violations } = asked ? readMoney(asked, 'fee') : { value: 0n }
    if (violations !== undefined) return { violations }
    const { currency, customerId, legalEntityId, amount } = payment
    const prepared: Settling = {
      paymentId,
      outcome,
      settledAt,
      fee,
      failureCode: failureCode ?? null,
      failureMessage: failureMessage ?? null,
    }
    const settledOn = await systems.billing.dayOf(settledAt, legalEntityId)
    const refused = [
      ...checkSettlement(payment, prepared),
      ...(await checkBooked(systems, legalEntityId, settledOn, 'settledAt')),
      ...violationIf(
        asked !== undefined && asked !== null && asked.currency !== currency,
        'CURRENCY_MISMATCH',
        'fee',
        `The payment is in ${currency}`,
      ),
      ...violationIf(
        outcome === 'SUCCEEDED' && prepared.failureCode !== null,
        'STATUS_FORBIDS',
        'failureCode',
        'A payment that arrived has not failed',
      ),
    ]
    if (refused.length > 0) return { violations: refused }
    const moneyAtRisk = { minorUnits: amount, currency }
    return { value: { prepared, subject: `payment:${paymentId}`, customerId, legalEntityId, moneyAtRisk } }
  },
  steps: [settle, post],
}

const revive = ({ fee, settledAt, ...rest }: Jsonified<Settling>): Settling => ({
  ...rest,
  fee: BigInt(fee),
  settledAt: parseInstant(settledAt),
})
