import type { Violation } from './failure.ts'
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
