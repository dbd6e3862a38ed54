import type { Logger } from 'pino'
import { type FactKind, type Facts, mergeFacts, type RecordCount, type RecordFacts } from '#domain/facts.ts'
import type { Clock } from '#platform/clock.ts'
import type { StripeReader } from './client.ts'
import { documentDates } from './document-dates.ts'
import { isObject, requiredText, type StripeObject } from './fields.ts'
import { gapLog, type GapGroup } from './gaps.ts'
import { booksOf, periodOpener, type PeriodOpener } from './legal-entity.ts'
import { survey } from './links.ts'
import { mapObject } from './map-object.ts'
import { STRIPE, type MappingContext, type StripeAccount } from './mapping.ts'
import { ImportFailed, readPages, type PageRetry, type Position } from './pages.ts'
import { readRaw, type RawCollection, type RawObject, type RawStore } from './raw.ts'
import { RESOURCES, type Resource } from './resources.ts'
import { totals, type Total, type Totals } from './totals.ts'

/** Where a run goes on, and when it began: what it has not seen since then is no longer in the account. */
export interface RunPosition extends Position {
  /** ISO 8601. */
  readonly began: string
}

/** Where an import that failed goes on. */
export interface PositionStore<Place = Position> {
  load(): Promise<Place | null>
  save(position: Place): Promise<void>
  clear(): Promise<void>
}

/** How far an import is. While reading, Stripe does not say how many objects there are. */
export interface Progress {
  readonly phase: 'READ' | 'RECORD'
  readonly resource: string
  readonly done: number
  readonly total: number | null
}

/** What an import needs. */
export interface StripeImport {
  readonly reader: StripeReader
  readonly account: StripeAccount
  readonly record: RecordFacts
  readonly raw: RawStore
  readonly positions: PositionStore<RunPosition>
  readonly clock: Clock
  readonly log: Logger
  readonly progress?: (progress: Progress) => void
  readonly retry?: PageRetry
}

/** What an import did. */
export interface ImportResult {
  /** Where a failed import was taken up; null for one that began at the start. */
  readonly resumedFrom: Position | null
  /** Lists that the server does not have. */
  readonly unavailable: readonly string[]
  /** Objects that are known of the account. */
  readonly objects: number
  readonly counts: Partial<Record<FactKind, RecordCount>>
  readonly totals: readonly Total[]
  readonly gaps: readonly GapGroup[]
}

/**
 * Brings what a Stripe account holds into the graph, in two passes. The first reads every list page by page and
 * keeps each object as it came, with its position, so that an import that fails goes on where it stopped. The
 * second goes over what is kept: once for the links between objects, which no page shows, then object by object to
 * facts. It needs no network and gives the same facts for the same objects, so it can be run again at any time.
 *
 * Throws ImportFailed, which carries the position, where a page cannot be read.
 */
export async function importStripe(task: StripeImport): Promise<ImportResult> {
  const resumedFrom = await task.positions.load()
  const run = { task, began: resumedFrom?.began ?? task.clock.now().toString() }
  const unavailable = await readAll(run, resumedFrom)
  await task.positions.clear()
  const result = await recordAll(run)
  task.log.info({ objects: result.objects, gaps: result.gaps.length, resumedFrom }, 'Stripe import done')
  return { resumedFrom, unavailable, ...result }
}

/** From the first page to the last, however often it is interrupted. */
interface Run {
  readonly task: StripeImport
  readonly began: string
}

async function readAll(run: Run, from: Position | null): Promise<readonly string[]> {
  const first = RESOURCES.findIndex(({ name }) => name === from?.resource)
  const unavailable: string[] = []
  for (const resource of RESOURCES.slice(Math.max(0, first))) {
    const startingAfter = from?.resource === resource.name ? from.startingAfter : null
    if (!(await readIfThere(run, resource, startingAfter))) unavailable.push(resource.name)
  }
  return unavailable
}

/** Reads a list; false where it is one that may be missing, and is. */
async function readIfThere(run: Run, resource: Resource, startingAfter: string | null): Promise<boolean> {
  try {
    await readOrRestart(run, resource, startingAfter)
    return true
  } catch (error) {
    if (!(error instanceof ImportFailed) || !error.notFound || !resource.optional) throw error
    run.task.log.warn({ resource: resource.name }, 'the server has no such list')
    return false
  }
}

/** Reads a list from a place; from its start, once, where the object of that place has been deleted. */
async function readOrRestart(run: Run, resource: Resource, startingAfter: string | null): Promise<void> {
  try {
    await readResource(run, resource, startingAfter)
  } catch (error) {
    if (!(error instanceof ImportFailed) || !error.isPlaceGone) throw error
    run.task.log.warn(error.position, 'the list cannot be read on from there, so it is read from its start')
    await readResource(run, resource, null)
  }
}

async function readResource(
  { task, began }: Run,
  resource: Resource,
  startingAfter: string | null,
): Promise<void> {
  let done = 0
  await task.positions.save({ resource: resource.name, startingAfter, began })
  for await (const page of readPages(task.reader, resource, startingAfter, task.retry)) {
    await task.raw.keep(page.objects.map((object) => rawObject(task, resource, object)))
    if (page.next !== null)
      await task.positions.save({ resource: resource.name, startingAfter: page.next, began })
    done += page.objects.length
    task.progress?.({ phase: 'READ', resource: resource.name, done, total: null })
  }
}

function rawObject(task: StripeImport, resource: Resource, payload: StripeObject): RawObject {
  const observedAt = task.clock.now()
  const sourceVersion = BigInt(observedAt.epochMilliseconds)
  return {
    ...collection(task, resource),
    externalId: requiredText(payload, 'id'),
    sourceVersion,
    observedAt,
    payload,
  }
}

const collection = (task: StripeImport, { objectType }: Resource): RawCollection => ({
  system: STRIPE,
  instance: task.account.instance,
  objectType,
})

/** One run of the second pass. */
interface Recording {
  readonly task: StripeImport
  /** What was seen last before this, in epoch milliseconds, is not in the account any more. */
  readonly began: bigint
  readonly context: MappingContext
  readonly totals: Totals
  readonly periods: PeriodOpener
  readonly counts: Map<FactKind, RecordCount>
  readonly objects: number
}

async function recordAll(run: Run): Promise<Omit<ImportResult, 'resumedFrom' | 'unavailable'>> {
  const { task } = run
  const recording = await prepare(run)
  await record(recording, booksOf(task.account))
  let done = 0
  for (const resource of RESOURCES) {
    for await (const page of readRaw(task.raw, collection(task, resource))) {
      await recordPage(recording, resource, page)
      done += page.length
      task.progress?.({ phase: 'RECORD', resource: resource.name, done, total: recording.objects })
    }
  }
  const { objects, counts, context } = recording
  return {
    objects,
    counts: Object.fromEntries(counts),
    totals: recording.totals.list(),
    gaps: context.gaps.groups(),
  }
}

/** Goes over all objects for their links. */
async function prepare({ task, began: start }: Run): Promise<Recording> {
  const seen = survey()
  let objects = 0
  for (const resource of RESOURCES) {
    for await (const page of readRaw(task.raw, collection(task, resource))) {
      for (const { payload } of page) seen.see(resource.objectType, asObject(payload))
      objects += page.length
    }
  }
  const context = { account: task.account, links: seen.links(), gaps: gapLog() }
  const began = BigInt(Temporal.Instant.from(start).epochMilliseconds)
  return {
    task,
    began,
    context,
    totals: totals(),
    periods: periodOpener(task.account),
    counts: new Map(),
    objects,
  }
}

/** Records what one page of objects states; the months that it needs are opened first. */
async function recordPage(
  recording: Recording,
  resource: Resource,
  page: readonly RawObject[],
): Promise<void> {
  const { context, task, periods } = recording
  for (const object of page) reportUnseen(recording, object)
  const facts = mergeFacts(
    page.map(({ payload, sourceVersion }) => mapObject(context, asObject(payload), sourceVersion)),
  )
  recording.totals.add(resource.objectType, facts)
  const today = task.clock.now().toZonedDateTimeISO(task.account.legalEntity.timeZone).toPlainDate()
  await record(recording, { accountingPeriods: periods.open([today, ...documentDates(facts)]) })
  await record(recording, facts)
}

/** What the account no longer lists keeps its facts: nothing says what became of it. */
function reportUnseen({ began, context }: Recording, object: RawObject): void {
  const { objectType, externalId, observedAt, sourceVersion } = object
  if (sourceVersion >= began) return
  const value = `last seen ${observedAt.toString()}`
  context.gaps.add({ kind: 'NOT_SEEN', objectType, externalId, path: 'id', value })
}

async function record({ task, counts }: Recording, facts: Partial<Facts>): Promise<void> {
  if (Object.values(facts).every((list) => list.length === 0)) return
  const recorded = await task.record(facts)
  for (const [kind, count] of Object.entries(recorded) as [FactKind, RecordCount][]) {
    counts.set(kind, plus(counts.get(kind), count))
  }
}

const plus = (a: RecordCount | undefined, b: RecordCount): RecordCount => ({
  created: (a?.created ?? 0) + b.created,
  changed: (a?.changed ?? 0) + b.changed,
  unchanged: (a?.unchanged ?? 0) + b.unchanged,
  stale: (a?.stale ?? 0) + b.stale,
})

function asObject(payload: unknown): StripeObject {
  if (!isObject(payload)) throw new Error('a raw object is not a JSON object')
  return payload
}
