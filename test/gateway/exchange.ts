// HTTP as a client speaks it: exchanges with a served gateway, with nothing added to what a test says.
import { request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http'

import { createHttpServer } from '#gateway/http/http-server.ts'
import { defaultLimits, type Limits } from '#gateway/limits.ts'
import type { Gateway } from '#gateway/server.ts'

import { type ClientError, gatewayOver, listen } from './graph.ts'
import { createWorld } from './world.ts'

/** What came back. */
export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** One HTTP exchange, with nothing added to what the test says. */
export async function exchange(
  url: string,
  { body, ...options }: RequestOptions & { body?: string | Buffer },
): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>()
  const outgoing = httpRequest(url, options, (response) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('end', () =>
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: Buffer.concat(chunks).toString(),
      }),
    )
  })
  outgoing.on('error', reject)
  outgoing.end(body)
  return promise
}

/** Serves a gateway until the test ends; gives its address. */
export async function serve(
  gateway: Gateway = gatewayOver(createWorld()),
  limits: Limits = defaultLimits,
): Promise<string> {
  return listen(createHttpServer(gateway, limits))
}

/** The first error of an answer. */
export function firstError({ body }: Reply): ClientError | undefined {
  return (JSON.parse(body) as { errors?: ClientError[] }).errors?.[0]
}

/** Media types, and a request that is answered. */
export const JSON_TYPE = 'application/json'
export const GRAPHQL_TYPE = 'application/graphql-response+json'
export const GOOD = JSON.stringify({ query: '{ customer(id: "c1") { id } }' })
export const ANSWER = '{"data":{"customer":{"id":"c1"}}}'
/** A POST of this text as JSON. */
export const post = (
  body: string,
  headers: Record<string, string> = {},
): RequestOptions & { body: string } => ({
  method: 'POST',
  body,
  headers: { 'content-type': JSON_TYPE, ...headers },
})
