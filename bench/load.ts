import { Agent, request } from 'node:http'

/** What one stretch of load came to. */
export interface Load {
  readonly requests: number
  readonly seconds: number
  /** Sorted, ascending. */
  readonly latenciesMs: readonly number[]
}

/** One request: its path and, for a POST, its JSON body. */
export interface Shot {
  readonly path: string
  readonly body?: string
}

/** Keeps `connections` requests under way for a while, each with the next shot; any answer but 200 fails the run. */
export async function load(
  url: string,
  shots: () => Shot,
  { connections, durationMs }: { readonly connections: number; readonly durationMs: number },
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const latenciesMs: number[] = []
  const start = performance.now()
  const worker = async (): Promise<void> => {
    while (performance.now() - start < durationMs) {
      const sent = performance.now()
      await shoot(url, shots(), agent)
      latenciesMs.push(performance.now() - sent)
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  const seconds = (performance.now() - start) / 1000
  agent.destroy()
  return { requests: latenciesMs.length, seconds, latenciesMs: latenciesMs.toSorted((a, b) => a - b) }
}

/** Sends one shot and gives the body of the answer. */
export async function shoot(url: string, shot: Shot, agent?: Agent): Promise<string> {
  const { status, text } = await send(url, shot, agent)
  if (status !== 200) throw new Error(`${shot.path} answered ${status}: ${text}`)
  return text
}

/** Sends one shot and gives the answer, whatever its status. */
export function send(
  url: string,
  { path, body }: Shot,
  agent?: Agent,
): Promise<{ readonly status: number; readonly text: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>()
  const sent = request(
    `${url}${path}`,
    {
      ...(agent === undefined ? {} : { agent }),
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
    },
    (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() })
      })
    },
  )
  sent.on('error', reject)
  sent.end(body)
  return promise
}

/** The value below which `share` of the sorted values lie. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
