import {
  type DocumentNode,
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  OperationTypeNode,
  OverlappingFieldsCanBeMergedRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql'

import { createDeferRule } from './defer-rules.ts'
import { refuse, refuseWith } from '../errors.ts'
import { type Fragments, fragmentsOf } from './fragments.ts'
import type { Limits } from '../limits.ts'
import type { Lru } from '../lru.ts'
import { measureWithin } from './measure.ts'
import { findConflict } from './overlap.ts'
import { requiredVariables } from './required-variables.ts'
import type { GraphQLParams, JsonObject } from '../request.ts'

/** A document that was parsed, measured and validated. */
export interface ClientDocument {
  /** Tells documents apart in cache keys. */
  readonly serial: number
  /** The fields that its operations ask for, fragments written out. */
  readonly fields: number
  readonly operations: readonly OperationDefinitionNode[]
  readonly fragments: Fragments
}

/** What decides which documents and variables are valid. */
export interface DocumentContext {
  readonly schema: GraphQLSchema
  /** Clients are told nothing of the schema that they do not know. */
  readonly isProduction: boolean
  readonly limits: Limits
}

/** Makes the step "text → valid document": the same text is parsed and validated once while the cache holds it. */
export function createDocumentLoader(
  context: DocumentContext,
  cache: Lru<ClientDocument>,
): (text: string) => ClientDocument {
  const { limits } = context
  let serial = 0
  const load = (text: string): ClientDocument => {
    if (text.length > limits.maxDocumentChars) {
      refuse('OPERATION_TOO_LARGE', `The document has more than ${limits.maxDocumentChars} characters.`)
    }
    const document = parseBounded(text, limits)
    const fields = measureWithin(document, limits)
    refuseReservedVariables(document)
    refuseInvalid(document, context)
    serial += 1
    return { serial, fields, ...definitionsOf(document) }
  }
  return (text) =>
    cache.getOrMake(
      text,
      () => load(text),
      () => text.length,
    )
}

function parseBounded(text: string, { maxTokens }: Limits): DocumentNode {
  try {
    return parse(text, { maxLexicalTokens: maxTokens })
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    return refuseWith('GRAPHQL_PARSE_FAILED', [error])
  }
}

/** One rule of graphql-js takes time that grows with the square of the fields: `findConflict` stands for it. */
const quickRules = specifiedRules.filter((rule) => rule !== OverlappingFieldsCanBeMergedRule)

function refuseInvalid(document: DocumentNode, context: DocumentContext): void {
  const errors = validateByRules(document, context)
  if (errors.length > 0) refuseWith('GRAPHQL_VALIDATION_FAILED', errors)
  const conflict = findConflict(context.schema, document, context.limits)
  if (conflict) refuseWith('GRAPHQL_VALIDATION_FAILED', [conflict])
}

/** Operations of a kind that the graph does not have at all: graphql-js would only tell when it executes them. */
function missingRoots({ definitions }: DocumentNode, schema: GraphQLSchema): GraphQLError[] {
  return definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .filter(({ operation }) => !schema.getRootType(operation))
    .map((node) => new GraphQLError(`This graph has no ${node.operation}s.`, { nodes: node }))
}

/** graphql-js throws where the root of a subscription depends on variables, which the specification forbids. */
function validateByRules(
  document: DocumentNode,
  { schema, isProduction, limits }: DocumentContext,
): readonly GraphQLError[] {
  const missing = missingRoots(document, schema)
  if (missing.length > 0) return missing
  const rules = [...quickRules, createDeferRule(limits)]
  if (isProduction) rules.push(NoSchemaIntrospectionCustomRule)
  try {
    return validate(schema, document, rules, { hideSuggestions: isProduction })
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    return [
      new GraphQLError('The root field of a subscription must not depend on variables.', {
        originalError: error,
      }),
    ]
  }
}

/** Two underscores begin the names of GraphQL itself, of the plan's own variables, and JavaScript's `__proto__`. */
function refuseReservedVariables(document: DocumentNode): void {
  const reserved = definitionsOf(document)
    .operations.flatMap((operation) => operation.variableDefinitions ?? [])
    .filter(({ variable }) => variable.name.value.startsWith('__'))
    .map(
      (node) =>
        new GraphQLError(`Variable "$${node.variable.name.value}" has a reserved name.`, { nodes: node }),
    )
  if (reserved.length > 0) refuseWith('GRAPHQL_VALIDATION_FAILED', reserved)
}

function definitionsOf(document: DocumentNode): Pick<ClientDocument, 'operations' | 'fragments'> {
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  )
  return { operations, fragments: fragmentsOf(document) }
}

/** The operation that the request names, or the only one. Refuses what this transport may not run. */
export function selectOperation(document: ClientDocument, params: GraphQLParams): OperationDefinitionNode {
  const { operations } = document
  const { operationName, readOnly } = params
  const operation = operationName
    ? operations.find(({ name }) => name?.value === operationName)
    : operations.length === 1
      ? operations[0]
      : undefined
  if (!operation) {
    const reason = operationName
      ? `The document has no operation named "${operationName}".`
      : 'The document has several operations: name one in operationName.'
    return refuse('OPERATION_RESOLUTION_FAILURE', reason)
  }
  if (readOnly && operation.operation === OperationTypeNode.MUTATION) {
    refuse('METHOD_NOT_ALLOWED', 'A mutation must be sent by POST.')
  }
  return operation
}

/** Variables as the operation declares them: coerced, with defaults filled in, or refused with the first reasons. */
export function coerceVariables(
  document: ClientDocument,
  operation: OperationDefinitionNode,
  variables: JsonObject,
  { schema, isProduction, limits }: DocumentContext,
): JsonObject {
  if (!isWithinDepth(variables, limits.maxVariableDepth)) {
    refuse('BAD_USER_INPUT', `The variables are nested deeper than ${limits.maxVariableDepth} levels.`)
  }
  if (!isStorable(variables)) {
    refuse(
      'BAD_USER_INPUT',
      'A text among the variables has a character that is none: NUL, or half of a pair.',
    )
  }
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, {
    hideSuggestions: isProduction,
    maxErrors: limits.maxErrors,
  })
  if (errors) refuseWith('BAD_USER_INPUT', errors)
  const nulls = Object.keys(coerced).filter((name) => coerced[name] === null)
  if (nulls.length > 0) refuseNulls(nulls, requiredVariables(operation, document.fragments.values(), schema))
  return coerced
}

function refuseNulls(nulls: readonly string[], required: ReadonlySet<string>): void {
  const wrong = nulls.filter((name) => required.has(name))
  if (wrong.length > 0) refuse('BAD_USER_INPUT', `Variable "$${wrong.join('", "$')}" must not be null.`)
}

function isWithinDepth(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.values(value).every((item) => isWithinDepth(item, levels - 1))
}

/** Whether all texts can be kept: PostgreSQL has no NUL, and half of a surrogate pair is no character at all. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0')
  return typeof value !== 'object' || value === null || Object.values(value).every(isStorable)
}
