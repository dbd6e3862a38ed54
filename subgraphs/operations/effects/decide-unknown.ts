/** What a person found out about an effect whose outcome nobody could tell. */
import type { OutsideDocument } from '#domain/effect.ts'
import { type Outcome, violationIf } from '#domain/failure.ts'
import type { Queryable } from '#platform/database.ts'
import { decideEffect } from '../effect-store.ts'

/** Which effect in which outside system. */
export interface EffectName {
  /** Name of the connector. */
  readonly system: string
  readonly effectKey: string
}

/**
 * Takes a person's word for it: what she found in the outside system is adopted; null, that nothing is there, allows
 * it to be sent again, under the same key. STATUS_FORBIDS where the effect is not in doubt (any more), or is just being
 * sent or looked for: the next call of `carryOut` then tells what is known.
 */
export async function decideUnknown(
  db: Queryable,
  name: EffectName,
  found: OutsideDocument | null,
): Promise<Outcome<EffectName>> {
  const isDecided = await decideEffect(db, name, found)
  const violations = violationIf(
    !isDecided,
    'STATUS_FORBIDS',
    'effectKey',
    `The outcome of ${name.effectKey} in ${name.system} is known, or being found out`,
  )
  return isDecided ? { value: name } : { violations }
}
