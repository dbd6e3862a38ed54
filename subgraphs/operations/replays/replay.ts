import { randomUUID } from 'node:crypto'
import type { Violation } from '#domain/failure.ts'
import { type OrderedConsumer, replayEvent, type ReplayOrder } from '#domain/replay.ts'
import type { SubgraphName } from '#platform/config.ts'
import type { Database } from '#platform/database.ts'
import { type Aggregate, type Draft, runCommand, unitOfWork } from '#platform/command.ts'
import { contentHash } from '#platform/json.ts'
import type { Consumer } from '#platform/log/consumer.ts'
import { consumerOf, type Projection } from '#platform/log/projection.ts'
import {
  cancelReplay,
  countRebuild,
  countRedelivery,
  type LogRange,
  readReplay,
  type Replay,
  requestReplay,
} from '#platform/log/replay-store.ts'
import type { CancelReplayInput, ReplayEventsInput } from '#schema/operations.generated.ts'
import type { Writing } from '../loaders.ts'
import { checkOrder, DEFAULT_EVENTS_PER_SECOND, type ReplayAnswer } from './order.ts'
import { countEvents, lockQuestion, readLastOrder, readRange, replayOrders } from '../replay-store.ts'

const replayAggregate: Aggregate<ReplayOrder> = {
  name: 'replay',
  table: replayOrders,
  event: replayEvent,
}

/** A subgraph whose consumers can take events again; each keeps its replays in its own store. */
export interface ReplayTarget {
  readonly subgraph: SubgraphName
  readonly db: Database
  readonly consumers: readonly Consumer[]
  readonly projections: readonly Projection[]
}

/** One consumer that was chosen, with the part of the log that it takes again. */
interface Chosen {
  readonly target: ReplayTarget
  readonly consumer: Consumer
  readonly range: LogRange
}

/** For how long what a dry run counted is good enough to act on. */
const DRY_RUN_MINUTES = 60
/** Callers have no names before there is authentication; the request finds them in the log. */
const ANYBODY = 'anonymous'

const refuse = (violation: Violation): ReplayAnswer => ({ replay: null, violations: [violation] })

/** Counts what a replay would come to, or begins it where that was counted before. */
export async function replayEvents(
  { db, command }: Writing,
  targets: readonly ReplayTarget[],
  input: ReplayEventsInput,
): Promise<ReplayAnswer> {
  const violations = checkOrder(input)
  if (violations.length > 0) return { replay: null, violations }
  const chosen = await choose(db, targets, input)
  if (chosen.length === 0)
    return refuse({
      code: 'REFERENCE_MISSING',
      field: 'consumers',
      message: 'Nothing takes these events in this mode',
    })
  const { mode, types, from, to, consumers, dryRun, reason } = input
  const question = contentHash({ mode, types, from, to, consumers })
  const requestedAt = command.clock.now()
  // Not tried again as a whole: what the subgraphs were asked for meanwhile is asked for.
  return db.transaction(async (transaction) => {
    const unit = unitOfWork(transaction, command)
    await lockQuestion(unit, question)
    const last = await readLastOrder(unit, question)
    if (!dryRun && last?.isDryRun === false) return { replay: last, violations: [] }
    if (!dryRun && !isFresh(last, requestedAt)) return refuse(NOT_COUNTED)
    const requestedBy = `${ANYBODY} (request ${command.correlationId})`
    const ordered: OrderedConsumer[] = []
    for (const each of chosen) {
      const { target, consumer } = each
      const { wouldApply, wouldSkip } = await count(each, mode)
      const replayId = dryRun ? null : await begin(each, input, requestedBy, requestedAt)
      const { name, source } = consumer
      ordered.push({ subgraph: target.subgraph, name, source, wouldApply, wouldSkip, replayId })
    }
    const eventCount = await countAll(db, chosen, types ?? null)
    const order: Draft<ReplayOrder> = {
      id: `rpo_${randomUUID()}`,
      mode,
      question,
      isDryRun: dryRun,
      eventCount,
      consumers: ordered,
      reason,
      requestedBy,
      requestedAt,
      cancelledBy: null,
      cancelReason: null,
    }
    const [replay = null] = await unit.save(replayAggregate, [{ before: undefined, after: order }])
    return { replay, violations: [] }
  })
}

const NOT_COUNTED: Violation = {
  code: 'STATUS_FORBIDS',
  field: 'dryRun',
  message: `Send the same with dryRun: true first, and this within ${DRY_RUN_MINUTES} minutes`,
}

const isFresh = (dryRun: ReplayOrder | null, now: Temporal.Instant): boolean =>
  dryRun !== null && dryRun.requestedAt.until(now).total('minutes') <= DRY_RUN_MINUTES

/** The consumers, or projections, that take the types and are named. */
async function choose(
  db: Database,
  targets: readonly ReplayTarget[],
  { mode, types, from, to, consumers: names }: ReplayEventsInput,
): Promise<Chosen[]> {
  const candidates = targets.flatMap((target) => {
    const consumers =
      mode === 'REDELIVER' ? target.consumers : target.projections.map((projection) => consumerOf(projection))
    return consumers.map((consumer) => ({ target, consumer }))
  })
  const wanted = candidates.filter(
    ({ consumer }) =>
      (!names || names.includes(consumer.name)) &&
      (!types || !consumer.types || types.some((type) => consumer.types?.includes(type))),
  )
  return Promise.all(
    wanted.map(async (each) => ({
      ...each,
      range: await readRange(db, each.consumer.source, from ?? null, to ?? null),
    })),
  )
}

const count = ({ target, consumer, range }: Chosen, mode: ReplayEventsInput['mode']) =>
  mode === 'REDELIVER'
    ? countRedelivery(target.db, target.subgraph, consumer, range)
    : countRebuild(target.db, consumer)

const begin = (
  { target, consumer, range }: Chosen,
  { mode, reason, eventsPerSecond }: ReplayEventsInput,
  by: string,
  at: Temporal.Instant,
): Promise<string> =>
  requestReplay(
    target.db,
    target.subgraph,
    {
      kind: mode,
      consumer: consumer.name,
      source: consumer.source,
      ...range,
      eventsPerSecond: eventsPerSecond ?? DEFAULT_EVENTS_PER_SECOND,
      reason,
      by,
    },
    at,
  )

/** Events of the ranges, each counted once whatever the number of consumers. */
async function countAll(
  db: Database,
  chosen: readonly Chosen[],
  types: readonly string[] | null,
): Promise<bigint> {
  const ranges = new Map(chosen.map(({ consumer, range }) => [consumer.source, range]))
  const counts = await Promise.all(
    [...ranges].map(([source, range]) => countEvents(db, source, range, types)),
  )
  return counts.reduce((sum, each) => sum + each, 0n)
}

/** The parts of a replay as they are now, in the order of its consumers; of a dry run, none. */
export async function readParts(
  targets: readonly ReplayTarget[],
  { consumers }: ReplayOrder,
): Promise<(Replay | undefined)[]> {
  return Promise.all(
    consumers.map(async ({ subgraph, replayId }) => {
      const target = targets.find((each) => each.subgraph === subgraph)
      return replayId === null || !target ? undefined : readReplay(target.db, subgraph, replayId)
    }),
  )
}

/** Ends the parts of a replay that have not ended; null where there is no such replay. */
export async function cancelReplayOf(
  targets: readonly ReplayTarget[],
  { db, command }: Writing,
  { id, reason }: CancelReplayInput,
): Promise<ReplayOrder | null> {
  const cancelledBy = `${ANYBODY} (request ${command.correlationId})`
  const order = await runCommand(db, command, async (unit) => {
    const before = (await unit.lock(replayAggregate, [id])).get(id)
    if (before === undefined || before.cancelledBy !== null) return before
    const [after] = await unit.save(replayAggregate, [
      { before, after: { ...before, cancelledBy, cancelReason: reason } },
    ])
    return after
  })
  for (const { subgraph, replayId } of order?.consumers ?? []) {
    const target = targets.find((each) => each.subgraph === subgraph)
    if (target && replayId !== null)
      await cancelReplay(target.db, subgraph, replayId, `${cancelledBy}: ${reason}`, command.clock.now())
  }
  return order ?? null
}
