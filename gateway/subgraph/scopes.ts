import { ClientLeft, SubgraphFailure } from '../errors.ts'
import type { RequestContext } from '../request.ts'

/** What a subgraph in this process works for. */
export interface RequestScope {
  readonly request: RequestContext
  readonly requestId: string
  /** True once nobody waits for the work any more: the client has left, or it took too long. */
  readonly isOver: () => boolean
  /** The names of all fields that the request may ask for, where they are known. */
  readonly asked: ReadonlySet<string> | undefined
}

/** A scope, the resolvers' context that was made for it, and how many calls share it just now. */
interface OpenScope {
  readonly context: object
  calls: number
  isLate: boolean
}

/** The resolvers' contexts of a subgraph: one a request, made on the first call and shared by the further ones. */
export class Scopes {
  readonly #createContext: (scope: RequestScope) => object
  readonly #timeoutMs: number
  readonly #open = new WeakMap<RequestContext, OpenScope>()

  constructor(createContext: (scope: RequestScope) => object, timeoutMs: number) {
    this.#createContext = createContext
    this.#timeoutMs = timeoutMs
  }

  /** The context that the calls of a request share. */
  contextOf(request: RequestContext): object {
    return this.#scopeOf(request).context
  }

  /** The outcome of `work`, or a SubgraphFailure when it takes too long or the client leaves first. */
  async run<T>(request: RequestContext, work: (context: object) => Promise<T> | T): Promise<T> {
    if (request.signal.aborted) throw new ClientLeft()
    const scope = this.#scopeOf(request)
    const outcome = work(scope.context)
    if (!(outcome instanceof Promise)) return outcome
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const timer = setTimeout(() => {
      this.#giveUp(request, scope)
      reject(new SubgraphFailure('SUBGRAPH_TIMEOUT', `no answer in ${this.#timeoutMs} ms`))
    }, this.#timeoutMs)
    // Resolvers cannot be stopped: but nothing else of the request has to wait for them.
    const leave = (): void => reject(new ClientLeft())
    request.signal.addEventListener('abort', leave)
    scope.calls += 1
    outcome.then(resolve, reject)
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      request.signal.removeEventListener('abort', leave)
      scope.calls -= 1
    }
  }

  #scopeOf(request: RequestContext): OpenScope {
    return this.#open.getOrInsertComputed(request, () => this.#begin(request))
  }

  #begin(request: RequestContext): OpenScope {
    const { requestId, asked } = request
    const scope = { calls: 0, isLate: false }
    const isOver = (): boolean => scope.isLate || request.signal.aborted
    return Object.assign(scope, {
      context: this.#createContext({ request, requestId, isOver, asked }),
    })
  }

  /** Ends a scope with its last call. A later call of the same request gets loaders that are not stuck. */
  #giveUp(request: RequestContext, scope: OpenScope): void {
    if (scope.calls > 1) return
    scope.isLate = true
    if (this.#open.get(request) === scope) this.#open.delete(request)
  }
}
