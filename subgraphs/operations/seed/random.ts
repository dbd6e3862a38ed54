/** The only chance in the seed: repeatable, so that the same options always make the same company. */

const WARM_UP_ROUNDS = 12
const UINT32_RANGE = 4_294_967_296

/**
 * A stream of pseudo-random numbers: the generator sfc32 (C. Doty-Humphrey, PractRand), whose state is spread
 * from a seed and a path by the finisher of splitmix32. Streams of different paths are independent, so one more
 * draw in one of them changes nothing in the others.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #counter = 1

  constructor(seed: number, ...path: readonly (string | number)[]) {
    const words = path.flatMap((step) => (typeof step === 'number' ? [step] : characterCodes(step)))
    const state = words.reduce((mixed, word) => finish(mixed ^ word), finish(seed))
    this.#a = finish(state + 1)
    this.#b = finish(state + 2)
    this.#c = finish(state + 3)
    for (let round = 0; round < WARM_UP_ROUNDS; round += 1) this.#next()
  }

  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number {
    return min + Math.floor((this.#next() / UINT32_RANGE) * (max - min + 1))
  }

  /** True in `percent` of a hundred cases; fractions of a percent are fine. */
  chance(percent: number): boolean {
    return (this.#next() / UINT32_RANGE) * 100 < percent
  }

  /** One of the items, each as likely as the others. */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.between(0, items.length - 1)]
    if (item === undefined) throw new RangeError('nothing to pick from')
    return item
  }

  /** One of the items, each as likely as its weight (a whole number) says. */
  weighted<Item>(choices: readonly (readonly [weight: number, item: Item])[]): Item {
    let left = this.between(
      1,
      choices.reduce((sum, [weight]) => sum + weight, 0),
    )
    for (const [weight, item] of choices) {
      left -= weight
      if (left <= 0) return item
    }
    throw new RangeError('nothing to choose from')
  }

  #next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return sum >>> 0
  }
}

/** The finisher of splitmix32: spreads every bit of a word over all 32. */
function finish(word: number): number {
  let mixed = (word + 0x9e3779b9) | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
  return mixed ^ (mixed >>> 15)
}

function characterCodes(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0)
}
