import type { Violation } from '#domain/failure.ts'
import {
  afterTurn,
  begun,
  effectKeyOf,
  nextTurn,
  type RetryDecision,
  type StepOutcome,
  type Turn,
  type Workflow,
} from '#domain/workflow.ts'
import type { CommandContext } from '#platform/command.ts'
import { type Database, isPassing, tookTooLong } from '#platform/database.ts'
import type { Log } from '#platform/log.ts'
import { passGate } from '../approvals/gate.ts'
import type { AnyFlow, Step, StepEffect } from './flow.ts'
import { type AlongWith, isLetGo, saveTurn } from './save.ts'

/** What workflows are carried out with. */
export interface Workshop<Systems> {
  readonly db: Database
  readonly flows: ReadonlyMap<string, AnyFlow<Systems>>
  readonly systems: Systems
  readonly context: (correlationId: string) => CommandContext
  /** How the steps of a workflow are tried again. */
  readonly retryOf: (workflow: Workflow) => Promise<RetryDecision>
  readonly alongWith: AlongWith
  readonly log: Log
  /** Called around each effect and record with their names: a campaign kills the process there. */
  readonly at?: (point: CrashPoint, turn: Turn) => Promise<void>
}

/** Where a process may die so that it matters: before a step has its effect, after it, and after that is recorded. */
export type CrashPoint = 'BEGUN' | 'SENT' | 'RECORDED'

/** A system that cannot be reached or has no time: nothing was done, unless it is in doubt. */
export class SystemUnavailable extends Error {
  override readonly name = 'SystemUnavailable'
  readonly retryAfterMs: number | null
  /** An earlier request may have had its effect: whoever gives up must not believe that nothing happened. */
  readonly inDoubt: boolean

  constructor(message: string, retryAfterMs: number | null = null, inDoubt = false) {
    super(message)
    this.retryAfterMs = retryAfterMs
    this.inDoubt = inDoubt
  }
}

/**
 * A system that may have done something, and cannot be asked whether it did; or that did something else than it was
 * asked for, by the `code` that says what.
 */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown'
  readonly code: string

  constructor(message: string, code = 'OUTCOME_UNKNOWN') {
    super(message)
    this.code = code
  }
}

/** More turns than any story has: each is a step or its undoing. */
const MAX_TURNS = 100

/** Takes up a workflow that this node has just taken, at the turn where it was left, and goes on with it. */
export async function takeUp<Systems>(workshop: Workshop<Systems>, held: Workflow): Promise<boolean> {
  const { db, context, alongWith } = workshop
  const command = context(held.id)
  const turn = nextTurn(held)
  if (turn === undefined) return false
  const next = begun(held, turn, command.clock.now())
  const saved = await saveTurn(db, command, held, next, alongWith)
  return saved !== undefined && carryOut(workshop, saved.workflow)
}

/**
 * Goes on with a workflow whose turn has begun until it ends, waits, or another node has taken it. Tells whether the
 * next in line of its subject is due now.
 */
export async function carryOut<Systems>(workshop: Workshop<Systems>, underWay: Workflow): Promise<boolean> {
  const { db, context, alongWith, retryOf, at } = workshop
  const command = context(underWay.id)
  const { clock } = command

  let workflow = underWay
  let turn = nextTurn(workflow)
  for (let turns = 0; turn !== undefined && turns < MAX_TURNS; turns += 1) {
    await at?.('BEGUN', turn)
    const outcome = await attempt(workshop, workflow, turn)
    await at?.('SENT', turn)
    const retry = outcome.kind === 'UNAVAILABLE' ? await retryOf(workflow) : undefined
    const next = afterTurn(workflow, turn, outcome, clock.now(), retry)
    const following = isLetGo(next, clock.now()) ? undefined : nextTurn(next)
    const after = following === undefined ? next : begun(next, following, clock.now())
    const saved = await saveTurn(db, command, workflow, after, alongWith)
    await at?.('RECORDED', turn)
    if (saved === undefined) return false
    if (following === undefined) return saved.hasCalled
    workflow = saved.workflow
    turn = following
  }
  return false
}

/** Has a step done or undone, and tells what came of it. */
async function attempt<Systems>(
  { db, flows, systems, log }: Workshop<Systems>,
  workflow: Workflow,
  turn: Turn,
): Promise<StepOutcome> {
  const { isUndo } = turn
  const { name, gate, retries = 0 } = turn.step
  const tell = (error: unknown): void =>
    log.error({ err: error, workflow: workflow.id, step: name }, 'a step failed')
  if (gate !== null) return passGate(db, workflow, gate).catch((error: unknown) => failed(error, tell))
  const step = stepOf(flows.get(workflow.flow), name)
  if (step === undefined) return ofAnotherVersion(name)
  const act = isUndo ? step.undo : step.run
  if (act === undefined) return defect(`Nothing says how ${name} is undone`)
  const effect: StepEffect = {
    effectKey: effectKeyOf(turn),
    revision: retries,
    correlationId: workflow.id,
    traceparent: workflow.traceparent,
    acceptedAt: workflow.acceptedAt,
  }
  try {
    const { value, violations } = await act(systems, storyOf(workflow), effect)
    return violations === undefined ? { kind: 'DONE', result: value ?? null } : refused(step, violations)
  } catch (error) {
    return failed(error, tell)
  }
}

const stepOf = <Systems>(flow: AnyFlow<Systems> | undefined, name: string) =>
  [...(flow?.steps ?? []), ...(flow?.retired ?? [])].find((known) => known.name === name)

/**
 * While a release is rolled out, work goes back and forth between its versions. What this one does not know is given
 * back before anything is done, for a node that does; where none does for long enough, a person has to know.
 */
const ofAnotherVersion = (name: string): StepOutcome => ({
  kind: 'UNAVAILABLE',
  error: { code: 'STEP_UNKNOWN', field: null, message: `This version of the program has no step ${name}` },
  retryAfterMs: null,
})

/** What the steps of a flow know; its parts are JSON that only they can read. */
const storyOf = ({ input, prepared, steps }: Workflow) => ({
  input: input as never,
  prepared: prepared as never,
  results: Object.fromEntries(
    steps.filter(({ status }) => status === 'DONE').map(({ name, result }) => [name, result]),
  ),
})

function refused<Systems>(
  { parks = [] }: Step<Systems, never, never>,
  violations: readonly Violation[],
): StepOutcome {
  const [first] = violations
  if (first === undefined) return defect('It was refused without a reason')
  const message = violations.map((violation) => violation.message).join('; ')
  const error = { code: first.code, field: first.field, message }
  return { kind: 'REFUSED', error, parks: violations.some(({ code }) => parks.includes(code)) }
}

function failed(error: unknown, tell: (error: unknown) => void): StepOutcome {
  if (error instanceof SystemUnavailable || isPassing(error) || tookTooLong(error)) {
    const { message } = error as Error
    const { retryAfterMs, inDoubt } = error instanceof SystemUnavailable ? error : NOTHING_DONE
    const code = inDoubt ? 'OUTCOME_UNKNOWN' : 'SYSTEM_UNAVAILABLE'
    return { kind: 'UNAVAILABLE', error: { code, field: null, message }, retryAfterMs }
  }
  if (error instanceof OutcomeUnknown)
    return { kind: 'UNKNOWN', error: { code: error.code, field: null, message: error.message } }
  tell(error)
  return defect('An error that nobody foresaw: the log of the node has it')
}

/** Our own systems answer with a transaction, or not at all. */
const NOTHING_DONE = { retryAfterMs: null, inDoubt: false } as const

const defect = (message: string): StepOutcome => ({
  kind: 'UNKNOWN',
  error: { code: 'DEFECT', field: null, message },
})
