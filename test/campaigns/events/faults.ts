/** What goes wrong, by kind; each fault is over when it returns, and may be felt for longer. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '#subgraphs/operations/seed/random.ts'
import type { Stage } from './stage.ts'

/** Longer than a lease, and than the next one takes to be taken. */
const STOP_MS = 4_500
const SILENT_MS = 3_000

type Fault = (stage: Stage, random: Random) => Promise<void>

const killOne =
  (part: 'writers' | 'nodes' | 'consumers' | 'subscribers'): Fault =>
  (stage, random) =>
    random.pick(stage[part]).kill()

const stopOne =
  (part: 'writers' | 'nodes' | 'consumers' | 'subscribers'): Fault =>
  async (stage, random) => {
    const player = random.pick(stage[part])
    player.signal('SIGSTOP')
    await sleep(STOP_MS)
    player.signal('SIGCONT')
  }

/** Kind → what it does, and how often it comes among a hundred. */
export const FAULTS: Readonly<Record<string, readonly [weight: number, fault: Fault]>> = {
  'kill -9 of a node that publishes': [12, killOne('nodes')],
  'kill -9 of a writer': [10, killOne('writers')],
  'kill -9 of a consumer': [14, killOne('consumers')],
  'kill -9 of a subscriber': [16, killOne('subscribers')],
  'SIGSTOP of a node that publishes': [8, stopOne('nodes')],
  'SIGSTOP of a consumer': [8, stopOne('consumers')],
  'SIGSTOP of a writer': [3, stopOne('writers')],
  'SIGSTOP of a subscriber': [3, stopOne('subscribers')],
  'PostgreSQL restart': [2, (stage) => stage.restartPostgres()],
  'Redis kill': [
    4,
    async ({ redis }) => {
      await redis.kill()
      await sleep(SILENT_MS)
      await redis.start()
    },
  ],
  'Redis FLUSHALL': [6, ({ redis }) => Promise.resolve(redis.flush())],
  'dropped sockets': [8, async ({ proxies }, random) => random.pick(proxies).drop()],
  'half-open sockets': [
    6,
    async ({ proxies }, random) => {
      const proxy = random.pick(proxies)
      proxy.silence()
      await sleep(SILENT_MS)
      proxy.drop()
    },
  ],
}
