/**
 * TypeScript types as JSON Schemas of what `platform/json.ts` writes of them: amounts as strings of digits, dates as
 * ISO 8601. Declarations are read as text, so that a schema says what the code says, comments included.
 */
import { posix } from 'node:path'
import { parseSync } from 'oxc-parser'
import type {
  Program,
  TSInterfaceDeclaration,
  TSInterfaceHeritage,
  TSLiteralType,
  TSSignature,
  TSType,
  TSTypeAliasDeclaration,
  TSTypeReference,
} from 'oxc-parser'

/** A JSON Schema, or a part of one. */
export interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly enum?: readonly unknown[]
  readonly [keyword: string]: unknown
}

type Declaration = TSInterfaceDeclaration | TSTypeAliasDeclaration

/** What of a source file its types consist of. */
interface SourceFile {
  readonly path: string
  readonly fileAt: (path: string) => SourceFile
  readonly declared: ReadonlyMap<string, Declaration>
  /** Name of an imported type → path of its file. */
  readonly imported: ReadonlyMap<string, string>
  /** Offset of a node → the comment before it. */
  readonly comments: ReadonlyMap<number, string>
}

/** Gives the schema of a type by its file, as a path from the repository's root, and name. */
export type SchemaOf = (path: string, name: string) => JsonSchema

/** Schemas of types in files whose text `read` gives. What has no form in JSON is refused by an error that names it. */
export function typeSchemas(read: (path: string) => string): SchemaOf {
  const known = new Map<string, SourceFile>()
  const fileAt = (path: string): SourceFile => {
    const file = known.get(path) ?? parseFile(path, read(path), fileAt)
    known.set(path, file)
    return file
  }
  return (path, name) => schemaOfName(fileAt(path), name)
}

function parseFile(path: string, text: string, fileAt: (path: string) => SourceFile): SourceFile {
  const { program, comments, errors } = parseSync(path, text)
  if (errors[0] !== undefined) throw new Error(`${path} does not parse: ${errors[0].message}`)
  const docs = comments.filter(({ type, value }) => type === 'Block' && value.startsWith('*'))
  return {
    path,
    fileAt,
    declared: new Map(declarations(program).map((node) => [node.id.name, node])),
    imported: new Map(imports(path, program)),
    comments: new Map(docs.map(({ value, end }) => [end + spaceAt(text, end), plainText(value)])),
  }
}

function declarations({ body }: Program): Declaration[] {
  return body
    .map((node) => (node.type === 'ExportNamedDeclaration' ? node.declaration : node))
    .filter((node) => node?.type === 'TSInterfaceDeclaration' || node?.type === 'TSTypeAliasDeclaration')
}

function imports(path: string, { body }: Program): [name: string, path: string][] {
  return body.flatMap((node): [string, string][] => {
    if (node.type !== 'ImportDeclaration') return []
    const from = node.source.value
    const target = from.startsWith('#') ? from.slice(1) : posix.join(posix.dirname(path), from)
    return node.specifiers.map(({ local }) => [local.name, target])
  })
}

const spaceAt = (text: string, offset: number): number => /^\s*/.exec(text.slice(offset))?.[0].length ?? 0

/** A comment as one line, without its stars. */
const plainText = (comment: string): string =>
  comment
    .replaceAll(/(^|\n)\s*\* ?/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()

const TEMPORAL: Readonly<Record<string, JsonSchema>> = {
  PlainDate: { type: 'string', format: 'date' },
  Instant: { type: 'string', format: 'date-time' },
  PlainYearMonth: { type: 'string', pattern: String.raw`^\d{4}-\d{2}$` },
}

const KEYWORDS: Readonly<Record<string, JsonSchema>> = {
  TSStringKeyword: { type: 'string' },
  TSBooleanKeyword: { type: 'boolean' },
  TSNullKeyword: { type: 'null' },
  TSBigIntKeyword: { type: 'string', pattern: String.raw`^-?\d+$` },
  // Amounts are bigints and exact decimals are strings: what is left are counts.
  TSNumberKeyword: { type: 'integer' },
  // Any JSON value.
  TSUnknownKeyword: {},
}

function schemaOfName(file: SourceFile, name: string): JsonSchema {
  const imported = file.imported.get(name)
  if (imported !== undefined) return schemaOfName(file.fileAt(imported), name)
  const declared = file.declared.get(name)
  if (declared === undefined) throw new Error(`${file.path} declares no type ${name}`)
  if (declared.type === 'TSTypeAliasDeclaration') return schemaOf(file, declared.typeAnnotation)
  const parents = declared.extends.map((parent) => schemaOfParent(file, parent))
  return merged([...parents, schemaOfFields(file, declared.body.body)])
}

function schemaOf(file: SourceFile, node: TSType): JsonSchema {
  if (node.type === 'TSTypeReference') return schemaOfReference(file, node)
  if (node.type === 'TSLiteralType') return schemaOfLiteral(file, node)
  if (node.type === 'TSTypeLiteral') return schemaOfFields(file, node.members)
  if (node.type === 'TSArrayType') return { type: 'array', items: schemaOf(file, node.elementType) }
  if (node.type === 'TSUnionType') return united(node.types.map((part) => schemaOf(file, part)))
  if (node.type === 'TSIntersectionType') return merged(node.types.map((part) => schemaOf(file, part)))
  if (node.type === 'TSTypeOperator' || node.type === 'TSParenthesizedType')
    return schemaOf(file, node.typeAnnotation)
  return schemaOfKeyword(file, node)
}

function schemaOfLiteral(file: SourceFile, { literal, start }: TSLiteralType): JsonSchema {
  if ('value' in literal && typeof literal.value === 'string')
    return { type: 'string', enum: [literal.value] }
  throw new Error(`${file.path}: ${literal.type} at ${start} has no JSON form`)
}

function schemaOfKeyword(file: SourceFile, { type, start }: TSType): JsonSchema {
  const keyword = KEYWORDS[type]
  if (keyword === undefined) throw new Error(`${file.path}: ${type} at ${start} has no JSON form`)
  return keyword
}

function schemaOfReference(file: SourceFile, { typeName, typeArguments }: TSTypeReference): JsonSchema {
  if (typeName.type === 'TSQualifiedName') {
    const temporal = TEMPORAL[typeName.right.name]
    if (temporal !== undefined) return temporal
  }
  if (typeName.type !== 'Identifier') throw new Error(`${file.path}: ${typeName.type} has no JSON form`)
  return schemaOfGeneric(file, typeName.name, typeArguments?.params ?? [])
}

function schemaOfParent(file: SourceFile, { expression, typeArguments }: TSInterfaceHeritage): JsonSchema {
  if (expression.type !== 'Identifier') throw new Error(`${file.path}: ${expression.type} has no JSON form`)
  return schemaOfGeneric(file, expression.name, typeArguments?.params ?? [])
}

/** A type by its name, or the part of another that `Omit` and `Pick` leave. */
function schemaOfGeneric(file: SourceFile, name: string, [whole, keys]: readonly TSType[]): JsonSchema {
  if (whole === undefined) return schemaOfName(file, name)
  const isPicked = name === 'Pick'
  if (keys === undefined || (!isPicked && name !== 'Omit'))
    throw new Error(`${file.path}: ${name} of types has no JSON form`)
  const named = new Set(schemaOf(file, keys).enum)
  return withFields(schemaOf(file, whole), (field) => named.has(field) === isPicked)
}

/** An object of these fields and no others. */
function schemaOfFields(file: SourceFile, members: readonly TSSignature[]): JsonSchema {
  const fields = members.map((member) => fieldOf(file, member))
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(({ name, schema }) => [name, schema])),
    required: fields.filter(({ optional }) => !optional).map(({ name }) => name),
    additionalProperties: false,
  }
}

function fieldOf(file: SourceFile, member: TSSignature) {
  if (
    member.type !== 'TSPropertySignature' ||
    member.key.type !== 'Identifier' ||
    member.typeAnnotation === null
  )
    throw new Error(`${file.path}: ${member.type} at ${member.start} has no JSON form`)
  const description = file.comments.get(member.start)
  const schema = schemaOf(file, member.typeAnnotation.typeAnnotation)
  return {
    name: member.key.name,
    optional: member.optional,
    schema: description === undefined ? schema : { description, ...schema },
  }
}

/** An object that has the fields of all; what two of them have is as the later one says. */
function merged(parts: readonly JsonSchema[]): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(parts.flatMap(({ properties = {} }) => Object.entries(properties))),
    required: [...new Set(parts.flatMap(({ required = [] }) => required))],
    additionalProperties: false,
  }
}

function withFields(whole: JsonSchema, isKept: (field: string) => boolean): JsonSchema {
  const { properties = {}, required = [] } = whole
  return {
    ...whole,
    properties: Object.fromEntries(Object.entries(properties).filter(([field]) => isKept(field))),
    required: required.filter(isKept),
  }
}

/** Words together are one enumeration, and `null` is one more type of the rest. Other unions have no JSON form. */
function united(parts: readonly JsonSchema[]): JsonSchema {
  const rest = parts.filter(({ type }) => type !== 'null')
  const isNullable = rest.length < parts.length
  const [first, ...others] = rest.some((part) => part.enum === undefined) ? rest : [enumerated(rest)]
  if (first === undefined || others.length > 0) throw new Error(`No JSON form for ${JSON.stringify(parts)}`)
  if (!isNullable) return first
  const nullable = { ...first, type: [first.type, 'null'].flat() as string[] }
  return first.enum === undefined ? nullable : { ...nullable, enum: [...first.enum, null] }
}

const enumerated = (parts: readonly JsonSchema[]): JsonSchema => ({
  type: 'string',
  enum: parts.flatMap((part) => part.enum ?? []),
})
