import { Agent } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

import { load, quantile, send } from '#bench/load.ts'
import { startMeasured } from '#bench/server.ts'
import { type Campaign, type Check, judge } from './campaign.ts'

const FRAGMENTS = [20, 60, 200]
const BOMBS_EACH = 50
const MAX_REFUSAL_MS = 50
const MAX_BYSTANDER_P99_MS = 50
const PAUSE_MS = 20

/**
 * `npm run campaign -- attack`: bombs of fragments, each of which spreads the next one twice, against a gateway that
 * a bystander uses. Each must be refused at once, and the bystander must not notice.
 */
export const runAttack: Campaign = async () => {
  const server = await startMeasured('gateway', '../test/campaigns/gateway-process.ts', {})
  const checks: Check[] = []
  try {
    await bystand(server.url, 1_000)
    for (const fragments of FRAGMENTS) {
      const attack = throwBombs(server.url, fragments)
      const [p99Ms, { slowestMs, refused }] = await Promise.all([
        bystand(server.url, BOMBS_EACH * PAUSE_MS),
        attack,
      ])
      checks.push(
        [`${refused} of ${BOMBS_EACH} bombs of ${fragments} fragments refused`, refused === BOMBS_EACH],
        [`the slowest in ${Math.round(slowestMs)} ms`, slowestMs < MAX_REFUSAL_MS],
        [`the bystander's p99 ${Math.round(p99Ms)} ms`, p99Ms < MAX_BYSTANDER_P99_MS],
      )
    }
  } finally {
    await server.stop()
  }
  return judge(checks)
}

async function bystand(url: string, durationMs: number): Promise<number> {
  const body = JSON.stringify({ query: '{ __typename }' })
  const { latenciesMs } = await load(url, () => ({ path: '/graphql', body }), { connections: 1, durationMs })
  return quantile(latenciesMs, 0.99)
}

async function throwBombs(url: string, fragments: number): Promise<{ slowestMs: number; refused: number }> {
  const agent = new Agent({ keepAlive: true })
  let slowestMs = 0
  let refused = 0
  for (let nth = 0; nth < BOMBS_EACH; nth += 1) {
    const body = JSON.stringify({ query: bomb(fragments, nth) })
    const start = performance.now()
    const { text } = await send(url, { path: '/graphql', body }, agent)
    slowestMs = Math.max(slowestMs, performance.now() - start)
    if (text.includes('OPERATION_TOO_LARGE')) refused += 1
    await wait(PAUSE_MS)
  }
  agent.destroy()
  return { slowestMs, refused }
}

/** Each is another document, so that no cache knows it. */
function bomb(fragments: number, nth: number): string {
  const names = Array.from({ length: fragments }, (_, index) => `F${index}`)
  const definitions = names.map((name, index) => {
    const next = names[index + 1]
    return `fragment ${name} on Query { ${next === undefined ? `a${nth}: __typename` : `...${next} ...${next}`} }`
  })
  return `{ ...F0 } ${definitions.join(' ')}`
}
