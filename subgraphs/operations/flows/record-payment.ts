import { type AskedMoney, readMoney } from '#domain/asked-money.ts'
import type { Invoice, PaymentMethod } from '#domain/billing.ts'
import type { Customer } from '#domain/crm.ts'
import { type Outcome, violationIf } from '#domain/failure.ts'
import { checkPayment } from '#domain/invoice.ts'
import { checkPaymentDraft, type PaymentDraft } from '#domain/payment-draft.ts'
import { parseInstant } from '#platform/dates.ts'
import type { KeyedInput } from '#platform/mutation.ts'
import type { Jsonified } from '#platform/table.ts'
import type { Flow, Preparation, Step } from '../workflows/flow.ts'
import { book } from './book.ts'
import { checkBooked } from './refusals.ts'
import type { Systems } from './systems.ts'

/** Money that came in. */
export interface RecordPayment extends KeyedInput {
  readonly customerId: string
  readonly amount: AskedMoney
  readonly method: PaymentMethod
  readonly receivedAt: Temporal.Instant
  readonly allocations: readonly { readonly invoiceId: string; readonly amount: AskedMoney }[]
}

type PaymentStep = Step<Systems, RecordPayment, PaymentDraft>

/** Billing takes the money, which is not taken back unseen: from there on the books only follow. */
const payment: PaymentStep = {
  name: 'recordPayment',
  system: 'BILLING',
  kind: 'PIVOT',
  needs: [],
  parks: ['OUTSIDE_REFUSED'],
  run: ({ billing }, { prepared }, effect) => billing.recordPayment(effect, revive(prepared)),
}

const posting: PaymentStep = {
  name: 'postPayment',
  system: 'ERP',
  kind: 'RETRIABLE',
  needs: ['recordPayment'],
  uses: ['ACCOUNT'],
  run: book,
}

/** A payment is recorded, settles the invoices that it is meant for, and is posted. */
export const recordPayment: Flow<Systems, RecordPayment, PaymentDraft> = {
  name: 'recordPayment',
  prepare: async (systems, input) => {
    const { billing } = systems
    const named = await billing.readInvoices(input.allocations.map(({ invoiceId }) => invoiceId))
    const invoices = new Map(named.map((invoice) => [invoice.id, invoice]))
    const owerId = await owerOf(systems, input, invoices)
    const prepared = prepare(input, owerId, invoices)
    if (prepared.violations !== undefined) return prepared
    const { legalEntityId } = prepared.value.prepared
    const receivedOn = await billing.dayOf(input.receivedAt, legalEntityId)
    const refused = await checkBooked(systems, legalEntityId, receivedOn, 'receivedAt')
    return refused.length > 0 ? { violations: refused } : prepared
  },
  stakeOf: (_, { amount, currency }) => Promise.resolve({ minorUnits: BigInt(amount), currency }),
  steps: [payment, posting],
}

/** Most invoices of one payment. */
const MAX_ALLOCATIONS = 100

/**
 * Whose payment it is: documents stay with the customer that they were made out to where it was merged, and whoever
 * carries on pays them.
 */
async function owerOf(
  { crm }: Systems,
  { customerId, allocations: [first] }: RecordPayment,
  invoices: ReadonlyMap<string, Invoice>,
): Promise<string> {
  const owerId = invoices.get(first?.invoiceId ?? '')?.customerId ?? customerId
  if (owerId === customerId) return customerId
  const [payer, ower] = await Promise.all([crm.readCustomer(customerId), crm.readCustomer(owerId)])
  return payer && ower && carrierOf(payer) === carrierOf(ower) ? owerId : customerId
}

const carrierOf = ({ id, mergedIntoId }: Customer): string => mergedIntoId ?? id

/** The payment as billing will take it. It is one of the legal entity to which its invoices are owed. */
function prepare(
  { customerId: payerId, amount: asked, method, receivedAt, allocations }: RecordPayment,
  customerId: string,
  invoices: ReadonlyMap<string, Invoice>,
): Outcome<Preparation<PaymentDraft>> {
  const amount = readMoney(asked, 'amount')
  const parts = allocations.map((part, place) => readMoney(part.amount, `allocations.${place}.amount`))
  const [legalEntityId] = [...invoices.values()].map((invoice) => invoice.legalEntityId)
  const violations = [
    ...(amount.violations ?? []),
    ...parts.flatMap((part) => part.violations ?? []),
    ...violationIf(
      amount.value !== undefined && amount.value <= 0n,
      'AMOUNT_NOT_POSITIVE',
      'amount',
      'A payment is more than nothing',
    ),
    ...violationIf(
      allocations.length === 0,
      'REFERENCE_MISSING',
      'allocations',
      'Name an invoice that it pays',
    ),
    ...violationIf(
      allocations.length > MAX_ALLOCATIONS,
      'TOO_MANY',
      'allocations',
      `One payment pays at most ${MAX_ALLOCATIONS} invoices`,
    ),
    ...allocations.flatMap((part, place) =>
      violationIf(
        part.amount.currency !== asked.currency,
        'CURRENCY_MISMATCH',
        `allocations.${place}.amount.currency`,
        `The payment is in ${asked.currency}`,
      ),
    ),
    ...allocations.flatMap(({ invoiceId }, place) =>
      violationIf(
        !invoices.has(invoiceId),
        'REFERENCE_MISSING',
        `allocations.${place}.invoiceId`,
        'There is no such invoice',
      ),
    ),
  ]
  if (violations.length > 0 || amount.value === undefined || legalEntityId === undefined)
    return { violations }
  const prepared: PaymentDraft = {
    customerId,
    legalEntityId,
    outcome: 'SUCCEEDED',
    currency: asked.currency,
    amount: amount.value,
    fee: 0n,
    method,
    receivedAt,
    failureCode: null,
    failureMessage: null,
    allocations: allocations.map(({ invoiceId }, place) => ({
      invoiceId,
      amount: parts[place]?.value ?? 0n,
    })),
  }
  const named = prepared.allocations.map((part, place) => ({ ...part, id: `${place}` }))
  const refused = [
    ...checkPayment({ ...prepared, allocations: named }),
    ...checkPaymentDraft(prepared, invoices),
  ]
  if (refused.length > 0) return { violations: refused }
  const moneyAtRisk = { minorUnits: prepared.amount, currency: prepared.currency }
  const subject = `payments:${customerId}`
  return { value: { prepared, subject, customerId: payerId, legalEntityId, moneyAtRisk } }
}

function revive({ amount, fee, receivedAt, allocations, ...rest }: Jsonified<PaymentDraft>): PaymentDraft {
  return {
    ...rest,
    amount: BigInt(amount),
    fee: BigInt(fee),
    receivedAt: parseInstant(receivedAt),
    allocations: allocations.map((part) => ({ ...part, amount: BigInt(part.amount) })),
  }
}
