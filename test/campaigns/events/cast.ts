/** The processes of the campaign: started, killed, stopped and started again under the same name. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Part } from './part.ts'

export interface Player {
  readonly name: string
  /** The file of its record. */
  readonly record: string
  /** Ends it at once, and starts it again. */
  readonly kill: () => Promise<void>
  readonly signal: (signal: NodeJS.Signals) => void
  /** Waits until it says something: that it is where a fault would do harm. False where it does not. */
  readonly speaks: (timeoutMs: number) => Promise<boolean>
  /** Ends it for good. */
  readonly end: () => Promise<void>
}

const RESTART_MS = 200

/** Starts a script of this folder as a process with a name and a record of its own. */
export function enlistPlayer(
  script: string,
  name: string,
  surroundings: Omit<Part, 'record' | 'name'>,
  folder: string,
): Player {
  const record = join(folder, name.replaceAll(/\W/g, '-'))
  const path = new URL(`./${script}.ts`, import.meta.url).pathname
  const part: Part = { ...surroundings, name, record }
  let isEnding = false
  const start = (): ChildProcess => {
    const started = spawn(process.execPath, [path, JSON.stringify(part)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    // What ends by itself, mostly since PostgreSQL was away when it started, is started again, as a supervisor does:
    // unless a fault did so meanwhile. Two of one name would share a record, and look like events that came twice.
    started.once('exit', (_code, signal) => {
      if (signal !== null) return
      setTimeout(() => {
        if (child === started && !isEnding) child = start()
      }, RESTART_MS)
    })
    return started
  }
  let child = start()
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  return {
    name,
    record,
    signal: (signal) => void child.kill(signal),
    end: async () => {
      isEnding = true
      await kill()
    },
    speaks: async (timeoutMs) => {
      const { promise, resolve } = Promise.withResolvers<boolean>()
      const { stdout } = child
      const hear = (): void => resolve(true)
      const timer = setTimeout(() => resolve(false), timeoutMs)
      stdout?.once('data', hear)
      const hasSpoken = await promise
      clearTimeout(timer)
      stdout?.off('data', hear)
      return hasSpoken
    },
    kill: async () => {
      const killed = child
      await kill()
      // Another fault may have killed the same one meanwhile, and started it again.
      if (child === killed && !isEnding) child = start()
    },
  }
}
