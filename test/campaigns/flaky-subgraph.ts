import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { graphql, type GraphQLSchema } from 'graphql'

import { readJson } from '#bench/server.ts'

/** What a subgraph may do instead of answering. */
export const MOODS = ['well', 'well', 'stalls', 'resets', 'breaks off', 'fails', 'is down'] as const

type Mood = (typeof MOODS)[number]

/** A subgraph as a service that can be told how to behave. */
export interface FlakySubgraph {
  readonly url: string
  readonly behave: (mood: Mood) => Promise<void>
  /** Requests whose connection is still there, answered or not. */
  readonly underWay: () => number
  readonly stop: () => void
}

/** Serves a schema on a port of its own, which it keeps when it is down for a while. */
export async function startFlaky(schema: GraphQLSchema): Promise<FlakySubgraph> {
  let mood: Mood = 'well'
  const open = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    open.add(response)
    response.on('close', () => open.delete(response))
    void (async () => {
      const { query, variables } = await readJson<{ query: string; variables?: Record<string, unknown> }>(
        request,
      )
      const body = JSON.stringify(await graphql({ schema, source: query, variableValues: variables ?? {} }))
      if (mood === 'well') response.setHeader('content-type', 'application/json').end(body)
      else if (mood === 'fails') response.writeHead(503).end('no')
      else if (mood === 'resets') response.destroy()
      else if (mood === 'breaks off') response.write(body.slice(0, body.length / 2), () => response.destroy())
    })().catch(() => response.destroy())
  })
  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  const port = await listen(0)
  const stop = (): void => {
    server.closeAllConnections()
    server.close()
  }
  return {
    url: `http://127.0.0.1:${port}/`,
    behave: async (next) => {
      if (mood === 'is down' && next !== 'is down') await listen(port)
      if (next === 'is down' && mood !== 'is down') stop()
      mood = next
    },
    underWay: () => open.size,
    stop,
  }
}
