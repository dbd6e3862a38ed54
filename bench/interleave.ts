import { type Load, load, quantile, type Shot } from './load.ts'
import type { MeasuredServer } from './server.ts'

export interface Contender {
  readonly server: MeasuredServer
  readonly shots: () => Shot
}

/** Medians over the rounds of one contender. */
export interface Figures {
  readonly name: string
  readonly requestsPerSecond: number
  readonly cpuMsPerRequest: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly rssMiB: number
}

export interface Rounds {
  readonly rounds: number
  readonly durationMs: number
  readonly connections: number
}

/** Loads the contenders in turns, so that what else the machine does falls on all of them alike. */
export async function interleave(contenders: readonly Contender[], options: Rounds): Promise<Figures[]> {
  const measured = new Map<Contender, Omit<Figures, 'name'>[]>(contenders.map((contender) => [contender, []]))
  for (const contender of contenders) await measure(contender, options)
  for (let round = 0; round < options.rounds; round += 1) {
    // Every other round goes the other way, so that none always follows the same one.
    for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
      measured.get(contender)?.push(await measure(contender, options))
    }
  }
  return [...measured].map(([{ server }, results]) => ({
    name: server.name,
    requestsPerSecond: median(results.map((result) => result.requestsPerSecond)),
    cpuMsPerRequest: median(results.map((result) => result.cpuMsPerRequest)),
    p50Ms: median(results.map((result) => result.p50Ms)),
    p99Ms: median(results.map((result) => result.p99Ms)),
    rssMiB: median(results.map((result) => result.rssMiB)),
  }))
}

async function measure({ server, shots }: Contender, options: Rounds): Promise<Omit<Figures, 'name'>> {
  const before = await server.usage()
  const done: Load = await load(server.url, shots, options)
  const after = await server.usage()
  return {
    requestsPerSecond: done.requests / done.seconds,
    cpuMsPerRequest: (after.cpuMs - before.cpuMs) / done.requests,
    p50Ms: quantile(done.latenciesMs, 0.5),
    p99Ms: quantile(done.latenciesMs, 0.99),
    rssMiB: after.rssMiB,
  }
}

function median(values: readonly number[]): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  )
}
