import { parseArgs } from 'node:util'
import { HOLD_MS } from '#subgraphs/operations/workflow-store.ts'
import { type Campaign, type Check, judge, type Verdict } from './campaign.ts'
import { Random } from '#subgraphs/operations/seed/random.ts'
import { type Crashing, type CrashPlan, plansOf, sampleOf } from './workflows/crash-plans.ts'
import { type Ground, onGround } from './workflows/ground.ts'
import { type Findings, judgeWorld, recoveries, shown } from './workflows/judgement.ts'
import { type Load, withFaults } from './workflows/load.ts'
import { hitAt } from './workflows/part.ts'
import type { Repetitions } from './workflows/outside-billing.ts'
import { plantBugs } from './workflows/plant.ts'
import { PLANTED } from './workflows/planted.ts'
import { isToldUnder, STORIES } from './workflows/stories.ts'
import { takings } from './workflows/takings.ts'
import { askAll, type Mine, openWorld, type World } from './workflows/world.ts'

interface Size extends Pick<Crashing, 'pairsPercent' | 'perStory'> {
  readonly nodes: number
  readonly orders: number
  readonly faults: number
  /** Planted bugs that have to be caught. */
  readonly bugs: number
}

const FULL: Size = {
  nodes: 4,
  pairsPercent: 3,
  perStory: Infinity,
  orders: 1_000,
  faults: 60,
  bugs: Infinity,
}
const SHORT: Size = { nodes: 3, pairsPercent: 8, perStory: 1, orders: 40, faults: 6, bugs: 7 }

/** The full form tries all of them, the short one that of its seed. */
const MODELS = ['crm-led', 'erp-led', 'billing-led', 'event-driven'] as const
const SILENCE_MS = 120_000

/**
 * `npm run campaign -- workflows [--seed N] [--short] [--flow recordPayment]`: nodes as processes of their own over a
 * PostgreSQL. Under each workflow model each flow is cut off at each point at which that matters, then twice, then by
 * random faults under load; what is in the tables is held against an independent model. The same judgement must find
 * each planted bug. The short form takes one model, a few of the points of each flow and half of the bugs, by its seed.
 */
export const runWorkflows: Campaign = async (options) => {
  const { values } = parseArgs({
    args: [...options],
    options: {
      seed: { type: 'string', default: '1' },
      short: { type: 'boolean', default: false },
      flow: { type: 'string' },
    },
  })
  const seed = Number(values.seed)
  const size = values.short ? SHORT : FULL
  // One flow alone is looked at by who works on it: all its points, and no bugs, which need others.
  const perStory = values.flow === undefined ? size.perStory : Infinity
  const stories = Object.keys(STORIES).filter((story) => values.flow === undefined || story === values.flow)
  const storiesOf = (model: string): string[] => stories.filter((story) => isToldUnder(model, story))
  const models = values.short ? [modelOf(seed)] : MODELS.filter((model) => storiesOf(model).length > 0)
  process.stdout.write(`seed ${seed}: ${size.nodes} nodes, flows ${stories.join(', ')}\n`)
  const crash = async (ground: Ground): Promise<Verdict[]> => {
    const verdicts: Verdict[] = []
    for (const model of models) {
      const crashing = { ...size, model, stories: storiesOf(model), perStory, seed }
      verdicts.push(judge(await crashEverywhere(ground, size.nodes, crashing)))
    }
    return verdicts
  }
  const plant = async (ground: Ground): Promise<Verdict[]> => {
    if (values.flow !== undefined) return []
    const bugs = sampleOf(Object.keys(PLANTED), size.bugs, new Random(seed, 'bugs'))
    return [judge([await plantBugs(ground, bugs)])]
  }
  const load = async (ground: Ground): Promise<Verdict[]> => {
    const model = modelOf(seed)
    return [judge([await faultUnderLoad(ground, { ...size, model, stories: storiesOf(model), seed })])]
  }
  // At the same time: they wait for leases most of theirs. Under load PostgreSQL is restarted, which others need not
  // stand.
  const verdicts = await Promise.all([
    onGround((ground) => Promise.all([crash(ground), plant(ground)])),
    onGround(load),
  ])
  const all = verdicts.flat(2)
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
  }
}

/** Under half of the models the outside billing tells repetitions by their key; elsewhere it has to be searched. */
function outsideOf(model: string): [Repetitions, Repetitions] {
  const repetitions = model === 'crm-led' || model === 'event-driven' ? 'BY_KEY' : 'BY_SEARCH'
  return [repetitions, repetitions]
}

const modelOf = (seed: number): string => MODELS[seed % MODELS.length] ?? MODELS[0]

/** Each place of each flow once, and pairs of them. */
async function crashEverywhere(ground: Ground, nodes: number, crashing: Crashing): Promise<Check[]> {
  const { model } = crashing
  const name = `crashes_${model.replaceAll('-', '_')}`
  const world = await openWorld(ground, { name, nodes, maxCarried: 1, model, outside: outsideOf(model) })
  try {
    const plans = await plansOf(world, crashing)
    const mines = await crashAt(world, plans)
    // A node may die for another workflow just before it comes by a point: what was missed so is tried once more.
    const missed = plans.filter((_, place) => mines[place]?.some(isUnhit))
    const again = missed.length === 0 ? [] : await crashAt(world, missed)
    const times = recovered(await recoveries(world), await takings(world.owner))
    const checks = [hits(mines.flat(), again.flat()), times, verdict('', await judgeWorld(world))]
    return checks.map(([what, isRight]): Check => [`${model}: ${what}`, isRight])
  } finally {
    await world.close()
  }
}

/** Has an order for each plan carried out by nodes that die at its places; the mines of each. */
async function crashAt(world: World, plans: readonly CrashPlan[]): Promise<Mine[][]> {
  const before = world.orders.length
  const orders = await world.prepare(
    plans.map(({ story }, place) => ({ story, customerId: `cus_${before + place + 1}` })),
  )
  for (const [place, order] of orders.entries())
    for (const mine of plans[place]?.places ?? []) world.lay(order, mine, 'SIGKILL')
  await askAll(world, orders)
  await world.settled(SILENCE_MS)
  return orders.map((order) => world.mines.filter((mine) => mine.order === order))
}

const isUnhit = ({ file }: Mine): boolean => hitAt(file) === undefined

function hits(mines: readonly Mine[], again: readonly Mine[]): Check {
  const missed = again.filter(isUnhit)
  const names = missed.map(({ order, place }) => `${order.story} ${place}`)
  return [
    `kill -9 at ${mines.length - missed.length} of ${mines.length} crash points${shown(names)}`,
    missed.length === 0 && mines.length > 0,
  ]
}

const inSeconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`

const spread = (times: readonly number[]): string =>
  `p50 ${inSeconds(times[Math.floor(times.length / 2)] ?? 0)}, longest ${inSeconds(times.at(-1) ?? 0)}`

/** Until a workflow has gone on by a turn, also where it stood in line; and until another node had taken it over. */
function recovered(times: readonly number[], taken: readonly number[]): Check {
  return [
    `${times.length} recoveries: ${spread(times)}; ${takenOver(taken)}`,
    times.length > 0 && taken.length > 0,
  ]
}

const takenOver = (taken: readonly number[]): string =>
  `${taken.length} take-overs after the last sign of life: ${spread(taken)}, with leases of ${inSeconds(HOLD_MS)}`

/** Orders of a few customers, while nodes, systems and PostgreSQL fail. */
async function faultUnderLoad(ground: Ground, load: Omit<Load, 'outside'>): Promise<Check> {
  const { felt, findings, taken } = await withFaults(ground, { ...load, outside: outsideOf(load.model) })
  return verdict(`${load.model}, under load, with ${felt}, ${takenOver(taken)}: `, findings)
}

function verdict(where: string, { workflows, followed, effects, ...findings }: Findings): Check {
  const counts = Object.entries(findings).map(([what, list]) => `${list.length} ${what}`)
  const all = Object.values(findings).flat()
  return [
    `${where}${workflows} workflows (${followed} by events), ${effects} effects: ${counts.join(', ')}${shown(all)}`,
    all.length === 0 && workflows > 0,
  ]
}
