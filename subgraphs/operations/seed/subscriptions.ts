/** Subscriptions: what the billing system runs for a contract, item for recurring line. */
import type {
  DunningStatus,
  SubscriptionFact,
  SubscriptionItem,
  SubscriptionStatus,
} from '#domain/billing.ts'
import { billingPeriods, isBefore } from '#domain/calendar.ts'
import type { ContractStatus } from '#domain/crm.ts'
import type { DateRange } from '#domain/entity.ts'
import { priceId } from './catalogue.ts'
import type { World } from './company.ts'
import { contractStatus } from './deal.ts'
import type { Deal } from './deal.ts'
import type { References } from './references.ts'
import type { SoldLine } from './sale.ts'

/** The subscription that mirrors the recurring lines of a contract. */
export function subscriptionOf(deal: Deal, world: World, references: References): SubscriptionFact {
  const status = contractStatus(deal, world.today)
  const hasEnded = status === 'TERMINATED' || status === 'EXPIRED' || status === 'RENEWED'
  return {
    ...references.next('subscription'),
    customerId: deal.profile.id,
    contractId: deal.fact.id,
    legalEntityId: deal.profile.entity.id,
    status: STATUSES[status] ?? 'ACTIVE',
    currency: deal.currency,
    collectionMethod: deal.profile.payer.collectionMethod,
    startDate: deal.start,
    currentPeriod: currentPeriod(deal, world),
    cancelAt: deal.autoRenew || hasEnded ? null : deal.end,
    endedOn: hasEnded ? deal.end : null,
    items: deal.lines.flatMap((line) => item(line, deal, world, references)),
  }
}

/** What reminders make of a subscription that runs: the worst of those that are still open decides. */
export function statusInDunning(reminders: readonly DunningStatus[]): SubscriptionStatus {
  if (reminders.includes('EXHAUSTED')) return 'UNPAID'
  return reminders.some((status) => status !== 'RECOVERED') ? 'PAST_DUE' : 'ACTIVE'
}

/** A signed contract that has not started is on trial until it does; all others follow the contract. */
const STATUSES: Partial<Record<ContractStatus, SubscriptionStatus>> = {
  SIGNED: 'TRIALING',
  SUSPENDED: 'PAUSED',
  TERMINATED: 'CANCELED',
  EXPIRED: 'CANCELED',
  RENEWED: 'CANCELED',
}

/** The period that today is in; the last one of a contract that has ended; the time before one that has not begun. */
function currentPeriod(deal: Deal, { today }: World): DateRange {
  if (isBefore(today, deal.start)) return { start: deal.signedOn ?? today, end: deal.start }
  const begun = billingPeriods(deal, deal.interval).filter(({ start }) => !isBefore(today, start))
  return begun.at(-1) ?? { start: deal.start, end: deal.end }
}

function item(line: SoldLine, deal: Deal, { seed }: World, references: References): SubscriptionItem[] {
  if (line.interval === null) return []
  return [
    {
      id: references.nextId('subscriptionItem'),
      productId: line.productId,
      priceId: priceId(seed, line.offering, deal.currency, line.interval),
      contractLineId: line.id,
      quantity: String(line.quantity),
      unitPrice: line.unitPrice,
      interval: line.interval,
      startDate: line.start,
      endDate: line.end,
    },
  ]
}
