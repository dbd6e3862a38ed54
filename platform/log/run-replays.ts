import type { Clock } from '#platform/clock.ts'
import type { SubgraphName } from '#platform/config.ts'
import type { Database } from '#platform/database.ts'
import type { Log } from '#platform/log.ts'
import { holdOffice, type Running } from './hold-office.ts'
import type { Consumer } from './consumer.ts'
import type { Projection } from './projection.ts'
import { rebuild } from './rebuild.ts'
import { redeliver } from './redeliver.ts'
import { endReplay, noteReplay, readNextReplay, type Replay } from './replay-store.ts'
import { createWake } from './wake.ts'

export interface ReplaysOptions {
  readonly db: Database
  readonly subgraph: SubgraphName
  readonly consumers: readonly Consumer[]
  readonly projections: readonly Projection[]
  readonly clock: Clock
  readonly log: Log
}

/** What a replay works with. */
export interface ReplayWork {
  /** Of the replay. */
  readonly id: string
  readonly db: Database
  readonly subgraph: SubgraphName
  readonly clock: Clock
  readonly epoch: bigint
  readonly signal: AbortSignal
  readonly by: string
  readonly reason: string
  /** Events of one step. */
  readonly page: number
  /** Notes what a step did, and waits as the rate demands. False where the replay was cancelled, or this node stops. */
  readonly note: (done: { readonly applied: number; readonly skipped: number }) => Promise<boolean>
}

/** How often it is looked for what was asked for. */
const POLL_MS = 500
const MAX_PAGE = 500
const SECOND_MS = 1_000

/** Has this node stand ready to do the replays of a subgraph, one after the other. */
export function startReplays(options: ReplaysOptions): Running {
  const { db, subgraph, log } = options
  return holdOffice({
    db,
    office: { table: `${subgraph}.duty`, condition: 'name = $1', values: ['replays'] },
    named: { replays: subgraph },
    log,
    work: async (epoch, signal) => {
      const pause = createWake(signal)
      while (!signal.aborted) {
        const replay = await readNextReplay(db, subgraph)
        if (replay === undefined) await pause.sleep(POLL_MS)
        else await doReplay(options, replay, epoch, signal)
      }
    },
  })
}

async function doReplay(
  options: ReplaysOptions,
  replay: Replay,
  epoch: bigint,
  signal: AbortSignal,
): Promise<void> {
  const { db, subgraph, clock, log } = options
  const { id, eventsPerSecond, requestedBy: by, reason } = replay
  const pause = createWake(signal)
  const work: ReplayWork = {
    id,
    db,
    subgraph,
    clock,
    epoch,
    signal,
    by,
    reason,
    page: Math.min(MAX_PAGE, eventsPerSecond),
    note: async (done) => {
      const goesOn = await noteReplay(db, subgraph, id, done)
      if (goesOn) await pause.sleep((done.applied / eventsPerSecond) * SECOND_MS)
      return goesOn && !signal.aborted
    },
  }
  try {
    const diff = await perform(options, replay, work)
    // A node that stops leaves it to the next one.
    if (!signal.aborted) await endReplay(db, subgraph, id, clock.now(), diff === undefined ? {} : { diff })
  } catch (err) {
    if (signal.aborted) throw err
    log.error({ err, id, subgraph }, 'a replay failed')
    await endReplay(db, subgraph, id, clock.now(), { error: String(err) })
  }
}

async function perform({ consumers, projections }: ReplaysOptions, replay: Replay, work: ReplayWork) {
  const { kind, consumer: name, source } = replay
  if (kind === 'REBUILD_PROJECTION') {
    const projection = projections.find((each) => each.name === name)
    if (projection === undefined) throw new Error(`There is no projection ${name}`)
    return rebuild(work, projection)
  }
  const consumer = consumers.find((each) => each.name === name && (source === null || each.source === source))
  if (consumer === undefined) throw new Error(`There is no consumer ${name}`)
  await redeliver(work, consumer, replay)
  return undefined
}
