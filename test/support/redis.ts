/** A Redis of the tests' own, on a free port, which keeps nothing. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './free-port.ts'

export interface TestRedis {
  readonly url: string
  /** Ends the server at once; `start` brings an empty one back on the same port. */
  readonly kill: () => Promise<void>
  readonly start: () => Promise<void>
  readonly signal: (signal: NodeJS.Signals) => void
  /** Has it forget everything. One that was killed has nothing to forget. */
  readonly flush: () => void
}

/**
 * Whether there is a Redis to test with. Where there is none, says loudly what is left out; in CI that is a failure.
 */
export function hasRedis(whatFor: string): boolean {
  if (spawnSync('redis-server', ['--version']).status === 0) return true
  const message = `There is no redis-server: ${whatFor} NOT tested.`
  if (process.env['CI'] === 'true') throw new Error(message)
  process.stderr.write(`\n*** ${message} Install it (Debian: apt-get install redis-server). ***\n\n`)
  return false
}

const POLL_MS = 20

/** Starts a server and waits until it answers. */
export async function startRedis(): Promise<TestRedis> {
  const port = await freePort()
  let server: ChildProcess | undefined
  const runs = (): boolean => server?.exitCode === null && server.signalCode === null
  const start = async (): Promise<void> => {
    if (runs()) return
    const options = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no']
    server = spawn('redis-server', [...options, '--dir', tmpdir()], { stdio: 'ignore' })
    while (!(await answers(port))) await sleep(POLL_MS)
  }
  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    kill: async () => {
      if (server === undefined || !runs()) return
      const ended = once(server, 'exit')
      server.kill('SIGKILL')
      await ended
    },
    signal: (signal) => void server?.kill(signal),
    flush: () => void spawnSync('redis-cli', ['-p', String(port), 'FLUSHALL']),
  }
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
