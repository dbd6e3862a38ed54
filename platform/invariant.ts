import type { Clock } from './clock.ts'
import type { Queryable } from './database.ts'

/** Something that always holds, as a query that returns what breaks it. */
export interface Invariant {
  /** `5 invoice balance`: the number is that of the design's list. */
  readonly name: string
  /** What holds, in a sentence. */
  readonly statement: string
  /** Selects the `id` of each offender as text; nothing while the invariant holds. */
  readonly offenders: string
  /** Selects each `part`, an array of what `offenders` is asked with, where all at once is too much for a statement. */
  readonly parts?: string
}

/** Nothing is deleted or changed behind the back of the events: the last of each aggregate tells the row as it is. */
export function keptInvariant(subgraph: string, tables: Readonly<Record<string, string>>): Invariant {
  const checks = Object.entries(tables).map(
    ([aggregate, table]) => `SELECT e.aggregate_id AS id
      FROM ${subgraph}.event e LEFT JOIN ${subgraph}.${table} t ON t.id = e.aggregate_id
      WHERE e.aggregate = '${aggregate}'
      GROUP BY e.aggregate_id, t.version HAVING t.version IS DISTINCT FROM max(e.version)`,
  )
  return {
    name: `8 ${subgraph} history`,
    statement: `what ${subgraph} once recorded is still there, in the version that its last event tells`,
    offenders: checks.join(' UNION ALL '),
  }
}

export interface Finding {
  readonly invariant: Invariant
  readonly ids: readonly string[]
}

/** When a check began, and what it found. */
export interface Check {
  readonly checkedAt: Temporal.Instant
  readonly findings: readonly Finding[]
}

/** For so long results are given to whoever asks again. */
const KEPT_MS = 10_000

/**
 * A way to check that costs one check at a time, however many ask: a check looks through all that there is. It goes on
 * when who asked first has left, since others may wait for it.
 */
export function checkOneAtATime(
  db: Queryable,
  clock: Clock,
  invariants: readonly Invariant[],
): () => Promise<Check> {
  let latest: { readonly untilMs: number; readonly check: Promise<Check> } | null = null
  return () => {
    const checkedAt = clock.now()
    if (latest !== null && checkedAt.epochMilliseconds < latest.untilMs) return latest.check
    const check = checkInvariants(db, invariants).then(
      (findings) => {
        latest = { untilMs: clock.now().epochMilliseconds + KEPT_MS, check }
        return { checkedAt, findings }
      },
      (error: unknown) => {
        latest = null
        throw error
      },
    )
    latest = { untilMs: Infinity, check }
    return check
  }
}

/** Checks invariants one after the other. */
export async function checkInvariants(db: Queryable, invariants: readonly Invariant[]): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const invariant of invariants) findings.push({ invariant, ids: await offendersOf(db, invariant) })
  return findings
}

/** Looks through the parts one after the other: as long as it takes, and never at more than one. */
async function offendersOf(db: Queryable, { offenders: text, parts }: Invariant): Promise<string[]> {
  const wanted = parts === undefined ? [] : await db.rows<{ part: unknown[] }>({ text: parts, values: [] })
  const ids: string[] = []
  for (const values of parts === undefined ? [[]] : wanted.map(({ part }) => part)) {
    const rows = await db.rows<{ id: string }>({ text, values })
    ids.push(...rows.map(({ id }) => id))
  }
  return ids
}

/** Most offenders that a client is told of one invariant. */
const MAX_TOLD_IDS = 100

/** A finding as clients are told of it. */
export const told = ({ invariant: { name, statement }, ids }: Finding) => ({
  name,
  statement,
  holds: ids.length === 0,
  offenderCount: ids.length,
  offenders: ids.slice(0, MAX_TOLD_IDS),
})
