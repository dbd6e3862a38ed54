/** Reads workflow models: the files that come with the product, and texts that somebody sends. */
import { readdirSync, readFileSync } from 'node:fs'
import type {
  MasterRule,
  ModelDocument,
  HashedModel,
  ModelPart,
  WorkflowModel,
} from '#domain/workflow-model.ts'
import { contentHash } from '#platform/json.ts'
import { once } from '#platform/once.ts'
import {
  type HybridFile,
  hybridShape,
  keptShape,
  type RulesFile,
  rulesShape,
  type SingleFile,
  singleShape,
} from './shapes.ts'
import { ModelFileError, readYaml, type Sourced, type SourceProblem, type YamlText } from './yaml.ts'

/** What the product comes with. */
export interface ModelLibrary {
  readonly models: readonly HashedModel[]
  /** Rules that models include, by the name of their file. */
  readonly rules: ReadonlyMap<string, RulesFile>
}

const SCHEMA = new URL('../../../schema/', import.meta.url)
const TAX_RULES = 'taxes'

/** The models and rules of the product's own folder, which does not change while a process runs. */
export const readLibrary = once((): ModelLibrary => {
  const rules = new Map(
    filesOf('rules')
      .filter(({ name }) => name !== TAX_RULES)
      .map(({ name, path, source }) => [name, valueOf(valueOf(readYaml(path, source)).as(rulesShape))]),
  )
  const files = filesOf('models').map(({ path, source }) => ({ path, yaml: valueOf(readYaml(path, source)) }))
  const empty: ModelLibrary = { models: [], rules }
  const singles = files.filter(({ yaml }) => !isHybrid(yaml.value))
  const models = singles.map(({ path, yaml }) => valueOf(modelOf(path, yaml, empty)))
  const hybrids = files.filter((file) => !singles.includes(file))
  return {
    rules,
    models: [...models, ...hybrids.map(({ path, yaml }) => valueOf(modelOf(path, yaml, { models, rules })))],
  }
})

/** Reads a model from a text; what it includes or names comes from the library. */
export function readModel(file: string, source: string, library: ModelLibrary): Sourced<HashedModel> {
  const yaml = readYaml(file, source)
  return yaml.problems ? yaml : modelOf(file, yaml.value, library)
}

function modelOf(file: string, yaml: YamlText, library: ModelLibrary): Sourced<HashedModel> {
  if (isHybrid(yaml.value)) {
    const hybrid = yaml.as(hybridShape)
    return hybrid.problems ? hybrid : joined(file, hybrid.value, library)
  }
  const single = yaml.as(singleShape)
  return single.problems ? single : completed(file, single.value, library)
}

/** A model as it was kept with an activation. */
export const reviveModel = (kept: unknown): HashedModel => keptShape.parse(kept)

const isHybrid = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'entities' in value

/** A model with what it includes. What both define stays twice: the linter says so. */
function completed(file: string, own: SingleFile, { rules }: ModelLibrary): Sourced<HashedModel> {
  const { include, retry: ownRetry, ...rest } = own
  const shared = include === undefined ? undefined : rules.get(include)
  if (include !== undefined && shared === undefined) {
    const message = `expected the name of one of ${[...rules.keys()].join(', ')}, not ${include}`
    return { problems: [{ file, line: 1, path: 'include', message }] }
  }
  const retry = ownRetry ?? shared?.retry
  if (retry === undefined) {
    const message = 'expected a retry policy, here or in what is included'
    return { problems: [{ file, line: 1, path: 'retry', message }] }
  }
  const model: WorkflowModel = {
    ...rest,
    retry,
    masters: [...(shared?.masters ?? []), ...own.masters],
    markets: [...(shared?.markets ?? []), ...own.markets],
    // Own routes first: an exception stands before the rule.
    routes: [...own.routes, ...(shared?.routes ?? [])],
    gates: [...(shared?.gates ?? []), ...own.gates],
    events: [...(shared?.events ?? []), ...own.events],
    exceptions: [...(shared?.exceptions ?? []), ...own.exceptions],
  }
  return { value: hashed(own, [{ legalEntities: null, model }]) }
}

/** A hybrid: for each company the model that it names, with the hybrid's own masters of what they share. */
function joined(
  file: string,
  { entities, masters, ...heading }: HybridFile,
  { models }: ModelLibrary,
): Sourced<HashedModel> {
  const parts: ModelPart[] = []
  const problems: SourceProblem[] = []
  for (const [index, { legalEntity, model: name }] of entities.entries()) {
    const [part, ...more] = models.find((each) => each.name === name)?.parts ?? []
    if (part === undefined || more.length > 0) {
      const message = `expected the name of a model for one company, not ${name}`
      problems.push({ file, line: 1, path: `entities.${index}.model`, message })
    } else {
      const model = { ...part.model, masters: overridden(part.model.masters, masters) }
      parts.push({ legalEntities: [legalEntity], model })
    }
  }
  return problems.length > 0 ? { problems } : { value: hashed(heading, parts) }
}

/** Masters of which some objects are taken over by others. */
function overridden(own: readonly MasterRule[], others: readonly MasterRule[]): MasterRule[] {
  const taken = new Set(others.flatMap(({ objects }) => objects))
  const rest = own.map((rule) => ({ ...rule, objects: rule.objects.filter((object) => !taken.has(object)) }))
  return [...others, ...rest.filter(({ objects }) => objects.length > 0)]
}

function hashed(
  { name, version, description }: Omit<ModelDocument, 'parts'>,
  parts: readonly ModelPart[],
): HashedModel {
  const document: ModelDocument = { name, version, description, parts }
  return { ...document, hash: contentHash(document) }
}

function filesOf(
  folder: string,
): { readonly name: string; readonly path: string; readonly source: string }[] {
  const names = readdirSync(new URL(`${folder}/`, SCHEMA)).filter((name) => name.endsWith('.yaml'))
  return names.toSorted().map((file) => ({
    name: file.replace(/\.yaml$/, ''),
    path: `schema/${folder}/${file}`,
    source: readFileSync(new URL(`${folder}/${file}`, SCHEMA), 'utf8'),
  }))
}

function valueOf<Value>(sourced: Sourced<Value>): Value {
  if (sourced.problems) throw new ModelFileError(sourced.problems)
  return sourced.value
}
