import { composeServices } from '@theguild/federation-composition'
import { parse } from 'graphql'

/** One subgraph's part of the graph. */
export interface SubgraphSource {
  readonly name: string
  /** Federation 2 SDL. */
  readonly sdl: string
  /** Where it is served when it stands alone; only written into the supergraph, never called from there. */
  readonly url?: string
}

/** A supergraph SDL, or every reason why the subgraphs do not fit together. */
export type Composition =
  | { readonly ok: true; readonly supergraph: string }
  | { readonly ok: false; readonly errors: string[] }

/** Composes subgraphs into one supergraph. Throws a GraphQLError where a subgraph's SDL cannot be parsed. */
export function composeSupergraph(subgraphs: readonly SubgraphSource[]): Composition {
  const composed = composeServices(
    subgraphs.map(({ name, sdl, url }) => ({ name, typeDefs: parse(sdl), url: url ?? `local:${name}` })),
  )
  if (composed.errors) return { ok: false, errors: composed.errors.map((error) => error.message) }
  return { ok: true, supergraph: composed.supergraphSdl }
}
