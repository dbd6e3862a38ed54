// The gateway and subgraphs as services, each by the other's rules: signed requests over real HTTP.
import { createServer, request as httpRequest } from 'node:http'

import { describe, expect, it, onTestFinished } from 'vitest'

import { systemClock } from '#platform/clock.ts'
import { createLog } from '#platform/log.ts'
import { serveSubgraph } from '#platform/subgraph-server.ts'

import { ask, gatewayOver, listen, local, type Logged } from './graph.ts'
import { createWorld, type World } from './world.ts'

const SECRET = 'a secret of sixteen or more'
const QUESTION = '{ customers { id deferred } }'

/** The erp of a world as a service that accepts these secrets, and what it writes to its log. */
async function serveErp(world: World, ...secrets: string[]): Promise<{ url: string; log: string[] }> {
  const log: string[] = []
  const destination = { write: (line: string) => void log.push(line) }
  const running = await serveSubgraph(
    { name: 'erp', schema: local('erp', world).schema, createContext: () => ({}) },
    {
      host: '127.0.0.1',
      port: 0,
      log: createLog({ level: 'warn', destination }),
      clock: systemClock,
      secrets,
    },
  )
  onTestFinished(running.stop)
  return { url: running.url, log }
}

describe('A subgraph that shares a secret with its gateway', () => {
  it('answers it', async () => {
    const world = createWorld()
    const { url } = await serveErp(world, SECRET)
    const subgraphs = [local('crm', world), local('billing', world), { name: 'erp', url, secret: SECRET }]
    const { errors } = await ask(gatewayOver(world, { subgraphs }), QUESTION)
    expect(errors).toBeUndefined()
  })

  it.each([
    ['another', 'another secret of sixteen'],
    ['none', undefined],
  ])('is missed by one that has %s, and both logs name the setting', async (_which, secret) => {
    const world = createWorld()
    const { url, log } = await serveErp(world, SECRET)
    const logged: Logged = { lines: [] }
    const subgraphs = [local('crm', world), local('billing', world), { name: 'erp', url, secret }]
    const gateway = gatewayOver(world, { subgraphs, logged })
    const { data, errors, text } = await ask(gateway, QUESTION)
    expect(data?.customers).toMatchObject([{ id: 'c1', deferred: null }, { id: 'c2' }, { id: 'c3' }])
    expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(['SUBGRAPH_REFUSED']))
    expect(errors?.[0]?.extensions.retryable).toBe(false)
    expect(text).not.toMatch(/SECRET|signature/i)
    expect((await gateway.readiness()).reasons).toEqual({ erp: 'erp refuses the signature of this gateway' })
    expect(logged.lines.join('')).toContain('SUBGRAPH_SECRET')
    expect(log.join('')).toContain('SUBGRAPH_SECRET')
  })

  it('refuses what someone between them recorded and sends again, or altered', async () => {
    const world = createWorld()
    const { url } = await serveErp(world, SECRET)
    const recorded: { headers: Record<string, string>; body: string }[] = []
    const between = createServer((request, response) => {
      const chunks: Buffer[] = []
      request
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => {
          const body = Buffer.concat(chunks).toString()
          const headers = request.headers as Record<string, string>
          recorded.push({ headers, body })
          const onwards = httpRequest(url, { method: 'POST', headers }, (answer) => answer.pipe(response))
          onwards.end(body)
        })
    })
    const subgraphs = [
      local('crm', world),
      local('billing', world),
      { name: 'erp', url: await listen(between), secret: SECRET },
    ]
    const { errors } = await ask(gatewayOver(world, { subgraphs }), QUESTION)
    expect(errors).toBeUndefined()
    const [{ headers, body } = { headers: {}, body: '' }] = recorded
    const send = async (sent: string, nonce: string): Promise<number> => {
      const input = (headers['signature-input'] ?? '').replace(/nonce="[^"]+"/, `nonce="${nonce}"`)
      const { 'content-length': _length, connection: _connection, host: _host, ...rest } = headers
      const answer = await fetch(url, {
        method: 'POST',
        headers: { ...rest, 'signature-input': nonce === '' ? (headers['signature-input'] ?? '') : input },
        body: sent,
      })
      return answer.status
    }
    expect(await send(body, '')).toBe(401)
    expect(await send(body, 'a-nonce-of-their-own')).toBe(401)
    expect(await send(body.replace('deferred', 'balance'), '')).toBe(401)
  })
})
