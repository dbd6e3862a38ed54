import type { ExternalRef, Fact, Recorded } from '#domain/entity.ts'
import { canonicalId, type IdKind } from './ids.ts'

/** How we name ourselves as a source of facts, beside the systems that we read from. */
export const OWN_SYSTEM = 'revgraph'
const INSTANCE = 'default'

/** What a step makes, named after the step's key: the same at every try. `part` tells its parts from each other. */
export function ownId(kind: IdKind, effectKey: string, part?: string | number): string {
  const externalId = part === undefined ? effectKey : `${effectKey}/${part}`
  return canonicalId(kind, OWN_SYSTEM, INSTANCE, kind, externalId)
}

/** The identity of an entity that a step makes; `madeAs` names what an outside system made for it. */
export function ownFact(kind: IdKind, effectKey: string, madeAs?: ExternalRef): Fact {
  const made = madeAs === undefined ? [] : [madeAs]
  return { id: ownId(kind, effectKey), externalRefs: [ownRef(kind, effectKey, 1n), ...made] }
}

/**
 * An entity with something new stated of it, whoever made it known: our reference comes first, as that of the source
 * that speaks, and is newer than all that we said of the entity before.
 */
export function restate<State extends Fact & Recorded>(
  kind: IdKind,
  before: State,
  changes: Partial<NoInfer<State>>,
): Omit<State, 'version' | 'recordedAt'> {
  const { version, recordedAt: _, ...known } = before
  const own = known.externalRefs.find(({ system }) => system === OWN_SYSTEM)
  const others = known.externalRefs.filter(({ system }) => system !== OWN_SYSTEM)
  const ref = ownRef(kind, own?.externalId ?? known.id, BigInt(version + 1))
  return { ...known, ...changes, externalRefs: [ref, ...others] }
}

const ownRef = (objectType: string, externalId: string, sourceVersion: bigint): ExternalRef => ({
  system: OWN_SYSTEM,
  instance: INSTANCE,
  objectType,
  externalId,
  url: null,
  sourceVersion,
})

/** The workflow whose step made something of ours; undefined for what no step made. */
export const makerOf = ({ externalRefs }: Pick<Fact, 'externalRefs'>): string | undefined =>
  externalRefs.find(({ system }) => system === OWN_SYSTEM)?.externalId.split('/', 1)[0]
