/** The audit trail: which events tell of something that somebody decided, and who that was. */
import { ANYBODY } from './person.ts'

/** Something that was done, as it stands in the trail. */
export interface AuditRecord {
  readonly id: string
  /** Place in the trail: from 1, without gaps. */
  readonly sequence: bigint
  /** The subgraph whose event tells of it. */
  readonly source: string
  /** What it was done to. */
  readonly aggregateId: string
  /** Version of that since then. */
  readonly eventVersion: number
  /** Type of the event: `revgraph.operations.approval.approved.v1`. */
  readonly action: string
  readonly actor: string
  readonly correlationId: string
  readonly happenedAt: Temporal.Instant
  /** SHA-256 over this record, what was before and after it, and the hash of the record before. */
  readonly hash: string
}

/** An event that is put on the trail. */
export interface AuditedEvent {
  readonly source: string
  readonly aggregateId: string
  readonly version: number
  readonly type: string
  readonly recordedAt: Temporal.Instant
  readonly correlationId: string
  /** State before it, as JSON; null for the first. */
  readonly before: unknown
  readonly after: unknown
}

/** What the product does of itself, such as when a deadline passes. */
const ITSELF = 'revgraph'

/** What tells who did it, by the event's type. What workflows do in systems is done for whoever asked for them. */
const ACTORS: Readonly<Record<string, (after: State, before: State | null) => string>> = {
  'revgraph.operations.workflow.accepted.v1': (after) => after.requestedBy ?? ANYBODY,
  'revgraph.operations.workflow.parked.v1': () => ITSELF,
  'revgraph.operations.workflow.compensated.v1': () => ITSELF,
  'revgraph.operations.workflow.completed.v1': () => ITSELF,
  'revgraph.operations.approval.requested.v1': (after) => after.requestedBy ?? ANYBODY,
  'revgraph.operations.approval.approved.v1': (after) => after.decidedBy ?? ITSELF,
  'revgraph.operations.approval.rejected.v1': (after) => after.decidedBy ?? ITSELF,
  'revgraph.operations.approval.escalated.v1': () => ITSELF,
  'revgraph.operations.approval.expired.v1': () => ITSELF,
  'revgraph.operations.exception.opened.v1': () => ITSELF,
  'revgraph.operations.exception.reopened.v1': () => ITSELF,
  'revgraph.operations.exception.assigned.v1': decider,
  'revgraph.operations.exception.takenUp.v1': decider,
  'revgraph.operations.exception.changed.v1': decider,
  'revgraph.operations.exception.escalated.v1': () => ITSELF,
  'revgraph.operations.exception.resolved.v1': decider,
  'revgraph.operations.modelActivation.activated.v1': (after) => after.actor ?? ANYBODY,
  'revgraph.operations.replay.requested.v1': (after) => after.requestedBy ?? ANYBODY,
  'revgraph.operations.replay.cancelled.v1': (after) => after.cancelledBy ?? ANYBODY,
  'revgraph.erp.period.closed.v1': (after) => after.closedBy ?? ANYBODY,
  'revgraph.erp.period.reopened.v1': (after) => after.reopenings?.at(-1)?.actor ?? ANYBODY,
}

/** What is read of states to tell who it was. */
interface State {
  readonly requestedBy?: string
  readonly decidedBy?: string | null
  readonly cancelledBy?: string | null
  readonly closedBy?: string | null
  readonly actor?: string
  readonly decisions?: readonly { readonly actor: string }[]
  readonly reopenings?: readonly { readonly actor: string }[]
}

/** Who decided last; nobody, where nothing was decided with it. Only the newest decisions are there. */
function decider({ decisions = [] }: State, before: State | null): string {
  const [last, known] = [decisions.at(-1), before?.decisions?.at(-1)]
  return last === undefined || JSON.stringify(last) === JSON.stringify(known) ? ITSELF : last.actor
}

/** Types of the events that are put on the trail by themselves. */
export const AUDITED_TYPES: readonly string[] = Object.keys(ACTORS)

/** After these, what a workflow had done in the systems so far is put on the trail. */
export const MILESTONES: ReadonlySet<string> = new Set(
  ['parked', 'compensated', 'completed'].map((name) => `revgraph.operations.workflow.${name}.v1`),
)

/** Who did it; undefined for an event that is not put on the trail by itself. */
export const actorOf = ({ type, before, after }: AuditedEvent): string | undefined =>
  ACTORS[type]?.(after as State, before as State | null)
