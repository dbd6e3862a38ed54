import { type ChildProcess, spawn } from 'node:child_process'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createInterface } from 'node:readline'
import type { Duplex } from 'node:stream'

/** What a process has used: CPU time so far, and the memory that it holds now. */
export interface Usage {
  readonly cpuMs: number
  readonly rssMiB: number
}

/** A server under measurement, in a process of its own. */
export interface MeasuredServer {
  readonly name: string
  readonly url: string
  readonly usage: () => Promise<Usage>
  readonly stop: () => Promise<void>
}

const USAGE_PATH = '/usage'
const READY_TIMEOUT_MS = 60_000

/** A rejected promise ends the process, and so the run. */
type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void

/** Takes a WebSocket. */
type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

/** In the server's process: serves on a free port, tells the port, and answers for what it used. */
export function serveMeasured(handle: Handle, upgrade?: Upgrade): void {
  const server = createServer((request, response) => {
    if (request.url !== USAGE_PATH) return void handle(request, response)
    const { user, system } = process.cpuUsage()
    const usage: Usage = { cpuMs: (user + system) / 1000, rssMiB: process.memoryUsage.rss() / 2 ** 20 }
    response.end(JSON.stringify(usage))
  })
  if (upgrade !== undefined) server.on('upgrade', upgrade)
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    process.stdout.write(`${JSON.stringify(address)}\n`)
  })
}

/** The JSON that a request carries. */
export async function readJson<T>(request: IncomingMessage): Promise<T> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString()) as T
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
    usage: async () => (await (await fetch(`${url}${USAGE_PATH}`)).json()) as Usage,
    stop: async () => {
      const ended = Promise.withResolvers<void>()
      child.once('exit', () => ended.resolve())
      // Some contenders make a graceful end of a polite signal, which takes as long as their connections live.
      child.kill('SIGKILL')
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
