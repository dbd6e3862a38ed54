import type { Fact } from './entity.ts'
import type { Violation } from './failure.ts'
import type { WorkflowSystem } from './workflow.ts'
import type { MasterRule, SystemName, WorkflowModel } from './workflow-model.ts'

/** What becomes of a write, and by whose rule. */
export interface WriteDecision {
  readonly decision: 'ACCEPT' | 'PROPOSE' | 'REJECT' | 'MERGE'
  /** The system that masters the field; null where the model names none. */
  readonly master: SystemName | null
  /** Why it was rejected. */
  readonly violation: Violation | null
}

/**
 * What becomes of a write to a field: its master's is accepted, another's is proposed to a person, merged or rejected,
 * as the model says. A field without a master takes nobody's write.
 */
export function decideForeignWrite(
  model: Pick<WorkflowModel, 'masters'>,
  object: string,
  field: string,
  writer: SystemName,
): WriteDecision {
  const rule = masterRuleOf(model.masters, object, field)
  const master = rule?.master ?? null
  if (rule?.master === writer) return { decision: 'ACCEPT', master, violation: null }
  if (rule === undefined || rule.foreign === 'REJECT' || !isTaken(rule, writer)) {
    const message = `${writer} wrote ${object}.${field}, which ${master ?? 'nobody'} masters`
    const code = 'REJECTED_NOT_MASTER'
    return { decision: 'REJECT', master, violation: { code, field: `${object}.${field}`, message } }
  }
  return { decision: rule.foreign, master, violation: null }
}

/** The rule for a field: one that names it counts before one for all fields of its object. */
export function masterRuleOf(
  masters: readonly MasterRule[],
  object: string,
  field: string,
): MasterRule | undefined {
  const own = masters.filter(({ objects }) => objects.includes(object))
  return (
    own.find(({ fields }) => fields !== 'all' && fields.includes(field)) ??
    own.find(({ fields }) => fields === 'all')
  )
}

const isTaken = ({ foreign, mergedFrom }: MasterRule, writer: SystemName): boolean =>
  foreign === 'PROPOSE' || mergedFrom.includes(writer)

/** Names of sources → the system that they are. What is no such system masters nothing, and writes what it likes. */
const SYSTEM_OF_SOURCE: Readonly<Record<string, SystemName>> = {
  salesforce: 'CRM',
  hubspot: 'CRM',
  stripe: 'BILLING',
  netsuite: 'ERP',
}

/** A fact about an object that is known already. */
export interface Write {
  /** As events name it: `price`. */
  readonly object: string
  readonly fact: Fact
  /** The object as it is. */
  readonly before: Fact
  /** Names of the sources that stated it so far. */
  readonly sources: readonly string[]
}

/** A field that a source wrote, and that stays as its master has it. */
export interface HeldWrite {
  readonly object: string
  readonly objectId: string
  readonly field: string
  readonly source: string
  readonly writer: SystemName
  readonly master: SystemName
  /** PROPOSE where a person is to look at it. */
  readonly decision: 'PROPOSE' | 'REJECT'
  readonly stated: unknown
  readonly kept: unknown
}

/** What was held back as it stays: over what was stated, it gives what is taken. */
export const keptOf = (held: readonly HeldWrite[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(held.map(({ field, kept }) => [field, kept]))

/** A write that a person may take over, as it is kept: its values are JSON. */
export interface Proposal {
  readonly object: string
  readonly objectId: string
  readonly field: string
  readonly source: string
  readonly writer: WorkflowSystem
  readonly master: WorkflowSystem
  readonly stated: unknown
  readonly kept: unknown
}

const isOwnField = (field: string): boolean => field !== 'id' && field !== 'externalRefs'

/**
 * The fields of a write that stay as they are: their master is another system, which has told of the object. As long as
 * it has not, anybody may, for nothing of it is overwritten. `isSame` compares two values.
 */
export function heldWrites(
  model: Pick<WorkflowModel, 'masters'>,
  { object, fact, before, sources }: Write,
  isSame: (one: unknown, other: unknown) => boolean,
): HeldWrite[] {
  const source = fact.externalRefs[0]?.system ?? ''
  const writer = SYSTEM_OF_SOURCE[source]
  if (writer === undefined) return []
  const told = new Set(sources.map((name) => SYSTEM_OF_SOURCE[name]))
  const [after, known] = [fact, before].map((it) => it as unknown as Readonly<Record<string, unknown>>)
  return Object.keys(fact)
    .filter((field) => isOwnField(field) && !isSame(after?.[field], known?.[field]))
    .flatMap((field): HeldWrite[] => {
      const { decision, master } = decideForeignWrite(model, object, field, writer)
      const isHeld = (decision === 'PROPOSE' || decision === 'REJECT') && master !== null && told.has(master)
      const values = { stated: after?.[field], kept: known?.[field] }
      return isHeld ? [{ object, objectId: fact.id, field, source, writer, master, decision, ...values }] : []
    })
}
