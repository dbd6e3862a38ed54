import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Gateway } from '#gateway/server.ts'
import { type Config, ConfigError } from '#platform/config.ts'
import type { Log } from '#platform/log.ts'
import { supergraph } from '#product.ts'
import { say } from './command.ts'

/** The supergraph that the configuration names, or else the one that is committed. */
export async function readSupergraph({ supergraphFile: file }: Config): Promise<string> {
  if (file === undefined) return supergraph
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ConfigError(`SUPERGRAPH_FILE is "${file}", which cannot be read.`, { cause })
  })
}

/** Reads the file anew at each SIGHUP until the returned function is called. One that is no good changes nothing. */
export function reloadOnHangUp(
  gateway: Pick<Gateway, 'reload'>,
  { supergraphFile: file }: Config,
  log: Log,
): () => void {
  if (file === undefined) return () => undefined
  const reload = (): void => {
    try {
      if (gateway.reload(readFileSync(file, 'utf8'))) say('The supergraph was reloaded')
    } catch (error) {
      log.error({ err: error, file }, 'the supergraph cannot be read, and the old one goes on')
    }
  }
  process.on('SIGHUP', reload)
  return () => void process.off('SIGHUP', reload)
}
