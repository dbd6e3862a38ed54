import { billingCycles, covers, earlier, isBefore, later } from './calendar.ts'
import { anchorOf } from './contract.ts'
import type { SubscriptionFact, SubscriptionItem, SubscriptionStatus } from './billing.ts'
import type { ContractFact, ContractLine, ContractStatus } from './crm.ts'
import type { DateRange, Interval } from './entity.ts'

/** What of a contract its subscription follows from. */
export type SubscribedTerms = Pick<
  ContractFact,
  | 'id'
  | 'customerId'
  | 'legalEntityId'
  | 'status'
  | 'currency'
  | 'signedOn'
  | 'startDate'
  | 'endDate'
  | 'billingAnchor'
  | 'autoRenew'
  | 'lines'
>

/** What of a subscription follows from its contract. */
export type FollowedTerms = Omit<SubscriptionFact, 'id' | 'externalRefs' | 'collectionMethod' | 'items'> & {
  readonly items: readonly ItemTerms[]
}

/** An item before it has an id of its own: the line that it bills names it. */
type ItemTerms = Omit<SubscriptionItem, 'id' | 'priceId' | 'contractLineId'> & {
  readonly contractLineId: string
}

const endedContracts: ReadonlySet<ContractStatus> = new Set(['TERMINATED', 'EXPIRED', 'RENEWED'])
/** How far a customer is behind is known to billing alone: the contract does not tell. */
const behind: ReadonlySet<SubscriptionStatus> = new Set(['PAST_DUE', 'UNPAID'])

/** A contract line that is billed again and again. */
type RecurringLine = ContractLine & { readonly interval: Interval }

/**
 * What billing runs for a contract as it is today: an item for each recurring line, with its quantity, price and dates.
 * One-time lines are billed, not subscribed. A contract that has not begun is on trial; one that was ended runs on
 * until its last day. Its billing period is that of `periodOn`.
 */
export function followContract(
  contract: SubscribedTerms,
  today: Temporal.PlainDate,
  before: SubscriptionStatus | null,
  periodOn: Temporal.PlainDate = today,
): FollowedTerms {
  const { id, customerId, legalEntityId, currency, startDate, endDate, autoRenew } = contract
  const isEnding = endsContract(contract)
  const hasEnded = isEnding && !isBefore(today, endDate)
  return {
    customerId,
    contractId: id,
    legalEntityId,
    status: hasEnded ? 'CANCELED' : runningStatus(contract, today, before),
    currency,
    startDate,
    currentPeriod: currentPeriod(contract, periodOn),
    cancelAt: hasEnded || (autoRenew && !isEnding) ? null : endDate,
    endedOn: hasEnded ? endDate : null,
    items: recurringLines(contract).map(itemTerms),
  }
}

/** Whether a contract was ended, or goes on in another one: it runs to its last day, and no further. */
export const endsContract = ({ status }: Pick<ContractFact, 'status'>): boolean => endedContracts.has(status)

/** The lines of a contract that are billed again and again. */
export function recurringLines({ lines }: Pick<ContractFact, 'lines'>): RecurringLine[] {
  return lines.flatMap((line) => {
    const { interval } = line
    return interval === null ? [] : [{ ...line, interval }]
  })
}

function itemTerms(line: RecurringLine): ItemTerms {
  const { id: contractLineId, productId, quantity, unitPrice, interval, servicePeriod } = line
  const { start: startDate, end: endDate } = servicePeriod
  return { productId, contractLineId, quantity, unitPrice, interval, startDate, endDate }
}

function runningStatus(
  { status, startDate }: SubscribedTerms,
  today: Temporal.PlainDate,
  before: SubscriptionStatus | null,
): SubscriptionStatus {
  if (status === 'SUSPENDED') return 'PAUSED'
  if (before !== null && behind.has(before)) return before
  return isBefore(today, startDate) ? 'TRIALING' : 'ACTIVE'
}

/** The billing period that today is in: of several, the one that ends first. Before the start, the time until then. */
function currentPeriod(contract: SubscribedTerms, today: Temporal.PlainDate): DateRange {
  const { signedOn, startDate: start, endDate: end } = contract
  if (isBefore(today, start)) return { start: earlier(signedOn ?? today, today), end: start }
  const day = later(start, earlier(today, end.subtract({ days: 1 })))
  const periods = intervalsOn(contract, day).flatMap((interval) =>
    billingCycles({ start, end }, interval, anchorOf(contract)).filter(({ part }) => covers(part, day)),
  )
  return periods.map(({ part }) => part).reduce((a, b) => (isBefore(b.end, a.end) ? b : a), { start, end })
}

/** The intervals of the lines that run on a day; of all, where none does. */
function intervalsOn(contract: SubscribedTerms, day: Temporal.PlainDate): Interval[] {
  const lines = recurringLines(contract)
  const running = lines.filter(({ servicePeriod }) => covers(servicePeriod, day))
  return (running.length > 0 ? running : lines).map(({ interval }) => interval)
}
