import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql'

import { fieldNames } from './document/asked.ts'
import { collectFields } from './document/collect.ts'
import { compileCost, type CostContext } from './document/cost.ts'
import { type Parts, splitOperation } from './answer/defer.ts'
import type { ClientDocument } from './document/document.ts'
import { refuse } from './errors.ts'
import { compileCursor, compileEventSource, type EventSource } from './fetch/event-source.ts'
import { inSequence, type Step } from './fetch/execute.ts'
import { FetchCompiler, type GraphContext } from './plan/fetches.ts'
import type { Limits } from './limits.ts'
import type { Lru } from './lru.ts'
import { merge } from './fetch/merge.ts'
import {
  conditionVariables,
  hasDeferred,
  normalize,
  type NormalizeContext,
  type Proofs,
} from './document/normalize.ts'
import type { JsonObject } from './request.ts'
import { compileWriter, type WriteData, type WriterLimits } from './answer/serialize.ts'
import { type Shape, shapeOf } from './answer/shape.ts'
import type { Run } from './run.ts'
import { fieldOf } from './types.ts'

/** An operation, compiled for one set of conditions: run it, then write its answer. */
export interface CompiledOperation {
  /** Fetches everything; of a subscription, what completes one event. */
  readonly run: Step
  readonly write: WriteData
  readonly shape: Shape
  readonly parts: Parts
  /** The names of all fields that subgraphs are asked for by it. */
  readonly asked: ReadonlySet<string>
  /** What fails may have been done nevertheless. */
  readonly isMutation: boolean
  /** Where the events of a subscription come from. */
  readonly source?: EventSource
}

/** What compiling an operation needs to know of the graph. */
export interface CompileContext
  extends GraphContext, CostContext, WriterLimits, Pick<Limits, 'planTimeoutMs'> {
  readonly isFieldName: (name: string) => boolean
  readonly proofs: Proofs
  /** Names of fields that subgraphs may be asked for by any operation. */
  readonly alwaysAsked: ReadonlySet<string>
}

/** An operation whose cost is known for any variables; it is planned and compiled when a request is let through. */
export interface PreparedOperation {
  readonly cost: (variables: JsonObject) => number
  /** Requests that need it at the same time share one compilation. */
  readonly compile: () => Promise<CompiledOperation>
}

/**
 * Finds or makes the prepared form of an operation for the conditions that these variables decide, in parts or in one
 * piece.
 */
export type PrepareOperation = (
  document: ClientDocument,
  operation: OperationDefinitionNode,
  variables: JsonObject,
  inParts: boolean,
) => PreparedOperation

/** Makes the step "operation → what can be weighed and compiled". */
export function createOperationPreparer(
  context: CompileContext,
  cache: Lru<PreparedOperation>,
): PrepareOperation {
  const conditions = new WeakMap<OperationDefinitionNode, readonly string[]>()
  return (document, operation, variables, inParts) => {
    const names = conditions.getOrInsertComputed(operation, () =>
      conditionVariables(operation, document.fragments),
    )
    const decided = names.map((name) => variables[name])
    const key = [document.serial, operation.name?.value, inParts, ...decided].join()
    return cache.getOrMake(
      key,
      () => {
        const { cost, compile } = prepareOperation(document, operation, { variables, inParts }, context)
        return { cost, compile: shared(compile, () => cache.delete(key)) }
      },
      () => document.fields,
    )
  }
}

/** Does the work once for all who ask, and again where it failed. */
function shared<T>(work: () => Promise<T>, onFailure: () => void): () => Promise<T> {
  let result: Promise<T> | undefined
  return () => {
    if (result) return result
    result = work()
    result.catch(onFailure)
    return result
  }
}

function prepareOperation(
  { fragments }: ClientDocument,
  operation: OperationDefinitionNode,
  conditions: Pick<NormalizeContext, 'variables' | 'inParts'>,
  context: CompileContext,
): PreparedOperation {
  const { schema, isFieldName, proofs } = context
  const rootType = schema.getRootType(operation.operation)
  if (!rootType) throw new Error(`Validation let a ${operation.operation} pass.`)
  const selectionSet = normalize(operation.selectionSet, rootType, {
    schema,
    fragments,
    isFieldName,
    proofs,
    ...conditions,
  })
  return {
    cost: compileCost(context, rootType, selectionSet),
    compile: () => compileOperation(selectionSet, rootType, operation, context),
  }
}

async function compileOperation(
  selectionSet: SelectionSetNode,
  rootType: GraphQLObjectType,
  operation: OperationDefinitionNode,
  context: CompileContext,
): Promise<CompiledOperation> {
  const { schema, planTimeoutMs } = context
  const fetches = new FetchCompiler(operation, context, AbortSignal.timeout(planTimeoutMs))
  const { first, parts } = hasDeferred(selectionSet)
    ? await splitOperation(selectionSet, rootType, fetches)
    : { first: selectionSet, parts: NO_PARTS }
  const fields = [...collectFields(schema, rootType, [first]).values()].flat()
  const common = {
    write: compileWriter(schema, rootType, selectionSet, context),
    shape: shapeOf(selectionSet),
    parts,
    asked: context.alwaysAsked.union(fieldNames(selectionSet)),
    isMutation: operation.operation === OperationTypeNode.MUTATION,
  }
  if (operation.operation === OperationTypeNode.SUBSCRIPTION)
    return { ...(await compileSubscription(fields, rootType, context, fetches)), ...common }
  const own = fields.filter(({ name }) => !name.value.startsWith('__'))
  const meta = fields.filter(({ name }) => name.value === '__schema' || name.value === '__type')
  const steps = [
    await compileFields(own, rootType, operation, context, fetches),
    ...introspect(meta, operation, schema),
  ]
  return { run: inSequence(steps), ...common }
}

const NO_PARTS: Parts = new Map()

/** Validation cannot see what variables make of `@skip` and `@include`: so the one root field is counted here. */
async function compileSubscription(
  fields: readonly FieldNode[],
  rootType: GraphQLObjectType,
  context: CompileContext,
  fetches: FetchCompiler,
): Promise<Pick<CompiledOperation, 'run' | 'source'>> {
  const keys = new Set(fields.map(({ name, alias }) => (alias ?? name).value))
  if (keys.size !== 1 || fields[0]?.name.value.startsWith('__'))
    refuse('GRAPHQL_VALIDATION_FAILED', 'A subscription must select exactly one field at its root.')
  const { source, completion } = await fetches.subscription(fields, rootType)
  const cursorOf = compileCursor(fields, rootType, context.schema)
  return { source: compileEventSource(source, cursorOf, context), run: completion }
}

/**
 * A query is planned as a whole. The planner would run some of several mutations at the same time: so each root
 * field of a mutation is planned and run by itself, in order, with loaders of its own, up to the first that leaves no
 * data.
 */
async function compileFields(
  fields: readonly FieldNode[],
  rootType: GraphQLObjectType,
  { operation }: OperationDefinitionNode,
  context: CompileContext,
  fetches: FetchCompiler,
): Promise<Step> {
  if (fields.length === 0) return inSequence([])
  if (operation === OperationTypeNode.QUERY) return fetches.root(fields, rootType)
  const byKey = Map.groupBy(fields, ({ name, alias }) => (alias ?? name).value)
  const writes: Write[] = []
  for (const slice of byKey.values())
    writes.push({
      step: await fetches.root(slice, rootType),
      isLost: compileIsLost(slice, rootType, context),
    })
  return async (run) => {
    for (const { step, isLost } of writes) {
      await step({ ...run, request: { ...run.request } })
      if (isLost(run)) return
    }
  }
}

/** One root field of a mutation. */
interface Write {
  readonly step: Step
  /** True if what the field brought is null where its type forbids it: then nothing may follow. */
  readonly isLost: (run: Run) => boolean
}

/** A null may come from anywhere below the field: the writer of the field alone tells how far it spreads. */
function compileIsLost(
  fields: readonly FieldNode[],
  rootType: GraphQLObjectType,
  context: CompileContext,
): Write['isLost'] {
  const { schema } = context
  const [{ name }] = fields as [FieldNode]
  if (!isNonNullType(fieldOf(rootType, name.value).type)) return () => false
  const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: fields }
  const write = compileWriter(schema, rootType, selectionSet, context)
  return ({ data, failures }) => write(data, failures.empty()).text === 'null'
}

/** Questions about the schema are answered here, by graphql-js, from what clients may see. */
function introspect(
  fields: readonly FieldNode[],
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
): Step[] {
  if (fields.length === 0) return []
  const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: fields }
  const definition: OperationDefinitionNode = { ...operation, selectionSet, directives: [] }
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [definition] }
  return [
    async (run) => {
      const { data } = executeSync({ schema, document, variableValues: run.variables })
      if (data) merge(run.data, data)
    },
  ]
}
