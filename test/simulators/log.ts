/** The log of a simulator's effects, in a file that outlives it: the witness of tests and campaigns. */
import { closeSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'

/** One effect that a simulator had. */
export interface LoggedEffect {
  readonly externalId: string
  /** The reference under which it was asked for. */
  readonly effectKey: string
  readonly idempotencyKey: string
  readonly operation: string
  readonly payload: unknown
  /** Of a document: its number, and what it comes to, in minor units. */
  readonly number?: string
  readonly minorUnits?: string
  readonly taxMinorUnits?: string
  /** Milliseconds since 1970, by the simulator's clock. */
  readonly atMs: number
}

/** The effects in a log, oldest first. A line that a death cut off was never answered, and did not happen. */
export function readEffects(path: string): LoggedEffect[] {
  return wholeLines(path).map((line) => JSON.parse(line) as LoggedEffect)
}

/** How often each effect happened, by its key. */
export function effectsOf(path: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { effectKey } of readEffects(path)) counts.set(effectKey, (counts.get(effectKey) ?? 0) + 1)
  return counts
}

/** Opens a log to go on with it: an effect is on the disk before `append` returns. */
export function openLog(path: string): { append: (effect: LoggedEffect) => void; close: () => void } {
  const file = openSync(path, 'a')
  const lines = wholeLines(path)
  truncateSync(path, Buffer.byteLength(lines.map((line) => `${line}\n`).join('')))
  return {
    append: (effect) => {
      writeSync(file, `${JSON.stringify(effect)}\n`)
      fsyncSync(file)
    },
    close: () => closeSync(file),
  }
}

/** Only what ends with a line feed was written to its end. */
const wholeLines = (path: string): string[] => readFileSync(path, 'utf8').split('\n').slice(0, -1)
