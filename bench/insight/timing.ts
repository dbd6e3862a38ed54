import { performance } from 'node:perf_hooks'
import { graphql } from 'graphql'
import type { insight } from '#subgraphs/insight/subgraph.ts'

const ROUNDS = 25

/** How long something took, over rounds; milliseconds. */
export interface Timing {
  readonly median: number
  readonly fastest: number
}

/** Times things by name, in turns, so that what else the machine does falls on all of them alike. */
export async function inTurns<Name extends string>(
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
  const timings = taken.entries().map(([name, ms]) => [name, timingOf(ms)] as const)
  return Object.fromEntries(timings) as Record<Name, Timing>
}

function timingOf(ms: readonly number[]): Timing {
  const sorted = ms.toSorted((a, b) => a - b)
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, fastest: sorted[0] ?? 0 }
}

/** `12.3 ms (fastest 11.9)` */
export const told = ({ median, fastest }: Timing): string =>
  `${median.toFixed(1)} ms (fastest ${fastest.toFixed(1)})`

/** Asks insight, in this process. Throws what the answer says is wrong. */
export async function ask(subgraph: ReturnType<typeof insight>, source: string): Promise<void> {
  const { errors } = await graphql({
    schema: subgraph.schema,
    source,
    contextValue: subgraph.createContext(),
  })
  if (errors !== undefined) throw new AggregateError(errors, String(errors[0]))
}
