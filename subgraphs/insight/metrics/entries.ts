import { compareText } from '#domain/order.ts'
import { parseDate } from '#platform/dates.ts'
import type { Queryable } from '#platform/database.ts'
import {
  countEntries,
  type EntitySpan,
  type EntriesWanted,
  type EntryPlace,
  type EntryRow,
  type PrefixRow,
  readEntries,
  readPrefix,
} from '../entries-store.ts'
import { customersIn } from './customers.ts'
import type { MetricMovement } from './grouped.ts'
import { readMovementsKnownAt } from './known-at.ts'

/** The entries of a figure, in the order of days. */
export interface Entries {
  readonly page: (after: EntryPlace | null, limit: number) => Promise<readonly EntryRow[]>
  /** What they came to up to a place, by the days between which rates change. */
  readonly prefix: (
    through: EntryPlace,
    rateDays: readonly Temporal.PlainDate[],
  ) => Promise<readonly PrefixRow[]>
  readonly count: () => Promise<number>
}

/** Entries as they are kept; movements as they were known at an instant are made for the purpose. */
export async function entriesOf(db: Queryable, sources: readonly EntriesWanted[]): Promise<Entries> {
  return merged(await Promise.all(sources.map((wanted) => entriesFrom(db, wanted))))
}

/** Entries of several sources in one order. */
function merged(sources: readonly Entries[]): Entries {
  return {
    page: async (after, limit) => {
      const pages = await Promise.all(sources.map(({ page }) => page(after, limit)))
      return pages.flat().toSorted(byPlace).slice(0, limit)
    },
    prefix: async (through, rateDays) =>
      (await Promise.all(sources.map(({ prefix }) => prefix(through, rateDays)))).flat(),
    count: async () => {
      const counts = await Promise.all(sources.map(({ count }) => count()))
      return counts.reduce((sum, count) => sum + count, 0)
    },
  }
}

async function entriesFrom(db: Queryable, wanted: EntriesWanted): Promise<Entries> {
  if (wanted.knownAt !== null && wanted.from === 'movement_entry')
    return inMemory(await movementsIn(db, wanted, wanted.knownAt))
  return {
    page: (after, limit) => readEntries(db, wanted, after, limit),
    prefix: (through, rateDays) => readPrefix(db, wanted, through, rateDays),
    count: () => countEntries(db, wanted),
  }
}

function inMemory(rows: readonly EntryRow[]): Entries {
  return {
    page: (after, limit) =>
      Promise.resolve(rows.filter((row) => after === null || byPlace(row, after) > 0).slice(0, limit)),
    prefix: (through) =>
      Promise.resolve(
        rows
          .filter((row) => byPlace(row, through) <= 0)
          .map(({ on, ...row }) => ({ ...row, day: parseDate(on) })),
      ),
    count: () => Promise.resolve(rows.length),
  }
}

async function movementsIn(
  db: Queryable,
  { signs, spans, currencies, customers }: EntriesWanted,
  knownAt: Temporal.Instant,
): Promise<EntryRow[]> {
  const movements = await readMovementsKnownAt(db, knownAt)
  const isOf = await customersIn(db, customers, movements)
  return movements
    .filter(({ measure, currency }) => signs.has(measure) && currencies?.includes(currency) !== false)
    .filter((movement) => spans.some((span) => isIn(span, movement)) && isOf(movement.customerId))
    .map((movement) => ({
      ...movement,
      key: movement.sourceId,
      amount: movement.amount * (signs.get(movement.measure) ?? 1n),
      functional: 0n,
    }))
    .toSorted(byPlace)
}

function isIn({ legalEntityId, start, end }: EntitySpan, movement: MetricMovement): boolean {
  const isBehind = start === null || movement.on >= start.toString()
  return movement.legalEntityId === legalEntityId && isBehind && movement.on < end.toString()
}

function byPlace(a: EntryPlace, b: EntryPlace): number {
  return compareText(a.on, b.on) || compareText(a.key, b.key) || compareText(a.measure, b.measure)
}
