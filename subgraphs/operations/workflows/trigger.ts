import type { SubgraphName } from '#platform/config.ts'
import type { UnitOfWork } from '#platform/command.ts'
import { ID_PREFIXES } from '#platform/ids.ts'
import type { Consumer } from '#platform/log/consumer.ts'
import type { LoggedEvent } from '#platform/log/event.ts'
import type { KeyedInput } from '#platform/mutation.ts'
import type { WorkflowDesk } from './desk.ts'
import type { Flow } from './flow.ts'

/** What happened, and the flow that it starts. */
interface TriggerRule<Systems, Input extends KeyedInput, Prepared> {
  /** Unique, and for ever: its place in the log is kept under it, and its workflows are asked for by it. */
  readonly name: string
  /** Whose events it takes. */
  readonly source: SubgraphName
  readonly types: readonly string[]
  readonly flow: Flow<Systems, Input, Prepared>
  /** What an event asks the flow for, by the event alone; null where nothing follows from it. */
  readonly asks: (event: LoggedEvent) => Omit<Input, 'idempotencyKey'> | null
}

/** A trigger among others: it alone knows what its flow is asked for. */
export interface Trigger<Systems> {
  readonly name: string
  readonly source: SubgraphName
  readonly types: readonly string[]
  readonly start: (desk: WorkflowDesk<Systems>, unit: UnitOfWork, event: LoggedEvent) => Promise<void>
}

/**
 * Has a flow started by what was committed, exactly once an event: the workflow is accepted together with the trigger's
 * place in the log, under the event's id as its key, so that an event that is delivered again starts nothing. What the
 * flow refuses is thrown: the event is set aside for a person, like any that cannot be applied.
 */
export const trigger = <Systems, Input extends KeyedInput, Prepared>({
  flow,
  asks,
  ...about
}: TriggerRule<Systems, Input, Prepared>): Trigger<Systems> => ({
  ...about,
  start: async (desk, unit, event) => {
    const asked = asks(event)
    if (asked === null) return
    // What is left of the input is what the flow asks for, whatever that is.
    const input = { ...asked, idempotencyKey: event.id } as Input
    const { violations = [] } = await desk.startWithin(unit, flow, input, {
      requestedBy: about.name,
      traceparent: event.traceparent,
    })
    const [first] = violations
    if (first !== undefined)
      throw new Error(`${flow.name} refuses ${event.id}: ${first.message} (${first.code})`)
  },
})

/** Whether an event is of what a workflow did: all that follows from one carries its id. */
export const isOfWorkflow = ({ correlationId }: LoggedEvent): boolean =>
  correlationId.startsWith(`${ID_PREFIXES.workflow}_`)

/** The consumer that starts what a trigger asks for, from the next event on: the past has been dealt with. */
export const consumerOfTrigger = <Systems>(
  { name, source, types, start }: Trigger<Systems>,
  desk: WorkflowDesk<Systems>,
): Consumer => ({
  name,
  source,
  types,
  beginsWith: 'NEXT',
  shares: 1,
  apply: (unit, event) => start(desk, unit, event),
})
