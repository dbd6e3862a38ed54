import { standing, type StandingChange } from '#domain/standing.ts'
import { isSameStanding, type StandingFact, standingInput } from '#domain/standing-facts.ts'
import { type Clock, today } from '#platform/clock.ts'
import { type Aggregate, type CommandContext, runCommand, unitOfWork } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { reviveFact } from './facts.ts'
import { noteReviewed, readFacts, readTimeZones, standings, takeDue } from './standing-store.ts'

const aggregate: Aggregate<StandingChange> = { name: 'standing', table: standings, event: () => 'changed' }

/** The id of a customer's standing, which is one aggregate a customer. */
const standingIdOf = (customerId: string): string => `std_${customerId}`

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
    const next: { customerId: string; dueAt: Temporal.Instant | null }[] = []
    for (const [customerId, { correlationId, causationId }] of causes) {
      const ofCustomer = (facts.get(customerId) ?? []).map(reviveFact)
      next.push({ customerId, dueAt: nextDay(ofCustomer, zones, now) })
      const input = standingInput(ofCustomer, todayOf)
      if (input === undefined) continue
      const id = standingIdOf(customerId)
      const before = known.get(id)
      const after = standing(input)
      if (isSameStanding(before?.after ?? null, after)) continue
      const change = { id, customerId, before: before?.after ?? null, after, asOf: input.today }
      const cause = { ...context, correlationId, ...(causationId !== null && { causationId }) }
      await unitOfWork(unit, cause).save(aggregate, [{ before, after: change }])
    }
    await noteReviewed(unit, due, next)
    return due.length
  })
}

const UTC = 'UTC'

const zoneOf = (zones: ReadonlyMap<string, string>, legalEntityId: string | null): string =>
  legalEntityId === null ? UTC : (zones.get(legalEntityId) ?? UTC)

/** When the calendar may change what facts mean: a day begins where an invoice is open, or where a contract may end. */
function nextDay(
  facts: readonly StandingFact[],
  zones: ReadonlyMap<string, string>,
  now: Temporal.Instant,
): Temporal.Instant | null {
  const concerned = new Set(
    facts.flatMap((fact) => {
      if (fact.kind === 'invoice') return [zoneOf(zones, fact.legalEntityId)]
      return fact.kind === 'contract' && !fact.autoRenew ? [UTC] : []
    }),
  )
  const days = [...concerned].map((zone) =>
    now.toZonedDateTimeISO(zone).add({ days: 1 }).startOfDay().toInstant(),
  )
  return days.toSorted((a, b) => Temporal.Instant.compare(a, b))[0] ?? null
}
