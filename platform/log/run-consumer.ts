import type { Clock } from '#platform/clock.ts'
import type { SubgraphName } from '#platform/config.ts'
import type { Database } from '#platform/database.ts'
import type { Log } from '#platform/log.ts'
import { applyStretch, type Term } from './apply.ts'
import type { Bus } from './bus.ts'
import { type ConsumerShare, enlist, notePlace, officeOf, readPlace } from './consumer-store.ts'
import { type Consumer, takes } from './consumer.ts'
import type { LoggedEvent } from './event.ts'
import { follow } from './follow.ts'
import { holdOffice, type Running } from './hold-office.ts'
import { shareOf } from './share.ts'

export interface ConsumerOptions {
  /** The store of the subgraph whose consumer it is. */
  readonly db: Database
  readonly subgraph: SubgraphName
  readonly consumer: Consumer
  readonly bus: Bus
  readonly clock: Clock
  readonly log: Log
}

/** Events that are applied together: one after the other, or where a consumer can by a few statements for all. */
const MAX_BATCH = { oneByOne: 100, together: 1_000 } as const

/** Has this node stand ready to run a consumer: it works on each share that no other node works on. */
export async function startConsumer(options: ConsumerOptions): Promise<Running> {
  const { db, subgraph, consumer } = options
  await enlist(db, subgraph, consumer)
  const shares = Array.from({ length: consumer.shares }, (_, share) => startShare(options, share))
  return { stop: async () => void (await Promise.all(shares.map((share) => share.stop()))) }
}

function startShare({ db, subgraph, consumer, bus, clock, log }: ConsumerOptions, number: number): Running {
  const { name, source } = consumer
  const named = { consumer: name, source, share: number }
  const share: ConsumerShare = { subgraph, name, source, share: number }
  const onFailure = ({ id, type }: LoggedEvent, err: unknown): void =>
    log.error(
      { ...named, err, id, type },
      'an event cannot be applied: it is set aside, and its aggregate held',
    )
  const place = { position: 0n }
  return holdOffice({
    db,
    office: officeOf(share),
    named,
    log,
    work: async (epoch, signal) => {
      place.position = await readPlace(db, share)
      await workOn({ db, consumer, share, epoch, clock, signal, onFailure }, bus, place)
    },
    // Applying writes the place down; where there is nothing to apply it is enough to do so now and then.
    onRenewal: (epoch) => notePlace(db, share, epoch, place.position),
  })
}

async function workOn(term: Term, bus: Bus, place: { position: bigint }): Promise<void> {
  const { db, consumer, share, signal } = term
  for await (const events of follow({ db, bus, source: consumer.source, after: place.position, signal })) {
    const size = consumer.applyAll === undefined ? MAX_BATCH.oneByOne : MAX_BATCH.together
    for (const batch of inBatches(events, size)) {
      if (signal.aborted) return
      const through = batch.at(-1)?.position ?? place.position
      const mine = batch.filter((event) => takes(consumer, event) && isOfShare(consumer, share, event))
      if (mine.length > 0) await applyStretch(term, { events: mine, after: place.position, through })
      place.position = through
    }
  }
}

const isOfShare = (consumer: Consumer, { share }: ConsumerShare, event: LoggedEvent): boolean =>
  shareOf(consumer.partitionKey?.(event) ?? event.aggregateId, consumer.shares) === share

function* inBatches(events: readonly LoggedEvent[], size: number): Generator<readonly LoggedEvent[]> {
  for (let begin = 0; begin < events.length; begin += size) yield events.slice(begin, begin + size)
}
