import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { HOLD_MS } from '#subgraphs/operations/workflow-store.ts'
import { Random } from '#subgraphs/operations/seed/random.ts'
import { type Campaign, type Check, judge } from './campaign.ts'
import { FAULTS } from './workflows/faults.ts'
import { type Ground, openGround } from './workflows/ground.ts'
import { type Findings, judgeWorld, recoveries } from './workflows/judgement.ts'
import { hitAt } from './workflows/part.ts'
import { PLANTED } from './workflows/planted.ts'
import { type Order, STORIES, storyOf } from './workflows/stories.ts'
import { openWorld, type World } from './workflows/world.ts'

interface Size {
  readonly nodes: number
  /** Whether points are tried apart between which nothing happens. */
  readonly isExhaustive: boolean
  /** Of a hundred pairs of crash points, how many are tried. */
  readonly pairsPercent: number
  readonly orders: number
  readonly faults: number
}

const FULL: Size = { nodes: 5, isExhaustive: true, pairsPercent: 100, orders: 2_000, faults: 60 }
const SHORT: Size = { nodes: 5, isExhaustive: false, pairsPercent: 3, orders: 60, faults: 4 }

/** Around each turn, in the order in which a node comes by. */
const POINTS = ['BEGUN', 'SENT', 'RECORDED'] as const
/** Before a node does anything about a request, and after it has accepted it but not yet said so. */
const ACCEPTANCE = ['ASKED', 'ACCEPTED'] as const
const LOAD_CUSTOMERS = 12
/** Who asks at the same time. */
const CLIENTS = 8
const BUGS_AT_ONCE = 3
const SETTLE_MS = 240_000
const BUG_SETTLE_MS = 60_000
/** Within this a node that was stopped is awake again, and has done its harm. */
const WAKE_MS = 20_000
const POLL_MS = 200
const MAX_SHOWN = 5

/**
 * `npm run campaign -- workflows [--seed N] [--short] [--flow recordPayment]`: nodes as processes of their own over one
 * PostgreSQL. Each flow is cut off at each point at which that matters, then twice, then by random faults under load;
 * what is in the tables is held against an independent model. The same judgement must find each planted bug.
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
  const stories = Object.keys(STORIES).filter((story) => values.flow === undefined || story === values.flow)
  const ground = await openGround()
  try {
    process.stdout.write(`seed ${seed}: ${size.nodes} nodes, flows ${stories.join(', ')}\n`)
    // One after the other: all nodes together would need more connections than the server has.
    const crashes = await crashEverywhere(ground, stories, size, seed)
    // One flow alone is looked at by who works on it: the bugs need others.
    const planted = values.flow === undefined ? await plantBugs(ground) : []
    return judge([...crashes, ...(await faultUnderLoad(ground, stories, size, seed)), ...planted])
  } finally {
    await ground.close()
  }
}

/** Each place of each flow once, and pairs of them: one workflow for each, so that they recover at the same time. */
async function crashEverywhere(
  ground: Ground,
  stories: readonly string[],
  size: Size,
  seed: number,
): Promise<Check[]> {
  const plans = stories
    .map((story) => [story, storyOf({ story })] as const)
    .flatMap(([story, { turns }]) => [
      ...ACCEPTANCE.map((point) => ({ story, places: [point] })),
      ...(size.isExhaustive ? placesOf(turns) : distinctPlacesOf(turns)).map((place) => ({
        story,
        places: [place],
      })),
      ...pairsOf(turns, new Random(seed, story), size.pairsPercent).map((places) => ({ story, places })),
    ])
  const world = await openWorld(ground, { name: 'crashes', nodes: size.nodes, maxCarried: 1 })
  try {
    const wanted = plans.map(({ story }, place) => ({ story, customerId: `cus_${place + 1}` }))
    const orders = await world.prepare(wanted)
    for (const [place, order] of orders.entries())
      for (const mine of plans[place]?.places ?? []) world.lay(order, mine, 'SIGKILL')
    await askAll(world, orders)
    await world.settled(SETTLE_MS)
    return [hits(world), recovered(await recoveries(world)), verdict('crashes', await judgeWorld(world))]
  } finally {
    await world.close()
  }
}

const placesOf = (turns: readonly string[]): string[] =>
  turns.flatMap((turn) => POINTS.map((point) => `${turn} ${point}`))

/** Without those between which nothing happens: after one turn is recorded, the next one has begun. */
const distinctPlacesOf = (turns: readonly string[]): string[] =>
  placesOf(turns).filter((place, index) => index === 0 || !place.endsWith('BEGUN'))

/** A second crash while another node recovers from the first: at the places that it comes by. */
function pairsOf(turns: readonly string[], random: Random, percent: number): string[][] {
  const places = placesOf(turns)
  return places.flatMap((first, index) => {
    // What was recorded is not done again; the rest of the turn is.
    const from = first.endsWith('RECORDED') ? index + 1 : index - (index % POINTS.length)
    return places.slice(from).flatMap((second) => (random.chance(percent) ? [[first, second]] : []))
  })
}

async function askAll(world: World, orders: readonly Order[]): Promise<void> {
  const left = [...orders]
  const client = async (): Promise<void> => {
    for (let order = left.shift(); order !== undefined; order = left.shift()) await world.ask(order)
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
}

function hits({ mines }: World): Check {
  const missed = mines.filter(({ file }) => hitAt(file) === undefined)
  const names = missed.map(({ order, place }) => `${order.story} ${place}`)
  return [
    `kill -9 at ${mines.length - missed.length} of ${mines.length} crash points${shown(names)}`,
    missed.length === 0 && mines.length > 0,
  ]
}

const inSeconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`

function recovered(times: readonly number[]): Check {
  const [median, longest] = [times[Math.floor(times.length / 2)] ?? 0, times.at(-1) ?? 0]
  return [
    `${times.length} recoveries: p50 ${inSeconds(median)}, longest ${inSeconds(longest)}, with leases ` +
      `of ${inSeconds(HOLD_MS)}`,
    times.length > 0,
  ]
}

/** Orders of a few customers, while nodes and PostgreSQL fail. */
async function faultUnderLoad(
  ground: Ground,
  stories: readonly string[],
  size: Size,
  seed: number,
): Promise<Check[]> {
  const random = new Random(seed, 'load')
  const world = await openWorld(ground, { name: 'load', nodes: size.nodes, maxCarried: 8 })
  try {
    const wanted = Array.from({ length: size.orders }, () => ({
      story: random.pick(stories),
      customerId: `cus_${random.between(1, LOAD_CUSTOMERS)}`,
    }))
    const orders = await world.prepare(wanted)
    const kinds = planOf(size.faults, random)
    const perFault = Math.ceil(orders.length / (kinds.length + 1))
    for (const [place, kind] of kinds.entries()) {
      const asking = askAll(world, orders.slice(place * perFault, (place + 1) * perFault))
      await FAULTS[kind]?.[1]({ ground, world }, random)
      await asking
    }
    await askAll(world, orders.slice(kinds.length * perFault))
    await world.settled(SETTLE_MS)
    const counts = Object.entries(Object.groupBy(kinds, (kind) => kind))
    const felt = counts.map(([kind, times]) => `${times?.length} × ${kind}`).join(', ')
    return [verdict(`under load, with ${felt}`, await judgeWorld(world))]
  } finally {
    await world.close()
  }
}

/** Each kind once at least, where there is room, and the others by their weights. */
function planOf(count: number, random: Random): string[] {
  const weighted = Object.entries(FAULTS).map(([kind, [weight]]) => [weight, kind] as const)
  return Array.from({ length: count }, (_, index) => Object.keys(FAULTS)[index] ?? random.weighted(weighted))
}

function verdict(where: string, { workflows, effects, ...findings }: Findings): Check {
  const counts = Object.entries(findings).map(([what, list]) => `${list.length} ${what}`)
  const all = Object.values(findings).flat()
  return [
    `${where}: ${workflows} workflows, ${effects} effects: ${counts.join(', ')}${shown(all)}`,
    all.length === 0 && workflows > 0,
  ]
}

const shown = (list: readonly string[]): string =>
  list.length === 0 ? '' : ` (${list.slice(0, MAX_SHOWN).join('; ')})`

/** Has each planted bug meet what it cannot stand, and the same judgement find it. */
async function plantBugs(ground: Ground): Promise<Check[]> {
  const left = Object.keys(PLANTED)
  const missed: string[] = []
  const lane = async (): Promise<void> => {
    for (let bug = left.shift(); bug !== undefined; bug = left.shift()) {
      const found = await plant(ground, bug)
      process.stdout.write(
        `planted, ${bug}: ${found.length === 0 ? 'NOT caught' : `caught${shown(found)}`}\n`,
      )
      if (found.length === 0) missed.push(bug)
    }
  }
  const count = left.length
  await Promise.all(Array.from({ length: BUGS_AT_ONCE }, lane))
  return [[`planted bugs: ${count - missed.length} of ${count} caught${shown(missed)}`, missed.length === 0]]
}

async function plant(ground: Ground, bug: string): Promise<string[]> {
  const place = Object.keys(PLANTED).indexOf(bug)
  const { stories = [], mine } = PLANTED[bug] ?? {}
  const world = await openWorld(ground, { name: `planted_${place}`, nodes: 2, maxCarried: 4, bug })
  try {
    const orders = await world.prepare(stories.map((story) => ({ story, customerId: 'cus_1' })))
    const [first] = orders
    if (mine !== undefined && first !== undefined) world.lay(first, mine[0], mine[1])
    await askAll(world, orders)
    await world.settled(BUG_SETTLE_MS)
    if (mine?.[1] === 'SIGSTOP') return await findAfterWaking(world)
    return await find(world)
  } finally {
    await world.close()
  }
}

/** Whoever was stopped goes on with what it had in hand, after others have finished it. */
async function findAfterWaking(world: World): Promise<string[]> {
  for (const node of world.nodes) node.signal('SIGCONT')
  const end = performance.now() + WAKE_MS
  for (;;) {
    const found = await find(world)
    if (found.length > 0 || performance.now() >= end) return found
    await sleep(POLL_MS)
  }
}

async function find(world: World): Promise<string[]> {
  const { lost, doubled, misordered, unbalanced } = await judgeWorld(world)
  return [lost, doubled, misordered, unbalanced].flat()
}
