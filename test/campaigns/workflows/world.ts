/** A database of its own with nodes at work, orders that are asked for there, and mines in their way. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '#platform/clock.ts'
import { type Database, openDatabase } from '#platform/database.ts'
import { canonicalId } from '#platform/ids.ts'
import { roleOf } from '#platform/migrate.ts'
import { createRecordFacts } from '#product.ts'
import { silentLog } from '#test/support/log.ts'
import { type Node, startNode } from './crew.ts'
import { type Blow, hitAt, layMine } from './part.ts'
import type { Ground } from './ground.ts'
import { factsOf, keyOf, type Order, REQUESTED_BY, storyOf } from './stories.ts'

/** A mine in the way of an order. */
interface Mine {
  readonly order: Order
  readonly place: string
  readonly file: string
}

export interface World {
  readonly owner: Database
  readonly nodes: readonly Node[]
  readonly orders: readonly Order[]
  readonly mines: readonly Mine[]
  /** What was refused though it was right. */
  readonly refusals: readonly string[]
  /** Makes an order with all that has to be there before. */
  readonly prepare: (stories: readonly Pick<Order, 'story' | 'customerId'>[]) => Promise<Order[]>
  /** Lays a mine where an order comes by: `recordPayment SENT` of its turns, or `ACCEPTED` before it begins. */
  readonly lay: (order: Order, place: string, blow: Blow) => void
  /** Asks node after node until one says that it has accepted the order. */
  readonly ask: (order: Order) => Promise<void>
  /** Waits until no workflow goes on any more and each mine was hit; false where that lasts too long. */
  readonly settled: (withinMs: number) => Promise<boolean>
  readonly close: () => Promise<void>
}

export interface WorldOptions {
  readonly name: string
  readonly nodes: number
  readonly maxCarried: number
  readonly bug?: string
}

const ASK_WITHIN_MS = 60_000
const POLL_MS = 100
const PREPARED_AT_ONCE = 100

/** The workflow that an order becomes. */
export const workflowIdOf = (order: Order): string =>
  canonicalId('workflow', 'revgraph', REQUESTED_BY, storyOf(order).flow.name, keyOf(order))

export async function openWorld(
  ground: Ground,
  { name, nodes: count, maxCarried, bug }: WorldOptions,
): Promise<World> {
  const databaseUrl = await ground.cloneDatabase(name)
  const mineFolder = join(ground.folder, `mines-${name}`)
  await mkdir(mineFolder)
  const open = (role?: string): Database =>
    openDatabase({ url: databaseUrl, maxConnections: 1, log: silentLog, ...(role !== undefined && { role }) })
  const owner = open()
  const opened = new Map<string, Database>()
  const of = (subgraph: string): Database =>
    opened.getOrInsertComputed(subgraph, () => open(roleOf(subgraph)))
  const record = createRecordFacts(of, systemClock, 'campaign')
  const part = { databaseUrl, mines: mineFolder, maxCarried, bug: bug ?? null }
  const nodes = Array.from({ length: count }, () => startNode(part, join(ground.folder, 'compiled')))
  const [orders, mines, refusals]: [Order[], Mine[], string[]] = [[], [], []]

  const openWorkflows = async (): Promise<number> => {
    const [row] = await owner.rows<{ count: number }>({
      text: `SELECT count(*)::int AS count FROM operations.workflow WHERE ended_at IS NULL AND status <> 'EXCEPTION'`,
      values: [],
    })
    return row?.count ?? 0
  }
  return {
    owner,
    nodes,
    orders,
    mines,
    refusals,
    prepare: async (wanted) => {
      const made = wanted.map((order, place) => ({ ...order, number: orders.length + place + 1 }))
      orders.push(...made)
      for (let first = 0; first < made.length; first += PREPARED_AT_ONCE)
        await record(factsOf(made.slice(first, first + PREPARED_AT_ONCE)))
      return made
    },
    lay: (order, place, blow) => {
      const named = place.includes(' ') ? `${workflowIdOf(order)}/${place}` : `${keyOf(order)} ${place}`
      mines.push({ order, place, file: layMine(mineFolder, named, blow) })
    },
    ask: async (order) => {
      const key = keyOf(order)
      const end = performance.now() + ASK_WITHIN_MS
      for (let turn = order.number; performance.now() < end; turn += 1) {
        const answered = await nodes[turn % nodes.length]?.ask(order, key)
        if (answered?.refusal !== undefined)
          refusals.push(`${order.story} ${order.number}: ${answered.refusal}`)
        if (answered?.workflowId !== undefined || answered?.refusal !== undefined) return
        await sleep(POLL_MS)
      }
      refusals.push(`${order.story} ${order.number}: nobody took it`)
    },
    settled: async (withinMs) => {
      const end = performance.now() + withinMs
      while (performance.now() < end) {
        const isStill = mines.every(({ file }) => hitAt(file) !== undefined) && (await openWorkflows()) === 0
        if (isStill) return true
        await sleep(POLL_MS)
      }
      return false
    },
    close: async () => {
      await Promise.all(nodes.map((node) => node.end()))
      await Promise.all([owner, ...opened.values()].map((database) => database.close()))
    },
  }
}
