/** What a run used, apart from time: memory of this process, and CPU of it and of PostgreSQL. */
import { readdirSync, readFileSync } from 'node:fs'
import type { Database } from '#platform/database.ts'

const SAMPLE_MS = 200
/** Linux counts CPU in hundredths of a second. */
const MS_PER_TICK = 10

/** Samples the memory of this process, in MiB, until it is stopped; `pause` leaves out what is not the run's. */
export function sampleMemory() {
  const samples: number[] = []
  let isPaused = true
  const timer = setInterval(() => {
    if (!isPaused) samples.push(process.memoryUsage.rss() / 2 ** 20)
  }, SAMPLE_MS)
  return {
    pause: (paused: boolean) => {
      isPaused = paused
    },
    /** Medians of equal parts of the run, in order of time: flat memory shows as equal figures. */
    stop: (parts: number): number[] => {
      clearInterval(timer)
      const length = Math.max(1, Math.ceil(samples.length / parts))
      return Array.from({ length: parts }, (_, part) =>
        samples
          .slice(part * length, (part + 1) * length)
          .toSorted((a, b) => a - b)
          .at(Math.floor(length / 2)),
      ).filter((median) => median !== undefined)
    },
  }
}

export interface Cpu {
  readonly nodeMs: number
  /** All of the server's processes; 0 where there is no /proc. */
  readonly postgresMs: number
}

/** CPU so far. */
export async function readCpu(db: Database): Promise<Cpu> {
  const { user, system } = process.cpuUsage()
  const [backend] = await db.rows<{ pid: number }>({ text: 'SELECT pg_backend_pid() AS pid', values: [] })
  return { nodeMs: (user + system) / 1000, postgresMs: serverCpuMs(backend?.pid ?? 0) }
}

/** Those that have ended are counted by their parent. */
function serverCpuMs(backend: number): number {
  const server = statOf(String(backend))?.parent
  if (server === undefined) return 0
  const stats = readdirSync('/proc').flatMap((pid) => (/^\d+$/.test(pid) ? (statOf(pid) ?? []) : []))
  const own = stats.filter(({ pid, parent }) => pid === server || parent === server)
  return own.reduce((sum, { ticks }) => sum + ticks, 0) * MS_PER_TICK
}

function statOf(pid: string): { pid: number; parent: number; ticks: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // After the name, which may hold anything: the state, the parent, and far behind the four times.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const ticks = fields.slice(11, 15).reduce((sum, value) => sum + value, 0)
    return { pid: Number(pid), parent: fields[1] ?? 0, ticks }
  } catch {
    return undefined
  }
}
