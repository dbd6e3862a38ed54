import type { Log } from '#platform/log.ts'

import type { Engine } from './engine.ts'

/** The engine of the moment. */
export interface ReloadableEngine {
  /** What new requests are answered by; those under way end on the engine that they began on. */
  readonly current: () => Engine
  /** Puts the engine of another supergraph in its place. False where that one is refused: the old one goes on then. */
  readonly reload: (supergraph: string) => boolean
}

/** Makes the first engine. Throws where its supergraph is invalid. */
export function createReloadableEngine(
  createEngineOf: (supergraph: string) => Engine,
  supergraph: string,
  log: Log,
): ReloadableEngine {
  let engine = createEngineOf(supergraph)
  return {
    current: () => engine,
    reload(next) {
      try {
        engine = createEngineOf(next)
      } catch (error) {
        log.error({ err: error }, 'the new supergraph is refused, and the old one goes on')
        return false
      }
      log.info('the supergraph was reloaded')
      return true
    },
  }
}
