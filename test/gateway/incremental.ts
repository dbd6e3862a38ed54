import type { PartSpec } from '#gateway/answer/payloads.ts'
import type { Gateway } from '#gateway/server.ts'

import { anyRequest, type ClientError } from './graph.ts'

type Json = Record<string, unknown>
type Path = readonly (string | number)[]

interface Increment {
  readonly id?: string
  readonly path?: Path
  readonly label?: string
  readonly data: Json | null
  readonly errors?: ClientError[]
}

/** One payload of an answer in parts, in either form. */
export interface Payload {
  readonly data?: Json | null
  readonly errors?: ClientError[]
  readonly pending?: { id: string; path: Path; label?: string }[]
  readonly incremental?: Increment[]
  readonly completed?: { id: string; errors?: ClientError[] }[]
  readonly hasNext?: boolean
}

/** Asks a gateway, without HTTP in between, for an answer in parts. */
export async function askInParts(
  gateway: Gateway,
  query: string,
  partSpec: PartSpec = 'deferSpec=20220824',
  variables: Json = {},
): Promise<Payload[]> {
  const { body, later } = await gateway.execute({ query, variables, partSpec }, anyRequest())
  const payloads = [body]
  for await (const payload of later ?? []) payloads.push(payload)
  return payloads.map((payload) => JSON.parse(payload) as Payload)
}

/** What a client makes of the payloads: each increment is merged into the data at its path. */
export function mergePayloads(payloads: readonly Payload[]): { data: unknown; errors: ClientError[] } {
  const [first] = payloads
  const errors = payloads.flatMap((payload) => [
    ...(payload.errors ?? []),
    ...[...(payload.incremental ?? []), ...(payload.completed ?? [])].flatMap((one) => one.errors ?? []),
  ])
  const paths = new Map<string | undefined, Path>()
  for (const { pending = [], incremental = [] } of payloads) {
    for (const { id, path } of pending) paths.set(id, path)
    for (const { id, path = paths.get(id), data } of incremental) {
      const target = path?.reduce<unknown>((value, step) => (value as Json)[step], first?.data)
      if (typeof target !== 'object' || target === null) throw new Error(`nothing is at ${String(path)}`)
      mergeInto(target as Json, data ?? {})
    }
  }
  return { data: first?.data, errors }
}

function mergeInto(target: Json, source: Json): void {
  for (const [key, value] of Object.entries(source)) {
    const known = target[key]
    if (isObject(known) && isObject(value)) mergeInto(known, value)
    else target[key] = value
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null
}
