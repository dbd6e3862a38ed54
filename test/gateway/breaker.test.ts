// The circuit breaker by itself, its time moved by hand.
import { expect, it } from 'vitest'

import { Breaker, type CircuitState } from '#gateway/subgraph/breaker.ts'
import { ClientLeft, PassingFailure, RequestError, SubgraphFailure } from '#gateway/errors.ts'

const LIMITS = { minCircuitFailures: 3, circuitWindowMs: 10_000, circuitRestMs: 5_000 }

/** What comes of a call: an answer, or one of the ways in which there is none. */
const outcomes = {
  answer: () => Promise.resolve('answer'),
  down: () => Promise.reject(new PassingFailure('connection refused')),
  late: () => Promise.reject(new SubgraphFailure('SUBGRAPH_TIMEOUT', 'late')),
  failing: () => Promise.reject(new SubgraphFailure('SUBGRAPH_UNAVAILABLE', 'status 500')),
  refusal: () => Promise.reject(new RequestError([{ code: 'NOT_FOUND', message: 'no' }])),
  nonsense: () => Promise.reject(new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', 'nonsense')),
  left: () => Promise.reject(new ClientLeft()),
  bug: () => Promise.reject(new TypeError('bug')),
} as const

/** A breaker, its history of states, and ways to use it. */
function world() {
  const changes: CircuitState[] = []
  let nowMs = 1_000
  const breaker = new Breaker({
    limits: LIMITS,
    nowMs: () => nowMs,
    onChange: (state) => changes.push(state),
  })
  let sent = 0
  const call = async (outcome: keyof typeof outcomes): Promise<void> => {
    const calling = breaker.run(() => {
      sent += 1
      return outcomes[outcome]()
    })
    await calling.then(
      () => undefined,
      () => undefined,
    )
  }
  return {
    breaker,
    changes,
    sent: () => sent,
    pass: (ms: number) => {
      nowMs += ms
    },
    calls: async (...list: (keyof typeof outcomes)[]) => {
      for (const outcome of list) await call(outcome)
    },
  }
}

it.each<[string, (keyof typeof outcomes)[], CircuitState]>([
  ['enough failures', ['down', 'late', 'failing'], 'open'],
  ['too few', ['down', 'late'], 'closed'],
  ['half of the calls', ['answer', 'answer', 'answer', 'down', 'down', 'down'], 'open'],
  ['less than half of them', ['answer', 'answer', 'answer', 'answer', 'down', 'down', 'down'], 'closed'],
  ['answers that cannot be used', ['nonsense', 'nonsense', 'nonsense', 'nonsense'], 'closed'],
  ['clients that leave', ['left', 'left', 'left', 'left'], 'closed'],
  ['what is not the fault of the subgraph', ['bug', 'bug', 'bug', 'bug'], 'closed'],
])('After %s it is right about its state', async (_what, list, state) => {
  const { breaker, calls } = world()
  await calls(...list)
  expect(breaker.state).toBe(state)
})

it('Failures count in their window only', async () => {
  const { breaker, calls, pass } = world()
  await calls('down', 'down')
  pass(10_000)
  await calls('down', 'down')
  expect(breaker.state).toBe('closed')
  pass(9_999)
  await calls('down')
  expect(breaker.state).toBe('open')
})

it('An open one refuses at once, and lets one call through after its rest', async () => {
  const { breaker, calls, pass, sent, changes } = world()
  await calls('down', 'down', 'down')
  pass(4_999)
  await expect(breaker.run(outcomes.answer)).rejects.toMatchObject({
    code: 'SUBGRAPH_UNAVAILABLE',
    cause: { message: 'connection refused' },
  })
  expect(sent()).toBe(3)
  pass(1)
  await calls('answer')
  expect(changes).toEqual(['open', 'half-open', 'closed'])
})

it('While one call is to tell, the others are refused', async () => {
  const { breaker, calls, pass, sent } = world()
  await calls('down', 'down', 'down')
  pass(5_000)
  const telling = Promise.withResolvers<string>()
  const first = breaker.run(() => telling.promise)
  expect(breaker.state).toBe('half-open')
  await calls('answer', 'answer')
  expect(sent()).toBe(3)
  telling.resolve('answer')
  await first
  await calls('answer')
  expect(sent()).toBe(4)
})

it.each<[keyof typeof outcomes, CircuitState, string]>([
  ['answer', 'closed', 'and the next calls pass'],
  ['nonsense', 'closed', 'for there is somebody who answers'],
  ['refusal', 'closed', 'for there is somebody who refuses'],
  ['down', 'open', 'and it rests anew'],
  ['late', 'open', 'and it rests anew'],
  ['left', 'open', 'but the next call may tell'],
  ['bug', 'open', 'but the next call may tell'],
])('The one call after the rest ends with: %s. Then it is %s, %s', async (outcome, state, next) => {
  const { breaker, calls, pass, sent } = world()
  await calls('down', 'down', 'down')
  pass(5_000)
  await calls(outcome)
  expect(breaker.state).toBe(state)
  await calls('answer')
  expect(sent()).toBe(next === 'and it rests anew' ? 4 : 5)
})

it('What was called before it opened says nothing of the time after', async () => {
  const { breaker, calls, pass } = world()
  const late = [0, 1, 2, 3].map(() => Promise.withResolvers<string>())
  const running = late.map(({ promise }) => breaker.run(() => promise))
  await calls('down', 'down', 'down')
  late[0]?.resolve('answer')
  await running[0]
  expect(breaker.state).toBe('open')
  pass(5_000)
  await calls('answer')
  for (const { reject } of late.slice(1)) reject(new SubgraphFailure('SUBGRAPH_TIMEOUT', 'late'))
  await Promise.allSettled(running)
  expect(breaker.state).toBe('closed')
})

it('After it closed, the failures of before are forgotten', async () => {
  const { breaker, calls, pass } = world()
  await calls('down', 'down', 'down')
  pass(5_000)
  await calls('answer', 'down', 'down')
  expect(breaker.state).toBe('closed')
})
