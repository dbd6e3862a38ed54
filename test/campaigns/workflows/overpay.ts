/**
 * A flow that is always taken back: a payment, and a credit note of more than the invoice, which billing refuses. It
 * shows what becomes of a compensation while nodes die, with commands of the product.
 */
import { readMoney } from '#domain/asked-money.ts'
import { parseDate, parseInstant } from '#platform/dates.ts'
import type { KeyedInput } from '#platform/mutation.ts'
import type { IssueCreditNote } from '#subgraphs/operations/flows/issue-credit-note.ts'
import { type RecordPayment, recordPayment } from '#subgraphs/operations/flows/record-payment.ts'
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import type { Flow, Step } from '#subgraphs/operations/workflows/flow.ts'

/** A payment and a credit note of one invoice. */
export interface Overpay extends KeyedInput {
  readonly payment: Omit<RecordPayment, 'idempotencyKey'>
  readonly creditNote: Omit<IssueCreditNote, 'idempotencyKey'>
}

type Prepared = Extract<
  Awaited<ReturnType<typeof recordPayment.prepare>>,
  { value: unknown }
>['value']['prepared']
type OverpayStep = Step<Systems, Overpay, Prepared>

const [payStep] = recordPayment.steps
const today = '2026-03-01'

const pay: OverpayStep = {
  name: 'pay',
  system: 'BILLING',
  kind: 'COMPENSATABLE',
  needs: [],
  run: (systems, { prepared }, effect) => {
    if (payStep === undefined) throw new Error('a payment has a step')
    return payStep.run(systems, { input: {} as never, prepared, results: {} }, effect)
  },
  undo: async ({ billing, erp }, { prepared, results }, effect) => {
    const { paymentId } = results['pay'] as { readonly paymentId: string }
    const refund = await billing.refundPayment(effect, {
      paymentId,
      reason: 'Taken back',
      creditNoteId: null,
      currency: prepared.currency,
      amount: BigInt(prepared.amount),
      refundedOn: parseDate(today),
    })
    if (refund.value === undefined) return refund
    return erp.book(effect, { contractIds: [], documentIds: [paymentId, refund.value.refundId] })
  },
}

const credit: OverpayStep = {
  name: 'credit',
  system: 'BILLING',
  kind: 'PIVOT',
  needs: [],
  run: ({ billing }, { input }, effect) => {
    const { invoiceId, reason, lines } = input.creditNote
    return billing.issueCreditNote(effect, {
      invoiceId,
      reason,
      issuedOn: parseDate(today),
      lines: lines.map(({ invoiceLineId, amount }) => ({
        invoiceLineId,
        amount: readMoney(amount, 'amount').value ?? 0n,
        servicePeriod: null,
      })),
    })
  },
}

export const overpay: Flow<Systems, Overpay, Prepared> = {
  name: 'overpay',
  prepare: (systems, { payment, idempotencyKey }) =>
    recordPayment.prepare(systems, {
      ...payment,
      idempotencyKey,
      receivedAt: parseInstant(String(payment.receivedAt)),
    }),
  steps: [pay, credit],
}
