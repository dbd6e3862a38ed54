/** Content and age of a source's statement. */
export interface SourceStatement {
  /** The same for the same content, whoever states it and whenever. */
  readonly hash: string
  readonly sourceVersion: bigint
}

/** Why a fact is recorded, or why it is not. */
export type FactDecision = 'created' | 'changed' | 'unchanged' | 'stale'

/**
 * What to do with a fact. The same content is unchanged whatever its version (the store still keeps the newer source
 * version, so that what lies between stays stale); an older statement of the source never overwrites a newer one.
 * The same source version may say something new: a connector that maps more than it did.
 */
export function decideFact(current: SourceStatement | undefined, fact: SourceStatement): FactDecision {
  if (current === undefined) return 'created'
  if (fact.hash === current.hash) return 'unchanged'
  return fact.sourceVersion < current.sourceVersion ? 'stale' : 'changed'
}
