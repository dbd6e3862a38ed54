import type { Figures } from './interleave.ts'

/** One line for each contender. */
export function printFigures(figures: readonly Figures[]): void {
  for (const { name, requestsPerSecond, cpuMsPerRequest, p50Ms, p99Ms, rssMiB } of figures) {
    process.stdout.write(
      `${name.padEnd(20)} ${requestsPerSecond.toFixed(0).padStart(6)} requests/s  ` +
        `${cpuMsPerRequest.toFixed(2).padStart(6)} ms CPU a request  p50 ${p50Ms.toFixed(1)} ms  ` +
        `p99 ${p99Ms.toFixed(1)} ms  ${rssMiB.toFixed(0)} MiB\n`,
    )
  }
}
