import {
  type ClosingDeal,
  type DealStage,
  dealStages,
  type Durations,
  durationsOf,
  type LateDeal,
  lateClosing,
  lateDeal,
  stageOf,
  type WonDeal,
} from '#domain/deal-progress.ts'
import type { PrintableMoney } from '#domain/money.ts'
import type { Queryable } from '#platform/database.ts'
import { publicError } from '#platform/errors.ts'
import { Totals } from '../totals.ts'
import { readClosingDeals } from './closing.ts'
import type { HealthSources } from './sources.ts'

/** The days whose deals are looked at, both included. */
export interface HealthRange {
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
}

/** Deals of one look. */
const STRETCH_DEALS = 1_000
/** Deals of one answer. */
const MAX_DEALS = 200_000
/** Deals that are being closed, of one answer. */
const MAX_CLOSING = 10_000
/** Late deals that are shown. */
const SHOWN_DEALS = 100

/** How many deals reached a stage, and what they come to by currency. */
interface StageOf {
  readonly stage: DealStage
  readonly count: number
  /** Those that have come no further; none of the last stage. */
  readonly waiting: number
  readonly totals: readonly PrintableMoney[]
}

/** How the deals of a range of days get on. */
export interface DealsHealth {
  readonly funnel: readonly StageOf[]
  /** Days from the day on which a deal was won to that of its first invoice. */
  readonly dealToInvoiceDays: Durations
  /** Seconds from the recording of a first invoice to that of its posting. */
  readonly invoiceToPostingSeconds: Durations
  readonly lateCount: number
  readonly lateTotals: readonly PrintableMoney[]
  /** The longest late first, at most SHOWN_DEALS. */
  readonly late: readonly LateDeal[]
}

/**
 * Looks at the deals that were won in a range of days, stretch by stretch, and at those that were agreed on in it and
 * are still being closed. Throws BAD_USER_INPUT for too many.
 */
export async function readDealsHealth(
  db: Queryable,
  { wonDeals }: HealthSources,
  range: HealthRange,
  today: Temporal.PlainDate,
): Promise<DealsHealth> {
  const tally = createTally(today)
  const closing = await readClosingDeals(db, range, MAX_CLOSING + 1)
  if (closing.length > MAX_CLOSING) throw tooMany(MAX_CLOSING, 'are being closed')
  for (const deal of closing) tally.addClosing(deal)
  let after: WonDeal | null = null
  for (let count = 0; count < MAX_DEALS; count += STRETCH_DEALS) {
    const deals = await wonDeals({ ...range, after, limit: STRETCH_DEALS })
    for (const deal of deals) tally.add(deal)
    after = deals.at(-1) ?? null
    if (deals.length < STRETCH_DEALS) return tally.health()
  }
  throw tooMany(MAX_DEALS, 'were won')
}

const tooMany = (count: number, what: string): Error =>
  publicError(
    'BAD_USER_INPUT',
    `More than ${count} deals ${what} between "from" and "to": ask for fewer days.`,
  )

function createTally(today: Temporal.PlainDate): {
  readonly add: (deal: WonDeal) => void
  readonly addClosing: (deal: ClosingDeal) => void
  readonly health: () => DealsHealth
} {
  const stages = dealStages.map((stage) => ({ stage, count: 0, waiting: 0, totals: new Totals() }))
  const days: number[] = []
  const seconds: number[] = []
  /** By opportunity: whoever looks at what holds a deal up is the one to be asked. */
  const late = new Map<string, LateDeal>()
  const addLate = (deal: LateDeal | null): void => {
    if (deal !== null) late.getOrInsert(deal.opportunityId, deal)
  }
  return {
    addClosing: (deal) => addLate(lateClosing(deal, today)),
    add: (deal) => {
      const reached = dealStages.indexOf(stageOf(deal))
      for (const stage of stages.slice(0, reached + 1)) {
        stage.count += 1
        stage.totals.add(deal.amount)
      }
      const last = stages[reached]
      if (last !== undefined && last.stage !== 'PAID') last.waiting += 1
      const { invoice, postedAt, wonOn } = deal
      if (invoice !== null) days.push(wonOn.until(invoice.issuedOn, { largestUnit: 'day' }).days)
      if (invoice !== null && postedAt !== null)
        seconds.push(Math.max(0, invoice.issuedAt.until(postedAt).total('seconds')))
      addLate(lateDeal(deal, today))
    },
    health: () => ({
      funnel: stages.map((stage) => ({ ...stage, totals: stage.totals.list() })),
      dealToInvoiceDays: durationsOf(days),
      invoiceToPostingSeconds: durationsOf(seconds),
      lateCount: late.size,
      lateTotals: totalsOf(late.values()),
      late: [...late.values()]
        .toSorted(
          (a, b) =>
            Temporal.PlainDate.compare(a.dueOn, b.dueOn) || (a.opportunityId < b.opportunityId ? -1 : 1),
        )
        .slice(0, SHOWN_DEALS),
    }),
  }
}

function totalsOf(deals: Iterable<LateDeal>): PrintableMoney[] {
  const totals = new Totals()
  for (const { amount } of deals) totals.add(amount)
  return totals.list()
}
