// What an outside system answers over HTTP, as its developers may write it, and what is read of that.
import { createServer } from 'node:http'
import { expect, it, onTestFinished } from 'vitest'
import { deadlineIn } from '#platform/connector.ts'
import { listen } from '#test/gateway/graph.ts'
import { BY_KEY, connectorTo, posting } from './support.ts'

const TIMEOUT_MS = 5_000

/** What is made of an answer to an invoice that was asked for. */
async function readOf(answer: object, status = 200): Promise<object> {
  const system = createServer((_, response) =>
    response.writeHead(status).end(JSON.stringify({ externalId: 'in_1', ...answer })),
  )
  const url = await listen(system)
  onTestFinished(() => void system.close())
  const request = { ...posting('wfl_1/issueInvoice'), idempotencyKey: 'wfl_1/issueInvoice' }
  return connectorTo(new URL(url).origin, BY_KEY).send(request, deadlineIn(TIMEOUT_MS))
}

it.each([
  ['texts', { number: '17', minorUnits: '1583125', taxMinorUnits: '93125' }],
  ['numbers', { number: 17, minorUnits: 1_583_125, taxMinorUnits: 93_125 }],
])('amounts that are told as %s are known, and so compared with ours', async (_, answer) => {
  expect(await readOf(answer)).toMatchObject({
    kind: 'APPLIED',
    document: { details: { number: '17', minorUnits: '1583125', taxMinorUnits: '93125' } },
  })
})

it('an amount in major units is not taken for one of minor units', async () => {
  expect(await readOf({ minorUnits: 15_831.25 })).toMatchObject({
    document: { details: { minorUnits: '15831.25' } },
  })
})

it.each([
  [400, 'REFUSED', 'it is not wanted'],
  [401, 'TRANSIENT', 'nobody looked at it: our token is not taken'],
  [403, 'TRANSIENT', 'nobody looked at it: whoever has our token may not ask'],
  [408, 'UNKNOWN', 'somebody between us may have waited for too long'],
  [409, 'UNKNOWN', 'the key was met before'],
  [422, 'REFUSED', 'it is not wanted'],
  [429, 'TRANSIENT', 'nobody looked at it: too many'],
  [502, 'UNKNOWN', 'somebody between us lost the answer'],
  [503, 'TRANSIENT', 'nobody looked at it: it has no time'],
])('an answer of %i is %s: %s', async (status, kind) => {
  expect(await readOf({}, status)).toMatchObject({ kind })
})
