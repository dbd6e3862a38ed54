/**
 * SDL texts in, generated texts out: resolver types for each subgraph and the composed supergraph. Nothing here
 * touches the disk, so that writing the files and checking them for drift are the same computation.
 */
import { codegen } from '@graphql-codegen/core'
import * as typescript from '@graphql-codegen/typescript'
import * as resolvers from '@graphql-codegen/typescript-resolvers'
import { composeServices } from '@theguild/federation-composition'
import { parse } from 'graphql'
import type { DocumentNode } from 'graphql'

import { scalarTypes, sharedMappers } from './codegen.ts'
import type { SubgraphTypes } from './codegen.ts'

const notice = 'Generated from the SDL by `npm run generate`: change the SDL, not this file.'

/** The subgraphs do not fit together; the message lists every reason that composition gave. */
export class CompositionError extends Error {
  override readonly name = 'CompositionError'
}

/** The supergraph's SDL for the subgraphs' SDL texts by name; throws a CompositionError when they do not compose. */
export function composeSupergraph(sdlByName: ReadonlyMap<string, string>): string {
  const services = [...sdlByName].map(([name, sdl]) => ({
    name,
    typeDefs: parse(sdl),
    url: `subgraph:${name}`,
  }))
  const composed = composeServices(services)
  if (composed.supergraphSdl === undefined) {
    throw new CompositionError(composed.errors.map(({ message }) => `- ${message}`).join('\n'))
  }
  return `# ${notice}\n\n${composed.supergraphSdl.trimEnd()}\n`
}

/** The text of `<name>.generated.ts`: types of the schema, its arguments and its resolvers. */
export async function resolverTypes(name: string, sdl: string, types: SubgraphTypes): Promise<string> {
  const schema = parse(sdl)
  const generated = await codegen({
    filename: `${name}.generated.ts`,
    schema,
    documents: [],
    pluginMap: { typescript, resolvers },
    plugins: [{ typescript: {} }, { resolvers: {} }],
    config: codegenConfig(schema, types),
  })
  return `// ${notice}\n${generated.trimEnd()}\n`
}

/** Every generated file, by its name inside `schema/`, for the subgraphs' SDL texts and type settings by name. */
export async function generateAll(
  sdlByName: ReadonlyMap<string, string>,
  typesByName: Readonly<Record<string, SubgraphTypes>>,
): Promise<Map<string, string>> {
  const files = new Map([['supergraph.graphql', composeSupergraph(sdlByName)]])
  for (const [name, sdl] of sdlByName) {
    const types = typesByName[name]
    if (types === undefined) throw new Error(`schema/codegen.ts does not list the subgraph ${name}`)
    files.set(`${name}.generated.ts`, await resolverTypes(name, sdl, types))
  }
  return files
}

/** One line for each generated file that differs from what is on disk (undefined: no such file). */
export function drift(
  generated: ReadonlyMap<string, string>,
  onDisk: (file: string) => string | undefined,
): string[] {
  return [...generated].flatMap(([file, text]) => {
    const current = onDisk(file)
    if (current === text) return []
    return current === undefined
      ? [`${file} is missing`]
      : [`${file}:${firstDifference(current, text)} is out of date`]
  })
}

/** The line, from 1, at which two different texts part. */
function firstDifference(one: string, other: string): number {
  const [lines, otherLines] = [one.split('\n'), other.split('\n')]
  const index = lines.findIndex((line, at) => line !== otherLines[at])
  return (index === -1 ? lines.length : index) + 1
}

function codegenConfig(schema: DocumentNode, { context, mappers }: SubgraphTypes) {
  return {
    federation: true,
    useTypeImports: true,
    skipTypename: true,
    enumsAsTypes: true,
    immutableTypes: true,
    strictScalars: true,
    // `_FieldSet` is a scalar that the federation support adds to the schema by itself.
    scalars: { ...scalarTypes, _FieldSet: 'string' },
    // A resolver must answer every field it owns, with null where there is nothing: absent would hide a forgotten one.
    avoidOptionals: { field: true },
    makeResolverTypeCallable: true,
    contextType: reference(context),
    mappers: mappersOf(schema, mappers),
  }
}

/** A shared mapper counts where the type exists; one of the subgraph's own must name a type that does. */
function mappersOf(schema: DocumentNode, own: SubgraphTypes['mappers']): Record<string, string> {
  const types = schema.definitions.flatMap((node) => ('name' in node ? [node.name.value] : []))
  const unknown = Object.keys(own).filter((type) => !types.includes(type))
  if (unknown.length > 0) throw new Error(`schema/codegen.ts maps unknown types: ${unknown.join(', ')}`)
  const shared = Object.entries(sharedMappers).filter(([type]) => types.includes(type))
  // Imported under a name of its own: a domain type and the GraphQL type it stands behind often share theirs.
  return Object.fromEntries(
    [...shared, ...Object.entries(own)].map(([type, target]) => [
      type,
      `${reference(target)} as ${type}Parent`,
    ]),
  )
}

/** `#domain/money.ts#Money` starts with the character that codegen splits on; it wants that one escaped. */
function reference(target: string): string {
  return target.replace(/^#/, '\\#')
}
