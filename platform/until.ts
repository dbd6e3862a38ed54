/**
 * The items of a source until it ends or the signal is aborted. The abort is heeded at once, even while the source is
 * silent, and however the loop ends, the source is told to close. What it throws then goes to `onLateError`.
 */
export async function* until<T>(
  signal: AbortSignal,
  source: AsyncIterator<T>,
  onLateError: (error: unknown) => void,
): AsyncGenerator<T, void> {
  let waiting: PromiseWithResolvers<IteratorResult<T> | undefined> | undefined
  const onAbort = (): void => waiting?.resolve(undefined)
  signal.addEventListener('abort', onAbort)
  let isOpen = true
  try {
    while (!signal.aborted) {
      waiting = Promise.withResolvers()
      source.next().then(waiting.resolve, waiting.reject)
      const result = await waiting.promise
      if (result === undefined) return
      isOpen = result.done !== true
      if (result.done === true) return
      yield result.value
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
    // A generator that waits for something closes only after that has come: nobody should have to wait for it.
    if (isOpen) Promise.try(() => source.return?.()).catch(onLateError)
  }
}
