import { setFlagsFromString } from 'node:v8'

/**
 * Does work that turns texts into code. V8 remembers every text that it ever compiled, with its code, until the heap
 * is nearly full: here each is compiled once and kept in a cache of our own, so V8 need not.
 *
 * Node warns of flags that change after the start, since V8 may have acted on some of them by then. Of this one it
 * keeps nothing: it reads it anew, on the thread that compiles, at each look into the cache and each entry of it
 * (`CompilationCache::IsEnabledScriptAndEval`). To switch the cache off for good would cost all other code its use.
 */
export function withoutCodeCache<T>(work: () => T): T {
  setFlagsFromString('--no-compilation-cache')
  try {
    return work()
  } finally {
    setFlagsFromString('--compilation-cache')
  }
}
