import { setFlagsFromString } from 'node:v8'

/**
 * Does work that turns texts into code. V8 remembers every text that it ever compiled, with its code, until the heap
 * is nearly full: here each is compiled once and kept in a cache of our own, so V8 need not.
 */
export function withoutCodeCache<T>(work: () => T): T {
  setFlagsFromString('--no-compilation-cache')
  try {
    return work()
  } finally {
    setFlagsFromString('--compilation-cache')
  }
}
