import { type AskedMoney, readMoney } from '#domain/asked-money.ts'
import { checkClosing, checkDispute } from '#domain/dispute-terms.ts'
import type { Money } from '#domain/money.ts'
import { checkReason } from '#domain/person.ts'
import { parseDate } from '#platform/dates.ts'
import type { KeyedInput } from '#platform/mutation.ts'
import type { Jsonified } from '#platform/table.ts'
import type { Flow, Preparation, Step } from '../workflows/flow.ts'
import { book } from './book.ts'
import { checkBooked, missing } from './refusals.ts'
import { sharingSteps } from './share-standing.ts'
import type { DisputeClosing, DisputeOpening, Systems } from './systems.ts'

/** A payment that its payer contests at the bank. */
export interface OpenDispute extends KeyedInput {
  readonly paymentId: string
  readonly amount: AskedMoney
  readonly fundsWithdrawn?: boolean
  readonly reason: string
  readonly openedOn: Temporal.PlainDate
  readonly evidenceDueOn?: Temporal.PlainDate | null
}

/** What the bank decided. */
export interface CloseDispute extends KeyedInput {
  readonly disputeId: string
  readonly outcome: 'WON' | 'LOST'
  readonly closedOn: Temporal.PlainDate
}

/** A dispute that billing was told of by its source. */
export interface FollowDispute extends KeyedInput {
  readonly disputeId: string
}

/** Who is concerned by what happens to a dispute, and when that is. */
interface Concerned {
  /** The customer that CRM knows. */
  readonly customerId: string
  /** The customer on the documents: another one where it was merged since. */
  readonly payerId: string
  readonly on: Temporal.PlainDate
}

type DisputeStep<Input, Prepared extends Concerned> = Step<Systems, Input, Prepared>

/** What follows in the systems from what happened to a dispute, whoever told of it. */
function followingSteps<Input, Prepared extends Concerned>(): DisputeStep<Input, Prepared>[] {
  const { read, show } = sharingSteps<Input, Prepared>()
  return [
    {
      name: 'steerCollection',
      system: 'BILLING',
      kind: 'RETRIABLE',
      needs: [],
      run: ({ billing }, { prepared }, effect) => {
        const { payerId, on } = prepared as Jsonified<Concerned>
        return billing.steerCollection(effect, { customerId: payerId, on: parseDate(on) })
      },
    },
    { ...read, needs: ['steerCollection'] },
    show,
  ]
}

const post = {
  name: 'postDispute',
  system: 'ERP',
  kind: 'RETRIABLE',
  uses: ['ACCOUNT'],
  run: book,
} as const

/** Opens a dispute: the bank's money is set apart, nobody is reminded, and sales sees it. */
export const openDispute: Flow<Systems, OpenDispute, Concerned & { readonly opening: DisputeOpening }> = {
  name: 'openDispute',
  prepare: async (systems, input) => {
    const { paymentId, amount: asked, fundsWithdrawn = true, reason, openedOn, evidenceDueOn = null } = input
    const payment = await systems.billing.readPayment(paymentId)
    if (payment === undefined) return missing('paymentId', 'There is no such payment')
    const { value: amount, violations } = readMoney(asked, 'amount')
    if (violations !== undefined) return { violations }
    const { currency } = asked
    const { legalEntityId } = payment
    const opening = { paymentId, currency, amount, fundsWithdrawn, reason, openedOn, evidenceDueOn }
    const refused = [
      ...checkDispute(payment, opening, await systems.billing.readDisputes(paymentId)),
      ...(await checkBooked(systems, legalEntityId, openedOn, 'openedOn')),
      ...checkReason(reason),
    ]
    if (refused.length > 0) return { violations: refused }
    const concerned = await concernedBy(systems, payment.customerId, openedOn)
    if (concerned === undefined) return missing('paymentId', 'Nobody knows whose payment it is')
    const moneyAtRisk = { minorUnits: amount, currency }
    return { value: preparation({ ...concerned, opening }, legalEntityId, moneyAtRisk) }
  },
  steps: [
    {
      name: 'openDispute',
      system: 'BILLING',
      kind: 'PIVOT',
      needs: [],
      run: ({ billing }, { prepared: { opening } }, effect) =>
        billing.openDispute(effect, {
          ...opening,
          amount: BigInt(opening.amount),
          openedOn: parseDate(opening.openedOn),
          evidenceDueOn: opening.evidenceDueOn === null ? null : parseDate(opening.evidenceDueOn),
        }),
    },
    { ...post, needs: ['openDispute'] },
    ...followingSteps<OpenDispute, Concerned & { readonly opening: DisputeOpening }>(),
  ],
}

/** Closes a dispute: the money is back or lost, reminding goes on unless another dispute is open, and sales sees it. */
export const closeDispute: Flow<Systems, CloseDispute, Concerned & { readonly closing: DisputeClosing }> = {
  name: 'closeDispute',
  prepare: async (systems, { disputeId, outcome, closedOn }) => {
    const dispute = await systems.billing.readDispute(disputeId)
    if (dispute === undefined) return missing('disputeId', 'There is no such dispute')
    const legalEntityId = await legalEntityOf(systems, dispute.paymentId)
    const violations = [
      ...checkClosing(dispute, closedOn),
      ...(await checkBooked(systems, legalEntityId ?? '', closedOn, 'closedOn')),
    ]
    if (violations.length > 0) return { violations }
    const concerned = await concernedBy(systems, dispute.customerId, closedOn)
    if (concerned === undefined) return missing('disputeId', 'Nobody knows whose payment it is about')
    const moneyAtRisk = { minorUnits: dispute.amount, currency: dispute.currency }
    const closing = { disputeId, outcome, closedOn }
    return { value: preparation({ ...concerned, closing }, legalEntityId, moneyAtRisk) }
  },
  steps: [
    {
      name: 'closeDispute',
      system: 'BILLING',
      kind: 'PIVOT',
      needs: [],
      run: ({ billing }, { prepared: { closing } }, effect) =>
        billing.closeDispute(effect, { ...closing, closedOn: parseDate(closing.closedOn) }),
    },
    { ...post, needs: ['closeDispute'] },
    ...followingSteps<CloseDispute, Concerned & { readonly closing: DisputeClosing }>(),
  ],
}

/** What a source told of a dispute, which billing and the books have taken in: the rest of the systems follow. */
export const followDispute: Flow<Systems, FollowDispute, Concerned> = {
  name: 'followDispute',
  prepare: async (systems, { disputeId }) => {
    const dispute = await systems.billing.readDispute(disputeId)
    if (dispute === undefined) return missing('disputeId', 'There is no such dispute')
    const { paymentId, customerId, closedOn, openedOn, amount, currency } = dispute
    const concerned = await concernedBy(systems, customerId, closedOn ?? openedOn)
    if (concerned === undefined) return missing('disputeId', 'Nobody knows whose payment it is about')
    const legalEntityId = await legalEntityOf(systems, paymentId)
    return { value: preparation(concerned, legalEntityId, { minorUnits: amount, currency }) }
  },
  steps: followingSteps(),
}

/** Undefined where the customer is not known to CRM. */
async function concernedBy(
  { crm }: Systems,
  payerId: string | null,
  on: Temporal.PlainDate,
): Promise<Concerned | undefined> {
  const payer = payerId === null ? undefined : await crm.readCustomer(payerId)
  return payer && { customerId: payer.mergedIntoId ?? payer.id, payerId: payer.id, on }
}

const legalEntityOf = async ({ billing }: Systems, paymentId: string): Promise<string | null> =>
  (await billing.readPayment(paymentId))?.legalEntityId ?? null

/** What is told of the disputes of one payer happens one after another: the last one finds them all. */
function preparation<Prepared extends Concerned>(
  prepared: Prepared,
  legalEntityId: string | null,
  moneyAtRisk: Money,
): Preparation<Prepared> {
  const { customerId, payerId } = prepared
  return { prepared, subject: `disputes:${payerId}`, customerId, legalEntityId, moneyAtRisk }
}
