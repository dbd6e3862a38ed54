/** Whatever befalls the network, the outside system and our process: an effect happens once, and none is lost. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Capabilities } from '#domain/effect.ts'
import {
  type Carried,
  carryOut,
  type EffectMoment,
  type Carrying,
} from '#subgraphs/operations/effects/carry-out.ts'
import { runs } from '#test/domain/arbitraries.ts'
import { Death, type Fate, memoryStore, outsideWorld } from './world.ts'

const DAY_MS = 86_400_000
const capabilities = fc.constantFrom<Capabilities>(
  { deduplicatesForMs: DAY_MS, searchableByReference: false, visibleWithinMs: 0 },
  { deduplicatesForMs: 0, searchableByReference: true, visibleWithinMs: 0 },
  { deduplicatesForMs: 0, searchableByReference: true, visibleWithinMs: 7_000 },
  { deduplicatesForMs: DAY_MS, searchableByReference: true, visibleWithinMs: 7_000 },
  { deduplicatesForMs: 0, searchableByReference: false, visibleWithinMs: 0 },
)
const fate = fc.constantFrom<Fate>('WELL', 'LOST_BEFORE', 'LOST_AFTER', 'LATE', 'BUSY', 'REFUSED', 'UNSENT')
const moment = fc.constantFrom<EffectMoment>('INTENDED', 'BEGUN', 'ANSWERED', 'LOOKED_FOR', 'RECORDED')
/** Deaths, each at the given moment the given number of times passed. */
const deaths = fc.array(fc.record({ moment, passed: fc.nat(3) }), { maxLength: 4 })

interface Story {
  readonly capabilities: Capabilities
  readonly fates: readonly Fate[]
  readonly deaths: readonly { readonly moment: EffectMoment; readonly passed: number }[]
  readonly fraction: number
}

const MAX_CALLS = 60
const request = {
  effectKey: 'wfl_1/invoice',
  operation: 'issueInvoice',
  payload: { amount: '1' },
  revision: 0,
}

/** Calls until the answer is final, over every death. Once its fates are used up, all goes well. */
async function live(story: Story): Promise<{ carried: Carried; made: readonly { externalId: string }[] }> {
  const clock = { nowMs: 0 }
  const pass = (ms: number): void => void (clock.nowMs += ms)
  const fates = [...story.fates]
  const world = outsideWorld(clock, story.capabilities, () => fates.shift() ?? 'WELL', pass)
  const carrying: Carrying = {
    store: memoryStore(clock),
    random: () => story.fraction,
    pause: async (delayMs) => Promise.resolve(pass(delayMs)),
    at: deathsOf(story),
  }
  for (let call = 0; call < MAX_CALLS; call += 1) {
    const carried = await lifeOf(() => carryOut(carrying, world.connector, request))
    if (carried !== undefined && carried.kind !== 'UNAVAILABLE')
      return { carried, made: world.made.get(request.effectKey) ?? [] }
    // Whoever is told that it is not in doubt may undo what went before.
    if (carried?.inDoubt === false) expect(world.made.size).toBe(0)
    pass(carried?.retryAfterMs ?? 1)
  }
  throw new Error('it did not come to an end')
}

function deathsOf({ deaths: planned }: Story): (moment: EffectMoment) => void {
  const left = planned.map((death) => ({ ...death }))
  return (now) => {
    const [next] = left
    if (next?.moment !== now) return
    if (next.passed > 0) next.passed -= 1
    else {
      left.shift()
      throw new Death()
    }
  }
}

async function lifeOf(call: () => Promise<Carried>): Promise<Carried | undefined> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof Death) return undefined
    throw error
  }
}

it('an effect happens at most once, and what is said of it is so', async () => {
  const story = fc.record({
    capabilities,
    fates: fc.array(fate, { maxLength: 12 }),
    deaths,
    fraction: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  await fc.assert(
    fc.asyncProperty(story, async (one) => {
      const { carried, made } = await live(one)
      expect(made.length).toBeLessThanOrEqual(1)
      if (carried.kind === 'APPLIED') expect(made).toEqual([carried.document])
      if (carried.kind === 'REFUSED') expect(made).toEqual([])
      if (carried.kind === 'UNKNOWN')
        expect(one.capabilities).toMatchObject({ deduplicatesForMs: 0, searchableByReference: false })
    }),
    runs,
  )
})
