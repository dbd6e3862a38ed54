import type { Fact, Recorded } from '#domain/entity.ts'
import { type HeldWrite, keptOf, type Write } from '#domain/foreign-write.ts'
import { decideFact, type FactDecision, type SourceStatement } from '#domain/fact.ts'
import type { FactKind, RecordCount, RecordCounts } from '#domain/facts.ts'
import type { Violation } from '#domain/failure.ts'
import type { Aggregate, Draft, UnitOfWork } from './command.ts'
import { contentHash } from './json.ts'
import { OWN_SYSTEM } from './own-facts.ts'

/** An aggregate that outside systems state facts about. */
export interface FactAggregate<
  Stated extends Fact,
  State extends { readonly id: string } & Recorded,
> extends Aggregate<State> {
  /** What is wrong with a fact by itself; empty for a good one. */
  readonly check?: (fact: Stated) => readonly Violation[]
  /** The state that follows from a fact; what the fact does not tell is kept from the state before. */
  readonly derive: (fact: Stated, before: State | undefined) => Draft<State>
}

/** Which fields of a fact stay as they are, since another system masters them. */
export type WriteGuard = (write: Write) => readonly HeldWrite[]

export interface Recording<State, Stated = Fact> {
  readonly count: RecordCount
  /** What was stated, as far as its source may: others are told this and no more. */
  readonly taken: readonly Stated[]
  readonly held: readonly HeldWrite[]
  /** States that were created or changed. */
  readonly saved: readonly State[]
  /** Those of them that were there before, as they were. */
  readonly before: ReadonlyMap<string, State>
}

/**
 * Records what a source states: what is known already or older than what is known changes nothing. Fields that `guard`
 * holds stay as they are; such a fact is not remembered as known, so that it is decided anew when it is stated again.
 */
export async function recordFacts<Stated extends Fact, State extends Fact & Recorded>(
  unit: UnitOfWork,
  aggregate: FactAggregate<Stated, State>,
  facts: readonly Stated[] = [],
  guard: WriteGuard = () => [],
): Promise<Recording<State, Stated>> {
  const { count, news, sourcesOf, remember } = await decideFacts(unit, aggregate, facts)
  const before = await unit.lock(
    aggregate,
    news.map(({ id }) => id),
  )
  const decided = news.map((fact) => {
    const state = before.get(fact.id)
    if (state === undefined) return { fact, taken: fact, held: [] }
    const held = guard({ object: aggregate.name, fact, before: state, sources: sourcesOf(fact.id) })
    return { fact, taken: without(held, fact, state), held }
  })
  const changes = decided.flatMap(({ taken }) => {
    if (taken === null) return []
    const state = before.get(taken.id)
    return [{ before: state, after: aggregate.derive(taken, state) }]
  })
  const saved = await unit.save(aggregate, changes)
  const held = decided.flatMap((each) => each.held)
  const undecided = new Set(held.map(({ objectId }) => objectId))
  await remember((id) => undecided.has(id))
  const untouched = decided.length - changes.length
  const takenById = new Map(decided.map(({ fact, taken }) => [fact.id, taken]))
  return {
    count: { ...count, changed: count.changed - untouched, unchanged: count.unchanged + untouched },
    taken: facts.flatMap((fact) => (takenById.has(fact.id) ? (takenById.get(fact.id) ?? []) : fact)),
    held,
    saved,
    before,
  }
}

/** What several recordings came to. */
export interface RecordingSum {
  readonly counts: RecordCounts
  readonly held: readonly HeldWrite[]
}

/** Sums up recordings by the kinds of their facts. */
export function sumOf(
  recorded: Partial<Readonly<Record<FactKind, Pick<Recording<unknown>, 'count' | 'held'>>>>,
): RecordingSum {
  const parts = Object.entries(recorded)
  return {
    counts: Object.fromEntries(parts.map(([kind, { count }]) => [kind, count])),
    held: parts.flatMap(([, { held }]) => held),
  }
}

/** A fact without what is held of it; null where nothing else in it is new. */
function without<Stated extends Fact>(held: readonly HeldWrite[], fact: Stated, before: Fact): Stated | null {
  if (held.length === 0) return fact
  const taken: Stated = { ...fact, ...keptOf(held) }
  const { externalRefs } = before
  return isSame({ ...before, ...taken, externalRefs }, before) ? null : taken
}

/** Whether two values are equal as JSON, whatever the order of their keys. */
export const isSame = (one: unknown, other: unknown): boolean =>
  one === other || contentHash(one ?? null) === contentHash(other ?? null)

/** What a batch of facts comes to before states follow from it. */
export interface Decided<Stated> {
  readonly count: RecordCount
  /** Facts that create or change something, one an id. */
  readonly news: readonly Stated[]
  /** Names of the systems that stated an object before. */
  readonly sourcesOf: (id: string) => readonly string[]
  /**
   * Keeps that they were stated, but for those that are to be decided anew; who met another call with the same news
   * fails here at the latest.
   */
  readonly remember: (isLeftOut?: (id: string) => boolean) => Promise<void>
}

/**
 * Decides which facts are news. Storing the states that follow, and then remembering the facts, is up to the
 * caller, in the same transaction: for aggregates whose state depends on other aggregates as well.
 */
export async function decideFacts<Stated extends Fact>(
  unit: UnitOfWork,
  aggregate: { readonly name: string; readonly check?: (fact: Stated) => readonly Violation[] },
  facts: readonly Stated[] = [],
): Promise<Decided<Stated>> {
  refuseInvalid(aggregate, facts)
  const stated = newestById(facts).map((fact) => ({ fact, ...fingerprint(fact) }))
  const known = await readKnownFacts(unit, stated)
  const sources = Map.groupBy(known.values(), ({ aggregateId }) => aggregateId)
  const decided = stated.map((entry) => {
    const before = known.get(entry.key)
    const decision = decideFact(before, entry)
    return {
      ...entry,
      isFirst: before === undefined,
      // The first that a source states about what another source made known changes it.
      decision: decision === 'created' && sources.has(entry.fact.id) ? 'changed' : decision,
      newer: entry.sourceVersion > (before?.sourceVersion ?? -1n),
    }
  })
  const news = decided.filter(({ decision }) => decision === 'created' || decision === 'changed')
  // An unchanged fact of a newer version counts as well: what lies between the two versions is stale.
  const unchangedButNewer = decided.filter(({ decision, newer }) => decision === 'unchanged' && newer)
  const times = (wanted: FactDecision): number => decided.filter(({ decision }) => decision === wanted).length
  return {
    count: {
      created: times('created'),
      changed: times('changed'),
      unchanged: times('unchanged') + facts.length - stated.length,
      stale: times('stale'),
    },
    news: news.map(({ fact }) => fact),
    sourcesOf: (id) => sources.get(id)?.map(({ source }) => source.split('/')[0] ?? '') ?? [],
    remember: (isLeftOut = () => false) =>
      saveKnownFacts(
        unit,
        [...news, ...unchangedButNewer].filter(({ fact }) => !isLeftOut(fact.id)),
      ),
  }
}

/** Facts that break a rule: nothing of their batch was written. */
export class InvalidFactError extends Error {
  override readonly name = 'InvalidFactError'
  readonly violations: readonly Violation[]

  constructor(message: string, violations: readonly Violation[]) {
    super(message)
    this.violations = violations
  }
}

function refuseInvalid<Stated extends Fact>(
  { name, check }: { readonly name: string; readonly check?: (fact: Stated) => readonly Violation[] },
  facts: readonly Stated[],
): void {
  if (check === undefined) return
  for (const fact of facts) {
    const violations = check(fact)
    if (violations.length === 0) continue
    const reasons = violations.map(({ code, field, message }) => `${field}: ${message} (${code})`)
    throw new InvalidFactError(`The ${name} ${fact.id} cannot be recorded: ${reasons.join('; ')}`, violations)
  }
}

/** One fact an id: where a batch states an object twice, the newest statement counts. */
function newestById<Stated extends Fact>(facts: readonly Stated[]): Stated[] {
  const newest = new Map<string, Stated>()
  for (const fact of facts) {
    const other = newest.get(fact.id)
    if (other === undefined || sourceVersion(fact) >= sourceVersion(other)) newest.set(fact.id, fact)
  }
  return [...newest.values()]
}

const sourceVersion = (fact: Fact): bigint => fact.externalRefs[0]?.sourceVersion ?? 0n

/**
 * The first external reference is the source that states the fact; its version is not part of what is stated. But what
 * we state ourselves is about the state that it changes: said again of a later state, it is news.
 */
function fingerprint(fact: Fact): SourceStatement & { source: string; key: string } {
  const source = `${fact.externalRefs[0]?.system ?? ''}/${fact.externalRefs[0]?.instance ?? ''}`
  const externalRefs = fact.externalRefs.map((ref) =>
    ref.system === OWN_SYSTEM ? ref : { ...ref, sourceVersion: 0n },
  )
  const hash = contentHash({ ...fact, externalRefs })
  return { hash, sourceVersion: sourceVersion(fact), source, key: `${fact.id} ${source}` }
}

/** A statement as it is kept, by `<aggregate> <source>`. */
interface KnownFact extends SourceStatement {
  readonly aggregateId: string
  /** `<system>/<instance>` */
  readonly source: string
  readonly key: string
}

async function readKnownFacts(
  unit: UnitOfWork,
  stated: readonly { fact: Fact }[],
): Promise<Map<string, KnownFact>> {
  if (stated.length === 0) return new Map()
  const rows = await unit.rows<KnownFact>({
    text: `SELECT aggregate_id AS "aggregateId", source, aggregate_id || ' ' || source AS key, hash,
        source_version AS "sourceVersion"
      FROM ${unit.subgraph}.fact WHERE aggregate_id = ANY($1) ORDER BY aggregate_id, source FOR UPDATE`,
    values: [stated.map(({ fact }) => fact.id)],
  })
  return new Map(rows.map((row) => [row.key, row]))
}

interface StatedFact {
  readonly fact: Fact
  readonly source: string
  readonly hash: string
  readonly sourceVersion: bigint
  readonly isFirst: boolean
}

/**
 * What was known is locked and is overwritten. What was not is inserted and nothing else: where another call stated it
 * first, the insert fails, and the command runs again knowing of it.
 */
async function saveKnownFacts(unit: UnitOfWork, stated: readonly StatedFact[]): Promise<void> {
  const first = stated.filter(({ isFirst }) => isFirst)
  const later = stated.filter(({ isFirst }) => !isFirst)
  if (first.length > 0) {
    await unit.add(
      { table: `${unit.subgraph}.fact`, columns: ['aggregate_id', 'source', 'hash', 'source_version'] },
      first.map(({ fact, source, hash, sourceVersion: version }) => [fact.id, source, hash, version]),
    )
  }
  if (later.length > 0) {
    await unit.rows({
      text: `UPDATE ${unit.subgraph}.fact f SET hash = s.hash, source_version = s.source_version
        FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) AS s(aggregate_id, source, hash, source_version)
        WHERE f.aggregate_id = s.aggregate_id AND f.source = s.source`,
      values: [
        later.map(({ fact }) => fact.id),
        later.map(({ source }) => source),
        later.map(({ hash }) => hash),
        later.map((statement) => statement.sourceVersion),
      ],
    })
  }
}
