import { ClientLeft, SubgraphFailure } from '../errors.ts'

/** Work that ends early when its signal is aborted, at the latest at a time of `performance.now()`. */
type Start<T> = (signal: AbortSignal, deadlineMs: number) => Promise<T>

/**
 * Calls of subgraphs while they are under way. Each has a deadline, and ends when the last client that waits for it
 * has left. Who asks for the same under the same key shares the call: the key must tell identities apart, and the
 * outcome must be one that takers cannot change.
 */
export class SharedCalls<T> {
  readonly #underWay = new Map<string, Call<T>>()
  readonly #timeoutMs: number

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs
  }

  /** Joins the call under this key, or starts it. */
  async join(key: string, client: AbortSignal, start: Start<T>): Promise<T> {
    if (client.aborted) throw new ClientLeft()
    const known = this.#underWay.get(key)
    if (known?.isRunning === true) return known.take(client)
    const call = new Call(start, this.#timeoutMs, () => {
      if (this.#underWay.get(key) === call) this.#underWay.delete(key)
    })
    this.#underWay.set(key, call)
    return call.take(client)
  }

  /** A call that nobody joins. As it may write, nobody joins a read that began before its end either. */
  async write(client: AbortSignal, start: Start<T>): Promise<T> {
    if (client.aborted) throw new ClientLeft()
    try {
      return await new Call(start, this.#timeoutMs, () => undefined).take(client)
    } finally {
      this.forget()
    }
  }

  /** Lets nobody join what is under way: something was written, which it may not have seen. */
  forget(): void {
    this.#underWay.clear()
  }
}

class Call<T> {
  readonly #controller = new AbortController()
  readonly #outcome: Promise<T>
  #takers = 0

  constructor(start: Start<T>, timeoutMs: number, onEnd: () => void) {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const { signal } = this.#controller
    signal.addEventListener('abort', () => reject(signal.reason as SubgraphFailure), { once: true })
    const timer = setTimeout(
      () => this.#end(new SubgraphFailure('SUBGRAPH_TIMEOUT', `no answer in ${timeoutMs} ms`)),
      timeoutMs,
    )
    const settle = (): void => {
      clearTimeout(timer)
      onEnd()
    }
    this.#outcome = promise
    promise.then(settle, settle)
    start(signal, performance.now() + timeoutMs).then(resolve, reject)
  }

  get isRunning(): boolean {
    return !this.#controller.signal.aborted
  }

  /** The outcome for one client, who may leave without harm to the others. */
  take(client: AbortSignal): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    this.#takers += 1
    const leave = (): void => {
      const left = new ClientLeft()
      this.#takers -= 1
      if (this.#takers === 0) this.#end(left)
      reject(left)
    }
    client.addEventListener('abort', leave, { once: true })
    const settle = (): void => client.removeEventListener('abort', leave)
    this.#outcome.then(resolve, reject).then(settle, settle)
    return promise
  }

  #end(reason: SubgraphFailure): void {
    this.#controller.abort(reason)
  }
}
