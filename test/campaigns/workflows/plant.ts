/** Has each planted bug meet what it cannot stand, and the judgement of the campaign find it. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Check } from '../campaign.ts'
import type { Ground } from './ground.ts'
import { type Findings, judgeWorld, shown } from './judgement.ts'
import { PLANTED } from './planted.ts'
import { askAll, openWorld, type World } from './world.ts'

/** Most of their time they wait for leases to end. */
const BUGS_AT_ONCE = 4
const SILENCE_MS = 60_000
/** Within this a bug has done its harm, also where a node has to wake for that. */
const WITHIN_MS = 60_000
const POLL_MS = 200

export async function plantBugs(ground: Ground, bugs: readonly string[]): Promise<Check> {
  const left = [...bugs]
  const count = left.length
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
  await Promise.all(Array.from({ length: BUGS_AT_ONCE }, lane))
  return [`planted bugs: ${count - missed.length} of ${count} caught${shown(missed)}`, missed.length === 0]
}

async function plant(ground: Ground, bug: string): Promise<string[]> {
  const place = Object.keys(PLANTED).indexOf(bug)
  const {
    stories = [],
    mine,
    outside,
    isRollout = false,
    isFollowing = false,
    isEndless = false,
  } = PLANTED[bug] ?? {}
  const world = await openWorld(ground, {
    name: `planted_${place}`,
    // Where nobody dies, one node does its harm alone.
    nodes: mine === undefined && !isEndless ? 1 : 2,
    maxCarried: 4,
    bug,
    releases: isRollout ? ['CURRENT', 'NEXT'] : [],
    ...(outside && { outside }),
    ...(isFollowing && { following: { redisUrl: null } }),
  })
  try {
    const orders = await world.prepare(stories.map((story) => ({ story, customerId: 'cus_1' })))
    const [first] = orders
    if (mine !== undefined && first !== undefined) world.lay(first, mine[0], mine[1])
    await askAll(world, orders)
    if (isEndless) return await findSoon(world, ({ doubled }) => doubled)
    await world.settled(SILENCE_MS, WITHIN_MS)
    if (mine?.[1] !== 'SIGSTOP') return allOf(await judgeWorld(world))
    // Whoever was stopped does its harm once others have ended its work, and it is awake again.
    for (const node of world.nodes) node.signal('SIGCONT')
    return await findSoon(world, allOf)
  } finally {
    await world.close()
  }
}

/** Looks until there is something, or it is late. */
async function findSoon(world: World, pick: (findings: Findings) => readonly string[]): Promise<string[]> {
  const end = performance.now() + WITHIN_MS
  for (;;) {
    const found = pick(await judgeWorld(world))
    if (found.length > 0 || performance.now() >= end) return [...found]
    await sleep(POLL_MS)
  }
}

const allOf = ({ lost, doubled, misordered, unbalanced }: Findings): string[] =>
  [lost, doubled, misordered, unbalanced].flat()
