import { composeSupergraph } from '#gateway/compose.ts'

import { parts, urlOf } from './graph.ts'

/** The base URL of the subgraphs where they run as services: the comparison hands it to the contender's process. */
export const services: string | undefined = process.env['BENCH_SERVICES']

const composition = composeSupergraph(
  parts.map(({ name, sdl }) => ({ name, sdl, url: urlOf(name, services ?? 'http://in-process') })),
)
if (!composition.ok) throw new Error(composition.errors.join('\n'))

/** The one supergraph that all gateways of the comparison get. */
export const supergraph: string = composition.supergraph
