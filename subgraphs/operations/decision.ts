import type { Violation } from '#domain/failure.ts'
import { runCommand, type UnitOfWork } from '#platform/command.ts'
import { mutate } from '#platform/mutation.ts'
import type { UserErrorCode } from '#schema/operations.generated.ts'
import type { Writing } from './loaders.ts'

/** What became of what a person decided. */
export interface Decided {
  /** Whether it had been asked for before under the same key. */
  readonly replayed: boolean
  /** Why nothing was done. */
  readonly violations: readonly Violation[]
}

/** What people decide is told with what becomes of it, where that is soon. */
export const SETTLED_WITHIN_MS = 2_000

/** Has what a person decided done in one transaction, once for its key where there is one. */
export async function decide(
  { db, command }: Writing,
  operation: string,
  { idempotencyKey, ...asked }: { readonly idempotencyKey?: string | null | undefined },
  work: (unit: UnitOfWork, now: Temporal.Instant) => Promise<{ readonly violations?: readonly Violation[] }>,
): Promise<Decided> {
  const run = async (unit: UnitOfWork): Promise<Pick<Decided, 'violations'>> => {
    const { violations } = await work(unit, command.clock.now())
    return { violations: violations ?? [] }
  }
  if (typeof idempotencyKey !== 'string') return { replayed: false, ...(await runCommand(db, command, run)) }
  const { result, replayed } = await mutate(
    db,
    command,
    { operation, input: { ...asked, idempotencyKey } },
    run,
  )
  return { replayed, ...result }
}

/** The schema lists the codes that a request can be refused with; the writer of answers fails on another one. */
export const userErrors = ({ violations }: Pick<Decided, 'violations'>) =>
  violations.map(({ code, field, message }) => ({ code: code as UserErrorCode, field, message }))
