import { expect, it } from 'vitest'
import { hasRedis } from '#test/support/redis.ts'
import { runEvents } from './events.ts'

it.runIf(hasRedis('what faults do to events is'))(
  'Nothing is lost, doubled or reordered while processes die and servers go away',
  async () => {
    expect(await runEvents(['--short'])).toMatchObject({ failed: 0 })
  },
  240_000,
)
