/** Has both ways live through the same story under the same faults, and has one judge look at what the systems hold. */
import { openGraphWay } from './graph.ts'
import { pointToPoint, type Proration } from './integration.ts'
import { blockersOf, type Break, breaksOf, type Held } from './judge.ts'
import { doneFor, type Outside, postedAt, startOutside } from './outside.ts'
import { play } from './play.ts'
import { type Deal, DAYS, type Weather } from './story.ts'
import type { Way } from './way.ts'

/** What came of the story on one way. Amounts are in minor units of dollars. */
export interface Outcome {
  readonly breaks: readonly Break[]
  /** Sales, upgrades and payments, and how many of them left a break. */
  readonly transactions: number
  readonly failed: number
  /** Of how many things a person was told that they went wrong. */
  readonly told: number
  /** What the three systems say was sold, and what was paid. */
  readonly signed: bigint
  readonly billed: bigint
  readonly posted: bigint
  readonly paid: bigint
  readonly paidInBooks: bigint
  /** Documents that billing or ERP has alone. */
  readonly blockers: number
  /** From the sale to a subscription, a bill and its entry in the ERP, in milliseconds, ascending; of who got there. */
  readonly activationMs: readonly number[]
  /** By the books, in tenths of a day, over the days since the first bill; null where nothing was posted. */
  readonly salesOutstanding: bigint | null
}

/** Plays it point to point. */
export const throughScripts = (
  deals: readonly Deal[],
  weather: Weather,
  proration?: Proration,
): Promise<Outcome> =>
  withOutside(deals, weather, (outside) => Promise.resolve(pointToPoint(outside, proration)))

/** Plays it through the graph, over a database in which nothing but schemas may be. */
export const throughGraph = (
  databaseUrl: string,
  deals: readonly Deal[],
  weather: Weather,
): Promise<Outcome> =>
  withOutside(deals, weather, (outside) => openGraphWay(databaseUrl, outside, weather, deals))

async function withOutside(
  deals: readonly Deal[],
  weather: Weather,
  open: (outside: Outside) => Promise<Way>,
): Promise<Outcome> {
  const outside = await startOutside(weather)
  try {
    const way = await open(outside)
    try {
      const soldAt = await play(way, outside, deals, weather)
      return await outcomeOf(way, outside, deals, soldAt)
    } finally {
      await way.close()
    }
  } finally {
    await outside.stop()
  }
}

async function outcomeOf(
  way: Way,
  outside: Outside,
  deals: readonly Deal[],
  soldAt: ReadonlyMap<Deal, number>,
): Promise<Outcome> {
  const all: { deal: Deal; held: Held; isPaid: boolean }[] = []
  for (const deal of deals) {
    const isPaid = doneFor(outside.billing, 'recordPayment', deal).length > 0
    all.push({ deal, held: await way.heldOf(deal), isPaid })
  }
  const breaks = all.flatMap(({ deal, held, isPaid }) => breaksOf(deal, held, isPaid))
  const total = (kind: keyof Held): bigint =>
    all.flatMap(({ held }) => held[kind]).reduce((sum, amount) => sum + amount, 0n)
  const [posted, paidInBooks] = [total('INVOICE_POSTING'), total('PAYMENT_POSTING')]
  return {
    breaks,
    transactions: all.reduce(
      (sum, { deal, isPaid }) => sum + 1 + Number(deal.isUpgraded) + Number(isPaid),
      0,
    ),
    failed: new Set(breaks.map(({ deal, step }) => `${deal} ${step}`)).size,
    told: await way.told(),
    signed: total('CONTRACT'),
    billed: total('INVOICE'),
    posted,
    paid: total('PAYMENT'),
    paidInBooks,
    blockers: all.reduce((sum, { held }) => sum + blockersOf(held), 0),
    activationMs: all
      .flatMap(({ deal, held }) => activationOf(deal, held, outside, soldAt))
      .toSorted(ascending),
    salesOutstanding: posted === 0n ? null : ((posted - paidInBooks) * DAYS * 10n) / posted,
  }
}

function activationOf(
  deal: Deal,
  { SUBSCRIPTION, INVOICE }: Held,
  outside: Outside,
  soldAt: ReadonlyMap<Deal, number>,
): number[] {
  const [from, until] = [soldAt.get(deal), postedAt(outside, deal)]
  const isActive = SUBSCRIPTION.length > 0 && INVOICE.length > 0
  return isActive && from !== undefined && until !== undefined ? [until - from] : []
}

const ascending = (one: number, other: number): number => one - other
