import type { Recorded } from './entity.ts'
import { type Violation, violationIf } from './failure.ts'

/** That a workflow model holds for new workflows from an instant on. */
export interface ActivatedModel extends Recorded {
  readonly id: string
  /** Name of the model. */
  readonly model: string
  /** Version that its author gave it. */
  readonly modelVersion: number
  /** Hash of all that it said. */
  readonly hash: string
  /** The company for which it holds; null for all that have no activation of their own. */
  readonly legalEntityId: string | null
  readonly since: Temporal.Instant
  /** Who decided it. */
  readonly actor: string
  readonly reason: string
}

const MAX_ACTOR_CHARACTERS = 200
const MAX_REASON_CHARACTERS = 500

const tooLong = (field: string, max: number): string => `${field} has at most ${max} characters`

/** What is wrong with who activates a model and why. */
export function checkDecision({ actor, reason }: Pick<ActivatedModel, 'actor' | 'reason'>): Violation[] {
  return [
    ...violationIf(actor.trim() === '', 'ACTOR_MISSING', 'actor', 'It is kept who decided'),
    ...violationIf(reason.trim() === '', 'REASON_MISSING', 'reason', 'It is kept why'),
    ...violationIf(
      actor.length > MAX_ACTOR_CHARACTERS,
      'TEXT_TOO_LONG',
      'actor',
      tooLong('An actor', MAX_ACTOR_CHARACTERS),
    ),
    ...violationIf(
      reason.length > MAX_REASON_CHARACTERS,
      'TEXT_TOO_LONG',
      'reason',
      tooLong('A reason', MAX_REASON_CHARACTERS),
    ),
  ]
}
