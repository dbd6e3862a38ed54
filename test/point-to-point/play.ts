/** Plays the story on one way, from the first deal in January to the last upgrade in May. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { systemClock } from '#platform/clock.ts'
import { makeSecret } from '#subgraphs/operations/webhooks/sign.ts'
import { doThere, type Outside } from './outside.ts'
import {
  type Deal,
  PAID_ON,
  soldInOutage,
  UPGRADED_ON,
  type Weather,
  type WebhookFate,
  YEAR,
} from './story.ts'
import type { Tiding, Way } from './way.ts'

/** How the processor sends the two webhooks of a payment, and how many come. */
const FATES: Readonly<Record<WebhookFate, Sending>> = {
  PLAIN: { duplicated: 0, missing: 0, isReordered: false, come: 2 },
  TWICE: { duplicated: 100, missing: 0, isReordered: false, come: 4 },
  REORDERED: { duplicated: 0, missing: 0, isReordered: true, come: 2 },
  MISSING: { duplicated: 0, missing: 100, isReordered: false, come: 0 },
}
interface Sending {
  readonly duplicated: number
  readonly missing: number
  readonly isReordered: boolean
  readonly come: number
}

const POLL_MS = 10
const HEARD_WITHIN_MS = 60_000

/** Plays it; when each deal was sold, in milliseconds since 1970. */
export async function play(
  way: Way,
  outside: Outside,
  deals: readonly Deal[],
  weather: Weather,
): Promise<ReadonlyMap<Deal, number>> {
  const soldAt = new Map<Deal, number>()
  const sell = async (deal: Deal): Promise<void> => {
    soldAt.set(deal, systemClock.now().epochMilliseconds)
    await way.sell(deal)
  }
  const inOutage = soldInOutage(deals, weather)
  for (const deal of deals) {
    if (deal === inOutage[0]) await outside.erp.control({ isDown: true })
    await sell(deal)
    if (deal !== inOutage.at(-1)) continue
    await way.cutPower()
    await outside.erp.control({ isDown: false })
  }
  await way.settle()
  await way.turnTo(PAID_ON)
  await pay(way, outside, deals)
  await way.settle()
  await way.turnTo(UPGRADED_ON)
  for (const deal of deals.filter(({ isUpgraded }) => isUpgraded)) await way.upgrade(deal)
  await way.settle()
  return soldAt
}

/** Every customer who got a bill pays it, one after the other, and the processor tells of it as the story has it. */
async function pay(way: Way, { billing }: Outside, deals: readonly Deal[]): Promise<void> {
  const [receiver, secret] = [await listen(way), makeSecret()]
  const send = async (fate: WebhookFate, act: () => Promise<unknown>, times = 1): Promise<void> => {
    const { come, ...sending } = FATES[fate]
    const expected = receiver.heard() + come * times
    await billing.control({ webhooks: { url: receiver.url, secret, ...sending } })
    await act()
    await until(() => receiver.heard() === expected)
  }
  let payments = 0
  for (const deal of deals) {
    const invoice = await way.billOf(deal)
    if (invoice === undefined) continue
    payments += 1
    const payment = { customerId: deal.customerId, minorUnits: String(YEAR), invoice }
    await send(deal.webhooks, () => doThere(billing, 'recordPayment', payment))
  }
  if (way.bearsRepetition)
    await send('PLAIN', () => fetch(`${billing.url}/tell-again`, { method: 'POST', body: '{}' }), payments)
  await billing.control({ webhooks: null })
  await receiver.close()
}

/** Where the processor sends its webhooks. */
async function listen(way: Way) {
  let heard = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const tiding = JSON.parse(Buffer.concat(chunks).toString()) as Tiding
      way.hear(tiding).then(
        () => {
          heard += 1
          return response.writeHead(204).end()
        },
        (error: unknown) => response.writeHead(500).end(String(error)),
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard: () => heard,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + HEARD_WITHIN_MS
  while (!isSo() && performance.now() < end) await pause(POLL_MS)
  if (!isSo()) throw new Error('not all webhooks were taken')
}
