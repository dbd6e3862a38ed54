import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  print,
  type SelectionSetNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql'

import { collectFields } from './collect.ts'
import { compileObjectCount, type CountObjects, refuseTooManyObjects } from './count-objects.ts'
import type { ClientDocument } from './document.ts'
import { refuse } from './errors.ts'
import { compileEventSource, type EventSource } from './event-source.ts'
import { compilePlan, type FetchContext, inSequence, type Step } from './execute.ts'
import type { Limits } from './limits.ts'
import { Lru } from './lru.ts'
import { merge } from './merge.ts'
import { innerName } from './names.ts'
import { conditionVariables, normalize } from './normalize.ts'
import type { Planner } from './planner.ts'
import type { JsonObject } from './request.ts'
import { compileWriter, type WriteData } from './serialize.ts'
import { type Shape, shapeOf } from './shape.ts'

/** An operation, compiled for one set of conditions: run it, then write its answer. */
export interface CompiledOperation {
  /** Fetches everything; of a subscription, what completes one event. */
  readonly run: Step
  readonly write: WriteData
  readonly shape: Shape
  /** Where the events of a subscription come from. */
  readonly source?: EventSource
}

/** What compiling an operation needs to know of the graph. */
export interface CompileContext extends FetchContext {
  readonly schema: GraphQLSchema
  readonly planner: Planner
  readonly maxAnswerChars: number
}

/** An operation, ready to be weighed: it is planned and compiled when the first request is let through. */
interface PreparedOperation {
  readonly countObjects: CountObjects
  readonly compile: () => Promise<CompiledOperation>
  compiled?: Promise<CompiledOperation>
}

/**
 * Finds or makes the compiled form of an operation for the conditions that these variables decide. Refuses it,
 * unplanned, where these variables ask for too many objects.
 */
export type CompileOperation = (
  document: ClientDocument,
  operation: OperationDefinitionNode,
  variables: JsonObject,
) => Promise<CompiledOperation>

/** Makes the step "operation → closures". Requests that need the same one at the same time share one compilation. */
export function createOperationCompiler(context: CompileContext, limits: Limits): CompileOperation {
  const cache = new Lru<PreparedOperation>(limits.maxCachedOperations)
  const conditions = new WeakMap<OperationDefinitionNode, readonly string[]>()
  return async (document, operation, variables) => {
    const names = conditions.getOrInsertComputed(operation, () =>
      conditionVariables(operation, document.fragments),
    )
    const decided = names.map((name) => variables[name] === true)
    const key = [document.serial, operation.name?.value, ...decided].join()
    const prepared = cache.getOrMake(key, () => prepareOperation(document, operation, variables, context))
    refuseTooManyObjects(prepared.countObjects(variables), limits)
    if (prepared.compiled) return prepared.compiled
    prepared.compiled = prepared.compile()
    prepared.compiled.catch(() => cache.delete(key))
    return prepared.compiled
  }
}

function prepareOperation(
  { fragments }: ClientDocument,
  operation: OperationDefinitionNode,
  variables: JsonObject,
  context: CompileContext,
): PreparedOperation {
  const { schema } = context
  const rootType = schema.getRootType(operation.operation)
  if (!rootType) throw new Error(`Validation let a ${operation.operation} pass.`)
  const selectionSet = normalize(operation.selectionSet, rootType, { schema, fragments, variables })
  return {
    countObjects: compileObjectCount(schema, rootType, selectionSet),
    compile: () => compileOperation(selectionSet, rootType, operation, context),
  }
}

async function compileOperation(
  selectionSet: SelectionSetNode,
  rootType: GraphQLObjectType,
  operation: OperationDefinitionNode,
  context: CompileContext,
): Promise<CompiledOperation> {
  const { schema, maxAnswerChars } = context
  const fields = [...collectFields(schema, rootType, [selectionSet]).values()].flat()
  const own = fields.filter(({ name }) => !name.value.startsWith('__'))
  const meta = fields.filter(({ name }) => name.value === '__schema' || name.value === '__type')
  const write = compileWriter(schema, rootType, selectionSet, maxAnswerChars)
  const shape = shapeOf(selectionSet)
  if (operation.operation === OperationTypeNode.SUBSCRIPTION)
    return { ...(await compileSubscription(fields, operation, context)), write, shape }
  const steps = [await compileFields(own, operation, context), ...introspect(meta, operation, schema)]
  return { run: inSequence(steps), write, shape }
}

/** Validation cannot see what variables make of `@skip` and `@include`: so the one root field is counted here. */
async function compileSubscription(
  fields: readonly FieldNode[],
  operation: OperationDefinitionNode,
  context: CompileContext,
): Promise<Pick<CompiledOperation, 'run' | 'source'>> {
  const keys = new Set(fields.map(({ name, alias }) => (alias ?? name).value))
  if (keys.size !== 1 || fields[0]?.name.value.startsWith('__'))
    refuse('GRAPHQL_VALIDATION_FAILED', 'A subscription must select exactly one field at its root.')
  const plan = await context.planner.planSubscription(printSlice(fields, operation))
  return { source: compileEventSource(plan.source, context), run: compilePlan(plan.completion, context) }
}

/**
 * A query is planned as a whole. The planner would run some of several mutations at the same time: so each root
 * field of a mutation is planned and run by itself, in order, with loaders of its own.
 */
async function compileFields(
  fields: readonly FieldNode[],
  operation: OperationDefinitionNode,
  context: CompileContext,
): Promise<Step> {
  if (fields.length === 0) return compilePlan(undefined, context)
  if (operation.operation === OperationTypeNode.QUERY) return compileSlice(fields, operation, context)
  const byKey = Map.groupBy(fields, ({ name, alias }) => (alias ?? name).value)
  const steps: Step[] = []
  for (const slice of byKey.values()) steps.push(await compileSlice(slice, operation, context))
  return inSequence(
    steps.map(
      (step): Step =>
        (run) =>
          step({ ...run, request: { ...run.request } }),
    ),
  )
}

async function compileSlice(
  fields: readonly FieldNode[],
  operation: OperationDefinitionNode,
  context: CompileContext,
): Promise<Step> {
  return compilePlan(await context.planner.plan(printSlice(fields, operation)), context)
}

/** The text of an operation with these root fields, with the variables that they use, under inner names. */
function printSlice(fields: readonly FieldNode[], operation: OperationDefinitionNode): string {
  const used = new Set<string>()
  const selections = fields.map((field) =>
    visit(field, {
      Variable: ({ name, ...variable }) => {
        used.add(name.value)
        return { ...variable, name: { ...name, value: innerName(name.value) } }
      },
    }),
  )
  const definitions = (operation.variableDefinitions ?? []).filter(({ variable }) =>
    used.has(variable.name.value),
  )
  return print({
    kind: Kind.OPERATION_DEFINITION,
    operation: operation.operation,
    variableDefinitions: definitions.map(renameVariable),
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  })
}

function renameVariable({ variable, type, defaultValue }: VariableDefinitionNode): VariableDefinitionNode {
  const name = { kind: Kind.NAME, value: innerName(variable.name.value) } as const
  return {
    kind: Kind.VARIABLE_DEFINITION,
    variable: { kind: Kind.VARIABLE, name },
    type,
    ...(defaultValue && { defaultValue }),
  }
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
