/** Who may import whom: the layers and the homes of single packages as tables, and the rules over them. */
import { posix } from 'node:path'

import type { Rule } from './rule.ts'
import type { Import, Source } from './source.ts'

const anything = /^/
const product = /^(?!test\/|bench\/)/

/** Layer → the paths it may import beside its own folder. A folder without a row has no right to hold code. */
const layers: Readonly<Record<string, readonly RegExp[]>> = {
  domain: [],
  platform: [/^domain\//],
  schema: [/^domain\//, /^platform\/log\/(event|subscribe)\.ts$/],
  subgraphs: [/^(domain|platform|schema)\//],
  gateway: [/^domain\//, /^platform\/(clock|event-stream|log|signature|until)\.ts$/],
  // The composition root: main.ts and product.ts, and the commands that main.ts runs.
  main: [product],
  commands: [product],
  // Joins steps of flows, commands of subgraphs and connectors: part of the composition root.
  outside: [product],
  bench: [anything],
  test: [anything],
}

const tests = /^(test|bench)\/|^vitest\.config\.ts$/

/** Package → the only files that may import it. The first row that fits a package and forbids the file counts. */
const packageHomes: readonly { packages: RegExp; importers: RegExp }[] = [
  { packages: anything, importers: /^(?!domain\/)/ },
  { packages: /^pg(-|\/|$)/, importers: /^(platform|bench|test)\// },
  { packages: /^prom-client$/, importers: /^(platform|test)\// },
  { packages: /^redis$/, importers: /^(platform|bench|test)\// },
  { packages: /^stripe$/, importers: /^(subgraphs\/\w+\/stripe|test)\// },
  { packages: /^@graphql-codegen\//, importers: /^schema\// },
  { packages: /^(vitest|fast-check|ajv)(\/|$)/, importers: tests },
  { packages: /^oxc-parser$/, importers: /^(schema\/type-schema\.ts$|test\/)/ },
  // Elastic-licensed: an oracle for development at most, never part of the product.
  { packages: /^@apollo\/(gateway|composition|query-planner)$/, importers: tests },
  // The global `process` is watched by the word rules; an imported one would go unseen.
  { packages: /^(node:)?process$/, importers: /^$/ },
]

/** The import rules. */
export const importRules: readonly Rule[] = [
  {
    id: 'layer-import',
    instead: 'pass it in, or move it to a layer that both may see (the table in test/style/imports.ts)',
    find: (source) =>
      offending(source, (target) => target.path !== undefined && !mayImport(source.path, target.path)),
  },
  {
    id: 'subgraph-import',
    instead: 'ask the other subgraph through the graph or an event',
    find: (source) => offending(source, ({ path }) => areForeignSubgraphs(source.path, path)),
  },
  {
    id: 'package-import',
    instead: 'use the layer that wraps this package (the table in test/style/imports.ts)',
    find: (source) =>
      offending(source, (target) => target.package !== undefined && !isAtHome(source.path, target.package)),
  },
  {
    id: 'path-import',
    instead: "import another layer as '#layer/…', so that the line shows it",
    find: (source) =>
      offending(
        source,
        ({ from, path }) => /^\..*\.ts$/.test(from) && layerOf(source.path) !== layerOf(path),
      ),
  },
  {
    id: 'import-extension',
    instead: 'name the file with its extension, .ts',
    find: (source) => offending(source, ({ path }) => path !== undefined && !/\.(ts|json)$/.test(path)),
  },
  {
    id: 'computed-import',
    instead: 'import a literal name: a computed one escapes the import rules',
    find: ({ imports }) => imports.filter(({ from }) => from === undefined).map(({ start }) => start),
  },
  {
    id: 'unknown-layer',
    instead: 'put the code into a layer, or give its folder a row in test/style/imports.ts',
    find: ({ path }) => (path.endsWith('.ts') && layers[layerOf(path)] === undefined ? [0] : []),
  },
]

interface Target {
  readonly from: string
  /** The imported file's path from the repository's root; undefined for a package. */
  readonly path: string | undefined
  readonly package: string | undefined
}

function offending(source: Source, isWrong: (target: Target) => boolean): number[] {
  return source.imports
    .filter(({ from }) => from !== undefined && isWrong(resolve(source.path, from)))
    .map(({ start }: Import) => start)
}

function resolve(importer: string, from: string): Target {
  if (from.startsWith('#')) return { from, path: from.slice(1), package: undefined }
  if (!/^[./]|^file:/.test(from)) return { from, path: undefined, package: from }
  return { from, path: posix.join(posix.dirname(importer), from), package: undefined }
}

function layerOf(path: string | undefined): string {
  const [folder = '', ...rest] = path?.split('/') ?? []
  return rest.length === 0 ? 'main' : folder
}

function mayImport(importer: string, target: string): boolean {
  if (layerOf(importer) === layerOf(target) || isContextOfItsOwn(importer, target)) return true
  return (layers[layerOf(importer)] ?? []).some((allowed) => allowed.test(target))
}

/** Generated resolver types name the context and rows of the subgraph they were generated for. */
function isContextOfItsOwn(importer: string, target: string): boolean {
  const subgraph = /^schema\/(\w+)\.generated\.ts$/.exec(importer)?.[1]
  return subgraph !== undefined && subgraphOf(target) === subgraph
}

function areForeignSubgraphs(importer: string, target: string | undefined): boolean {
  const [own, other] = [subgraphOf(importer), subgraphOf(target ?? '')]
  return own !== undefined && other !== undefined && own !== other
}

function subgraphOf(path: string): string | undefined {
  return /^subgraphs\/([^/]+)\//.exec(path)?.[1]
}

function isAtHome(importer: string, name: string): boolean {
  return packageHomes.every(({ packages, importers }) => !packages.test(name) || importers.test(importer))
}
