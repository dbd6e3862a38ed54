import type { Outcome } from '#domain/failure.ts'
import type { Money } from '#domain/money.ts'
import type { SharedRule } from '#domain/workflow-model.ts'
import type { StepKind, WorkflowSystem } from '#domain/workflow.ts'
import type { Jsonified } from '#platform/table.ts'

/** What a step has its systems do, once for the key, however often it asks. */
export interface StepEffect {
  readonly effectKey: string
  /** How often a person had it tried again: what was refused is asked for anew then, and not answered from memory. */
  readonly revision: number
  /** Id of the workflow: all that follows from it carries it. */
  readonly correlationId: string
  readonly traceparent: string | null
  /** When the workflow was accepted. */
  readonly acceptedAt: Temporal.Instant
}

/** What a step knows: what was asked for and prepared, and what the steps before it gave, as JSON keeps it. */
interface Story<Input, Prepared> {
  readonly input: Jsonified<Input>
  readonly prepared: Jsonified<Prepared>
  /** Results of the steps that are done, by name. */
  readonly results: Readonly<Record<string, unknown>>
}

/** Does something in a system, or says why not. What it throws is a system that does not answer, or a defect. */
type Act<Systems, Input, Prepared> = (
  systems: Systems,
  story: Story<Input, Prepared>,
  effect: StepEffect,
) => Promise<Outcome<unknown>>

/** One step of a story. Its result must survive JSON. */
export interface Step<Systems, Input, Prepared> {
  readonly name: string
  readonly system: WorkflowSystem
  readonly kind: StepKind
  /** Steps whose results it reads: no model puts it before them. */
  readonly needs: readonly string[]
  /** Rules that it shares with steps of other flows. */
  readonly uses?: readonly SharedRule[]
  /** Refusals that a person can mend: the workflow waits for that instead of being undone. */
  readonly parks?: readonly string[]
  readonly run: Act<Systems, Input, Prepared>
  /** Takes it back without deleting: of every COMPENSATABLE step, and of no other. */
  readonly undo?: Act<Systems, Input, Prepared>
}

/** What has to be known before a workflow is accepted. */
export interface Preparation<Prepared> {
  /** Must survive JSON. */
  readonly prepared: Prepared
  /** What the workflow changes: others about the same wait until it has ended. */
  readonly subject: string
  readonly customerId: string | null
  readonly legalEntityId: string | null
  /** What is at stake where it gets stuck, and what gates go by; not given where the story is about no amount. */
  readonly moneyAtRisk?: Money
}

/** A business story over several systems, step by step. */
export interface Flow<Systems, Input, Prepared> {
  readonly name: string
  /** Reads what the story needs. Where it refuses the input, nothing is started. */
  readonly prepare: (systems: Systems, input: Input) => Promise<Outcome<Preparation<Prepared>>>
  /**
   * What is at stake with a payload that a person edited, null where nobody can tell; not given where no payload tells.
   * Throws where an amount cannot be read.
   */
  readonly stakeOf?: (systems: Systems, prepared: Jsonified<Prepared>) => Promise<Money | null>
  /** In the order in which the story tells them. */
  readonly steps: readonly Step<Systems, Input, Prepared>[]
  /**
   * Steps that no workflow begins with any more, and that those still take which an older version of the program has
   * planned. A step that means something else than before is another step, with another name.
   */
  readonly retired?: readonly Step<Systems, Input, Prepared>[]
}

/** A flow among others: its steps alone know what is JSON of it. */
export interface AnyFlow<Systems> extends Pick<Flow<Systems, never, unknown>, 'name'> {
  readonly stakeOf?: (systems: Systems, prepared: never) => Promise<Money | null>
  readonly steps: readonly Step<Systems, never, never>[]
  readonly retired?: readonly Step<Systems, never, never>[]
}
