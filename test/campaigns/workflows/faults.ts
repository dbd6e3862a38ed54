/** What goes wrong while there is work: each fault is over when it returns, and may be felt for longer. */
import { setTimeout as sleep } from 'node:timers/promises'
import { HOLD_MS } from '#subgraphs/operations/workflow-store.ts'
import type { Random } from '#subgraphs/operations/seed/random.ts'
import type { Ground } from './ground.ts'
import type { World } from './world.ts'

type Fault = (place: { readonly ground: Ground; readonly world: World }, random: Random) => Promise<void>

const STOP_MS = HOLD_MS + 1_500
const NAP_MS = 1_000

const stopFor =
  (ms: number): Fault =>
  async ({ world }, random) => {
    const node = random.pick(world.nodes)
    node.signal('SIGSTOP')
    await sleep(ms)
    node.signal('SIGCONT')
  }

/** Kind → how often it comes among others, and what it does. */
export const FAULTS: Readonly<Record<string, readonly [weight: number, fault: Fault]>> = {
  'kill -9 of a node': [
    6,
    ({ world }, random) => Promise.resolve(random.pick(world.nodes).signal('SIGKILL')),
  ],
  'SIGSTOP of a node past its lease': [3, stopFor(STOP_MS)],
  'SIGSTOP of a node within its lease': [2, stopFor(NAP_MS)],
  'PostgreSQL restart': [1, ({ ground }) => ground.restartPostgres()],
}
