// Many effects, each asked for from several sides, while the system errs, dies and comes back: each happens once.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Capabilities } from '#domain/effect.ts'
import { type Carried, carryOut } from '#subgraphs/operations/effects/carry-out.ts'
import type { Fault, Faults } from '#test/simulators/faults.ts'
import { effectsOf } from '#test/simulators/log.ts'
import { type Simulator, startSimulator } from '#test/simulators/start.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { BY_KEY, BY_NOTHING, BY_SEARCH, carryingIn, connectorTo, posting } from './support.ts'

const EFFECTS = 8
const SIDES = 2
const MAX_CALLS = 40
const STORM_TIMEOUT_MS = 120_000

let database: TestDatabase
let billing: Simulator
beforeAll(async () => {
  ;[database, billing] = await Promise.all([openTestDatabase(), startSimulator('billing')])
})
afterAll(async () => {
  await Promise.all([database.close(), billing.stop()])
})

const percent: Partial<Record<Fault, number>> = {
  LOSE_ANSWER: 12,
  LOSE_REQUEST: 8,
  FAIL_AFTER: 6,
  UNAVAILABLE: 10,
  RATE_LIMIT: 4,
  SLOW: 5,
}

/** One side asks until it is told what became of the effect. */
async function insist(effectKey: string, capabilities: Capabilities, seed: number): Promise<Carried> {
  const carrying = carryingIn(database.of('operations'), seed)
  const request = posting(effectKey, { operation: 'issueInvoice' })
  for (let call = 0; call < MAX_CALLS; call += 1) {
    const carried = await carryOut(carrying, connectorTo(billing.url, capabilities), request)
    if (carried.kind !== 'UNAVAILABLE') return carried
    await carrying.pause(carried.retryAfterMs)
  }
  throw new Error(`${effectKey} did not come to an end`)
}

it.each<[string, Capabilities, Partial<Faults>]>([
  ['tells repetitions by their key', BY_KEY, { duplicates: 'REPLAYED' }],
  // What is still under way when we give up waiting is done within the time that the system names.
  [
    'can be searched',
    { ...BY_SEARCH, visibleWithinMs: 2_000 },
    { duplicates: 'ACCEPTED', visibleAfterMs: 500 },
  ],
  ['offers neither', BY_NOTHING, { duplicates: 'ACCEPTED', isSearchable: false }],
])(
  'a system that %s',
  async (name, capabilities, behaviour) => {
    const faults = { ...behaviour, percent, seed: 7 }
    await billing.control({ duplicates: 'REPLAYED', isSearchable: true, visibleAfterMs: 0, ...faults })
    const keys = Array.from({ length: EFFECTS }, (_, number) => `wfl_${name} ${number}`)
    const sides = keys.flatMap((key, number) =>
      Array.from({ length: SIDES }, async (_, side) => insist(key, capabilities, number * SIDES + side)),
    )
    const storm = Promise.all(sides)
    await billing.restart()
    await billing.control(faults)
    const carried = await storm

    const counts = effectsOf(billing.logPath)
    for (const [number, key] of keys.entries()) {
      const told = carried.slice(number * SIDES, (number + 1) * SIDES)
      expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(1)
      if (told[0]?.kind === 'UNKNOWN') expect(capabilities).toBe(BY_NOTHING)
      else expect([told[0]?.kind, counts.get(key)]).toEqual(['APPLIED', 1])
      expect(counts.get(key) ?? 0).toBeLessThanOrEqual(1)
    }
  },
  STORM_TIMEOUT_MS,
)
