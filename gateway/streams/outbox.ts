import type { WebSocket } from 'ws'

import { refuse } from '../errors.ts'
import type { Limits } from '../limits.ts'

/** An answer that waits until its reader has made room. */
interface Waiting {
  readonly text: string
  readonly settle: (isSent: boolean) => void
}

const NOT_READ = 'The answer was not read in time, and is left out.'

/** What goes out over one socket. A client that does not read is not listened to either, until it does. */
export class Outbox {
  readonly #socket: WebSocket
  readonly #limits: Limits
  readonly #waiting = new Set<Waiting>()
  #waitingChars = 0

  constructor(socket: WebSocket, limits: Limits) {
    this.#socket = socket
    this.#limits = limits
  }

  /** False while too much waits to be read. */
  readonly hasRoom = (): boolean => this.#socket.bufferedAmount <= this.#limits.maxWaitingBytes

  /** Sends a short message at once. */
  send(text: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return
    this.#socket.send(text, () => this.#goOn())
    if (!this.hasRoom()) this.#socket.pause()
  }

  /**
   * Sends an answer as soon as there is room for it, or never where the signal is aborted. Refuses where there is none
   * in time, and where as much as may be sent at once waits for it already.
   */
  async deliver(text: string, signal: AbortSignal): Promise<void> {
    if (this.#waiting.size === 0 && this.hasRoom()) return this.send(text)
    const isSent = this.#waitingChars <= this.#limits.maxWaitingBytes && (await this.#wait(text, signal))
    if (!isSent && !signal.aborted) refuse('SLOW_READER', NOT_READ)
  }

  async #wait(text: string, signal: AbortSignal): Promise<boolean> {
    const { promise, resolve: settle } = Promise.withResolvers<boolean>()
    const waiting = { text, settle }
    const giveUp = (): void => {
      this.#waiting.delete(waiting)
      settle(false)
    }
    const timer = setTimeout(giveUp, this.#limits.clientSilenceTimeoutMs)
    signal.addEventListener('abort', giveUp)
    this.#waiting.add(waiting)
    this.#waitingChars += text.length
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
      this.#waitingChars -= text.length
    }
  }

  /** Something was written: what waits is sent as far as there is room, and then the client is listened to again. */
  #goOn(): void {
    for (const waiting of this.#waiting) {
      if (!this.hasRoom()) return
      this.#waiting.delete(waiting)
      this.send(waiting.text)
      waiting.settle(true)
    }
    if (this.#socket.isPaused && this.hasRoom()) this.#socket.resume()
  }
}
