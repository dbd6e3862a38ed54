import type { Violation } from '#domain/failure.ts'
import { ANYBODY } from '#domain/person.ts'
import type { Workflow } from '#domain/workflow.ts'
import type { KeyedInput } from '#platform/mutation.ts'
import type { UserErrorCode } from '#schema/operations.generated.ts'
import type { WorkflowDesk } from '../workflows/desk.ts'
import type { Flow } from '../workflows/flow.ts'
import type { Systems } from './systems.ts'

/** What a mutation that starts a workflow answers from. */
export interface FlowAnswer {
  /** Null where nothing was started. */
  readonly workflow: Workflow | null
  readonly replayed: boolean
  readonly violations: readonly Violation[]
}

/**
 * How long a mutation takes, with what it waits for its workflow to end: what takes longer is told as it is then. The
 * gateway gives up later (`fetchTimeoutMs`).
 */
const ANSWER_WITHIN_MS = 8_000

/**
 * Starts a flow for a client, once for the key of its input, and answers once it has settled or has taken long enough:
 * then with how far it is, as does the same request while it goes on.
 */
export async function answerBy<Input extends KeyedInput, Prepared>(
  desk: WorkflowDesk<Systems>,
  flow: Flow<Systems, Input, Prepared>,
  input: Input,
  correlationId: string,
  requestedBy: string | null = null,
): Promise<FlowAnswer> {
  const end = performance.now() + ANSWER_WITHIN_MS
  const request = { requestedBy: requestedBy ?? ANYBODY, correlationId }
  const { value, violations } = await desk.startForClient(flow, input, request)
  if (violations !== undefined) return { workflow: null, replayed: false, violations }
  const workflow = await desk.settled(value.workflowId, Math.max(0, end - performance.now()))
  return { workflow, replayed: value.replayed, violations: [] }
}

/** What is wrong with the request: why it was refused, or why it was undone. */
export function userErrorsOf({ workflow, violations }: FlowAnswer) {
  const failure = workflow?.status === 'COMPENSATED' ? workflow.failure : null
  return [...violations, ...(failure === null ? [] : [failure])].map(({ code, field, message }) => ({
    // The schema lists the codes of all rules; the writer of answers fails on another one.
    code: code as UserErrorCode,
    field: field ?? '',
    message,
  }))
}

/** A field of what was asked for; null where nothing was started. */
export function inputOf({ workflow }: FlowAnswer, field: string): string | null {
  return textIn(workflow?.input, field)
}

/** A field of what was found out before it was accepted. */
export function preparedOf({ workflow }: FlowAnswer, field: string): string | null {
  return textIn(workflow?.prepared, field)
}

/** A field of a step's result, once the step is done: `contractId` of `contract`. */
export function resultOf({ workflow }: FlowAnswer, step: string, field: string): string | null {
  return textIn(workflow?.steps.find(({ name }) => name === step)?.result, field)
}

function textIn(json: unknown, field: string): string | null {
  const value = (json as Readonly<Record<string, unknown>> | null | undefined)?.[field]
  return typeof value === 'string' ? value : null
}
