import { setTimeout as pause } from 'node:timers/promises'
import type { Queryable } from '#platform/database.ts'
import { countUnpublished, readLag } from '#platform/log/consumer-store.ts'
import type { Stores } from '#platform/stores.ts'
import { STORED_SUBGRAPHS } from '#subgraphs/stored.ts'
import { progressBar } from './progress.ts'
import { isInvented } from './seed.ts'

const LOOK_AGAIN_MS = 250
/** Far longer than it takes: what is not through by then has something in its way, and the log says what. */
const PATIENCE_MS = 600_000

/**
 * Waits until all that was recorded is published and consumers have it, in a store with an invented company. Figures
 * and standings follow from events: until then they are those of a part, and look like those of the whole. Past ten
 * minutes it says so and goes on.
 */
export async function catchUpWithSeed(
  stores: Pick<Stores, 'of' | 'owner'>,
  consumers: readonly string[],
): Promise<void> {
  if (!(await isInvented(stores)) || (await countAwaited(stores.owner, consumers)) === 0n) return
  const progress = progressBar('Working out figures and standings:', null)
  const end = performance.now() + PATIENCE_MS
  let left = await countAwaited(stores.owner, consumers)
  while (left > 0n && performance.now() < end) {
    progress.show(Number(left), 'events to go')
    await pause(LOOK_AGAIN_MS)
    left = await countAwaited(stores.owner, consumers)
  }
  progress.end(
    left === 0n
      ? 'Figures and standings are worked out.'
      : `Figures and standings are those of a part: ${left} events are still to be worked out.`,
  )
}

/** Each event counts once until it is published, and then once for each share of a consumer that has not passed it. */
async function countAwaited(db: Queryable, consumers: readonly string[]): Promise<bigint> {
  // What is published meanwhile is in the lags, which are read after it.
  const unpublished = await countUnpublished(db, STORED_SUBGRAPHS)
  const lags = await Promise.all(STORED_SUBGRAPHS.map((name) => readLag(db, name, STORED_SUBGRAPHS)))
  return lags
    .flat()
    .filter(({ name }) => consumers.includes(name))
    .reduce((sum, { events }) => sum + events, unpublished)
}
