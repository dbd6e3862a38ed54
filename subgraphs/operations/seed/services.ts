/** What is billed beside the periods of contracts: volume above the commitment, training days, workshops. */
import { firstDay, isBefore } from '#domain/calendar.ts'
import type {
  InvoiceFact,
  InvoiceLine,
  SubscriptionFact,
  SubscriptionItem,
  UsageFact,
} from '#domain/billing.ts'
import type { DateRange } from '#domain/entity.ts'
import { OFFERINGS, listPrice, productId } from './catalogue.ts'
import { newInvoice } from './billing.ts'
import type { World } from './company.ts'
import type { Profile } from './customers.ts'
import type { Deal } from './deal.ts'
import { Random } from './random.ts'
import type { References } from './references.ts'

const TRAINING_PERCENT = 22
const WORKSHOPS_PERCENT = 30
const DRAFT_PERCENT = 4
const RECORDS_PER_MONTH = 4
/** Months of one contract that are metered at most. */
const MAX_MONTHS = 36

/** The use of a contract's committed volume, month by month, and the invoices for what went beyond it. */
export function meteredUsage(
  deal: Deal,
  subscription: SubscriptionFact,
  world: World,
  references: References,
): { usage: UsageFact[]; invoices: InvoiceFact[] } {
  const random = new Random(world.seed, 'usage', deal.number)
  const volume = productId(world.seed, 'events')
  const metered = subscription.items.filter((it) => it.productId === volume)
  const months = metered.flatMap((item) => monthsOfUse(item, deal, world).map((month) => ({ item, month })))
  const usage: UsageFact[] = []
  const invoices: InvoiceFact[] = []
  for (const { item, month } of months) {
    const used = Math.round((Number(item.quantity) * random.between(50, 125)) / 100)
    usage.push(...records(used, month, item, subscription, deal, references))
    const excess = BigInt(used - Number(item.quantity))
    if (excess > 0n && !isBefore(world.today, month.end)) {
      const line = excessLine(excess, month, item, deal, references)
      invoices.push(newInvoice(deal.profile, month.end, [line], subscription, references))
    }
  }
  return { usage, invoices }
}

/** Invoices without a contract: training that was held, workshops that run for a quarter, and drafts. */
export function servicesFor(
  profile: Profile,
  since: Temporal.PlainDate,
  world: World,
  references: References,
): InvoiceFact[] {
  const random = new Random(world.seed, 'services', profile.index)
  const days = since.until(world.today, { largestUnit: 'day' }).days
  if (days < 1) return []
  const date = since.add({ days: random.between(0, days - 1) })
  const held = random.chance(TRAINING_PERCENT)
    ? [newInvoice(profile, date, [serviceLine(random, profile, date, world, references)], null, references)]
    : []
  return random.chance(DRAFT_PERCENT) ? [...held, draft(random, profile, world, references)] : held
}

/** Whole calendar months of a metered item that are over. */
function monthsOfUse(item: SubscriptionItem, deal: Deal, { today }: World): DateRange[] {
  const first = item.startDate.toPlainYearMonth()
  const months = Array.from({ length: MAX_MONTHS }, (_, index): DateRange => {
    const month = first.add({ months: index })
    return { start: firstDay(month), end: firstDay(month.add({ months: 1 })) }
  })
  const isOver = ({ start, end }: DateRange) =>
    !isBefore(start, item.startDate) && !isBefore(deal.end, end) && !isBefore(today, end)
  return months.filter(isOver)
}

/** A month's use in a few records; the last one takes what does not divide. */
function records(
  used: number,
  month: DateRange,
  item: SubscriptionItem,
  subscription: SubscriptionFact,
  { profile }: Deal,
  references: References,
): UsageFact[] {
  const share = Math.floor(used / RECORDS_PER_MONTH)
  return Array.from({ length: RECORDS_PER_MONTH }, (_, index): UsageFact => {
    const isLast = index === RECORDS_PER_MONTH - 1
    return {
      ...references.next('usage'),
      subscriptionId: subscription.id,
      subscriptionItemId: item.id,
      quantity: String(isLast ? used - share * index : share),
      usedAt: month.start
        .add({ days: 7 * index + 6 })
        .toZonedDateTime({ timeZone: profile.entity.timeZone, plainTime: '23:00' })
        .toInstant(),
    }
  })
}

/** Delivered already, so it is revenue at once: no service period, and no part of the contract's own value. */
function excessLine(
  excess: bigint,
  month: DateRange,
  item: SubscriptionItem,
  { currency }: Deal,
  references: References,
): InvoiceLine {
  return {
    id: references.nextId('invoiceLine'),
    description: `${OFFERINGS.events.name} above the commitment, ${month.start.toPlainYearMonth().toString()}`,
    productId: item.productId,
    subscriptionItemId: item.id,
    contractLineId: null,
    quantity: String(excess),
    amount: excess * OFFERINGS.events.list[currency],
    discount: 0n,
    servicePeriod: null,
  }
}

function serviceLine(
  random: Random,
  profile: Profile,
  date: Temporal.PlainDate,
  { seed }: World,
  references: References,
): InvoiceLine {
  const isSeries = random.chance(WORKSHOPS_PERCENT)
  const quantity = random.between(1, 5)
  return {
    id: references.nextId('invoiceLine'),
    description: isSeries ? 'Series of workshops over three months' : OFFERINGS.training.name,
    productId: productId(seed, 'training'),
    subscriptionItemId: null,
    contractLineId: null,
    quantity: String(quantity),
    amount: listPrice('training', profile.entity.currency, null) * BigInt(quantity),
    discount: 0n,
    servicePeriod: isSeries ? { start: date, end: date.add({ months: 3 }) } : null,
  }
}

/** An invoice that somebody is still writing today. */
function draft(random: Random, profile: Profile, world: World, references: References): InvoiceFact {
  const line = serviceLine(random, profile, world.today, world, references)
  return { ...newInvoice(profile, world.today, [line], null, references), lifecycle: 'DRAFT' }
}
