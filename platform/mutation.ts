import { type CommandContext, runCommand, type UnitOfWork } from './command.ts'
import type { Database, Queryable } from './database.ts'
import { publicError } from './errors.ts'
import {
  holdKey,
  type IdempotentRequest,
  once,
  recall,
  refuseReused,
  type Replayable,
} from './idempotency.ts'

/** What the input of every mutation has beside its own fields. */
export interface KeyedInput {
  /** Chosen by the caller, new for everything that it wants done. */
  readonly idempotencyKey: string
}

/** A mutation as a caller sent it. */
export interface Mutation<Input extends KeyedInput> {
  /** Name of the field: `closePeriod`. */
  readonly operation: string
  readonly input: Input
}

/** Most characters of an idempotency key. */
const MAX_KEY_CHARACTERS = 255

/** Callers have no names before there is authentication: they share their keys. */
const ANYBODY = 'anonymous'

/**
 * Carries a mutation out in one transaction, at most once for its key: the same key and input again get the first
 * result, another input or mutation IDEMPOTENCY_KEY_REUSED. What was refused is a result as well. It must survive JSON.
 */
export async function mutate<Input extends KeyedInput, Result>(
  db: Database,
  context: CommandContext,
  mutation: Mutation<Input>,
  work: (unit: UnitOfWork) => Promise<Result>,
): Promise<Replayable<Result>> {
  refuseUnusableKey(mutation.input)
  return runCommand(db, context, async (unit) => {
    await claimForClient(unit, mutation)
    return mutateWithin(unit, mutation, () => work(unit))
  })
}

/**
 * Fails with IDEMPOTENCY_KEY_REUSED where the key of a client's mutation was used for another mutation. What the
 * product starts by itself has keys that each of its flows makes for itself, and is not asked.
 */
export function refuseForeignKey<Input extends KeyedInput>(
  db: Queryable,
  subgraph: string,
  mutation: Mutation<Input>,
): Promise<void> {
  return refuseReused(db, subgraph, requestOf(mutation))
}

/** The same in the transaction that does the mutation: another one with the key waits until this has ended. */
export async function claimForClient<Input extends KeyedInput>(
  unit: UnitOfWork,
  mutation: Mutation<Input>,
): Promise<void> {
  await holdKey(unit, unit.subgraph, requestOf(mutation))
  await refuseForeignKey(unit, unit.subgraph, mutation)
}

/** The same as `mutate` as a part of a transaction that is open already. */
export function mutateWithin<Input extends KeyedInput, Result>(
  unit: UnitOfWork,
  mutation: Mutation<Input>,
  work: () => Promise<Result>,
): Promise<Replayable<Result>> {
  return once(unit, unit.subgraph, requestOf(mutation), work)
}

/** The result that a mutation had when it was sent before; undefined where its key is free. */
export function recallMutation<Input extends KeyedInput, Result>(
  db: Queryable,
  subgraph: string,
  mutation: Mutation<Input>,
): Promise<Result | undefined> {
  return recall(db, subgraph, requestOf(mutation))
}

function requestOf<Input extends KeyedInput>({ operation, input }: Mutation<Input>): IdempotentRequest {
  refuseUnusableKey(input)
  const { idempotencyKey: key, ...asked } = input
  return { caller: ANYBODY, operation, key, input: asked }
}

/** Throws BAD_USER_INPUT for a key that cannot be kept: before whatever a mutation does ahead of its transaction. */
function refuseUnusableKey({ idempotencyKey: key }: KeyedInput): void {
  if (key.trim() === '' || key.length > MAX_KEY_CHARACTERS) {
    throw publicError('BAD_USER_INPUT', `An idempotencyKey has 1 to ${MAX_KEY_CHARACTERS} characters.`)
  }
}
