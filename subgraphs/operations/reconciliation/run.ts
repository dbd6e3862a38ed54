import { type Comparison, reconcile } from '#domain/reconciliation.ts'
import { type Clock, today } from '#platform/clock.ts'
import { runCommand } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import {
  type ComparedItem,
  countChanges,
  type DueItem,
  type ItemState,
  noteExpected,
  readHeld,
  saveCompared,
  takeDue,
  type TallyChange,
} from '../reconciliation-store.ts'
import { type BreakChange, noteRun } from '../run-store.ts'
import { keyOf, reviveHeld } from './held.ts'

/** Items that are compared in one transaction. */
export const RECONCILIATION_BATCH_SIZE = 200

/**
 * Compares what the systems hold of items of which one of them told something new: the work is that of the change,
 * whatever else is held. Adds to the run of that name what came of it. Returns how many were due, fewer than
 * RECONCILIATION_BATCH_SIZE where none is left.
 */
export function reconcileDue(db: Database, clock: Clock, runId: string): Promise<number> {
  const beganAt = clock.now()
  return runCommand(db, { subgraph: 'operations', clock, correlationId: 'reconciliation' }, async (unit) => {
    const day = today(clock)
    await noteExpected(unit, day)
    const due = await takeDue(unit, RECONCILIATION_BATCH_SIZE)
    if (due.length === 0) return 0
    const { held: facts, read } = await readHeld(unit, due)
    const held = Map.groupBy(facts, keyOf)
    const compared = due.map((item) =>
      judged(item, reconcile((held.get(keyOf(item)) ?? []).map(reviveHeld), day), clock.now()),
    )
    await saveCompared(unit, compared)
    await countChanges(unit, tallyChanges(due, compared))
    const changes = breakChanges(due, compared)
    await noteRun(unit, { id: runId, beganAt, endedAt: clock.now(), compared: due.length, read, changes })
    return due.length
  })
}

/** Of what nobody holds, or nobody should hold yet. */
const UNCOUNTED = { status: null, firstPeriod: '', lastPeriod: null, found: null, foundAt: null } as const

/** A break that goes on in the same way has been known since it was found. */
function judged(before: DueItem, comparison: Comparison | null, now: Temporal.Instant): ComparedItem {
  const { id, rule, key } = before
  if (comparison === null) return { ...UNCOUNTED, id, rule, key, dueOn: null }
  const { months, found, expectedOn } = comparison
  if (expectedOn !== null) return { ...UNCOUNTED, id, rule, key, dueOn: expectedOn }
  const isSame = found !== null && found.cause === before.cause
  return {
    id,
    rule,
    key,
    status: found === null ? 'MATCHED' : 'BREAK',
    firstPeriod: months?.from.toString() ?? '',
    lastPeriod: months?.to.toString() ?? null,
    found,
    dueOn: null,
    foundAt: found === null ? null : isSame ? (before.foundAt ?? now) : now,
  }
}

/** Which breaks are there now and were not, have another cause, or are gone. */
function breakChanges(before: readonly DueItem[], after: readonly ComparedItem[]): BreakChange[] {
  return before.flatMap(({ id, rule, key, cause: was }, index) => {
    const cause = after[index]?.found?.cause ?? null
    return cause === was ? [] : [{ id, rule, key, before: was, after: cause }]
  })
}

/** What the counts change by where items were counted otherwise before. */
function tallyChanges(
  before: readonly (ItemState & Pick<DueItem, 'rule'>)[],
  after: readonly (ItemState & Pick<DueItem, 'rule'>)[],
): TallyChange[] {
  const totals = new Map<string, { rule: DueItem['rule']; period: string; matched: number; broken: number }>()
  const count = (rule: DueItem['rule'], period: string, status: ItemState['status'], by: number): void => {
    const total = totals.getOrInsert(`${rule} ${period}`, { rule, period, matched: 0, broken: 0 })
    if (status === 'MATCHED') total.matched += by
    if (status === 'BREAK') total.broken += by
  }
  const countItem = (item: ItemState & Pick<DueItem, 'rule'>, by: number): void => {
    const { rule, status, firstPeriod, lastPeriod } = item
    if (status === null) return
    count(rule, firstPeriod, status, by)
    if (lastPeriod !== null) count(rule, monthAfter(lastPeriod), status, -by)
  }
  for (const item of before) countItem(item, -1)
  for (const item of after) countItem(item, 1)
  return [...totals.values()].filter(({ matched, broken }) => matched !== 0 || broken !== 0)
}

const monthAfter = (month: string): string =>
  Temporal.PlainYearMonth.from(month).add({ months: 1 }).toString()
