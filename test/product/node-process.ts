/** A node of the product in a process of its own, over a database that others use as well. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

const MAIN = new URL('../../main.ts', import.meta.url).pathname

/** Files that run at the same time have two nodes each, on one server. */
const FEW = { DATABASE_MAX_CONNECTIONS: '4' }

export interface NodeProcess {
  /** Where its graph is. */
  readonly url: string
  /** Ends it as a power cut would. */
  readonly kill: () => Promise<void>
}

/** Starts a node, with settings of its own beside the usual ones, and waits until it is ready. */
export async function startNode(
  databaseUrl: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<NodeProcess> {
  const port = await freePort()
  const child = spawn(process.execPath, [MAIN], {
    env: { DATABASE_URL: databaseUrl, ...FEW, SEED_CUSTOMERS: '0', PORT: String(port), ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await saysReady(child)
  return {
    url: `127.0.0.1:${port}/graphql`,
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

/** A port of the loopback that nobody listens at. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function saysReady(child: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    if (output.includes('Ready: ')) resolve()
  })
  child.once('exit', (code) => reject(new Error(`the node ended with ${code}: ${output}`)))
  await promise
}
