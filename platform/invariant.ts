import type { Queryable } from './database.ts'

/** Something that always holds, as a query that returns what breaks it. */
export interface Invariant {
  /** `5 invoice balance`: the number is that of the design's list. */
  readonly name: string
  /** What holds, in a sentence. */
  readonly statement: string
  /** Selects the `id` of each offender as text; nothing while the invariant holds. */
  readonly offenders: string
}

export interface Finding {
  readonly invariant: Invariant
  readonly ids: readonly string[]
}

/** Checks invariants one after the other. */
export async function checkInvariants(db: Queryable, invariants: readonly Invariant[]): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const invariant of invariants) {
    const rows = await db.rows<{ id: string }>({ text: invariant.offenders, values: [] })
    findings.push({ invariant, ids: rows.map(({ id }) => id) })
  }
  return findings
}
