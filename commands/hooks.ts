/** Where outside systems tell us of themselves, beside the graph. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { systemClock } from '#platform/clock.ts'
import { webhookSources } from '#outside/outside.ts'
import type { DatabaseOf } from '#product.ts'
import { createHooks, HOOKS_PATH } from '#subgraphs/operations/inbound/receive.ts'
import type { CommandInput } from './command.ts'

type Handle = (request: IncomingMessage, response: ServerResponse) => void

/** Answers what is posted below `/hooks/`; undefined where the configuration names nobody who may. */
export function hooksOf(
  { config, log }: Pick<CommandInput, 'config' | 'log'>,
  databaseOf: DatabaseOf,
): Handle | undefined {
  const sources = webhookSources(config)
  if (sources.length === 0) return undefined
  const hooks = createHooks({ db: databaseOf('operations'), clock: systemClock, sources })
  return (request, response) => {
    hooks(request, response).catch((err: unknown) => {
      // Without an answer its sender tries again.
      log.error({ err, url: request.url }, 'a webhook was not kept')
      response.destroy()
    })
  }
}

/** Has `hooks` answer what is meant for them, and `graph` all else. */
export const hooksBefore =
  (graph: Handle, hooks: Handle): Handle =>
  (request, response) =>
    (request.url?.startsWith(HOOKS_PATH) === true ? hooks : graph)(request, response)
