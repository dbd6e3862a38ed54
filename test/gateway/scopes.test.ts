// What resolvers in this process share during a request, and how they learn that nobody waits any more.
import { expect, it, onTestFinished, vi } from 'vitest'

import type { RequestContext } from '#gateway/request.ts'
import { type RequestScope, Scopes } from '#gateway/subgraph/scopes.ts'

import { anyRequest } from './graph.ts'

const FOREVER_MS = 3_600_000

/** The scopes of a subgraph, and those that were opened. */
function world(timeoutMs: number = FOREVER_MS) {
  const opened: RequestScope[] = []
  const scopes = new Scopes((scope) => {
    opened.push(scope)
    return { serial: opened.length }
  }, timeoutMs)
  return { scopes, opened }
}

const never = (): Promise<never> => new Promise(() => undefined)

const throwNow = (): never => {
  throw new Error('now')
}

/** A request that somebody may leave. */
function leavable(): { request: RequestContext; leave: () => void } {
  const controller = new AbortController()
  return { request: { ...anyRequest(), signal: controller.signal }, leave: () => controller.abort() }
}

it('The calls of a request share a context, those of another one do not', async () => {
  const { scopes, opened } = world()
  const [one, other] = [anyRequest(), anyRequest()]
  expect(await scopes.run(one, (context) => context)).toEqual({ serial: 1 })
  expect(await scopes.run(one, (context) => Promise.resolve(context))).toEqual({ serial: 1 })
  expect(await scopes.run(other, (context) => context)).toEqual({ serial: 2 })
  expect(opened.map(({ isOver }) => isOver())).toEqual([false, false])
  expect(opened.map(({ requestId }) => requestId)).toEqual([one.requestId, other.requestId])
})

it('When its client leaves, a scope is over, and no call begins', async () => {
  const { scopes, opened } = world()
  const { request, leave } = leavable()
  await scopes.run(request, () => undefined)
  leave()
  expect(opened[0]?.isOver()).toBe(true)
  const begun: object[] = []
  await expect(scopes.run(request, (context) => begun.push(context))).rejects.toThrow('the client has left')
  expect(begun).toEqual([])
})

it('When its client leaves, no call is waited for, and its resolvers come to their end', async () => {
  const { scopes, opened } = world()
  const { request, leave } = leavable()
  const resolver = Promise.withResolvers<string>()
  const call = scopes.run(request, () => resolver.promise)
  const left = expect(call).rejects.toThrow('the client has left')
  leave()
  await left
  expect(opened[0]?.isOver()).toBe(true)
  resolver.reject(new Error('nobody hears of this'))
})

it('When its only call takes too long, a scope is over, and the next call has another one', async () => {
  const { scopes, opened } = world(1)
  const request = anyRequest()
  await expect(scopes.run(request, never)).rejects.toMatchObject({ code: 'SUBGRAPH_TIMEOUT' })
  expect(opened[0]?.isOver()).toBe(true)
  expect(await scopes.run(request, (context) => context)).toEqual({ serial: 2 })
  expect(opened[1]?.isOver()).toBe(false)
})

it('As long as another call waits, a scope goes on', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const { scopes, opened } = world(100)
  const request = anyRequest()
  const first = scopes.run(request, never)
  const firstFails = expect(first).rejects.toMatchObject({ code: 'SUBGRAPH_TIMEOUT' })
  vi.advanceTimersByTime(50)
  const later = scopes.run(request, never)
  const laterFails = expect(later).rejects.toMatchObject({ code: 'SUBGRAPH_TIMEOUT' })
  vi.advanceTimersByTime(50)
  await firstFails
  expect(opened.map(({ isOver }) => isOver())).toEqual([false])
  vi.advanceTimersByTime(50)
  await laterFails
  expect(opened.map(({ isOver }) => isOver())).toEqual([true])
})

it('Work that throws fails its call, at once or later', async () => {
  const { scopes } = world()
  await expect(scopes.run(anyRequest(), throwNow)).rejects.toThrow('now')
  await expect(scopes.run(anyRequest(), () => Promise.reject(new Error('later')))).rejects.toThrow('later')
})
