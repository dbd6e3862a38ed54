import type { Answer } from '../engine.ts'

/** Answers that a client may have waiting besides those that its connection holds. */
const MAX_WAITING_ANSWERS = 100

/** One client of an upstream: takes the answers in order, while the upstream goes on at its own pace. */
export class Member {
  readonly #waiting: Answer[] = []
  readonly #hasRoomToSend: () => boolean
  #isEnded = false
  #wake = (): void => undefined
  /** The cursor of the last event that the client was given. */
  lastCursor: string | undefined

  constructor(hasRoomToSend: () => boolean) {
    this.#hasRoomToSend = hasRoomToSend
  }

  /** False for a client that reads too slowly for one more answer. */
  get hasRoom(): boolean {
    return this.#waiting.length < MAX_WAITING_ANSWERS && this.#hasRoomToSend()
  }

  /** Gives an answer that the client takes when it comes to it. */
  give(answer: Answer): void {
    this.#waiting.push(answer)
    this.lastCursor = answer.cursor
    this.#wake()
  }

  /** Ends the answers after those that wait, or after this last one. */
  end(last?: Answer): void {
    if (last) this.#waiting.push(last)
    this.#isEnded = true
    this.#wake()
  }

  /** Ends the answers at once: nobody takes them any more. */
  leave(): void {
    this.#waiting.length = 0
    this.end()
  }

  /** The answers as they come. `onEnd` hears when no more of them are taken, for whatever reason. */
  async *answers(onEnd: () => void): AsyncGenerator<Answer, void> {
    try {
      for (;;) {
        const answer = this.#waiting.shift()
        if (answer) yield answer
        else if (this.#isEnded) return
        else await new Promise<void>((resolve) => (this.#wake = resolve))
      }
    } finally {
      onEnd()
    }
  }
}
