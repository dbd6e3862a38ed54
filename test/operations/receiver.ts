/** A real HTTP server that receives webhooks, and checks their signatures by itself as Standard Webhooks 1.0 says. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request as it came. */
export interface Received {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
  readonly event: {
    readonly id: string
    readonly type: string
    readonly subject: string
    readonly sequence: string
    readonly data: Readonly<Record<string, unknown>>
  }
}

/** Answers a request; what it does not end stays open. */
export type Behaviour = (received: Received, response: ServerResponse) => void

export interface Receiver {
  readonly url: string
  readonly received: Received[]
  /** Requests that are not answered yet, and the most there were at once. */
  readonly open: { now: number; most: number }
  behave: (behaviour: Behaviour) => void
  readonly close: () => Promise<void>
}

export const answer =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (_, response) =>
    void response.writeHead(status, headers).end(`status ${status}`)

/** Listens on a free port of this machine; answers 200 until it is told otherwise. */
export async function openReceiver(): Promise<Receiver> {
  const received: Received[] = []
  const open = { now: 0, most: 0 }
  let behaviour = answer(200)
  const server = createServer((request, response) => {
    open.now += 1
    open.most = Math.max(open.most, open.now)
    response.on('close', () => {
      open.now -= 1
    })
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const event = JSON.parse(body) as Received['event']
      const one = { path: request.url ?? '', headers: request.headers, body, event }
      received.push(one)
      behaviour(one, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    open,
    behave: (next) => {
      behaviour = next
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Whether one of the signatures of a request was made with the secret, over exactly what came. */
export function isSignedWith(secret: string, { headers, body }: Received): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
  const expected = createHmac('sha256', key).update(signed).digest()
  return String(headers['webhook-signature'])
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => Buffer.from(signature.slice('v1,'.length), 'base64'))
    .some((signature) => signature.length === expected.length && timingSafeEqual(signature, expected))
}
