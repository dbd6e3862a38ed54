import { publicError } from './errors.ts'
import { contentHash, toJson } from './json.ts'
import type { UnitOfWork } from './command.ts'
import type { Queryable } from './database.ts'

/** Who asked for what under which key. The same key with the same input gets the first result again. */
export interface IdempotentRequest {
  readonly caller: string
  readonly operation: string
  readonly key: string
  readonly input: unknown
}

export interface Replayable<Result> {
  readonly result: Result
  readonly replayed: boolean
}

/**
 * Runs `work` at most once for a key, inside the command's transaction: a second request with the key waits for
 * the first and gets its result. Another input under the key fails with IDEMPOTENCY_KEY_REUSED.
 * The result must survive JSON.
 */
export async function once<Result>(
  unit: UnitOfWork,
  subgraph: string,
  request: IdempotentRequest,
  work: () => Promise<Result>,
): Promise<Replayable<Result>> {
  const { caller, operation, key } = request
  const requestHash = contentHash(request.input)
  const claimed = await unit.rows({
    name: `${subgraph} claim key`,
    text: `INSERT INTO ${subgraph}.idempotency (caller, operation, key, request_hash)
      VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING key`,
    values: [caller, operation, key, requestHash],
  })
  if (claimed.length === 1) {
    const result = await work()
    await unit.rows({
      name: `${subgraph} keep result`,
      text: `UPDATE ${subgraph}.idempotency SET result = $4 WHERE caller = $1 AND operation = $2 AND key = $3`,
      values: [caller, operation, key, toJson(result)],
    })
    return { result, replayed: false }
  }
  const first = await recall<Result>(unit, subgraph, request)
  if (first === undefined) throw new Error(`the key "${key}" is taken, and nobody has it`)
  return { result: first, replayed: true }
}

/**
 * The result that a request had under its key before; undefined where the key is free. Another input under the key
 * fails with IDEMPOTENCY_KEY_REUSED.
 */
export async function recall<Result>(
  db: Queryable,
  subgraph: string,
  { caller, operation, key, input }: IdempotentRequest,
): Promise<Result | undefined> {
  const [first] = await db.rows<{ requestHash: string; result: Result }>({
    name: `${subgraph} recall key`,
    text: `SELECT request_hash AS "requestHash", result FROM ${subgraph}.idempotency
      WHERE caller = $1 AND operation = $2 AND key = $3`,
    values: [caller, operation, key],
  })
  if (first !== undefined && first.requestHash !== contentHash(input)) {
    throw publicError(
      'IDEMPOTENCY_KEY_REUSED',
      `The idempotency key "${key}" was used for another ${operation}.`,
    )
  }
  return first?.result
}

/**
 * Fails with IDEMPOTENCY_KEY_REUSED where a caller used a key for another operation, and not for this one too: what was
 * done under it is told again.
 */
export async function refuseReused(
  db: Queryable,
  subgraph: string,
  { caller, operation, key }: Omit<IdempotentRequest, 'input'>,
): Promise<void> {
  const [other] = await db.rows<{ operation: string }>({
    name: `${subgraph} key of another operation`,
    text: `SELECT min(operation) AS operation FROM ${subgraph}.idempotency WHERE caller = $1 AND key = $2
      HAVING count(*) > 0 AND NOT bool_or(operation = $3)`,
    values: [caller, key, operation],
  })
  if (other !== undefined)
    throw publicError(
      'IDEMPOTENCY_KEY_REUSED',
      `The idempotency key "${key}" was used for ${other.operation}.`,
    )
}

/** Keeps whoever asks for a caller's key as well, whatever for, waiting until the transaction ends. */
export async function holdKey(
  unit: UnitOfWork,
  subgraph: string,
  { caller, key }: Pick<IdempotentRequest, 'caller' | 'key'>,
): Promise<void> {
  await unit.rows({
    name: `${subgraph} hold key`,
    text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
    values: [toJson(['idempotency key', subgraph, caller, key])],
  })
}
