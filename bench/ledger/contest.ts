import { performance } from 'node:perf_hooks'
import type { Database } from '#platform/database.ts'
import { openCopying } from './copy.ts'
import { type Cpu, readCpu, sampleMemory } from './usage.ts'

/** What a run of the product took, beside what PostgreSQL took to COPY the same rows. */
export interface Outcome {
  readonly name: string
  readonly runMs: number
  readonly copyMs: number
  readonly runCpu: Cpu
  readonly copyCpu: Cpu
  /** Rows that were written and copied, by table. */
  readonly rows: Readonly<Record<string, number>>
  /** MiB of this process, part after part of the run. */
  readonly memoryMiB: readonly number[]
}

/** How a run says that it has done so much, and may be paused. */
export type Pause = (done: number) => Promise<void>

/** Parts after which the contenders take turns, so that what else the machine does falls on both alike. */
const TURNS = 4
const MEMORY_PARTS = 8

/** Lets a run of so many things go on in turns with the COPY of what it has written in its turn. */
export async function contest(
  name: string,
  db: Database,
  total: number,
  run: (pause: Pause) => Promise<void>,
): Promise<Outcome> {
  const copying = await openCopying(db)
  const memory = sampleMemory()
  const [product, copy] = [stopwatch(db), stopwatch(db)]
  let turns = 0
  let copyMs = 0
  const takeTurn = async (): Promise<void> => {
    await product.stop()
    memory.pause(true)
    await copy.start()
    copyMs += await copying.copy()
    await copy.stop()
    await copying.mark()
    memory.pause(false)
    await product.start()
  }
  await copying.mark()
  memory.pause(false)
  await product.start()
  await run(async (done) => {
    if (done * TURNS < (turns + 1) * total) return
    turns += 1
    process.stdout.write(`  ${name}: ${done} of ${total}\n`)
    await takeTurn()
  })
  await takeTurn()
  return {
    name,
    runMs: product.ms(),
    copyMs,
    runCpu: product.cpu(),
    copyCpu: copy.cpu(),
    rows: await copying.rows(),
    memoryMiB: memory.stop(MEMORY_PARTS),
  }
}

/** Sums up time and CPU between its starts and stops. */
function stopwatch(db: Database) {
  let since: Cpu = { nodeMs: 0, postgresMs: 0 }
  let startMs = 0
  const sum = { ms: 0, nodeMs: 0, postgresMs: 0 }
  return {
    start: async () => {
      since = await readCpu(db)
      startMs = performance.now()
    },
    stop: async () => {
      sum.ms += performance.now() - startMs
      const now = await readCpu(db)
      sum.nodeMs += now.nodeMs - since.nodeMs
      sum.postgresMs += now.postgresMs - since.postgresMs
    },
    ms: () => sum.ms,
    cpu: (): Cpu => ({ nodeMs: sum.nodeMs, postgresMs: sum.postgresMs }),
  }
}
