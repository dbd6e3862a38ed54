import type { ExternalRef, Fact } from '#domain/entity.ts'
import { canonicalId, type IdKind } from './ids.ts'

/** How we name ourselves as a source of facts, beside the systems that we read from. */
const OWN_SYSTEM = 'revgraph'
const INSTANCE = 'default'

/** What a step makes, named after the step's key: the same at every try. `part` tells its parts from each other. */
export function ownId(kind: IdKind, effectKey: string, part?: string | number): string {
  const externalId = part === undefined ? effectKey : `${effectKey}/${part}`
  return canonicalId(kind, OWN_SYSTEM, INSTANCE, kind, externalId)
}

/** The identity of an entity that a step makes. */
export function ownFact(kind: IdKind, effectKey: string): Fact {
  return { id: ownId(kind, effectKey), externalRefs: [ownRef(kind, effectKey, 1n)] }
}

const ownRef = (objectType: string, externalId: string, sourceVersion: bigint): ExternalRef => ({
  system: OWN_SYSTEM,
  instance: INSTANCE,
  objectType,
  externalId,
  url: null,
  sourceVersion,
})
