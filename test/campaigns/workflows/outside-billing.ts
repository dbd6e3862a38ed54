/** An outside system that masters billing, as a process of its own: what is given back goes there first. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Capabilities } from '#domain/effect.ts'
import { readConfig } from '#platform/config.ts'
import type { OutsideConfig } from '#outside/outside.ts'
import { makeSecret } from '#subgraphs/operations/webhooks/sign.ts'
import type { Fault, Faults } from '#test/simulators/faults.ts'
import { type LoggedEffect, readEffects } from '#test/simulators/log.ts'
import type { WebhookFaults } from '#test/simulators/webhooks.ts'
import { variants } from '#test/simulators/kinds.ts'
import { startSimulator } from '#test/simulators/start.ts'
import { freePort } from '#test/support/free-port.ts'
import { OUTSIDE } from './orders.ts'

/** How a repetition is kept from being a second effect: the system knows the key, or it is searched before. */
export type Repetitions = 'BY_KEY' | 'BY_SEARCH'

/** What a node is told of it. */
export interface OutsidePart {
  readonly config: OutsideConfig
  /** Where all nodes take webhooks: whichever is there. */
  readonly hooksPort: number
}

/** How it behaves: what goes wrong with requests, and the percent of webhooks that it never sends. */
export type Behaviour = Partial<Omit<Faults, 'webhooks'>> & Partial<Pick<WebhookFaults, 'missing'>>

export interface OutsideBilling {
  readonly part: OutsidePart
  readonly repetitions: Repetitions
  /** What it did: the witness. */
  readonly effects: () => LoggedEffect[]
  /** How many webhooks there are of what it did. */
  readonly tidings: () => number
  /** One of its own customers does something there; nothing goes wrong on that way. */
  readonly order: (reference: string, operation: string, payload: object) => Promise<void>
  /** Gets worse or better. */
  readonly behave: (changes: Behaviour) => Promise<void>
  /** Ends it at once, and starts it again over its log. */
  readonly kill: () => Promise<void>
  /** Its operator has it tell of everything once more: so what was never told is told. */
  readonly tellAgain: () => Promise<void>
  /** Which faults its callers have met. */
  readonly met: () => Promise<Readonly<Partial<Record<Fault, number>>>>
  readonly stop: () => Promise<void>
}

const DAY_MS = 86_400_000
/** Shorter than a workflow's lease, so that a time-out is over before another node takes it. */
const TIMEOUT_MS = 1_000
/** Some requests are carried out when nobody waits any more, */
const SLOW_MS = 1_500
/** what was done shows later, */
const VISIBLE_AFTER_MS = 300
/** and both keep to what the system promises, on a busy machine too. */
const VISIBLE_WITHIN_MS = 3_500
const CAPABILITIES: Readonly<Record<Repetitions, Capabilities>> = {
  BY_KEY: { deduplicatesForMs: DAY_MS, searchableByReference: false, visibleWithinMs: 0 },
  BY_SEARCH: { deduplicatesForMs: 0, searchableByReference: true, visibleWithinMs: VISIBLE_WITHIN_MS },
}
const BEHAVIOUR: Readonly<Record<Repetitions, Behaviour>> = {
  BY_KEY: { duplicates: 'REPLAYED', isSearchable: false },
  BY_SEARCH: { duplicates: 'ACCEPTED', isSearchable: true, visibleAfterMs: VISIBLE_AFTER_MS },
}
const DOWN_MS = 500
const { tells } = variants.billing

/** Starts it with its log in a folder. `believed` is what nodes believe of it, wrongly where a bug is planted. */
export async function startOutsideBilling(
  folder: string,
  repetitions: Repetitions,
  believed = repetitions,
): Promise<OutsideBilling> {
  const simulator = await startSimulator('billing', folder)
  const [secret, hooksPort] = [makeSecret(), await freePort()]
  let met: Partial<Record<Fault, number>> = {}
  let behaviour: Behaviour = { ...BEHAVIOUR[repetitions], slowMs: SLOW_MS }
  const settle = async (): Promise<void> => {
    const { missing = 0, ...faults } = behaviour
    const url = `http://127.0.0.1:${hooksPort}/hooks/${OUTSIDE}`
    await simulator.control({
      ...faults,
      webhooks: { url, secret, duplicated: 50, missing, isReordered: true },
    })
  }
  /** What it met before it was killed, which it has forgotten, and since. */
  const metSoFar = async (): Promise<Partial<Record<Fault, number>>> => {
    const sum = { ...met }
    for (const [fault, times] of Object.entries((await simulator.control({})).met) as [Fault, number][])
      sum[fault] = (sum[fault] ?? 0) + times
    return sum
  }
  const post = async (path: string, body: object): Promise<void> => {
    const response = await fetch(simulator.url + path, { method: 'POST', body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`the outside billing answers ${response.status}`)
  }
  await settle()
  // One thing at a time: whoever does something here must not meet it while it is dead.
  let last: Promise<void> = Promise.resolve()
  const next = (act: () => Promise<void>): Promise<void> => (last = last.then(act))
  return {
    part: { config: configOf(simulator.url, secret, CAPABILITIES[believed]), hooksPort },
    repetitions,
    effects: () => readEffects(simulator.logPath),
    tidings: () => readEffects(simulator.logPath).flatMap(({ operation }) => tells[operation] ?? []).length,
    order: (reference, operation, payload) => next(() => post('/own', { operation, reference, payload })),
    behave: (changes) =>
      next(async () => {
        behaviour = { ...behaviour, ...changes }
        await settle()
      }),
    kill: () =>
      next(async () => {
        met = await metSoFar()
        await simulator.kill()
        await sleep(DOWN_MS)
        await simulator.restart()
        await settle()
      }),
    tellAgain: () => next(() => post('/tell-again', {})),
    met: metSoFar,
    stop: () => simulator.stop(),
  }
}

function configOf(url: string, secret: string, capabilities: Capabilities): OutsideConfig {
  const connector = {
    kind: 'http',
    system: 'BILLING',
    name: OUTSIDE,
    url,
    timeoutMs: TIMEOUT_MS,
    webhookSecrets: [secret],
    ...capabilities,
  }
  const { connectors, stripe } = readConfig({ CONNECTORS: JSON.stringify([connector]) })
  return { connectors, stripe }
}
