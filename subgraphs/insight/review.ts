import {
  standing,
  type StandingChange,
  type StandingInput,
  type StandingLevel,
  standingLevels,
} from '#domain/standing.ts'
import { isSameStanding, type StandingFact, standingInput, type TodayOf } from '#domain/standing-facts.ts'
import { renewalDate, standingAmounts } from '#domain/standing-list.ts'
import { type Clock, today } from '#platform/clock.ts'
import { type Aggregate, type CommandContext, runCommand, unitOfWork } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { reviveFact } from './facts.ts'
import { type ListedStanding, NO_RENEWAL, replaceListed } from './list-store.ts'
import {
  noteReviewed,
  noteSurvivorsDue,
  readFacts,
  readTimeZones,
  standings,
  takeDue,
} from './standing-store.ts'

const aggregate: Aggregate<StandingChange> = { name: 'standing', table: standings, event: () => 'changed' }

/** The id of a customer's standing, which is one aggregate a customer. */
export const standingIdOf = (customerId: string): string => `std_${customerId}`

/** Reviews that are done in one transaction. */
export const REVIEW_BATCH_SIZE = 200

/**
 * Looks at the customers of whom something was told or for whom a day began, and tells of each whose standing came out
 * other than before. Returns how many were due: fewer than REVIEW_BATCH_SIZE where nobody waits any more.
 */
export function reviewStandings(db: Database, clock: Clock): Promise<number> {
  const context: CommandContext = { subgraph: 'insight', clock, correlationId: 'calendar' }
  return runCommand(db, context, async (unit) => {
    const now = clock.now()
    const due = await takeDue(unit, now, REVIEW_BATCH_SIZE)
    if (due.length === 0) return 0
    const causes = new Map(due.map((review) => [review.customerId, review]))
    const customerIds = [...causes.keys()]
    // Locked before the facts are read: of two that look at a customer at once, the later one sees all.
    const known = await unit.lock(aggregate, customerIds.map(standingIdOf))
    const facts = await readFacts(unit, customerIds)
    const zones = await readTimeZones(unit)
    const todayOf = (legalEntityId: string | null): Temporal.PlainDate =>
      today(clock, zoneOf(zones, legalEntityId))
    const lines: ListedStanding[] = []
    const next: { customerId: string; dueAt: Temporal.Instant | null }[] = []
    for (const [customerId, { correlationId, causationId }] of causes) {
      const ofCustomer = (facts.get(customerId) ?? []).map(reviveFact)
      next.push({ customerId, dueAt: nextDay(ofCustomer, zones, now) })
      const input = standingInput(ofCustomer, todayOf)
      if (input === undefined) continue
      const id = standingIdOf(customerId)
      const before = known.get(id)
      const after = standing(input)
      lines.push(...listed(customerId, after.level, ofCustomer, input, todayOf))
      if (isSameStanding(before?.after ?? null, after)) continue
      const change = { id, customerId, before: before?.after ?? null, after, asOf: input.today }
      const cause = { ...context, correlationId, ...(causationId !== null && { causationId }) }
      await unitOfWork(unit, cause).save(aggregate, [{ before, after: change }])
    }
    await replaceListed(unit, customerIds, lines)
    await noteReviewed(unit, due, next)
    // The calendar alone tells nothing new: whoever carries on has days of its own.
    await noteSurvivorsDue(
      unit,
      due.filter(({ source }) => source !== 'insight'),
    )
    return due.length
  })
}

const UTC = 'UTC'

const zoneOf = (zones: ReadonlyMap<string, string>, legalEntityId: string | null): string =>
  legalEntityId === null ? UTC : (zones.get(legalEntityId) ?? UTC)

/** The lines of a customer in the list of standings. */
function listed(
  id: string,
  level: StandingLevel,
  facts: readonly StandingFact[],
  input: StandingInput,
  todayOf: TodayOf,
): ListedStanding[] {
  const renewalOn = renewalDate(facts) ?? NO_RENEWAL
  return standingAmounts(facts, input, todayOf).map((amounts, index) => ({
    id,
    ...amounts,
    isFirst: index === 0,
    level,
    levelRank: BigInt(standingLevels.indexOf(level)),
    renewalOn,
    asOf: input.today,
  }))
}

/** When the calendar may change what facts mean: where an invoice is open, a contract may end or a price may begin. */
function nextDay(
  facts: readonly StandingFact[],
  zones: ReadonlyMap<string, string>,
  now: Temporal.Instant,
): Temporal.Instant | null {
  const concerned = new Set(
    facts.flatMap((fact) => {
      if (fact.kind === 'invoice') return [zoneOf(zones, fact.legalEntityId)]
      if (fact.kind === 'subscription') return [UTC]
      return fact.kind === 'contract' && !fact.autoRenew ? [UTC] : []
    }),
  )
  const days = [...concerned].map((zone) =>
    now.toZonedDateTimeISO(zone).add({ days: 1 }).startOfDay().toInstant(),
  )
  return days.toSorted((a, b) => Temporal.Instant.compare(a, b))[0] ?? null
}
