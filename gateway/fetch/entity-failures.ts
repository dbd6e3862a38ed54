import {
  type Failure,
  failureOfCall,
  failureOfSubgraph,
  type SubgraphError,
  SubgraphFailure,
} from '../errors.ts'
import { clientName } from '../names.ts'
import type { Trail } from '../plan/paths.ts'
import { clientPath, type Run } from '../run.ts'
import type { Batch, Gathered, Place } from './gather.ts'

/**
 * Objects that lack what the fetch requires of them, because an earlier one failed, are not asked for: the same
 * failure is why their fields stay null.
 */
export function tellWhatIsMissing(
  { locates, represent, required, keysOf }: Batch,
  { data, failures }: Run,
): void {
  if (failures.kept.length === 0 || failures.isFull) return
  const causes = causesByPlace(failures.kept, required)
  if (causes.size === 0) return
  for (const locate of locates) {
    locate(data, (object, trail) => {
      if (failures.isFull || represent(object)) return
      const place = clientPath(trail)
      const cause = causes.get(place.join())
      if (cause)
        failures.addAll(keysOf(object).map((key) => ({ ...cause, path: [...place, clientName(key)] })))
    })
  }
}

/** The first failure of a required field, by the place of the object that lacks it. */
function causesByPlace(failures: readonly Failure[], required: Batch['required']): Map<string, Failure> {
  const causes = new Map<string, Failure>()
  for (const failure of failures) {
    for (const [length, step] of (failure.path ?? []).entries()) {
      if (required.has(step)) causes.getOrInsert(failure.path?.slice(0, length).join() ?? '', failure)
    }
  }
  return causes
}

/** The failure of a subgraph that did not answer what it was asked. */
export function foreign(complaint: string, service: string): Failure {
  return failureOfCall(new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', complaint), service)
}

/** Records what a subgraph says of its entities at the client's places. */
export function tell(
  ownErrors: readonly SubgraphError[],
  gathered: Gathered,
  run: Run,
  service: string,
): void {
  const [ofEntities, [first, ...further]] = split(ownErrors, ({ path }) => typeof path?.[1] === 'number')
  for (const error of ofEntities) relocate(error, gathered, run, service)
  if (first) failAll(gathered, run, failureOfSubgraph(first, service))
  // Each field has its error now: what else went wrong as a whole need not be told everywhere again.
  const [place] = gathered.places().flat()
  for (const error of further) if (place) record(run, failureOfSubgraph(error, service), place.trail)
}

function split<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))]
}

/** Records an error of the subgraph at every place of the client's answer that waits for the entity. */
function relocate(error: SubgraphError, gathered: Gathered, run: Run, service: string): void {
  if (run.failures.isFull) return
  const failure = failureOfSubgraph(error, service)
  const [, index, ...rest] = error.path ?? []
  const places = gathered.places()[Number(index)] ?? []
  if (rest.length === 0) return failPlaces(places, gathered, run, failure)
  const inner = rest.map(gathered.batch.finalKey)
  for (const { trail } of places) record(run, failure, [...trail, ...inner])
}

/** A null that spread over an entity, or over all of them, took fields with it that have no error of their own. */
export function failSilent(
  errors: readonly SubgraphError[],
  entities: unknown,
  gathered: Gathered,
  run: Run,
  service: string,
): void {
  const [first] = errors
  const byEntity = Map.groupBy(errors, ({ path }) => path?.[1])
  if (!first || run.failures.isFull || byEntity.has(undefined)) return
  const isList = Array.isArray(entities)
  for (const [index, places] of gathered.places().entries()) {
    const own = byEntity.get(index) ?? []
    const isLost = isList ? entities[index] === null && own.length > 0 : true
    const told = new Set(
      own.map(({ path = [] }) => (path[2] === undefined ? undefined : gathered.batch.finalKey(path[2]))),
    )
    if (isLost && !told.has(undefined))
      failPlaces(places, gathered, run, failureOfSubgraph(own[0] ?? first, service), told)
  }
}

/** Fails every entity that was asked for. */
export function failAll(gathered: Gathered, run: Run, failure: Failure): void {
  if (run.failures.isFull) return
  for (const places of gathered.places()) failPlaces(places, gathered, run, failure)
}

/** An entity that did not come fails each field that it was to bring, but for those whose failure is told. */
export function failPlaces(
  places: readonly Place[],
  { batch }: Gathered,
  run: Run,
  failure: Failure,
  told: ReadonlySet<unknown> = new Set(),
): void {
  for (const { object, trail } of places) {
    for (const key of batch.keysOf(object)) if (!told.has(key)) record(run, failure, [...trail, key])
  }
}

function record({ failures }: Run, failure: Failure, trail: Trail): void {
  if (!failures.isFull) failures.add({ ...failure, path: clientPath(trail) })
}
