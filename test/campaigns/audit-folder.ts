import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { createRequire, registerHooks } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph'
import { type GraphQLSchema, parse } from 'graphql'
import { freePort } from '#test/support/free-port.ts'

/** One question of the audit; `errors` says whether there must be some, or nothing where both will do. */
export interface AuditCase {
  readonly query: string
  readonly expected: { readonly data?: unknown; readonly errors?: boolean }
}

/** The audit's own server, in a process of its own: it composes the supergraphs and serves the subgraphs. */
export interface AuditServer {
  readonly suites: () => Promise<readonly string[]>
  readonly supergraph: (suite: string) => Promise<string>
  readonly cases: (suite: string) => Promise<readonly AuditCase[]>
  readonly subgraphs: (suite: string) => Promise<readonly { readonly name: string; readonly url: string }[]>
  readonly stop: () => Promise<void>
}

/** Starts the audit's server from its folder, where `npm install` has run. */
export async function startAuditServer(folder: string): Promise<AuditServer> {
  const port = await freePort()
  const command = ['--import', 'tsx', 'src/cli.ts', 'serve', '--port', String(port)]
  const child = spawn(process.execPath, command, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  await Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => Promise.reject(new Error(`the audit in ${folder} does not start: is it installed?`))),
  ])
  const get = (path: string): Promise<Response> => fetch(`http://localhost:${port}/${path}`)
  const read = async <T>(path: string): Promise<T> => (await (await get(path)).json()) as T
  return {
    suites: () => read('ids'),
    supergraph: async (suite) => (await get(`${suite}/supergraph`)).text(),
    cases: (suite) => read(`${suite}/tests`),
    subgraphs: (suite) => read(`${suite}/subgraphs`),
    stop: async () => {
      child.kill()
      await ended
    },
  }
}

/** What a subgraph's file in the audit holds when it is read with `KEPT_AS_GIVEN`. */
interface AuditSubgraph {
  readonly name: string
  readonly typeDefs: string
  readonly resolvers: GraphQLResolverMap
}

/** In place of the audit's server of a subgraph: just what the subgraph is made of. */
const KEPT_AS_GIVEN = 'export const createSubgraph = (name, parts) => ({ name, ...parts })'

/** What a suite's folder holds besides its subgraphs. */
const NO_SUBGRAPHS: ReadonlySet<string> = new Set(['index.ts', 'test.ts', 'data.ts'])

/** Reads the audit's subgraphs into this process, as schemas. */
export function auditSchemas(folder: string): (suite: string) => { name: string; schema: GraphQLSchema }[] {
  const root = pathToFileURL(`${resolve(folder, 'src')}/`).href
  registerHooks({
    // The audit is written for a bundler: it names its TypeScript files `.js`.
    resolve: (specifier, context, next) => {
      const isOwn = specifier.startsWith('.') && context.parentURL?.startsWith(root) === true
      return next(isOwn ? specifier.replace(/\.js$/, '.ts') : specifier, context)
    },
    load: (url, context, next) =>
      url === `${root}subgraph.ts`
        ? { format: 'module', source: KEPT_AS_GIVEN, shortCircuit: true }
        : next(url, context),
  })
  const load = createRequire(root)
  return (suite) => {
    const place = resolve(folder, 'src/test-suites', suite)
    const files = readdirSync(place).filter((file) => file.endsWith('.ts') && !NO_SUBGRAPHS.has(file))
    return files.map((file) => {
      const { name, typeDefs, resolvers } = (load(join(place, file)) as { default: AuditSubgraph }).default
      return { name, schema: buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers }]) }
    })
  }
}
