/** The nodes of a world as whoever asks them sees them: processes that die and are started again. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Answered, Asked, Part } from './part.ts'
import type { Release } from './releases.ts'

/** A node, whichever process it is at the moment. */
export interface Node {
  /** What it answered; undefined where it died, or is silent. */
  readonly ask: (asked: Asked, key: string) => Promise<Answered | undefined>
  readonly signal: (signal: NodeJS.Signals) => void
  /** Puts a release in the place of the one that runs. */
  readonly become: (release: Release) => void
  readonly end: () => Promise<void>
}

/** What nodes run. */
export interface Program {
  readonly path: string
  /** A folder that spares them compiling. */
  readonly cache: string
}

/** A process, and when it is up, which it says first of all, or gone. */
interface Life {
  readonly child: ChildProcess
  readonly up: Promise<void>
}

const ANSWER_MS = 4_000
const RESTART_MS = 50

/** Starts a node, and starts it again whenever it dies, as a supervisor does. */
export function startNode({ release: first, ...part }: Part, { path, cache }: Program): Node {
  let isEnding = false
  let release = first
  const start = (): Life => {
    const child = fork(path, [JSON.stringify({ ...part, release })], {
      execArgv: [],
      env: { ...process.env, NODE_COMPILE_CACHE: cache },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    child.setMaxListeners(0)
    const { promise: up, resolve } = Promise.withResolvers<void>()
    child.once('message', () => resolve()).once('exit', () => resolve())
    child.once('exit', () => {
      if (!isEnding) setTimeout(() => (current = start()), RESTART_MS)
    })
    return { child, up }
  }
  let current = start()
  return {
    ask: async (asked, key) => {
      const { child, up } = current
      await up
      return askProcess(child, asked, key)
    },
    signal: (signal) => void current.child.kill(signal),
    become: (next) => {
      release = next
      current.child.kill('SIGKILL')
    },
    end: async () => {
      isEnding = true
      // One that is just being started again is not there yet.
      await sleep(RESTART_MS)
      const { child } = current
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function askProcess(child: ChildProcess, asked: Asked, key: string): Promise<Answered | undefined> {
  if (!child.connected) return undefined
  const { promise, resolve } = Promise.withResolvers<Answered | undefined>()
  const hear = (answered: unknown): void => {
    if ((answered as Answered).key === key) resolve(answered as Answered)
  }
  const giveUp = (): void => resolve(undefined)
  const timer = setTimeout(giveUp, ANSWER_MS)
  child.on('message', hear).once('exit', giveUp)
  child.send(asked, (error) => {
    if (error !== null) giveUp()
  })
  const answered = await promise
  clearTimeout(timer)
  child.off('message', hear).off('exit', giveUp)
  return answered
}
