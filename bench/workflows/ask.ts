import { Agent } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { Database } from '#platform/database.ts'
import { type Cpu, readCpu } from '../ledger/usage.ts'
import { shoot } from '../load.ts'
import type { MeasuredServer } from '../server.ts'

/** The processes of a contender, and where it is seen what they did. */
export interface Nodes {
  readonly servers: readonly MeasuredServer[]
  readonly owner: Database
  /** Counts the workflows that have not ended; none for who has ended when it answers. */
  readonly unfinished?: string | undefined
}

/** What workflows that were asked for came to. */
export interface Asked {
  readonly workflows: number
  /** From the first question to the end of the last workflow. */
  readonly seconds: number
  /** Sorted, ascending. */
  readonly acceptedMs: readonly number[]
  readonly nodeMs: number
  readonly postgresMs: number
  readonly commits: number
  readonly walBytes: number
}

/** BUSY: as many at once as there are connections. STEADY: one every so often. */
type Pace = 'BUSY' | 'STEADY'

const CONNECTIONS = 8
const STEADY_MS = 50
const POLL_MS = 20
const MAX_POLLS = 6_000

/** Asks the nodes in turns for so many workflows, and waits until all have ended. */
export async function askFor(nodes: Nodes, name: string, workflows: number, pace: Pace): Promise<Asked> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const acceptedMs: number[] = []
  const used = await usageOf(nodes)
  const start = performance.now()
  let asked = 0
  const ask = async (): Promise<void> => {
    while (asked < workflows) {
      const number = asked++
      const { url } = nodes.servers[number % nodes.servers.length] as MeasuredServer
      if (pace === 'STEADY') await wait(STEADY_MS)
      const sent = performance.now()
      await shoot(url, { path: '/', body: JSON.stringify({ order: `${name}-${number}` }) }, agent)
      acceptedMs.push(performance.now() - sent)
    }
  }
  await Promise.all(Array.from({ length: pace === 'BUSY' ? CONNECTIONS : 1 }, ask))
  await ended(nodes)
  const seconds = (performance.now() - start) / 1000
  agent.destroy()
  const now = await usageOf(nodes)
  return {
    workflows,
    seconds,
    acceptedMs: acceptedMs.toSorted((a, b) => a - b),
    nodeMs: now.nodeMs - used.nodeMs,
    postgresMs: now.postgresMs - used.postgresMs,
    commits: now.commits - used.commits,
    walBytes: now.walBytes - used.walBytes,
  }
}

async function ended({ owner, unfinished }: Nodes): Promise<void> {
  if (unfinished === undefined) return
  for (let poll = 0; poll < MAX_POLLS; poll += 1) {
    const [left] = await owner.rows<{ count: number }>({ text: unfinished, values: [] })
    if (left?.count === 0) return
    await wait(POLL_MS)
  }
  throw new Error('workflows do not end')
}

/** PostgreSQL counts what a connection did with a delay of up to a second. */
const STATISTICS_MS = 1_100

async function usageOf({ servers, owner }: Nodes): Promise<Cpu & Pick<Asked, 'commits' | 'walBytes'>> {
  const nodeMs = (await Promise.all(servers.map((server) => server.usage()))).reduce(
    (sum, { cpuMs }) => sum + cpuMs,
    0,
  )
  const { postgresMs } = await readCpu(owner)
  await wait(STATISTICS_MS)
  const [row] = await owner.rows<{ commits: string; bytes: string }>({
    text: `SELECT (SELECT sum(xact_commit) FROM pg_stat_database) AS commits,
      pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS bytes`,
    values: [],
  })
  return { nodeMs, postgresMs, commits: Number(row?.commits), walBytes: Number(row?.bytes) }
}
