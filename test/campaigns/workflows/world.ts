/** A database of its own with nodes at work, orders that are asked for there, and mines in their way. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '#platform/clock.ts'
import { type Database, isPassing, openDatabase } from '#platform/database.ts'
import { canonicalId } from '#platform/ids.ts'
import { roleOf } from '#platform/migrate.ts'
import type { WorkflowSystem } from '#domain/workflow.ts'
import { createRecordFacts } from '#product.ts'
import { createShared } from '#workshop.ts'
import { planByModel } from '#subgraphs/operations/flows/plan.ts'
import { activateModel } from '#subgraphs/operations/models/activate.ts'
import { silentLog } from '#test/support/log.ts'
import { connectSystems } from '#systems.ts'
import { type Node, startNode } from './crew.ts'
import { CONSUMERS, type FollowingPart, SOURCES } from './following.ts'
import { type Agreement, type Blow, hitAt, layMine } from './part.ts'
import type { Ground } from './ground.ts'
import { keyOf, LEGAL_ENTITY, type Order, REQUESTED_BY } from './orders.ts'
import { type OutsideBilling, type Repetitions, startOutsideBilling } from './outside-billing.ts'
import type { Release } from './releases.ts'
import { STORIES, storyOf } from './stories.ts'
import { factsOf, TIDINGS } from './tales.ts'
import { beginTrouble, type Trouble } from './troubles.ts'

/** A mine in the way of an order. */
export interface Mine {
  readonly order: Order
  readonly place: string
  readonly file: string
}

export interface World {
  readonly owner: Database
  readonly nodes: readonly Node[]
  /** Where some of what is given back goes first; null where we master all ourselves. */
  readonly outside: OutsideBilling | null
  /** Whether nodes follow events. */
  readonly isFollowing: boolean
  readonly orders: readonly Order[]
  readonly mines: readonly Mine[]
  /** What was refused though it was right. */
  readonly refusals: readonly string[]
  /** Makes an order with all that has to be there before. */
  readonly prepare: (stories: readonly Pick<Order, 'story' | 'customerId'>[]) => Promise<Order[]>
  /** The turns at which a node can die while it carries a story out: its steps and gates, and what it takes back. */
  readonly turnsOf: (story: string) => Promise<string[]>
  /** Lays a mine where an order comes by: `recordPayment SENT` of its turns, or `ACCEPTED` before it begins. */
  readonly lay: (order: Order, place: string, blow: Blow) => void
  /** Asks node after node until one says that it has accepted the order. */
  readonly ask: (order: Order) => Promise<void>
  /** Has a system in trouble, until the returned function is called. */
  readonly trouble: (system: WorkflowSystem, trouble: Trouble) => () => void
  /** Waits until no workflow goes on any more and each mine was hit; false once nothing has happened for so long. */
  readonly settled: (silenceMs: number, withinMs?: number) => Promise<boolean>
  readonly close: () => Promise<void>
}

export interface WorldOptions {
  readonly name: string
  readonly nodes: number
  readonly maxCarried: number
  /** The workflow model that holds; crm-led where none is named. */
  readonly model?: string
  readonly bug?: string
  /** How the outside billing is kept from doing something twice, and how nodes believe that it is. */
  readonly outside?: readonly [is: Repetitions, believed: Repetitions]
  /** How nodes follow events; they do not where it is left out. */
  readonly following?: FollowingPart
  /** The releases of the first nodes, where those are not the current one. */
  readonly releases?: readonly Release[]
  /** Gives the address at which nodes find the store of ERP. */
  readonly erpThrough?: (databaseUrl: string) => string
}

const ASK_WITHIN_MS = 300_000
/** Who asks at the same time. */
const CLIENTS = 8
const POLL_MS = 100
const PREPARED_AT_ONCE = 100

/** What a turn begins with in which an approval is looked for. */
export const GATE = 'gate:'

/** The workflow that an order becomes. */
export const workflowIdOf = (order: Order): string =>
  canonicalId('workflow', 'revgraph', REQUESTED_BY, storyOf(order).flow.name, keyOf(order))

export async function openWorld(
  ground: Ground,
  {
    name,
    nodes: count,
    maxCarried,
    model,
    bug,
    outside: kept,
    following,
    releases = [],
    erpThrough = (url) => url,
  }: WorldOptions,
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
  const shared = createShared(of, systemClock)
  const systems = connectSystems(of, systemClock, shared)
  if (model !== undefined) await activate(model, of('operations'), shared)
  const outside = kept === undefined ? null : await startOutsideBilling(mineFolder, ...kept)
  const nodes = Array.from({ length: count }, (_, place) =>
    startNode(
      {
        databaseUrl,
        erpUrl: erpThrough(databaseUrl),
        mines: mineFolder,
        maxCarried,
        outside: outside?.part ?? null,
        following: following ?? null,
        release: releases[place] ?? 'CURRENT',
        bug: bug ?? null,
      },
      ground.program,
    ),
  )
  const over = new AbortController()
  const agreeing = agreeToAll(owner, nodes, over.signal)
  const [orders, mines, refusals]: [Order[], Mine[], string[]] = [[], [], []]

  const progress = async (): Promise<Progress> => {
    const text = progressOf(following !== undefined)
    const [row] = await owner.rows<Progress>({ text, values: [] })
    return row ?? { unended: 0, turns: 0, taken: 0, toFollow: 0 }
  }
  const readied = async (order: Order): Promise<Order> => {
    const { before, preview } = STORIES[order.story] ?? {}
    await before?.(systems, order)
    return preview === undefined ? order : { ...order, previewHash: await preview(systems, order) }
  }
  return {
    owner,
    nodes,
    outside,
    isFollowing: following !== undefined,
    orders,
    mines,
    refusals,
    prepare: async (wanted) => {
      const numbered = wanted.map((order, place) => ({ ...order, number: orders.length + place + 1 }))
      const made: Order[] = []
      for (let first = 0; first < numbered.length; first += PREPARED_AT_ONCE) {
        const some = numbered.slice(first, first + PREPARED_AT_ONCE)
        await record(factsOf(some))
        made.push(...(await Promise.all(some.map(readied))))
      }
      orders.push(...made)
      return made
    },
    turnsOf: async (story) => {
      const { flow, undoes = [] } = storyOf({ story })
      // No order is about so much that its amount asks for an approval.
      const moneyAtRisk = { minorUnits: 1n, currency: 'USD' }
      const subject = { subject: '', customerId: null, legalEntityId: LEGAL_ENTITY, moneyAtRisk }
      const { value } = await planByModel(shared.models, shared.sources, flow, subject)
      if (value === undefined) throw new Error(`nothing plans ${story}`)
      const { order, gates = [] } = value
      const before = (step: string, place: number): string[] =>
        gates
          .filter(({ before: named }) => named === step || (named === null && place === 0))
          .map(({ gate }) => `${GATE}${gate.name}`)
      return [...order.flatMap((step, place) => [...before(step, place), step]), ...undoes]
    },
    trouble: (system, trouble) => beginTrouble(mineFolder, system, trouble),
    lay: (order, place, blow) => {
      mines.push({ order, place, file: layMine(mineFolder, fullPlace(order, place), blow) })
    },
    ask: async (order) => {
      const tiding = TIDINGS[order.story]
      if (tiding !== undefined && outside !== null) return tiding.happens(outside, order)
      const key = keyOf(order)
      const end = performance.now() + ASK_WITHIN_MS
      for (let turn = order.number; performance.now() < end; turn += 1) {
        const answered = await nodes[turn % nodes.length]?.ask({ order }, key)
        if (answered?.refusal !== undefined)
          refusals.push(`${order.story} ${order.number}: ${answered.refusal}`)
        if (answered?.workflowId !== undefined || answered?.refusal !== undefined) return
        await sleep(POLL_MS)
      }
      refusals.push(`${order.story} ${order.number}: nobody took it`)
    },
    settled: async (silenceMs, withinMs = Infinity) => {
      const end = performance.now() + withinMs
      let [last, since, isToldAgain] = ['', performance.now(), false]
      while (performance.now() < Math.min(since + silenceMs, end)) {
        const { unended, turns, taken, toFollow } = await progress()
        const hits = mines.filter(({ file }) => hitAt(file) !== undefined).length
        if (unended === 0 && toFollow === 0) {
          const isTaken = outside === null || taken >= outside.tidings()
          // What ended has passed all its points; where a node dies at the last of them, that is told a moment later.
          const isOver = hits === mines.length || performance.now() > since + HIT_MS
          if (isTaken && isOver) return true
          if (!isTaken && !isToldAgain) {
            isToldAgain = true
            await outside.tellAgain()
          }
        }
        const now = `${turns} turns, ${hits} hits, ${taken} taken in, ${toFollow} to follow`
        if (now !== last) [last, since] = [now, performance.now()]
        await sleep(POLL_MS)
      }
      return false
    },
    close: async () => {
      over.abort()
      await agreeing
      await Promise.all(nodes.map((node) => node.end()))
      await outside?.stop()
      await Promise.all([owner, ...opened.values()].map((database) => database.close()))
    },
  }
}

/** From the end of the last workflow until a node that dies for it has said so. */
const HIT_MS = 5_000

const ACTIVATIONS = 10

/** Has a model hold; on a busy machine it may be told that ERP does not answer in time. */
async function activate(
  model: string,
  db: Database,
  { models, sources }: ReturnType<typeof createShared>,
): Promise<void> {
  const command = { subgraph: 'operations', clock: systemClock, correlationId: 'campaign' }
  const asked = { model, actor: 'Ada', reason: 'A campaign', idempotencyKey: model }
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { result } = await activateModel({ db, command }, models, sources.legalEntities, asked)
      if (result.violations.length > 0) throw new Error(JSON.stringify(result.violations))
      return
    } catch (error) {
      if (!isPassing(error) || attempt === ACTIVATIONS) throw error
    }
  }
}

/** A place on the way of an order; what is told comes by the places of whoever follows it. */
function fullPlace(order: Order, place: string): string {
  if (order.story in TIDINGS) return place
  return place.includes(' ') ? `${workflowIdOf(order)}/${place}` : `${keyOf(order)} ${place}`
}

/** Asks for all orders, a few at a time. */
export async function askAll(world: World, orders: readonly Order[]): Promise<void> {
  const left = [...orders]
  const client = async (): Promise<void> => {
    for (let order = left.shift(); order !== undefined; order = left.shift()) await world.ask(order)
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
}

/** Has nodes take down that somebody agrees to whatever waits at a gate. */
async function agreeToAll(owner: Database, nodes: readonly Node[], signal: AbortSignal): Promise<void> {
  for (let turn = 0; !signal.aborted; turn += 1) {
    // PostgreSQL may be away for a moment.
    const pending = await owner.rows<Agreement>(PENDING).catch(() => [])
    await Promise.all(
      pending.map(async (agreement, place) => {
        await nodes[(turn + place) % nodes.length]?.ask({ agreement }, agreement.approvalId)
      }),
    )
    await sleep(POLL_MS)
  }
}

/**
 * How many workflows are to go on, how many turns all have taken, how many webhooks were taken in, and what nobody has
 * followed yet: by one statement, since what ends the one begins the next.
 */
interface Progress {
  readonly unended: number
  readonly turns: number
  readonly taken: number
  readonly toFollow: number
}

const HEADS = SOURCES.map((source) => `SELECT '${source}' AS source, head FROM ${source}.relay`).join(
  ' UNION ALL ',
)
/** Events to be published, standings to be looked at, events that consumers have not passed, and consumers to come. */
const TO_FOLLOW = [
  ...SOURCES.map((source) => `(SELECT count(*) FROM ${source}.outbox)`),
  '(SELECT count(*) FROM insight.review WHERE due_at <= clock_timestamp())',
  `(SELECT ${CONSUMERS} - count(*) + coalesce(sum(head - position), 0)
    FROM (${HEADS}) AS log
    JOIN (SELECT source, position FROM insight.consumer UNION ALL SELECT source, position FROM operations.consumer)
      AS consumer USING (source))`,
].join(' + ')

const progressOf = (isFollowing: boolean): string => `
  SELECT count(*) FILTER (WHERE ended_at IS NULL AND status <> 'EXCEPTION')::int AS unended,
    coalesce(sum(version), 0)::int AS turns,
    (SELECT count(*)::int FROM operations.inbound_webhook WHERE status <> 'PENDING') AS taken,
    (${isFollowing ? TO_FOLLOW : '0'})::int AS "toFollow"
  FROM operations.workflow`

const PENDING = {
  text: `SELECT id AS "approvalId", workflow_id AS "workflowId", gate FROM operations.approval
    WHERE status = 'PENDING' ORDER BY due_at LIMIT 50`,
  values: [],
}
