import type { Fact, Recorded } from '#domain/entity.ts'
import type { Outcome, Violation } from '#domain/failure.ts'
import type { Proposal } from '#domain/foreign-write.ts'
import { lockOne, saveOne } from './change.ts'
import type { UnitOfWork } from './command.ts'
import type { Queryable } from './database.ts'
import { type FactAggregate, isSame } from './facts.ts'
import type { IdKind } from './ids.ts'
import { toJson } from './json.ts'
import { restate } from './own-facts.ts'
import { readRows } from './table.ts'

/** An object after a proposal was taken over. */
export interface TakenOver {
  readonly version: number
}

/** A kind of object of which another system than its master may propose something. */
interface Proposable {
  /** Why a proposal cannot be taken over now: the object is gone, or the field is not any more what it was. */
  readonly check: (db: Queryable, proposal: Proposal) => Promise<readonly Violation[]>
  /** Writes the proposed value, by the object's own rules. Refused as `check` tells, and by these. */
  readonly takeOver: (unit: UnitOfWork, proposal: Proposal) => Promise<Outcome<TakenOver>>
}

/** Kinds of objects by name. */
export type Proposables = Readonly<Record<string, Proposable>>

/** How proposals for one kind of aggregate are taken over. */
export function proposable<Stated extends Fact, State extends Fact & Recorded & Stated>(
  aggregate: FactAggregate<Stated, State>,
  kind: IdKind,
): Proposable {
  return {
    check: async (db, proposal) => {
      const [state] = await readRows(db, aggregate.table, [proposal.objectId])
      return checkProposal(state, proposal)
    },
    takeOver: async (unit, proposal) => {
      const { value: before, violations: gone } = await lockOne(
        unit,
        aggregate,
        proposal.objectId,
        'exceptionId',
      )
      if (gone !== undefined) return { violations: gone }
      const violations = checkProposal(before, proposal)
      if (violations.length > 0) return { violations }
      const told = JSON.parse(toJson(before)) as Readonly<Record<string, unknown>>
      const proposed = aggregate.table.ofEvent({ ...told, [proposal.field]: proposal.stated })
      const saved = await saveOne(
        unit,
        aggregate,
        before,
        restate(kind, before, proposed) as unknown as Stated,
      )
      return saved.value === undefined ? saved : { value: { version: saved.value.version } }
    },
  }
}

/** The kind of object that a proposal is about; throws RangeError for one that nobody may propose anything of. */
export function kindOf(known: Proposables, { object }: Proposal): Proposable {
  const kind = known[object]
  if (kind === undefined) throw new RangeError(`nothing can be proposed of a ${object}`)
  return kind
}

function checkProposal(state: object | undefined, { object, field, kept }: Proposal): Violation[] {
  if (state === undefined) return refused('REFERENCE_MISSING', `There is no such ${object}`)
  return isSame((state as Readonly<Record<string, unknown>>)[field], kept)
    ? []
    : refused('STATUS_FORBIDS', `${object}.${field} is not any more what it was when this was proposed`)
}

const refused = (code: 'REFERENCE_MISSING' | 'STATUS_FORBIDS', message: string): Violation[] => [
  { code, field: 'exceptionId', message },
]
