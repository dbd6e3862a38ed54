import { performance } from 'node:perf_hooks'
import { graphql } from 'graphql'
import type { Database } from '#platform/database.ts'
import type { insight } from '#subgraphs/insight/subgraph.ts'
import { readCpu } from '../ledger/usage.ts'

const ROUNDS = 25

/** How long something took, over rounds; milliseconds. */
export interface Timing {
  readonly median: number
  readonly fastest: number
  /** CPU of this process and of PostgreSQL, on average: what it takes where nothing else runs. */
  readonly cpu: number
}

/** Times things by name, in turns, so that what else the machine does falls on all of them alike. */
export async function inTurns<Name extends string>(
  owner: Database,
  works: Readonly<Record<Name, () => Promise<unknown>>>,
): Promise<Record<Name, Timing>> {
  const all = Object.entries<() => Promise<unknown>>(works)
  for (const [, work] of all) await work()
  const taken = new Map(all.map(([name]) => [name, [] as number[]]))
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [name, work] of all) {
      const start = performance.now()
      await work()
      taken.get(name)?.push(performance.now() - start)
    }
  const timings: [string, Timing][] = []
  for (const [name, work] of all) {
    const sorted = (taken.get(name) ?? []).toSorted((a, b) => a - b)
    const [median = 0, fastest = 0] = [sorted[Math.floor(sorted.length / 2)], sorted[0]]
    timings.push([name, { median, fastest, cpu: await cpuOf(owner, work) }])
  }
  return Object.fromEntries(timings) as Record<Name, Timing>
}

/** CPU of one of many rounds: the system counts it in hundredths of a second. */
async function cpuOf(owner: Database, work: () => Promise<unknown>): Promise<number> {
  const before = await readCpu(owner)
  for (let round = 0; round < ROUNDS; round += 1) await work()
  const after = await readCpu(owner)
  return (after.nodeMs - before.nodeMs + after.postgresMs - before.postgresMs) / ROUNDS
}

/** `12.3 ms (fastest 11.9, CPU 10.1)` */
export const told = ({ median, fastest, cpu }: Timing): string =>
  `${median.toFixed(1)} ms (fastest ${fastest.toFixed(1)}, CPU ${cpu.toFixed(1)})`

/** Asks insight, in this process. Throws what the answer says is wrong. */
export async function ask(subgraph: ReturnType<typeof insight>, source: string): Promise<void> {
  const { errors } = await graphql({
    schema: subgraph.schema,
    source,
    contextValue: subgraph.createContext(),
  })
  if (errors !== undefined) throw new AggregateError(errors, String(errors[0]))
}
