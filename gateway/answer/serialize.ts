import {
  type FieldNode,
  getNullableType,
  type GraphQLAbstractType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql'

import { collect, dependsOnType } from '../document/collect.ts'
import { type Failure, failureOfValue, type Path, refuse } from '../errors.ts'
import type { Failures } from '../failures.ts'
import { labelOf } from './defer.ts'
import { leafWriter, type WriteLeaf } from './leaves.ts'
import type { Limits } from '../limits.ts'
import { clientName, PROOF_KEY } from '../names.ts'
import { type DeferredFragment, isProof } from '../document/normalize.ts'
import { isJsonObject, type JsonObject } from '../request.ts'
import { fieldOf } from '../types.ts'

/** Writes the `data` of an answer and adds the failures that only show when the types are held against the data. */
export type WriteData = (data: JsonObject, failures: Failures) => Written

/** What was written, and what was left for later. */
export interface Written {
  readonly text: string
  readonly deferred: readonly Deferred[]
}

/** A deferred fragment at an object that the answer holds. */
export interface Deferred {
  readonly fragment: DeferredFragment
  readonly object: JsonObject
  /** Where the client finds the object. */
  readonly path: Path
  /** Writes what the fragment selects of the object; `null` where a null spreads over all of it. */
  write(failures: Failures): Written
}

/**
 * Writes a value at the trail as JSON text. Undefined says that it is null where the type forbids it: the null then
 * takes the place of the parent.
 */
type Write = (value: unknown, state: State) => string | undefined

interface State {
  readonly limits: WriterLimits
  /** What was written so far, and how often something was left for later. */
  chars: number
  parts: number
  readonly trail: (string | number)[]
  readonly failures: Failures
  readonly deferred: Deferred[]
  /** The state of the first part, where this is a later one. */
  readonly first?: State
  /** The places at or above a failure, made on the first null that needs one. */
  explained?: Set<string> | undefined
}

/** What bounds an answer: all of its parts together have no more than one in one piece. */
export type WriterLimits = Pick<Limits, 'maxAnswerChars' | 'maxDeferredParts'>

const NULL = 'null'

/**
 * Compiles the writer of an operation's answer: merged data in, JSON text out, in the order of the selections, with
 * nulls spread by the rules of the specification. It reads what was selected, whatever else the data holds. An answer
 * of too many characters is refused while it is written.
 */
export function compileWriter(
  schema: GraphQLSchema,
  rootType: GraphQLObjectType,
  selectionSet: SelectionSetNode,
  limits: WriterLimits,
): WriteData {
  const write = new WriterCompiler(schema).object(rootType, [selectionSet])
  return (data, failures) =>
    writeAll(write, data, { limits, chars: 0, parts: 0, trail: [], failures, deferred: [] })
}

function writeAll(write: Write, data: JsonObject, state: State): Written {
  return { text: write(data, state) ?? NULL, deferred: state.deferred }
}

function spend(state: State, chars: number): void {
  const { maxAnswerChars } = state.limits
  state.chars += chars
  if (state.chars > maxAnswerChars)
    refuse('OPERATION_TOO_LARGE', `The answer has more than ${maxAnswerChars} characters.`)
}

/** What tells a part from others is written with it, and may be more than the part itself. */
function spendPart(state: State, path: Path, label = ''): void {
  const { maxDeferredParts } = state.limits
  state.parts += 1
  if (state.parts > maxDeferredParts)
    refuse('OPERATION_TOO_LARGE', `The answer has more than ${maxDeferredParts} deferred parts.`)
  spend(state, JSON.stringify(path).length + label.length)
}

/** One member of an object: its comma and key, and the writer of its value. */
interface Member {
  readonly prefix: string
  readonly write: (object: JsonObject, state: State) => string | undefined
}

class WriterCompiler {
  readonly #schema: GraphQLSchema

  constructor(schema: GraphQLSchema) {
    this.#schema = schema
  }

  value(type: GraphQLOutputType, fields: readonly FieldNode[], coordinate: string): Write {
    if (isNonNullType(type)) return nonNull(this.value(type.ofType, fields, coordinate), coordinate)
    if (isListType(type)) return list(this.value(type.ofType, fields, coordinate), coordinate)
    if (isLeafType(type)) return leaf(leafWriter(type), `${coordinate} is no ${type.name}`)
    const selectionSets = fields.flatMap(({ selectionSet }) => selectionSet ?? [])
    return isObjectType(type)
      ? this.object(type, selectionSets)
      : this.abstract(type, selectionSets, coordinate)
  }

  object(type: GraphQLObjectType | GraphQLInterfaceType, selectionSets: readonly SelectionSetNode[]): Write {
    const isObject = isObjectType(type)
    const { fields: collected, deferred } = collect(this.#schema, type, selectionSets)
    const members = [...collected].map(([key, fields], index) => this.#member(type, key, fields, index === 0))
    const fixedChars = members.reduce((sum, { prefix }) => sum + prefix.length, '{}'.length)
    const mustBeProven = selectionSets.some(({ selections }) => selections.some(isProof))
    const writeObject: Write = (value, state) => {
      if (value === null || value === undefined) return NULL
      if (!isJsonObject(value)) return mismatch(state, `a ${type.name} is no object`)
      // Data of another type may not pass for this one, whatever fields they have in common.
      if (isObject && value.__typename !== undefined && value.__typename !== type.name)
        return mismatch(state, `a ${type.name} is a ${brief(value.__typename)}`)
      if (mustBeProven && (value[PROOF_KEY] ?? null) === null) return NULL
      spend(state, fixedChars)
      let text = '{'
      for (const { prefix, write } of members) {
        const member = write(value, state)
        if (member === undefined) return nullify(state)
        text += prefix + member
      }
      return `${text}}`
    }
    return deferred.reduce(
      (first, fragment) => deferring(first, fragment, this.object(type, [fragment.selectionSet])),
      writeObject,
    )
  }

  #member(
    type: GraphQLObjectType | GraphQLInterfaceType,
    key: string,
    fields: readonly FieldNode[],
    isFirst: boolean,
  ): Member {
    const responseKey = clientName(key)
    const prefix = `${isFirst ? '' : ','}"${responseKey}":`
    const [{ name }] = fields as [FieldNode]
    if (name.value === '__typename') {
      const text = `"${type.name}"`
      return {
        prefix,
        write: (_, state) => {
          spend(state, text.length)
          return text
        },
      }
    }
    const { type: fieldType } = fieldOf(type, name.value)
    const write = this.value(fieldType, fields, `${type.name}.${name.value}`)
    const writeLeaf = leafWriterOf(fieldType)
    return {
      prefix,
      write(object, state) {
        const value = object[key]
        // Nearly all leaves are what they should be: the way to them matters to a complaint alone.
        const leafText = value === null || value === undefined ? undefined : writeLeaf?.(value)
        if (leafText !== undefined) {
          spend(state, leafText.length)
          return leafText
        }
        state.trail.push(responseKey)
        const text = write(value, state)
        state.trail.pop()
        return text
      },
    }
  }

  /**
   * The writers of the possible types are compiled as they turn up in data. Where the type makes no difference, the
   * plan may leave it out of the data: then the interface's own fields say how to write.
   */
  abstract(type: GraphQLAbstractType, selectionSets: readonly SelectionSetNode[], coordinate: string): Write {
    const possible = new Map(this.#schema.getPossibleTypes(type).map((member) => [member.name, member]))
    const writes = new Map<string, Write>()
    const writeUntyped =
      isInterfaceType(type) && !dependsOnType(selectionSets, type)
        ? this.object(type, selectionSets)
        : undefined
    return (value, state) => {
      if (value === null || value === undefined) return NULL
      const typename = isJsonObject(value) ? value.__typename : undefined
      const member = possible.get(String(typename))
      if (member)
        return writes.getOrInsertComputed(member.name, () => this.object(member, selectionSets))(value, state)
      return writeUntyped
        ? writeUntyped(value, state)
        : mismatch(state, `${coordinate} is no ${type.name} but ${brief(typename)}`)
    }
  }
}

/** Leaves a fragment for later wherever there is an object that it belongs to. */
function deferring(write: Write, fragment: DeferredFragment, later: Write): Write {
  const label = labelOf(fragment)
  return (value, state) => {
    const text = write(value, state)
    if (isJsonObject(value) && text !== NULL) {
      const path = [...state.trail]
      spendPart(state, path, label)
      state.deferred.push({
        fragment,
        object: value,
        path,
        write: (failures) => writeLater(later, value, { path, failures, state }),
      })
    }
    return text
  }
}

/** All parts of an answer together have no more characters than an answer in one piece. */
function writeLater(
  write: Write,
  object: JsonObject,
  { path, failures, state }: { path: Path; failures: Failures; state: State },
): Written {
  const first = state.first ?? state
  const later: State = { ...first, trail: [...path], failures, deferred: [], first, explained: undefined }
  try {
    return writeAll(write, object, later)
  } finally {
    first.chars = later.chars
    first.parts = later.parts
  }
}

/** A null takes the place of what is at the trail. What was deferred below has no place any more. */
function nullify({ trail, deferred }: State): typeof NULL {
  while (deferred.at(-1)?.path.slice(0, trail.length).join() === trail.join()) deferred.pop()
  return NULL
}

function leafWriterOf(type: GraphQLOutputType): WriteLeaf | undefined {
  const nullable = getNullableType(type)
  return isLeafType(nullable) ? leafWriter(nullable) : undefined
}

function leaf(write: WriteLeaf, complaint: string): Write {
  return (value, state) => {
    if (value === null || value === undefined) return NULL
    const text = write(value)
    if (text === undefined) return mismatch(state, `${complaint}: ${brief(value)}`)
    spend(state, text.length)
    return text
  }
}

function list(writeItem: Write, coordinate: string): Write {
  return (value, state) => {
    if (value === null || value === undefined) return NULL
    if (!Array.isArray(value)) return mismatch(state, `${coordinate} is no list`)
    spend(state, value.length + 1)
    let text = '['
    for (let index = 0; index < value.length; index += 1) {
      state.trail.push(index)
      const item = writeItem(value[index], state)
      state.trail.pop()
      if (item === undefined) return nullify(state)
      text += index === 0 ? item : `,${item}`
    }
    return `${text}]`
  }
}

function nonNull(write: Write, coordinate: string): Write {
  return (value, state) => {
    const text = write(value, state)
    if (text !== NULL) return text
    if (!isExplained(state)) {
      fail(state, {
        code: 'INTERNAL_SERVER_ERROR',
        message: `Cannot return null for non-nullable field ${coordinate}.`,
      })
    }
    return undefined
  }
}

/** A value that its type forbids becomes null, with the value itself in the log only. */
function mismatch(state: State, complaint: string): typeof NULL {
  if (!state.failures.isFull) fail(state, failureOfValue(new TypeError(complaint)))
  return NULL
}

const MAX_LOGGED_CHARS = 200

function brief(value: unknown): string {
  return value === undefined ? 'undefined' : JSON.stringify(value).slice(0, MAX_LOGGED_CHARS)
}

function fail(state: State, failure: Failure): void {
  const path = [...state.trail]
  state.failures.add({ ...failure, path })
  if (state.explained) explain(path, state.explained)
}

/** True if a failure at this place, or below it, already says why it is null, or cannot be told from the many. */
function isExplained(state: State): boolean {
  if (state.failures.isFull) return true
  if (!state.explained) {
    state.explained = new Set()
    for (const { path } of state.failures.kept) explain(path ?? [], state.explained)
  }
  return state.explained.has(state.trail.join())
}

function explain(path: Path, explained: Set<string>): void {
  for (let length = 1; length <= path.length; length += 1) explained.add(path.slice(0, length).join())
}
