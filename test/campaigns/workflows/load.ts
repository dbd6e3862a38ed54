/** Many orders of a few customers, while nodes, systems, releases and PostgreSQL fail or change. */
import { Random } from '#subgraphs/operations/seed/random.ts'
import { sampleOf } from './crash-plans.ts'
import { hasRedis, startRedis } from '#test/support/redis.ts'
import { faultsOf, type Scene } from './faults.ts'
import type { Ground } from './ground.ts'
import { type Findings, judgeWorld } from './judgement.ts'
import type { Order } from './orders.ts'
import { takings } from './takings.ts'
import { TIDINGS } from './tales.ts'
import { askAll, openWorld, type World, type WorldOptions } from './world.ts'

export interface Load extends Required<Pick<WorldOptions, 'model' | 'nodes' | 'outside'>> {
  readonly stories: readonly string[]
  readonly orders: number
  readonly faults: number
  readonly seed: number
}

const CUSTOMERS = 12
const CARRIED_BY_NODE = 8
const FAULTS_AT_ONCE = 2
const SILENCE_MS = 120_000
/** Of a hundred requests to the outside billing, to how many what happens, whatever else goes wrong. */
const NOISE = {
  LOSE_ANSWER: 10,
  LOSE_REQUEST: 5,
  FAIL_AFTER: 5,
  RATE_LIMIT: 5,
  UNAVAILABLE: 10,
  SLOW: 5,
} as const

/** Has them carried out; tells which faults were felt, and what was found afterwards. */
export async function withFaults(
  ground: Ground,
  { model, nodes, outside, stories, orders: count, faults, seed }: Load,
): Promise<{ readonly felt: string; readonly findings: Findings; readonly taken: readonly number[] }> {
  const random = new Random(seed, 'load')
  const redis = hasRedis('what a lost Redis does to workflows is') ? await startRedis() : null
  const following = { redisUrl: redis?.url ?? null }
  const options = { name: 'load', nodes, maxCarried: CARRIED_BY_NODE, model, outside, following }
  const world = await openWorld(ground, options)
  const scene = { ground, world, redis }
  try {
    await world.outside?.behave({ percent: NOISE, seed })
    const all = [...stories, ...Object.keys(TIDINGS)]
    const orders = await world.prepare(
      Array.from({ length: count }, () => ({
        story: random.pick(all),
        customerId: `cus_${random.between(1, CUSTOMERS)}`,
      })),
    )
    const kinds = planOf(scene, faults, random)
    await strike(scene, orders, kinds, random)
    await world.settled(SILENCE_MS)
    const taken = await takings(world.owner)
    return { felt: await feltBy(world, kinds), findings: await judgeWorld(world), taken }
  } finally {
    await world.close()
    await redis?.kill()
  }
}

/** Each kind once at least, where there is room, and then by their weights; which come first is up to the seed. */
function planOf(scene: Scene, count: number, random: Random): string[] {
  const faults = faultsOf(scene)
  const weighted = Object.entries(faults).map(([kind, [weight]]) => [weight, kind] as const)
  const each = sampleOf(Object.keys(faults), count, random)
  return Array.from({ length: count }, (_, index) => each[index] ?? random.weighted(weighted))
}

/** A few faults at a time, each time with a share of the orders; the last of these meet what is left of them. */
async function strike(
  scene: Scene,
  orders: readonly Order[],
  kinds: readonly string[],
  random: Random,
): Promise<void> {
  const rounds = Math.ceil(kinds.length / FAULTS_AT_ONCE)
  const perRound = Math.ceil(orders.length / (rounds + 1))
  for (let round = 0; round < rounds; round += 1) {
    const faults = kinds.slice(round * FAULTS_AT_ONCE, (round + 1) * FAULTS_AT_ONCE)
    const asking = askAll(scene.world, orders.slice(round * perRound, (round + 1) * perRound))
    await Promise.all(faults.flatMap((kind) => faultsOf(scene)[kind]?.[1](scene, random) ?? []))
    await asking
  }
  await askAll(scene.world, orders.slice(rounds * perRound))
}

/** What went wrong, by kind, and what callers of the outside billing met. */
async function feltBy({ outside }: World, kinds: readonly string[]): Promise<string> {
  const { NONE: _well, ...met } = (await outside?.met()) ?? {}
  return [
    ...Object.entries(Object.groupBy(kinds, (kind) => kind)).map(
      ([kind, times]) => `${times?.length} × ${kind}`,
    ),
    ...Object.entries(met).map(([fault, times]) => `outside ${times} × ${fault}`),
  ].join(', ')
}
