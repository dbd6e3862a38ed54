/** Has each planted bug meet what it cannot stand, and the judgement of the campaign find it. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Check } from '../campaign.ts'
import type { Ground } from './ground.ts'
import { judgeWorld, shown } from './judgement.ts'
import { PLANTED } from './planted.ts'
import { askAll, openWorld, type World } from './world.ts'

const BUGS_AT_ONCE = 3
const SILENCE_MS = 60_000
/** Some bugs have a workflow begin again and again: they have been met by then. */
const WITHIN_MS = 20_000
/** Within this a node that was stopped is awake again, and has done its harm. */
const WAKE_MS = 60_000
const POLL_MS = 200

export async function plantBugs(ground: Ground): Promise<Check> {
  const left = Object.keys(PLANTED)
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
  const { stories = [], mine, outside, isRollout = false } = PLANTED[bug] ?? {}
  const world = await openWorld(ground, {
    name: `planted_${place}`,
    nodes: 2,
    maxCarried: 4,
    bug,
    releases: isRollout ? ['CURRENT', 'NEXT'] : [],
    ...(outside && { outside }),
  })
  try {
    const orders = await world.prepare(stories.map((story) => ({ story, customerId: 'cus_1' })))
    const [first] = orders
    if (mine !== undefined && first !== undefined) world.lay(first, mine[0], mine[1])
    await askAll(world, orders)
    // Whoever was stopped does no harm before others have ended its work.
    const isStopped = mine?.[1] === 'SIGSTOP'
    await world.settled(SILENCE_MS, isStopped ? WAKE_MS : WITHIN_MS)
    if (isStopped) return await findAfterWaking(world)
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
