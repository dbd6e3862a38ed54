import { unitOfWork } from '#platform/command.ts'
import type { Transaction } from '#platform/database.ts'
import { applyStretch } from './apply.ts'
import { compare } from './compare.ts'
import { type ConsumerShare, readPlace } from './consumer-store.ts'
import { contextOf, takes } from './consumer.ts'
import { consumerOf, type Projection, readGeneration } from './projection.ts'
import { readBounds, readLog } from './read.ts'
import {
  countHeld,
  forgetGeneration,
  forgetShadow,
  readFurthest,
  replaceGeneration,
  settleAll,
  takeShadow,
} from './rebuild-store.ts'
import type { ProjectionDiff } from './replay-store.ts'
import type { ReplayWork } from './run-replays.ts'

/** Events behind the head that are few enough to be applied while the consumer of the projection waits. */
const MAX_LAST_STEP = 500

/**
 * Builds a projection anew from the first event on, beside the state that is read; when it has caught up it takes its
 * place, and what was read before is forgotten. It is never ahead of what is read, so the diff tells of damage alone.
 * Undefined where it was cancelled: then what was built is forgotten. Throws where the log does not go back to the
 * first event, or an event cannot be applied.
 */
export async function rebuild(work: ReplayWork, projection: Projection): Promise<ProjectionDiff | undefined> {
  const { db, subgraph, epoch, page } = work
  const { source, name } = projection
  if ((await readBounds(db, source)).oldest > 1n)
    throw new Error(`The log of ${source} does not go back to its first event any more`)
  const generation = (await readGeneration(db, subgraph, name)) + 1
  const consumer = consumerOf(projection, generation)
  const shadow = { subgraph, name: consumer.name, source, share: 0 }
  const term = { ...work, consumer, share: shadow, onFailure: () => {} }
  await takeShadow(db, shadow, epoch)
  for (;;) {
    const after = await readPlace(db, shadow)
    const furthest = await readFurthest(db, { ...shadow, name })
    const types = consumer.types
    const read = await readLog(db, source, { after, limit: page, ...(types !== undefined && { types }) })
    const mine = read.filter(({ position }) => position <= furthest)
    const isFull = mine.length === page
    const through = isFull ? (mine.at(-1)?.position ?? after) : furthest
    if (through > after) await applyStretch(term, { events: mine, after, through })
    if ((await countHeld(db, shadow)) > 0n) {
      await abandon(work, projection, shadow, generation)
      throw new Error(`An event behind position ${after} cannot be applied`)
    }
    const goesOn = await work.note({ applied: mine.length, skipped: Number(through - after) - mine.length })
    if (!goesOn) {
      // A node that stops leaves it to the next one, which goes on from there.
      if (!work.signal.aborted) await abandon(work, projection, shadow, generation)
      return undefined
    }
    if (isFull) continue
    const diff = await db.transaction((transaction) =>
      swap(transaction, work, { projection, shadow, generation }),
    )
    if (diff !== undefined) return diff
  }
}

interface Built {
  readonly projection: Projection
  readonly shadow: ConsumerShare
  readonly generation: number
}

/** While the consumer waits, applies what it is ahead by, and takes the place of what is read. */
async function swap(
  transaction: Transaction,
  { id, subgraph, clock, by, reason }: ReplayWork,
  { projection, shadow, generation }: Built,
): Promise<ProjectionDiff | undefined> {
  const live = { ...shadow, name: projection.name }
  const furthest = await readFurthest(transaction, live, 'FOR UPDATE')
  const place = await readPlace(transaction, shadow)
  if (furthest - place > BigInt(MAX_LAST_STEP)) return undefined
  const consumer = consumerOf(projection, generation)
  const behind = await readLog(transaction, projection.source, { after: place, limit: MAX_LAST_STEP })
  const events = behind.filter((event) => event.position <= furthest && takes(consumer, event))
  const last = events.at(-1)
  if (last !== undefined)
    await consumer.applyAll(unitOfWork(transaction, contextOf(subgraph, clock, last)), events)
  const read = generation - 1
  await replaceGeneration(transaction, live, generation, furthest)
  const cause = { correlationId: id }
  const unit = unitOfWork(transaction, { subgraph, clock, ...cause })
  const diff = await compare(unit, projection, { read, built: generation }, cause)
  await projection.derived?.remake(unit)
  await settleAll(transaction, live, { at: clock.now(), by, reason })
  await forgetGeneration(transaction, subgraph, projection.name, read)
  await forgetShadow(transaction, shadow)
  return diff
}

async function abandon(
  { db, subgraph }: ReplayWork,
  { name }: Projection,
  shadow: ConsumerShare,
  generation: number,
): Promise<void> {
  await db.transaction(async (transaction) => {
    await forgetGeneration(transaction, subgraph, name, generation)
    await forgetShadow(transaction, shadow)
  })
}
