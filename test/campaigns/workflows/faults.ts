/** What goes wrong while there is work: each fault is over when it returns, and may be felt for longer. */
import { setTimeout as sleep } from 'node:timers/promises'
import { HOLD_MS } from '#subgraphs/operations/workflow-store.ts'
import type { Random } from '#subgraphs/operations/seed/random.ts'
import type { TestRedis } from '#test/support/redis.ts'
import type { Ground } from './ground.ts'
import type { Behaviour } from './outside-billing.ts'
import type { Trouble } from './troubles.ts'
import type { World } from './world.ts'

/** Where faults happen. */
export interface Scene {
  readonly ground: Ground
  readonly world: World
  /** By which nodes hear of events; null where there is none on this machine. */
  readonly redis: TestRedis | null
}

type Fault = (scene: Scene, random: Random) => Promise<void>
type Faults = Readonly<Record<string, readonly [weight: number, fault: Fault]>>

const STOP_MS = HOLD_MS + 1_500
const NAP_MS = 1_000

const ROLL_MS = 1_000
const TROUBLE_MS = 2_000
const SYSTEMS = ['CRM', 'BILLING', 'ERP'] as const

const troubleOf =
  (trouble: Trouble): Fault =>
  async ({ world }, random) => {
    const end = world.trouble(random.pick(SYSTEMS), trouble)
    await sleep(TROUBLE_MS)
    end()
  }

/** Half of all connections: what was committed on some of them is never told. */
const cutConnections: Fault = async ({ world }) => {
  await world.owner.rows({
    text: `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND random() < 0.5`,
    values: [],
  })
}

const stopFor =
  (ms: number): Fault =>
  async ({ world }, random) => {
    const node = random.pick(world.nodes)
    node.signal('SIGSTOP')
    await sleep(ms)
    node.signal('SIGCONT')
  }

/** Nodes are replaced one after the other, while there is work of both releases; then half of them back and again. */
const deploy: Fault = async ({ world }) => {
  for (const node of world.nodes) {
    node.become('NEXT')
    await sleep(ROLL_MS)
  }
  const [first] = world.nodes
  first?.become('CURRENT')
  await sleep(ROLL_MS)
  first?.become('NEXT')
}

/** The outside billing gets worse for a while. */
const misbehave =
  (worse: Behaviour, better: Behaviour): Fault =>
  async ({ world }) => {
    await world.outside?.behave(worse)
    await sleep(TROUBLE_MS)
    await world.outside?.behave(better)
  }

const FAULTS: Faults = {
  'kill -9 of a node': [
    6,
    ({ world }, random) => Promise.resolve(random.pick(world.nodes).signal('SIGKILL')),
  ],
  'SIGSTOP of a node past its lease': [3, stopFor(STOP_MS)],
  'SIGSTOP of a node within its lease': [2, stopFor(NAP_MS)],
  'connections cut': [2, cutConnections],
  'a system that answers 503': [2, troubleOf('OUTAGE')],
  'a system whose answers are lost': [2, troubleOf('LOST_ANSWERS')],
  'deploy of a new version': [1, deploy],
  'outside billing answers 503': [2, misbehave({ isDown: true }, { isDown: false })],
  'outside billing: kill -9': [2, ({ world }) => world.outside?.kill() ?? Promise.resolve()],
  'no webhooks': [2, misbehave({ missing: 100 }, { missing: 0 })],
  'PostgreSQL restart': [1, ({ ground }) => ground.restartPostgres()],
}

/** The same of the Redis: what it has is a copy, so that nothing depends on it. */
const REDIS_FAULTS: Faults = {
  'Redis FLUSHALL': [2, ({ redis }) => Promise.resolve(redis?.flush())],
  'Redis: kill -9': [
    2,
    async ({ redis }) => {
      await redis?.kill()
      await sleep(TROUBLE_MS)
      await redis?.start()
    },
  ],
}

/** Kind → how often it comes among others, and what it does. */
export const faultsOf = ({ redis }: Scene): Faults =>
  redis === null ? FAULTS : { ...FAULTS, ...REDIS_FAULTS }
