import { type ChildProcess, spawn } from 'node:child_process'
import { createServer, type RequestListener } from 'node:http'
import { createInterface } from 'node:readline'

/** A server under measurement, in a process of its own. */
export interface MeasuredServer {
  readonly name: string
  readonly url: string
  /** CPU time of the process so far. */
  readonly cpuMs: () => Promise<number>
  readonly stop: () => Promise<void>
}

const USAGE_PATH = '/usage'
const READY_TIMEOUT_MS = 60_000

/** In the server's process: serves on a free port, tells the port, and answers for the CPU that it used. */
export function serveMeasured(handle: RequestListener): void {
  const server = createServer((request, response) => {
    if (request.url !== USAGE_PATH) return handle(request, response)
    const { user, system } = process.cpuUsage()
    response.end(String((user + system) / 1000))
  })
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    process.stdout.write(`${JSON.stringify(address)}\n`)
  })
}

/** In the measuring process: starts such a server from its file. */
export async function startMeasured(
  name: string,
  file: string,
  environment: NodeJS.ProcessEnv,
): Promise<MeasuredServer> {
  const child = spawn(process.execPath, [new URL(file, import.meta.url).pathname], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { port } = JSON.parse(await firstLine(child)) as { port: number }
  const url = `http://127.0.0.1:${port}`
  return {
    name,
    url,
    cpuMs: async () => Number(await (await fetch(`${url}${USAGE_PATH}`)).text()),
    stop: async () => {
      const ended = Promise.withResolvers<void>()
      child.once('exit', () => ended.resolve())
      child.kill()
      await ended.promise
    },
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the server has no standard output')
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const timer = setTimeout(() => reject(new Error('the server did not get ready')), READY_TIMEOUT_MS)
  child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it was ready`)))
  createInterface({ input: child.stdout }).once('line', resolve)
  try {
    return await promise
  } finally {
    clearTimeout(timer)
  }
}
