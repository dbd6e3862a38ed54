import { hash } from 'node:crypto'

const DIGITS = 8
const MAX = 0xff_ff_ff_ff

/** A number from 0 to 1 that is the same for the same seed: jitter that a test, and a log's reader, can work out. */
export const fractionOf = (seed: string): number =>
  Number.parseInt(hash('sha256', seed).slice(0, DIGITS), 16) / MAX
