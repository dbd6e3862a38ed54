/** Starts simulators for tests and campaigns, and does to them what befalls systems. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Fault, Faults } from './faults.ts'
import type { SimulatorKind } from './kinds.ts'

const PROGRAM = fileURLToPath(new URL('./simulator.ts', import.meta.url))

/** A simulator that runs, or did. */
export interface Simulator {
  readonly url: string
  /** What it did: `effectsOf(logPath)`, also once it is dead. */
  readonly logPath: string
  /** Changes how it behaves; tells how it behaves and which faults it has met since it was started. */
  readonly control: (changes: Partial<Faults>) => Promise<Controlled>
  /** `kill -9`. */
  readonly kill: () => Promise<void>
  /** Starts it anew over its log, at the same address, without faults. */
  readonly restart: () => Promise<void>
  /** Sends a signal, such as SIGSTOP. */
  readonly signal: (signal: NodeJS.Signals) => void
  readonly stop: () => Promise<void>
}

interface Controlled {
  readonly faults: Faults
  readonly met: Readonly<Partial<Record<Fault, number>>>
}

/** Starts a simulator with a log of its own, in a new folder where none is named. */
export async function startSimulator(
  kind: SimulatorKind,
  folder = mkdtempSync(join(tmpdir(), 'revgraph-simulator-')),
): Promise<Simulator> {
  const logPath = join(folder, `${kind}.jsonl`)
  const first = await launch(kind, logPath, '0')
  const { port } = first
  let { child } = first
  const url = `http://127.0.0.1:${port}`
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }
  return {
    url,
    logPath,
    control: async (changes) => {
      const response = await fetch(`${url}/control`, { method: 'PUT', body: JSON.stringify(changes) })
      return (await response.json()) as Controlled
    },
    kill,
    restart: async () => {
      await kill()
      child = (await launch(kind, logPath, port)).child
    },
    signal: (signal) => void child.kill(signal),
    stop: kill,
  }
}

async function launch(kind: SimulatorKind, logPath: string, port: string) {
  const child: ChildProcess = spawn(process.execPath, [PROGRAM, kind, logPath, port], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (child.stdout === null) throw new Error('a simulator says nothing')
  const [said] = (await Promise.race([once(child.stdout, 'data'), died(child)])) as [Buffer]
  return { child, port: said.toString().trim() }
}

async function died(child: ChildProcess): Promise<never> {
  await once(child, 'exit')
  throw new Error('a simulator ended before it listened')
}
