// Which bytes of a file a client wants [RFC 9110, 14.1.2].
import { expect, it } from 'vitest'
import { rangeOf } from '#gateway/http/download.ts'

const whole = null
const none = undefined

it.each<[string | undefined, ReturnType<typeof rangeOf>]>([
  [undefined, whole],
  ['bytes=0-99', { from: 0, to: 99 }],
  ['bytes=0-0', { from: 0, to: 0 }],
  ['bytes=40-', { from: 40, to: 99 }],
  ['bytes=40-1000', { from: 40, to: 99 }],
  ['bytes=-10', { from: 90, to: 99 }],
  ['bytes=-1000', { from: 0, to: 99 }],
  ['bytes=-0', none],
  ['bytes=100-', none],
  ['bytes=9-3', whole],
  ['bytes=0-1,5-6', whole],
  ['lines=0-1', whole],
  ['bytes=-', whole],
  ['bytes=a-b', whole],
])('Of 100 bytes, "%s" is %j', (header, range) => {
  expect(rangeOf(header, 100)).toEqual(range)
})
