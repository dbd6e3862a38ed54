/** The shape of a style rule. */
import type { Source } from './source.ts'

/** One habit of the code, as a function from a file to the offsets at which it is broken. */
export interface Rule {
  /** The name under which a violation is reported. */
  readonly id: string
  /** What to do instead, in one clause. */
  readonly instead: string
  /** Offsets of the violations in the file's text. */
  readonly find: (source: Source) => readonly number[]
}

/** Whether the file holds our own TypeScript: generated code keeps its generator's habits. */
export function isOurCode(path: string): boolean {
  return path.endsWith('.ts') && !path.endsWith('.generated.ts')
}

/** Offsets of all matches of a global pattern. */
export function matches(text: string, pattern: RegExp): number[] {
  return [...text.matchAll(pattern)].map(({ index }) => index)
}
