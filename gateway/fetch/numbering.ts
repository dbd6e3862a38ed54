import type { JsonObject } from '../request.ts'

type Level = Map<unknown, Level | number>

/** Stands before the text of a value that is itself an object or a list, so that no other value is taken for it. */
const NESTED = Symbol('nested')

/**
 * Numbers representations from 0 on, in the order in which they first come: equal ones have one number. Those of one
 * type are made of the same fields. Their values lead down a tree, which costs a fraction of a text made of them.
 */
export class Numbering {
  readonly #root: Level = new Map()
  #count = 0

  numberOf(representation: JsonObject): number {
    let level = this.#root
    let step: unknown = representation.__typename
    const descend = (next: unknown): void => {
      level = level.getOrInsertComputed(step, () => new Map()) as Level
      step = next
    }
    for (const key in representation) {
      if (key === '__typename') continue
      const value = representation[key]
      if (typeof value === 'object' && value !== null) {
        descend(NESTED)
        descend(JSON.stringify(value))
      } else descend(value)
    }
    return level.getOrInsertComputed(step, () => this.#count++) as number
  }
}
