import { Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'

import { Random } from '#subgraphs/operations/seed/random.ts'
import { subgraphNames } from '#test/gateway/graph.ts'
import { subgraphSchema } from '#test/gateway/subgraphs.ts'
import { createWorld } from '#test/gateway/world.ts'

import { quantile, send } from '#bench/load.ts'
import { type MeasuredServer, startMeasured } from '#bench/server.ts'
import { type Campaign, type Check, judge } from './campaign.ts'
import { type FlakySubgraph, MOODS, startFlaky } from './flaky-subgraph.ts'
import { HOLDINGS_PATH, type Holdings, RELOAD_PATH } from './holdings.ts'

const CLIENTS = 12
const LEAVING_PERCENT = 15
const MOOD_MS = 3_000
const SAMPLE_MS = 1_000
const RELOAD_MS = 30_000
/** How soon all must be well again: a broken circuit stays open for a while. */
const MAX_RECOVERY_MS = 20_000
/** Longer than the gateway waits for a subgraph. */
const SETTLE_MS = 2_000
/** Caches and the heap find their size; a shorter run says nothing about memory. */
const WARM_UP_MS = 60_000
/** How much more memory a flat run may hold at its end than after its warm-up: the garbage of the moment. */
const MAX_RSS_GROWTH = 1.25
/** Idle connections that the gateway may keep: one a subgraph and client, one for the question itself. */
const MAX_KEPT_SOCKETS = CLIENTS * subgraphNames.length + 2

const DOCUMENTS = [
  '{ customers { id name balance { amount } rating invoices { id posting { status } } } }',
  '{ search(text: "o") { ... on Customer { name deferred taxRate } ... on Contract { recognized } } }',
  '{ invoices { id total { minorUnits } customer { parent { rating contracts { number recognized } } } } }',
  '{ customer(id: "c1") { ... @defer { balance { amount } } name } }',
  'mutation { rename(id: "c2", name: "Bolt") { name balance { amount } } pay(id: "i1") { status posting { status } } }',
  '{ customers { nonsense } }',
  '{ broken',
]
const WHOLE = DOCUMENTS.slice(0, 3)

/**
 * `npm run campaign -- soak [--minutes 10] [--seed N]`: clients of many kinds, some of which leave, on a gateway whose
 * subgraphs stall, break and die, and come back. In the end all is well again, nothing is left open, and the memory is
 * what it was after the warm-up.
 */
export const runSoak: Campaign = async (options) => {
  const { values } = parseArgs({
    args: [...options],
    options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' } },
  })
  const durationMs = Number(values.minutes) * 60_000
  const world = createWorld()
  const flaky = await Promise.all(subgraphNames.map((name) => startFlaky(subgraphSchema(name, world))))
  const services = subgraphNames.map((name, index) => ({ name, url: flaky[index]?.url }))
  const gateway = await startMeasured('gateway', '../test/campaigns/gateway-process.ts', {
    CAMPAIGN_SERVICES: JSON.stringify(services),
  })
  try {
    const sample = await soak(gateway, flaky, durationMs, new Random(Number(values.seed), 'soak'))
    return judge(await inspect(gateway, flaky, sample))
  } finally {
    await gateway.stop()
    for (const subgraph of flaky) subgraph.stop()
  }
}

interface Sample {
  readonly answers: number
  readonly left: number
  readonly reloads: number
  readonly rssMiB: readonly number[]
}

async function soak(
  { url, usage }: MeasuredServer,
  flaky: readonly FlakySubgraph[],
  durationMs: number,
  random: Random,
): Promise<Sample> {
  const end = performance.now() + durationMs
  const isOn = (): boolean => performance.now() < end
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })
  const rssMiB: number[] = []
  let answers = 0
  let left = 0
  let reloads = 0
  const client = async (): Promise<void> => {
    while (isOn()) {
      const body = JSON.stringify({ query: random.pick(DOCUMENTS) })
      if (random.chance(LEAVING_PERCENT)) {
        await leaveEarly(url, body, random.between(0, 30))
        left += 1
      } else {
        await send(url, { path: '/graphql', body }, agent)
        answers += 1
      }
    }
  }
  const trouble = async (): Promise<void> => {
    while (isOn()) {
      for (const subgraph of flaky) await subgraph.behave(random.pick(MOODS))
      await wait(Math.min(MOOD_MS, durationMs / 4))
    }
    for (const subgraph of flaky) await subgraph.behave('well')
  }
  const reload = async (): Promise<void> => {
    while (isOn()) {
      await wait(Math.min(RELOAD_MS, durationMs / 4))
      reloads = Number((await send(url, { path: RELOAD_PATH }, agent)).text)
    }
  }
  const observe = async (): Promise<void> => {
    while (isOn()) {
      rssMiB.push((await usage()).rssMiB)
      await wait(SAMPLE_MS)
    }
  }
  await Promise.all([...Array.from({ length: CLIENTS }, client), trouble(), reload(), observe()])
  agent.destroy()
  return { answers, left, reloads, rssMiB }
}

/** Sends a request and leaves, perhaps before the answer has come. */
async function leaveEarly(url: string, body: string, afterMs: number): Promise<void> {
  const sent = request(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' } })
  sent.on('error', () => undefined)
  sent.on('response', (response) => response.resume())
  sent.end(body)
  await wait(afterMs)
  sent.destroy()
}

async function inspect(
  { url }: MeasuredServer,
  flaky: readonly FlakySubgraph[],
  { answers, left, reloads, rssMiB }: Sample,
): Promise<Check[]> {
  const trouble = await recover(url)
  await wait(SETTLE_MS)
  const underWay = flaky.reduce((sum, subgraph) => sum + subgraph.underWay(), 0)
  const { text } = await send(url, { path: HOLDINGS_PATH })
  const { TCPSocketWrap: sockets = 0, Timeout: timers = 0 } = JSON.parse(text) as Holdings
  return [
    [`${answers} answers, ${left} clients left early, ${reloads} reloads`, answers * left * reloads > 0],
    [`all is well again${trouble ?? ''}`, trouble === undefined],
    [`${underWay} calls of subgraphs left open`, underWay === 0],
    [`${sockets} sockets kept, at most ${MAX_KEPT_SOCKETS}`, sockets <= MAX_KEPT_SOCKETS],
    [`${timers} timers, at most one a socket and two more`, timers <= sockets + 2],
    ...flatness(rssMiB.slice(WARM_UP_MS / SAMPLE_MS)),
  ]
}

/** Asks until each document is answered in full. Gives the last trouble where that takes too long. */
async function recover(url: string): Promise<string | undefined> {
  const end = performance.now() + MAX_RECOVERY_MS
  let trouble: string | undefined
  for (const query of WHOLE) {
    do {
      const { text } = await send(url, { path: '/graphql', body: JSON.stringify({ query }) })
      trouble = text.includes('"errors"') ? `: ${text}` : undefined
      if (trouble !== undefined) await wait(SAMPLE_MS)
    } while (trouble !== undefined && performance.now() < end)
    if (trouble !== undefined) return trouble
  }
  return undefined
}

function flatness(rssMiB: readonly number[]): Check[] {
  const quarter = Math.ceil(rssMiB.length / 4)
  if (quarter === 0) return []
  const before = medianOf(rssMiB.slice(0, quarter))
  const after = medianOf(rssMiB.slice(-quarter))
  return [[`RSS ${Math.round(before)} → ${Math.round(after)} MiB`, after <= before * MAX_RSS_GROWTH]]
}

function medianOf(values: readonly number[]): number {
  return quantile(
    values.toSorted((one, other) => one - other),
    0.5,
  )
}
