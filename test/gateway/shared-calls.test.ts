// Calls that several clients wait for: who shares one, who does not, and what happens when somebody leaves.
import { expect, it } from 'vitest'

import { SharedCalls } from '#gateway/subgraph/shared-calls.ts'

const FOREVER_MS = 3_600_000

/** Calls that end when the test says so, and how many of them were started and given up. */
function world(timeoutMs: number = FOREVER_MS) {
  const calls = new SharedCalls<string>(timeoutMs)
  const started: PromiseWithResolvers<string>[] = []
  let givenUp = 0
  const start = (signal: AbortSignal): Promise<string> => {
    const call = Promise.withResolvers<string>()
    started.push(call)
    signal.addEventListener('abort', () => {
      givenUp += 1
    })
    return call.promise
  }
  return {
    calls,
    started,
    givenUp: () => givenUp,
    join: (key: string, { signal } = new AbortController()) => calls.join(key, signal, start),
    write: ({ signal } = new AbortController()) => calls.write(signal, start),
  }
}

it('The same is asked once, and every taker gets the outcome', async () => {
  const { join, started } = world()
  const takers = [join('same'), join('same'), join('other')]
  expect(started).toHaveLength(2)
  started[0]?.resolve('one')
  started[1]?.resolve('two')
  expect(await Promise.all(takers)).toEqual(['one', 'one', 'two'])
})

it('and so is a failure', async () => {
  const { join, started } = world()
  const takers = [join('same'), join('same')]
  started[0]?.reject(new Error('no'))
  const settled = await Promise.allSettled(takers)
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
})

it('What has ended is asked anew', async () => {
  const { join, started } = world()
  const first = join('same')
  started[0]?.resolve('one')
  await first
  void join('same')
  expect(started).toHaveLength(2)
})

it('One who leaves does not end the call of the others; the last one does', async () => {
  const { join, started, givenUp } = world()
  const [one, other] = [new AbortController(), new AbortController()]
  const first = join('same', one)
  const second = join('same', other)
  one.abort()
  await expect(first).rejects.toThrow('the client has left')
  expect(givenUp()).toBe(0)
  other.abort()
  await expect(second).rejects.toThrow('the client has left')
  expect(givenUp()).toBe(1)
  void join('same')
  expect(started).toHaveLength(2)
})

it('One who has left starts nothing', async () => {
  const { join, write, started } = world()
  const gone = new AbortController()
  gone.abort()
  await expect(join('same', gone)).rejects.toThrow('the client has left')
  await expect(write(gone)).rejects.toThrow('the client has left')
  expect(started).toHaveLength(0)
})

it('Each call has its deadline', async () => {
  const { join, givenUp } = world(1)
  await expect(join('same')).rejects.toMatchObject({ code: 'SUBGRAPH_TIMEOUT' })
  expect(givenUp()).toBe(1)
})

it('Writes are never shared, and nobody joins a read that began before one ended', async () => {
  const { join, write, started } = world()
  const before = join('same')
  const writes = [write(), write()]
  expect(started).toHaveLength(3)
  const during = join('same')
  expect(started).toHaveLength(3)
  started[1]?.resolve('written')
  await writes[0]
  const after = join('same')
  expect(started).toHaveLength(4)
  started[0]?.resolve('old')
  started[3]?.resolve('new')
  expect(await Promise.all([before, during, after])).toEqual(['old', 'old', 'new'])
  started[2]?.reject(new Error('no'))
  await expect(writes[1]).rejects.toThrow('no')
  void join('same')
  expect(started).toHaveLength(5)
})
