/** A node of the product in a process of its own, over a database that others use as well. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from '#test/support/free-port.ts'

const MAIN = new URL('../../main.ts', import.meta.url).pathname

/** For whoever starts the product, as `npm start` does: most of a start is compiling. */
export const SPARED = {
  NODE_COMPILE_CACHE: new URL('../../node_modules/.cache/revgraph', import.meta.url).pathname,
}

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
    env: {
      ...SPARED,
      DATABASE_URL: databaseUrl,
      ...FEW,
      SEED_CUSTOMERS: '0',
      PORT: String(port),
      ...settings,
    },
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
