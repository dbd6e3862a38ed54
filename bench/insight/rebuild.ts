import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { systemClock } from '#platform/clock.ts'
import { createLog } from '#platform/log.ts'
import { consumerOf } from '#platform/log/projection.ts'
import { readReplay, requestReplay } from '#platform/log/replay-store.ts'
import { startReplays } from '#platform/log/run-replays.ts'
import type { Stores } from '#platform/stores.ts'
import { projections } from '#product.ts'

const POLL_MS = 50
/** Faster than any machine: what is measured is how fast it goes, not how fast it may. */
const ASKED = { eventsPerSecond: 1_000_000, reason: 'bench', by: 'bench' }

/** All of insight's projections built anew one after the other, each from the first event on, compared and swapped. */
export async function measureRebuild(stores: Stores): Promise<void> {
  const db = stores.of('insight')
  const options = { db, subgraph: 'insight', clock: systemClock, log: createLog({ level: 'warn' }) } as const
  const running = startReplays({
    ...options,
    consumers: projections.insight.map((projection) => consumerOf(projection)),
    projections: projections.insight,
  })
  const start = performance.now()
  const ids = await Promise.all(
    projections.insight.map(({ name: consumer }) =>
      requestReplay(
        db,
        'insight',
        { kind: 'REBUILD_PROJECTION', consumer, source: null, after: 0n, through: 0n, ...ASKED },
        systemClock.now(),
      ),
    ),
  )
  let applied = 0n
  for (const id of ids) applied += await ended(id)
  const ms = performance.now() - start
  await running.stop()
  process.stdout.write(
    `rebuild of insight's ${ids.length} projections, with comparison and swap: ${applied} events in ` +
      `${(ms / 1000).toFixed(1)} s, ${((Number(applied) / ms) * 1000).toFixed(0)} events/s\n`,
  )

  async function ended(id: string): Promise<bigint> {
    for (;;) {
      const replay = await readReplay(db, 'insight', id)
      if (replay?.error) throw new Error(replay.error)
      if (replay?.status === 'DONE') return replay.applied
      await delay(POLL_MS)
    }
  }
}
