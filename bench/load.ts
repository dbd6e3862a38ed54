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
export function shoot(url: string, { path, body }: Shot, agent?: Agent): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
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
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        if (response.statusCode === 200) resolve(text)
        else reject(new Error(`${path} answered ${response.statusCode}: ${text}`))
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
