import type { Config } from '#platform/config.ts'
import type { Log } from '#platform/log.ts'
import type { Stop } from './stop.ts'

/** The words and options after the command's name. */
export interface CommandLine {
  readonly words: readonly string[]
  readonly role?: string
  readonly customers?: string
  readonly seed?: string
  readonly format?: string
  readonly entity?: string
  readonly through?: string
  readonly output?: string
  readonly head?: string
}

export interface CommandInput {
  readonly config: Config
  readonly line: CommandLine
  readonly log: Log
  readonly stop: Stop
}

export type Command = (input: CommandInput) => Promise<void>

/** The command line asks for something that is not there; the message says what. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Says something to the person at the keyboard. */
export const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** Reads a whole number from an option. Throws a UsageError that names the option and its range. */
export function wholeNumber(
  option: string,
  text: string | undefined,
  fallback: number,
  range: { readonly min: number; readonly max: number },
): number {
  if (text === undefined) return fallback
  const value = Number(text)
  if (Number.isInteger(value) && value >= range.min && value <= range.max) return value
  throw new UsageError(`--${option} must be a whole number from ${range.min} to ${range.max}, not "${text}".`)
}
