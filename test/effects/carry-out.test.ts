// An effect in an outside system happens once, whatever goes wrong between us: the system's own log is the witness.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Capabilities } from '#domain/effect.ts'
import {
  type Carried,
  carryOut,
  type EffectMoment,
  type EffectRequest,
} from '#subgraphs/operations/effects/carry-out.ts'
import { decideUnknown } from '#subgraphs/operations/effects/decide-unknown.ts'
import { type Fault, type Faults, NO_FAULTS } from '#test/simulators/faults.ts'
import { effectsOf, type LoggedEffect, readEffects } from '#test/simulators/log.ts'
import { type Simulator, startSimulator } from '#test/simulators/start.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { BY_KEY, BY_NOTHING, BY_SEARCH, carryingIn, connectorTo, posting } from './support.ts'

let database: TestDatabase
let erp: Simulator
beforeAll(async () => {
  ;[database, erp] = await Promise.all([openTestDatabase(), startSimulator('erp')])
})
afterAll(async () => {
  await Promise.all([database.close(), erp.stop()])
})

/** Each test has an effect of its own. */
let key: string
let number = 0
beforeEach(async () => {
  number += 1
  key = `wfl_${number}/post`
  await erp.control(NO_FAULTS)
})

const carry = (capabilities: Capabilities, changes: Partial<EffectRequest> = {}): Promise<Carried> =>
  carryOut(carryingIn(database.of('operations')), connectorTo(erp.url, capabilities), posting(key, changes))

const carryWithoutPatience = (capabilities: Capabilities): Promise<Carried> =>
  carryOut(
    { ...carryingIn(database.of('operations')), patienceMs: 0 },
    connectorTo(erp.url, capabilities),
    posting(key),
  )

/** How often the effect happened. */
const count = (): number => effectsOf(erp.logPath).get(key) ?? 0
const logged = (): LoggedEffect[] => readEffects(erp.logPath).filter(({ effectKey }) => effectKey === key)

const tries = () =>
  database.owner.rows<{ kind: string; answer: string | null }>({
    text: 'SELECT kind, answer FROM operations.effect_try WHERE effect_key = $1 ORDER BY number',
    values: [key],
  })

const triesAsText = async (): Promise<string[]> =>
  (await tries()).map(({ kind, answer }) => `${kind} ${answer ?? 'no end'}`)

it('is known by the id that the system gave it, and is not sent again', async () => {
  const first = await carry(BY_KEY)
  const [effect] = logged()
  expect(first).toEqual({
    kind: 'APPLIED',
    document: { externalId: effect?.externalId, url: null, details: {} },
  })
  expect(effect).toMatchObject({ effectKey: key, idempotencyKey: key })
  expect(await carry(BY_KEY)).toEqual(first)
  expect(await triesAsText()).toEqual(['SEND APPLIED'])
})

describe('one try fails', () => {
  const accepting: Partial<Faults> = { duplicates: 'ACCEPTED' }
  it.each<[string, Fault, Capabilities, Partial<Faults>, string[]]>([
    ['the answer is lost, and the key is known', 'LOSE_ANSWER', BY_KEY, {}, ['SEND UNKNOWN', 'SEND APPLIED']],
    ['the request is lost, and the key is new', 'LOSE_REQUEST', BY_KEY, {}, ['SEND UNKNOWN', 'SEND APPLIED']],
    [
      'the answer is lost, and the effect is found',
      'LOSE_ANSWER',
      BY_SEARCH,
      accepting,
      ['SEND UNKNOWN', 'FIND FOUND'],
    ],
    [
      'the request is lost, and no effect is found',
      'LOSE_REQUEST',
      BY_SEARCH,
      accepting,
      ['SEND UNKNOWN', 'FIND ABSENT', 'SEND APPLIED'],
    ],
    ['it happened, and 500 is said', 'FAIL_AFTER', BY_SEARCH, accepting, ['SEND UNKNOWN', 'FIND FOUND']],
    [
      'the key is refused the second time',
      'LOSE_ANSWER',
      BY_SEARCH,
      { duplicates: 'REFUSED' },
      ['SEND UNKNOWN', 'FIND FOUND'],
    ],
    ['there were too many requests', 'RATE_LIMIT', BY_NOTHING, accepting, ['SEND TRANSIENT', 'SEND APPLIED']],
    ['the system is busy', 'UNAVAILABLE', BY_NOTHING, accepting, ['SEND TRANSIENT', 'SEND APPLIED']],
  ])('%s', async (_, fault, capabilities, faults, expected) => {
    await erp.control({ ...faults, script: [fault] })
    expect(await carry(capabilities)).toMatchObject({ kind: 'APPLIED' })
    expect(await triesAsText()).toEqual(expected)
    expect(count()).toBe(1)
  })
})

it('may have happened still where the token ran out between two sendings', async () => {
  await erp.control({ script: ['LOSE_ANSWER', 'UNAUTHORIZED'] })
  expect(await carry(BY_KEY)).toMatchObject({ kind: 'APPLIED' })
  expect(await triesAsText()).toEqual(['SEND UNKNOWN', 'SEND TRANSIENT', 'SEND APPLIED'])
  expect(count()).toBe(1)
})

it('waits as long as the system asks, whoever calls', async () => {
  await erp.control({ script: ['RATE_LIMIT'], retryAfterSeconds: 30 })
  expect(await carry(BY_KEY)).toMatchObject({ kind: 'UNAVAILABLE', retryAfterMs: 30_000, inDoubt: false })
  const again = await carry(BY_KEY)
  expect(again).toMatchObject({ kind: 'UNAVAILABLE', inDoubt: false })
  expect(await triesAsText()).toEqual(['SEND TRANSIENT'])
})

it('is not sent again while it may have happened and not be visible yet', async () => {
  const visibleWithinMs = 1_500
  await erp.control({ script: ['LOSE_ANSWER'], duplicates: 'ACCEPTED', visibleAfterMs: visibleWithinMs })
  expect(await carry({ ...BY_SEARCH, visibleWithinMs })).toMatchObject({ kind: 'APPLIED' })
  expect(count()).toBe(1)
  expect(await triesAsText()).toEqual(['SEND UNKNOWN', 'FIND ABSENT', 'FIND FOUND'])
})

it('is a matter for a person where the system offers no way to find out', async () => {
  await erp.control({ script: ['LOSE_ANSWER'], duplicates: 'ACCEPTED', isSearchable: false })
  expect(await carry(BY_NOTHING)).toMatchObject({ kind: 'UNKNOWN' })
  expect(await carry(BY_NOTHING)).toMatchObject({ kind: 'UNKNOWN' })
  expect(count()).toBe(1)
})

it('a person who looked into the system decides: it is there, or it is sent again', async () => {
  const db = database.of('operations')
  const name = { system: 'outside', effectKey: key }
  expect(await decideUnknown(db, name, null)).toMatchObject({ violations: [{ code: 'STATUS_FORBIDS' }] })
  await erp.control({ script: ['LOSE_REQUEST'], duplicates: 'ACCEPTED', isSearchable: false })
  await carry(BY_NOTHING)
  expect(await decideUnknown(db, name, null)).toEqual({ value: name })
  const second = await carry(BY_NOTHING)
  expect([second.kind, count()]).toEqual(['APPLIED', 1])

  const effectKey = `${key} 2`
  await erp.control({ script: ['LOSE_ANSWER'] })
  await carry(BY_NOTHING, { effectKey })
  const [made] = readEffects(erp.logPath).filter((effect) => effect.effectKey === effectKey)
  const document = { externalId: made?.externalId ?? '', url: null, details: {} }
  expect(await decideUnknown(db, { ...name, effectKey }, document)).toMatchObject({ value: { effectKey } })
  expect(await carry(BY_NOTHING, { effectKey })).toEqual({ kind: 'APPLIED', document })
})

describe('what the system refused', () => {
  beforeEach(async () => {
    await erp.control({ script: ['REFUSE'] })
  })

  it('stays refused for whoever asks again, and is not sent', async () => {
    const refused = { kind: 'REFUSED', code: 'NOT_WANTED', message: 'The system does not take this' }
    expect([await carry(BY_KEY), await carry(BY_KEY)]).toEqual([refused, refused])
    expect(await triesAsText()).toEqual(['SEND REFUSED'])
  })

  it('is sent under another key once a person has mended it, with the same reference', async () => {
    await carry(BY_KEY)
    const mended = { revision: 1, payload: { minorUnits: '1' } }
    expect(await carry(BY_KEY, mended)).toMatchObject({ kind: 'APPLIED' })
    expect(logged()).toMatchObject([
      { effectKey: key, idempotencyKey: `${key}~1`, payload: { minorUnits: '1' } },
    ])
    // Who still asks for what was refused hears what became of the effect.
    expect(await carry(BY_KEY)).toMatchObject({ kind: 'APPLIED' })
  })
})

it('a key in use takes no other request', async () => {
  await carry(BY_KEY)
  await expect(carry(BY_KEY, { payload: { minorUnits: '2' } })).rejects.toThrow(
    'used for another postDocument',
  )
})

it('a system that is down did nothing, and gets it when it is up', async () => {
  await erp.kill()
  const down = await carryWithoutPatience(BY_NOTHING)
  expect(down).toMatchObject({ kind: 'UNAVAILABLE', inDoubt: false, message: 'ECONNREFUSED' })
  await erp.restart()
  expect(await carry(BY_NOTHING)).toMatchObject({ kind: 'APPLIED' })
})

it('the system dies after the effect and knows of it when it is up again', async () => {
  await erp.control({ script: ['DIE_AFTER'] })
  const died = await carryWithoutPatience(BY_SEARCH)
  expect(died).toMatchObject({ kind: 'UNAVAILABLE', inDoubt: true })
  await erp.restart()
  expect(await carry(BY_SEARCH)).toMatchObject({ kind: 'APPLIED' })
  expect(count()).toBe(1)
})

it('20 at once have one effect, and all are told of it', async () => {
  await erp.control({ duplicates: 'ACCEPTED', script: ['SLOW'], slowMs: 200 })
  const carried = await Promise.all(Array.from({ length: 20 }, () => carry(BY_NOTHING)))
  expect(new Set(carried.map((one) => JSON.stringify(one))).size).toBe(1)
  expect(carried[0]).toMatchObject({ kind: 'APPLIED' })
  expect(count()).toBe(1)
})

const PROCESS = fileURLToPath(new URL('./carry-out-process.ts', import.meta.url))

/** Has another process carry an effect out and kill itself at the moment, then finishes it; how often it happened. */
async function dieAndFinish(moment: EffectMoment, capabilities: Capabilities): Promise<number> {
  const effectKey = `${key} ${moment}`
  const way = capabilities.searchableByReference ? 'search' : 'key'
  const child = fork(PROCESS, [database.url, erp.url, way, effectKey, moment, 'SIGKILL'])
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  expect(await carry(capabilities, { effectKey })).toMatchObject({ kind: 'APPLIED' })
  return effectsOf(erp.logPath).get(effectKey) ?? 0
}

describe('kill -9 of our process at each moment: the next one finishes it', () => {
  const moments: EffectMoment[] = ['INTENDED', 'BEGUN', 'ANSWERED', 'RECORDED']

  it('where the system is searched', async () => {
    await erp.control({ duplicates: 'ACCEPTED' })
    const happened = await Promise.all(moments.map((moment) => dieAndFinish(moment, BY_SEARCH)))
    expect(happened).toEqual([1, 1, 1, 1])
  })

  it('where the system tells repetitions by their key', async () => {
    const happened = await Promise.all(moments.map((moment) => dieAndFinish(moment, BY_KEY)))
    expect(happened).toEqual([1, 1, 1, 1])
  })

  it('while it looks for what it sent', async () => {
    await erp.control({ duplicates: 'ACCEPTED', script: ['LOSE_ANSWER'] })
    expect(await dieAndFinish('LOOKED_FOR', BY_SEARCH)).toBe(1)
  })
})

describe('a process that was stopped, and wakes when another has finished its work', () => {
  it.each<EffectMoment>(['BEGUN', 'ANSWERED'])('at the moment %s does nothing twice', async (moment) => {
    await erp.control({ duplicates: 'ACCEPTED' })
    const child = fork(PROCESS, [database.url, erp.url, 'search', key, moment, 'SIGSTOP'])
    const exited = once(child, 'exit')
    await expect.poll(triesAsText).toEqual(['SEND no end'])
    expect(await carry(BY_SEARCH)).toMatchObject({ kind: 'APPLIED' })
    child.kill('SIGCONT')
    expect(await exited).toEqual([0, null])
    expect(count()).toBe(1)
  })
})
